"""What a file holds, field by field: keys, codes, ids, dates."""

from __future__ import annotations

from typing import Final

from vpcp_cli.language import N_
from vpcp_cli.rulebook.rule import ERROR, Rule

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "duplicate-id",
        ERROR,
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
    Rule(
        "missing-key",
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
        N_("Several units lead the task."),
        N_("Keep one unit in `lead` and write the others under `support`."),
        N_("One task has exactly one lead, who answers for it; the units that support it are others."),
        "lead: [VPCP, BO_CONG_AN]",
        "lead: VPCP\nsupport: [BO_CONG_AN]",
        shape=True,
    ),
    Rule(
        "bad-due",
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
        N_("`{key}` can't be «{text}»."),
        N_("Write a number, as in `{form}`."),
        N_("Numbers are written with the digits 0 to 9 alone."),
        "year: hai nghìn",
        "year: 2022",
        shape=True,
    ),
    Rule(
        "bad-date",
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
        N_("The code {text} stands in the register already."),
        N_("Make one entry of the two, or give this unit a code of its own."),
        N_("Programmes name a unit by its code alone, so each code stands for one unit under one name."),
        "- code: VPCP\n  name: Văn phòng Chính phủ\n- code: VPCP\n  name: Văn phòng",
        "- code: VPCP\n  name: Văn phòng Chính phủ\n  short: Văn phòng",
        shape=True,
    ),
    Rule(
        "newer-schema",
        ERROR,
        N_("The file is of version {text} of the format; this vpcp does not know it."),
        N_("Install a newer vpcp."),
        N_("A newer version of the format may hold what this program would misread, so it reads nothing of it."),
        "schema: 3",
        "schema: 2",
        shape=True,
    ),
    Rule(
        "year-mismatch",
        ERROR,
        N_("The programme's year is {year}, but its file is {stem}.yaml."),
        N_("Correct `year`, or rename the file: its name begins with the year."),
        N_("The name of a programme's file is its id, which begins with its year; two years in one file are a slip."),
        "year: 2021    # in 2022.yaml",
        "year: 2022",
        shape=True,
    ),
    Rule(
        "unreported-status",
        ERROR,
        N_("`not_reported` is never written."),
        N_("Take this entry out, or write `status: not_started` if that is what was reported."),
        N_("A task is not reported as long as its log has no status; «not started» is a report."),
        "status: not_reported",
        "status: not_started",
        shape=True,
    ),
    Rule(
        "missing-action",
        ERROR,
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
        ERROR,
        N_("The log entry tells several things at once: {actions}."),
        N_("Make an entry of each; they may have the same date."),
        N_("One entry tells one thing, so that each can be read, counted and taken back by itself."),
        "- date: 2022-05-20\n  status: in_progress\n  obstacle: Thiếu kinh phí",
        "- date: 2022-05-20\n  status: in_progress\n- date: 2022-05-20\n  obstacle: Thiếu kinh phí",
        shape=True,
    ),
    Rule(
        "only-set-here",
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
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
