"""`vpcp unit add`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from vpcp_cli.commands.described import options_of, values_of
from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.commands.writing import DATA, DRY_RUN, takes
from vpcp_cli.language import N_, _
from vpcp_cli.programme import UNIT_CODE, Text, Unit, Workspace

if TYPE_CHECKING:
    from vpcp_cli.commands.prompts import Wanted
    from vpcp_cli.commands.session import Session

_THE_UNIT = N_("Unit")
_COMMAND: Final = "vpcp unit add"
_OPTIONS: Final[Mapping[str, object]] = {
    "en": Annotated[
        str | None, typer.Option("--en", metavar="TEXT", help=N_("The same in English."), rich_help_panel=_THE_UNIT)
    ],
    **options_of(Unit, _THE_UNIT),
    "dry_run": DRY_RUN,
    "data": DATA,
}


@takes(
    _OPTIONS,
    "vpcp unit add PHONG_PHAP_CHE 'Phòng Pháp chế' --en 'Legal Division' --short P.PC --parent CUC_VI_DU",
    "vpcp unit add TRUNG_TAM_SO 'Trung tâm Số' --alias TTS --valid-from 1/3/2023",
)
def unit_add(
    given: Mapping[str, Any],
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help=N_("The code that programmes use: capital letters, digits and _."),
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help=N_("The unit's full name."), show_default=False)
    ] = None,
) -> None:
    """Add a unit to the register, under a code that programmes use.

    At a terminal, what lacks is asked for.
    """
    from vpcp_cli.commands.prompts import told_or_asked
    from vpcp_cli.commands.saving import finish, folder_of, refuse_unit_errors, session_in, told, writer_in
    from vpcp_cli.commands.session import today
    from vpcp_cli.kinds import plain
    from vpcp_cli.language import current
    from vpcp_cli.render.door import say, tell
    from vpcp_cli.vietnamese import fold

    now, folder = today(), folder_of(given)
    given = {**given, "code": code, "name": name, "year": None, "ids": None}
    if not (code and name):
        session = session_in(folder, given, now, empty=True)
        given = told_or_asked(given, _wanted(session), _COMMAND)
    with writer_in(folder, f"{_COMMAND} {given['code']}", dry_run=given["dry_run"]) as writer:
        session = session_in(folder, given, now, writer=writer, empty=True)
        unit = _unit(session, given)
        refuse_unit_errors(session, unit)
        writer.add_unit(plain(unit))
        finish(writer, dry_run=given["dry_run"])
    if not given["dry_run"]:
        with told():
            tell(_("{id}: added · {place}").format(id=unit.code, place=folder.shown_file("units.yaml")))
            for one in session.workspace.units:
                if fold(one.name.in_("vi")) == fold(unit.name.in_("vi")):
                    say(
                        _("note: {code} has the same name, «{name}»").format(
                            code=one.code, name=one.name.in_(current())
                        )
                    )
            if not session.workspace.programmes:
                owner = Workspace((), (*session.workspace.units, unit)).top or (*session.workspace.units, unit)[0]
                say(_("next: {command}").format(command=_("vpcp new YEAR --owner {unit}").format(unit=owner.code)))


def _wanted(session: Session) -> dict[str, Wanted]:
    from vpcp_cli.commands.prompts import Wanted
    from vpcp_cli.commands.saving import unit_typed

    return {
        **named_by(session.workspace),
        "en": Wanted("--en", N_("What is its name in English?"), needed=False),
        "short": Wanted("--short", N_("What is its short name?"), needed=False),
        "parent": Wanted(
            "--parent",
            N_("To which unit does it belong?"),
            needed=False,
            read=lambda typed: unit_typed(session.library, typed, "--parent"),
        ),
    }


def named_by(known: Workspace) -> dict[str, Wanted]:
    """Return the questions after a unit's name and code."""
    from vpcp_cli.commands.prompts import Wanted

    return {
        "name": Wanted("NAME", N_("What is the unit's full name?"), read=lambda typed: text_typed(typed, "NAME")),
        "code": Wanted(
            "CODE",
            N_("Which code shall programmes use for it?"),
            lambda told: [one for one in [code_like(told["name"])] if one and not known.unit(one)],
            read=lambda typed: code_typed(known, typed),
        ),
    }


def code_like(name: str) -> str:
    """Return a code made of a name, or nothing."""
    from vpcp_cli.vietnamese import fold

    code = re.sub(r"[^A-Z0-9]+", "_", fold(name).upper()).strip("_")
    return code if re.fullmatch(UNIT_CODE, code) else ""


def code_typed(known: Workspace, typed: str) -> str:
    """Return the code of a new unit; raise `BadCodeError`, `UnitThereError`."""
    from vpcp_cli.commands.refusals import BadCodeError, UnitThereError
    from vpcp_cli.language import current

    if not re.fullmatch(UNIT_CODE, typed):
        raise BadCodeError(typed, code_like(typed))
    if there := known.unit(typed):
        raise UnitThereError(typed, there.name.in_(current()))
    return typed


def _unit(session: Session, given: Mapping[str, Any]) -> Unit:
    name = text_typed(given["name"], "NAME") or ""
    return Unit(
        code=code_typed(session.workspace, given["code"]),
        name=Text(name, text_typed(given["en"], "--en") or name),
        **values_of(Unit, given, session, session.day.year, session.day),
    )
