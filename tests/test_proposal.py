"""What may be written into a log, and what is refused."""

import pytest

from making import directive, entry, programme, task
from vpcp_cli.deadline import iso_day
from vpcp_cli.entry_rules import EntryRefusedError
from vpcp_cli.knowing import told, what_stands
from vpcp_cli.programme import Document, LogEntry, Named, Task, Text
from vpcp_cli.proposal import Proposal, propose
from vpcp_cli.standing import stand
from vpcp_cli.vocabulary import Decision, Nature, Risk, Status, Timeliness

ID = "2022-CD01.1"
DONE = entry("2022-05-20", status=Status.DONE, evidence=())
NOTED = entry("2022-05-20", status=Status.DONE, note="Đã ký", evidence=(Document("12/QĐ"),))
WITHDRAWN = entry("2022-05-01", status=Status.WITHDRAWN, note="Thủ tướng đồng ý rút")
APPROVED, REJECTED = Decision.APPROVED, Decision.REJECTED


def weigh(one: Task, new: LogEntry, today: str = "2022-06-24", *, reopens: bool = False) -> Proposal:
    only = directive("2022-CD01", one)
    return propose(programme(2022, only), only, one, new, iso_day(today), reopens=reopens)


def test_an_entry_shows_what_it_makes_of_the_task() -> None:
    found = weigh(task(ID, "2022-Q2"), DONE)

    assert (found.before.status, found.after.status) == (Status.NOT_REPORTED, Status.DONE)
    assert (found.before.timeliness, found.after.timeliness) == (Timeliness.DUE_SOON, Timeliness.DONE_ON_TIME)
    assert not found.already


@pytest.mark.parametrize(
    ("log", "new"),
    [
        ((DONE,), entry("2022-06-24", status=Status.DONE)),
        ((DONE,), DONE),
        ((entry("2022-05-20", note="Đã họp", by="An"),), entry("2022-05-20", note="Đã họp", by="Bình")),
        ((entry("2022-03-01", status=Status.IN_PROGRESS),), entry("2022-04-01", status=Status.IN_PROGRESS)),
        ((), entry("2022-04-01", lead="VPCP")),
        ((), entry("2022-04-01", deadline="2022-Q2", decision=APPROVED)),
    ],
)
def test_what_the_log_says_already_is_not_written_again(log: tuple[LogEntry, ...], new: LogEntry) -> None:
    assert weigh(task(ID, "2022-Q2", *log), new).already


def test_progress_may_be_reported_again_with_a_note() -> None:
    one = task(ID, None, entry("2022-03-01", status=Status.IN_PROGRESS))

    assert not weigh(one, entry("2022-04-01", status=Status.IN_PROGRESS, note="Đã họp")).already


@pytest.mark.parametrize(
    ("log", "new", "says"),
    [
        ((), entry("2022-06-25", status=Status.DONE), "2022-06-25 is still to come"),
        ((), entry("2022-01-10", status=Status.DONE), "was not yet given: it exists from 2022-01-11"),
        ((WITHDRAWN,), entry("2022-06-01", status=Status.DONE), "is closed: it stands at «Withdrawn»"),
        ((DONE,), entry("2022-06-01", status=Status.IN_PROGRESS), "is closed: it stands at «Done»"),
        ((DONE,), entry("2022-06-01", obstacle=Text.plain("Vốn")), "is closed"),
        ((DONE,), entry("2022-06-01", deadline="2022-12", decision=APPROVED), "is closed"),
        ((entry("2022-06-01", status=Status.CARRIED_OVER, to="2023-CN01.1"),),
         entry("2022-06-02", status=Status.DONE), "goes on as 2023-CN01.1"),
        ((entry("2022-06-01", status=Status.IN_PROGRESS),), DONE, "would not be done: its log says «In progress»"),
        ((DONE,), entry("2022-06-01", status=Status.DONE), "since 2022-05-20; entry 1 of its log gives another day"),
        ((DONE,), entry("2022-04-01", status=Status.DONE, note="Đã ký"), "gives another day"),
        ((NOTED,), entry("2022-06-24", status=Status.DONE, note="Đã gửi", evidence=(Document("9/BC"),)),
         "gives other evidence, another note"),
        ((DONE, entry("2022-06-01", corrects=Named(date=DONE.date), void=True, note="nhầm")), DONE,
         "had this very entry, number 1; it was put right on 2022-06-01 by entry 2"),
        ((), entry("2022-06-01", deadline="2022-12", decision=REJECTED), "no request to postpone"),
        ((), entry("2022-06-01", resolved=Text.plain("Xong")), "has no open obstacle on 2022-06-01"),
        ((entry("2022-03-01", obstacle=Text.plain("Vốn"), key="von"),),
         entry("2022-06-01", resolved=Text.plain("Xong"), key="nguoi"), "has no open obstacle «nguoi»"),
        ((entry("2022-03-01", obstacle=Text.plain("Vốn"), key="von"),),
         entry("2022-06-01", obstacle=Text.plain("Vốn"), key="von"), "an open obstacle «von» already"),
    ],
)  # fmt: skip
def test_refusals(log: tuple[LogEntry, ...], new: LogEntry, says: str) -> None:
    with pytest.raises(EntryRefusedError) as refused:
        weigh(task(ID, "2022-Q2", *log), new)

    assert says in refused.value.sentence()
    assert "{" not in refused.value.hint()
    assert refused.value.exit_code == 4


@pytest.mark.parametrize(
    "facts",
    [{"status": Status.DONE}, {"deadline": "2022-12", "decision": APPROVED}, {"risk": Risk.LOW}, {"reminder": "1/A"}],
)
def test_a_principle_is_never_completed(facts: dict[str, object]) -> None:
    with pytest.raises(EntryRefusedError, match="is a principle or an expectation"):
        weigh(task(ID, nature=Nature.PRINCIPLE), entry("2022-06-01", **facts))


def test_a_principle_takes_remarks_and_may_be_withdrawn() -> None:
    one = task(ID, nature=Nature.PRINCIPLE)

    assert weigh(one, entry("2022-06-01", note="Nhắc lại")).after.status is None
    assert weigh(one, WITHDRAWN).after.status is Status.WITHDRAWN


def test_what_is_closed_takes_remarks_and_what_happened_before() -> None:
    one = task(ID, "2022-Q2", DONE)

    assert not weigh(one, entry("2022-06-01", note="Gửi báo cáo")).already
    assert not weigh(one, entry("2022-03-01", reminder="12/VPCP-TH")).already


@pytest.mark.parametrize("log", [(DONE,), (WITHDRAWN,)])
def test_reopening(log: tuple[LogEntry, ...]) -> None:
    again = entry("2022-06-01", status=Status.IN_PROGRESS, note="Phải làm lại")

    assert weigh(task(ID, None, *log), again, reopens=True).after.open
    with pytest.raises(EntryRefusedError, match="is not closed"):
        weigh(task(ID), again, reopens=True)
    carried = entry("2022-05-01", status=Status.CARRIED_OVER, to="2023-CN01.1")
    with pytest.raises(EntryRefusedError, match="goes on as 2023-CN01"):
        weigh(task(ID, None, carried), again, reopens=True)


def test_a_later_entry_of_the_same_kind_goes_on_to_hold() -> None:
    later = entry("2022-06-10", status=Status.PARTLY_DONE, note="Nửa đầu")
    found = weigh(task(ID, None, later), entry("2022-05-01", status=Status.IN_PROGRESS, note="Bắt đầu"))

    assert found.outweighed_by is later
    assert found.after.status is Status.PARTLY_DONE


def test_who_leads_from_a_day_to_come_is_decided_before() -> None:
    found = weigh(task(ID), entry("2022-07-01", lead="VU_TH"))

    then = stand(found.after.programme, found.after.directive, found.after.task, iso_day("2022-07-01"))
    assert (found.before.lead, found.after.lead, then and then.lead) == ("VPCP", "VPCP", "VU_TH")


def test_more_about_a_done_task_is_added_to_the_entry_that_says_so() -> None:
    again = entry("2022-06-01", status=Status.DONE, note="Báo cáo lại")
    one = task(ID, "2022-Q2", DONE, again)
    found = weigh(one, entry("2022-06-24", status=Status.DONE, evidence=(Document("12/QĐ"),), document="7/TB", by="An"))

    longer = (*one.log, found.entry)
    assert (found.adds_to, [one.number for one in told(longer) if one.struck_by]) == (1, [1])
    assert what_stands(longer)[0].evidence == (Document("12/QĐ"),)
    assert (found.entry.date, found.entry.recorded, found.entry.by) == (DONE.date, iso_day("2022-06-24"), "An")
    assert found.after.done_on == DONE.date


def test_the_refusal_has_the_line_that_puts_right() -> None:
    with pytest.raises(EntryRefusedError) as refused:
        weigh(task(ID, None, NOTED), entry("2022-06-01", status=Status.DONE, note="Đã gửi"))
    assert refused.value.hint().endswith(f"`vpcp correct {ID} 1 --on 2022-06-01 --note 'Đã gửi'`.")
