"""A page for a browser: one file that asks for nothing, with the count, what is urgent, and every task.

Up to `STATIC` tasks stand in it as rows, so that it is whole without a script; of more, rows are made from the data
that the page carries. Its script and style are allowed by their hashes alone, and texts are only ever texts.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final, NamedTuple

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from vpcp_cli.case import case_of
from vpcp_cli.counts import Group, breakdown
from vpcp_cli.language import _, current
from vpcp_cli.library import Library
from vpcp_cli.linking import whole_log
from vpcp_cli.programme import Directive, LogEntry
from vpcp_cli.render.bars import parts
from vpcp_cli.render.breakdown import Names, heading_of
from vpcp_cli.render.count import fraction, number, official_lines, official_titles
from vpcp_cli.render.entries import action_words, entry_words, measure_of, origin_words
from vpcp_cli.render.groups import origin
from vpcp_cli.render.state import deadline_words, look, state_words
from vpcp_cli.render.summary import Section, SummaryReport
from vpcp_cli.standing import Standing
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import Timeliness

STATIC: Final = 500
"""So many tasks stand in the page as rows."""
INTERNAL: Final = frozenset(
    {
        "by",
        "note",
        "reason",
        "obstacle",
        "resolved",
        "reported_to",
        "key",
        "responsible",
        "risk",
        "reminder",
        "corrects",
    }
)
"""Keys of an entry that a page for the public leaves out."""
_BAR: Final = 200
"""How long the longest bar is, in units of its own picture."""


class Bar(NamedTuple):
    """A row of a breakdown: its group, how long the four parts of its bar are, and its figures."""

    key: str | None
    name: str
    figures: tuple[str, ...]
    stretches: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page says. `public` leaves out what is for the office alone; `commit` is that of the files, if known.

    `links` are other pages, each a file's name and what it is called; `live` is where a page that is served asks
    whether the files have changed.
    """

    report: SummaryReport
    library: Library
    public: bool = False
    commit: str | None = None
    heading: str = ""
    links: Sequence[tuple[str, str]] = ()
    live: str | None = None

    def content(self) -> bytes:
        """Return the page."""
        template = _environment().get_template("page.html.j2")
        style, script = Markup(self._style), Markup(_asset("page.js"))  # noqa: S704 - files of this package
        shown = template.render(page=self, style=style, script=script, policy=self._policy(style, script))
        return shown.encode()

    @property
    def _style(self) -> str:
        """The style; in print the day stands on every page."""
        said = json.dumps(self.report.title(), ensure_ascii=False).replace("<", "\\3c ")
        return f"{_asset('page.css')}@page {{ @top-left {{ content: {said}; font: 9pt sans-serif; }} }}\n"

    def _policy(self, *allowed: str) -> str:
        """Return what the page may do: nothing but its own style and script."""
        style, script = (f"'sha256-{_hash(one)}'" for one in allowed)
        asks = "; connect-src 'self'" if self.live else ""
        return f"default-src 'none'; style-src {style}; script-src {script}{asks}; base-uri 'none'; form-action 'none'"

    @property
    def language(self) -> str:
        """The language of all texts."""
        return current()

    @property
    def official(self) -> tuple[Sequence[str], list[tuple[str, list[str]]]]:
        """The heads and rows of the official count."""
        rows = official_lines(self.report.summary.count)
        return official_titles(), [(row.name, list(map(number, row.numbers))) for row in rows]

    @property
    def lines(self) -> Iterator[str]:
        """What the table does not tell."""
        if not self.public:
            yield self.report.risks()
        yield from self.report.remarks(commands=False)
        yield from (line.strip() for line in self.report.changes())

    @cached_property
    def sections(self) -> list[Section]:
        """What is urgent; a page for the public says nothing of obstacles."""
        return list(self.report.urgent()[: 2 if self.public else 3])

    @cached_property
    def leads(self) -> list[Bar]:
        """The count by lead."""
        return self._bars(self.report.summary.leads, "lead")

    @cached_property
    def months(self) -> list[Bar]:
        """The count by the month of the deadline."""
        return self._bars(breakdown(self.report.summary.tasks, "month"), "month")

    def _bars(self, groups: Iterable[Group], by: str) -> list[Bar]:
        names, given = Names(self.library, by), list(groups)
        largest = max((group.count.total for group in given), default=0) or 1
        return [Bar(group.key, names.shown(group.key), _figures(group), _stretches(group, largest)) for group in given]

    @property
    def bar_titles(self) -> tuple[str, ...]:
        """The heads of a breakdown behind its first one."""
        return _("Total"), _("Done"), _("In time"), _("Overdue"), _("Done of due")

    @property
    def bar_heads(self) -> tuple[str, str]:
        """What the two breakdowns are called."""
        return heading_of("lead"), heading_of("month")

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What happened lately, newest first: the day, the task, what it was."""
        moved = self.report.summary.movement
        found = []
        for one in reversed(moved.happenings if moved else ()):
            words = self._words(one.entry, measure_of(one.end))
            if words:
                found.append((format_date(one.entry.date, current()), one.standing.task.id, words))
        return found

    def _words(self, entry: LogEntry, measure: str | None) -> str:
        if not self.public:
            return entry_words(entry, self.report.units, measure)
        if entry.set_:  # what stood there before is nobody else's business
            return ""
        bare = _bare(entry)
        return entry_words(bare, self.report.units, measure) if action_words(bare, self.report.units) else ""

    @cached_property
    def rows(self) -> list[list[Any]]:
        """Every task as the script takes it; see `page.js`."""
        return [self._row(one) for one in self.report.summary.tasks]

    def _row(self, one: Standing) -> list[Any]:
        lang, texts = current(), self._texts
        day = one.deadline.last.isoformat() if one.deadline else ""
        shape = look(one).symbol
        return [
            one.task.id,
            one.task.text.in_(lang),
            texts.place(one.directive.id),
            texts.place(self.report.units.get(one.lead, one.lead)),
            texts.place(one.lead),
            day,
            texts.place(deadline_words(one, lang)),
            texts.place(f"{shape} {state_words(one)}"),
            texts.place(_group_of(one)),
            [[texts.place(format_date(day, lang)), words] for day, words in self._log(one)],
        ]

    def _log(self, one: Standing) -> Iterator[tuple[Any, str]]:
        for end, each in whole_log(one.task):
            if each.entry.date > one.day or each.struck_by:
                continue
            if words := self._words(each.entry, measure_of(end)):
                if end.id != one.task.id and each.entry.replaced_by:
                    yield each.entry.date, origin_words(each.entry, end.id)
                    continue
                elsewhere = "" if end.id == one.task.id else _("in the log of {id}").format(id=end.id)
                yield each.entry.date, f"{words} ({elsewhere})" if elsewhere else words

    @cached_property
    def _texts(self) -> _Texts:
        return _Texts()

    @cached_property
    def data(self) -> Markup:
        """All rows and what they point to, as JSON that can stand in a page."""
        directives = {one.id: self._directive(one) for id_ in self._programmes for one in self.library.directives(id_)}
        rows = self.rows
        known = {one: directives[one] for one in self._texts.all if one in directives}
        text = json.dumps(
            {"rows": rows, "texts": self._texts.all, "directives": known, "words": _words()},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for character in "<>&\u2028\u2029":
            text = text.replace(character, f"\\u{ord(character):04x}")
        return Markup(text)  # noqa: S704 - no character of it can end the element

    @property
    def _programmes(self) -> list[str]:
        return [one.id for one in self.library.heads.programmes]

    def _directive(self, one: Directive) -> str:
        return f"{one.title.in_(current())} · {origin(one)}"

    @cached_property
    def static(self) -> list[list[Any]]:
        """The rows that stand in the page itself, with their texts."""
        if len(self.rows) > STATIC:
            return []
        texts = self._texts.all
        return [
            [row[0], row[1], *(texts[place] for place in row[2:5]), row[5], *(texts[place] for place in row[6:9]),
             [(texts[day], words) for day, words in row[9]]]
            for row in self.rows
        ]  # fmt: skip

    @property
    def left_out(self) -> str:
        """What a page for the public does not hold."""
        return _("Left out: who reported, remarks, obstacles, risks, people in charge, reminders, places in files.")


class _Texts:
    """Texts that many rows share, each by its place."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._places: dict[str, int] = {}

    def place(self, text: str) -> int:
        """Return where a text stands; it is put there if it is new."""
        found = self._places.setdefault(text, len(self.all))
        if found == len(self.all):
            self.all.append(text)
        return found


def _nothing() -> dict[str, Any]:
    return dict.fromkeys(INTERNAL)


def _bare(entry: LogEntry) -> LogEntry:
    """Return an entry without what is for the office alone."""
    return replace(entry, **_nothing())


def _figures(group: Group) -> tuple[str, ...]:
    count = group.count
    return (
        number(count.total),
        number(count.done),
        number(count.cell(Timeliness.IN_TIME, Timeliness.DUE_SOON)),
        number(count.cell(Timeliness.OVERDUE)),
        fraction(count.rate_of_due),
    )


def _stretches(group: Group, largest: int) -> tuple[tuple[int, int], ...]:
    """Return where each part of a bar begins and how long it is; a part that is there is seen."""
    found, start = [], 0
    for part in parts(group.count):
        length = max(part * _BAR // largest, 2) if part else 0
        found.append((start, length))
        start += length
    return tuple(found)


def _group_of(one: Standing) -> str:
    """Return by which word a task is found: done, overdue, due soon, open, or outside the count."""
    case = case_of(one)
    if not one.counted:
        return _("outside the count")
    if one.overdue:
        return _("overdue")
    if case.open and one.timeliness is Timeliness.DUE_SOON:
        return _("due soon")
    return _("open") if one.open else _("done or closed")


def _words() -> dict[str, str]:
    """Return what the script says itself."""
    return {
        "found": _("{n} of {all} tasks"),
        "page": _("Page {n} of {all}"),
        "before": _("Back"),
        "after": _("Next"),
        "log": _("Log"),
        "nothing": _("Nothing is found; take a filter away."),
        "all": _("all"),
        "file": _("tasks.csv"),
    }


@cache
def _asset(name: str) -> str:
    return files("vpcp_cli.sharing").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    """Return what fills the templates: all that it is given is text, and a name that is not there is an error."""
    names = ("page.html.j2",)
    made = Environment(
        loader=DictLoader({name: _asset(name) for name in names}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["_"] = _
    return made
