"""Why a command writes nothing, where the files are not to blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vpcp_cli.errors import BadDateError, BrokenDataError, VpcpError, chain_words
from vpcp_cli.finding import Finding
from vpcp_cli.language import _, ngettext
from vpcp_cli.render.door import one_line

_SHOWN = 5
"""Of many ids so many are named."""


class BadViewError(VpcpError):
    """A view of vpcp.toml that is no command line; `what` is wrong with it."""

    def __init__(self, view: str, what: str, remedy: str | None) -> None:
        """Keep the name of the view, and what a command line of these words would be told."""
        super().__init__(view)
        self.view, self.what, self.remedy = view, what, remedy

    def sentence(self) -> str:
        """Name the view."""
        return _("The view «{view}» of vpcp.toml can't be used: {what}").format(view=self.view, what=self.what)

    def hint(self) -> str | None:
        """Say what the command line would be told."""
        return self.remedy


class NothingNamedError(VpcpError):
    """A command that was told neither tasks nor a selection."""

    def __init__(self, command: str) -> None:
        """Keep the command's name."""
        super().__init__(command)
        self.command = command

    def sentence(self) -> str:
        """Say what lacks."""
        return _("No task is named.")

    def hint(self) -> str:
        """Show both ways."""
        return _("Name tasks by their ids, or select them: --unit, --open, --overdue … (`{command} --help`).").format(
            command=self.command
        )


class NotToldError(VpcpError):
    """What a command needs and was not told, where nobody is there to be asked."""

    def __init__(self, lacking: Sequence[str], command: str) -> None:
        """Keep the options and arguments that lack, and the command's name."""
        super().__init__(*lacking)
        self.lacking, self.command = lacking, command

    def sentence(self) -> str:
        """Name all that lacks."""
        return _("{command} needs more: {options}.").format(
            command=self.command, options=", ".join(map(_, self.lacking))
        )

    def hint(self) -> str:
        """Say where it is explained, and where it is asked for."""
        return _("`{command} --help` explains them; at a terminal, `{command}` asks.").format(command=self.command)


class EntryNotNamedError(VpcpError):
    """A task without the number of the entry that is meant; `entries` are those that stand, by their numbers."""

    in_lines = True

    def __init__(self, id_: str, entries: Mapping[int, str]) -> None:
        """Keep the task and its entries."""
        super().__init__(id_)
        self.id, self.entries = id_, entries

    def sentence(self) -> str:
        """Ask which it is."""
        return _("Which entry of {id} is wrong?").format(id=self.id)

    def hint(self) -> str:
        """Name each with its number."""
        if not self.entries:
            return _("Its log has none.")
        lines = (f"{number}  {one_line(words)}" for number, words in self.entries.items())
        return "\n  ".join([_("Put its number behind the id:"), *lines])


class UnitThereError(VpcpError):
    """A code that another unit of the register has."""

    exit_code = 4

    def __init__(self, code: str, name: str) -> None:
        """Keep the code and the name of the unit that has it."""
        super().__init__(code)
        self.code, self.name = code, name

    def sentence(self) -> str:
        """Name the unit that has it."""
        return _("{code} is there already: {name}.").format(code=self.code, name=self.name)

    def hint(self) -> str:
        """Ask for another code."""
        return _("Give the new unit a code of its own; `vpcp units` lists those that are taken.")


class UnitUsedError(VpcpError):
    """A unit that can't be taken out of the register, for something names it."""

    exit_code = 4

    def __init__(self, code: str, used: Sequence[str]) -> None:
        """Keep its code, and the ids of what names it."""
        super().__init__(code, *used)
        self.code, self.used = code, used

    def sentence(self) -> str:
        """Name what names it."""
        return _("{code} is in use: {ids}.").format(code=self.code, ids=few(self.used))

    def hint(self) -> str:
        """Say how a unit ends."""
        return _(
            "A unit that has ended stays, with its last day: `vpcp unit merge {code} UNIT`."
            " A wrong code: `vpcp unit set {code} --code CODE`."
        ).format(code=self.code)


class RegisterThereError(VpcpError):
    """A first unit for a register that is there already."""

    exit_code = 4

    def __init__(self, file: str, code: str) -> None:
        """Keep the register and the unit's code."""
        super().__init__(file, code)
        self.file, self.code = file, code

    def sentence(self) -> str:
        """Name the register."""
        return _("{file} is there already; nothing was written.").format(file=self.file)

    def hint(self) -> str:
        """Name the command that adds to it."""
        return _("Add the unit to it: `vpcp unit add {code} …`.").format(code=self.code)


class BadCodeError(VpcpError):
    """What can't be the code of a unit."""

    def __init__(self, typed: str, offer: str) -> None:
        """Keep what was typed, and a code that is near to it."""
        super().__init__(typed)
        self.typed, self.offer = typed, offer

    def sentence(self) -> str:
        """Say what a code is."""
        return _("«{typed}» is no code: capital letters without marks, digits and _, a letter first.").format(
            typed=self.typed
        )

    def hint(self) -> str | None:
        """Offer one."""
        return _("Did you mean {words}?").format(words=self.offer) if self.offer else None


class TextMissingError(VpcpError):
    """An id where a text should stand."""

    def __init__(self, given: str, missing: str, command: str) -> None:
        """Keep the id, a message id that says what lacks, and the command line so far."""
        super().__init__(given)
        self.given, self.missing, self.command = given, missing, command

    def sentence(self) -> str:
        """Say what the word is, and what lacks."""
        return _(self.missing).format(id=self.given)

    def hint(self) -> str:
        """Show where it is to stand."""
        return _("Put it behind: `{command} {id} '…'`").format(command=self.command, id=self.given)


class NamedAndSelectedError(VpcpError):
    """A command that was told both tasks and a selection."""

    def sentence(self) -> str:
        """Say so."""
        return _("Tasks are named, and selected besides.")

    def hint(self) -> str:
        """Ask for one of the two."""
        return _("Give their ids or selecting options, not both.")


class NotConfirmedError(VpcpError):
    """A write to selected tasks that nobody is there to confirm, or that somebody declined."""

    def __init__(self, ids: Sequence[str], *, asked: bool) -> None:
        """Keep the ids, and whether somebody was asked."""
        super().__init__(*ids)
        self.ids, self.asked = ids, asked

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

    def __init__(self, refusals: Sequence[VpcpError]) -> None:
        """Keep the refusals."""
        super().__init__(*refusals)
        self.refusals = refusals

    def sentence(self) -> str:
        """Give the reason for each."""
        return "\n".join(one_line(refusal.sentence()) for refusal in self.refusals)

    def hint(self) -> str:
        """Say that the others were not written to either."""
        return _("Nothing was written, for it is all of the tasks or none; leave these out.")


class NewErrorError(VpcpError):
    """A write after which `vpcp check` would find errors that it does not find now."""

    exit_code = 4
    in_lines = True

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep the new findings."""
        super().__init__(*findings)
        self.findings = findings

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

    def __init__(self, behind: Mapping[str, Sequence[str]]) -> None:
        """Keep the files with the tasks that lead to each."""
        super().__init__(*behind)
        self.behind = behind

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

    def __init__(self, action: str, option: str = "--note") -> None:
        """Keep what is to be written, in the reader's language, and the option that gives the reason."""
        super().__init__(action)
        self.action, self.option = action, option

    def sentence(self) -> str:
        """Name the action."""
        return _("«{action}» needs a reason.").format(action=self.action)

    def hint(self) -> str:
        """Name the option."""
        return _("Give it with {option}.").format(option=self.option)


class OneChangeError(VpcpError):
    """Two options that would be two entries, or two opposite ones."""

    def __init__(self, one: str, other: str) -> None:
        """Keep both options."""
        super().__init__(one, other)
        self.one, self.other = one, other

    def sentence(self) -> str:
        """Name both."""
        return _("{one} and {other} can't stand together.").format(one=self.one, other=self.other)

    def hint(self) -> str:
        """Ask for one after the other."""
        return _("Give one of them; what else there is to say is a second command.")


class LeadsDifferError(VpcpError):
    """Another number of leads than of tasks."""

    def __init__(self, leads: int, tasks: int) -> None:
        """Keep both numbers."""
        super().__init__(leads, tasks)
        self.leads, self.tasks = leads, tasks

    def sentence(self) -> str:
        """Name both numbers."""
        return _("--lead is given {leads} times for {tasks} tasks.").format(leads=self.leads, tasks=self.tasks)

    def hint(self) -> str:
        """Say how often it may stand."""
        return _("Give it once for all, or once for each in their order.")


class BadSpanError(VpcpError):
    """Two days to compare of which the first is the later one, or was not given."""

    def __init__(self, first: str, last: str, *, begins: bool) -> None:
        """Keep both days, in the reader's form, and whether it was said where the span begins."""
        super().__init__(first, last)
        self.first, self.last, self.begins = first, last, begins

    def sentence(self) -> str:
        """Name both days."""
        if not self.begins:
            return _("--to {last} needs a --from.").format(last=self.last)
        return _("--from {first} lies after {last}.").format(first=self.first, last=self.last)

    def hint(self) -> str:
        """Say how it is called."""
        return _("Give the earlier day with --from; --to is the day of the report, unless it is given.")


class OtherCommandError(VpcpError):
    """A status for which there is a command of its own."""

    def __init__(self, label: str, command: str) -> None:
        """Keep the status in the reader's language and the command's name."""
        super().__init__(label)
        self.label, self.command = label, command

    def sentence(self) -> str:
        """Name the status."""
        return _("«{status}» has a command of its own.").format(status=self.label)

    def hint(self) -> str:
        """Name the command."""
        return _("Use `vpcp {command}`.").format(command=self.command)


class NothingBeforeError(VpcpError):
    """A year without an earlier one that it could take over from."""

    exit_code = 4

    def __init__(self, programme: str) -> None:
        """Keep the new programme."""
        super().__init__(programme)
        self.programme = programme

    def sentence(self) -> str:
        """Name it."""
        return _("There is no programme before {programme} to carry over from.").format(programme=self.programme)

    def hint(self) -> str:
        """Name the option."""
        return _("Name one with --from; `vpcp programmes` lists them.")


class UntoldError(VpcpError):
    """A write that has been made, and of which nobody could be told."""

    exit_code = 0

    def __init__(self, trouble: VpcpError) -> None:
        """Keep what stood in the way of the report."""
        super().__init__(trouble)
        self.trouble = trouble

    def sentence(self) -> str:
        """Say what counts first."""
        return _("It has been written, but could not be reported. {trouble}").format(trouble=self.trouble.sentence())

    def hint(self) -> str:
        """Keep people and scripts from doing it twice."""
        return _("Don't run it again: `vpcp log` shows what is there, `vpcp undo` takes it back.")


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

    def __init__(self, file: str) -> None:
        """Keep where it should be."""
        super().__init__(file)
        self.file = file

    def sentence(self) -> str:
        """Name it."""
        return _("There is no {path}.").format(path=self.file)

    def hint(self) -> str:
        """Say what makes one."""
        return _("`vpcp init` makes it.")


class NoDirectiveError(VpcpError):
    """Somebody is to choose a directive, and there is none."""

    exit_code = 3

    def sentence(self) -> str:
        """Say so."""
        return _("There is no directive yet.")

    def hint(self) -> str:
        """Name the command that comes before."""
        return _("Add one first: `vpcp directive add`.")


class OwnerNeededError(VpcpError):
    """A new programme of which nothing tells whose it is."""

    def __init__(self, programme: str, *, empty: bool) -> None:
        """Keep the new programme, and whether the register is empty."""
        super().__init__(programme)
        self.programme, self.empty = programme, empty

    def sentence(self) -> str:
        """Name it."""
        return _("Whose programme is {programme}?").format(programme=self.programme)

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

    def __init__(self, options: Sequence[str]) -> None:
        """Keep the options that name something."""
        super().__init__()
        self.options = options

    def sentence(self) -> str:
        """Say so."""
        return _("What is to be put right is missing.")

    def hint(self) -> str:
        """List the options."""
        return _("Give {options} or --unset KEY.").format(options=", ".join(self.options))


class NotItsKeyError(VpcpError):
    """An option for a key that what was named does not have."""

    def __init__(self, id_: str, option: str, options: Sequence[str]) -> None:
        """Keep the id, the option and those that it has."""
        super().__init__(id_, option)
        self.id, self.option, self.options = id_, option, options

    def sentence(self) -> str:
        """Name both."""
        return _("{id} has nothing that {option} could put right.").format(id=self.id, option=self.option)

    def hint(self) -> str:
        """List the options."""
        return _("Give {options} or --unset KEY.").format(options=", ".join(self.options))


class NeededKeyError(VpcpError):
    """A key that can't be taken out."""

    def __init__(self, key: str) -> None:
        """Keep the key."""
        super().__init__(key)
        self.key = key

    def sentence(self) -> str:
        """Name it."""
        return _("`{key}` must stand there; it can't be taken out.").format(key=self.key)

    def hint(self) -> str:
        """Say what can be done."""
        return _("Give another value with --{key}.").format(key=self.key)
