"""What a file is: its name, its bytes, what it begins with."""

from __future__ import annotations

from typing import Final

from vpcp_cli.language import N_
from vpcp_cli.rulebook.rule import ERROR, Rule

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "not-utf8",
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
        N_("The file has more than {number} faults; what follows is not listed."),
        N_("Mend the first ones and check again."),
        N_("One slip, such as a wrong encoding, can spoil every line. The list ends where nobody would read on."),
        shape=True,
    ),
    Rule(
        "empty-file",
        ERROR,
        N_("The file holds nothing."),
        N_("Write a programme into it, or delete it; `vpcp new YEAR` begins one."),
        N_("A file without content may be the trace of a save that failed. Nothing is skipped in silence."),
        "# nothing but a comment",
        "schema: 1\nyear: 2022",
        shape=True,
    ),
    Rule(
        "not-a-mapping",
        ERROR,
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
        "file-name",
        ERROR,
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
        ERROR,
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
        ERROR,
        N_("{name} is not a file."),
        N_("Move it out of the folder, or give it a name that does not end in .yaml."),
        N_("A programme is a plain file. A folder or a device of that name can't be read."),
        "programmes/2022.yaml/",
        "programmes/2022.yaml",
        shape=True,
    ),
    Rule(
        "unreadable-file",
        ERROR,
        N_("{name} can't be read: {reason}."),
        N_("Make it readable, or take it out of the folder."),
        N_("A file that can't be opened may hold tasks that every report would lack."),
        shape=True,
    ),
    Rule(
        "file-too-large",
        ERROR,
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
        ERROR,
        N_("The folder has no units.yaml."),
        N_("Add the register of units; `vpcp init` writes one."),
        N_("Every unit that a programme names is looked up in units.yaml. Without it no code can be told from a slip."),
        shape=True,
    ),
)
