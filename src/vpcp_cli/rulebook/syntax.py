"""YAML, and what of it is taken: keys, values, quotes and brackets."""

from __future__ import annotations

from typing import Final

from vpcp_cli.language import N_
from vpcp_cli.rulebook.rule import ERROR, Rule

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "bad-yaml",
        ERROR,
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
        ERROR,
        N_("`{key}` stands twice in the same place, first in line {line}."),
        N_("Keep one of them; if both are meant, they may belong to different tasks."),
        N_("Of two values for one key only one could count, and a reader could not tell which."),
        "lead: VPCP\nlead: BO_CONG_AN",
        "lead: VPCP\nsupport: [BO_CONG_AN]",
        shape=True,
    ),
    Rule(
        "anchor",
        ERROR,
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
        ERROR,
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
        ERROR,
        N_("The key << is not allowed."),
        N_("Write out the keys that it stands for."),
        N_("In YAML << takes over the keys of another place. What a task says must stand in the task."),
        "- <<: *common\n  id: 2022-CD01.1",
        "- id: 2022-CD01.1\n  lead: VPCP",
        shape=True,
    ),
    Rule(
        "tag",
        ERROR,
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
        ERROR,
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
        ERROR,
        N_("A second document begins here."),
        N_("Delete the line with --- or ..., or move what follows into a file of its own."),
        N_("One file holds one programme. What stands behind --- would be passed over by most programs."),
        "schema: 1\n---\nschema: 1",
        "schema: 1",
        shape=True,
    ),
    Rule(
        "too-deep",
        ERROR,
        N_("Lists and keys are nested too deep here."),
        N_("Compare with a task that is right, or put the text between double quotes."),
        N_("The format has ten levels and no more. Deeper ones are a slip, such as several dashes in one line."),
        "title: [[[[[[[[[[[[[a]]]]]]]]]]]]]",
        'title: "[a]"',
        shape=True,
    ),
    Rule(
        "complex-key",
        ERROR,
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
        ERROR,
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
        ERROR,
        N_("Text stands behind a closing quote."),
        N_("Put the whole text between quotes; inside it use other quotes, such as « »."),
        N_("A value that begins with a quote ends at the next one. An apostrophe between '…' ends it too."),
        'title: "Chính phủ số" giai đoạn 2',
        'title: "«Chính phủ số» giai đoạn 2"',
        shape=True,
    ),
    Rule(
        "bad-escape",
        ERROR,
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
        ERROR,
        N_("A text without quotes can't hold a colon and a space."),
        N_("Put the whole text between double quotes."),
        N_("A colon followed by a space separates a key from its value, so the text before it is taken for a key."),
        "title: Thí điểm: giai đoạn 1",
        'title: "Thí điểm: giai đoạn 1"',
        shape=True,
    ),
    Rule(
        "wrong-indentation",
        ERROR,
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
        ERROR,
        N_("The line has no key."),
        N_("Write `key: value`; if the line goes on with the text above, indent it further than that text's key."),
        N_("A line is a key with its value, an item of a list, or a text that goes on. This one is none of them."),
        "title: Ban hành\nquy chế làm việc",
        "title: Ban hành\n  quy chế làm việc",
        shape=True,
    ),
    Rule(
        "missing-space",
        ERROR,
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
        ERROR,
        N_("A list can't begin here."),
        N_("Begin it in the next line, or put the text between double quotes if the dash is part of it."),
        N_("A dash and a space begin an item of a list, and a list has a line for each item."),
        "support: - BO_CONG_AN",
        "support:\n  - BO_CONG_AN",
        shape=True,
    ),
    Rule(
        "list-among-keys",
        ERROR,
        N_("Keys and items of a list stand side by side."),
        N_("Indent what belongs to the item or key above it, or take the dash away."),
        N_("In one place stands either a list, each line with a dash, or keys, each without."),
        "support:\n- BO_CONG_AN\n  lead: VPCP",
        "support:\n  - BO_CONG_AN\nlead: VPCP",
        shape=True,
    ),
    Rule(
        "stray-bracket",
        ERROR,
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
        ERROR,
        N_("{character} is opened here and never closed."),
        N_("Close it at the end of the list, or put the text between double quotes if it is part of it."),
        N_("What begins with [ or { goes on until the bracket that closes it, over as many lines as that takes."),
        "support: [BO_CONG_AN, BO_NOI_VU",
        "support: [BO_CONG_AN, BO_NOI_VU]",
        shape=True,
    ),
    Rule(
        "missing-comma",
        ERROR,
        N_("A comma is missing before this place."),
        N_("Separate the items by commas; put an item that holds a colon between double quotes."),
        N_("Between brackets a comma separates the items, and a colon with a space makes a key."),
        'support: ["BO_CONG_AN" "BO_NOI_VU"]',
        'support: ["BO_CONG_AN", "BO_NOI_VU"]',
        shape=True,
    ),
    Rule(
        "reserved-character",
        ERROR,
        N_("A text can't begin with {character} unless it is between quotes."),
        N_("Put the whole text between double quotes."),
        N_("Some signs have a meaning of their own in YAML when a value begins with them: @ ` % & * ! [ { ?"),
        "title: [Mật] Rà soát văn bản",
        'title: "[Mật] Rà soát văn bản"',
        shape=True,
    ),
    Rule(
        "block-text",
        ERROR,
        N_("Nothing may stand behind | or > in its line."),
        N_("Begin the text in the next line, indented; or put it between double quotes if | or > is part of it."),
        N_("| and > say that a text of several lines follows below."),
        "note: > 50 % hồ sơ trực tuyến",
        'note: "> 50 % hồ sơ trực tuyến"',
        shape=True,
    ),
)
