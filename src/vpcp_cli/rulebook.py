"""Every rule that a file can break: its code, its gravity, and what is said about it.

A code is a kebab-case noun and stable for ever. Sentences and remedies take the facts of a finding
in braces; `why` is what `vpcp explain` says; `wrong` and `right` are its examples, in YAML.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from vpcp_cli.dataclass import dataclass
from vpcp_cli.language import N_


class Severity(StrEnum):
    """An error makes `vpcp check` fail; a warning does so only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said about one code; the sentences are message ids of the catalogue."""

    code: str
    severity: Severity
    sentence: str
    remedy: str
    why: str
    wrong: str = ""
    right: str = ""
    shape: bool = False
    """Whether the file can't be read while this stands (syntax, shape, duplicate ids)."""
    one_cause: bool = False
    """Whether findings with the same facts have one cause, and are mended at one place."""
    otherwise: str = ""
    """The remedy where nothing is known that its first one would offer as `{form}`."""


_ERROR: Final = Severity.ERROR
_WARNING: Final = Severity.WARNING

# What a file is: bytes, names, YAML.
_SYNTAX: Final[tuple[Rule, ...]] = (
    Rule(
        "not-utf8",
        _ERROR,
        N_("The file is not UTF-8 text ({what})."),
        N_("Save it with the encoding UTF-8; in Notepad: Save as, Encoding: UTF-8."),
        N_(
            "Vietnamese letters have one fixed meaning only in UTF-8. In another encoding they would be read as"
            " other letters, or not at all."
        ),
        "title: K\\xe9 hoạch    # saved as Latin-1",
        "title: Kế hoạch    # saved as UTF-8",
        shape=True,
    ),
    Rule(
        "control-character",
        _ERROR,
        N_("The text holds the invisible character {name}."),
        N_("Delete it; if nothing is to be seen, type the line again."),
        N_(
            "Control characters can't be seen in an editor, but they can change what a terminal shows. They come"
            " from copying out of other programs."
        ),
        'title: "Rà soát\\x07"',
        'title: "Rà soát"',
        shape=True,
    ),
    Rule(
        "odd-line-break",
        _ERROR,
        N_("The line holds the line break {name}, which only some programs see."),
        N_("Delete it and press Enter, or save the file with the line ends of Windows or Unix."),
        N_(
            "Where one program sees two lines and another one, line numbers differ and a value may end where nobody"
            " meant it to."
        ),
        "note: Đã họp\\u2028Chờ ý kiến",
        "note: Đã họp. Chờ ý kiến",
        shape=True,
    ),
    Rule(
        "tab",
        _ERROR,
        N_("The line holds a tab."),
        N_("Put spaces in its place; set the editor to insert spaces."),
        N_(
            "YAML tells by spaces what belongs to what, and a tab is as wide as each editor wants. So tabs are"
            " taken nowhere."
        ),
        "title:\\tRà soát",
        "title: Rà soát",
        shape=True,
    ),
    Rule(
        "conflict-marker",
        _ERROR,
        N_("Git left a conflict here."),
        N_(
            "Choose one of the versions, or join them, and delete the lines with <<<<<<<, ======= and >>>>>>>. Where"
            " both drew one number, `vpcp renumber ID` settles it."
        ),
        N_(
            "Two people changed the same lines, and git could not decide. Until somebody does, the file says two"
            " things at once."
        ),
        "<<<<<<< HEAD\nstatus: done\n=======\nstatus: deferred\n>>>>>>> vth",
        "status: done",
        shape=True,
    ),
    Rule(
        "too-many-faults",
        _ERROR,
        N_("The file has more than {number} faults; what follows is not listed."),
        N_("Mend the first ones and check again."),
        N_("One slip, such as a wrong encoding, can spoil every line. The list ends where nobody would read on."),
        shape=True,
    ),
    Rule(
        "empty-file",
        _ERROR,
        N_("The file holds nothing."),
        N_("Write a programme into it, or delete it; `vpcp new YEAR` begins one."),
        N_("A file without content may be the trace of a save that failed. Nothing is skipped in silence."),
        "# nothing but a comment",
        "schema: 1\nyear: 2022",
        shape=True,
    ),
    Rule(
        "not-a-mapping",
        _ERROR,
        N_("The file does not begin with keys such as `schema: 1`."),
        N_("Write the keys at the start of their lines: `schema: 1`, `year: 2022` and so on."),
        N_(
            "A file is a mapping: keys, each followed by a colon and its value. A list or a text alone does not say"
            " what it is."
        ),
        "- id: 2022-CD01",
        "directives:\n  - id: 2022-CD01",
        shape=True,
    ),
    Rule(
        "bad-yaml",
        _ERROR,
        N_("The file can't be read from here on."),
        N_("Compare the line with those above it: quotes, brackets, colons and indentation."),
        N_(
            "What stands here is not YAML, and the usual causes don't fit. Putting the text between double quotes"
            " often helps."
        ),
        shape=True,
    ),
    Rule(
        "duplicate-key",
        _ERROR,
        N_("`{key}` stands twice in the same place, first in line {line}."),
        N_("Keep one of them; if both are meant, they may belong to different tasks."),
        N_("Of two values for one key only one could count, and a reader could not tell which."),
        "lead: VPCP\nlead: BO_CONG_AN",
        "lead: VPCP\nsupport: [BO_CONG_AN]",
        shape=True,
    ),
    Rule(
        "anchor",
        _ERROR,
        N_("The mark &{name} is not allowed."),
        N_("Take it out; if the text begins with &, put the text between double quotes."),
        N_(
            "In YAML & names a value so that it can be used elsewhere by *. A value that is used in two places"
            " changes in both when one is mended, so every value is written out."
        ),
        "lead: &a VPCP",
        "lead: VPCP",
        shape=True,
    ),
    Rule(
        "alias",
        _ERROR,
        N_("The reference *{name} is not allowed."),
        N_("Write the value itself; if the text begins with *, put the text between double quotes."),
        N_(
            "In YAML * stands for a value from elsewhere in the file. A value that is used in two places changes in"
            " both when one is mended, and a few lines could stand for gigabytes."
        ),
        "lead: *a",
        "lead: VPCP",
        shape=True,
    ),
    Rule(
        "merge-key",
        _ERROR,
        N_("The key << is not allowed."),
        N_("Write out the keys that it stands for."),
        N_("In YAML << takes over the keys of another place. What a task says must stand in the task."),
        "- <<: *common\n  id: 2022-CD01.1",
        "- id: 2022-CD01.1\n  lead: VPCP",
        shape=True,
    ),
    Rule(
        "tag",
        _ERROR,
        N_("The mark {tag} is not allowed."),
        N_("Take it out; if the text begins with !, put the text between double quotes."),
        N_(
            "In YAML ! tells a program how to take a value, which can even make it run code. Here every value is"
            " text, and its key says what it means."
        ),
        "year: !!int 2022",
        "year: 2022",
        shape=True,
    ),
    Rule(
        "yaml-directive",
        _ERROR,
        N_("Lines that begin with % are not allowed."),
        N_("Take the line out."),
        N_(
            "Such a line tells a program which YAML a file is written in. The files have one format, so there is"
            " nothing to tell."
        ),
        "%YAML 1.1\n---\nschema: 1",
        "schema: 1",
        shape=True,
    ),
    Rule(
        "several-documents",
        _ERROR,
        N_("A second document begins here."),
        N_("Delete the line with --- or ..., or move what follows into a file of its own."),
        N_("One file holds one programme. What stands behind --- would be passed over by most programs."),
        "schema: 1\n---\nschema: 1",
        "schema: 1",
        shape=True,
    ),
    Rule(
        "too-deep",
        _ERROR,
        N_("Lists and keys are nested too deep here."),
        N_("Compare with a task that is right, or put the text between double quotes."),
        N_("The format has ten levels and no more. Deeper ones are a slip, such as several dashes in one line."),
        "title: [[[[[[[[[[[[[a]]]]]]]]]]]]]",
        'title: "[a]"',
        shape=True,
    ),
    Rule(
        "complex-key",
        _ERROR,
        N_("A key must be a word."),
        N_("Write a word before the colon; if this is text, put it between double quotes."),
        N_(
            "A key is a single word such as `lead`. Nothing, a list or a mapping can't be one; often it is a text"
            " that begins with a bracket."
        ),
        "{{ lead }}: VPCP",
        "lead: VPCP",
        shape=True,
    ),
    Rule(
        "open-quote",
        _ERROR,
        N_("The text that begins with {quote} here is never closed."),
        N_("Write {quote} at the end of the text; inside the text use other quotes, such as « »."),
        N_(
            "A text between quotes goes on until the same quote comes again, over as many lines as that takes, so"
            " the next tasks would vanish into it."
        ),
        'title: "Ban hành quy chế',
        'title: "Ban hành quy chế"',
        shape=True,
    ),
    Rule(
        "text-after-quote",
        _ERROR,
        N_("Text stands behind a closing quote."),
        N_("Put the whole text between quotes; inside it use other quotes, such as « »."),
        N_("A value that begins with a quote ends at the next one. An apostrophe between '…' ends it too."),
        'title: "Chính phủ số" giai đoạn 2',
        'title: "«Chính phủ số» giai đoạn 2"',
        shape=True,
    ),
    Rule(
        "bad-escape",
        _ERROR,
        N_("{escape} means nothing between double quotes."),
        N_("Write \\\\ for a backslash, or use single quotes."),
        N_(
            "Between double quotes a backslash begins a code such as \\n. A path of Windows holds backslashes that"
            " are meant as such."
        ),
        'source: "D:\\Van ban"',
        "source: 'D:\\Van ban'",
        shape=True,
    ),
    Rule(
        "colon-in-text",
        _ERROR,
        N_("A text without quotes can't hold a colon and a space."),
        N_("Put the whole text between double quotes."),
        N_("A colon followed by a space separates a key from its value, so the text before it is taken for a key."),
        "title: Thí điểm: giai đoạn 1",
        'title: "Thí điểm: giai đoạn 1"',
        shape=True,
    ),
    Rule(
        "wrong-indentation",
        _ERROR,
        N_("The line is indented by another number of spaces than those it belongs with."),
        N_("Begin it in the same column as the other keys of this task."),
        N_(
            "YAML tells by the spaces at the start of a line what belongs to what; all keys of one task begin in"
            " one column."
        ),
        "- id: 2022-CD01.1\n   lead: VPCP",
        "- id: 2022-CD01.1\n  lead: VPCP",
        shape=True,
    ),
    Rule(
        "missing-colon",
        _ERROR,
        N_("The line has no key."),
        N_("Write `key: value`; if the line goes on with the text above, indent it further than that text's key."),
        N_("A line is a key with its value, an item of a list, or a text that goes on. This one is none of them."),
        "title: Ban hành\nquy chế làm việc",
        "title: Ban hành\n  quy chế làm việc",
        shape=True,
    ),
    Rule(
        "missing-space",
        _ERROR,
        N_("A space is missing after the colon."),
        N_("Write a space between the colon and the value."),
        N_(
            "Only a colon with a space behind it separates a key from its value; without it the whole line is one text."
        ),
        "lead:VPCP",
        "lead: VPCP",
        shape=True,
    ),
    Rule(
        "list-in-line",
        _ERROR,
        N_("A list can't begin here."),
        N_("Begin it in the next line, or put the text between double quotes if the dash is part of it."),
        N_("A dash and a space begin an item of a list, and a list has a line for each item."),
        "support: - BO_CONG_AN",
        "support:\n  - BO_CONG_AN",
        shape=True,
    ),
    Rule(
        "list-among-keys",
        _ERROR,
        N_("Keys and items of a list stand side by side."),
        N_("Indent what belongs to the item or key above it, or take the dash away."),
        N_("In one place stands either a list, each line with a dash, or keys, each without."),
        "support:\n- BO_CONG_AN\n  lead: VPCP",
        "support:\n  - BO_CONG_AN\nlead: VPCP",
        shape=True,
    ),
    Rule(
        "stray-bracket",
        _ERROR,
        N_("{character} stands here without its counterpart."),
        N_("Take it away, or put the text between double quotes if it is part of it."),
        N_(
            "[ ] and { } come in pairs, and a comma separates what stands between them. In a text they need quotes"
            " when they come first."
        ),
        "support: [BO_CONG_AN]]",
        "support: [BO_CONG_AN]",
        shape=True,
    ),
    Rule(
        "open-bracket",
        _ERROR,
        N_("{character} is opened here and never closed."),
        N_("Close it at the end of the list, or put the text between double quotes if it is part of it."),
        N_("What begins with [ or { goes on until the bracket that closes it, over as many lines as that takes."),
        "support: [BO_CONG_AN, BO_NOI_VU",
        "support: [BO_CONG_AN, BO_NOI_VU]",
        shape=True,
    ),
    Rule(
        "missing-comma",
        _ERROR,
        N_("A comma is missing before this place."),
        N_("Separate the items by commas; put an item that holds a colon between double quotes."),
        N_("Between brackets a comma separates the items, and a colon with a space makes a key."),
        'support: ["BO_CONG_AN" "BO_NOI_VU"]',
        'support: ["BO_CONG_AN", "BO_NOI_VU"]',
        shape=True,
    ),
    Rule(
        "reserved-character",
        _ERROR,
        N_("A text can't begin with {character} unless it is between quotes."),
        N_("Put the whole text between double quotes."),
        N_("Some signs have a meaning of their own in YAML when a value begins with them: @ ` % & * ! [ { ?"),
        "title: [Mật] Rà soát văn bản",
        'title: "[Mật] Rà soát văn bản"',
        shape=True,
    ),
    Rule(
        "block-text",
        _ERROR,
        N_("Nothing may stand behind | or > in its line."),
        N_("Begin the text in the next line, indented; or put it between double quotes if | or > is part of it."),
        N_("| and > say that a text of several lines follows below."),
        "note: > 50 % hồ sơ trực tuyến",
        'note: "> 50 % hồ sơ trực tuyến"',
        shape=True,
    ),
    Rule(
        "file-name",
        _ERROR,
        N_("{name} is not read: programmes are called YEAR.yaml or YEAR-name.yaml."),
        N_("Rename it to {wanted}."),
        N_(
            "The name of a file without .yaml is the id of its programme: the year, then perhaps a hyphen and a"
            " short name in small letters. Under another name a programme would be passed over in silence."
        ),
        "programmes/2022.yml",
        "programmes/2022.yaml",
        shape=True,
    ),
    Rule(
        "copied-file",
        _ERROR,
        N_("{name} seems to be a copy of {original}."),
        N_("Compare the two, take over into {original} what it lacks, and delete the copy."),
        N_(
            "Programs that keep folders in step (Dropbox, OneDrive, Syncthing) put a second version beside a file that"
            " two people have saved, and editors and git leave copies behind. Read as well, it would count each task"
            " twice; renamed, it would overwrite the original. `git diff --no-index ORIGINAL COPY` shows what differs."
        ),
        "programmes/2022.yaml\nprogrammes/2022 (conflicted copy 2022-11-28).yaml",
        "programmes/2022.yaml",
        shape=True,
    ),
    Rule(
        "not-a-file",
        _ERROR,
        N_("{name} is not a file."),
        N_("Move it out of the folder, or give it a name that does not end in .yaml."),
        N_("A programme is a plain file. A folder or a device of that name can't be read."),
        "programmes/2022.yaml/",
        "programmes/2022.yaml",
        shape=True,
    ),
    Rule(
        "unreadable-file",
        _ERROR,
        N_("{name} can't be read: {reason}."),
        N_("Make it readable, or take it out of the folder."),
        N_("A file that can't be opened may hold tasks that every report would lack."),
        shape=True,
    ),
    Rule(
        "file-too-large",
        _ERROR,
        N_("The file has {size} MiB; at most {limit} MiB are read."),
        N_("Split the programme into several files, or set max_file_mib in vpcp.toml."),
        N_(
            "A year's programme has a few hundred kilobytes. A limit keeps a file that got there by mistake from"
            " filling the memory."
        ),
        shape=True,
    ),
    Rule(
        "missing-register",
        _ERROR,
        N_("The folder has no units.yaml."),
        N_("Add the register of units; `vpcp init` writes one."),
        N_("Every unit that a programme names is looked up in units.yaml. Without it no code can be told from a slip."),
        shape=True,
    ),
    Rule(
        "duplicate-id",
        _ERROR,
        N_("The id {id} is taken already: {place}."),
        N_("If both are the same, take this one out; else `vpcp renumber {id}` gives the later one another number."),
        N_(
            "An id stands for one task or directive in the whole workspace; reports, links and commands would"
            " confuse two."
        ),
        "- id: 2022-CD01.1\n- id: 2022-CD01.1",
        "- id: 2022-CD01.1\n- id: 2022-CD01.2",
        shape=True,
    ),
)

# What a file holds: fields, codes, ids, dates.
_SHAPE: Final[tuple[Rule, ...]] = (
    Rule(
        "missing-key",
        _ERROR,
        N_("{record} has no `{key}`."),
        N_("Add the line `{form}`."),
        N_(
            "A few keys must be there: of a programme `schema`, `year`, `kind`, `title`, `owner` and `directives`; of"
            " a directive `id`, `kind`, `title` and the issuer's `name`; of a task `id`, `text`, `nature` and `lead`;"
            " of a log entry its `date`. A decision on a deadline needs the deadline, and a carried task the id `to`"
            " which it went."
        ),
        "- id: 2023-CD01.2\n  text: Ban hành quy chế\n  lead: PHONG_TONG_HOP",
        "- id: 2023-CD01.2\n  text: Ban hành quy chế\n  nature: one_off\n  lead: PHONG_TONG_HOP",
        shape=True,
    ),
    Rule(
        "unknown-key",
        _ERROR,
        N_("{record} takes no `{key}`."),
        N_("Did you mean `{form}`? Otherwise take it out."),
        N_(
            "A key with a slip in it would be passed over in silence, and what stands behind it would never be seen."
            " So only the keys of the format are taken; `docs/data-format.md` has them all."
        ),
        "due: 2022-06-30",
        "deadline: 2022-06-30",
        shape=True,
        otherwise=N_("Take it out. Known keys: {known}."),
    ),
    Rule(
        "empty-value",
        _ERROR,
        N_("`{key}` has no value."),
        N_("Write a value, or leave the key out."),
        N_(
            "Nothing, `null` and `~` don't say whether a thing is not known or was forgotten. What isn't known is left"
            " out."
        ),
        "category:",
        "category: organisation",
        shape=True,
    ),
    Rule(
        "wrong-kind",
        _ERROR,
        N_("`{key}` can't be {found}."),
        N_("Write it in this form: `{form}`."),
        N_(
            "Each key takes one kind of value: a text (which may also be `vi:` and `en:` with one text each where"
            " people read it), a list, or keys with values of their own."
        ),
        "support: BO_CONG_AN",
        "support:\n  - BO_CONG_AN",
        shape=True,
    ),
    Rule(
        "several-leads",
        _ERROR,
        N_("Several units lead the task."),
        N_("Keep one unit in `lead` and write the others under `support`."),
        N_("One task has exactly one lead, who answers for it; the units that support it are others."),
        "lead: [VPCP, BO_CONG_AN]",
        "lead: VPCP\nsupport: [BO_CONG_AN]",
        shape=True,
    ),
    Rule(
        "bad-due",
        _ERROR,
        N_("«{text}» is no day of a period."),
        N_("Write a day from 1 to 31, `last`, or `{{days_after: 5}}`; of a week 1 (Monday) to 7."),
        N_(
            "`due` says by which day a duty that recurs must be done in each period: a day of its last month (cut to"
            " the month's length), its last day, or so many days after its end."
        ),
        "recurs: {every: month, due: 32}",
        "recurs: {every: month, due: last}",
        shape=True,
    ),
    Rule(
        "unknown-code",
        _ERROR,
        N_("`{key}` can't be «{text}»."),
        N_("Write {form}."),
        N_(
            "Files hold codes, the same ones for every writer, so that they can be counted. On the command line the"
            " Vietnamese words serve as well."
        ),
        "status: hoàn thành",
        "status: done",
        shape=True,
    ),
    Rule(
        "unknown-category",
        _ERROR,
        N_("`{key}` can't be «{text}»: there is no such category."),
        N_(
            "Write {form}; or add it to the table [categories] of vpcp.toml, in this form:"
            ' giao_thong = {{vi = "Giao thông", en = "Transport"}}.'
        ),
        N_(
            "Thirteen categories are those of every workspace, in the order of the reports; a workspace may have more"
            " of its own, each with its labels in `[categories]` of vpcp.toml."
        ),
        "category: advise",
        "category: advice",
        shape=True,
    ),
    Rule(
        "bad-number",
        _ERROR,
        N_("`{key}` can't be «{text}»."),
        N_("Write a number, as in `{form}`."),
        N_("Numbers are written with the digits 0 to 9 alone."),
        "year: hai nghìn",
        "year: 2022",
        shape=True,
    ),
    Rule(
        "bad-date",
        _ERROR,
        N_("«{text}» is not a date that files hold."),
        N_("Write {form}."),
        N_(
            "Files hold a day as year-month-day, which nobody can take for month-day-year, and it must exist. On the"
            " command line 30/06/2022 is understood too."
        ),
        "issued: 11/01/2022",
        "issued: 2022-01-11",
        shape=True,
    ),
    Rule(
        "bad-deadline",
        _ERROR,
        N_("«{text}» is not a deadline that files hold."),
        N_("Write {form}."),
        N_(
            "A deadline is a day, a month, a quarter, a half-year or a year, and ends on its last day. A task without a"
            " date has no `deadline`; words such as «khẩn trương» are its `urgency`."
        ),
        "deadline: quý II",
        "deadline: 2022-Q2",
        shape=True,
    ),
    Rule(
        "bad-id",
        _ERROR,
        N_("«{text}» can't be the id here."),
        N_("Write an id such as {form}."),
        N_(
            "An id tells where a thing belongs: a directive's begins with the programme's year (2022-CD02, in a unit's"
            " own plan 2022-VTH-CD02), and a task's is that of its directive, a point and a number from 1. Numbers are"
            " never used again. A unit's code is made of capital letters, digits and _."
        ),
        "- id: 2022-CD02\n  tasks:\n    - id: 2022-CD03.1",
        "- id: 2022-CD02\n  tasks:\n    - id: 2022-CD02.1",
        shape=True,
    ),
    Rule(
        "duplicate-unit",
        _ERROR,
        N_("The code {text} stands in the register already."),
        N_("Make one entry of the two, or give this unit a code of its own."),
        N_("Programmes name a unit by its code alone, so each code stands for one unit under one name."),
        "- code: VPCP\n  name: Văn phòng Chính phủ\n- code: VPCP\n  name: Văn phòng",
        "- code: VPCP\n  name: Văn phòng Chính phủ\n  short: Văn phòng",
        shape=True,
    ),
    Rule(
        "newer-schema",
        _ERROR,
        N_("The file is of version {text} of the format; this vpcp does not know it."),
        N_("Install a newer vpcp."),
        N_("A newer version of the format may hold what this program would misread, so it reads nothing of it."),
        "schema: 3",
        "schema: 2",
        shape=True,
    ),
    Rule(
        "year-mismatch",
        _ERROR,
        N_("The programme's year is {year}, but its file is {stem}.yaml."),
        N_("Correct `year`, or rename the file: its name begins with the year."),
        N_("The name of a programme's file is its id, which begins with its year; two years in one file are a slip."),
        "year: 2021    # in 2022.yaml",
        "year: 2022",
        shape=True,
    ),
    Rule(
        "unreported-status",
        _ERROR,
        N_("`not_reported` is never written."),
        N_("Take this entry out, or write `status: not_started` if that is what was reported."),
        N_("A task is not reported as long as its log has no status; «not started» is a report."),
        "status: not_reported",
        "status: not_started",
        shape=True,
    ),
    Rule(
        "missing-action",
        _ERROR,
        N_("The log entry does not say what happened."),
        N_(
            "Add one of `status`, `deadline` with `decision`, `obstacle`, `resolved`, `risk`, `reminder`, `lead`, or a"
            " `note`."
        ),
        N_("A log entry has a date and tells one thing that happened on it."),
        "- date: 2022-05-20\n  by: Vụ Tổ chức cán bộ",
        "- date: 2022-05-20\n  status: done\n  by: Vụ Tổ chức cán bộ",
        shape=True,
    ),
    Rule(
        "several-actions",
        _ERROR,
        N_("The log entry tells several things at once: {actions}."),
        N_("Make an entry of each; they may have the same date."),
        N_("One entry tells one thing, so that each can be read, counted and taken back by itself."),
        "- date: 2022-05-20\n  status: in_progress\n  obstacle: Thiếu kinh phí",
        "- date: 2022-05-20\n  status: in_progress\n- date: 2022-05-20\n  obstacle: Thiếu kinh phí",
        shape=True,
    ),
    Rule(
        "only-set-here",
        _ERROR,
        N_("The log of a directive or a programme tells only what was put right there."),
        N_("Write what happened into the log of the task: `vpcp note ID …`; here each entry has `set`."),
        N_(
            "Directives and programmes have no state: their tasks have. Their own log says which of their keys were put"
            " right, so that a report of the past can be given again."
        ),
        "log:\n  - date: 2022-05-20\n    status: done    # of a directive",
        "log:\n  - date: 2022-05-20\n    set: issued\n    was: 2022-01-12\n    is: 2022-01-11",
    ),
    Rule(
        "unknown-set",
        _ERROR,
        N_("`{name}` is no key whose history is kept here."),
        N_("Write {known}."),
        N_(
            "`set` names a key by which tasks are found, grouped, counted or dated: what stood there is kept. Texts are"
            " put right without an entry."
        ),
        "- date: 2022-05-20\n  set: dealine\n  is: 2022-Q2",
        "- date: 2022-05-20\n  set: deadline\n  is: 2022-Q2",
    ),
    Rule(
        "bad-set-value",
        _ERROR,
        N_("`{name}` can't be «{text}»."),
        N_("Write the value as it stands, or stood, at the key itself."),
        N_(
            "`was` and `is` hold what the key held before and holds now; a report of the past puts the former one back."
        ),
        "- date: 2022-05-20\n  set: deadline\n  was: sớm\n  is: 2022-Q2",
        "- date: 2022-05-20\n  set: deadline\n  was: 2022-Q1\n  is: 2022-Q2",
    ),
    Rule(
        "misplaced-key",
        _ERROR,
        N_("`{key}` means nothing in this log entry."),
        N_("Take it out, or write it beside `{place}`."),
        N_(
            "Some keys of a log entry belong to one action alone: `evidence` to completion, `to` to carrying over,"
            " `reported_to` to an obstacle, `key` to an obstacle or its end."
        ),
        "status: in_progress\nevidence: 123/QĐ-VPCP",
        "status: done\nevidence: 123/QĐ-VPCP",
        shape=True,
    ),
    Rule(
        "missing-note",
        _ERROR,
        N_("`{action}` needs a note."),
        N_("Add `note:` with the reason."),
        N_(
            "Who defers, returns, withdraws or gives up a task says why, and so does who forecasts a risk or strikes an"
            " entry out (there `reason:` will do): later readers have nothing else to go by."
        ),
        "status: deferred",
        "status: deferred\nnote: Chờ luật sửa đổi có hiệu lực",
        shape=True,
    ),
)

# What it says: rules over programmes whose shape is right.
_MEANING: Final[tuple[Rule, ...]] = (
    Rule(
        "unknown-unit",
        _ERROR,
        N_("{code} is not in the register of units."),
        N_("Write a code of units.yaml{nearest}, or add the unit there."),
        N_(
            "Every unit has one code in units.yaml. A code that the register lacks would drop out of every"
            " filter and every count by unit."
        ),
        "lead: VPPC",
        "lead: VPCP",
        one_cause=True,
    ),
    Rule(
        "unit-not-valid",
        _ERROR,
        N_("The unit {code} did not exist in {year}."),
        N_("Write the unit that had this work in {year}{nearest}, or correct its validity in units.yaml."),
        N_(
            "Units are renamed and merged by decree, so the register gives each a validity. A programme keeps the"
            " names of its own year; an entry that moves a task to another lead uses those of the entry's year."
        ),
        "lead: CUC_CHUYEN_DOI_SO    # 2022.yaml; valid_from: 2026-06-01",
        "lead: VPCP",
        one_cause=True,
    ),
    Rule(
        "unit-ended",
        _WARNING,
        N_("{id} is there from {issued}; {code}, which leads it, ended on {day}."),
        N_("Write the unit that has its work now{nearest}: `vpcp set {id} --lead UNIT`."),
        N_(
            "A unit that was merged during a year may lead the tasks that were given to it before; who asks for a task"
            " that was given later gets no answer from it, and workbooks and letters leave it out."
        ),
        "lead: SO_GTVT    # issued: 2026-03-20; valid_to: 2026-02-28",
        "lead: SO_XD",
    ),
    Rule(
        "unknown-task",
        _ERROR,
        N_("There is no task {id}."),
        N_("Write an id that exists{nearest}."),
        N_("A task that was carried over names the other end. If that end is missing, its history breaks off."),
        "carried_from: 2021-CD99.1",
        "carried_from: 2021-CD01.1",
        one_cause=True,
    ),
    Rule(
        "unknown-parent",
        _ERROR,
        N_("There is no programme {id}."),
        N_("Write the id of the programme that this plan belongs to{nearest}: its file's name without .yaml."),
        N_("A unit's own plan names the programme that it carries out, so that one can ask who has a plan."),
        'parent: "2202"',
        'parent: "2022"',
        one_cause=True,
    ),
    Rule(
        "lead-also-supports",
        _ERROR,
        N_("{code} leads this task and also stands among its supporting units."),
        N_("Take {code} out of `support`."),
        N_("One task has exactly one lead; the units that support it are others."),
        "lead: VPCP\nsupport:\n  - VPCP",
        "lead: VPCP\nsupport:\n  - BO_CONG_AN",
    ),
    Rule(
        "member-also-supports",
        _ERROR,
        N_("{code} is one of those for whom {lead} stands, each of whom must do this task, and also supports it."),
        N_("Take {code} out of `support`."),
        N_("With `each` every member of the lead does its own part; the units that support the task are others."),
        "lead: BO_NGANH\neach: true\nsupport:\n  - BO_CONG_AN    # a member of BO_NGANH",
        "lead: BO_NGANH\neach: true",
    ),
    Rule(
        "each-without-members",
        _ERROR,
        N_("`each` says that every member of {code} must do this, but {code} has no members in the register."),
        N_("Give {code} its members in units.yaml, `members: [CODE, …]`, or take `each` out."),
        N_(
            "Where many units must each do the same, the task stands once, with a lead that stands for them all in the"
            " register. Each member's part is followed by itself."
        ),
        "lead: VPCP\neach: true",
        "lead: BO_NGANH    # in units.yaml: members: [BO_CONG_AN, BO_QUOC_PHONG]\neach: true",
    ),
    Rule(
        "ends-before-start",
        _ERROR,
        N_("It ends ({last}) before it begins ({first})."),
        N_("Correct the last day or the first one."),
        N_(
            "A meeting, a unit, a unit's place among others and a programme of several years last from a first day or"
            " year to a last one. What ends before it begins would never be there."
        ),
        "event:\n  start: 2022-01-12\n  end: 2022-01-11",
        "event:\n  start: 2022-01-11\n  end: 2022-01-12",
    ),
    Rule(
        "recurs-with-deadline",
        _ERROR,
        N_("{id} recurs and has a deadline as well."),
        N_("Take `deadline` out; `recurs: {{to: …}}` says until when the duty goes on."),
        N_(
            "A duty that recurs is due anew in each period; `recurs` says on which day. One deadline says nothing then."
        ),
        "recurs: {every: month, due: 25}\ndeadline: 2022-12-31",
        "recurs: {every: month, due: 25, to: 2022-12-31}",
    ),
    Rule(
        "recurs-never",
        _ERROR,
        N_("{id} recurs, but no period falls due between its first and its last day."),
        N_("Mend `from` and `to` of `recurs`, or the day of the directive."),
        N_(
            "The first period is the first that falls due after the day from which the task exists, or after `from`;"
            " the last one is the last that begins by the end of the year, or by `to`."
        ),
        "recurs: {every: month, from: 2022-12-01, to: 2022-01-31}",
        "recurs: {every: month, from: 2022-01-01, to: 2022-12-31}",
    ),
    Rule(
        "too-many-parts",
        _ERROR,
        N_("{id} has more than {number} parts."),
        N_("Make several tasks of it: by groups of units, or by parts of the year."),
        N_("Each unit's part in each period is a part of the task; beyond some number nobody follows them any more."),
        "recurs: {every: week}\neach: true    # 200 members",
        "recurs: {every: month}\neach: true",
    ),
    Rule(
        "unknown-part",
        _ERROR,
        N_("{id} has no part «{part}»."),
        N_("Name a part that it has: {form}."),
        N_(
            "`for` names a part of a task that recurs (`recurs`) or that each of many units must do (`each`): a period"
            " as 2022-W09, 2022-03, 2022-Q1, 2022-H1 or 2022, the code of a unit, or both."
        ),
        "recurs: {every: month}\nlog:\n  - {date: 2022-03-24, for: 2022-Q1, status: done}",
        "recurs: {every: month}\nlog:\n  - {date: 2022-03-24, for: 2022-03, status: done}",
        otherwise=N_("It has no parts: take `for` out, or say with `recurs` or `each` which parts there are."),
    ),
    Rule(
        "part-missing",
        _ERROR,
        N_("The entry does not say which part of {id} it speaks of."),
        N_("Add `for`, one of: {form}."),
        N_(
            "A task with parts is done part by part, so that completion, progress, and in a duty that recurs a"
            " postponement, name the part. Remarks, obstacles, a change of lead and whatever ends the whole task don't."
        ),
        "recurs: {every: month}\nlog:\n  - {date: 2022-03-24, status: done}",
        "recurs: {every: month}\nlog:\n  - {date: 2022-03-24, for: 2022-03, status: done}",
    ),
    Rule(
        "part-of-whole",
        _ERROR,
        N_("A forecast of risk, a change of lead and a carrying over concern the whole of {id}, not one part."),
        N_("Take `for` out."),
        N_("Parts are done, obstructed and postponed one by one; led, judged and carried over is the task as a whole."),
        "log:\n  - {date: 2022-03-24, for: 2022-03, lead: BO_CONG_AN}",
        "log:\n  - {date: 2022-03-24, lead: BO_CONG_AN}",
    ),
    Rule(
        "duplicate-support",
        _ERROR,
        N_("{code} stands twice among the supporting units."),
        N_("Take one of the two out."),
        N_("Each unit supports a task once; the second mention is usually a slip for another unit."),
        "support:\n  - BO_CONG_AN\n  - BO_CONG_AN",
        "support:\n  - BO_CONG_AN\n  - BO_QUOC_PHONG",
    ),
    Rule(
        "state-of-uncountable",
        _ERROR,
        N_("{id} is a principle or an expectation: it has no progress and no deadline."),
        N_("Leave this out, write a `note:` instead, or change `nature` if the task can be done after all."),
        N_(
            "A principle or an expectation is kept to, not completed. It takes remarks, a change of lead,"
            " obstacles and their end, and it may be returned or withdrawn; it never stands in a count."
        ),
        "nature: principle\nlog:\n  - date: 2022-05-20\n    status: done",
        "nature: principle\nlog:\n  - date: 2022-05-20\n    note: Nhắc lại tại giao ban",
    ),
    Rule(
        "decision-after-done",
        _ERROR,
        N_("The postponement was approved after {id} had been completed."),
        N_("Correct the day of the decision or of the completion; a task that goes on needs `status: in_progress`."),
        N_(
            "A deadline that is moved after the work is done would turn a late completion into one on time."
            " Such a decision moves nothing."
        ),
        "- date: 2022-07-10\n  status: done\n- date: 2022-07-20\n  deadline: 2022-12\n  decision: approved",
        "- date: 2022-06-20\n  deadline: 2022-12\n  decision: approved\n- date: 2022-07-10\n  status: done",
    ),
    Rule(
        "set-mismatch",
        _WARNING,
        N_("The entry of {date} says that `{key}` is {is}, but something else stands there."),
        N_("Put it right by command (`vpcp set ID …`), or add an entry for the change."),
        N_(
            "What was put right of a task, a directive or a programme stands at its key and in its log. Where the two"
            " differ nobody can tell later what was known on which day."
        ),
        "deadline: 2022-Q3\nlog:\n  - date: 2022-05-20\n    set: deadline\n    was: 2022-Q1\n    is: 2022-Q2",
        "deadline: 2022-Q2\nlog:\n  - date: 2022-05-20\n    set: deadline\n    was: 2022-Q1\n    is: 2022-Q2",
    ),
    Rule(
        "carry-mismatch",
        _ERROR,
        N_("{old} and {new} do not agree that the one goes on as the other, or since which day."),
        N_(
            "Give {new} the line `carried_from: {old}`, and the log of {old} an entry with `status: carried_over` and"
            " `to: {new}`; its date is that of `carried` in the new directive."
        ),
        N_(
            "A task that is carried over is counted once, at its new end, which goes on with the history of the old"
            " one. Both ends must name each other, and the same day."
        ),
        "carried_from: 2021-CD01.1    # whose log says nothing",
        "carried_from: 2021-CD01.1    # whose log ends with status: carried_over, to: 2022-CN01.1",
    ),
    Rule(
        "replace-mismatch",
        _ERROR,
        N_("{new} says that it replaces {old}, whose log does not say so."),
        N_("Give the log of {old} an entry with `status: void` and `replaced_by: {new}`, or take `replaces` out."),
        N_(
            "A task that was split or moved goes on as others, which have its history. Both ends must name each other,"
            " or it would be counted twice."
        ),
        "replaces: 2022-CD01.1    # whose log says nothing",
        "replaces: 2022-CD01.1    # whose log has status: void, replaced_by: 2022-CD01.2",
    ),
    Rule(
        "link-cycle",
        _ERROR,
        N_("{id} goes on from {origin}, which in the end goes on from {id}: the links lead in a circle."),
        N_("Let `carried_from` or `replaces` name the older task as which {id} began, or take it out."),
        N_(
            "A task goes on with the history of the one that it was carried over from, or split off from. In a circle"
            " there is no first task, so each stands for itself until one of the links is taken out."
        ),
        "carried_from: 2022-CD01.2    # which is carried_from: 2022-CD01.1",
        "carried_from: 2021-CD01.1",
    ),
    Rule(
        "carried-twice",
        _ERROR,
        N_("{id} was carried over as {to} already, and can't go on as {other} too."),
        N_("Correct one of the two entries: `vpcp correct {id}`."),
        N_("A task goes on as one task: its history is told once and it is counted once. The first entry counts."),
        "- date: 2021-12-30\n  status: carried_over\n  to: 2022-CN01.1\n"
        "- date: 2021-12-31\n  status: carried_over\n  to: 2022-CN01.2",
        "- date: 2021-12-30\n  status: carried_over\n  to: 2022-CN01.1",
    ),
    Rule(
        "not-admissible",
        _ERROR,
        N_("{id} is under way although it is not ready or not within authority."),
        N_("Return or withdraw it (`vpcp return {id}`, `vpcp withdraw {id}`), or correct `admission`."),
        N_(
            "The Minister-Chairman asked in 2022 (L30-S3) that nothing unready and nothing outside the authority of"
            " the Government and the Prime Minister stand in the programme."
        ),
        "admission:\n  within_authority: false\nlog:\n  - date: 2022-03-01\n    status: in_progress",
        "admission:\n  within_authority: false\nlog:\n  - date: 2022-03-01\n    status: returned\n"
        "    note: Thuộc thẩm quyền của bộ",
    ),
    Rule(
        "entry-before-issue",
        _WARNING,
        N_("The entry is of {date}, but the task exists only from {issued}."),
        N_("Correct the date of the entry, or the `issued` of the directive."),
        N_("Nothing can happen to a task before it was given."),
        "issued: 2022-01-11\n…\n- date: 2022-01-01",
        "- date: 2022-01-12",
    ),
    Rule(
        "odd-entry-date",
        _WARNING,
        N_("The entry's date {date} is far from {year}, the year of the programme."),
        N_("Check the year: a slip such as 2202 for 2022 is common."),
        N_("Entries are expected from the year before the programme's to five years after it."),
        "- date: 2202-05-20",
        "- date: 2022-05-20",
    ),
    Rule(
        "corrects-nothing",
        _ERROR,
        N_("The correction names no entry of this log that had been written down by {day}."),
        N_(
            "Give the keys of the earlier entry as it has them (`vpcp log ID` shows them), and `recorded`, the day on"
            " which the correction was written."
        ),
        N_(
            "A wrong entry stays in the file; a later one names it under `corrects` and stands in its place. Without an"
            " entry that it names the wrong one would go on to hold beside it."
        ),
        "- date: 2022-05-20\n  note: Đã họp\n"
        "- corrects: {date: 2022-05-21}\n  date: 2022-05-19\n  note: Đã họp\n  recorded: 2022-06-03",
        "- date: 2022-05-20\n  note: Đã họp\n"
        "- corrects: {date: 2022-05-20}\n  date: 2022-05-19\n  note: Đã họp\n  recorded: 2022-06-03",
    ),
    Rule(
        "ambiguous-correction",
        _ERROR,
        N_("The correction names several entries that say different things."),
        N_("Give more keys of the one that is meant."),
        N_("Of two entries only one was wrong. As long as nobody can say which, the correction strikes none out."),
        "- date: 2022-05-20\n  status: in_progress\n- date: 2022-05-20\n  note: Đã họp\n"
        "- corrects: {date: 2022-05-20}\n  date: 2022-05-19\n  note: Đã họp\n  recorded: 2022-06-03",
        "- date: 2022-05-20\n  status: in_progress\n- date: 2022-05-20\n  note: Đã họp\n"
        "- corrects: {date: 2022-05-20, note: Đã họp}\n  date: 2022-05-19\n  note: Đã họp\n  recorded: 2022-06-03",
    ),
    Rule(
        "corrected-twice",
        _WARNING,
        N_(
            "The correction of {day} is lost: another one, of {later}, corrects the same entry and says something else."
        ),
        N_("If it should hold, add one more correction, of the later one; else let the later one name this one."),
        N_(
            "Two people who correct one entry on two branches don't know of each other. The later correction holds, and"
            " what the earlier one said holds no more."
        ),
        "- date: 2022-05-20\n  status: done\n"
        "- corrects: {date: 2022-05-20}\n  date: 2022-05-19\n  status: done\n  recorded: 2022-06-03\n"
        "- corrects: {date: 2022-05-20}\n  date: 2022-05-18\n  status: done\n  recorded: 2022-06-04",
        "- date: 2022-05-20\n  status: done\n"
        "- corrects: {date: 2022-05-20}\n  date: 2022-05-19\n  status: done\n  recorded: 2022-06-03\n"
        "- corrects: {date: 2022-05-19}\n  date: 2022-05-18\n  status: done\n  recorded: 2022-06-04",
    ),
    Rule(
        "recorded-before-date",
        _WARNING,
        N_("It is said to have been written down on {recorded}, before {date}, the day on which it happened."),
        N_("Set `recorded` to the day of writing, or leave it out where that is the day itself."),
        N_(
            "`recorded` is the day on which something was written down, `date` the day on which it happened. Nobody can"
            " write down what has not happened yet."
        ),
        "- date: 2022-05-20\n  status: done\n  recorded: 2022-05-02",
        "- date: 2022-05-20\n  status: done\n  recorded: 2022-06-02",
    ),
    Rule(
        "done-again",
        _WARNING,
        N_("{id} is marked as done once more."),
        N_("The first completion counts; strike this one out: `vpcp correct ID N --void` with its number."),
        N_("Two people who each marked the task leave two entries after a merge. The first day counts."),
        "- date: 2022-05-20\n  status: done\n- date: 2022-05-25\n  status: done",
        "- date: 2022-05-20\n  status: done",
    ),
    Rule(
        "status-after-closing",
        _WARNING,
        N_("{id} was closed (`status: {before}`), and this entry gives it another status without reopening it."),
        N_(
            "Strike out the entry that does not hold: `vpcp correct ID N --void` with its number; a reopening has its"
            " reason as `note:`."
        ),
        N_(
            "After done, not done, returned or withdrawn a task goes on only by a reopening with its reason; one that"
            " was carried over goes on as its new task. Two people who did not know of each other leave such entries"
            " after a merge, and the last one counts."
        ),
        "- date: 2022-05-20\n  status: done\n- date: 2022-05-25\n  status: in_progress",
        "- date: 2022-05-20\n  status: done\n- date: 2022-05-25\n  status: in_progress\n  note: Phải sửa lại",
    ),
    Rule(
        "entry-on-void",
        _WARNING,
        N_("{id} was entered by mistake, as was written down on {day}; this later entry changes nothing."),
        N_("If the task holds after all, take that back: `vpcp correct {id} … --void` with the number of that entry."),
        N_(
            "What was entered by mistake never was a task, whatever else its log says: it stands in no count and no"
            " list. Two people who did not know of each other leave such entries after a merge."
        ),
        "- date: 2022-05-20\n  status: void\n  note: Nhập hai lần\n- date: 2022-05-25\n  status: done",
        "- date: 2022-05-20\n  status: void\n  note: Nhập hai lần",
    ),
    Rule(
        "entry-after-carry",
        _WARNING,
        N_("{id} lives on as {to} since {date}; this was written down at its old end."),
        N_("Write it down at {to} and strike it out here: `vpcp correct {id} --void`."),
        N_("What happens after a task was carried over belongs to the new one, which inherits nothing of that day on."),
        "- date: 2021-12-31\n  status: carried_over\n  to: 2022-CN01.1\n- date: 2022-02-01\n  obstacle: Thiếu kinh phí",
        "- date: 2021-12-31\n  status: carried_over\n  to: 2022-CN01.1",
    ),
    Rule(
        "carried-though-done",
        _WARNING,
        N_("{id} was done when it was carried over as {to}."),
        N_("Strike the entry out (`vpcp correct {id} --void`) and the task {to} too, or correct the completion."),
        N_("A task that is done does not go on. Carried over all the same it is counted as done in the new year."),
        "- date: 2021-12-20\n  status: done\n- date: 2021-12-31\n  status: carried_over\n  to: 2022-CN01.1",
        "- date: 2021-12-20\n  status: done",
    ),
    Rule(
        "missing-deliverable",
        _WARNING,
        N_("{id} is a one-off task without a deliverable."),
        N_("Say with `deliverable:` what will exist when it is done, or make it `nature: standing`."),
        N_("A one-off task is closed by a result; without one nobody can say when it is done."),
        "nature: one_off",
        "nature: one_off\ndeliverable: Quy chế làm việc của VPCP",
    ),
    Rule(
        "missing-lead",
        _WARNING,
        N_("{id} has no unit that answers for it yet."),
        N_(
            "Add `lead:` with the unit's code, or tell it by `vpcp update {id} --lead UNIT` from the day on which it"
            " is known."
        ),
        N_(
            "What nobody answers for is not done. A list may begin with tasks whose unit is still being settled; they"
            " are counted, and shown under «—»."
        ),
        "- id: 2022-CD02.3\n  text: …\n  nature: one_off",
        "- id: 2022-CD02.3\n  text: …\n  nature: one_off\n  lead: VPCP",
    ),
    Rule(
        "missing-source",
        _WARNING,
        N_("{id} does not say where in the source it stands."),
        N_("Add `source:` with the place, for example L28-S2: line 28, second sentence."),
        N_("Where a programme names the document it was taken from, every task can be traced to its place in it."),
        "- id: 2022-CD02.3\n  text: …",
        "- id: 2022-CD02.3\n  text: …\n  source: L28-S2",
    ),
    Rule(
        "missing-evidence",
        _WARNING,
        N_("{id} is done, but no document shows it."),
        N_("Write the document down: `vpcp done ID --evidence 123/QĐ-VPCP`, of a part with --for."),
        N_("A one-off task ends in a result that others can look up."),
        "status: done",
        "status: done\nevidence: 123/QĐ-VPCP",
    ),
    Rule(
        "value-without-target",
        _WARNING,
        N_("A figure is reported of {id}, for which no figure is set as its target."),
        N_("Set the figure to be reached: `vpcp set {id} --target 80%`; or write a `note:` instead."),
        N_("A figure says something beside the one that is to be reached: 65 of 80%. Alone it is only a number."),
        "- id: 2022-CD02.1\n  log:\n    - {date: 2022-06-30, value: 65}",
        '- id: 2022-CD02.1\n  target: {value: 80, unit: "%"}\n  log:\n    - {date: 2022-06-30, value: 65}',
    ),
    Rule(
        "directive-without-task",
        _WARNING,
        N_("The directive {id} has no task."),
        N_("Write what is to be done as a task under it: `vpcp add` helps."),
        N_("A directive that asks for nothing can't be followed up."),
        "tasks: []",
        "tasks:\n  - id: 2022-CD02.1\n    …",
    ),
    Rule(
        "postponed-twice",
        _WARNING,
        N_("{id} has been postponed for the second time."),
        N_("Nothing need be mended if it is true; look into what keeps the task from its end."),
        N_("The directives of 2022 (L30-S4) ask that postponements be kept to the fewest."),
    ),
    Rule(
        "done-with-obstacle",
        _WARNING,
        N_("{id} is done while an obstacle is still open."),
        N_("Say how it ended: `vpcp unblock {id} '…'`, or check whether the task is really done."),
        N_("Completion does not clear an obstacle by itself: somebody reported it upward and waits for an answer."),
        "- date: 2022-03-01\n  obstacle: Thiếu kinh phí\n- date: 2022-05-20\n  status: done",
        "- date: 2022-05-01\n  resolved: Đã bố trí kinh phí\n- date: 2022-05-20\n  status: done",
    ),
    Rule(
        "deadline-outside-year",
        _WARNING,
        N_("The deadline {deadline} lies outside {year}, the year of the programme."),
        N_("Check the year of the deadline; a task that goes on next year is carried over."),
        N_("A yearly programme holds what is due within its year, with rare exceptions."),
        "deadline: 2023-Q2    # 2022.yaml",
        "deadline: 2022-Q2",
    ),
    Rule(
        "odd-document-number",
        _WARNING,
        N_("«{number}» does not look like the number of a document."),
        N_("Check it against the document: 123/QĐ-VPCP, 06/2013/QĐ-TTg, 4631/VPCP-KTTH, 27-KL/TW."),
        N_("Numbers are kept exactly as written; an odd one is usually a slip that makes the document hard to find."),
        "evidence: 123/qđ vpcp",
        "evidence: 123/QĐ-VPCP",
    ),
    Rule(
        "not-normalised",
        _WARNING,
        N_("The text holds odd spaces, or marks that are stored apart from their letters."),
        N_("Type the text anew, with single ordinary spaces (Unicode form NFC)."),
        N_(
            "Text pasted from the web or typed on some machines looks right and yet is different for a program:"
            " no-break spaces, double spaces, letters whose marks are separate characters."
        ),
    ),
    Rule(
        "garbled-text",
        _WARNING,
        N_("«{text}»: the text is of an old font (TCVN3, VNI) or was read in a wrong encoding."),
        N_("Convert it to Unicode, or type it anew."),
        N_(
            "Texts of .VnTime and VNI fonts look right in their font alone, and UTF-8 that was read as something else"
            " looks right nowhere. Nobody finds them, whatever is searched for. U+FFFD stands where a letter is lost."
        ),
        "text: Ch\u00d8 ®¹o, ®iÒu hµnh",
        "text: Chỉ đạo, điều hành",
    ),
    Rule(
        "look-alike",
        _WARNING,
        N_("«{text}» ({code}) looks like other letters than it is."),
        N_("Type the word anew."),
        N_(
            "Letters of other alphabets look like ours: ð and Ð like đ and Đ, Cyrillic о like o, full-width Ａ like A."
            " A person reads over it, and no search finds the word."
        ),
        "text: Ðổi mới",
        "text: Đổi mới",
    ),
    Rule(
        "same-text",
        _WARNING,
        N_("{id} has the same text as {first}."),
        N_("Take one of them out, or say in the text how they differ."),
        N_("Two tasks of one programme with one text are usually a copy that was left behind."),
    ),
    Rule(
        "missing-translation",
        _WARNING,
        N_("The text stands in one of the two languages only."),
        N_("Add the other language, or write one plain text that serves for both."),
        N_("Readers of the other language would see this text untranslated."),
        "text:\n  vi: Ban hành quy chế",
        "text:\n  vi: Ban hành quy chế\n  en: Issue the regulation",
    ),
)

# What became of it: rules over the history that git keeps (`vpcp check --against`).
_HISTORY: Final[tuple[Rule, ...]] = (
    Rule(
        "id-taken",
        _ERROR,
        N_("{ref} gives {id} to something else: «{other}»."),
        N_("`vpcp renumber {id} --keep {ref}` gives this one the next free number, also where others name it."),
        N_(
            "Two people who each added a task have drawn the same number, or a number was used again. An id stands for"
            " one thing for ever: letters, reports and other tasks name it."
        ),
    ),
    Rule(
        "id-vanished",
        _ERROR,
        N_("{id} stood in {ref} and is gone."),
        N_("Put it back; what is given up is withdrawn, with a reason: `vpcp withdraw {id}`."),
        N_(
            "What was once asked stays in the programme, so that reports of past days can be made again and nobody"
            " looks in vain for a number."
        ),
        "# 2023-CD01.2: …",
        "- id: 2023-CD01.2\n  …\n  log:\n    - date: 2023-06-01\n      status: withdrawn\n      note: Trùng việc khác",
    ),
    Rule(
        "entry-vanished",
        _ERROR,
        N_("The log of {id} has lost its entry of {date}: {before}."),
        N_("Put it back. What turned out wrong is put right by a later entry: `vpcp correct {id}`."),
        N_("A log only grows: each entry tells what was known on its day, and reports of that day rest on it."),
        "# - date: 2022-05-20\n#   status: done",
        "- date: 2022-05-20\n  status: done\n- date: 2022-05-27\n  status: in_progress\n  note: Ghi nhầm",
    ),
    Rule(
        "entry-rewritten",
        _ERROR,
        N_("The log of {id} told on {date}: {before}; now it tells: {after}."),
        N_("Put the old entry back and add a new one that sets it right."),
        N_("A log only grows: each entry tells what was known on its day, and reports of that day rest on it."),
        "- date: 2022-05-20\n  status: done    # was in_progress",
        "- date: 2022-05-20\n  status: in_progress\n- date: 2022-05-27\n  status: done",
    ),
    Rule(
        "entries-reordered",
        _ERROR,
        N_("The entries of {date} in the log of {id} stand in another order than before."),
        N_("Put them back in their order; new entries go to the end."),
        N_(
            "Of what happened and was written down on one day, the entry that stands last in the file counts. Another"
            " order is another state."
        ),
        "- date: 2022-05-20\n  status: done\n- date: 2022-05-20\n  status: submitted",
        "- date: 2022-05-20\n  status: submitted\n- date: 2022-05-20\n  status: done",
    ),
    Rule(
        "fixed-overwritten",
        _ERROR,
        N_("`{key}` of {id} was {before} and is now {after}; it is never changed."),
        N_("Put {before} back; «—» is: leave the key out."),
        N_(
            "`recorded` says when something was written down, `carried` when it was carried over, `carried_from` and"
            " `replaces` from where it goes on. Reports of past days rest on them, and no later knowledge changes them."
        ),
        "recorded: 2022-02-01    # was 2022-05-20",
        "recorded: 2022-05-20",
    ),
    Rule(
        "backdated-entry",
        _WARNING,
        N_("{id}: this claims to have been written down on {recorded}, but {ref} did not have it on {day}."),
        N_("Give it `recorded`, the day on which it was written down; the commands do so."),
        N_(
            "`--known` tells what had been written down by a day, so that published figures come out again. What claims"
            " an earlier day than its own falsifies them."
        ),
        "- date: 2022-05-20\n  status: done    # new on 23 June",
        "- date: 2022-05-20\n  status: done\n  recorded: 2022-06-23",
    ),
    Rule(
        "key-overwritten",
        _ERROR,
        N_("`{key}` of {id} was {before} and is now {after}; no entry says so."),
        N_("Put {before} back and use `vpcp set {id}`, which keeps what stood there."),
        N_(
            "By these keys tasks are found, grouped, counted and dated. What stood there before is kept in an entry, so"
            " that a report of the past can be given again."
        ),
        "lead: VPCP    # was BTC",
        "lead: VPCP\nlog:\n  - date: 2022-06-23\n    set: lead\n    was: BTC\n    is: VPCP",
    ),
    Rule(
        "deadline-overwritten",
        _ERROR,
        N_("The first deadline of {id} was {before} and is now {after}."),
        N_("Put {before} back, and write the change as a decision: `vpcp postpone {id}`."),
        N_(
            "The first deadline is never overwritten: only a decision moves the date, and both stay to be seen. Else a"
            " late task could be made one in time without a trace."
        ),
        "deadline: 2022-12    # was 2022-06",
        "deadline: 2022-06\nlog:\n  - date: 2022-06-23\n    deadline: 2022-12\n    decision: approved",
    ),
)

RULES: Final[dict[str, Rule]] = {rule.code: rule for rule in (*_SYNTAX, *_SHAPE, *_MEANING, *_HISTORY)}
