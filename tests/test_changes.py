"""What differs in meaning is found on all levels; what does not is none."""

from dataclasses import replace
from datetime import date

from vpcp_cli.changes import Change, Difference, How, LogChange, What, compare
from vpcp_cli.deadline import Deadline
from vpcp_cli.programme import (
    Admission,
    Aim,
    Directive,
    Issuer,
    LogEntry,
    Programme,
    Task,
    Text,
    Unit,
    Workspace,
)
from vpcp_cli.vocabulary import Category, Decision, DirectiveKind, Item, Nature, ProgrammeKind, Status, Timeliness

DAY = date(2022, 7, 1)
DONE = LogEntry(date=date(2022, 5, 20), status=Status.DONE, by="Vụ Tổ chức cán bộ")


def task(id_: str = "2022-CD02.3", **fields: object) -> Task:
    plain: dict[str, object] = {
        "text": Text("Ban hành quy chế", "Issue the rules"),
        "nature": Nature.ONE_OFF,
        "lead": "VPCP",
    }
    return Task(id=id_, **{**plain, **fields})  # type: ignore[arg-type]


def workspace(*tasks: Task, **fields: object) -> Workspace:
    directive = Directive(
        id="2022-CD02",
        kind=DirectiveKind.DIRECTIVE,
        title=Text.plain("Quy chế"),
        issuer=Issuer("Trần Văn Sơn"),
        issued=date(2022, 1, 11),
        tasks=tasks,
    )
    programme = Programme(
        id="2022",
        file="programmes/2022.yaml",
        year=2022,
        kind=ProgrammeKind.WORK_PROGRAMME,
        title=Text.plain("Chương trình"),
        owner="VPCP",
        directives=(directive,),
    )
    return Workspace((replace(programme, **fields),), (Unit(code="VPCP", name=Text.plain("Văn phòng Chính phủ")),))  # type: ignore[arg-type]


def only(before: Workspace, after: Workspace) -> Change:
    (change,) = compare(before, after, DAY)
    return change


def test_lines_order_and_marks_stored_apart_are_no_change() -> None:
    one, two = task(line=7, text=Text.plain("Ban hành")), task("2022-CD02.4", support=("A", "B"))
    moved = replace(one, line=9, text=Text.plain("Ban hành"))
    assert compare(workspace(one, two), workspace(replace(two, support=("B", "A")), moved), DAY) == ()


def test_a_task_that_is_reworded_in_one_language() -> None:
    change = only(workspace(task()), workspace(task(text=Text("Ban hành quy chế mới", "Issue the rules"))))
    assert (change.what, change.id, change.how) == (What.TASK, "2022-CD02.3", How.CHANGED)
    assert change.fields == (Difference("text.vi", "Ban hành quy chế", "Ban hành quy chế mới"),)
    assert not change.state
    assert not change.log


def test_a_plain_text_is_one_value_and_a_second_language_a_value_of_its_own() -> None:
    one, other = (workspace(task(measure=Text.plain(words))) for words in ("a", "b"))
    assert only(one, other).fields == (Difference("measure", "a", "b"),)
    both = workspace(task(measure=Text("a", "c")))
    assert only(one, both).fields == (Difference("measure.en", "a", "c"),)
    assert only(workspace(task()), both).fields == (
        Difference("measure.vi", None, "a"),
        Difference("measure.en", None, "c"),
    )


def test_codes_lists_and_facts_that_are_not_known() -> None:
    after = task(
        category=Category.POLICY, item=Item.SCHEME, support=("B",), admission=Admission(within_authority=False)
    )
    assert only(workspace(task(support=("A",))), workspace(after)).fields == (
        Difference("category", None, Category.POLICY),
        Difference("item", Item.TASK, Item.SCHEME),
        Difference("support", "A", None),
        Difference("support", None, "B"),
        Difference("admission.within_authority", None, False),  # noqa: FBT003
    )


def test_a_first_deadline_that_is_overwritten_moves_the_state_too() -> None:
    june, december = Deadline.parse("2022-06"), Deadline.parse("2022-12")
    change = only(workspace(task(deadline=june)), workspace(task(deadline=december)))
    assert change.fields == (Difference("deadline", june, december),)
    assert change.state == (
        Difference("timeliness", Timeliness.OVERDUE, Timeliness.IN_TIME),
        Difference("first_deadline", june, december),
        Difference("deadline", june, december),
        *change.state[3:],
    )
    assert [one.name for one in change.state[3:]] == ["risk"]


def test_an_entry_that_comes_goes_or_is_rewritten() -> None:
    note = LogEntry(date=date(2022, 5, 21), note="Đã gửi")
    later = replace(DONE, date=date(2022, 5, 22))
    with_evidence = replace(DONE, by=None)
    assert only(workspace(task()), workspace(task(log=(DONE,)))).log == (LogChange(None, DONE),)
    assert only(workspace(task(log=(note, DONE))), workspace(task(log=(DONE,)))).log == (LogChange(note, None),)
    for rewritten in (later, with_evidence):
        (found,) = only(workspace(task(log=(note, DONE))), workspace(task(log=(note, rewritten)))).log
        assert (found, found.how) == (LogChange(DONE, rewritten), How.CHANGED)


def test_the_same_entry_twice_is_one_more() -> None:
    assert only(workspace(task(log=(DONE,))), workspace(task(log=(DONE, DONE)))).log == (LogChange(None, DONE),)


def test_a_task_moves_to_another_lead_first_or_by_its_log() -> None:
    moved = workspace(task(log=(LogEntry(date=date(2022, 6, 1), lead="BO_CONG_AN"),)))
    assert only(workspace(task()), moved).state == (Difference("lead", "VPCP", "BO_CONG_AN"),)
    assert only(workspace(task()), workspace(task(lead="BO_CONG_AN"))).fields == (
        Difference("lead", "VPCP", "BO_CONG_AN"),
    )


def test_obstacles_open_and_close_and_entries_after_the_day_change_no_state() -> None:
    hindered = LogEntry(date=date(2022, 6, 1), obstacle=Text.plain("Thiếu kinh phí"))
    resolved = LogEntry(date=date(2022, 6, 20), resolved=Text.plain("Đã cấp"))
    opened = only(workspace(task()), workspace(task(log=(hindered,))))
    assert opened.state[-1] == Difference("obstacle", None, hindered)
    closed = only(workspace(task(log=(hindered,))), workspace(task(log=(hindered, resolved))))
    assert closed.state[-1] == Difference("obstacle", hindered, None)
    future = only(workspace(task()), workspace(task(log=(replace(hindered, date=date(2022, 8, 1)),))))
    assert (len(future.log), future.state) == (1, ())


def test_a_postponement_is_counted() -> None:
    approved = LogEntry(date=date(2022, 6, 23), deadline=Deadline.parse("2022-12"), decision=Decision.APPROVED)
    before, after = (workspace(task(deadline=Deadline.parse("2022-06"), log=log)) for log in ((), (approved,)))
    assert Difference("postponements", 0, 1) in only(before, after).state


def test_items_come_and_go_in_the_order_of_their_numbers() -> None:
    changes = compare(workspace(task()), workspace(task("2022-CD02.10"), task("2022-CD02.9")), DAY)
    assert [(one.id, one.how) for one in changes] == [
        ("2022-CD02.3", How.REMOVED),
        ("2022-CD02.9", How.ADDED),
        ("2022-CD02.10", How.ADDED),
    ]
    assert [one.name for one in changes[1].fields] == ["text.vi", "text.en", "nature", "lead"]
    assert Difference("status", None, Status.NOT_REPORTED) in changes[1].state


def test_a_programme_comes_with_its_directives_and_tasks_and_the_register_stands_last() -> None:
    full = workspace(task())
    changes = compare(Workspace((), ()), full, DAY)
    assert [one.what for one in changes] == [What.PROGRAMME, What.DIRECTIVE, What.TASK, What.UNIT]
    assert {one.how for one in changes} == {How.ADDED}
    assert {one.how for one in compare(full, Workspace((), ()), DAY)} == {How.REMOVED}


def test_a_member_with_an_id_is_compared_by_it() -> None:
    aims = (Aim("2022-MT01.1", Text.plain("Một")), Aim("2022-MT01.2", Text.plain("Hai")))
    before, after = workspace(context=aims), workspace(context=(replace(aims[1], text=Text.plain("2")),))
    assert only(before, after).fields == (
        Difference("context[2022-MT01.1].text", "Một", None),
        Difference("context[2022-MT01.2].text", "Hai", "2"),
    )


def test_the_day_from_which_a_directive_is_there_changes_the_state_of_its_tasks() -> None:
    before = workspace(task())
    (programme,) = before.programmes
    later = replace(programme.directives[0], issued=date(2022, 8, 1))
    directive, gone = compare(before, replace(before, programmes=(replace(programme, directives=(later,)),)), DAY)
    assert directive.fields == (Difference("issued", date(2022, 1, 11), date(2022, 8, 1)),)
    assert Difference("status", Status.NOT_REPORTED, None) in gone.state
