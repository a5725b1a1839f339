"""`vpcp letter`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vpcp_cli.commands.export_xlsx import Rows, day_of_reply, form_of, say_left, without_ended
from vpcp_cli.commands.options import EachOne, shared
from vpcp_cli.commands.papers import (
    Dated,
    Number,
    Pdf,
    Template,
    check_pdf,
    office_of,
    save_one,
    template_in,
    with_pdfs,
)
from vpcp_cli.commands.session import Session
from vpcp_cli.errors import VpcpError
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.query import Query
from vpcp_cli.render.door import say
from vpcp_cli.render.names import full_names
from vpcp_cli.render.output import Target, form_named
from vpcp_cli.vocabulary import Timeliness

if TYPE_CHECKING:
    from vpcp_cli.sharing.form import Line
    from vpcp_cli.sharing.letter import Letter
    from vpcp_cli.sharing.office import Office

_PRESSING: Final = {Timeliness.OVERDUE, Timeliness.DUE_SOON}

ReplyBy = Annotated[
    str | None, typer.Option("--reply-by", metavar="DATE", help=N_("The day by which an answer is wanted."))
]
Eml = Annotated[
    bool, typer.Option("--eml", help=N_("As drafts of e-mails, with the letter and a workbook to fill in attached."))
]


class OneUnitError(VpcpError):
    """A letter without the one unit that it goes to."""

    says = N_("A letter goes to one unit, and none is named.")
    advises = N_("Name it with --unit, or take --each lead -o FOLDER.")


class OneNumberError(VpcpError):
    """One number for many letters."""

    says = N_("Each letter has a number of its own; --number is for one letter.")
    advises = N_("Leave --number out, or write one letter with --unit.")


@shared(without=("limit", "sort", "workspace"))
def letter(
    session: Session,
    query: Query,
    target: Target,
    each: EachOne = None,
    reply_by: ReplyBy = None,
    eml: Eml = False,
    number: Number = None,
    dated: Dated = None,
    template: Template = None,
    pdf: Pdf = False,
) -> None:
    """Write letters that urge units about tasks overdue or due soon; they are only written, nothing is noted."""
    from vpcp_cli.sharing.extra import need

    need("docx", *(["xlsxwriter"] if eml else []))
    ending = ".eml" if eml else ".docx"
    if each and number:
        raise OneNumberError
    if not each and len(query.units) != 1:
        raise OneUnitError
    if target.path and not each:
        form_named(target.path, {ending: None}, None)
    check_pdf(target, pdf=pdf)
    own = template_in(template)
    rows = Rows(session, query)
    found = {unit: some for unit in (rows.units() if each else query.units) if (some := _pressing(rows.of(unit)))}
    gone = without_ended(session, found)
    if not each:
        gone.refuse()
    paper = partial(_letter, session, office_of(session, number, dated), day_of_reply(reply_by, session))
    letters = [paper(unit, found[unit]) for unit in sorted(found)]
    papers = {one.unit.code: one.content() if own is None else one.filled(own, str(template)) for one in letters}
    files = with_pdfs(papers, pdf=pdf)
    if eml:
        files = {f"{one.unit.code}.eml": _mail(session, one, files) for one in letters}
    if each:
        target.save_each(files)
    else:
        save_one(target, files)
    gone.say()
    if each:
        say_left(target, files, ending)
    _say(letters)


def _say(letters: Sequence[Letter]) -> None:
    """Say how many letters there are, and by which command each is noted later."""
    if not letters:
        say(_("No open task is overdue or due soon; no letter was written."))
        return
    said = ngettext("{n} letter about {tasks} tasks.", "{n} letters about {tasks} tasks.", len(letters))
    say(said.format(n=len(letters), tasks=len({line.standing.task.id for one in letters for line in one.lines})))
    for one in letters:
        for command in _later(one):
            say(_("once it has gone out: {command}").format(command=command))


def _pressing(lines: Sequence[Line]) -> list[Line]:
    """Return the rows that are overdue or due soon, the most urgent first."""
    from vpcp_cli.case import case_of

    some = (one for one in lines if one.standing.open and one.standing.timeliness in _PRESSING)
    return sorted(some, key=lambda one: case_of(one.standing).urgency)


def _letter(session: Session, office: Office, reply_by: date | None, code: str, lines: Sequence[Line]) -> Letter:
    from vpcp_cli.programme import Text, Unit
    from vpcp_cli.sharing.letter import Letter

    return Letter(
        office=office,
        unit=session.library.unit(code) or Unit(code=code, name=Text.plain(code)),
        overdue=[one for one in lines if one.standing.timeliness is Timeliness.OVERDUE],
        soon=[one for one in lines if one.standing.timeliness is Timeliness.DUE_SOON],
        day=session.day,
        names=full_names(session.library),
        reply_by=reply_by,
    )


def _mail(session: Session, letter: Letter, files: Mapping[str, bytes]) -> bytes:
    """Return a draft with those of the files that are of the letter, and a workbook to fill in."""
    from vpcp_cli.sharing.mail import draft

    code = letter.unit.code
    workbook = form_of(session, code, letter.reply_by).content(letter.lines)
    text = "\n\n".join([letter.sentence().rstrip(":") + ".", *letter.asked()]) + "\n"
    papers = {name: content for name, content in files.items() if name.rpartition(".")[0] == code}
    attached = {**papers, f"{code}.xlsx": workbook}
    return draft(letter.subject, letter.unit.email, text, attached)


def _later(letter: Letter) -> Iterator[str]:
    """Yield the commands that note a letter once it has gone out: of what many units must do, the unit's part."""
    from vpcp_cli.sharing.office import DOTS

    day = letter.office.dated.isoformat() if letter.office.dated else _("DATE")
    signed = _("NUMBER") if letter.office.number == DOTS else shlex.quote(letter.office.signed())
    parts: dict[str, dict[str, None]] = {}
    for one in letter.lines:
        own = next((name for name in one.names if one.standing.lead == name), "")
        parts.setdefault(own, {})[one.standing.task.id] = None
    for unit, ids in sorted(parts.items()):
        yield f"vpcp remind {' '.join(ids)} {signed} --on {day}" + (f" --for {unit}" if unit else "")
