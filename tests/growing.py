"""Programmes that grow day by day, as an office writes them: news, late news, corrections, what is put right.

Everything is drawn from a seed. Each day's workspace is kept as it stood that evening.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from making import directive, entry, programme, task
from programmes import REGISTER
from vpcp_cli.kinds import AsWritten, as_written, keys_of, value_as_written
from vpcp_cli.knowing import name_of
from vpcp_cli.members import memberships, with_its_members
from vpcp_cli.programme import Due, LogEntry, Programme, Recurs, Task, Text, Workspace
from vpcp_cli.standing import voided
from vpcp_cli.vocabulary import Decision, Every, Risk, Status

FIRST = date(2022, 3, 1)
SAYS: tuple[dict[str, Any], ...] = (
    {"status": Status.IN_PROGRESS}, {"status": Status.SUBMITTED}, {"status": Status.DONE},
    {"status": Status.WITHDRAWN, "note": "thôi"}, {"deadline": "2022-Q3", "decision": Decision.APPROVED},
    {"deadline": "2022-12", "decision": Decision.REQUESTED}, {"obstacle": Text.plain("Thiếu vốn")},
    {"resolved": Text.plain("Đã có vốn")}, {"risk": Risk.HIGH, "note": "vì sao"}, {"lead": "BO_Y_TE"},
    {"responsible": "Lê Minh"}, {"note": "a"}, {"note": "b"},
)  # fmt: skip
VALUES: dict[str, tuple[object, ...]] = {
    "deadline": (None, "2022-Q2", "2022-05"),
    "lead": ("VPCP", "BO_Y_TE", "CAC_BO"),
    "support": (None, ["VPCP"], ["BO_Y_TE"]),
    "category": (None, "policy"),
    "priority": (None, "true"),
}
MEMBERS = memberships(REGISTER)


class Growing:
    """A workspace of two years; `evenings` has it as it stood at the end of each day."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311  the same life every time
        self.day = FIRST
        months = task("2022-CD01.3", recurs=Recurs(Every.MONTH, Due("25")))
        ministries = task("2022-CD01.4", "2022-06", lead="CAC_BO", each=True, owing=MEMBERS["CAC_BO"])
        first = directive("2022-CD01", task("2022-CD01.1", "2022-05"), task("2022-CD01.2"), months, ministries)
        self.programmes: list[Programme] = [programme(2022, first), programme(2023)]
        self.evenings: dict[date, Workspace] = {}

    def grow(self, writes: int) -> None:
        """Write so many times, on some thirty days."""
        for _number in range(writes):
            step = self.chance.choice([
                *(self.tell,) * 5, *(self.correct,) * 4, *(self.set,) * 3, self.void, self.add, self.begin, self.split,
                self.carry,
            ])  # fmt: skip
            step()
            self.evenings[self.day] = Workspace(tuple(self.programmes), REGISTER)
            self.day += timedelta(self.chance.choice([0, 0, 1, 2, 5]))

    def tell(self) -> None:
        """News of a task, perhaps of a part of it, perhaps late."""
        one, facts = self.some(), self.chance.choice(SAYS)
        if (one.recurs or one.each) and not {"risk", "lead"} & facts.keys():
            facts = {**facts, "for_": (self.chance.choice(["2022-03", "2022-04"] if one.recurs else ["BO_Y_TE"]),)}
        self.write(one, self.late(**facts))

    def correct(self) -> None:
        """Another entry in the place of any that is there, or nothing."""
        one = self.some(lambda each: any(not entry.set_ and not _voids(entry) for entry in each.log))
        places = [at for at, each in enumerate(one.log) if not each.set_ and not _voids(each)]
        if places:
            place = self.chance.choice(places)
            said = {"void": True, "note": "nhầm"} if self.chance.random() < 0.4 else self.chance.choice(SAYS)
            new = entry(self.day.isoformat(), **said) if "void" in said else self.late(**said)
            new = replace(new, for_=() if new.void else one.log[place].for_)
            self.write(one, replace(new, corrects=name_of(one.log, place)))

    def set(self) -> None:
        """Another value of a key, with the entry that says so."""
        one = self.some((lambda each: each.each) if self.chance.random() < 0.3 else None)
        name = self.chance.choice([key for key in VALUES if key != "deadline" or not one.recurs])
        key, data = keys_of(Task)[name], self.chance.choice(VALUES[name])
        said = None if data is None else AsWritten.of(data)
        changed = replace(one, **{key.field: value_as_written(Task, name, said)})
        changed = with_its_members(changed, MEMBERS)
        if changed != one:
            self.write(changed, LogEntry(date=self.day, set_=name, was=as_written(one, key), is_=said))

    def void(self) -> None:
        """A task that was entered by mistake."""
        self.write(self.some(), entry(self.day.isoformat(), status=Status.VOID, note="nhập nhầm"))

    def add(self) -> None:
        """A task, which perhaps was there before it was typed."""
        self.put(self.new(added=self.day - timedelta(self.chance.choice([0, 10])), recorded=self.day))

    def begin(self) -> None:
        """A directive that was issued before it was typed."""
        one, id_ = self.programmes[0], f"2022-CD{len(self.programmes[0].directives) + 1:02}"
        issued = (self.day - timedelta(self.chance.choice([0, 20]))).isoformat()
        new = directive(id_, task(f"{id_}.1", "2022-06"), issued=issued, recorded=self.day)
        self.programmes[0] = replace(one, directives=(*one.directives, new))

    def split(self) -> None:
        """Two tasks in the place of one."""
        one = self.some(_whole)
        if _whole(one):
            parts = [self.new(recorded=self.day, replaces=one.id, added=one.added) for _number in range(2)]
            parts[1] = replace(parts[1], id=f"2022-CD01.{int(parts[0].id.rpartition('.')[2]) + 1}")
            ids = tuple(each.id for each in parts)
            self.write(one, entry(self.day.isoformat(), status=Status.VOID, replaced_by=ids, note="tách"))
            for each in parts:
                self.put(each)

    def carry(self) -> None:
        """A task that goes on in the next year."""
        one = self.some(_whole)
        if _whole(one):
            later = self.programmes[1]
            id_ = f"2023-CN{len(later.directives) + 1:02}"
            day = self.day - timedelta(self.chance.choice([0, 3]))
            new = directive(
                id_,
                task(f"{id_}.1", self.chance.choice([None, "2022-12"]), carried_from=one.id),
                carried=day, recorded=self.day,
            )  # fmt: skip
            self.programmes[1] = replace(later, directives=(*later.directives, new))
            self.write(one, self.recorded(entry(day.isoformat(), status=Status.CARRIED_OVER, to=f"{id_}.1")))

    def late(self, **facts: Any) -> LogEntry:
        """An entry of today or of some days ago."""
        return self.recorded(entry((self.day - timedelta(self.chance.choice([0, 0, 2, 20]))).isoformat(), **facts))

    def recorded(self, one: LogEntry) -> LogEntry:
        """The same, with the day of writing where it is another."""
        return one if one.date == self.day else replace(one, recorded=self.day)

    def some(self, wanted: Callable[[Task], bool] | None = None) -> Task:
        """Any task, of those that are wanted if there are some."""
        every = [one for each in self.programmes for _around, one in each.tasks()]
        return self.chance.choice([one for one in every if wanted and wanted(one)] or every)

    def new(self, **facts: Any) -> Task:
        """The next task of the first directive."""
        return task(f"2022-CD01.{len(self.programmes[0].directives[0].tasks) + 1}", "2022-07", **facts)

    def put(self, one: Task) -> None:
        """A further task of the first directive."""
        year = self.programmes[0]
        home = year.directives[0]
        home = replace(home, tasks=(*home.tasks, one))
        self.programmes[0] = replace(year, directives=(home, *year.directives[1:]))

    def write(self, one: Task, new: LogEntry) -> None:
        """A task with an entry more, anywhere in its log, as merges leave it."""
        place = self.chance.choice([len(one.log), self.chance.randint(0, len(one.log))])
        place = len(one.log) if new.corrects else place
        changed = replace(one, log=(*one.log[:place], new, *one.log[place:]))
        self.programmes = [
            replace(year, directives=tuple(
                replace(home, tasks=tuple(changed if each.id == one.id else each for each in home.tasks))
                for home in year.directives
            ))
            for year in self.programmes
        ]  # fmt: skip


def _voids(one: LogEntry) -> bool:
    return one.status in {Status.VOID, Status.CARRIED_OVER}


def _whole(one: Task) -> bool:
    """Whether a task may go on as others."""
    return not (one.recurs or one.each or voided(one) or any(each.status is Status.CARRIED_OVER for each in one.log))
