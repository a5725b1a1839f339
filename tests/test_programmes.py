"""The shipped programmes say what their sources say.

The measure are shipped-rows.csv, shipped-directives.csv and the lists below: made by reading the sources, not from the
files. `words` are those of a row that carry weight and must not be lost, whatever the sentence around them.
"""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from terminal import Terminal
from vpcp_cli.storage.yaml.document import read

ROOT = Path(__file__).resolve().parent.parent
YEARS = (2012, 2014, 2017, 2019, 2022)

PEOPLE = {
    2012: ["Nguyễn Tấn Dũng"],
    2014: ["Nguyễn Văn Nên", "Nguyễn Văn Tùng", "Vi Quang Đạo", "Phạm Việt Dũng", "Quang Hiếu"],
    2017: ["Nguyễn Xuân Thành"],
    2019: ["Nguyễn Xuân Phúc", "Mai Tiến Dũng", "Trương Hòa Bình"],
    2022: ["Trần Văn Sơn", "Phạm Minh Chính", "Phạm Bình Minh", "Nhật Bắc"],
}
ISSUERS = {
    2012: {"Nguyễn Tấn Dũng"},
    2014: {"Cổng TTĐT Chính phủ", "Nguyễn Văn Nên", "Phạm Việt Dũng"},
    2017: {"Nguyễn Xuân Thành"},
    2019: {"Nguyễn Xuân Phúc"},
    2022: {"Trần Văn Sơn"},
}
AWARDS = {
    2014: [("Bằng khen", None)],
    2019: [("Huân chương Lao động", "hạng Nhất"), ("Huân chương Lao động", "hạng Nhì")],
}
RESULTS: dict[
    int, list[tuple[str, str, str | None, str]]
] = {  # id, place, whose judgement, and words by which to know it
    2012: [
        ("2012-KQ1", "L7-S1", "Nguyễn Tấn Dũng", "đánh giá cao"),
        ("2012-KQ2", "L7-S1", "Nguyễn Tấn Dũng", "đóng góp thiết thực"),
    ],
    2014: [
        ("2014-KQ1", "L13-S1", "Vi Quang Đạo", "06/2013/QĐ-TTg"),
        ("2014-KQ2", "L13-S2", "Vi Quang Đạo", "khó khăn"),
        ("2014-KQ3", "L15-S1", None, "Báo Điện tử Chính phủ"),
        ("2014-KQ4", "L17-S1", None, "định hướng thông tin"),
        ("2014-KQ5", "L23-S1", None, "báo chí trong và ngoài nước"),
        ("2014-KQ6", "L29-S1..S2", "Nguyễn Văn Nên", "đánh giá cao"),
        ("2014-KQ7", "L31-S1", "Nguyễn Văn Nên", "đang dần"),
        ("2014-KQ8", "L31-S2", "Nguyễn Văn Nên", "tiền nhiệm"),
    ],
    2019: [
        ("2019-KQ1", "L9-S1", "Nguyễn Xuân Phúc", "những ưu tiên hàng đầu"),
        ("2019-KQ2", "L9-S2", None, "cơ bản không còn nợ"),
        ("2019-KQ3", "L9-S2", None, "cơ bản được khắc phục"),
        ("2019-KQ4", "L9-S3", None, "góp phần tạo chuyển biến"),
        ("2019-KQ5", "L9-S4", None, "chữ ký số"),
    ],
    2022: [
        ("2022-KQ2", "L18-S3", "Trần Văn Sơn", "khóa XV"),
        ("2022-KQ3", "L20-S1", "Trần Văn Sơn", "hoàn thành tốt nhất"),
    ],
}
DOCUMENTS = {
    2014: [
        "06/2013/QĐ-TTg",
        "Thông điệp đầu năm 2014 của Thủ tướng Chính phủ",
        (
            "Ý kiến chỉ đạo của Thủ tướng Chính phủ tại Hội nghị tổng kết công tác năm 2013, triển khai nhiệm vụ năm"
            " 2014 của VPCP"
        ),
    ],
    2017: ["Quy chế làm việc của Chính phủ", "Quy chế làm việc của VPCP", "Nghị quyết Trung ương 4, khóa XII"],
}
SLOGANS = {  # letter for letter; 2012, 2014 and 2019 have none
    2017: [
        (
            "Tăng cường kỷ cương, không ngừng đổi mới, thi đua sáng tạo, xây dựng VPCP chuyên nghiệp, hiện đại, phục vụ"
            " hiệu quả sự lãnh đạo, chỉ đạo, điều hành của Chính phủ, Thủ tướng Chính phủ trong tình hình mới"
        )
    ],
    2022: [
        "Đoàn kết kỷ cương, chủ động thích ứng, an toàn hiệu quả, phục hồi phát triển",
        "Kỷ cương - Trách nhiệm - Chuyên nghiệp - Đổi mới - Hiệu quả",
    ],
}
SOURCES = {  # the published documents, by title and day of publication
    2012: ("Ý kiến chỉ đạo của Thủ tướng tại Hội nghị tổng kết Văn phòng Chính phủ năm 2011", "2012-01-19"),
    2014: ("Nỗ lực phấn đấu xứng đáng với sự tin cậy của Chính phủ và nhân dân", None),
    2017: ("VPCP phát động nhiều nội dung thi đua thiết thực cho năm 2017", "2017-01-13"),
    2019: ("Văn phòng Chính phủ cần quyết liệt hơn trong xây dựng Chính phủ điện tử", "2019-01-10"),
    2022: ("Cán bộ, công chức VPCP quyết tâm phải cao, nỗ lực phải lớn, hành động quyết liệt", "2022-01-11"),
}
EVENTS = {
    2012: ("2012-01-12", "2012-01-13"),
    2014: ("2014-02-13", None),
    2017: (None, None),
    2019: ("2019-01-10", None),
    2022: ("2022-01-11", None),
}
# What the sources say about, by name, somewhere in the file: bodies, campaigns, the words for speed.
NAMED = {
    2012: ["Bộ Quốc phòng", "Bộ Công an", "“Học tập và làm theo tấm gương đạo đức Hồ Chí Minh”", "“trong năm 2012”"],
    2014: ["Báo Điện tử Chính phủ", "Đoàn Thanh niên", "Công đoàn", "“công các tham mưu”", "VGP/Quang Hiếu"],
    2017: ["Hội đồng Thi đua - Khen thưởng VPCP", "khối thi đua các bộ, ngành tổng hợp", "“năm 2017”"],
    2019: [
        "Tổ công tác",
        "Cổng Dịch vụ công quốc gia",
        "“quyền anh - quyền tôi”",
        "“xin - cho”",
        "“sớm”",
        "“bứt phát”",
    ],
    2022: ["khóa XV", "05/01/2022", "“khẩn trương”", "“giảm thiểu tối đa”", "“cần, kiệm, liêm, chính, chí công vô tư”"],
}


def content(year: int) -> dict[str, Any]:
    path = ROOT / "programmes" / f"{year}.yaml"
    data = read(path.read_bytes(), path.name).data
    assert data is not None
    return data


PROGRAMMES = {year: content(year) for year in YEARS}
TASKS = {
    year: [task for directive in one["directives"] for task in directive["tasks"]] for year, one in PROGRAMMES.items()
}
each_year = pytest.mark.parametrize("year", YEARS)


def vi(text: str | dict[str, str] | None) -> str | None:
    return text["vi"] if isinstance(text, dict) else text


def strings(node: object) -> list[str]:
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else None
    return [str(node)] if inner is None else [text for value in inner for text in strings(value)]


def table(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = table("shipped-rows.csv")
DIRECTIVES = table("shipped-directives.csv")


def bare(text: str) -> str:
    """Return a text by its words alone: small letters, no commas and other signs between them."""
    return " ".join(re.sub(r"[,;:.()]", " ", text).casefold().split())


def test_every_row_has_its_place_category_nature_and_units() -> None:
    keys = ("id", "source", "category", "nature", "lead")
    shipped = [
        {**{key: row.get(key, "") for key in keys}, "support": " ".join(row.get("support", []))}
        for year in YEARS
        for row in PROGRAMMES[year].get("context", []) + TASKS[year]
    ]
    assert shipped == [{key: row[key] for key in (*keys, "support")} for row in ROWS]


def test_every_row_keeps_the_words_that_carry_weight() -> None:
    texts = {row["id"]: bare(row["text"]["vi"]) for one in PROGRAMMES.values() for row in one.get("context", [])}
    texts |= {task["id"]: bare(task["text"]["vi"]) for year in YEARS for task in TASKS[year]}
    lost = [(row["id"], word) for row in ROWS for word in row["words"].split("|") if bare(word) not in texts[row["id"]]]
    assert lost == []


def test_every_directive_has_its_place_kind_and_issuer() -> None:
    shipped = [
        {**{key: directive[key] for key in ("id", "source", "kind")}, "issuer": directive["issuer"]["name"]}
        for year in YEARS
        for directive in PROGRAMMES[year]["directives"]
    ]
    assert shipped == DIRECTIVES


COUNTED = {  # one_off, standing, principle, expectation, the counted, as docs/data-format.md says
    2012: (0, 19, 2, 1, 19),
    2014: (1, 16, 7, 1, 17),
    2017: (1, 8, 4, 12, 9),
    2019: (2, 7, 2, 1, 9),
    2022: (2, 30, 14, 0, 32),
}
LEADS = {
    2012: {"VPCP": 22},
    2014: {"CONG_TTDT": 25},
    2017: {"VPCP": 21, "DANG_UY_VPCP": 1, "DOAN_THE_VPCP": 1, "DON_VI_VPCP": 2},
    2019: {"VPCP": 12},
    2022: {"VPCP": 43, "DANG_UY_VPCP": 1, "DOAN_THE_VPCP": 2},
}
KINDS = {
    2012: {"directive": 6},
    2014: {"self_set": 1, "directive": 3, "request": 1, "commitment": 1},
    2017: {"objective": 3, "request": 4, "directive": 1},
    2019: {"directive": 3, "request": 1},
    2022: {"directive": 11},
}
CATEGORIES = {  # of 2012, 2014, 2017, 2019, 2022
    "advice": [3, 0, 2, 5, 8],
    "policy": [0, 0, 0, 0, 5],
    "programme": [3, 0, 1, 0, 5],
    "follow_up": [3, 0, 0, 0, 2],
    "communications": [4, 12, 1, 5, 3],
    "digital": [2, 2, 1, 2, 3],
    "reform": [1, 0, 2, 0, 3],
    "logistics": [1, 0, 1, 0, 0],
    "organisation": [0, 3, 1, 0, 6],
    "discipline": [1, 5, 7, 0, 6],
    "party": [3, 1, 4, 0, 2],
    "emulation": [1, 2, 4, 0, 0],
    "welfare": [0, 0, 1, 0, 3],
}
NATURES = ("one_off", "standing", "principle", "expectation")


@each_year
def test_natures_leads_and_kinds_of_a_year(year: int) -> None:
    natures = Counter(task["nature"] for task in TASKS[year])
    counted = natures["one_off"] + natures["standing"]
    assert (*(natures[nature] for nature in NATURES), counted) == COUNTED[year]
    assert Counter(task["lead"] for task in TASKS[year]) == LEADS[year]
    assert Counter(directive["kind"] for directive in PROGRAMMES[year]["directives"]) == KINDS[year]


def test_categories_over_the_years() -> None:
    counts = [Counter(task["category"] for task in TASKS[year]) for year in YEARS]
    assert {name: [count[name] for count in counts] for name in set().union(*counts)} == CATEGORIES


def test_as_many_as_the_sources_have() -> None:
    assert [len(TASKS[year]) for year in YEARS] == [22, 25, 25, 12, 46]
    assert [len(PROGRAMMES[year].get("context", [])) for year in YEARS] == [0, 0, 0, 0, 6]
    one_off = "2014-NV01.5 2017-DN05.1 2019-CD03.2 2019-CD04.2 2022-CD02.2 2022-CD02.3"
    assert " ".join(row["id"] for row in ROWS if row["nature"] == "one_off") == one_off


@pytest.mark.parametrize("page", ["data-format.md", "data-format.vi.md"])
def test_the_documentation_says_how_many_are_counted(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for year, (one_off, standing, principle, expectation, counted) in COUNTED.items():
        figures = f"| {one_off} | {standing} | **{counted}** | {principle} | {expectation} |"
        assert f"| {year} | {len(TASKS[year])} {figures}" in text


@each_year
def test_the_rule_of_natures_holds(year: int) -> None:
    """What can't be counted has no measure and no deliverable; objectives are expectations; a mass doesn't lead."""
    uncounted = [task for task in TASKS[year] if task["nature"] in ("principle", "expectation")]
    assert [task["id"] for task in uncounted if "measure" in task or "deliverable" in task] == []
    assert all(("deliverable" in task) == (task["nature"] == "one_off") for task in TASKS[year])
    objectives = [one for one in PROGRAMMES[year]["directives"] if one["kind"] == "objective"]
    assert {task["nature"] for one in objectives for task in one["tasks"]} <= {"expectation"}
    assert {task["lead"] for task in TASKS[year]}.isdisjoint({"CAN_BO_VPCP", "DANG_BO_VPCP"})


@each_year
def test_places_are_written_in_one_way(year: int) -> None:
    sentence = r"L[0-9]+(-S[0-9]+)?"
    place = rf"{sentence}(\.\.(S[0-9]+|{sentence}))?"
    programme = PROGRAMMES[year]
    named = [*programme.get("previous_results", []), *programme.get("awards", []), *programme["directives"]]
    odd = [one["source"] for one in named + TASKS[year] if not re.fullmatch(rf"{place}(; {place})*", one["source"])]
    assert odd == []


@each_year
def test_people_and_issuers(year: int) -> None:
    programme = PROGRAMMES[year]
    assert [person["name"] for person in programme["people"]] == PEOPLE[year]
    assert {directive["issuer"]["name"] for directive in programme["directives"]} == ISSUERS[year]
    assert all(person["role"] and person["part"] for person in programme["people"])


@each_year
def test_awards_results_documents_and_slogans(year: int) -> None:
    programme = PROGRAMMES[year]
    awards = [(vi(award["name"]), vi(award.get("class"))) for award in programme.get("awards", [])]
    assert awards == AWARDS.get(year, [])
    results = [
        (result["id"], result["source"], result.get("author", {}).get("name"), vi(result["text"]) or "")
        for result in programme.get("previous_results", [])
    ]
    for (*said, text), (*told, words) in zip(results, RESULTS.get(year, []), strict=True):
        assert (said, words in text) == (told, True)
    cited = [one.get("number") or vi(one["title"]) for one in programme.get("documents", [])]
    assert cited == DOCUMENTS.get(year, [])
    assert [vi(theme["text"]) for theme in programme.get("themes", [])] == SLOGANS.get(year, [])


@each_year
def test_sources_and_events(year: int) -> None:
    source, event = PROGRAMMES[year]["source"], PROGRAMMES[year]["event"]
    assert (vi(source["title"]), source.get("published")) == SOURCES[year]
    assert (event.get("start"), event.get("end")) == EVENTS[year]


@each_year
def test_what_the_sources_name(year: int) -> None:
    text = "\n".join(strings(PROGRAMMES[year]))
    assert [name for name in NAMED[year] if name not in text] == []


@each_year
def test_nothing_is_said_of_what_became_of_a_task(year: int) -> None:
    entries = [entry for task in TASKS[year] for entry in task.get("log", [])]
    assert all(set(entry) == {"date", "note", "document"} for entry in entries)
    assert not any("deadline" in task for task in TASKS[year])


def test_nothing_in_them_is_wrong_or_odd(terminal: Terminal) -> None:
    answer = terminal.vpcp("check", "--strict", "--data", str(ROOT / "programmes"))
    assert (answer.code, answer.err) == (0, "")
