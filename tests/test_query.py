"""A query takes the tasks that were asked for; people name things in their own way."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import library
from vpcp_cli.deadline import Deadline
from vpcp_cli.errors import AmbiguousIdError, BadWordError, OtherKindError, UnitNameError, UnknownIdError
from vpcp_cli.naming import Ids, searchable_names, units_named, word_named
from vpcp_cli.programme import Directive, Document, Issuer, LogEntry, Programme, Task, Text, Unit, Workspace
from vpcp_cli.query import SORTS, Query
from vpcp_cli.standing import Standing
from vpcp_cli.vocabulary import Category, DirectiveKind, Nature, ProgrammeKind, Role, Status, Timeliness

DAY = date(2022, 9, 5)
LEADS = ("VPCP", "BO_CONG_AN", "BO_TAI_CHINH")
UNITS = (
    Unit(code="VPCP", name=Text("Văn phòng Chính phủ", "Office of the Government"), short=Text.plain("VPCP")),
    Unit(code="BO_CONG_AN", name=Text("Bộ Công an", "Ministry of Public Security"), aliases=("Công an",)),
    Unit(code="BO_TAI_CHINH", name=Text("Bộ Tài chính", "Ministry of Finance"), short=Text("BTC", "MoF")),
    Unit(code="BTC_CU", name=Text("Ban Tổ chức", "Organisation Board"), short=Text.plain("BTC")),
)


def programme(year: int, *directives: Directive, name: str = "") -> Programme:
    return Programme(
        id=f"{year}{name}", file=f"programmes/{year}{name}.yaml", year=year, kind=ProgrammeKind.WORK_PROGRAMME,
        title=Text.plain(f"Chương trình {year}"), owner="VPCP", directives=directives,
    )  # fmt: skip


def directive(identifier: str, *tasks: Task, issuer: str = "Trần Văn Sơn", issued: date | None = None) -> Directive:
    return Directive(
        id=identifier, kind=DirectiveKind.DIRECTIVE, title=Text("Chuyển đổi số", "Digital transformation"),
        issuer=Issuer(issuer, Text("Chủ nhiệm", "Chairman")), tasks=tasks, issued=issued,
    )  # fmt: skip


def task(identifier: str, text: str = "Cổng dịch vụ công", lead: str = "VPCP", **rest: object) -> Task:
    return Task(id=identifier, text=Text.plain(text), nature=Nature.ONE_OFF, lead=lead, **rest)  # type: ignore[arg-type]


def entry(day: str, **rest: object) -> LogEntry:
    return LogEntry(date=date.fromisoformat(day), **rest)  # type: ignore[arg-type]


WORKSPACE = Workspace(
    (
        programme(
            2012,
            directive("2012-CD01", task("2012-CD01.1", deadline=Deadline.parse("2012-06")), issuer="Phạm Việt Dũng"),
            directive("2012-CD05", task("2012-CD05.3", lead="VPCP", support=("BO_CONG_AN",))),
        ),
        programme(
            2022,
            directive(
                "2022-CD01",
                task("2022-CD01.2", "Đường sắt", deadline=Deadline.parse("2022-Q3"), priority=True),
                task("2022-CD01.10", "Biển đảo", deadline=Deadline.parse("2022-06-30"), lead="BO_TAI_CHINH",
                     log=(entry("2022-06-01", obstacle=Text.plain("Thiếu vốn")),)),
                task("2022-CD01.11", responsible="Nguyễn Văn Nên", category=Category.DIGITAL,
                     log=(entry("2022-05-01", status=Status.DONE, evidence=(Document("12/QĐ-TTg"),)),)),
                issued=date(2022, 1, 11),
            ),
            directive("2022-CD02", task("2022-CD02.1", added=date(2022, 10, 1))),
        ),
        programme(2022, directive("2022-VTH-CD01", task("2022-VTH-CD01.1")), name="-vth"),
    ),
    UNITS,
)  # fmt: skip
LIBRARY = library(WORKSPACE)
ALL = LIBRARY.tasks(DAY)


def ids(query: Query) -> list[str]:
    return [one.task.id for one in query.select(ALL)]


def test_a_task_of_a_later_day_is_in_no_list_and_is_told_apart() -> None:
    assert "2022-CD02.1" not in [one.task.id for one in ALL]
    coming = LIBRARY.coming(DAY)
    assert len(Query().about(coming)) == len(Query(years=frozenset({2022}), open=True).about(coming)) == 1
    assert len(Query(years=frozenset({2012})).about(coming)) == 0
    assert len(Query(words=("duong sat",)).about(coming)) == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(years=frozenset({2012})), ["2012-CD01.1", "2012-CD05.3"]),
        (Query(units=frozenset({"BO_CONG_AN"})), []),
        (Query(units=frozenset({"BO_CONG_AN"}), role=Role.SUPPORT), ["2012-CD05.3"]),
        (Query(units=frozenset({"BO_CONG_AN", "BO_TAI_CHINH"}), role=Role.ANY), ["2012-CD05.3", "2022-CD01.10"]),
        (Query(overdue=True), ["2012-CD01.1", "2022-CD01.10"]),
        (Query(timeliness=frozenset({Timeliness.DUE_SOON})), ["2022-CD01.2"]),
        (Query(statuses=frozenset({Status.DONE})), ["2022-CD01.11"]),
        (Query(due_before=date(2022, 6, 30)), ["2012-CD01.1"]),
        (Query(due_after=date(2022, 6, 29), due_before=date(2022, 9, 30)), ["2022-CD01.10"]),
        (Query(issuers=frozenset({"viet dung"})), ["2012-CD01.1"]),
        (Query(responsible=frozenset({"van nen"})), ["2022-CD01.11"]),
        (Query(categories=frozenset({Category.DIGITAL})), ["2022-CD01.11"]),
        (Query(priority=True), ["2022-CD01.2"]),
        (Query(obstacle=True), ["2022-CD01.10"]),
        (Query(directives=frozenset({"2022-VTH-CD01"})), ["2022-VTH-CD01.1"]),
        (Query(ids=frozenset({"2012-CD05.3"}), open=True), ["2012-CD05.3"]),
        (Query(words=("duong",)), ["2022-CD01.2"]),
        (Query(words=("dương",)), []),
        (Query(words=("qd-ttg",)), ["2022-CD01.11"]),
        (Query(words=("thieu von",)), ["2022-CD01.10"]),
        (Query(words=("tai chinh",), unit_names=searchable_names(UNITS)), ["2022-CD01.10"]),
    ],
)
def test_each_question_has_its_answer(query: Query, found: list[str]) -> None:
    assert ids(query) == found


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        (("id",), "2012-CD01.1", "2022-VTH-CD01.1"),
        (("-id",), "2022-VTH-CD01.1", "2012-CD01.1"),
        (("deadline", "id"), "2012-CD01.1", "2022-VTH-CD01.1"),
        (("-deadline", "id"), "2022-CD01.2", "2022-VTH-CD01.1"),
        (("lead", "-id"), "2022-CD01.10", "2012-CD01.1"),
        (("text",), "2022-CD01.10", "2022-CD01.2"),
    ],
)
def test_tasks_are_sorted_and_what_lacks_the_value_stands_last(sort: tuple[str, ...], first: str, last: str) -> None:
    found = ids(Query(sort=sort))
    assert (found[0], found[-1]) == (first, last)


def test_task_ten_stands_behind_task_two() -> None:
    assert ids(Query(sort=("id",), directives=frozenset({"2022-CD01"}))) == [
        "2022-CD01.2", "2022-CD01.10", "2022-CD01.11",
    ]  # fmt: skip


queries = st.builds(
    Query,
    years=st.frozensets(st.sampled_from([2012, 2022])),
    units=st.frozensets(st.sampled_from(LEADS)),
    role=st.sampled_from(Role),
    statuses=st.frozensets(st.sampled_from(Status)),
    timeliness=st.frozensets(st.sampled_from(Timeliness)),
    open=st.booleans(),
    obstacle=st.booleans(),
    due_before=st.none() | st.dates(date(2012, 1, 1), date(2022, 12, 31)),
    sort=st.lists(st.sampled_from([*SORTS, *(f"-{name}" for name in SORTS)]), max_size=3).map(tuple),
    words=st.lists(st.sampled_from(["cong", "biển", "chairman", "12/QĐ-TTg"]), max_size=2).map(tuple),
)


@given(queries)
def test_asking_twice_changes_nothing(query: Query) -> None:
    once = query.select(ALL)
    assert list(query.select(once)) == list(once)


@given(queries, st.frozensets(st.sampled_from(Timeliness), min_size=1, max_size=len(Timeliness) - 1))
def test_a_question_and_its_opposite_share_the_tasks_out(query: Query, asked: frozenset[Timeliness]) -> None:
    either = replace(query, timeliness=frozenset(Timeliness))
    yes = replace(query, timeliness=asked).select(ALL)
    no = replace(query, timeliness=frozenset(Timeliness) - asked).select(ALL)
    assert key([*yes, *no]) == key(either.select(ALL))


@given(queries)
def test_all_conditions_together_are_each_of_them(query: Query) -> None:
    parts = [
        replace(Query(), **{name: getattr(query, name)})
        for name in ("years", "statuses", "open", "words", "due_before")
    ]
    parts.append(Query(units=query.units, role=query.role))
    parts.append(Query(timeliness=query.timeliness, obstacle=query.obstacle))
    assert key(query.select(ALL)) == key([one for one in ALL if all(part.matches(one) for part in parts)])


def key(found: Iterable[Standing]) -> list[str]:
    return sorted(one.task.id for one in found)


@pytest.mark.parametrize("typed", ["in_progress", "in-progress", "IN PROGRESS", "Đang thực hiện", "dang-thuc-hien"])
def test_a_code_is_typed_as_code_or_label(typed: str) -> None:
    assert word_named(Status, typed, "--status") is Status.IN_PROGRESS


def test_a_part_of_a_label_is_enough_and_the_whole_label_goes_first() -> None:
    assert word_named(Timeliness, "qua han", "--timeliness") is Timeliness.OVERDUE
    assert word_named(Timeliness, "không thời hạn", "--timeliness") is Timeliness.NO_DEADLINE


def test_an_unknown_word_is_refused_with_the_nearest_codes() -> None:
    with pytest.raises(BadWordError) as refused:
        word_named(Status, "in_progres", "--status")
    assert refused.value.nearest == ["in_progress"]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("bo_cong_an", {"BO_CONG_AN"}),
        ("bo-cong-an", {"BO_CONG_AN"}),
        ("cong an", {"BO_CONG_AN"}),
        ("Ministry of Finance", {"BO_TAI_CHINH"}),
        ("mof", {"BO_TAI_CHINH"}),
        ("btc", {"BO_TAI_CHINH", "BTC_CU"}),
    ],
)
def test_a_unit_is_named_by_code_short_name_alias_or_name(typed: str, codes: set[str]) -> None:
    assert units_named(LIBRARY, typed) == codes


def test_an_unknown_unit_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnitNameError) as refused:
        units_named(LIBRARY, "bo cong am")
    assert refused.value.near == ["Ministry of Public Security (BO_CONG_AN)"]


def test_an_id_is_typed_in_any_case_and_without_the_year_where_that_is_clear() -> None:
    every = Ids(LIBRARY)
    assert every.task("2022-cd01.10").task == WORKSPACE.programmes[1].directives[0].tasks[1]
    assert every.task("cd05.3").programme.year == 2012
    assert every.find("vth-cd01").programme.id == "2022-vth"
    assert every.find("2022-VTH").directive is None
    assert Ids(LIBRARY, frozenset({2022})).find("CD01").programme.id == "2022"


def test_an_id_that_fits_none_or_several_is_refused() -> None:
    with pytest.raises(AmbiguousIdError) as several:
        Ids(LIBRARY).find("CD01")
    assert several.value.ids == ["2012-CD01", "2022-CD01"]
    with pytest.raises(UnknownIdError) as none:
        Ids(LIBRARY).task("2022-CD01.3")
    assert none.value.nearest[0] == "2022-CD01.2"
    with pytest.raises(OtherKindError):
        Ids(LIBRARY).task("2022-CD01")
