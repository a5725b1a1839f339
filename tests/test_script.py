"""Texts of old fonts and look-alike letters are told from Vietnamese, English and foreign names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal import REPOSITORY
from vpcp_cli.script import garbled, is_usual, look_alike

SENTENCES = (
    "Đổi mới phương thức chỉ đạo, điều hành của Chính phủ",
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Báo cáo Thủ tướng Chính phủ trước ngày 30 tháng 6",
    "Nghị quyết số 01/NQ-CP về nhiệm vụ, giải pháp chủ yếu",
)
OLD = (
    *(
        "§æi míi ph\xad¬ng thøc chØ ®¹o, ®iÒu hµnh",
        "Céng hoµ x· héi chñ nghÜa ViÖt Nam",
        "QuyÕt ®Þnh sè 5",
        "Thñ t\xad\xadíng",
    ),
    *(
        "Vaên phoøng Chính phuû",
        "ñoåi môùi phöông thöùc",
        "Coäng hoøa xaõ hoäi chuû nghóa",
        "BAÙO CAÙO THAÙNG",
        "Baùo caùo",
    ),
    *("Bộ trưởng ná»™i vụ", "â€œĐổi mớiâ€", "Nghị quyết sÃ¡u thÃ¡ng", "B\ufffdo c\ufffdo", "Há»™i nghá»‹"),
)
ALIKE = ("Ðổi mới", "điều hành ð", "Bộ Cоng an", "Ηà Nội", "Ｖăn phòng", "Vǎn phòng", "𝐁áo cáo", "Chính рhủ")
SOUND = (
    "Søren Müller, São Paulo, Côte d'Ivoire, España, año, Nestlé, Haïti, Israël, où, août, Zaïre, Raúl, Ångström",
    "Noël, Œuvre, naïve, straße, Curaçao, Düsseldorf, København, Łódź, İstanbul, Dvořák, Михаил, Ελλάδα",
    "5 m², 30°C, Windows®, ©2022, §5 Điều, 10×20, µg/m³, 1½ giờ, 1ª, № 5, ≥ 6 → ok · a, TGFβ, α-amylase, 5Ω",
    "«XÃ HỘI», “KIỂM KÊ”, VIỆC XÃ… “CƠ SỞ XÃ”, ĐÃ – MÃ’, ÂU CƠ â, Ô–Ô, ĐƯỢC Ư",
    "oà oá oả xoá hoá thuỷ quý uý hoà toàn ngoài ngoặc chuyển nguyễn giữa cùng rõ mũi chõ",
)


@pytest.mark.parametrize("text", OLD)
def test_old_fonts_and_wrong_encodings_are_told(text: str) -> None:
    assert garbled(text)
    assert not is_usual(text)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("read_as", ["cp1252", "latin-1"])
def test_whatever_was_decoded_wrongly_is_told(sentence: str, read_as: str) -> None:
    assert garbled(sentence) is None
    assert garbled(sentence.encode().decode(read_as, "replace"))


@pytest.mark.parametrize("text", ALIKE)
def test_look_alikes_are_told(text: str) -> None:
    assert look_alike(text)
    assert not is_usual(text)


@pytest.mark.parametrize("text", [*SOUND, *SENTENCES])
def test_what_people_write_is_sound(text: str) -> None:
    assert garbled(text) is None
    assert look_alike(text) is None


def test_nothing_that_the_project_ships_is_suspect() -> None:
    for path in REPOSITORY.glob("**/programmes/*.yaml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert (garbled(line), look_alike(line)) == (None, None)


@given(st.text(st.sampled_from("aăâeuoôƯÂÃùõÙÕảàñødđ °»“.\n"), max_size=12))
def test_what_is_usual_at_one_glance_is_sound(text: str) -> None:
    if is_usual(text):
        assert garbled(text) is None
        assert look_alike(text) is None
        assert re.sub(r"\s", "", text).isprintable()
