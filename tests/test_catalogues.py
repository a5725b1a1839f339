"""Nothing is missing in Vietnamese, and what is compiled is what is written."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest

import catalogues
from vpcp_cli import language

FOLDER = catalogues.PACKAGE / "locale" / "vi" / "LC_MESSAGES"
PLACE = re.compile(r"\{\w*\}")

entries = catalogues.read_po((FOLDER / "vpcp.po").read_text(encoding="utf-8"))


def test_the_catalogue_holds_the_sentences_of_the_sources_and_no_others() -> None:
    assert {key: entry.plural for key, entry in entries.items()} == catalogues.extracted()


def test_every_sentence_is_translated() -> None:
    assert [key for key, entry in entries.items() if not entry.translation] == []


def test_a_translation_has_the_places_of_its_sentence() -> None:
    odd = {
        key: entry.translation
        for key, entry in entries.items()
        if set(PLACE.findall(entry.translation)) != set(PLACE.findall(entry.plural or key))
    }
    assert odd == {}


def test_what_is_compiled_is_what_is_written() -> None:
    assert (FOLDER / "vpcp.po").read_text(encoding="utf-8") == catalogues.po(sorted(entries.values()))
    assert (FOLDER / "vpcp.mo").read_bytes() == catalogues.mo(sorted(entries.values()))


def test_gettext_reads_what_is_compiled(tmp_path: Path) -> None:
    compiled = tmp_path / "vpcp.mo"
    compiled.write_bytes(
        catalogues.mo([catalogues.Entry("{n} task", "{n} tasks", "{n} nhiệm vụ"), catalogues.Entry("Đ", "", "đờ")])
    )
    with compiled.open("rb") as stream:
        read = GNUTranslations(stream)
    assert [read.ngettext("{n} task", "{n} tasks", number) for number in (1, 2)] == ["{n} nhiệm vụ"] * 2
    assert read.gettext("Đ") == "đờ"
    assert read.gettext("missing") == "missing"


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_message_is_found_as_gettext_finds_it(number: int) -> None:
    with (FOLDER / "vpcp.mo").open("rb") as stream:
        known = GNUTranslations(stream)
    found = language.Catalogue((FOLDER / "vpcp.mo").read_bytes())
    for key, entry in entries.items():
        assert found.gettext(key) == known.gettext(key) == entry.translation
        assert found.ngettext(key, entry.plural, number) == (
            known.ngettext(key, entry.plural, number) if entry.plural else entry.translation
        )
    for missing in ("\x00", "A", "no such message", "ựự", key + "x"):
        assert (found.gettext(missing), found.ngettext(missing, "s", number)) == (
            missing,
            missing if number == 1 else "s",
        )


def test_of_two_translations_the_last_counts() -> None:
    first, second = 'msgid "a"\nmsgstr "một"\nmsgid "a"\nmsgstr "hai"\n', 'msgid "b"\nmsgstr "ba"\nmsgstr "bốn"\n'
    text = f'{first}\nmsgid "a"\nmsgstr ""\n{second}'
    assert [entry.translation for entry in catalogues.read_po(text).values()] == ["hai", "bốn"]


@pytest.mark.parametrize("former", ["trễ hạn", "diện tính", "tính vào số liệu", "diễn biến", "tuỳ", "xoá"])
def test_the_vietnamese_keeps_to_its_words(former: str) -> None:
    """One word for one thing: these were others for overdue, counted, a log entry, and spellings."""
    entries = catalogues.read_po((catalogues.PACKAGE / "locale/vi/LC_MESSAGES/vpcp.po").read_text(encoding="utf-8"))
    assert [entry.key for entry in entries.values() if former in entry.translation.casefold()] == []


@pytest.mark.parametrize("text", ['a "b"', "c\\d", "e\nf\tg", "«h»"])
def test_a_text_survives_writing_and_reading(text: str) -> None:
    entry = catalogues.Entry(text, "", text[::-1])
    assert catalogues.read_po(catalogues.po([entry])) == {text: entry}


@pytest.mark.parametrize(
    ("argv", "environ", "configured", "spoken"),
    [
        ([], {}, None, "en"),
        ([], {"LANG": "vi_VN.UTF-8"}, None, "vi"),
        ([], {"LANG": "vi_VN.UTF-8", "LC_ALL": "C"}, None, "en"),
        ([], {"LC_MESSAGES": "vi", "LANG": "fr_FR"}, None, "vi"),
        ([], {"LANG": "vi_VN"}, "en", "en"),
        ([], {"VPCP_LANG": "vi"}, "en", "vi"),
        ([], {"VPCP_LANG": "VI_vn"}, None, "vi"),
        (["list", "--lang", "en"], {"VPCP_LANG": "vi"}, None, "en"),
        (["--lang=vi", "list"], {}, None, "vi"),
        (["--lang=vi", "--lang", "en"], {}, None, "en"),
        (["note", "--", "--lang", "vi"], {}, None, "en"),
        (["--lang", "fr"], {"VPCP_LANG": "vi"}, None, "vi"),
        (["--lang"], {}, None, "en"),
    ],
)
def test_who_asks_first_is_heard(argv: list[str], environ: dict[str, str], configured: str | None, spoken: str) -> None:
    assert language.language_of(argv, environ, lambda: configured) == spoken
