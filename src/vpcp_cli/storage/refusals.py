"""Why a write was refused or failed; nothing has changed then."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from vpcp_cli.errors import VpcpError
from vpcp_cli.finding import Finding
from vpcp_cli.language import N_, _, current
from vpcp_cli.vietnamese import format_date

_REMEDIES: Final = {
    errno.EBUSY: N_("A file that is mounted by itself (`docker -v FILE`) can't be replaced: mount its folder instead."),
    errno.EACCES: N_("A file is replaced by a new one: you must be allowed to write in its folder as well."),
    errno.EROFS: N_("The drive can only be read: copy the folder to another one."),
}


class WriteError(VpcpError):
    """A write that did not take place."""

    exit_code = 4


class NoPlaceInFileError(WriteError):
    """A file is written so that an item can't be added by adding lines."""

    in_lines = True
    place: str
    """As file:line."""
    reason: str
    """A message id, with its facts."""
    facts: dict[str, str]
    by_hand: Sequence[str]
    """The lines that a person may add."""

    def sentence(self) -> str:
        """Name the place and the reason."""
        reason = _(self.reason).format_map(self.facts)
        return _("{place}: {reason}; nothing was written.").format(place=self.place, reason=reason)

    def hint(self) -> str:
        """Give the lines."""
        return _("Add by hand:\n{lines}").format(lines="\n".join(self.by_hand))


class NotReplacedError(NoPlaceInFileError):
    """A file is written so that the value of a key can't be changed in its place."""

    def hint(self) -> str:
        """Give what is to stand there."""
        if not self.by_hand and self.facts["key"] == "units":
            return _("Take {id} out by hand.").format(id=self.facts["id"])
        if not self.by_hand:
            return _("Take `{key}:` out by hand.").format(key=self.facts["key"])
        return _("Write by hand:\n{lines}").format(lines="\n".join(self.by_hand))


class UnreadableWriteError(WriteError):
    """What is to be written and could not be read again."""

    finding: Finding

    def sentence(self) -> str:
        """Say what would be found."""
        return _("What would be written could not be read: {sentence}").format(sentence=self.finding.sentence())

    def hint(self) -> str:
        """Say how it is mended."""
        return self.finding.remedy()


class ShippedFolderError(WriteError):
    """A write to the programmes that ship with the package."""

    says = N_("The programmes that come with vpcp can't be changed.")
    advises = N_("`vpcp init` makes a folder of your own, with --copy of them.")


class FileThereError(WriteError):
    """A programme that is to be begun has a file already."""

    file: str
    says = N_("{file} is there already; nothing was written.")


class WriteFailedError(WriteError):
    """The system refused to read or write a file."""

    file: Path
    reason: str
    number: int | None = None
    """What the system calls the reason."""
    says = N_("{file} can't be written: {reason}. Nothing was changed.")

    def hint(self) -> str | None:
        """Say what to do about what the system says."""
        hint = _REMEDIES.get(self.number or 0)
        return hint and _(hint)


class HalfWrittenError(WriteError):
    """A write that stopped between two files, and could not be taken back."""

    exit_code = 5
    reason: str
    written: Sequence[str]
    unwritten: Sequence[str]
    advises = N_("Don't run it again: the next write finishes this one first.")

    def sentence(self) -> str:
        """Name the files of either kind."""
        return _("The write stopped half-way: {reason}. Written: {written}. Not yet: {unwritten}.").format(
            reason=self.reason, written=", ".join(self.written), unwritten=", ".join(self.unwritten) or "–"
        )


class ChangedMeanwhileError(WriteError):
    """Another program saved a file between our reading and our writing."""

    file: Path
    says = N_("{file} was changed by another program meanwhile; nothing was written.")
    advises = N_("Run the command again.")


class LockedError(WriteError):
    """Another run of vpcp has been writing for too long."""

    holder: str
    seconds: float

    def sentence(self) -> str:
        """Name who is writing."""
        return _("Another vpcp has been writing for over {seconds} seconds ({holder}); nothing was written.").format(
            seconds=round(self.seconds), holder=self.holder
        )


class NothingToUndoError(WriteError):
    """There is no write to take back, or its record can't be read."""

    says = N_("There is no write to take back.")


class WrittenEarlierError(WriteError):
    """What is to be taken back was written before today: others may have reported it since."""

    command: str
    day: date
    advises = N_("What has been reported is put right by an entry: `vpcp correct ID --void`.")

    def sentence(self) -> str:
        """Name both."""
        return _("`{command}` was written on {day}, not today; nothing was taken back.").format(
            command=self.command, day=format_date(self.day, current())
        )


class CommittedError(WriteError):
    """What is to be taken back has been committed to git."""

    file: str
    says = N_("The last write to {file} has been committed to git; nothing was changed.")
    advises = N_("Put it right by a later entry: `vpcp correct`, or `--void` for one that never held; or `git revert`.")


class ChangedSinceError(WriteError):
    """What is to be taken back does not stand in the file any more as it was written."""

    file: str
    says = N_("What the last write added to {file} has been changed since; nothing was taken back.")
    advises = N_("Take it out by hand, or put it right by a later entry: `vpcp correct`.")
