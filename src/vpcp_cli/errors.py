"""Refusals: what was asked can't be done. Facts go in, the sentence comes out when it is shown."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, dataclass_transform

from vpcp_cli.language import N_, _

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class _Facts:
    """The facts of a refusal, as its sentences name them; of several, all."""

    def __init__(self, refusal: VpcpError) -> None:
        self._refusal = refusal

    def __getitem__(self, name: str) -> object:
        fact: object = getattr(self._refusal, name)
        return ", ".join(map(str, fact)) if isinstance(fact, Iterable) and not isinstance(fact, str) else fact


@dataclass_transform(eq_default=False)
class VpcpError(Exception):
    """A refusal with its exit code; `main` alone catches it.

    What a class annotates are its facts, which are given in this order, as to a dataclass; `says` and `advises` take
    them in braces. Where it depends on the facts what is said, `sentence` and `hint` stand in their place.
    """

    exit_code: ClassVar[int] = 2
    in_lines: ClassVar[bool] = False
    """Whether the sentence or the hint has line ends of its own; any other line end came with a fact."""
    says: ClassVar[str] = ""
    advises: ClassVar[str] = ""
    _facts: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Read the facts, which are known by name."""
        cls._facts = (*cls._facts, *(name for name in cls.__annotations__ if name != "_"))

    def __init__(self, *given: object, **named: object) -> None:
        """Keep the facts."""
        super().__init__(*given)
        vars(self).update(zip(self._facts, given, strict=False), **named)

    def sentence(self) -> str:
        """Say what is wrong in the reader's language."""
        return _(self.says).format_map(_Facts(self))

    def hint(self) -> str | None:
        """Say what to do about it, where that is known."""
        return _(self.advises).format_map(_Facts(self)) if self.advises else None

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence()


_REASONS: Final = {
    errno.EPERM: N_("Operation not permitted"),
    errno.ENOENT: N_("No such file or directory"),
    errno.EIO: N_("Input/output error"),
    errno.EACCES: N_("Permission denied"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.EEXIST: N_("File exists"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.EISDIR: N_("Is a directory"),
    errno.EINVAL: N_("Invalid argument"),
    errno.EMFILE: N_("Too many open files"),
    errno.EFBIG: N_("File too large"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EROFS: N_("Read-only file system"),
    errno.EPIPE: N_("Broken pipe"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.ENOTEMPTY: N_("Directory not empty"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.EADDRINUSE: N_("Address already in use"),
    errno.EADDRNOTAVAIL: N_("Cannot assign requested address"),
    errno.EDQUOT: N_("Disk quota exceeded"),
    errno.ENOEXEC: N_("Exec format error"),
}
"""What systems refuse, as Linux words it; no system words it in the reader's language."""


def reason_of(error: OSError) -> str:
    """Say in the reader's language why the system refuses; what has words of its own keeps them."""
    number = error.errno or 0
    by_system = error.strerror == os.strerror(number) or getattr(error, "winerror", None)
    if number in _REASONS and by_system:
        return _(_REASONS[number])
    return error.strerror or str(error) or type(error).__name__


class BadFigureError(VpcpError):
    """A text that is no figure."""

    text: str
    says = N_("«{text}» is no figure.")
    advises = N_("Write digits, decimals behind a point or a comma, thousands without any: 80%, 82.5 km, 1500 km.")


class BadDateError(VpcpError):
    """A text that is no day and no period."""

    text: str
    year: int = 2022
    """The year of the examples."""
    meant: str = ""
    """The day that was meant, where it can be told."""
    absent: str = ""
    """Why there is no such day, where that can be told."""
    says = N_("«{text}» is not a date.")

    def hint(self) -> str:
        """Offer the day that was meant, or list the forms that are understood."""
        if self.meant:
            return _("Did you mean {words}?").format(words=self.meant)
        return self.absent or self.forms()

    def forms(self) -> str:
        """List the forms that are understood."""
        return _(
            "Write {year}-06-30, 30/06, 20 May, {year}-Q2, «quý II», «tháng 6», «cuối năm», «trước ngày 15/5», today or"
            " +14d."
        ).format(year=self.year)


class BadDayError(BadDateError):
    """A text that is no day on which something has happened."""

    def forms(self) -> str:
        """List the forms that are understood."""
        return _(
            "Write {year}-06-30, 30/06, 20 May, today, «hôm qua», monday, «thứ hai», last week, «cuối tháng 5»,"
            " or 7d for seven days ago."
        ).format(year=self.year)


class BadRecurrenceError(VpcpError):
    """A text that does not say how often something recurs."""

    text: str
    says = N_("«{text}» does not say how often.")
    advises = N_("Write monthly, «hằng quý», «trước ngày 25 hằng tháng», every friday, «cuối hằng tháng».")


class BadDocumentError(VpcpError):
    """A document with its day, of which the number can't be told for certain."""

    text: str
    number: str
    day: str
    """As dd/mm/yyyy, as far as it can be told."""
    rest: str

    def sentence(self) -> str:
        """Name the parts."""
        parts = {_("number"): self.number, _("day"): self.day, _("the rest"): self.rest}
        return _("«{text}» can't be told apart for certain: {parts}.").format(
            text=self.text, parts=", ".join(f"{name} «{part}»" for name, part in parts.items() if part)
        )

    def hint(self) -> str:
        """Show a form that is understood."""
        return _("Write «số {number} ngày {day} về việc …», or the number alone.").format(
            number=self.number or "45/TB-BCT", day=self.day
        )


class BadAddressError(VpcpError):
    """What is no e-mail address."""

    typed: str
    option: str
    says = N_("{option}: «{typed}» is no e-mail address.")
    advises = N_("Write one address, such as phc@vidu.gov.vn.")


class BadWordError(VpcpError):
    """A word that is none of the codes that an option takes."""

    word: str
    option: str
    known: Sequence[str]
    nearest: Sequence[str]
    says = N_("«{word}» is not a value of {option}.")

    def hint(self) -> str | None:
        """Offer the nearest codes, or all of them."""
        if not self.known:
            return None
        if self.nearest:
            return _("Did you mean {words}?").format(words=", ".join(self.nearest))
        return _("Known values: {words}.").format(words=", ".join(self.known))


class UnitNameError(VpcpError):
    """A name that no unit has, or of which several have a part."""

    word: str
    option: str
    near: Sequence[str]
    """Units near it, with their codes."""
    _: KW_ONLY
    several: int
    """How many units it may mean."""

    def sentence(self) -> str:
        """Name the name and the option."""
        if self.several:
            return _("{option} «{word}» may mean {n} units.").format(option=self.option, word=self.word, n=self.several)
        if not self.option.startswith("-"):  # an argument, which people don't know by its name
            return _("There is no unit «{word}» in the register.").format(word=self.word)
        return _("{option}: there is no unit «{word}» in the register.").format(option=self.option, word=self.word)

    def hint(self) -> str:
        """Offer the nearest units, and say how one is added."""
        meant = _("Did you mean {words}?").format(words=", ".join(self.near)) if self.near else ""
        if self.several:
            return meant
        if self.option == "--unit":
            return meant or _("`vpcp units` lists those that there are.")
        code, name = (self.word, "…") if self.word.isascii() and self.word.isupper() else (_("CODE"), self.word)
        command = f"vpcp unit add {code} '{name}'"
        if meant:
            return _("{question} Else add it: `{command}`.").format(question=meant, command=command)
        return _("Add it: `{command}`; `vpcp units` lists those that there are.").format(command=command)


class BadTextError(VpcpError):
    """A text that was typed and can't be written."""

    exit_code = 4
    text: str
    option: str
    """The option or argument behind which it stood."""
    character: str = ""
    """What no file may hold."""
    advises = N_("Type it anew; what is copied from elsewhere may hold signs that can't be seen.")

    def sentence(self) -> str:
        """Say what is wrong with it."""
        if not self.character:
            return _("The text of {option} is empty.").format(option=_(self.option))
        return _("The text of {option} holds the invisible character U+{code}: «{text}».").format(
            option=_(self.option), code=f"{ord(self.character):04X}", text=self.text
        )


class BadThresholdError(VpcpError):
    """A text after `--fail-on` that sets no bound."""

    text: str
    known: Sequence[str]
    nearest: Sequence[str] = ()
    says = N_("«{text}» is not a bound for --fail-on.")

    def hint(self) -> str:
        """Offer the nearest measures, or show the form and name all of them."""
        if self.nearest:
            return _("Did you mean {words}?").format(words=", ".join(self.nearest))
        return _("Write a name, a sign and a number, as in overdue>0 or rate<80. Names: {words}.").format(
            words=", ".join(self.known)
        )


class BadYearError(VpcpError):
    """A text that is no year and no span of years."""

    text: str
    says = N_("«{text}» is not a year.")
    advises = N_("Write 2022, or 2012..2022 for all years of a span.")


class OneYearError(VpcpError):
    """An option that needs exactly one `--year` beside it."""

    option: str
    says = N_("{option} needs exactly one --year.")
    advises = N_("Write `--year 2022 --compare 2021`.")


class NoYearError(VpcpError):
    """Years of which there is no programme."""

    exit_code = 3
    years: Sequence[int]
    known: Sequence[int]

    def sentence(self) -> str:
        """Name the year, or the span of years."""
        first, last = min(self.years), max(self.years)
        years = str(first) if first == last else f"{first}..{last}"
        return _("There is no programme of {years}.").format(years=years)

    def hint(self) -> str:
        """Name the years that there are."""
        return _("There are programmes of {years}.").format(years=", ".join(map(str, self.known)))


class NotWrittenError(VpcpError):
    """A file that an answer can't be written to."""

    exit_code = 4
    path: str
    why: str
    says = N_("{path} can't be written: {why}")


class NoPlaceError(VpcpError):
    """A file that is nothing for a terminal, or a folder of files, without a place to go to."""

    _: KW_ONLY
    folder: bool = False

    def sentence(self) -> str:
        """Say what is missing."""
        if self.folder:
            return _("Several files are made, and no folder is named for them.")
        return _("What is made is a file for another program, and nothing to look at on a terminal.")

    def hint(self) -> str:
        """Name the option."""
        return _("Name the folder: -o FOLDER.") if self.folder else _("Name the file: -o FILE; or pass it on with |.")


class NotAReportError(VpcpError):
    """A file that an answer would destroy: data, settings, or one that git tracks and that is no answer."""

    path: str
    _: KW_ONLY
    tracked: bool = False

    def sentence(self) -> str:
        """Say why the file stays as it is."""
        if self.tracked:
            return _("{path} is tracked by git and does not begin like this answer; nothing was written.").format(
                path=self.path
            )
        return _("{path} is the name of data or settings, not of an answer; nothing was written.").format(
            path=self.path
        )

    def hint(self) -> str:
        """Say where to write."""
        if self.tracked:
            return _("Name another file; if this one is an old answer, delete it first.")
        return _("Name another file, such as answer.csv.")


class BadEndingError(VpcpError):
    """A file for an answer with an ending that names no form."""

    path: str
    known: Sequence[str]
    says = N_("{path}: no answer can be made with this ending.")

    def hint(self) -> str:
        """Name the endings; a spreadsheet opens CSV, a word processor Markdown or text."""
        if len(self.known) == 1:
            return _("The file's name ends in {ending}.").format(ending=self.known[0])
        return _("Endings: {endings}. With --format the name may end as it likes.").format(
            endings=", ".join(self.known)
        )


class OutputError(VpcpError):
    """Standard output does not take the answer."""

    exit_code = 4
    why: str
    says = N_("Standard output can't be written: {why}")


class SystemRefusalError(VpcpError):
    """The system refuses something that every command needs: to enter a folder, to open a file, to start a program."""

    exit_code = 3
    path: str
    """Nothing where there is none."""
    why: str

    @classmethod
    def of(cls, error: OSError) -> SystemRefusalError:
        """What an error that nobody has caught means."""
        return cls(str(error.filename or ""), reason_of(error))

    def sentence(self) -> str:
        """Name the path and the reason."""
        if not self.path:
            return _("The system refuses what is needed: {why}").format(why=self.why)
        return _("{path} can't be opened: {why}").format(path=self.path, why=self.why)


class LostFolderError(SystemRefusalError):
    """The working directory has been removed, or may not be entered."""

    advises = N_("Change into a folder that is there (`cd`), and run the command again.")

    def sentence(self) -> str:
        """Say so."""
        return _("The working directory can't be found: {why}").format(why=self.why)


class UnknownRuleError(VpcpError):
    """A code of a finding that there is not."""

    code: str
    nearest: Sequence[str]
    says = N_("There is no rule «{code}».")

    def hint(self) -> str:
        """Offer the nearest codes, or point to the list."""
        if not self.nearest:
            return _("`vpcp explain` lists all codes.")
        return _("Did you mean {words}?").format(words=", ".join(self.nearest))


class UnknownIdError(VpcpError):
    """An id that no task, directive or programme has."""

    given: str
    nearest: Sequence[str]

    def sentence(self) -> str:
        """Name the id."""
        return _("There is no {id}.").format(id=self.given) if self.given.strip() else _("The id is empty.")

    def hint(self) -> str | None:
        """Offer the nearest ids."""
        if not self.nearest:
            return _("`vpcp list -f ids` prints all ids.")
        return _("Did you mean {words}?").format(words=", ".join(self.nearest))


class OtherKindError(VpcpError):
    """An id of something that can't be meant here: a directive where a task is wanted."""

    given: str
    kind: str
    """What the id names."""
    wanted: Sequence[str]
    """What could be named."""

    def sentence(self) -> str:
        """Say what the id names."""
        sentences = {
            "task": N_("{id} is a task."),
            "directive": N_("{id} is a directive."),
            "programme": N_("{id} is a programme."),
            "context": N_("{id} is an aim of the context, no task of the programme."),
            "result": N_("{id} is a result of the year before, no task of the programme."),
        }
        return _(sentences[self.kind]).format(id=self.given)

    def hint(self) -> str:
        """Say what could be named."""
        if "directive" in self.wanted and "task" in self.wanted:
            return _("Name a task, a directive or a programme; `vpcp show {id}` shows it.").format(id=self.given)
        if "directive" in self.wanted:
            return _("Name a directive, such as 2022-CD02.")
        return _("Name a task, such as 2022-CD02.3; `vpcp show {id}` shows what it is.").format(id=self.given)


class NotThereYetError(VpcpError):
    """A task that does not exist yet on the day of the report."""

    id: str
    day: str
    """In the reader's form."""
    says = N_("{id} does not exist yet on {day}.")
    advises = N_("Ask for a later day with --as-of.")


class NotKnownYetError(VpcpError):
    """An id of something that had not been written down yet by the day of --known."""

    exit_code = 3
    id: str
    day: str
    """In the reader's form."""
    says = N_("{id} had not been written down yet by the end of {day}.")
    advises = N_("Ask for a later day with --known, or leave it out.")


class EmptySpanError(VpcpError):
    """A span that ends before it begins; `end` is --until, or the day of the report."""

    since: str
    end: str
    _: KW_ONLY
    of_report: bool

    def sentence(self) -> str:
        """Name both days."""
        if self.of_report:
            return _("--since {since} lies after the day of the report, {end}.").format(since=self.since, end=self.end)
        return _("--since {since} lies after --until {end}.").format(since=self.since, end=self.end)

    def hint(self) -> str:
        """Point to the options that move the ends."""
        if self.of_report:
            return _(
                "Ask for an earlier --since, or for a later day with --as-of: what happens after it is not known yet."
            )
        return _("Ask for an earlier --since or a later --until.")


class AmbiguousIdError(VpcpError):
    """A shortened id that fits several."""

    id: str
    ids: Sequence[str]
    says = N_("{id} may be {ids}.")

    def hint(self) -> str:
        """Ask for the whole id; several workspaces may have one each."""
        if ":" in self.ids[0]:
            return _("Name the workspace before it: {id}.").format(id=self.ids[0])
        return _("Type the whole id, or add --year.")


class NoDataError(VpcpError):
    """A folder that holds no programmes, or is not there; `around` it there are none either."""

    exit_code = 3
    folder: str
    near: Sequence[str] = ()
    """Folders near it that hold programmes."""
    _: KW_ONLY
    around: bool = False
    bare: bool = False
    """Whether it is a bare repository."""
    begun: bool = False
    """Whether it has a register."""

    def sentence(self) -> str:
        """Name the folder."""
        if self.around:
            return _("There are no programmes in {folder} or around it.").format(folder=self.folder)
        if self.begun:
            return _("There is no programme in {folder} yet.").format(folder=self.folder)
        return _("There are no programmes in {folder}.").format(folder=self.folder)

    def hint(self) -> str:
        """Name the ways out."""
        if self.bare:
            return _("This is a bare git repository, which has no files: `git worktree add FOLDER` lays them out.")
        if self.near:
            return _("There are some in {folders}: name the folder with --data.").format(folders=", ".join(self.near))
        if self.begun:
            return _("Begin one: `vpcp new YEAR --owner UNIT`.")
        return _("Name the folder with --data, or begin with `vpcp init` and `vpcp new YEAR`.")


def chain_words(chain: Sequence[str]) -> str:
    """Say from which tasks one goes on, one after the other."""
    return _("{id} goes on from {origins}").format(id=chain[0], origins=", ".join(chain[1:]))


class BrokenDataError(VpcpError):
    """Files that can't be read; their findings have been printed.

    `behind` says of some by which tasks they are reached.
    """

    exit_code = 3
    advises = N_("Mend what is named above; `vpcp check` lists every finding.")

    def __init__(self, files: Sequence[str], behind: Mapping[str, Sequence[str]] | None = None) -> None:
        """Keep the names of the files."""
        super().__init__(*files)
        self.files, self.behind = files, behind or {}

    def sentence(self) -> str:
        """Name the files."""
        return _("Nothing is shown, for these files can't be read: {files}.").format(files=", ".join(self.named()))

    def named(self) -> Iterator[str]:
        """Yield each file, with the tasks that lead to it."""
        for file in self.files:
            chain = self.behind.get(file)
            yield f"{file} ({chain_words(chain)})" if chain else file
