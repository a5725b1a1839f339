"""All that leaves the terminal: the same bytes everywhere, and what to install where a library is missing."""

from __future__ import annotations

import sys

import pytest

from annexes import HEADS, as_docx, as_xlsx
from terminal import REPOSITORY, Terminal

PLACES = (
    "LC_ALL=C TZ=America/Lima PYTHONHASHSEED=7 COLUMNS=60",
    "LC_ALL=vi_VN.UTF-8 TZ=Asia/Tokyo PYTHONHASHSEED=1 COLUMNS=200 NO_COLOR=1",
)
NEEDS = {
    "export html -o out": "jinja2",
    "serve": "jinja2",
    "export xlsx --each lead -o out": "xlsxwriter",
    "list -o out.xlsx": "xlsxwriter",
    "import replies": "openpyxl",
    "draft a.xlsx -o out": "openpyxl",
    "draft a.docx -o out": "docx",
    "add 2023-CD01 --from a.xlsx": "openpyxl",
    "add 2023-CD01 --from a.docx": "docx",
    "export ics -o out": "icalendar",
    "report -o out": "docx",
    "letter --each lead -o out": "docx",
}
"""Commands, and the library without which each can do nothing."""


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    terminal.take(REPOSITORY / "examples")
    rows = [HEADS, ("1", "Việc mới", "Phòng CNTT", "", "Quý III", "Báo cáo")]
    terminal.write("a.docx", as_docx(rows))
    terminal.write("a.xlsx", as_xlsx(rows))
    return terminal


def held(office: Terminal, place: str = ".") -> dict[str, bytes]:
    """All files of a folder but the lock of writers."""
    top = office.folder / place
    files = [path for path in sorted(top.rglob("*")) if path.is_file() and path.name != ".vpcp.lock"]
    return {str(path.relative_to(top)): path.read_bytes() for path in files}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("asked", NEEDS)
def test_without_the_extra_it_says_what_to_install(
    office: Terminal, monkeypatch: pytest.MonkeyPatch, asked: str, lang: str
) -> None:
    before = held(office)
    library = NEEDS[asked]
    monkeypatch.setitem(sys.modules, library, None)  # as if it were not installed
    answer = office.vpcp(*asked.split(), VPCP_LANG=lang)
    assert (answer.code, answer.out) == (3, "")
    first = {"vi": f"cần thư viện {library}", "en": f"needs the library {library}"}[lang]
    assert first in answer.err
    assert 'pip install "vpcp-cli[office]"' in answer.err
    assert held(office) == before


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_made_is_the_same_bytes_everywhere(office: Terminal, lang: str) -> None:
    made = {
        "page.html": "export html -o {}/page.html",
        "site": "export html --public --dir {}/site",
        "forms": "export xlsx --each lead -o {}/forms",
        "list.xlsx": "list -o {}/list.xlsx",
        "skeleton.yaml": "draft a.docx -o {}/skeleton.yaml",
    }
    for number, place in enumerate(PLACES, 1):
        office.run(f"mkdir {number}")
        for line in made.values():
            day = "" if line.startswith("draft") else "--as-of 2022-06-24"
            answer = office.run(f"{place} vpcp --lang {lang} {line.format(number)} {day} && true")
            assert answer.code == 0, answer
    first, second = held(office, "1"), held(office, "2")
    assert len(first) > 20
    assert [name for name in first if first[name] != second.get(name)] == []
