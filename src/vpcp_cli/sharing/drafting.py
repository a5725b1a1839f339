"""A row of an office's list as a task: what can be read is taken, what can't be told is asked, the rest is remarked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from vpcp_cli.deadline import Deadline
from vpcp_cli.errors import BadDateError, BadRecurrenceError, BadWordError, UnitNameError
from vpcp_cli.kinds import keys_of
from vpcp_cli.language import N_, _, current
from vpcp_cli.naming import word_named
from vpcp_cli.programme import Task
from vpcp_cli.sharing.annex import Line
from vpcp_cli.sharing.tables import Cell
from vpcp_cli.typed import typed_deadline, typed_recurrence
from vpcp_cli.vietnamese import fold, quoted, tidy
from vpcp_cli.vocabulary import Authority, Nature

NUMBER: Final = re.compile(r"\d+[a-zđ]?(?:/\d{4})?/[A-ZĐ][\wĐ&.-]*\w", re.IGNORECASE)
"""The number of a document: 12/TB-VPCP, 03/2023/NĐ-CP."""
_ORDER: Final = ("text", "en", *(name for name in keys_of(Task) if name != "text"))
_AS_IT_IS: Final = ("en", "responsible", "measure", "ref", "details", "leader", "deliverable")
_ALWAYS: Final = re.compile(r"(?:thuong xuyen|lien tuc|ca nam|ongoing|continuous(?:ly)?|permanent)(?:[ ,;]+|$)")
_DITTO: Final = re.compile(r"[-–( ]*(?:nt|n\.t|nhu tren|ditto)[-–). ]*|[\"”“〃]")
_MANY: Final = re.compile(
    r"(?:cac|nhung) (?:(?:so|bo|ban|nganh|co quan|don vi|dia phuong|to chuc|huyen|xa|phuong)(?:[, ]+(?:va )?|$))+"
)
_NOBODY: Final = re.compile(
    r"(?:^|[,;]? (?:va )?)(?:cac |nhung )?"
    r"(?:(?:bo|nganh|co quan|don vi|dia phuong|to chuc)[, ]*(?:va )?)+(?:co )?(?:lien quan|khac)$"
    r"|(?:^|[,;] |and )(?:all )?(?:other )?(?:relevant|related|concerned) .*$"
)
_ROLE: Final = r"[ ,:–-]*\(?\s*(?:{words})\s*[):–-]*\s*"
_LEADS: Final = re.compile(_ROLE.format(words="chu tri|in charge|lead(?:s|ing)?"))
_SUPPORTS: Final = re.compile(_ROLE.format(words="phoi hop(?: voi)?|support(?:s|ing)?"))
_APART: Final = (
    re.compile(r"\s*[;\n/•+]\s*|\s+[-–]\s+(?!chủ trì|phối hợp)", re.IGNORECASE),
    re.compile(r"\s*,\s*"),
    re.compile(r"\s+(?:và|and)\s+"),
)
_JOINED: Final = N_("The cell «{head}» is joined with the row above: is this a task of its own, or the same one?")
_BY_WHEN: Final = N_("By which day is «{text}»? Write a day, or +30d for 30 days from the directive's day.")

Named: TypeAlias = Callable[[str], tuple[str, bool]]
"""Finds a unit: its code, and whether that is its name and no part of it; raises `UnitNameError`."""


class Drafted(NamedTuple):
    """A task as it stands in a skeleton: its keys in order, what is asked before a key, what is remarked."""

    place: str
    keys: Mapping[str, str | Sequence[str]]
    asked: Mapping[str, Sequence[str]]
    remarks: Sequence[str]


class Drafter:
    """Drafts the tasks of a list, one after the other."""

    def __init__(self, named: Named, heads: Mapping[str, str], year: int | None) -> None:
        """Take what finds units, what the columns are called, and the programme's year where it is known."""
        self._named, self._heads, self._of, self._year = named, heads, year, year or 2000
        self._above: dict[str, Cell] = {}

    def drafted(self, line: Line) -> Drafted:
        """Return a row as a task."""
        self._annex = line.annex
        self._keys: dict[str, str | Sequence[str]] = {"text": line.cells["text"].text}
        self._asked: dict[str, list[str]] = {}
        self._remarks = [f"{head or '?'}: {text}" for head, text in line.others.items()]
        if line.cells["text"].above:
            self._ask("text", _(_JOINED).format(head=self._heads.get("text", "text")))
        for field, own in line.cells.items():
            cell = self._above[field] = self._meant(field, own)
            self._formula(field, cell)
            if cell.text and not cell.left and field != "text":
                self._field(field, cell)
        if "lead" not in self._keys and "lead" not in self._asked:
            self._ask("lead", _("Which unit is in charge?"))
        self._nature(line)
        names = [name for name in _ORDER if name in self._keys or name in self._asked]
        return Drafted(line.place, {name: self._keys.get(name, "") for name in names}, self._asked, self._remarks)

    def _meant(self, field: str, cell: Cell) -> Cell:
        """Return a cell; where it says «as above», the one above."""
        return self._above.get(field, cell) if _DITTO.fullmatch(fold(cell.text)) else cell

    def _ask(self, key: str, question: str) -> None:
        self._asked.setdefault(key, []).append(question)

    def _field(self, field: str, cell: Cell) -> None:
        if field in {"lead", "support", "monitor"}:
            getattr(self, f"_{field}")(cell.text)
        elif field == "deadline":
            self._deadline(cell.text)
        elif field == "document":
            self._document(cell.text)
        elif field in {"nature", "submit_to"}:
            self._word(field, cell.text)
        elif field == "basis":
            self._keys["basis"] = [cell.text]
        elif field == "start":
            self._start(cell.text)
        elif field == "number":
            self._keys.setdefault("ref", f"{self._annex}.{cell.text}" if self._annex else cell.text)
        elif field in _AS_IT_IS:
            self._keys[field] = cell.text

    def _formula(self, field: str, cell: Cell) -> None:
        if cell.formula and field != "number":
            words = _("A formula stands in the cell ({formula}); what it showed last is «{text}». Is that right?")
            self._ask(field, words.format(formula=cell.formula, text=cell.text))

    def _unit(self, text: str) -> str | None:
        """Return the code of the unit that has a name, None where there is none; a part of a name is remarked."""
        try:
            code, whole = self._named(text)
        except UnitNameError:
            return None
        if not whole:
            self._remarks.append(_("«{text}» was taken for {code}.").format(text=text, code=code))
        return code

    def _lead(self, text: str) -> None:
        if code := self._unit(text):
            self._keys["lead"] = code
            return
        parts = self._parts(text)
        if len(parts) == 1:
            self._keys["lead"] = text
            self._ask("lead", self._unknown(text))
            return
        names = {_bare(part): bool(_LEADS.search(fold(part))) for part in parts}
        codes = {name: self._unit(name) for name in names}
        leads = [code for name, code in codes.items() if code and names[name]]
        if len(leads) == 1 and all(codes.values()):
            self._keys["lead"] = leads[0]
            self._keys["support"] = [code for code in codes.values() if code and code != leads[0]]
            words = _("Several stand in the cell: «{text}». Is {unit} in charge, and do the others support?")
            self._ask("lead", words.format(text=text, unit=leads[0]))
            return
        units = ", ".join(code or quoted(name, current()) for name, code in codes.items())
        words = _("Several stand in the cell: «{text}». One is in charge, the others support: which of {units}?")
        self._ask("lead", words.format(text=text, units=units))

    def _support(self, text: str) -> None:
        found = list(self._keys.get("support", ()))
        folded = fold(text)
        if (nobody := _NOBODY.search(folded)) and len(folded) == len(text):
            self._remarks.append(f"{self._heads.get('support', 'support')}: {text[nobody.start() :].strip(' ,;')}")
            text = text[: nobody.start()]
        for part in self._parts(text) if text.strip() else ():
            code = self._unit(part)
            if code is None:
                self._ask("support", self._unknown(part))
            found.append(code or part)
        if found:
            self._keys["support"] = list(dict.fromkeys(found))

    def _monitor(self, text: str) -> None:
        self._keys["monitor"] = self._unit(text) or text
        if self._unit(text) is None:
            self._ask("monitor", self._unknown(text))

    def _parts(self, text: str, step: int = 0) -> list[str]:
        """Return the units that stand in a cell: a name with a comma or an «và» in it is not divided."""
        if step == len(_APART) or self._is_one(text):
            return [text]
        folded = fold(text)
        many = _MANY.match(folded) if len(folded) == len(text) else None
        if many and many[0].count(",") and not self._is_one(text[: many[0].find(",")]):
            rest = text[many.end() :]
            return [tidy(text[: many.end()].rstrip(" ,")), *(self._parts(rest, step) if rest else ())]
        parts = [part for part in map(tidy, _APART[step].split(text)) if part]
        return [one for part in parts for one in self._parts(part, step + 1)] if step < 2 else self._both(text, parts)

    def _both(self, text: str, parts: list[str]) -> list[str]:
        """Return two names that «và» stands between, where one of them is known."""
        return parts if len(parts) > 1 and any(map(self._is_one, parts)) else [text]

    def _is_one(self, text: str) -> bool:
        try:
            return self._named(text)[1]
        except UnitNameError:
            return False

    def _unknown(self, text: str) -> str:
        try:
            self._named(text)
        except UnitNameError as error:
            near = ", ".join(error.near)
        else:
            near = ""
        if near:
            return _("There is no unit «{text}» in the register. Near: {units}.").format(text=text, units=near)
        return _(
            "There is no unit «{text}» in the register; add it with `vpcp unit add`, or write the code of another."
        ).format(text=text)

    def _deadline(self, text: str) -> None:
        always = _ALWAYS.match(fold(text))
        rest = text[always.end() :] if always and always.end() < len(fold(text)) == len(text) else text
        with suppress(BadRecurrenceError):
            typed_recurrence(rest)
            self._keys |= {"recurs": rest, "nature": Nature.STANDING.value}
            return
        if always and always.end() == len(fold(text)):
            self._keys["nature"] = Nature.STANDING.value
            self._remarks.append(f"{self._heads.get('deadline', 'deadline')}: {text}")
            return
        found = [self._day(rest, day) for day in (date(self._year, 1, 1), date(self._year + 3, 8, 17))]
        if found[0] and found[0] == found[1]:
            self._keys["deadline"] = rest
            if self._of and found[0].last.year != self._of:
                words = _("«{text}» is not in the year of the programme, {year}. Is it right?")
                self._ask("deadline", words.format(text=text, year=self._of))
            return
        self._keys["deadline_words"] = text
        words = N_(_BY_WHEN) if found[0] is None else N_("Counted from which day is «{text}»?")
        self._ask("deadline", _(words).format(text=text))

    def _day(self, text: str, today: date) -> Deadline | None:
        try:
            return typed_deadline(text, today, self._year)
        except BadDateError:
            return None

    def _start(self, text: str) -> None:
        found = self._day(text, date(self._year, 1, 1))
        self._keys["start"] = text
        if not found or found != self._day(text, date(self._year + 3, 8, 17)):
            self._ask("start", _(_BY_WHEN).format(text=text))

    def _document(self, text: str) -> None:
        numbers = NUMBER.findall(text)
        if len(numbers) == 1:
            self._keys["document"] = numbers[0]
            if numbers[0] != text:
                self._remarks.append(f"{self._heads.get('document', 'document')}: {text}")
        else:
            self._keys["basis"] = [*self._keys.get("basis", ()), text]

    def _word(self, field: str, text: str) -> None:
        kinds = {"nature": Nature, "submit_to": Authority}
        try:
            self._keys[field] = word_named(kinds[field], text, field).value
        except BadWordError as error:
            self._keys[field] = text
            self._ask(field, " ".join(filter(None, (error.sentence(), error.hint()))))

    def _nature(self, line: Line) -> None:
        """Take a task that ends for one where something comes of it, or a day is set; else ask."""
        if "nature" in self._keys or "nature" in self._asked:
            return
        self._keys["nature"] = Nature.ONE_OFF.value
        if not any(line.cells[one].text for one in ("deliverable", "deadline") if one in line.cells):
            self._ask(
                "nature",
                _("No result and no deadline: is it a task that ends, or {natures}?").format(
                    natures=", ".join(one.value for one in Nature if one is not Nature.ONE_OFF)
                ),
            )


def _bare(name: str) -> str:
    """Return a unit's name without what is said of its part in the task."""
    for role in (_LEADS, _SUPPORTS):
        found = role.search(fold(name))
        if found and len(fold(name)) == len(name):
            name = tidy(f"{name[: found.start()]} {name[found.end() :]}")
    return name
