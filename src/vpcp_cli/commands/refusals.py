"""Why a command writes nothing, where the files are not to blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY

from vpcp_cli.errors import BadDateError, BrokenDataError, VpcpError, chain_words
from vpcp_cli.finding import Finding
from vpcp_cli.language import N_, _, ngettext
from vpcp_cli.render.door import one_line

_SHOWN = 5
"""Of many ids so many are named."""


class BadViewError(VpcpError):
    """A view of vpcp.toml that is no command line; `what` is wrong with it."""

    view: str
    what: str
    remedy: str | None
    """What a command line of these words would be told."""
    says = N_("The view «{view}» of vpcp.toml can't be used: {what}")

    def hint(self) -> str | None:
        """Say what the command line would be told."""
        return self.remedy


class NothingNamedError(VpcpError):
    """A command that was told neither tasks nor a selection."""

    command: str
    says = N_("No task is named.")
    advises = N_("Name tasks by their ids, or select them: --unit, --open, --overdue … (`{command} --help`).")


class NotToldError(VpcpError):
    """What a command needs and was not told, where nobody is there to be asked."""

    lacking: Sequence[str]
    """Options and arguments."""
    command: str
    advises = N_("`{command} --help` explains them; at a terminal, `{command}` asks.")

    def sentence(self) -> str:
        """Name all that lacks."""
        return _("{command} needs more: {options}.").format(
            command=self.command, options=", ".join(map(_, self.lacking))
        )


class EntryNotNamedError(VpcpError):
    """A task without the number of the entry that is meant; `entries` are those that stand, by their numbers."""

    in_lines = True
    id: str
    entries: Mapping[int, str]
    says = N_("Which entry of {id} is wrong?")

    def hint(self) -> str:
        """Name each with its number."""
        if not self.entries:
            return _("Its log has none.")
        lines = (f"{number}  {one_line(words)}" for number, words in self.entries.items())
        return "\n  ".join([_("Put its number behind the id:"), *lines])


class UnitThereError(VpcpError):
    """A code that another unit of the register has."""

    exit_code = 4
    code: str
    name: str
    """The name of the unit that has it."""
    says = N_("{code} is there already: {name}.")
    advises = N_("Give the new unit a code of its own; `vpcp units` lists those that are taken.")


class UnitUsedError(VpcpError):
    """A unit that can't be taken out of the register, for something names it."""

    exit_code = 4
    code: str
    used: Sequence[str]
    """The ids of what names it."""
    advises = N_(
        "A unit that has ended stays, with its last day: `vpcp unit merge {code} UNIT`."
        " A wrong code: `vpcp unit set {code} --code CODE`."
    )

    def sentence(self) -> str:
        """Name what names it."""
        return _("{code} is in use: {ids}.").format(code=self.code, ids=few(self.used))


class RegisterThereError(VpcpError):
    """A first unit for a register that is there already."""

    exit_code = 4
    file: str
    code: str
    says = N_("{file} is there already; nothing was written.")
    advises = N_("Add the unit to it: `vpcp unit add {code} …`.")


class BadCodeError(VpcpError):
    """What can't be the code of a unit."""

    typed: str
    offer: str
    """A code that is near to it."""
    says = N_("«{typed}» is no code: capital letters without marks, digits and _, a letter first.")

    def hint(self) -> str | None:
        """Offer one."""
        return _("Did you mean {words}?").format(words=self.offer) if self.offer else None


class TextMissingError(VpcpError):
    """An id where a text should stand."""

    id: str
    missing: str
    """A message id that says what lacks."""
    command: str
    """The command line so far."""
    advises = N_("Put it behind: `{command} {id} '…'`")

    def sentence(self) -> str:
        """Say what the word is, and what lacks."""
        return _(self.missing).format(id=self.id)


class NamedAndSelectedError(VpcpError):
    """A command that was told both tasks and a selection."""

    says = N_("Tasks are named, and selected besides.")
    advises = N_("Give their ids or selecting options, not both.")


class NotConfirmedError(VpcpError):
    """A write to selected tasks that nobody is there to confirm, or that somebody declined."""

    ids: Sequence[str]
    _: KW_ONLY
    asked: bool
    """Whether somebody was there to be asked."""

    def sentence(self) -> str:
        """Say how many tasks it would be, and which."""
        if self.asked:
            return _("Nothing was written.")
        several = ngettext(
            "This would write to {n} task: {ids}.", "This would write to {n} tasks: {ids}.", len(self.ids)
        )
        return several.format(n=len(self.ids), ids=few(self.ids))

    def hint(self) -> str | None:
        """Name the option."""
        return None if self.asked else _("Add --yes to do it, or --dry-run to see it first.")


class RefusedTogetherError(VpcpError):
    """Several tasks that a write can't go to; all of it is refused."""

    exit_code = 4
    in_lines = True
    refusals: Sequence[VpcpError]
    advises = N_("Nothing was written, for it is all of the tasks or none; leave these out.")

    def sentence(self) -> str:
        """Give the reason for each."""
        return "\n".join(one_line(refusal.sentence()) for refusal in self.refusals)


class NewErrorError(VpcpError):
    """A write after which `vpcp check` would find errors that it does not find now."""

    exit_code = 4
    in_lines = True
    findings: Sequence[Finding]

    def sentence(self) -> str:
        """Say what would be wrong with which task."""
        return "\n".join(
            _("{id} would be wrong: {sentence} [{code}]").format(
                id=finding.subject or finding.file, sentence=one_line(finding.sentence()), code=finding.code
            )
            for finding in self.findings
        )

    def hint(self) -> str:
        """Say how the first is mended."""
        return one_line(self.findings[0].remedy())


class BrokenForWritingError(BrokenDataError):
    """Files that can't be read, so that nothing is written to any; their findings have been printed."""

    exit_code = 4

    def sentence(self) -> str:
        """Name the files."""
        files = ", ".join(self.named())
        return _("Nothing was written, for these files can't be read: {files}.").format(files=files)


class NotFollowedError(VpcpError):
    """Files that can't be read from which tasks go on of files that were looked at: `behind` has the tasks."""

    exit_code = 3
    behind: Mapping[str, Sequence[str]]
    """The files, with the tasks that lead to each."""

    def sentence(self) -> str:
        """Name the files and the tasks."""
        files = ", ".join(f"{file} ({chain_words(chain)})" for file, chain in self.behind.items())
        return _("Not judged whole, for these files can't be read: {files}.").format(files=files)

    def hint(self) -> str:
        """Name the command that says what is wrong there."""
        return _("`vpcp check {files}` says what is wrong there.").format(files=" ".join(self.behind))


class NoteNeededError(VpcpError):
    """A change that nobody understands later without a reason."""

    exit_code = 4
    action: str
    """What is to be written, in the reader's language."""
    option: str = "--note"
    says = N_("«{action}» needs a reason.")
    advises = N_("Give it with {option}.")


class OneChangeError(VpcpError):
    """Two options that would be two entries, or two opposite ones."""

    one: str
    other: str
    says = N_("{one} and {other} can't stand together.")
    advises = N_("Give one of them; what else there is to say is a second command.")


class LeadsDifferError(VpcpError):
    """Another number of leads than of tasks."""

    leads: int
    tasks: int
    says = N_("--lead is given {leads} times for {tasks} tasks.")
    advises = N_("Give it once for all, or once for each in their order.")


class BadSpanError(VpcpError):
    """Two days to compare of which the first is the later one, or was not given."""

    first: str
    last: str
    _: KW_ONLY
    begins: bool
    """Whether it was said where the span begins."""
    advises = N_("Give the earlier day with --from; --to is the day of the report, unless it is given.")

    def sentence(self) -> str:
        """Name both days."""
        if not self.begins:
            return _("--to {last} needs a --from.").format(last=self.last)
        return _("--from {first} lies after {last}.").format(first=self.first, last=self.last)


class OtherCommandError(VpcpError):
    """A status for which there is a command of its own."""

    status: str
    """In the reader's language."""
    command: str
    says = N_("«{status}» has a command of its own.")
    advises = N_("Use `vpcp {command}`.")


class NothingBeforeError(VpcpError):
    """A year without an earlier one that it could take over from."""

    exit_code = 4
    programme: str
    says = N_("There is no programme before {programme} to carry over from.")
    advises = N_("Name one with --from; `vpcp programmes` lists them.")


class UntoldError(VpcpError):
    """A write that has been made, and of which nobody could be told."""

    exit_code = 0
    trouble: VpcpError
    advises = N_("Don't run it again: `vpcp log` shows what is there, `vpcp undo` takes it back.")

    def sentence(self) -> str:
        """Say what counts first."""
        return _("It has been written, but could not be reported. {trouble}").format(trouble=self.trouble.sentence())


class RecursError(BadDateError):
    """A rhythm where a deadline should stand."""

    def hint(self) -> str:
        """Name the option that takes it."""
        return _("What recurs has no single day: --recurs '{text}' instead of --deadline.").format(text=self.text)


class DeadlineWordsError(BadDateError):
    """Words for a deadline that are no date, which a person has to give beside them."""

    def hint(self) -> str:
        """Show how both are given, and the forms that are understood."""
        words = self.text.replace("'", "’")
        both = _("Give the day that is meant, and the words beside it: --deadline DATE --deadline-words '{words}'.")
        return f"{both.format(words=words)} {super().hint()}"


class NoRegisterError(VpcpError):
    """A register of units that is to be edited, and is not there."""

    exit_code = 3
    path: str
    says = N_("There is no {path}.")
    advises = N_("`vpcp init` makes it.")


class NoDirectiveError(VpcpError):
    """Somebody is to choose a directive, and there is none."""

    exit_code = 3
    says = N_("There is no directive yet.")
    advises = N_("Add one first: `vpcp directive add`.")


class OwnerNeededError(VpcpError):
    """A new programme of which nothing tells whose it is."""

    programme: str
    _: KW_ONLY
    empty: bool
    """Whether the register is."""
    says = N_("Whose programme is {programme}?")

    def hint(self) -> str:
        """Name the option, or the command that comes before."""
        if self.empty:
            return _("The register has no unit yet; add it first: `vpcp unit add CODE 'NAME'`.")
        return _("Name the unit with --owner; `vpcp units` lists them.")


def few(ids: Sequence[str]) -> str:
    """Name the first of some ids, and how many more there are."""
    shown = ", ".join(ids[:_SHOWN])
    more = len(ids) - _SHOWN
    return shown if more <= 0 else ngettext("{ids} and {n} more", "{ids} and {n} more", more).format(ids=shown, n=more)


class NothingToSetError(VpcpError):
    """Nothing was named that is to be put right."""

    options: Sequence[str]
    says = N_("What is to be put right is missing.")
    advises = N_("Give {options} or --unset KEY.")


class NotItsKeyError(VpcpError):
    """An option for a key that what was named does not have."""

    id: str
    option: str
    options: Sequence[str]
    says = N_("{id} has nothing that {option} could put right.")
    advises = N_("Give {options} or --unset KEY.")


class NeededKeyError(VpcpError):
    """A key that can't be taken out."""

    key: str
    says = N_("`{key}` must stand there; it can't be taken out.")
    advises = N_("Give another value with --{key}.")
