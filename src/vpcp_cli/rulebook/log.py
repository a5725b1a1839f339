"""What a log tells: which entries can stand, and beside which others."""

from __future__ import annotations

from typing import Final

from vpcp_cli.language import N_
from vpcp_cli.rulebook.rule import ERROR, WARNING, Rule

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "state-of-uncountable",
        ERROR,
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
        ERROR,
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
        WARNING,
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
        "carried-twice",
        ERROR,
        N_("{id} was carried over as {to} already, and can't go on as {other} too."),
        N_("Correct one of the two entries: `vpcp correct {id}`."),
        N_("A task goes on as one task: its history is told once and it is counted once. The first entry counts."),
        "- date: 2021-12-30\n  status: carried_over\n  to: 2022-CN01.1\n"
        "- date: 2021-12-31\n  status: carried_over\n  to: 2022-CN01.2",
        "- date: 2021-12-30\n  status: carried_over\n  to: 2022-CN01.1",
    ),
    Rule(
        "not-admissible",
        ERROR,
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
        WARNING,
        N_("The entry is of {date}, but the task exists only from {issued}."),
        N_("Correct the date of the entry, or the `issued` of the directive."),
        N_("Nothing can happen to a task before it was given."),
        "issued: 2022-01-11\n…\n- date: 2022-01-01",
        "- date: 2022-01-12",
    ),
    Rule(
        "odd-entry-date",
        WARNING,
        N_("The entry's date {date} is far from {year}, the year of the programme."),
        N_("Check the year: a slip such as 2202 for 2022 is common."),
        N_("Entries are expected from the year before the programme's to five years after it."),
        "- date: 2202-05-20",
        "- date: 2022-05-20",
    ),
    Rule(
        "corrects-nothing",
        ERROR,
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
        ERROR,
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
        WARNING,
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
        WARNING,
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
        WARNING,
        N_("{id} is marked as done once more."),
        N_("The first completion counts; strike this one out: `vpcp correct ID N --void` with its number."),
        N_("Two people who each marked the task leave two entries after a merge. The first day counts."),
        "- date: 2022-05-20\n  status: done\n- date: 2022-05-25\n  status: done",
        "- date: 2022-05-20\n  status: done",
    ),
    Rule(
        "status-after-closing",
        WARNING,
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
        WARNING,
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
        WARNING,
        N_("{id} lives on as {to} since {date}; this was written down at its old end."),
        N_("Write it down at {to} and strike it out here: `vpcp correct {id} --void`."),
        N_("What happens after a task was carried over belongs to the new one, which inherits nothing of that day on."),
        "- date: 2021-12-31\n  status: carried_over\n  to: 2022-CN01.1\n- date: 2022-02-01\n  obstacle: Thiếu kinh phí",
        "- date: 2021-12-31\n  status: carried_over\n  to: 2022-CN01.1",
    ),
    Rule(
        "carried-though-done",
        WARNING,
        N_("{id} was done when it was carried over as {to}."),
        N_("Strike the entry out (`vpcp correct {id} --void`) and the task {to} too, or correct the completion."),
        N_("A task that is done does not go on. Carried over all the same it is counted as done in the new year."),
        "- date: 2021-12-20\n  status: done\n- date: 2021-12-31\n  status: carried_over\n  to: 2022-CN01.1",
        "- date: 2021-12-20\n  status: done",
    ),
    Rule(
        "missing-evidence",
        WARNING,
        N_("{id} is done, but no document shows it."),
        N_("Write the document down: `vpcp done ID --evidence 123/QĐ-VPCP`, of a part with --for."),
        N_("A one-off task ends in a result that others can look up."),
        "status: done",
        "status: done\nevidence: 123/QĐ-VPCP",
    ),
    Rule(
        "value-without-target",
        WARNING,
        N_("A figure is reported of {id}, for which no figure is set as its target."),
        N_("Set the figure to be reached: `vpcp set {id} --target 80%`; or write a `note:` instead."),
        N_("A figure says something beside the one that is to be reached: 65 of 80%. Alone it is only a number."),
        "- id: 2022-CD02.1\n  log:\n    - {date: 2022-06-30, value: 65}",
        '- id: 2022-CD02.1\n  target: {value: 80, unit: "%"}\n  log:\n    - {date: 2022-06-30, value: 65}',
    ),
    Rule(
        "postponed-twice",
        WARNING,
        N_("{id} has been postponed for the second time."),
        N_("Nothing need be mended if it is true; look into what keeps the task from its end."),
        N_("The directives of 2022 (L30-S4) ask that postponements be kept to the fewest."),
    ),
    Rule(
        "done-with-obstacle",
        WARNING,
        N_("{id} is done while an obstacle is still open."),
        N_("Say how it ended: `vpcp unblock {id} '…'`, or check whether the task is really done."),
        N_("Completion does not clear an obstacle by itself: somebody reported it upward and waits for an answer."),
        "- date: 2022-03-01\n  obstacle: Thiếu kinh phí\n- date: 2022-05-20\n  status: done",
        "- date: 2022-05-01\n  resolved: Đã bố trí kinh phí\n- date: 2022-05-20\n  status: done",
    ),
)
