"""The shape of a file: what becomes a programme, and what is said about the rest."""

from dataclasses import fields, is_dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plain import Plain, plain_directive, plain_programme, plain_task
from vpcp_cli import programme as domain
from vpcp_cli.deadline import Deadline
from vpcp_cli.finding import Finding
from vpcp_cli.kinds import keys_of
from vpcp_cli.programme import Document, LogEntry, Programme, Text
from vpcp_cli.storage.format.schema import RECORDS, programme_of, units_of
from vpcp_cli.storage.yaml.document import Parsed, Span
from vpcp_cli.vocabulary import Decision, Item, Nature, Risk, Status


def without(mapping: Plain, key: str) -> Plain:
    return {name: value for name, value in mapping.items() if name != key}


def findings(data: Plain, stem: str = "2022") -> list[Finding]:
    read, found = programme_of(Parsed("2022.yaml", "", data), stem)
    assert (read is None) == bool(found)
    return found


def said(found: list[Finding]) -> list[str]:
    """Each finding as a line: code, the last two steps to its place, and the first thing that it offers."""
    return [
        f"{finding.code} {'.'.join(map(str, finding.path[-2:]))} {finding.facts['form']}".rstrip() for finding in found
    ]


def in_task(**keys: object) -> list[str]:
    return said(findings(plain_programme(plain_directive(plain_task(**keys)))))


def in_entry(**keys: object) -> list[str]:
    return said(findings(plain_programme(plain_directive(plain_task(log=[{"date": "2022-05-20", **keys}])))))


def entry(**keys: object) -> LogEntry:
    data = plain_programme(plain_directive(plain_task(log=[{"date": "2022-05-20", **keys}])))
    read, found = programme_of(Parsed("2022.yaml", "", data), "2022")
    assert read, said(found)
    return read.directives[0].tasks[0].log[0]


def test_values_take_the_types_of_the_subject() -> None:
    data = plain_programme(
        plain_directive(
            plain_task(
                item="scheme",
                support=["BO_CONG_AN"],
                deadline="2022-Q2",
                priority="true",
                basis=["01/NQ-CP", {"vi": "Luật", "en": "Law"}],
                admission={"ready": "false"},
            ),
            issued="2022-01-11",
            issuer={"name": "Trần Văn Sơn", "role": {"vi": "Bộ trưởng"}},
        ),
        awards=[{"name": "Huân chương", "class": "hạng Nhất"}],
        previous_results=[{"id": "2022-KQ1", "year": "2021", "text": "Vượt khó"}],
    )
    spans = (Span(0, None, 8, 0, 0), Span(0, 0, 12, 0, 0))
    read, found = programme_of(Parsed("programmes/2022.yaml", "", data, tasks=spans), "2022")
    assert read
    assert not found
    assert (read.id, read.file, read.year, read.title) == ("2022", "programmes/2022.yaml", 2022, Text.plain("Năm 2022"))
    assert (read.awards[0].class_, read.previous_results[0].year) == (Text.plain("hạng Nhất"), 2021)
    directive_ = read.directives[0]
    assert (directive_.line, directive_.issued, directive_.issuer.role) == (
        8,
        date(2022, 1, 11),
        Text("Bộ trưởng", None),
    )
    task_ = directive_.tasks[0]
    assert (task_.line, task_.nature, task_.item, task_.support) == (12, Nature.ONE_OFF, Item.SCHEME, ("BO_CONG_AN",))
    assert (task_.deadline, task_.priority, task_.log) == (Deadline.parse("2022-Q2"), True, ())
    assert task_.basis == (Text.plain("01/NQ-CP"), Text("Luật", "Law"))
    assert task_.admission == domain.Admission(ready=False)


def test_each_action_is_an_entry() -> None:
    day = date(2022, 5, 20)
    number = Document("123/QĐ-VPCP")
    assert entry(status="done", evidence="123/QĐ-VPCP") == LogEntry(date=day, status=Status.DONE, evidence=(number,))
    assert entry(status="done", evidence=["1/VB", {"number": "2/VB", "date": "2022-05-19"}]).evidence == (
        Document("1/VB"),
        Document("2/VB", date(2022, 5, 19)),
    )
    assert entry(status="carried_over", to="2023-CN01.1").to == "2023-CN01.1"
    assert entry(status="deferred", note="Chờ luật").note == "Chờ luật"
    assert entry(deadline="2022-12", decision="approved").decision is Decision.APPROVED
    assert entry(obstacle="Thiếu vốn", reported_to="VPCP", key="von").obstacle == Text.plain("Thiếu vốn")
    assert entry(resolved="Đã có vốn", key="von").key == "von"
    assert entry(risk="high", note="Chậm").risk is Risk.HIGH
    assert entry(reminder="12/VPCP-TH", by="Vụ Tổng hợp", document="12/VPCP-TH").reminder == "12/VPCP-TH"
    assert entry(lead="BO_CONG_AN").lead == "BO_CONG_AN"
    assert entry(value="65.5").value == 65.5
    assert entry(note="Đã họp").note == "Đã họp"


def test_a_programme_may_have_no_directives_yet_and_a_directive_no_tasks() -> None:
    assert not findings(plain_programme() | {"directives": []})
    assert not findings(plain_programme(without(plain_directive(), "tasks")))


@pytest.mark.parametrize("key", ["schema", "year", "kind", "title", "owner", "directives"])
def test_a_programme_needs(key: str) -> None:
    assert [finding.path for finding in findings(without(plain_programme(), key))] == [(key,)]


@pytest.mark.parametrize("key", ["id", "text", "nature"])
def test_a_task_needs(key: str) -> None:
    found = findings(plain_programme(plain_directive(without(plain_task(), key))))
    assert [(finding.code, finding.path) for finding in found] == [
        ("missing-key", ("directives", 0, "tasks", 0, key)),
    ]


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("due", "deadline"),
        ("coordinating", "support"),
        ("phối hợp", "support"),
        ("thoi-han", "deadline"),
        ("categry", "category"),
        ("history", "log"),
        ("status", "log: [{date: 2022-05-20, status: …}]"),
    ],
)
def test_an_unknown_key_is_answered_with_what_was_meant(key: str, form: str) -> None:
    assert in_task(**{key: "x"}) == [f"unknown-key 0.{key} {form}"]


def test_a_misspelt_key_is_not_missing_as_well() -> None:
    mistaken = without(plain_task(), "text") | {"title": "Ban hành"}
    assert said(findings(plain_programme(plain_directive(mistaken)))) == ["unknown-key 0.title text"]
    assert in_entry(staus="done", evidence="1/QĐ") == ["unknown-key 0.staus status"]
    assert in_entry(status="deferred", nte="Chờ luật") == ["unknown-key 0.nte note"]


def test_one_cause_is_one_finding() -> None:
    assert in_task(text=["a", "b"]) == ["wrong-kind 0.text text: …"]
    assert in_task(text={"vi": ["a"]}) == ["wrong-kind text.vi vi: …"]
    assert in_task(text={}) == ["empty-value 0.text"]
    assert said(findings(plain_programme({}))) == ["empty-value directives.0"]
    assert said(findings(plain_programme(plain_directive(id="CD01")))) == ["bad-id 0.id 2022-CD01"]
    assert in_entry() == ["missing-action log.0"]
    assert in_entry(by="Vụ Tổng hợp", evidence="1/QĐ") == ["missing-action log.0"]
    assert in_entry(status="done", risk="high") == ["several-actions 0.risk"]
    assert in_entry(status="dne", evidence="1/QĐ") == ["unknown-code 0.status done"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"support": "BO_CONG_AN"}, "wrong-kind 0.support support: [BO_CONG_AN]"),
        ({"lead": ["VPCP", "BO_CONG_AN"]}, "several-leads 0.lead lead: VPCP"),
        ({"log": "xong"}, "wrong-kind 0.log log: [xong]"),
        ({"responsible": {"vi": "Ông A"}}, "wrong-kind 0.responsible responsible: …"),
        ({"admission": "true"}, "wrong-kind 0.admission admission: {ready: …}"),
        ({"category": None}, "empty-value 0.category"),
        ({"measure": " \n"}, "empty-value 0.measure"),
        ({"support": ["VPCP", None]}, "empty-value support.1"),
        ({"nature": "Thường xuyên"}, "unknown-code 0.nature standing"),
        ({"nature": "one-off"}, "unknown-code 0.nature one_off"),
        ({"item": "đề án"}, "unknown-code 0.item scheme"),
        ({"urgency": "xyz"}, "unknown-code 0.urgency soon | urgent | timely"),
        ({"priority": "có"}, "unknown-code 0.priority true"),
        ({"priority": "2"}, "unknown-code 0.priority true | false"),
        ({"text": "a\x1b[2J"}, "control-character 0.text"),
        ({"text": "a\u202eb"}, "control-character 0.text"),
        ({"text": {"vi": "a\ufeff", "en": "a"}}, "control-character text.vi"),
        ({"id": "2022-CD02.1"}, "bad-id 0.id 2022-CD01.1"),
        ({"id": "2022-CD01.01"}, "bad-id 0.id 2022-CD01.1"),
        ({"id": "2022-CD01.1\n"}, "bad-id 0.id 2022-CD01.1"),
    ],
)
def test_what_a_task_may_not_hold(keys: Plain, expected: str) -> None:
    assert in_task(**keys) == [expected]


ANY_DAY = "a day that exists, as year-month-day: 2022-06-30"
ANY_DEADLINE = "2022-06-30, 2022-06, 2022-Q2, 2022-H1 or 2022"


@pytest.mark.parametrize(
    ("written", "day", "deadline"),
    [
        ("22/05/2022", "2022-05-22", "2022-05-22"),
        ("22-5-2022", "2022-05-22", "2022-05-22"),
        ("2022.5.22", "2022-05-22", "2022-05-22"),
        ("05/22/2022", ANY_DAY, ANY_DEADLINE),
        ("30/02/2022", ANY_DAY, ANY_DEADLINE),
        ("2022-02-30", ANY_DAY, ANY_DEADLINE),
        ("22/05/22", ANY_DAY, ANY_DEADLINE),
        ("today", ANY_DAY, ANY_DEADLINE),
        ("+14d", ANY_DAY, ANY_DEADLINE),
        ("quý II", ANY_DAY, "2022-Q2"),
        ("tháng 6", ANY_DAY, "2022-06"),
        ("06/2022", ANY_DAY, "2022-06"),
        ("6 tháng đầu năm 2023", ANY_DAY, "2023-H1"),
        ("\u0662\u0660\u0662\u0662-01-11", ANY_DAY, ANY_DEADLINE),
    ],
)
def test_a_date_is_offered_in_its_form_but_never_guessed(written: str, day: str, deadline: str) -> None:
    assert in_task(added=written) == [f"bad-date 0.added {day}"]
    assert in_task(deadline=written) == [f"bad-deadline 0.deadline {deadline}"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"status": "not_reported"}, "unreported-status 0.status"),
        ({"status": "withdrawn"}, "missing-note 0.note"),
        ({"risk": "high"}, "missing-note 0.note"),
        ({"status": "carried_over"}, "missing-key 0.to to: 2023-CN01.1"),
        ({"deadline": "2022-Q2"}, "missing-key 0.decision decision: requested | approved | rejected"),
        ({"decision": "approved"}, "missing-key 0.deadline deadline: 2022-Q2"),
        ({"status": "in_progress", "evidence": "1/QĐ"}, "misplaced-key 0.evidence"),
        ({"status": "done", "to": "2023-CN01.1"}, "misplaced-key 0.to"),
        ({"resolved": "Xong", "reported_to": "VPCP"}, "misplaced-key 0.reported_to"),
        ({"note": "Đã họp", "key": "von"}, "misplaced-key 0.key"),
        ({"status": "done", "evidence": [["1/QĐ"]]}, "wrong-kind evidence.0 - {number: …}"),
        ({"status": "done", "evidence": {"number": "1/QĐ"}}, "wrong-kind 0.evidence evidence: 123/QĐ-VPCP"),
    ],
)
def test_what_a_log_entry_may_not_hold(keys: Plain, expected: str) -> None:
    assert in_entry(**keys) == [expected]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (plain_programme(schema="3", unheard_of="x"), ["newer-schema schema"]),
        (plain_programme(schema="0"), ["bad-number schema schema: 1"]),
        (plain_programme(schema="one"), ["bad-number schema schema: 1"]),
        (plain_programme(year="2021"), ["year-mismatch year"]),
        (plain_programme(year="\u0662\u0660\u0662\u0662"), ["bad-number year year: 2022"]),
        (plain_programme(plain_directive(plain_task(id="2021-CD01.1"), id="2021-CD01")), ["bad-id 0.id 2022-CD01"]),
        (plain_programme(context=[{"id": "2022-CD01.1", "text": "a"}]), ["bad-id 0.id 2022-MT01.1"]),
        (plain_programme(previous_results=[{"id": "2021-KQ1", "text": "a"}]), ["bad-id 0.id 2022-KQ1"]),
    ],
)
def test_what_a_programme_may_not_hold(data: Plain, expected: list[str]) -> None:
    assert said(findings(data)) == expected


def test_a_unit_s_plan_may_put_its_slug_into_the_ids() -> None:
    data = plain_programme(plain_directive(plain_task(id="2022-VTH-CD01.1"), id="2022-VTH-CD01"), parent="2022")
    assert not findings(data, "2022-vu-tong-hop")


def test_every_broken_task_is_reported_and_named() -> None:
    broken = [plain_task(id=f"2022-CD01.{number}", deadline="quý II", nature="x") for number in range(1, 4)]
    found = findings(plain_programme(plain_directive(*broken)))
    assert [(finding.code, finding.subject) for finding in found] == [
        (code, f"2022-CD01.{number}") for number in range(1, 4) for code in ("unknown-code", "bad-deadline")
    ]


def test_the_register_of_units() -> None:
    unit = {"code": "VPCP", "name": {"vi": "Văn phòng", "en": "Office"}, "aliases": ["OOG"], "valid_to": "2026-05-31"}
    (read,), found = units_of(Parsed("units.yaml", "", {"schema": "1", "units": [unit]}))
    assert not found
    assert (read.code, read.aliases, read.valid_to) == ("VPCP", ("OOG",), date(2026, 5, 31))
    units, found = units_of(Parsed("units.yaml", "", {"schema": "1", "units": [unit | {"code": "vpcp"}]}))
    assert not units
    assert said(found) == ["bad-id 0.code VU_TONG_HOP"]
    _units, found = units_of(Parsed("units.yaml", "", {"schema": "1", "units": [unit, unit]}))
    assert said(found) == ["duplicate-unit 1.code"]


def test_every_dataclass_of_the_subject_has_a_name_for_findings_and_every_field_a_key() -> None:
    known = [cls for cls in vars(domain).values() if isinstance(cls, type) and is_dataclass(cls)]
    records = [cls for cls in known if cls not in (domain.Workspace, domain.Inherited, domain.Owing, Deadline)]
    assert set(records) <= set(RECORDS)
    unwritten = {"line", "file", "inherited", "owing", "chosen"}
    for cls in records:
        names = {field.name for field in fields(cls)} - unwritten - ({"id"} if cls is Programme else set())
        assert {key.field for key in keys_of(cls).values()} == names


PLAIN = st.recursive(
    st.none()
    | st.sampled_from(["", "1", "2022", "VPCP", "done", "2022-Q2", "true", "2022-CD01.1"])
    | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "text", "vi", "log", "status", "note", "lead", "tasks", "date", "evidence", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.data())
def test_no_data_make_it_stumble_and_all_findings_word_themselves(data: st.DataObject) -> None:
    whole = plain_programme(
        plain_directive(plain_task(**{data.draw(st.sampled_from(sorted(keys_of(domain.Task)))): data.draw(PLAIN)}))
    )
    whole[data.draw(st.sampled_from(sorted(whole)))] = data.draw(PLAIN)
    read, found = programme_of(Parsed("2022.yaml", "", whole), "2022")
    assert (read is None) == bool(found)
    for finding in found:
        assert finding.sentence()
        assert finding.remedy()
