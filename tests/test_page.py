"""The page for browsers: whole, inert, equal to the figures of the terminal, and bare where it is for everybody."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from hostile import take_hostile
from terminal import REPOSITORY, Terminal
from vpcp_cli.kinds import keys_of
from vpcp_cli.programme import LogEntry
from vpcp_cli.sharing.server import HOST, Server
from vpcp_cli.sharing.site import _OF_THE_OFFICE

DAY = "2022-06-24"


class Read(HTMLParser):
    """What a browser finds: elements with their attributes, and the text of each cell."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of each element of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


def page(terminal: Terminal, *more: str, lang: str = "en") -> str:
    """Return the examples' page."""
    terminal.take(REPOSITORY / "examples")
    answer = terminal.vpcp("export", "html", "--as-of", DAY, "-o", "x.html", *more, VPCP_LANG=lang)
    assert (answer.code, answer.out) == (0, "")
    return (terminal.folder / "x.html").read_text(encoding="utf-8")


def data(text: str) -> dict[str, Any]:
    """Return what the page's script reads."""
    found: dict[str, Any] = json.loads(re.findall(r'id="data">(.*?)</script>', text, re.DOTALL)[0])
    return found


def test_it_asks_for_nothing_and_runs_only_what_its_policy_names(terminal: Terminal) -> None:
    text = page(terminal)
    read = Read(text)
    assert not re.search(r"https?://", re.sub(r"https?://www\.w3\.org/\S*", "", text))
    assert not [one for one in read.elements if {"src", "style", "onclick", "onload"} & one[1].keys()]
    (policy,) = [one["content"] for one in read.of("meta") if one.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_its_figures_are_those_of_status(terminal: Terminal, lang: str) -> None:
    cells = Read(page(terminal, lang=lang)).cells
    whole = json.loads(terminal.vpcp("status", "--as-of", DAY, "-f", "json").out)["whole"]
    done, not_done = (list(map(int, cells[at : at + 4])) for at in (6, 11))
    assert done == [whole["done_on_time"], whole["done_late"], whole["done_no_deadline"], whole["done"]]
    assert not_done[1] == whole["overdue"]
    assert done[3] + not_done[3] == whole["counted"]


def test_every_task_is_there_with_and_without_a_script(terminal: Terminal) -> None:
    text = page(terminal)
    listed = json.loads(terminal.vpcp("list", "--as-of", DAY, "-f", "json").out)["tasks"]
    ids = {one["id"] for one in listed}
    assert {row[0] for row in data(text)["rows"]} == ids
    assert {one["id"] for one in Read(text).of("tr") if "id" in one} == ids


def test_hostile_texts_are_only_texts(terminal: Terminal) -> None:
    hostile = [
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7*7 }}", "{% raw %}", "<!--",
        "]]>", "javascript:alert(1)", "&lt;b&gt;", "' onclick='x", '" autofocus onfocus="x', "<svg/onload=x>",
    ]  # fmt: skip
    take_hostile(terminal, hostile)
    assert terminal.vpcp("export", "html", "-o", "x.html", "--as-of", DAY, VPCP_LANG="vi").code == 0
    text = (terminal.folder / "x.html").read_text(encoding="utf-8")
    read = Read(text)
    assert [one.get("type") for one in read.of("script")] == ["application/json", None]
    assert not read.of("img")
    assert not read.of("b")
    assert [row[1] for row in data(text)["rows"]] == hostile
    assert set(hostile) <= set(read.cells)


def test_for_everybody_nothing_of_the_office_is_there(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    words = ("PLANTED-by", "PLANTED-note", "PLANTED-obstacle", "PLANTED-person", "PLANTED-struck")
    id_ = "2022-CD03.4"
    for command in (
        ("note", id_, words[1], "--by", words[0]),
        ("block", id_, words[2], "--by", words[0]),
        ("assign", id_, "--responsible", words[3], "--by", words[0]),
        ("risk", id_, "high", "--note", words[4], "--by", words[0]),
        ("remind", id_, "9/PLANTED", "--by", words[0]),
    ):
        assert terminal.vpcp(*command, "--on", DAY).code == 0, command
    put_right = ("set", id_, "--responsible", "PLANTED-other", "--note", "PLANTED-why", "--by", words[0])
    assert terminal.vpcp(*put_right).code == 0
    for by_which in (("--on", "2022-05-02"), ("--void",)):
        corrected = ("correct", id_, "1", *by_which, "--reason", f"PLANTED-reason{by_which[0]}", "--by", words[0])
        assert terminal.vpcp(*corrected).code == 0, corrected
    for inside in (True, False):
        more = () if inside else ("--public",)
        assert terminal.vpcp("export", "html", "--as-of", "2099-01-01", "--dir", "site", *more).code == 0
        whole = "".join(path.read_text(encoding="utf-8") for path in (terminal.folder / "site").iterdir())
        assert ("PLANTED" in whole, "FOR INTERNAL CIRCULATION" in whole) == (inside, inside)


def test_a_folder_of_pages_leads_from_each_to_each(terminal: Terminal) -> None:
    terminal.take(REPOSITORY / "examples")
    assert terminal.vpcp("export", "html", "--as-of", DAY, "--dir", "site").code == 0
    files = {path.name: path for path in (terminal.folder / "site").iterdir()}
    links = {one["href"] for one in Read(files["index.html"].read_text(encoding="utf-8")).of("a")}
    assert files.keys() - {"index.html"} <= links
    of_unit = data(files["unit-PHONG_CNTT.html"].read_text(encoding="utf-8"))
    assert {of_unit["texts"][row[4]] for row in of_unit["rows"]} == {"PHONG_CNTT"}
    assert json.loads(files["tasks.json"].read_bytes())["tasks"]


def test_two_runs_give_the_same_bytes(terminal: Terminal) -> None:
    assert page(terminal) == page(terminal)


def test_what_is_served_is_read_only_and_for_this_machine() -> None:
    with Server(0, lambda: b"page", lambda: b"1") as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://{HOST}:{server.server_port}"

        def ask(path: str, **more: Any) -> int:
            try:
                with urlopen(Request(address + path, **more)) as answer:  # noqa: S310 - our own server
                    return int(answer.status)
            except HTTPError as error:
                return error.code

        codes = [ask("/"), ask("/state"), ask("/programmes/2022.yaml"), ask("/../x")]
        codes += [ask("/", method="POST", data=b""), ask("/", headers={"Host": "example.org"})]
        server.shutdown()
    assert codes == [200, 200, 404, 404, 501, 403]


def test_of_each_key_of_an_entry_it_is_decided_whether_everybody_may_read_it() -> None:
    for_everybody = {"date", "status", "evidence", "deadline", "decision", "lead", "value", "document", "for"}
    for_everybody |= {"void", "to", "duplicate_of", "replaced_by", "set"}
    assert set(keys_of(LogEntry)) - _OF_THE_OFFICE == for_everybody
