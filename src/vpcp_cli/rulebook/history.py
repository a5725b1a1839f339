"""What became of a file: rules over the history that git keeps (`vpcp check --against`)."""

from __future__ import annotations

from typing import Final

from vpcp_cli.language import N_
from vpcp_cli.rulebook.rule import ERROR, WARNING, Rule

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "id-taken",
        ERROR,
        N_("{ref} gives {id} to something else: «{other}»."),
        N_("`vpcp renumber {id} --keep {ref}` gives this one the next free number, also where others name it."),
        N_(
            "Two people who each added a task have drawn the same number, or a number was used again. An id stands for"
            " one thing for ever: letters, reports and other tasks name it."
        ),
    ),
    Rule(
        "id-vanished",
        ERROR,
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
        ERROR,
        N_("The log of {id} has lost its entry of {date}: {before}."),
        N_("Put it back. What turned out wrong is put right by a later entry: `vpcp correct {id}`."),
        N_("A log only grows: each entry tells what was known on its day, and reports of that day rest on it."),
        "# - date: 2022-05-20\n#   status: done",
        "- date: 2022-05-20\n  status: done\n- date: 2022-05-27\n  status: in_progress\n  note: Ghi nhầm",
    ),
    Rule(
        "entry-rewritten",
        ERROR,
        N_("The log of {id} told on {date}: {before}; now it tells: {after}."),
        N_("Put the old entry back and add a new one that sets it right."),
        N_("A log only grows: each entry tells what was known on its day, and reports of that day rest on it."),
        "- date: 2022-05-20\n  status: done    # was in_progress",
        "- date: 2022-05-20\n  status: in_progress\n- date: 2022-05-27\n  status: done",
    ),
    Rule(
        "entries-reordered",
        ERROR,
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
        ERROR,
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
        WARNING,
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
        ERROR,
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
        ERROR,
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
