"""What is kept: programmes, their directives, tasks and logs, and the register of units.

This is the one definition of the format: the fields of a record are the keys of a mapping, in the order in which files
have them, and `Key` says all else that is to be known of one. A field without a key is not written in files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from datetime import date
from typing import Annotated, Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.deadline import Deadline
from vpcp_cli.figure import figure_typed, figure_words
from vpcp_cli.kinds import PLACED, AsWritten, Day, Key, Record, SlipError, Text
from vpcp_cli.language import N_, _, current
from vpcp_cli.vietnamese import format_date
from vpcp_cli.vocabulary import (
    Authority,
    Category,
    Decision,
    DirectiveKind,
    Every,
    Item,
    Nature,
    ProgrammeKind,
    Risk,
    Status,
    Urgency,
)

__all__ = [
    "Admission",
    "Aim",
    "Award",
    "Directive",
    "Document",
    "Due",
    "Event",
    "Inherited",
    "Issuer",
    "LogEntry",
    "Member",
    "Named",
    "Owing",
    "Person",
    "Programme",
    "Recurs",
    "Register",
    "Result",
    "Source",
    "Target",
    "Task",
    "Text",
    "Theme",
    "Unit",
    "Workspace",
]

FORMATS: Final = (1, 2)
"""The versions of the format that this program reads. What a key means does not depend on them."""
SECOND: Final = frozenset(
    {
        *("corrects", "void", "reason", "recorded", "set", "deadline_words", "recurs", "each", "for", "members"),
        *("replaces", "carried"),
        *("tags", "ref", "start", "target", "details", "leader", "submit_to", "monitor", "value"),
        *("until", "author", "email", "symbol", "address_as"),
    }
)
"""Keys that programs of the first version don't read: a file in which a command writes one says the second."""
SECOND_OF_ENTRIES: Final = frozenset({"responsible"})
"""Keys of entries of which the same is true, while tasks have always had them."""
SECOND_OF_RECORDS: Final = frozenset({"document"})
"""Keys of tasks and directives of which the same is true, while entries have always had them."""
SECOND_STATUSES: Final = frozenset({"void"})
"""Values of `status` of which the same is true."""
DIRECTIVE_ID: Final = r"[0-9]{4}-([A-Z0-9]+-)?[A-Z]{2}[0-9]{2,4}"
TASK_ID: Final = DIRECTIVE_ID + r"\.[1-9][0-9]*"
AIM_ID: Final = r"[0-9]{4}-MT[0-9]{2,4}\.[1-9][0-9]*"
RESULT_ID: Final = r"[0-9]{4}-KQ[1-9][0-9]*"
UNIT_CODE: Final = r"[A-Z][A-Z0-9_]*"

_PLACE: Final = N_("The place in the source document, for example L28-S2: line 28, second sentence.")
_VERSION: Final = N_("The version of the format: 1, or 2 where a key needs it; commands see to that.")
_RECORDED: Final = N_("The day on which it was written down, where that is not the day from which it exists.")
_NOTE: Final = N_("A remark, in one language.")

# What people write instead of a key.
_NAMES: Final = "title, text, full name, ten, ho ten, ho va ten"
_TITLES: Final = "text, name, subject, tieu de, ten, noi dung"
_TEXTS: Final = "title, name, content, description, task, noi dung, nhiem vu, ten"
_ISSUERS: Final = "author, speaker, nguoi chi dao, nguoi ban hanh, nguoi ky"
_DATES: Final = "day, on, when, ngay"
_DEADLINES: Final = "due, due date, until, han, thoi han, han xu ly"
_LEADS: Final = "owner, assignee, agency, unit, chu tri, don vi, don vi chu tri, co quan chu tri"
_SUPPORTS: Final = "coordinating, coordination, supporting, phoi hop, don vi phoi hop, co quan phoi hop"
_PEOPLE: Final = "person, owner, nguoi phu trach, nguoi chiu trach nhiem"
_NOTES: Final = "comment, remark, ghi chu, ly do"
_SOMEBODY: Final = "{name: Trần Văn Sơn}"


@dataclass(frozen=True, slots=True)
class Member(Record):
    """A unit of many that are spoken of together, and from when to when it is one of them, both days included."""

    code: Annotated[
        str, Key("Code", "The code of the unit, from units.yaml.", unit=True, slips="unit, id, ma", example="BTC")
    ]
    from_: Annotated[
        Day | None, Key("From", "The first day on which it is one of them.", slips="since, valid_from, tu ngay")
    ] = None
    to: Annotated[
        Day | None,
        Key("Until", "The last day on which it is one of them.", slips="until, valid_to, den ngay", begins="from"),
    ] = None

    @classmethod
    def plain(cls, code: str) -> Member:
        """Return a unit that always is one of them."""
        return cls(code)

    @property
    def brief(self) -> str | None:
        """The code, where it says all."""
        return None if self.from_ or self.to else self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Record):
    """An entry of the register. A name is valid from one day to another, both included."""

    code: Annotated[
        str,
        Key(
            "Code",
            "The code that programmes use: capital letters, digits and _.",
            pattern=UNIT_CODE,
            slips="id, ma",
            example="VPCP",
        ),
    ]
    name: Annotated[Text, Key("Name", "The unit's full name.", slips=_NAMES, setting="The unit's full name.")]
    short: Annotated[
        Text | None, Key("Short name", "The short name for tables.", asked="The short name for tables.")
    ] = None
    aliases: Annotated[
        tuple[str, ...],
        Key(
            "Other names",
            "Other names by which people look for it.",
            asked="Another name by which people look for it; may be repeated.",
            option="alias",
        ),
    ] = ()
    address_as: Annotated[
        Text | None,
        Key(
            "Addressed as",
            "How letters address the unit: «Bộ trưởng Bộ Tài chính»; left out, by its name.",
            slips="kinh gui, xung danh",
            asked="How letters address it.",
        ),
    ] = None
    symbol: Annotated[
        str | None,
        Key(
            "Symbol",
            "The unit's part of a document's number: VPCP in 12/BC-VPCP.",
            slips="ky hieu, viet tat van ban",
            example="VPCP",
            asked="Its part of a document's number: VPCP in 12/BC-VPCP.",
            metavar="SYMBOL",
        ),
    ] = None
    type: Annotated[
        str | None,
        Key(
            "Type",
            "What kind of unit it is, for example department.",
            asked="What kind of unit it is, for example department.",
        ),
    ] = None
    parent: Annotated[
        str | None,
        Key(
            "Part of",
            "The code of the unit to which it belongs.",
            unit=True,
            asked="The unit to which it belongs: its code, short name or name.",
        ),
    ] = None
    email: Annotated[
        str | None,
        Key(
            "E-mail",
            "The address to which what concerns the unit is sent.",
            slips="e-mail, mail, thu dien tu, dia chi thu",
            example="phc@vidu.gov.vn",
            asked="The address to which what concerns it is sent.",
            metavar="ADDRESS",
        ),
    ] = None
    valid_from: Annotated[
        Day | None,
        Key(
            "Valid from",
            "The first day on which the unit exists under this name; left out where it is not known.",
            asked="The first day on which it exists under this name.",
        ),
    ] = None
    valid_to: Annotated[
        Day | None,
        Key(
            "Valid until",
            "The last day on which the unit exists under this name.",
            asked="The last day on which it exists under this name.",
            begins="valid_from",
        ),
    ] = None
    merged_into: Annotated[
        str | None, Key("Merged into", "The code of the unit that took over its work.", unit=True)
    ] = None
    members: Annotated[
        tuple[Member, ...],
        Key(
            "Members",
            "The units that this code stands for, as «ministries and agencies»: their codes, each with the days from"
            " and to which it is one of them where it was not always.",
            short=True,
            slips="units, thanh vien, gom, don vi",
            example="[BTC, BCT]",
            asked="A unit that this code stands for; may be repeated.",
            option="member",
        ),
    ] = ()

    def valid_within(self, first: date, last: date) -> bool:
        """Whether the unit existed on any day of a period."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or self.valid_to >= first
        )


@dataclass(frozen=True, slots=True)
class Issuer(Record):
    """Who gave a directive, set an aim or judged a result."""

    name: Annotated[str, Key("Name", "The person's full name.", slips=_NAMES, searched=True)]
    role: Annotated[Text | None, Key("Role", "The office that the person held at the time.", searched=True)] = None

    @classmethod
    def plain(cls, name: str) -> Issuer:
        """Return somebody of whom nothing but the name is known."""
        return cls(name)


@dataclass(frozen=True, slots=True)
class Document(Record):
    """A document by its number, kept exactly as it is written: 123/QĐ-VPCP; a cited text may have none."""

    number: Annotated[
        str | None,
        Key("Number", "The number, exactly as it is written: 123/QĐ-VPCP.", slips="no, so, so hieu", searched=True),
    ] = None
    date: Annotated[
        Day | None, Key("Date", "The day on which the document was signed.", slips=_DATES, example="2022-05-20")
    ] = None
    title: Annotated[Text | None, Key("Title", "What the document is about.", slips=_TITLES, searched=True)] = None
    issuer: Annotated[Text | None, Key("Issuer", "Who issued the document.", slips=_ISSUERS, example=_SOMEBODY)] = None

    @classmethod
    def plain(cls, number: str) -> Document:
        """Return a document of which nothing but the number is known."""
        return cls(number)

    @property
    def brief(self) -> str | None:
        """The number, where nothing else is known."""
        return self.number if self == Document(self.number) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry(Record):
    """What happened on a day: one action, told by the field that is not None."""

    corrects: Annotated[
        Named | None,
        Key(
            "Corrects",
            "Keys of an earlier entry, as many as name it: that one never held; this one stands in its place.",
            inner=False,
            slips="correction, correct, dinh chinh",
            example="{date: 2022-05-20, status: done}",
        ),
    ] = None
    void: Annotated[
        bool,
        Key(
            "Void",
            "true: nothing stands in the place of the corrected entry; `reason`, or the note, says why.",
            action=True,
            beside=("corrects",),
            slips="huy, huy bo",
            example="true",
        ),
    ] = False
    date: Annotated[
        Day,
        Key(
            "Date",
            "The day on which the thing happened, which may be earlier than the day of writing.",
            slips=_DATES,
            example="2022-05-20",
        ),
    ]
    status: Annotated[
        Status | None,
        Key("Status", "Where the task stands from that day on.", action=True, slips="state, trang thai, tinh trang"),
    ] = None
    evidence: Annotated[
        tuple[Document, ...],
        Key(
            "Evidence",
            "The document that shows the completion: its number, or a list.",
            short=True,
            beside=("status: done",),
            searched=True,
            slips="proof, minh chung, bang chung",
            example="123/QĐ-VPCP",
        ),
    ] = ()
    to: Annotated[
        str | None,
        Key(
            "Carried to",
            "The id of the task as which it goes on next year.",
            beside=("status: carried_over",),
            example="2023-CN01.1",
        ),
    ] = None
    duplicate_of: Annotated[
        str | None,
        Key(
            "Duplicate of",
            "The id of the task that says the same and stays.",
            beside=("status: void",),
            slips="duplicates, trung, trung voi",
            example="2022-CD01.1",
        ),
    ] = None
    replaced_by: Annotated[
        tuple[str, ...],
        Key(
            "Replaced by",
            "The ids of the tasks that say it rightly: one, or a list. One that `replaces` this task has its history.",
            short=True,
            beside=("status: void",),
            slips="superseded by, thay bang, thay the bang",
            example="2022-CD01.3",
        ),
    ] = ()
    deadline: Annotated[
        Deadline | None,
        Key(
            "Deadline",
            "The deadline that is asked for, approved or rejected.",
            action=True,
            slips=_DEADLINES,
            example="2022-Q2",
        ),
    ] = None
    decision: Annotated[
        Decision | None, Key("Decision", "What became of the wish to postpone; only an approval moves the deadline.")
    ] = None
    obstacle: Annotated[
        Text | None,
        Key(
            "Obstacle",
            "A difficulty that is open from that day on.",
            action=True,
            searched=True,
            slips="problem, blocked, difficulty, vuong mac, kho khan",
        ),
    ] = None
    reported_to: Annotated[
        str | None,
        Key("Reported to", "The code of the unit to which the difficulty was reported.", beside=("obstacle",)),
    ] = None
    resolved: Annotated[Text | None, Key("Resolved", "How the difficulty ended.", action=True, searched=True)] = None
    key: Annotated[
        str | None,
        Key(
            "Key", "A word that joins an obstacle to its end, where there are several.", beside=("obstacle", "resolved")
        ),
    ] = None
    risk: Annotated[
        Risk | None,
        Key("Risk", "A person's forecast that the deadline will be missed; the note gives the reason.", action=True),
    ] = None
    reminder: Annotated[
        str | None, Key("Reminder", "The number of the letter that urged the lead.", action=True, searched=True)
    ] = None
    lead: Annotated[
        str | None,
        Key(
            "Lead",
            "The code of the unit to which the task moved.",
            action=True,
            unit=True,
            slips=_LEADS,
            example="VPCP",
        ),
    ] = None
    set_: Annotated[
        str | None,
        Key(
            "Put right",
            "A key of what has this log: what stands there now has been right from the beginning.",
            action=True,
            slips="sua, dinh chinh khoa",
            example="deadline",
        ),
    ] = None
    was: Annotated[
        AsWritten | None,
        Key("Was", "What stood there before; left out where nothing did.", beside=("set",), example="2022-Q2"),
    ] = None
    is_: Annotated[
        AsWritten | None,
        Key("Is", "What stands there now; left out where nothing does.", beside=("set",), example="2022-Q3"),
    ] = None
    for_: Annotated[
        tuple[str, ...],
        Key(
            "For",
            "The part of the task that it speaks of: a period, a unit, or both: 2022-03, BTC, [2022-03, BTC].",
            short=True,
            slips="part, period, cho, ky, phan viec",
            example="2022-03",
        ),
    ] = ()
    responsible: Annotated[
        str | None,
        Key(
            "Responsible",
            "The person who answers for the task from that day on.",
            action=True,
            searched=True,
            slips=_PEOPLE,
            example="Lê Văn A",
        ),
    ] = None
    value: Annotated[
        float | None,
        Key(
            "Reached",
            "The figure that has been reached by that day, of the task's `target`.",
            action=True,
            slips="gia tri, so lieu, dat duoc, reached",
            example="65",
        ),
    ] = None
    recorded: Annotated[
        Day | None,
        Key(
            "Recorded on",
            "The day on which the entry was written down, where that is not its date.",
            slips="ngay ghi, ngay nhap",
            example="2022-06-03",
        ),
    ] = None
    by: Annotated[str | None, Key("By", "Who wrote the entry.")] = None
    document: Annotated[
        str | None,
        Key(
            "Document",
            "The number of the document on which the entry rests.",
            searched=True,
            slips="van ban, so van ban, cong van",
        ),
    ] = None
    note: Annotated[str | None, Key("Note", _NOTE, searched=True, slips=_NOTES)] = None
    reason: Annotated[
        str | None,
        Key(
            "Reason",
            "Why the entry that it corrects was wrong; left out, the note says that too.",
            beside=("corrects",),
            slips="why, because, ly do dinh chinh, vi sao",
            example="gõ nhầm ngày",
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(LogEntry):
    """The keys by which a correction names the entry that it corrects."""

    date: Annotated[Day | None, Key("Date", "The date that the entry gave.")] = None  # type: ignore[assignment]
    corrects: Annotated[
        Named | None, Key("Corrects", "What the entry corrected, where it was a correction itself.", inner=False)
    ] = None


@dataclass(frozen=True, slots=True)
class Target(Record):
    """A figure that a task is to reach."""

    value: Annotated[
        float, Key("Value", "The figure to be reached.", slips="target, goal, gia tri, chi tieu", example="80")
    ]
    unit: Annotated[
        str | None, Key("Unit of measure", "What is counted: %, km, works.", slips="don vi tinh", example='"%"')
    ] = None
    start: Annotated[
        float | None,
        Key("At the beginning", "The figure from which it began.", slips="baseline, from, ban dau", example="55"),
    ] = None

    @classmethod
    def plain(cls, typed: str) -> Target:
        """Read a figure with its unit, as people type it: «80%»."""
        figure, unit = figure_typed(typed)
        return cls(figure, unit)

    def words(self) -> str:
        """Say it with its unit: «80%, at first 55%»."""
        said = figure_words(self.value, self.unit)
        if self.start is None:
            return said
        return _("{target}, at first {start}").format(target=said, start=figure_words(self.start, self.unit))


@dataclass(frozen=True, slots=True)
class Admission(Record):
    """Whether a task may stand in a programme at all; None where nobody has judged."""

    ready: Annotated[bool | None, Key("Ready", "Whether the task is well enough prepared: true or false.")] = None
    within_authority: Annotated[
        bool | None,
        Key(
            "Within authority",
            "Whether it lies within the authority of the Government or the Prime Minister: true or false.",
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Due(Record):
    """The day of a period by which a duty that recurs must be done."""

    day: Annotated[
        str | None, Key("Day", "A day of the period's last month, or `last`; of a week 1 (Monday) to 7.", example="25")
    ] = None
    days_after: Annotated[
        int | None, Key("Days after", "So many days after the period's end.", slips="after, sau", example="5")
    ] = None

    def __post_init__(self) -> None:
        """Raise `SlipError` for what is no day of a period."""
        day = self.day or ""
        number = int(day) if day.isdecimal() and day.isascii() else 0
        if (day == LAST or 1 <= number <= _LONGEST_MONTH) is (self.days_after is not None):
            raise SlipError("bad-due", day or "-")

    @classmethod
    def plain(cls, day: str) -> Due:
        """Return a day within the period; raise `SlipError`."""
        return cls(day)

    @property
    def brief(self) -> str | None:
        """The day within the period."""
        return self.day if self.days_after is None else None


LAST: Final = "last"
"""The last day of a period."""
_LONGEST_MONTH: Final = 31


@dataclass(frozen=True, slots=True)
class Recurs(Record):
    """How often a duty recurs, and by when it must be done each time."""

    every: Annotated[
        Every,
        Key(
            "Every",
            "How often: week, month, quarter, half_year or year.",
            slips="period, interval, chu ky, moi, dinh ky",
        ),
    ]
    due: Annotated[
        Due | None,
        Key(
            "Due",
            "The day of the period's last month by which it must be done, `last` (also without this key), or"
            " {days_after: 5}; of a week 1 (Monday) to 7.",
            short=True,
            slips="day, by, han, ngay",
            example="25",
        ),
    ] = None
    from_: Annotated[
        Day | None,
        Key(
            "From",
            "The day after which the first period falls due; without it that from which the task exists.",
            slips="since, start, tu, tu ngay",
            example="2022-03-01",
        ),
    ] = None
    to: Annotated[
        Day | None,
        Key(
            "Until",
            "No period begins after this day; without it the end of the year.",
            slips="until, end, den, den ngay",
            example="2022-12-31",
        ),
    ] = None

    def words(self) -> str:
        """Say it as people do: «monthly, by day 25»."""
        said = [f"{self.every.label}, {self._due_words()}"]
        said += [_("from {day}").format(day=format_date(self.from_, current()))] if self.from_ else []
        said += [_("until {until}").format(until=format_date(self.to, current()))] if self.to else []
        return " · ".join(said)

    def _due_words(self) -> str:
        due = self.due or Due(LAST)
        if due.days_after is not None:
            return _("by {n} days after the period's end").format(n=due.days_after)
        if due.day == LAST:
            return _("by the period's last day")
        if self.every is Every.WEEK:
            return _("by {weekday}").format(weekday=_(_WEEKDAYS[int(due.day or 1) - 1]))
        if self.every is Every.MONTH:
            return _("by day {n} of the period").format(n=due.day)
        return _("by day {n} of the period's last month").format(n=due.day)

    @property
    def soon(self) -> int:
        """The most days before its end that a period is due soon: a quarter of it."""
        return SOON[self.every]


_WEEKDAYS: Final = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday")),
)
SOON: Final = {Every.WEEK: 2, Every.MONTH: 7, Every.QUARTER: 21, Every.HALF_YEAR: 45, Every.YEAR: 90}


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit that must do its part of a task, from the register: from when to when, and who took over its work.

    `heirs` are those that took over one after the other, each with the last day on which it was there.
    """

    code: str
    since: date | None = None
    until: date | None = None
    heirs: tuple[tuple[str, date | None], ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all whose part it is at some time."""
        return self.code, *(code for code, _last in self.heirs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """One task as it is written; `line` counts from 1, log entries stand in file order.

    `inherited` is derived: what it goes on from. Whoever folds a log asks `standing.folded`, which begins with it.
    """

    id: Annotated[
        str,
        Key(
            "Id",
            "The task's id: that of its directive, a point and a number from 1, for example 2022-CD02.3.",
            pattern=TASK_ID,
            example="2022-CD01.1",
        ),
    ]
    text: Annotated[
        Text, Key("Text", "What is to be done.", searched=True, slips=_TEXTS, setting="What is to be done.")
    ]
    source: Annotated[
        str | None,
        Key("Source", _PLACE, slips="nguon", asked="Where the source of the programme asks for it.", metavar="PLACE"),
    ] = None
    category: Annotated[
        Category | None,
        Key(
            "Category",
            "The field of work.",
            slips="field, area, linh vuc",
            asked="The field of work: digital, «thi đua, khen thưởng» …; `vpcp categories` lists them.",
            history=True,
        ),
    ] = None
    nature: Annotated[
        Nature,
        Key(
            "Nature",
            "Whether the task ends in a deliverable, goes on all the time, or can't be counted at all.",
            slips="type, tinh chat",
            asked="one_off (default), standing, principle or expectation.",
            history=True,
        ),
    ]
    item: Annotated[
        Item,
        Key(
            "Item",
            "A task, or a scheme, whose deadline is for its submission.",
            asked="task (default), or scheme: its deadline is for submission.",
            history=True,
        ),
    ] = Item.TASK
    lead: Annotated[
        str,
        Key(
            "Lead",
            "The code of the one unit that answers for the task, from units.yaml; left out as long as it is not known.",
            unit=True,
            slips=_LEADS,
            example="VPCP",
            asked="The unit in charge: its code, short name or name.",
            history=True,
        ),
    ] = ""
    support: Annotated[
        tuple[str, ...],
        Key(
            "Support",
            "The codes of the units that work with the lead, which is not among them.",
            unit=True,
            slips=_SUPPORTS,
            asked="A coordinating unit; may be repeated.",
            history=True,
        ),
    ] = ()
    responsible: Annotated[
        str | None,
        Key(
            "Responsible",
            "The person who answers for the task in the leading unit.",
            searched=True,
            slips=_PEOPLE,
            asked="The person in charge.",
            metavar="NAME",
            history=True,
        ),
    ] = None
    deliverable: Annotated[
        Text | None,
        Key(
            "Deliverable",
            "What will exist when the task is done.",
            searched=True,
            slips="result, output, product, san pham",
            asked="What comes of it.",
        ),
    ] = None
    measure: Annotated[
        Text | None,
        Key(
            "Measure",
            "How one would see that the aim is reached.",
            searched=True,
            asked="How one would see that it is reached.",
        ),
    ] = None
    deadline: Annotated[
        Deadline | None,
        Key(
            "Deadline",
            "The first deadline: 2022-06-30, 2022-06, 2022-Q2, 2022-H1 or 2022. It is never changed; a postponement is"
            " an entry of the log.",
            slips=_DEADLINES,
            example="2022-Q2",
            asked="A day, month, quarter, half-year or year.",
            history=True,
        ),
    ] = None
    deadline_words: Annotated[
        str | None,
        Key(
            "Deadline in words",
            "The words of the document for the deadline, where they are no date, as it has them; the day stands in"
            " `deadline`.",
            searched=True,
            slips="thoi han bang loi, thoi han theo van ban",
            example="trước kỳ họp thứ 5",
            asked="The document's words for it, beside --deadline: «trước kỳ họp thứ 5».",
        ),
    ] = None
    recurs: Annotated[
        Recurs | None,
        Key(
            "Recurs",
            "How often the duty recurs, and by when it must be done each time; every period is a part of the task.",
            history=True,
            slips="recurring, repeat, repeats, frequency, dinh ky, lap lai",
            example="{every: month, due: 25}",
            asked="How often it recurs, and by which day: monthly, «hằng quý», «trước ngày 25 hằng tháng».",
            metavar="TEXT",
        ),
    ] = None
    each: Annotated[
        bool,
        Key(
            "Each",
            "true: each member of the lead must do it, and every member's part is a part of the task.",
            history=True,
            slips="every unit, moi don vi, tung don vi",
            asked="Each member of the lead must do it.",
        ),
    ] = False
    urgency: Annotated[
        Urgency | None,
        Key(
            "Urgency",
            "Words of the document that ask for speed without naming a day.",
            asked="soon, urgent or timely: words of the text that are no date.",
            history=True,
        ),
    ] = None
    priority: Annotated[
        bool,
        Key(
            "Priority", "Whether it is a task of special weight: true or false.", asked="A priority task.", history=True
        ),
    ] = False
    basis: Annotated[
        tuple[Text, ...],
        Key(
            "Basis",
            "The documents on which the task rests: numbers or texts.",
            searched=True,
            inner=False,
            asked="What it rests on; may be repeated.",
        ),
    ] = ()
    document: Annotated[
        Document | None,
        Key(
            "Document",
            "The document that gave this task, where it is not the directive's: its number, or number, date and title.",
            short=True,
            searched=True,
            slips="van ban, so van ban, cong van, van ban giao",
            example="45/TB-BCT",
            asked="The document that gave it, where it is not the directive's; with its day, if you like.",
            metavar="NUMBER",
        ),
    ] = None
    tags: Annotated[
        tuple[str, ...],
        Key(
            "Tags",
            "An office's own words by which it finds and sorts its tasks.",
            searched=True,
            slips="tag, labels, label, nhan, tu khoa",
            example="[PAR Index]",
            asked="A word of your own by which it is found; may be repeated.",
            metavar="WORD",
            option="tag",
            history=True,
        ),
    ] = ()
    ref: Annotated[
        str | None,
        Key(
            "Number in the source",
            "The number that the task has in its source or in another list: V01, 3.2.a.",
            searched=True,
            slips="reference, stt, tt, number, no",
            example="V01",
            asked="The number that it has in its source or in another list.",
            metavar="NUMBER",
        ),
    ] = None
    start: Annotated[
        Day | None,
        Key(
            "Start",
            "The day on which work is to begin; before it nothing is expected yet.",
            slips="start date, begin, from, bat dau, ngay bat dau, tu ngay",
            example="2022-03-01",
            asked="The day on which work is to begin.",
            history=True,
        ),
    ] = None
    target: Annotated[
        Target | None,
        Key(
            "Target",
            "The figure to be reached; entries say how far it is. A person, not a figure, says that it is done.",
            slips="goal, kpi, chi tieu, muc tieu",
            example='{value: 80, unit: "%"}',
            asked="The figure to be reached, with its unit: 80%.",
            metavar="FIGURE",
        ),
    ] = None
    details: Annotated[
        Text | None,
        Key(
            "Details",
            "What else is to be known about it, however long.",
            searched=True,
            slips="description, mo ta, chi tiet, dien giai",
            asked="What else is to be known about it.",
        ),
    ] = None
    leader: Annotated[
        Issuer | None,
        Key(
            "Leader in charge",
            "The leader who directs the work: name and office.",
            searched=True,
            slips="lanh dao, lanh dao phu trach, nguoi chi dao",
            example=_SOMEBODY,
            asked="The leader who directs the work.",
            metavar="NAME",
        ),
    ] = None
    submit_to: Annotated[
        Authority | None,
        Key(
            "Submitted to",
            "The authority to which the result is submitted.",
            slips="cap trinh, trinh, co quan trinh",
            asked="The authority to which it is submitted: chinh_phu, thu_tuong, «Bộ Chính trị» …",
        ),
    ] = None
    monitor: Annotated[
        str | None,
        Key(
            "Monitored by",
            "The code of the unit that follows the task for the office.",
            unit=True,
            slips="don vi theo doi, theo doi",
            example="VPCP",
            asked="The unit that follows it for the office: its code, short name or name.",
        ),
    ] = None
    admission: Annotated[
        Admission | None, Key("Admission", "Whether the task may stand in a programme at all.", inner=False)
    ] = None
    added: Annotated[
        Day | None,
        Key(
            "Added on",
            "The day from which the task exists, if it came later than its directive.",
            inner=False,
            setting="The day from which it exists.",
            history=True,
        ),
    ] = None
    recorded: Annotated[Day | None, Key("Recorded on", _RECORDED, inner=False)] = None
    carried_from: Annotated[
        str | None, Key("Carried from", "The id of the task of an earlier year that goes on as this one.")
    ] = None
    replaces: Annotated[
        str | None,
        Key(
            "Replaces",
            "The id of the task that was split or moved and goes on as this one; its log ends with status: void.",
            slips="thay the cho, thay cho",
            example="2022-CD01.1",
        ),
    ] = None
    log: Annotated[
        tuple[LogEntry, ...],
        Key(
            "Log",
            "What happened, one entry for each action; entries are only ever added.",
            inner=False,
            slips="history, entries, updates, nhat ky",
        ),
    ] = ()
    line: Annotated[int, PLACED] = 0
    inherited: Annotated[Inherited | None, PLACED] = field(default=None, compare=False, repr=False)
    owing: Annotated[tuple[Owing, ...], PLACED] = ()
    """The members of the lead, where each must do it: from the register."""
    chosen: Annotated[frozenset[str], PLACED] = frozenset()
    """The units whose parts alone are asked about; of all if there is none."""

    @property
    def countable(self) -> bool:
        """Whether it can be done at all: principles and expectations can't."""
        return self.nature in (Nature.ONE_OFF, Nature.STANDING)

    @property
    def parted(self) -> bool:
        """Whether it has parts: periods, units, or both."""
        return self.countable and (self.recurs is not None or (self.each and bool(self.owing)))

    @property
    def first_deadline(self) -> Deadline | None:
        """The deadline before any decision: its own, or that of the task from which it goes on."""
        return self.oldest.deadline

    @property
    def first_lead(self) -> str:
        """Who led before any decision: its own lead, or that of the task from which it goes on.

        Where some units' parts alone are asked about, one of these leads it, whatever it goes on from.
        """
        return self.lead if self.chosen else self.oldest.lead

    @property
    def first_responsible(self) -> str | None:
        """Who answered for it before any decision."""
        return self.oldest.responsible

    @property
    def oldest(self) -> Task:
        """What it began as: itself, or the oldest of those from which it goes on."""
        return self.inherited.origin.oldest if self.inherited else self

    @property
    def replaced(self) -> tuple[str, ...]:
        """The ids of the tasks in whose place it stands, the last one first: split or moved one after the other."""
        before = self.inherited.origin.replaced if self.inherited else ()
        return (self.replaces, *before) if self.replaces else ()


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a task goes on from, as `linking` finds it: the older end up to the day of the link.

    `log` is what stands of it by then, in the order of folding, and what the link itself decided.
    """

    origin: Task
    day: date
    log: tuple[LogEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive(Record):
    """What one person asked for, with its tasks."""

    id: Annotated[
        str,
        Key(
            "Id",
            "The directive's id: the year and a number, for example 2022-CD02. It is never used again.",
            pattern=DIRECTIVE_ID,
            example="2022-CD01.1",
        ),
    ]
    kind: Annotated[
        DirectiveKind,
        Key(
            "Kind",
            "Who binds whom: a directive from above, a task set by oneself, an objective, a request, a commitment.",
            slips="type, loai",
            asked="directive (default), self_set, objective, request or commitment.",
            setting="Of a directive: directive, self_set, objective, request or commitment; of a programme:"
            " work_programme, action_plan or emulation_movement.",
            history=True,
        ),
    ]
    title: Annotated[
        Text,
        Key(
            "Title",
            "What the directive is about.",
            searched=True,
            slips=_TITLES,
            setting="What a directive is about, or a programme is called.",
        ),
    ]
    issuer: Annotated[
        Issuer,
        Key(
            "Issuer",
            "Who gave the directive.",
            searched=True,
            slips=_ISSUERS,
            example=_SOMEBODY,
            setting="Who gave the directive.",
            metavar="NAME",
            history=True,
        ),
    ]
    issued: Annotated[
        Day | None,
        Key(
            "Issued on",
            "The day on which the directive was given; it and its tasks exist from then on.",
            slips="date, day, ngay, ngay ban hanh",
            asked="The day on which it was given: the directive and its tasks exist from then on.",
            history=True,
        ),
    ] = None
    carried: Annotated[
        Day | None,
        Key(
            "Carried over on",
            "The day on which its tasks were carried over from an earlier year: here they exist from then on.",
            slips="carried over, ngay chuyen, chuyen ngay",
            example="2023-12-29",
        ),
    ] = None
    document: Annotated[
        Document | None,
        Key(
            "Document",
            "The document in which it was given: its number, or number, date and title.",
            short=True,
            searched=True,
            slips="number, no, so hieu, van ban, so van ban, notice, cong van",
            example="120/TB-BCT",
            asked="The document in which it was given: 120/TB-BCT, or «số 120/TB-BCT ngày 5/3/2023».",
            metavar="NUMBER",
            history=True,
        ),
    ] = None
    recorded: Annotated[Day | None, Key("Recorded on", _RECORDED, inner=False)] = None
    source: Annotated[str | None, Key("Source", _PLACE, slips="nguon", inner=False)] = None
    log: Annotated[
        tuple[LogEntry, ...],
        Key("Log", "What was put right here, one entry for each key; nothing else stands in it.", inner=False),
    ] = ()
    tasks: Annotated[
        tuple[Task, ...],
        Key("Tasks", "The tasks of the directive, in their order.", inner=False, slips="items, nhiem vu, cac nhiem vu"),
    ] = ()
    line: Annotated[int, PLACED] = 0

    @property
    def number(self) -> str | None:
        """The number of the document in which it was given."""
        return self.document.number if self.document else None


@dataclass(frozen=True, slots=True)
class Event(Record):
    """The meeting at which a programme was made."""

    name: Annotated[Text | None, Key("Name", "The name of the meeting.", slips=_NAMES)] = None
    start: Annotated[Day | None, Key("Start", "The first day of the meeting.")] = None
    end: Annotated[Day | None, Key("End", "The last day of the meeting, if it took several.", begins="start")] = None
    place: Annotated[Text | None, Key("Place", "Where the meeting was held.")] = None

    @classmethod
    def plain(cls, name: str) -> Event:
        """Return a meeting of which nothing but the name is known."""
        return cls(Text.plain(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Record):
    """A slogan of the year, kept letter for letter, with the unit whose it is."""

    owner: Annotated[
        str | None, Key("Owner", "The code of the unit whose slogan it is.", unit=True, example="VPCP")
    ] = None
    text: Annotated[Text, Key("Text", "The slogan, word for word.", slips=_TEXTS)]


@dataclass(frozen=True, slots=True)
class Aim(Record):
    """An aim that is not this owner's task; shown, never counted."""

    id: Annotated[str, Key("Id", "The aim's id, for example 2022-MT01.1.", pattern=AIM_ID, example="2022-CD01.1")]
    text: Annotated[Text, Key("Text", "What is aimed at.", slips=_TEXTS)]
    issuer: Annotated[Issuer | None, Key("Issuer", "Who set the aim.", slips=_ISSUERS, example=_SOMEBODY)] = None
    source: Annotated[str | None, Key("Source", _PLACE, slips="nguon")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Record):
    """What the year before is reported to have reached, and in whose judgement."""

    id: Annotated[str, Key("Id", "The result's id, for example 2022-KQ1.", pattern=RESULT_ID, example="2022-CD01.1")]
    year: Annotated[int | None, Key("Year", "The year in which the result was reached.", example="2022")] = None
    text: Annotated[Text, Key("Text", "What was reached.", slips=_TEXTS)]
    author: Annotated[
        Issuer | None,
        Key("Author", "Whose judgement it is; without this key the source itself tells it.", example=_SOMEBODY),
    ] = None
    source: Annotated[str | None, Key("Source", _PLACE, slips="nguon")] = None


@dataclass(frozen=True, slots=True)
class Person(Record):
    """Somebody whom the source names, and the part they had."""

    name: Annotated[str, Key("Name", "The person's full name.", slips=_NAMES)]
    role: Annotated[Text | None, Key("Role", "The office that the person held at the time.")] = None
    part: Annotated[str | None, Key("Part", "The part that the person had, for example speaker.")] = None


@dataclass(frozen=True, slots=True)
class Award(Record):
    """An award that the source reports."""

    name: Annotated[Text, Key("Name", "What was awarded.", slips=_NAMES)]
    class_: Annotated[Text | None, Key("Class", "The class of the award.")] = None
    giver: Annotated[Text | None, Key("Giver", "Who gave the award.")] = None
    recipient: Annotated[Text | None, Key("Recipient", "Who received the award.")] = None
    source: Annotated[str | None, Key("Source", _PLACE, slips="nguon")] = None
    note: Annotated[str | None, Key("Note", _NOTE, slips=_NOTES)] = None


@dataclass(frozen=True, slots=True)
class Source(Record):
    """The published document that a programme was taken from."""

    title: Annotated[Text | None, Key("Title", "The title of the published document.", slips=_TITLES)] = None
    publisher: Annotated[Text | None, Key("Publisher", "Who published the document.")] = None
    published: Annotated[Day | None, Key("Published on", "The day on which the document was published.")] = None
    notes: Annotated[tuple[Text, ...], Key("Notes", "Remarks on how the file was made from it.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """One file: a year's programme. `id` is the file's stem, `file` its path as it is shown."""

    id: Annotated[str, PLACED]
    file: Annotated[str, PLACED]
    schema: Annotated[int, Key("Version", _VERSION, needed=True, example="1")] = FORMATS[0]
    year: Annotated[int, Key("Year", "The year of the programme; the file's name begins with it.", example="2022")]
    kind: Annotated[
        ProgrammeKind,
        Key("Kind", "What the programme is.", slips="type, loai", setting="What the programme is.", history=True),
    ]
    until: Annotated[
        int | None,
        Key(
            "Until",
            "The last year of a programme of several years: deadlines up to its end lie within.",
            slips="to, end year, den nam, den het nam",
            example="2030",
            begins="year",
        ),
    ] = None
    title: Annotated[
        Text, Key("Title", "The title of the programme.", slips=_TITLES, setting="The title of the programme.")
    ]
    owner: Annotated[
        str,
        Key(
            "Owner",
            "The code of the unit whose programme it is, from units.yaml.",
            unit=True,
            example="VPCP",
            setting="The unit whose programme it is.",
            history=True,
        ),
    ]
    parent: Annotated[
        str | None,
        Key(
            "Part of",
            "The id of the programme that this plan of a unit carries out, for example 2022.",
            setting="The programme that a unit's plan carries out.",
            metavar="YEAR",
            history=True,
        ),
    ] = None
    event: Annotated[
        Event | None,
        Key(
            "Event",
            "The meeting at which the programme was made.",
            setting="The meeting at which a programme was made: its name.",
            metavar="NAME",
            history=True,
        ),
    ] = None
    themes: Annotated[tuple[Theme, ...], Key("Themes", "The slogans of the year, word for word.")] = ()
    context: Annotated[
        tuple[Aim, ...], Key("Context", "Aims that are not tasks of this owner; they are shown and never counted.")
    ] = ()
    previous_results: Annotated[
        tuple[Result, ...], Key("Previous results", "What the year before is reported to have reached.")
    ] = ()
    people: Annotated[tuple[Person, ...], Key("People", "The persons whom the source names.")] = ()
    awards: Annotated[tuple[Award, ...], Key("Awards", "The awards that the source reports.")] = ()
    documents: Annotated[tuple[Document, ...], Key("Documents", "The documents that the programme cites.")] = ()
    source: Annotated[
        Source | None, Key("Source", "The published document that the programme was taken from.", slips="nguon")
    ] = None
    log: Annotated[
        tuple[LogEntry, ...],
        Key("Log", "What was put right here, one entry for each key; nothing else stands in it.", inner=False),
    ] = ()
    directives: Annotated[
        tuple[Directive, ...],
        Key(
            "Directives",
            "What was asked, by whom, with the tasks that follow from it; in the order of the document.",
            inner=False,
            example="[…]",
        ),
    ]

    def exists_from(self, directive: Directive, task: Task | None = None) -> date:
        """Return the day from which a directive, or one of its tasks, is there."""
        if task and task.added:
            return task.added
        if day := directive.carried or directive.issued:
            return day
        if self.event and self.event.start:
            return self.event.start
        return date(self.year, 1, 1)

    def tasks(self) -> Iterator[tuple[Directive, Task]]:
        """Yield every task with its directive, in the order of the file."""
        for directive in self.directives:
            for task in directive.tasks:
                yield directive, task


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Record):
    """The file of the units."""

    schema: Annotated[int, Key("Version", _VERSION, needed=True, example="1")] = FORMATS[0]
    units: Annotated[tuple[Unit, ...], Key("Units", "The units, each with a code that programmes use.", example="[…]")]


@dataclass(frozen=True, slots=True)
class Workspace:
    """All programmes, in the order of their years and files, and the register."""

    programmes: tuple[Programme, ...]
    units: tuple[Unit, ...]

    @property
    def top(self) -> Unit | None:
        """The one unit of the register that is no part of another, if there is but one."""
        tops = [unit for unit in self.units if unit.parent is None]
        return tops[0] if len(tops) == 1 else None

    def unit(self, code: str) -> Unit | None:
        """Return the register's entry for a code."""
        return next((unit for unit in self.units if unit.code == code), None)
