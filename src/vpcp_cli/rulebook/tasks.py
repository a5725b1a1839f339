"""What a programme says of its tasks: units, parts, links to other tasks, what lacks."""

from __future__ import annotations

from typing import Final

from vpcp_cli.language import N_
from vpcp_cli.rulebook.rule import ERROR, WARNING, Rule

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "unknown-unit",
        ERROR,
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
        ERROR,
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
        WARNING,
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
        ERROR,
        N_("There is no task {id}."),
        N_("Write an id that exists{nearest}."),
        N_("A task that was carried over names the other end. If that end is missing, its history breaks off."),
        "carried_from: 2021-CD99.1",
        "carried_from: 2021-CD01.1",
        one_cause=True,
    ),
    Rule(
        "unknown-parent",
        ERROR,
        N_("There is no programme {id}."),
        N_("Write the id of the programme that this plan belongs to{nearest}: its file's name without .yaml."),
        N_("A unit's own plan names the programme that it carries out, so that one can ask who has a plan."),
        'parent: "2202"',
        'parent: "2022"',
        one_cause=True,
    ),
    Rule(
        "lead-also-supports",
        ERROR,
        N_("{code} leads this task and also stands among its supporting units."),
        N_("Take {code} out of `support`."),
        N_("One task has exactly one lead; the units that support it are others."),
        "lead: VPCP\nsupport:\n  - VPCP",
        "lead: VPCP\nsupport:\n  - BO_CONG_AN",
    ),
    Rule(
        "member-also-supports",
        ERROR,
        N_("{code} is one of those for whom {lead} stands, each of whom must do this task, and also supports it."),
        N_("Take {code} out of `support`."),
        N_("With `each` every member of the lead does its own part; the units that support the task are others."),
        "lead: BO_NGANH\neach: true\nsupport:\n  - BO_CONG_AN    # a member of BO_NGANH",
        "lead: BO_NGANH\neach: true",
    ),
    Rule(
        "each-without-members",
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
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
        ERROR,
        N_("{id} has more than {number} parts."),
        N_("Make several tasks of it: by groups of units, or by parts of the year."),
        N_("Each unit's part in each period is a part of the task; beyond some number nobody follows them any more."),
        "recurs: {every: week}\neach: true    # 200 members",
        "recurs: {every: month}\neach: true",
    ),
    Rule(
        "unknown-part",
        ERROR,
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
        ERROR,
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
        ERROR,
        N_("A forecast of risk, a change of lead and a carrying over concern the whole of {id}, not one part."),
        N_("Take `for` out."),
        N_("Parts are done, obstructed and postponed one by one; led, judged and carried over is the task as a whole."),
        "log:\n  - {date: 2022-03-24, for: 2022-03, lead: BO_CONG_AN}",
        "log:\n  - {date: 2022-03-24, lead: BO_CONG_AN}",
    ),
    Rule(
        "duplicate-support",
        ERROR,
        N_("{code} stands twice among the supporting units."),
        N_("Take one of the two out."),
        N_("Each unit supports a task once; the second mention is usually a slip for another unit."),
        "support:\n  - BO_CONG_AN\n  - BO_CONG_AN",
        "support:\n  - BO_CONG_AN\n  - BO_QUOC_PHONG",
    ),
    Rule(
        "carry-mismatch",
        ERROR,
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
        ERROR,
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
        ERROR,
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
        "missing-deliverable",
        WARNING,
        N_("{id} is a one-off task without a deliverable."),
        N_("Say with `deliverable:` what will exist when it is done, or make it `nature: standing`."),
        N_("A one-off task is closed by a result; without one nobody can say when it is done."),
        "nature: one_off",
        "nature: one_off\ndeliverable: Quy chế làm việc của VPCP",
    ),
    Rule(
        "missing-lead",
        WARNING,
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
        WARNING,
        N_("{id} does not say where in the source it stands."),
        N_("Add `source:` with the place, for example L28-S2: line 28, second sentence."),
        N_("Where a programme names the document it was taken from, every task can be traced to its place in it."),
        "- id: 2022-CD02.3\n  text: …",
        "- id: 2022-CD02.3\n  text: …\n  source: L28-S2",
    ),
    Rule(
        "directive-without-task",
        WARNING,
        N_("The directive {id} has no task."),
        N_("Write what is to be done as a task under it: `vpcp add` helps."),
        N_("A directive that asks for nothing can't be followed up."),
        "tasks: []",
        "tasks:\n  - id: 2022-CD02.1\n    …",
    ),
    Rule(
        "deadline-outside-year",
        WARNING,
        N_("The deadline {deadline} lies outside {year}, the year of the programme."),
        N_("Check the year of the deadline; a task that goes on next year is carried over."),
        N_("A yearly programme holds what is due within its year, with rare exceptions."),
        "deadline: 2023-Q2    # 2022.yaml",
        "deadline: 2022-Q2",
    ),
)
