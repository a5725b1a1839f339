"""`vpcp add --from`: a skeleton that was answered, or a list, in one write: all of it or nothing."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from vpcp_cli.checks import same_text
from vpcp_cli.commands.adding import new_task
from vpcp_cli.commands.described import values_of
from vpcp_cli.commands.directive_add import new_directive
from vpcp_cli.commands.list_refusals import Fault, ListNotReadError, ListRefusedError
from vpcp_cli.commands.lists import drafted_of, read_list, unexplained
from vpcp_cli.commands.refusals import NewErrorError, NotToldError, OneChangeError
from vpcp_cli.commands.saving import finish, folder_of, refuse_errors, say_unseen, session_in, told, writer_in
from vpcp_cli.commands.session import Session, today
from vpcp_cli.commands.skeleton import ASKED
from vpcp_cli.commands.typed_text import text_typed
from vpcp_cli.errors import BadWordError, VpcpError, reason_of
from vpcp_cli.kinds import item_of, keys_of, plain
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.naming import Named
from vpcp_cli.programme import Directive, Programme, Task
from vpcp_cli.render.door import say, tell
from vpcp_cli.storage.history.numbers import Numbers
from vpcp_cli.storage.regular import content
from vpcp_cli.storage.writing.proof import proved
from vpcp_cli.storage.yaml import document
from vpcp_cli.vietnamese import fold, nearest

if TYPE_CHECKING:
    from vpcp_cli.finding import Finding
    from vpcp_cli.finding import Path as Way
    from vpcp_cli.storage.writing.writer import Writer

_SKELETONS: Final = (".yaml", ".yml")
_OF_DIRECTIVES: Final = ("id", "title", "en", "issuer", "role", "tasks")
_LACKS: Final = N_("`{key}` lacks.")


class Item(NamedTuple):
    """A task or directive of a list: its keys, and where each stands."""

    keys: Mapping[str, object]
    at: Callable[[str], str]


class Wanted(NamedTuple):
    """A directive of a list, new or there already, the programme of a new one, and its tasks."""

    directive: Item
    programme: str | None
    tasks: Sequence[Item]


class Made(NamedTuple):
    """What is to be written: the directive, whether it is new, and its new tasks."""

    programme: Programme
    directive: Directive
    tasks: Sequence[Task]
    new: bool


def add_all(given: Mapping[str, Any], directive: str | None, text: str | None) -> None:
    """Add all that a skeleton or list holds in one write; raise `ListRefusedError` with everything that is wrong."""
    if text is not None:
        raise OneChangeError("--from", "TEXT")
    file, now, folder = Path(given["from_"]), today(), folder_of(given)
    command = shlex.join(["vpcp", "add", *filter(None, [directive]), "--from", str(file)])
    with writer_in(folder, command, dry_run=given["dry_run"]) as writer:
        session = session_in(folder, {**given, "ids": None}, now, writer=writer)
        faults: list[Fault] = []
        if file.suffix.lower() in _SKELETONS:
            wanted = list(_of_skeleton(file, directive, faults))
        else:
            wanted = [_of_list(file, given, directive, session, faults)]
        numbers = _Next(Numbers(folder))
        adding = _Adding(session, numbers, faults)
        made = [adding.made(one) for one in wanted]
        if faults:
            raise ListRefusedError(faults)
        for one in made:
            if one:
                _write(writer, one)
        files = finish(writer, dry_run=given["dry_run"])
    say_unseen(numbers.numbers)
    if not given["dry_run"]:
        with told():
            for one in made:
                _tell(one)
            if not files:
                tell(_("The list holds no task; nothing was written."))
        if files:
            say(_("take it back: {command}").format(command="vpcp undo"))


class _Next:
    """The next numbers, each given once, also before any of them is written."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self._given: dict[str, int] = {}

    def highest(self, stem: str) -> int:
        """Return the highest number behind a stem, and count on by one."""
        found = self._given.get(stem, -1) + 1 or self.numbers.highest(stem)
        self._given[stem] = found
        return found


def _of_skeleton(file: Path, directive: str | None, faults: list[Fault]) -> Iterator[Wanted]:
    """Yield the directives of a skeleton; what nobody has answered is a fault."""
    try:
        parsed = document.read(content(file), str(file))
    except OSError as error:
        raise ListNotReadError(str(file), reason_of(error)) from None
    for finding in parsed.findings:
        place = f"{file}:{finding.position.line if finding.position else 1}"
        faults.append(Fault(place, finding.sentence(), finding.remedy()))
    for count, line in enumerate(parsed.text.split("\n"), 1):
        if found := ASKED.match(line):
            words = _("not answered yet: {question}").format(question=found[1])
            faults.append(Fault(f"{file}:{count}", words, _("Answer it below the line, and take the line out.")))
    data, positions = parsed.data or {}, parsed.positions()

    def placed(way: Way) -> Callable[[str], str]:
        return lambda key: f"{file}:{positions.of((*way, key)).line}"

    faults += _unknown(Item(data, placed(())), ("programme", "directives"))
    for number, one in enumerate(_items(data, "directives", placed(()), faults)):
        way: Way = ("directives", number)
        held = Item(one, placed(way))
        tasks = _items(one, "tasks", held.at, faults)
        listed = [Item(task, placed((*way, "tasks", at))) for at, task in enumerate(tasks)]
        if directive:
            held = Item({"id": directive}, held.at)
        yield Wanted(held, data.get("programme"), listed)


def _items(data: Mapping[str, Any], key: str, at: Callable[[str], str], faults: list[Fault]) -> list[dict[str, Any]]:
    """Return the mappings of a list; anything else is a fault."""
    found = data.get(key) or []
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return found
    faults.append(Fault(at(key), _("`{key}` is to be a list of items with keys.").format(key=key)))
    return []


def _of_list(
    file: Path, given: Mapping[str, object], directive: str | None, session: Session, faults: list[Fault]
) -> Wanted:
    """Return the tasks of a list that is not drafted first: what would be asked is a fault."""
    from vpcp_cli.sharing.annex import Kind

    if not directive:
        raise NotToldError(["DIRECTIVE"], "vpcp add")
    annex = read_list(file, given)
    named = session.ids.find(directive, ("directive",))
    for sentence in annex.unread:
        say(sentence)
    if names := unexplained(annex):
        say(_("These columns are left out: {names}; --map says what they are.").format(names=names))
    remedy = _("Mend the list, or draft it first: {command}").format(command=f"vpcp draft {shlex.quote(str(file))}")
    for line in annex.lines:
        if line.kind is Kind.UNCLEAR:
            words = _("a task, a heading, or a part of the row above? «{text}»").format(text=line.words)
            faults.append(Fault(f"{file}, {line.place}", words, remedy))
    drafted = drafted_of(annex, session.library, named.programme.year)
    for one in drafted.values():
        for questions in one.asked.values():
            faults.extend(Fault(f"{file}, {one.place}", question, remedy) for question in questions)
    tasks = [Item(one.keys, _whole(f"{file}, {one.place}")) for one in drafted.values() if not one.asked]
    return Wanted(Item({"id": named.id}, _whole(str(file))), None, tasks)


def _whole(place: str) -> Callable[[str], str]:
    """Return what says one place for all keys."""
    return lambda _key: place


class _Adding:
    """What becomes of the directives and tasks of a list; `faults` are what keeps them from being written."""

    def __init__(self, session: Session, numbers: _Next, faults: list[Fault]) -> None:
        self.faults = faults
        self._session, self._numbers = session, numbers
        self._texts: dict[str, dict[str, str]] = {}

    def made(self, wanted: Wanted) -> Made | None:
        """Return what is to be written; None, and faults, where that can't be."""
        new = not wanted.directive.keys.get("id")
        try:
            named = self._new_directive(wanted) if new else self._there(str(wanted.directive.keys["id"]))
        except VpcpError as error:
            self._fault(wanted.directive, "title" if new else "id", error)
            return None
        if named is None or named.directive is None:
            return None
        tasks = [self._task(named, one) for one in wanted.tasks]
        return Made(named.programme, named.directive, [one for one in tasks if one], new)

    def _fault(self, item: Item, key: str, error: VpcpError) -> None:
        self.faults.append(Fault(item.at(key), error.sentence(), error.hint()))

    def _lacks(self, item: Item, *keys: str) -> None:
        self.faults += [Fault(item.at(key), _(_LACKS).format(key=key)) for key in keys if not item.keys.get(key)]

    def _there(self, typed: str) -> Named:
        return self._session.ids.find(typed, ("directive",))

    def _new_directive(self, wanted: Wanted) -> Named | None:
        """Return a new directive under the next number; raise what is wrong with it."""
        item, before = wanted.directive, len(self.faults)
        asked = {name: one for name, one in keys_of(Directive).items() if one.key.asked}
        self.faults += _unknown(item, (*_OF_DIRECTIVES, *asked))
        self._lacks(item, "title", "issuer")
        if not wanted.programme:
            self.faults.append(Fault(item.at("title"), _(_LACKS).format(key="programme")))
        if len(self.faults) > before or not wanted.programme:
            return None
        programme = self._session.ids.find(str(wanted.programme), ("programme",)).programme
        described = {one.field: item.keys.get(name) or None for name, one in asked.items()}
        described |= {name: item.keys.get(name) or None for name in ("title", "en", "issuer", "role")}
        return Named(programme, new_directive(self._session, programme, described, self._numbers.highest))

    def _task(self, named: Named, item: Item) -> Task | None:
        """Return a task under the next number; None, and all that is wrong with it, where it can't be one."""
        directive, before = named.directive, len(self.faults)
        start = (directive.issued if directive else None) or self._session.day
        typed = self._typed(item, named.programme.year, start)
        if len(self.faults) > before or directive is None:
            return None
        stem = f"{directive.id}."
        number = f"{stem}{self._numbers.highest(stem) + 1}"
        task = new_task(self._session, named, {"on": None, "en": None, **typed}, number, start)
        try:
            refuse_errors(self._session.library, [(named.programme, directive, task)])
            self._refuse_same(named.programme, task)
        except NewErrorError as error:
            for one in error.findings:
                self.faults.append(Fault(item.at(_key(one)), one.sentence(), one.remedy()))
        return task

    def _typed(self, item: Item, year: int, start: date) -> dict[str, Any]:
        """Return the values of a task as options would bring them; what can't be read is a fault."""
        asked = {name: one for name, one in keys_of(Task).items() if one.key.asked}
        self.faults += _unknown(item, ("text", "en", *asked))
        self._lacks(item, "text", "lead")
        typed: dict[str, Any] = {}
        for name, value in item.keys.items():
            try:
                if name in asked and value:
                    one = asked[name]
                    typed[one.field] = _typed(value, name, several=bool(item_of(one.takes)), yes=one.takes is bool)
                    values_of(Task, {one.field: typed[one.field]}, self._session, year, start)
                elif name in {"text", "en"} and value:
                    typed[name] = text_typed(_typed(value, name), name)
            except VpcpError as error:
                self._fault(item, name, error)
        return typed

    def _refuse_same(self, programme: Programme, task: Task) -> None:
        """Raise `NewErrorError` where another task of the programme or the list has the text of this one."""
        if programme.id not in self._texts:
            rows = self._session.library.tasks(date.max).where("programme", {programme.id}).rows("id", "vi")
            known = self._texts[programme.id] = {}
            for id_, text in rows:
                known.setdefault(fold(str(text)), str(id_))
        text = task.text.in_("vi")
        first = self._texts[programme.id].setdefault(fold(text), task.id)
        if first != task.id and (same := same_text(programme, [(first, text)], task)):
            raise NewErrorError([same])


def _key(finding: Finding) -> str:
    """Return the key that a finding is about."""
    return str(finding.path[-1]) if finding.path else "text"


def _unknown(item: Item, known: Sequence[str]) -> Iterator[Fault]:
    for key in item.keys:
        if key not in known:
            error = BadWordError(key, "--from", known, nearest(key, known))
            yield Fault(item.at(key), _("`{key}` is no key here.").format(key=key), error.hint())


def _typed(value: object, key: str, *, several: bool = False, yes: bool = False) -> Any:  # noqa: ANN401 - plain data
    """Return a value as an option would bring it; raise `BadWordError` for what is none."""
    if yes:
        if value in {"true", "false"}:
            return value == "true"
        raise BadWordError(str(value), key, ["true", "false"], ())
    if several:
        listed = value if isinstance(value, list) else [value]
        return [_typed(one, key) for one in listed]
    if not isinstance(value, str):
        raise BadWordError(str(value), key, (), ())
    return value


def _write(writer: Writer, made: Made) -> None:
    if made.new:
        whole = replace(made.directive, tasks=tuple(made.tasks))
        writer.add_directive(made.programme.id, proved(Directive, plain(whole), made.programme.id))
        return
    writer.add_tasks(made.directive.id, [proved(Task, plain(task), made.directive.id) for task in made.tasks])


def _tell(made: Made | None) -> None:
    """Say what was added."""
    if made is None or not (made.new or made.tasks):
        return
    if made.new:
        tell(_("{id}: added · {place}").format(id=made.directive.id, place=made.programme.file))
    if made.tasks:
        words = ngettext("{n} task added: {span} · {place}", "{n} tasks added: {span} · {place}", len(made.tasks))
        ids = [task.id for task in made.tasks]
        span = ids[0] if len(ids) == 1 else f"{ids[0]} … {ids[-1]}"
        tell(words.format(n=len(ids), span=span, place=made.programme.file))
