"""The shipped programmes hold every row of their sources: shipped-rows.csv and the lists below are the measure."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from terminal import Terminal
from vpcp_cli.storage.document import read

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
    2014: [("Bằng khen và hoa", None)],
    2019: [("Huân chương Lao động", "hạng Nhất"), ("Huân chương Lao động", "hạng Nhì")],
}
RESULTS = {  # the place of each, and a word by which to know it
    2012: [("L7-S1", "đánh giá cao"), ("L7-S1", "đóng góp")],
    2014: [
        ("L13-S1", "06/2013/QĐ-TTg"),
        ("L13-S2", "khó khăn"),
        ("L15-S1", "Báo Điện tử Chính phủ"),
        ("L17-S1", "chính thống"),
        ("L23-S1", "họp báo"),
        ("L29-S1/S2", "ổn định tổ chức"),
        ("L31-S1", "đa phương tiện"),
        ("L31-S2", "tiền nhiệm"),
    ],
    2019: [
        ("L9-S1", "thể chế"),
        ("L9-S2", "nợ đọng"),
        ("L9-S2", "“xin - cho”"),
        ("L9-S3", "Mai Tiến Dũng"),
        ("L9-S4", "chữ ký số"),
    ],
    2022: [
        ("L18-S1/S2", "dịch bệnh"),
        ("L18-S3", "khóa XV"),
        ("L20-S1", "Trần Văn Sơn"),
        ("L16-S1", "Phạm Bình Minh"),
    ],
}
DOCUMENTS = {
    2014: [
        "06/2013/QĐ-TTg",
        "Thông điệp đầu năm 2014 của Thủ tướng",
        "Ý kiến của Thủ tướng tại hội nghị tổng kết năm 2013, triển khai nhiệm vụ năm 2014 của VPCP",
    ],
    2017: ["Nghị quyết Trung ương 4, khóa XII"],
}
SLOGANS = {  # letter for letter; 2014 has none, two section heads stand in for them
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
    2019: ["Tổ công tác", "Cổng Dịch vụ công quốc gia", "“quyền anh, quyền tôi”", "“xin - cho”", "“sớm”", "“bứt phát”"],
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


def test_every_row_has_its_place_category_nature_and_units() -> None:
    with (ROOT / "tests" / "shipped-rows.csv").open(encoding="utf-8", newline="") as file:
        expected = [list(row.values()) for row in csv.DictReader(file)]
    shipped = [
        [row["id"], row["source"], *(row.get(key, "") for key in ("category", "nature", "lead")), *units(row)]
        for year in YEARS
        for row in PROGRAMMES[year].get("context", []) + TASKS[year]
    ]
    assert shipped == expected


def units(row: dict[str, Any]) -> list[str]:
    return [" ".join(row.get("support", []))]


def test_as_many_as_the_sources_have() -> None:
    assert [len(TASKS[year]) for year in YEARS] == [22, 25, 25, 12, 46]
    assert [len(PROGRAMMES[year]["directives"]) for year in YEARS] == [6, 6, 8, 4, 11]
    assert [len(PROGRAMMES[year].get("context", [])) for year in YEARS] == [0, 0, 0, 0, 6]
    assert [len(PROGRAMMES[year].get("previous_results", [])) for year in YEARS] == [2, 8, 0, 5, 4]


def test_categories_over_the_years() -> None:
    counts = [Counter(task["category"] for task in TASKS[year]) for year in YEARS]
    assert {name: [count[name] for count in counts] for name in ("digital", "communications", "party")} == {
        "digital": [2, 2, 1, 2, 3],
        "communications": [4, 12, 1, 4, 3],
        "party": [3, 1, 4, 0, 2],
    }


def test_natures() -> None:
    tasks = [task for year in YEARS for task in TASKS[year]]
    assert Counter(task["nature"] for task in tasks) == {
        "one_off": 6,
        "standing": 101,
        "principle": 20,
        "expectation": 3,
    }
    one_off = "2014-NV01.5 2017-DN05.1 2019-CD03.2 2019-CD04.2 2022-CD02.2 2022-CD02.3"
    assert " ".join(task["id"] for task in tasks if task["nature"] == "one_off") == one_off
    assert all("deliverable" in task for task in tasks if task["nature"] == "one_off")


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
    results = [(result["source"], vi(result["text"])) for result in programme.get("previous_results", [])]
    for (source, text), (place, word) in zip(results, RESULTS.get(year, []), strict=True):
        assert (source, text and word in text) == (place, True)
    cited = [one.get("number") or vi(one["title"]) for one in programme.get("documents", [])]
    assert cited == DOCUMENTS.get(year, [])
    if year != 2014:
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
