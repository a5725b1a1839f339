from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise, permutations
from unicodedata import combining, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpcp_cli.vietnamese import (
    Search,
    collation_key,
    fold,
    fold_keeping_marks,
    format_date,
    format_number,
    format_percent,
    name_key,
    nearest,
    nfc,
)

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
TONED = [nfc(letter + tone) for letter in "aăâeêioôơuưy" for tone in TONES]
vietnamese = st.text(
    st.sampled_from([*ALPHABET, *TONED, *map(str.upper, TONED), *"ĐBH0123456789", *' \u00a0\u2009–-‑“”«»‘’"/.,…'])
)
texts = st.one_of(vietnamese, vietnamese.map(lambda text: normalize("NFD", text)), st.text())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đường sắt Bắc – Nam", "duong sat bac - nam"),
        ("  chủ\u00a0 động\u2003\tđề\u200b án\n", "chu dong de an"),
        ("“Kỷ cương” «liêm chính» ‘hành động’", '"ky cuong" "liem chinh" \'hanh dong\''),
        ("06/2013/QĐ‑TTg", "06/2013/qd-ttg"),
        ("Hoà, Hòa; uỷ, ủy; thuý, thúy", "hoa, hoa; uy, uy; thuy, thuy"),
        ("NGHIÊNG, ƯỠN, Ợ, ẵ, Ẫ", "nghieng, uon, o, a, a"),
        ("Straße, ﬁn, Ζεύς, x\u030c", "strasse, fin, ζευσ, x"),
    ],
)
def test_fold_makes_one_key_of_all_spellings(text: str, key: str) -> None:
    assert fold(text) == fold(normalize("NFD", text)) == key


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("hoà", "Hòa"),
        ("thuý", "thúy"),
        ("Uỷ ban", "ỦY BAN"),
        ("khoẻ", "khỏe"),
        ("loè", "lòe"),
        ("quý", "QUÝ"),
        ("kinh tế – xã hội", "Kinh tế\u00a0- xã  hội"),
        (normalize("NFD", "Nghị định"), "nghị định"),
    ],
)
def test_keys_with_marks_are_equal_where_only_the_writing_differs(one: str, two: str) -> None:
    assert fold_keeping_marks(one) == fold_keeping_marks(two)


@pytest.mark.parametrize(("one", "two"), [("đường", "dương"), ("năm", "nam"), ("quý", "quỳ"), ("hòa", "hoa")])
def test_keys_with_marks_tell_words_apart(one: str, two: str) -> None:
    assert fold_keeping_marks(one) != fold_keeping_marks(two)


@given(texts)
def test_fold_leaves_nothing_to_fold(text: str) -> None:
    key = fold(text)
    assert fold(key) == key == fold(normalize("NFD", text)) == fold(normalize("NFC", text))
    assert not any(map(combining, key))
    assert key == " ".join(key.split())


@given(texts)
def test_fold_keeping_marks_leaves_nothing_to_fold(text: str) -> None:
    key = fold_keeping_marks(text)
    assert fold_keeping_marks(key) == key == fold_keeping_marks(normalize("NFD", text))


FOUND = [
    (["duong sat"], "Đường sắt"),
    (["ĐƯỜNG"], "đường sắt"),
    (["đường"], normalize("NFD", "Đường sắt")),
    ([normalize("NFD", "đường")], "Đường sắt"),
    (["sat", "duong"], "Đường sắt"),
    (["hoà"], "Hòa Bình"),
    (["hoà"], "hoàn thành"),  # the beginning of a word
    (["phuong"], "Phường"),
    (["qd-ttg"], "Quyết định số 06/2013/QĐ-TTg"),
    (["06/2013"], "Quyết định số 06/2013/QĐ-TTg"),
    (["13/qd–ttg"], "113/QĐ-TTg; 13/QĐ-TTg"),
    (["kien nghi", "phan anh"], "phản ánh, kiến nghị"),
    (['"dich vu cong"'], "dịch vụ công trực tuyến"),
    (["“dịch vụ công”"], "dịch vụ công trực tuyến"),
    (["=1+1"], "x=1+1"),
    (["cntt"], "Công nghệ thông tin"),
    (["CPĐT"], "chính phủ điện tử"),
    (["cpdt"], "Chính phủ điện tử"),
    (["Chính phủ điện tử"], "xây dựng CPĐT"),
    (["cong", "nghe", "thong", "tin"], "ứng dụng CNTT"),
    (["cong", "dich", "vu", "cong"], "Cổng DVC quốc gia"),
    (["cong dich vu cong"], "Cổng DVC quốc gia"),
    (["Cổng TTĐT Chính phủ"], "Cổng Thông tin điện tử Chính phủ"),
    (["ktxh"], "kinh tế – xã hội"),
    (["ktxh"], "phát triển KT-XH"),
    (["kinh tế xã hội"], "kinh tế - xã hội"),
    (["kinh", "te", "xa", "hoi"], "KTXH"),
    (["Phó Thủ tướng"], "PTTg Thường trực"),
    (["pho", "thu", "tuong"], "Phó TTg Thường trực"),
    (["cán bộ, công chức"], "CBCC"),
    (["cbcc"], "cán bộ công chức"),
    (["trung", "ương"], "27-KL/TW"),
    (["thủ tướng"], "1642/QĐ-TTg"),
    ([], "bất kỳ"),
    (["", "  ", '""'], "bất kỳ"),
]
NOT_FOUND = [
    (["đường"], "đại dương"),
    (["dương"], "Đường sắt"),
    (["năm"], "Việt Nam"),
    (["hòa"], "hoa"),
    (["ong"], "công"),
    (["duong", "thuy"], "Đường sắt"),
    (["sat duong"], "Đường sắt"),
    (["3/qd-ttg"], "13/QĐ-TTg"),
    (["trung ương"], "Twitter"),
    (["trung ương"], "KTTW"),
    (["thu", "tuong"], "PTTg"),
]


@pytest.mark.parametrize(("words", "text"), FOUND)
def test_search_finds(words: list[str], text: str) -> None:
    assert Search.of(words).matches(text)


@pytest.mark.parametrize(("words", "text"), NOT_FOUND)
def test_search_does_not_find(words: list[str], text: str) -> None:
    assert not Search.of(words).matches(text)
    assert not Search.of(words).spans(text) or len(words) > 1


def test_each_word_may_stand_in_another_text_but_a_phrase_stands_in_one() -> None:
    assert Search.of(["sat", "đường"]).matches("Đường bộ", "sắt thép")
    assert not Search.of(["duong sat"]).matches("con đường", "sắt thép")
    assert not Search.of(["x"]).matches()


@pytest.mark.parametrize(
    ("words", "text", "shown"),
    [
        (["dịch vụ", "cong"], "Cổng  Dịch\u00a0 vụ công", ["Cổng", "Dịch\u00a0 vụ", "công"]),
        (["đường"], normalize("NFD", "Đường sắt, đường bộ"), [normalize("NFD", w) for w in ("Đường", "đường")]),
        (["ktxh"], "phát triển kinh tế – xã hội (KT-XH)", ["kinh tế – xã hội", "KT-XH"]),
        (["thuý", "hoa"], "Thúy; hoà", ["Thúy", "hoà"]),
        (["fin"], "ﬁnal", ["ﬁn"]),
        (["bộ", "bo, nganh"], "các bộ, ngành", ["bộ, ngành"]),
        (["thieu"], "đủ cả", []),
    ],
)
def test_spans_show_the_hits_in_the_text_as_written(words: list[str], text: str, shown: list[str]) -> None:
    assert [text[start:end] for start, end in Search.of(words).spans(text)] == shown


@given(texts, st.data())
def test_every_span_is_a_hit_of_its_own_and_lies_in_order(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    search = Search.of([text[start : start + data.draw(st.integers(1, 8))]])
    spans = search.spans(text)
    assert bool(spans) == bool(search.clauses and search.matches(text))
    ends = [0, *(end for span in spans for end in span), len(text)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in spans)
    needle = search.clauses[0][0][0] if search.clauses else None
    for start, end in spans:
        assert needle is not None
        assert fold(needle.key) in fold(text[start:end]) or len(search.clauses[0]) > 1


@given(texts)
def test_a_text_finds_itself(text: str) -> None:
    assert Search.of([text]).matches(f"… {text} …")
    assert Search.of(text.split()).matches(text)


def test_words_sort_by_the_alphabet_then_by_tone() -> None:
    words = "12 an ăn ân ba bà bà_con bả bã bá bạ bắc Công_an Công_thương da đa đá e ê hoa hoà hóa nha ô ơ u Ủy ư việt"
    ordered = [word.replace("_", " ") for word in words.split()]
    assert all(collation_key(one) < collation_key(two) for one, two in pairwise(ordered))


def test_a_tone_weighs_less_than_letters_and_more_than_the_next_syllable() -> None:
    ordered = ["ba", "ba xe", "bà an", "bán", "bàng"]
    assert all(collation_key(one) < collation_key(two) for one, two in pairwise(ordered))


def test_lower_case_comes_first_where_nothing_else_differs() -> None:
    assert sorted(["Đá quý", "đá Quý", "đá quý", "Đá mới"], key=collation_key) == [
        "Đá mới",
        "đá quý",
        "đá Quý",
        "Đá quý",
    ]


@given(texts, texts, texts)
def test_collation_is_a_total_order(one: str, two: str, three: str) -> None:
    keys = [collation_key(text) for text in (one, two, three)]
    assert (keys[0] == keys[1]) == (nfc(one) == nfc(two))
    for low, middle, high in permutations(keys):
        assert not low <= middle <= high or low <= high


@given(st.text(st.sampled_from(ALPHABET), max_size=4), st.data())
def test_collation_follows_the_alphabet(start: str, data: st.DataObject) -> None:
    tails = data.draw(st.lists(st.sampled_from(ALPHABET), min_size=2, max_size=6, unique=True))
    words = sorted((start + tail for tail in tails), key=collation_key)
    places = [ALPHABET.index(word[-1]) for word in words]
    assert all(before < after for before, after in pairwise(places))


def test_people_are_listed_by_given_name() -> None:
    people = ["Phạm Việt Dũng", "Vi Quang Đạo", "Nguyễn Văn Nên", "Nguyễn Văn Tùng", "Trần Anh Tùng"]
    assert all(name_key(one) < name_key(two) for one, two in pairwise(people))
    assert name_key(" Đạo ") == name_key("Đạo")
    assert name_key("") == collation_key("")


def test_dates_are_day_first_in_vietnamese_and_iso_in_english() -> None:
    day = date(2022, 1, 11)
    assert (format_date(day, "vi"), format_date(day, "en")) == ("11/01/2022", "2022-01-11")


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (21914, 0, "21.914", "21,914"),
        (Fraction(16051 * 100, 16274), 1, "98,6", "98.6"),
        (Decimal("1234567.85"), 1, "1.234.567,9", "1,234,567.9"),
        (Decimal("0.5"), 0, "1", "1"),
        (Decimal("2.5"), 0, "3", "3"),
        (Decimal("-2.5"), 0, "-3", "-3"),
        (Decimal("-0.04"), 1, "0,0", "0.0"),
        (7, 2, "7,00", "7.00"),
    ],
)
def test_numbers(value: int | Decimal | Fraction, decimals: int, vi: str, en: str) -> None:
    assert (format_number(value, "vi", decimals), format_number(value, "en", decimals)) == (vi, en)


@pytest.mark.parametrize(
    ("done", "base", "vi", "en"),
    [
        (16051, 16274, "98,6%", "98.6%"),
        (16051, 21914, "73,2%", "73.2%"),
        (1, 8, "12,5%", "12.5%"),
        (1, 16, "6,3%", "6.3%"),  # 6.25: round() would say 6.2
        (0, 3, "0,0%", "0.0%"),
        (5, 5, "100,0%", "100.0%"),
        (0, 0, "—", "—"),
        (0, None, "—", "—"),
    ],
)
def test_rates(done: int, base: int | None, vi: str, en: str) -> None:
    assert (format_percent(done, base, "vi"), format_percent(done, base, "en")) == (vi, en)


@given(st.decimals(-(10**9), 10**9, places=3), st.integers(0, 3))
def test_halves_are_rounded_up_as_decimal_does(value: Decimal, decimals: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0
    assert format_number(value, "en", decimals) == f"{expected:,f}"
    assert format_number(value, "vi", decimals) == f"{expected:,f}".translate(str.maketrans(",.", ".,"))


UNITS = ["VPCP", "VU_TONG_HOP", "VU_TO_CHUC_CAN_BO", "CONG_TTDT", "BO_CONG_AN"]
IDS = ["2022-CD02.1", "2022-CD02.2", "2022-CD02.3", "2022-CD03.1", "2019-CD02.1"]


@pytest.mark.parametrize(
    ("word", "candidates", "meant"),
    [
        ("vcpp", UNITS, ["VPCP"]),
        ("vụ-tổng-hợp", UNITS, ["VU_TONG_HOP"]),
        ("VU_TONG", UNITS, ["VU_TONG_HOP"]),
        ("cong_tdt", UNITS, ["CONG_TTDT"]),
        ("2022-cd02.4", IDS, ["2022-CD02.1", "2022-CD02.2", "2022-CD02.3"]),
        ("2022-CD04.1", IDS, ["2022-CD02.1", "2022-CD03.1", "2022-CD02.2"]),
        ("CD03.1", IDS, ["2022-CD03.1"]),
        ("--due-befor", ["--due-before", "--due-after", "--status"], ["--due-before"]),
        ("xyz", UNITS, []),
        ("", UNITS, []),
    ],
)
def test_nearest_names_what_may_have_been_meant(word: str, candidates: list[str], meant: list[str]) -> None:
    assert nearest(word, candidates) == nearest(word, candidates[::-1]) == meant


def test_nearest_gives_no_more_than_asked() -> None:
    assert nearest("2022-CD02.4", IDS, limit=1) == ["2022-CD02.1"]


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_a_swap_of_neighbours_is_one_slip(before: str, after: str) -> None:
    assert nearest(f"{before}xy{after}", [f"{before}yx{after}"])
