"""`vpcp letter`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

import typer

from vpcp_cli.commands.export_xlsx import day_of_reply, form_of
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
    from vpcp_cli.sharing.letter import Letter
    from vpcp_cli.sharing.office import Office
    from vpcp_cli.tasks import Tasks

_PRESSING: Final = {Timeliness.OVERDUE, Timeliness.DUE_SOON}

ReplyBy = Annotated[
    str | None, typer.Option("--reply-by", metavar="DATE", help=N_("The day by which an answer is wanted."))
]
Eml = Annotated[
    bool, typer.Option("--eml", help=N_("As drafts of e-mails, with the letter and a workbook to fill in attached."))
]


class OneUnitError(VpcpError):
    """A letter without the one unit that it goes to."""

    def sentence(self) -> str:
        """Say what is missing."""
        return _("A letter goes to one unit, and none is named.")

    def hint(self) -> str:
        """Name the ways."""
        return _("Name it with --unit, or take --each lead -o FOLDER.")


class OneNumberError(VpcpError):
    """One number for many letters."""

    def sentence(self) -> str:
        """Say what is wrong."""
        return _("Each letter has a number of its own; --number is for one letter.")

    def hint(self) -> str:
        """Name both ways."""
        return _("Leave --number out, or write one letter with --unit.")


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
    tasks = query.select(session.tasks()).where("open", bool).where("timeliness", _PRESSING)
    office = office_of(session, number, dated)
    letters = _letters(session, query, tasks, office, day_of_reply(reply_by, session), each=bool(each))
    papers = {one.unit.code: one.content() if own is None else one.filled(own, str(template)) for one in letters}
    files = with_pdfs(papers, pdf=pdf)
    if eml:
        files = {f"{one.unit.code}.eml": _mail(session, one, files) for one in letters}
    if each:
        target.save_each(files)
    else:
        save_one(target, files)
    if not letters:
        say(_("No open task is overdue or due soon; no letter was written."))
        return
    said = ngettext("{n} letter about {tasks} tasks.", "{n} letters about {tasks} tasks.", len(letters))
    say(said.format(n=len(letters), tasks=len(tasks)))
    for one in letters:
        say(_("once it has gone out: {command}").format(command=_later(one)))


def _letters(
    session: Session, query: Query, tasks: Tasks, office: Office, reply_by: date | None, *, each: bool
) -> list[Letter]:
    """Return a letter to the unit that is named, or to each one in charge; to none where there is nothing to urge."""
    paper = partial(_letter, session, office, reply_by)
    if each:
        return [paper(unit, tasks.where("lead", {unit})) for unit in sorted(set(tasks.fact("lead")))]
    return [paper(unit, tasks) for unit in query.units if tasks]


def _letter(session: Session, office: Office, reply_by: date | None, code: str, tasks: Tasks) -> Letter:
    from vpcp_cli.programme import Text, Unit
    from vpcp_cli.sharing.letter import Letter
    from vpcp_cli.summary import Summary

    found = Summary.of(tasks, session.day)
    return Letter(
        office=office,
        unit=session.library.unit(code) or Unit(code=code, name=Text.plain(code)),
        overdue=found.because("overdue"),
        soon=found.because("due_soon"),
        day=session.day,
        names=full_names(session.library),
        reply_by=reply_by,
    )


def _mail(session: Session, letter: Letter, files: Mapping[str, bytes]) -> bytes:
    """Return a draft with those of the files that are of the letter, and a workbook to fill in."""
    from vpcp_cli.sharing.form import lines
    from vpcp_cli.sharing.mail import draft

    code = letter.unit.code
    workbook = form_of(session, code, letter.reply_by).content(list(lines(letter.tasks, {code})))
    text = "\n\n".join([letter.sentence().rstrip(":") + ".", *letter.asked()]) + "\n"
    papers = {name: content for name, content in files.items() if name.rpartition(".")[0] == code}
    attached = {**papers, f"{code}.xlsx": workbook}
    return draft(letter.subject, letter.unit.email, text, attached)


def _later(letter: Letter) -> str:
    """Return the command that notes a letter once it has gone out."""
    from vpcp_cli.sharing.office import DOTS

    day = letter.office.dated.isoformat() if letter.office.dated else _("DATE")
    signed = _("NUMBER") if letter.office.number == DOTS else shlex.quote(letter.office.signed())
    return f"vpcp remind {' '.join(one.task.id for one in letter.tasks)} {signed} --on {day}"
