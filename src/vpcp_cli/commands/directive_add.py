"""`vpcp directive add`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.described import documents_told, options_of, values_of
from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.commands.writing import DATA, DRY_RUN, takes
from vpcp_cli.language import N_, _
from vpcp_cli.programme import Directive, Issuer, Text
from vpcp_cli.vocabulary import DirectiveKind

if TYPE_CHECKING:
    from vpcp_cli.commands.prompts import Wanted
    from vpcp_cli.commands.session import Session
    from vpcp_cli.programme import Programme

_THE_DIRECTIVE = N_("Directive")
_COMMAND: Final = "vpcp directive add"
_MOST: Final = 9


def _option(name: str, metavar: str, text: str) -> object:
    return Annotated[str | None, typer.Option(name, metavar=metavar, help=text, rich_help_panel=_THE_DIRECTIVE)]


_OPTIONS: Final[Mapping[str, object]] = {
    "en": _option("--en", "TEXT", N_("The same in English.")),
    "issuer": _option("--issuer", "NAME", N_("Who gave the directive.")),
    "role": _option("--role", "TEXT", N_("The office that the person held; else as in the programme before.")),
    **options_of(Directive, _THE_DIRECTIVE),
    "dry_run": DRY_RUN,
    "data": DATA,
}
LETTERS: Final[Mapping[DirectiveKind, str]] = {
    DirectiveKind.DIRECTIVE: "CD",
    DirectiveKind.SELF_SET: "NV",
    DirectiveKind.OBJECTIVE: "MT",
    DirectiveKind.REQUEST: "DN",
    DirectiveKind.COMMITMENT: "CK",
}
"""The letters of a new directive's id: chỉ đạo, nhiệm vụ, mục tiêu, đề nghị, cam kết."""


@takes(
    _OPTIONS,
    "vpcp directive add 2023 'Kết luận giao ban' --issuer 'Nguyễn Văn Mẫu' --issued 12/1/2023 --document 12/TB-CVD",
    "vpcp directive add 2023 'Việc Cục tự đề ra' --issuer 'Nguyễn Văn Mẫu' --kind self_set",
)
def directive_add(
    given: Mapping[str, object],
    programme: Annotated[
        str | None, typer.Argument(metavar="[YEAR]", help=N_("The programme: 2023."), show_default=False)
    ] = None,
    title: Annotated[
        str | None, typer.Argument(metavar="[TITLE]", help=N_("What the directive is about."), show_default=False)
    ] = None,
) -> None:
    """Add a directive to a programme, under the next number: who asked for what, when, in which document.

    At a terminal, what lacks is asked for.
    """
    from vpcp_cli.commands.prompts import told_or_asked
    from vpcp_cli.commands.saving import finish, folder_of, say_unseen, session_in, told, writer_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.kinds import plain
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.storage.history.numbers import Numbers

    now, folder = today(), folder_of(given)
    given = {**given, "programme": programme, "title": title, "year": None, "ids": None}
    if not (programme and title and given["issuer"]):
        given = told_or_asked(given, _wanted(session_in(folder, given, now), given), _COMMAND)
    given = documents_told(given, now)
    with writer_in(folder, f"{_COMMAND} {given['programme']}", dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {**given, "ids": [given["programme"]]}, now, writer=writer)
        target = session.ids.find(given["programme"], ("programme",)).programme
        numbers = Numbers(folder)
        directive = new_directive(session, target, given, numbers.highest)
        writer.add_directive(target.id, plain(directive))
        finish(writer, dry_run=given["dry_run"])
    say_unseen(numbers)
    if not given["dry_run"]:
        with told():
            tell(_("{id}: added · {place}").format(id=directive.id, place=target.file))
            say_dated(directive, given)
            say(
                _("next: {command}").format(
                    command=_("vpcp add {directive} '…' --lead UNIT").format(directive=directive.id)
                )
            )


def say_dated(directive: Directive, given: Mapping[str, object]) -> None:
    """Say of a directive that takes its day from its document that it does."""
    from vpcp_cli.language import current
    from vpcp_cli.render.door import say
    from vpcp_cli.vietnamese import format_date

    if directive.issued and not given.get("issued"):
        words = _("{id} is of {date}, its document's day; --issued gives another one")
        say(words.format(id=directive.id, date=format_date(directive.issued, current())))


def _wanted(session: Session, given: Mapping[str, object]) -> dict[str, Wanted]:
    """Return what is asked for, with what is known."""
    from vpcp_cli.commands.prompts import Wanted
    from vpcp_cli.entry_rules import check_past
    from vpcp_cli.naming import word_named
    from vpcp_cli.typed import typed_day, typed_document

    programmes = [one.id for one in reversed(session.workspace.programmes)][:_MOST]
    known = [
        directive.issuer.name
        for programme in reversed(session.workspace.programmes)
        if not given["programme"] or programme.id == given["programme"]
        for directive in session.library.directives(programme.id)
    ]
    return {
        "programme": Wanted(
            "YEAR", N_("Which programme?"), programmes, read=lambda typed: session.ids.find(typed, ("programme",))
        ),
        "title": Wanted("TITLE", N_("What is the directive about?"), read=lambda typed: text_typed(typed, "TITLE")),
        "issuer": Wanted("--issuer", N_("Who gave it (full name)?"), list(dict.fromkeys(known))[:_MOST]),
        "role": Wanted("--role", N_("Which office did that person hold?"), needed=False),
        "kind": Wanted(
            "--kind",
            N_("What is it? Without an answer: directive."),
            [one.label for one in DirectiveKind],
            needed=False,
            read=lambda typed: word_named(DirectiveKind, typed, "--kind"),
        ),
        "document": Wanted(
            "--document",
            N_("In which document (number, day)?"),
            needed=False,
            read=lambda typed: typed_document(typed, session.day),
        ),
        "issued": Wanted(
            "--issued",
            N_("On which day? Without an answer: the document's."),
            needed=False,
            read=lambda typed: check_past(typed_day(typed, session.day), session.day, "--issued"),
        ),
    }


def new_directive(
    session: Session, programme: Programme, given: Mapping[str, Any], highest: Callable[[str], int]
) -> Directive:
    """Return the directive that was described; raise why it can't be added."""
    from vpcp_cli.carrying import middle_of
    from vpcp_cli.entry_rules import check_past
    from vpcp_cli.knowing import recorded_late

    described = {
        "kind": DirectiveKind.DIRECTIVE,
        **values_of(Directive, given, session, programme.year, session.day),
    }
    if issued := described.get("issued"):
        check_past(issued, session.day, "--issued")
    elif (document := described.get("document")) and document.date:
        described["issued"] = document.date
    there = session.library.directives(programme.id)
    title = text_typed(given["title"], "TITLE") or ""
    stem = f"{programme.year}-{middle_of(there)}{LETTERS[described['kind']]}"
    directive = Directive(
        id=f"{stem}{highest(stem) + 1:02d}",
        title=Text(title, text_typed(given["en"], "--en") or title),
        issuer=_issuer(there, given),
        **described,
    )
    return replace(directive, recorded=recorded_late(programme.exists_from(directive), session.day))


def _issuer(there: Sequence[Directive], given: Mapping[str, Any]) -> Issuer:
    """Return who gave it, in the office as told, else as the programme has it last."""
    name, role = text_typed(given["issuer"], "--issuer") or "", text_typed(given["role"], "--role")
    if role:
        return Issuer(name, Text.plain(role))
    known = [one.issuer for one in there if one.issuer.name == name and one.issuer.role]
    return known[-1] if known else Issuer(name)
