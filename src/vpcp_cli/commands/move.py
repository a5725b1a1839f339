"""`vpcp move`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.commands.writing import OF_ONE, takes
from vpcp_cli.language import N_

if TYPE_CHECKING:
    from vpcp_cli.commands.replacing import Aim
    from vpcp_cli.commands.session import Session
    from vpcp_cli.naming import Named


@takes(
    OF_ONE,
    "vpcp move 2023-CD01.1 2023-CD02 --note 'nhập nhầm chỉ đạo'",
)
def move(
    given: Mapping[str, object],
    id_: Annotated[str, typer.Argument(metavar="ID", help=N_("The task."))],
    directive: Annotated[str, typer.Argument(metavar="DIRECTIVE", help=N_("The directive that really asked for it."))],
) -> None:
    """Let a task go on under another directive of its programme, with its history until today.

    The task itself is in no count any more (`vpcp void`), and its number stays taken.
    """
    from vpcp_cli.commands.replacing import replace_task
    from vpcp_cli.entry_rules import EntryRefusedError

    def aims(session: Session, named: Named) -> Sequence[Aim]:
        home = session.ids.find(directive, ("directive",))
        if home.directive is None or home.programme.id != named.programme.id or home.id == named.id.rpartition(".")[0]:
            raise EntryRefusedError(
                N_("{id} can't be moved to {directive}."),
                N_("Another directive of the same file can be named; into another year a task is carried over."),
                id=named.id,
                directive=home.id,
            )
        return [(home.directive, None, None)]

    replace_task(given, f"vpcp move {text_typed(id_, 'ID')} {text_typed(directive, 'DIRECTIVE')}", id_, aims)
