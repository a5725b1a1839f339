"""Whether two entries that were written apart can both stand in one log. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from vpcp_cli.knowing import WRITING
from vpcp_cli.vocabulary import CLOSING, Status

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"

_ONE_A_DAY: Final = ("status", "lead", "responsible", "risk", "value")
_DECIDING: Final = (*_ONE_A_DAY, "decision", "deadline", "to")
_CLOSING: Final = frozenset(status.value for status in (*CLOSING, Status.VOID))


class NewEntries:
    """What new entries of one side tell, for the question whether an entry of the other can hold beside them.

    What is said of different parts of a task never stands against each other; what closes the whole task stands
    against what is said of a part on the same or a later day. Two corrections of one entry that say different things
    can't both stand; a correction that leaves state, lead, risk and decision as they were only puts right, and stands
    beside whatever the other side wrote.
    """

    def __init__(self, entries: Iterable[Data]) -> None:
        """Take the entries in; each is looked at once."""
        given = [entry for entry in entries if isinstance(entry, dict)]
        self._corrections = [entry for entry in given if "corrects" in entry]
        by_part: dict[str, list[Mapping[str, Data]]] = {}
        for entry in given:
            if not _only_puts_right(entry):
                by_part.setdefault(_part(entry), []).append(entry)
        self._parts = {part: _OfPart(some) for part, some in by_part.items()}

    def against(self, entry: Data) -> bool:
        """Whether an entry of the other side can't hold beside these."""
        if not isinstance(entry, dict):
            return False
        if any(_correct_one(entry, other) and _said(entry) != _said(other) for other in self._corrections):
            return True
        if _only_puts_right(entry):
            return False
        part = _part(entry)
        if part in self._parts and self._parts[part].against(entry):
            return True
        if part:
            return _WHOLE in self._parts and self._parts[_WHOLE].closed_by(*_state(entry))
        return any(one.goes_on(*_state(entry)) for name, one in self._parts.items() if name != _WHOLE)


_WHOLE: Final = ""


def _part(entry: Mapping[str, Data]) -> str:
    """The part that an entry speaks of, in one form; nothing for the whole task."""
    named = entry.get("for")
    names = named if isinstance(named, list) else [named] if named else []
    return " ".join(sorted(map(digest, names))) if names else _WHOLE


class _OfPart:
    """What is told of a task, or of one part.

    Against each other stand two approved deadlines, an approval and a refusal; two states, leads or risks on one day,
    of which nobody can say which came last; a closing state and another one on the same or a later day: who wrote that
    did not know that the task is closed; any state and the word that the task was entered by mistake, which is of no
    day; two carryings of one task to different places; two values of one key that was put right.
    """

    def __init__(self, entries: Iterable[Mapping[str, Data]]) -> None:
        self._decided: set[tuple[str, ...]] = set()
        self._of_day: dict[tuple[str, Data], set[str]] = {}
        self._last: dict[str, str] = {}
        self._closed: dict[str, str] = {}
        self._to: set[str] = set()
        self._set: dict[str, set[str]] = {}
        for entry in entries:
            self._take(entry)

    def _take(self, entry: Mapping[str, Data]) -> None:
        self._decided |= _decision(entry)
        for key in _ONE_A_DAY:
            if key in entry:
                self._of_day.setdefault((key, entry.get("date")), set()).add(digest(entry[key]))
        status, day = _state(entry)
        if status:
            self._last[status] = max(day, self._last.get(status, ""))
        if status in _CLOSING:
            self._closed[status] = min(day, self._closed.get(status, day))
        if "to" in entry:
            self._to.add(digest(entry["to"]))
        if "set" in entry:
            self._set.setdefault(digest(entry["set"]), set()).add(digest(entry.get("is")))

    def against(self, entry: Mapping[str, Data]) -> bool:
        """Whether an entry of the other side about the same can't hold beside these."""
        if any(self._decided - decision for decision in [_decision(entry)] if decision):
            return True
        days = ((self._of_day.get((key, entry.get("date")), set()), entry[key]) for key in _ONE_A_DAY if key in entry)
        if any(told - {digest(value)} for told, value in days):
            return True
        if "set" in entry and self._set.get(digest(entry["set"]), set()) - {digest(entry.get("is"))}:
            return True
        return self._closes(*_state(entry)) or ("to" in entry and bool(self._to - {digest(entry["to"])}))

    def _closes(self, status: str, day: str) -> bool:
        """Whether a state and one of these can't follow one another, for the earlier one closes the task."""
        return self.goes_on(status, day) or self.closed_by(status, day)

    def goes_on(self, status: str, day: str) -> bool:
        """Whether a state closes what these go on with."""
        return status in _CLOSING and any(other != status and day <= last for other, last in self._last.items())

    def closed_by(self, status: str, day: str) -> bool:
        """Whether a state goes on with what these have closed."""
        return bool(status) and any(other != status and first <= day for other, first in self._closed.items())


def _state(entry: Mapping[str, Data]) -> tuple[str, str]:
    """The state that an entry gives, and from which day on: `void` from before all days."""
    status = str(entry.get("status", ""))
    return status, "" if status == Status.VOID else str(entry.get("date"))


def _only_puts_right(entry: Mapping[str, Data]) -> bool:
    """Whether an entry corrects another one, or says that it never held, and decides nothing else than that did."""
    named = entry.get("corrects")
    return isinstance(named, dict) and ("void" in entry or all(entry.get(key) == named.get(key) for key in _DECIDING))


def _correct_one(entry: Mapping[str, Data], other: Mapping[str, Data]) -> bool:
    """Whether two corrections name the same entry: the keys that both name say the same."""
    one, two = entry.get("corrects"), other.get("corrects")
    return isinstance(one, dict) and isinstance(two, dict) and all(one[key] == two[key] for key in one.keys() & two)


def _said(entry: Mapping[str, Data]) -> Data:
    """What holds by a correction, whoever wrote it and when; of one that says that nothing does, just that."""
    return "void" if "void" in entry else {key: value for key, value in entry.items() if key not in WRITING}


def _decision(entry: Mapping[str, Data]) -> set[tuple[str, ...]]:
    """What was decided about a deadline, in a set; all refusals are alike."""
    match entry.get("decision"):
        case "approved":
            return {("approved", digest(entry.get("deadline")))}
        case "rejected":
            return {("rejected",)}
    return set()


def digest(data: Data) -> str:
    """A name for data by what it holds."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
