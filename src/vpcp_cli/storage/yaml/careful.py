"""Events into data with places and faults, for texts in which something is wrong. Slower than `construct`."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any, Final, NoReturn

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from vpcp_cli.dataclass import dataclass
from vpcp_cli.finding import Path
from vpcp_cli.storage.yaml.events import CONTROL, MAX_DEPTH, NULLS, source
from vpcp_cli.storage.yaml.faults import Fault, FaultError, Faults
from vpcp_cli.storage.yaml.syntax import explained

_LONGEST_TAG: Final = 80
_TAG: Final = re.compile(r"!\S*")


@dataclass(slots=True)
class Place:
    """Where a value stands (line and column from 1), where its keys stand, and the places of what it holds."""

    line: int
    column: int
    keys: dict[str | int, tuple[int, int]] = field(default_factory=dict)
    inner: dict[str | int, Place] = field(default_factory=dict)


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being filled."""

    value: Any
    place: Place
    key: str | int | None = None

    def next_key(self) -> str | int | None:
        """Where the next value goes; None where a key is due."""
        return len(self.value) if isinstance(self.value, list) else self.key


class Careful:
    """One reading of a text, or of a piece of one that follows `shift` lines and stands `depth` levels deep."""

    def __init__(self, text: str, faults: Faults, shift: int = 0, depth: int = 0) -> None:
        """What is wrong is added to `faults`; `gaps` are the paths of values that can't be known."""
        self.gaps: set[Path] = set()
        self._text, self._faults, self._shift = text, faults, shift
        self._last = text.count("\n")
        self._most = MAX_DEPTH - depth
        self._frames = [_Frame([], Place(shift + 1, 1))]

    def read(self) -> tuple[Any, Place]:
        """The data and its place; raise `FaultError` where the reading breaks off."""
        try:
            get = source(self._text)
            while not isinstance(event := get(), StreamEndEvent) and not self._second(event):
                self._take(event)
        except YAMLError as error:
            raise FaultError(explained(error, self._text).below(self._shift)) from None
        root = self._frames[0]
        return (root.value[0], root.place.inner[0]) if root.value else (None, root.place)

    def _second(self, event: object) -> bool:
        if not isinstance(event, DocumentStartEvent):
            return False
        if event.version or event.tags:
            self._faults.add("yaml-directive", *self._at(event))
        if self._frames[0].value:
            self._faults.add("several-documents", *self._at(event))
        return bool(self._frames[0].value)

    def _take(self, event: object) -> None:
        match event:
            case MappingEndEvent() | SequenceEndEvent():
                ended = self._frames.pop()
                self._put(ended.value, ended.place)
            case MappingStartEvent() | SequenceStartEvent():
                self._refuse_properties(event)
                self._open(event)
            case ScalarEvent():
                self._refuse_properties(event)
                self._scalar(event)
            case AliasEvent():
                self._faults.add("alias", *self._at(event), name=str(event.anchor))
                self._leave_out(event)

    def _open(self, event: object) -> None:
        if self._frames[-1].next_key() is None:
            self._break_off("complex-key", event)
        if len(self._frames) > self._most:
            self._break_off("too-deep", event)
        value: Any = {} if isinstance(event, MappingStartEvent) else []
        self._frames.append(_Frame(value, Place(*self._at(event))))

    def _scalar(self, event: ScalarEvent) -> None:
        if self._frames[-1].next_key() is None:
            self._key(event)
        elif event.style == '"' and (odd := CONTROL.search(event.value)):
            self._faults.add("control-character", *self._at(event), name=f"U+{ord(odd.group()):04X}")
            self._leave_out(event)
        else:
            empty = not event.style and event.value in NULLS
            self._put(None if empty else event.value, Place(*self._at(event)))

    def _key(self, event: ScalarEvent) -> None:
        frame, key = self._frames[-1], event.value
        if key == "<<" and not event.style:
            self._faults.add("merge-key", *self._at(event))
            self.gaps.add(self._here())
        elif not key:
            self._faults.add("complex-key", *self._at(event))
            self.gaps.add((*self._here(), key))
        elif key in frame.place.keys:
            self._faults.add("duplicate-key", *self._at(event), key=key, line=str(frame.place.keys[key][0]))
        frame.key = key
        frame.place.keys[key] = self._at(event)

    def _put(self, value: object, place: Place) -> None:
        frame = self._frames[-1]
        key = frame.next_key()
        if key is None:
            raise AssertionError  # an alias as a key breaks off before
        frame.place.inner[key] = place
        if isinstance(frame.value, list):
            frame.place.keys[key] = (place.line, place.column)
            frame.value.append(value)
        else:
            frame.value[key] = value
            frame.key = None

    def _leave_out(self, event: object) -> None:
        """A value that can't be known stands in the data as an empty text, and as a gap."""
        key = self._frames[-1].next_key()
        if key is None:
            self._break_off("complex-key", event)
        self.gaps.add((*self._here(), key))
        self._put("", Place(*self._at(event)))

    def _refuse_properties(self, event: Any) -> None:  # noqa: ANN401 - by the stubs a mark may lack
        if event.anchor is not None:
            self._faults.add("anchor", *self._at(event), name=event.anchor)
        if event.tag is not None:
            start = event.start_mark.index
            written = _TAG.search(self._text, start, start + _LONGEST_TAG)
            self._faults.add("tag", *self._at(event), tag=written.group() if written else "!")

    def _here(self) -> Path:
        """The path of the mapping or list that is being filled."""
        keys = [frame.next_key() for frame in self._frames[1:-1]]
        return tuple(key for key in keys if key is not None)

    def _at(self, event: Any) -> tuple[int, int]:  # noqa: ANN401 - the same
        mark = event.start_mark
        line = min(mark.line, self._last)  # libyaml sees an end of line that is not there
        return line + 1 + self._shift, mark.column + 1

    def _break_off(self, code: str, event: object) -> NoReturn:
        raise FaultError(Fault(code, *self._at(event)))
