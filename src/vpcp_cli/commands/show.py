"""`vpcp show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.options import shared
from vpcp_cli.commands.session import Session
from vpcp_cli.errors import NotThereYetError
from vpcp_cli.language import N_, current
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Status

if TYPE_CHECKING:
    from vpcp_cli.naming import Named
    from vpcp_cli.render.details import Detail
    from vpcp_cli.render.output import Output
    from vpcp_cli.render.tasks import TaskListing
    from vpcp_cli.standing import Standing

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...", help=N_("Tasks, directives, programmes, aims of the context or results."), show_default=False
    ),
]


@shared()
def show(session: Session, output: Output, ids: Ids) -> None:
    """Show a task, directive or programme whole: its texts, people, deadlines, log and place."""
    from vpcp_cli.render.details import Details

    every = session.ids
    found = [every.find(typed) for typed in ids]
    wanted = frozenset(task for one in found for task in every.tasks_of(one))
    tasks = list(session.tasks(void=True).where("id", wanted)) if wanted else []
    named = {one.task.id for one in found if one.task}
    tasks = [one for one in tasks if one.status is not Status.VOID or one.task.id in named]
    details = [_detail(session, one, tasks, output) for one in found]
    output.print(Details(details, session.day, lambda: _listing(session, tasks), session.known))


def _listing(session: Session, tasks: list[Standing]) -> TaskListing:
    from vpcp_cli.query import Query
    from vpcp_cli.render.tasks import TaskListing
    from vpcp_cli.tasks import TaskList

    return TaskListing(
        register=session.library,
        query=Query(),
        day=session.day,
        known=session.known,
        tasks=TaskList(tasks),
        found=TaskList(tasks),
        group_by="none",
    )


def _detail(session: Session, named: Named, tasks: list[Standing], output: Output) -> Detail:
    programme, directive, task = named.programme, named.directive, named.task
    if task:
        from vpcp_cli.render.task_detail import task_detail

        standing = next((one for one in tasks if one.task.id == task.id), None)
        if standing is None:
            raise NotThereYetError(task.id, format_date(session.day, current()))
        return task_detail(standing, session.library, output.screen)
    from vpcp_cli.render.programme_detail import aim_detail, directive_detail, programme_detail, result_detail

    if named.aim:
        return aim_detail(programme, named.aim)
    if named.result:
        return result_detail(programme, named.result)
    if directive:
        return directive_detail(
            programme, directive, [one for one in tasks if one.directive.id == directive.id], output.screen
        )
    of_programme = [one for one in tasks if one.programme.id == programme.id]
    directives = session.library.directives(programme.id)
    return programme_detail(programme, directives, session.workspace, of_programme, output.screen)
