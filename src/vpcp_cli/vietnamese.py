"""Vietnamese for readers and searchers: folding, search, collation, names, dates and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import combining, normalize

from vpcp_cli.dataclass import dataclass

if TYPE_CHECKING:  # decimal and fractions take longer to load than all else here
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

# A key's letters and their tone, syllable by syllable; then what breaks a tie.
CollationKey = tuple[tuple[tuple[str, str], ...], str, str]

_BLANKS: Final = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_INVISIBLE: Final = "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_PLAIN: Final = str.maketrans(
    dict.fromkeys(_BLANKS, " ")
    | dict.fromkeys(_INVISIBLE, "")
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("“”„‟«»″＂", '"')
    | dict.fromkeys("‘’‚‛‹›′＇", "'")
    | {"…": "..."}
)

# Both placements are in use (hòa, hoà); the old one is the key, since only it holds when a letter follows (hoàn).
_TONE_PLACEMENTS: Final = tuple(
    zip(
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        strict=True,
    )
)

# Words that stand for each other. Only what has one meaning in this field: no BT, which is several offices.
_SYNONYMS: Final = (
    ("CNTT", "công nghệ thông tin"),
    ("CPĐT", "chính phủ điện tử"),
    ("PTTg", "Phó Thủ tướng"),
    ("TTg", "Thủ tướng"),
    ("KTXH", "KT-XH", "kinh tế - xã hội", "kinh tế xã hội", "kinh tế-xã hội"),
    ("VPCP", "Văn phòng Chính phủ"),
    ("TTĐT", "thông tin điện tử"),
    ("CTCT", "chương trình công tác"),
    ("CBCC", "cán bộ, công chức", "cán bộ công chức"),
    ("TW", "trung ương"),
    ("UBND", "ủy ban nhân dân"),
    ("HĐND", "hội đồng nhân dân"),
    ("CCHC", "cải cách hành chính"),
    ("TTHC", "thủ tục hành chính"),
    ("CĐS", "chuyển đổi số"),
    ("DVC", "dịch vụ công"),
    ("TGĐ", "Tổng Giám đốc"),
    ("PCN", "Phó Chủ nhiệm"),
)

_ALPHABET: Final = str.maketrans(
    "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", "".join(chr(ord("A") + place) for place in range(33))
)
_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTER_MARKS: Final = "\u0306\u0302\u031b"  # of ă, of â ê ô, of ơ ư


def nfc(text: str) -> str:
    """Return the composed form, in which texts are stored and compared."""
    return normalize("NFC", text)


def tidy(text: str) -> str:
    """Return a text as it is to be written: composed, with single spaces and on one line."""
    return _one_spaced(nfc(text))


def fold(text: str) -> str:
    """Return the search key without marks: đ is d, and case, spaces, dashes and quotes are all one."""
    return _one_spaced(text.lower() if text.isascii() else _fold(text))  # without the table, which takes time to make


def fold_keeping_marks(text: str) -> str:
    """Return the search key with Vietnamese marks: equal for hoà and hòa, different for đường and dương."""
    return _one_spaced(_place_tones(_fold_keeping_marks(text)))


def _fold(text: str) -> str:
    key = nfc(text).translate(_bare_letters())
    if key.isascii():
        return key
    # Rare: marks on letters that have no composed form, ligatures, other alphabets.
    key = _without_marks(_without_marks(key).casefold())
    return key.translate(_bare_letters())


def _fold_keeping_marks(text: str) -> str:
    return nfc(nfc(text).translate(_plain_characters()).casefold())


def _place_tones(key: str) -> str:
    """Move the tone of oa, oe and uy to the second vowel; the length stays."""
    for new, old in _TONE_PLACEMENTS:
        key = key.replace(new, old)
    return key


def _one_spaced(key: str) -> str:
    return " ".join(key.split())


def _without_marks(text: str) -> str:
    return "".join(char for char in normalize("NFD", text) if not combining(char))


@cache
def _plain_characters() -> dict[int, str]:
    # A character that the table lacks costs an exception inside translate(), so usual ones stand for themselves.
    return {code: chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00))} | _PLAIN


@cache
def _bare_letters() -> dict[int, str]:
    bare = {code: _without_marks(char.casefold()) for code, char in _plain_characters().items()}
    return bare | {ord("đ"): "d", ord("Đ"): "d"}


class _Needle(NamedTuple):
    """What one kind of key must hold: from the start of a word, and up to the end of one if `whole`."""

    key: str
    marked: bool
    whole: bool = False

    def places(self, key: str) -> Iterator[int]:
        """Yield the offsets at which a key of the right kind holds this needle."""
        needle = self.key
        opens, closes = needle[0].isalnum(), self.whole and needle[-1].isalnum()
        at = key.find(needle)
        while at >= 0:
            end = at + len(needle)
            inside = (opens and key[at - 1 : at].isalnum()) or (closes and key[end : end + 1].isalnum())
            if not inside:
                yield at
            at = key.find(needle, at + 1)


# Any one of these ways will do; a way needs all its needles.
_Clause = tuple[tuple[_Needle, ...], ...]


@dataclass(frozen=True, slots=True)
class Search:
    """Words to look for: all must occur, each in any of the texts.

    A word is found where a word of the text begins with it: «ong» finds «ông» and not «công», because a piece from
    the middle of a syllable is noise. An argument with spaces in it is a phrase. What is typed without marks
    ignores them; a word or phrase with any mark means exactly that. Usual abbreviations and what they stand for
    find each other, as whole words only.
    """

    clauses: tuple[_Clause, ...]

    @classmethod
    def of(cls, words: Sequence[str]) -> Search:
        """Prepare words and phrases as typed; none, or empty ones, find everything."""
        typed = [needle for word in words if (needle := _needle(word)).key]
        clauses = []
        while typed:
            run = typed[: _synonym_run(typed)]
            del typed[: len(run)]
            clauses.append((tuple(run), *((other,) for other in _others(run))))
        return cls(tuple(clauses))

    def matches(self, *haystacks: str) -> bool:
        """Whether every word occurs in some of the texts."""
        text = "\0".join(haystacks)  # which no one types, so no phrase crosses from one text into the next
        keys: dict[bool, str] = {}

        def occurs(needle: _Needle) -> bool:
            if needle.marked not in keys:
                keys[needle.marked] = (fold_keeping_marks if needle.marked else fold)(text)
            return next(needle.places(keys[needle.marked]), None) is not None

        return all(any(all(map(occurs, way)) for way in clause) for clause in self.clauses)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where any of the words stand in the text as given: (start, end) in order, none overlapping."""
        needles = {needle for clause in self.clauses for way in clause for needle in way}
        found: list[tuple[int, int]] = []
        for marked in {needle.marked for needle in needles}:
            key, origins = _traced(text, _fold_keeping_marks if marked else _fold)
            key = _place_tones(key) if marked else key
            for needle in needles:
                if needle.marked is marked:
                    ends = ((at, at + len(needle.key) - 1) for at in needle.places(key))
                    found += [(origins[first][0], origins[last][1]) for first, last in ends]
        return _merged(found)


def _needle(word: str) -> _Needle:
    bare, kept = (_unquoted(key) for key in (fold(word), fold_keeping_marks(word)))
    return _Needle(kept, marked=True) if kept != bare else _Needle(bare, marked=False)


def _unquoted(key: str) -> str:
    quoted = len(key) > 1 and key[0] == key[-1] == '"'
    return key[1:-1].strip() if quoted else key


def _synonym_run(typed: list[_Needle]) -> int:
    """Count how many words at the front, typed one by one, together have a synonym; else 1."""
    phrases = zip(*(_synonym_words(marked=marked) for marked in (False, True)), strict=True)
    return max(
        (
            len(bare)
            for bare, kept in phrases
            if len(bare) <= len(typed)
            and all(
                needle.key == (with_marks if needle.marked else without)
                for needle, without, with_marks in zip(typed, bare, kept, strict=False)
            )
        ),
        default=1,
    )


@cache
def _synonyms(*, marked: bool) -> tuple[tuple[str, ...], ...]:
    key = fold_keeping_marks if marked else fold
    return tuple(tuple(key(form) for form in group) for group in _SYNONYMS)


@cache
def _synonym_words(*, marked: bool) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(form.split()) for group in _synonyms(marked=marked) for form in group)


def _others(run: list[_Needle]) -> Iterator[_Needle]:
    """Yield the other ways to say a phrase, with any of its abbreviations written out or the reverse."""
    marked = any(needle.marked for needle in run)
    phrases = [" ".join(needle.key for needle in run)]
    for phrase in phrases:  # which grows meanwhile
        for group in _synonyms(marked=marked):
            for form in group:
                at = next(_Needle(form, marked, whole=True).places(phrase), None)
                if at is not None:
                    swapped = (phrase[:at] + other + phrase[at + len(form) :] for other in group)
                    phrases += [other for other in swapped if other not in phrases]
    return (_Needle(phrase, marked, whole=True) for phrase in phrases[1:])


def _traced(text: str, fold_piece: Callable[[str], str]) -> tuple[str, list[tuple[int, int]]]:
    """Return a text's key, and for each character of it the part of the text that it comes from."""
    key: list[str] = []
    origins: list[tuple[int, int]] = []
    for start, end in _clusters(text):
        for char in fold_piece(text[start:end]):
            if char != " " or (key and key[-1] != " "):
                key.append(char)
                origins.append((start, end))
    return "".join(key), origins


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that can be folded alone: a letter with all that composes with it."""
    start = 0
    for at in range(1, len(text)):
        cluster, char = text[start:at], text[at]
        joins = not char.isascii() and (
            combining(char) or char in _INVISIBLE or nfc(cluster + char) != nfc(cluster) + nfc(char)
        )
        if not joins:
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def collation_key(text: str) -> CollationKey:
    """Return the key of Vietnamese order: by syllable the letters, then the tone; case last; digits first.

    Letters as in the alphabet, a ă â … d đ …, with f j w z where Latin has them. Tones: level, huyền, hỏi, ngã,
    sắc, nặng (Vietnam Lexicography Centre).
    """
    text = nfc(text)
    words = "".join(char if char.isalnum() or combining(char) else " " for char in text.casefold())
    return tuple(map(_syllable, words.split())), text.swapcase(), text


def name_key(name: str) -> CollationKey:
    """Return the key by which people are listed: the given name, which is the last word, then the rest."""
    *rest, given = name.split() or [""]
    return collation_key(" ".join((given, *rest)))


@lru_cache(4096)
def _syllable(syllable: str) -> tuple[str, str]:
    chars = normalize("NFD", syllable)
    letters = "".join(char for char in chars if char in _LETTER_MARKS or not combining(char))
    return nfc(letters).translate(_ALPHABET), "".join(_TONES.get(char, "") for char in chars)


def quoted(text: str, lang: str) -> str:
    """Put a text in quotation marks as its reader's language has them."""
    return f"“{text}”" if lang == "vi" else f"«{text}»"


def format_date(day: date, lang: str) -> str:
    """Write dd/mm/yyyy in Vietnamese, else ISO, which no reader takes for month first."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if lang == "vi" else day.isoformat()


def format_number(value: int | Decimal | Fraction, lang: str, decimals: int = 0) -> str:
    """Write 21.914 and 98,6 in Vietnamese, else 21,914 and 98.6; halves are rounded away from zero."""
    return _decimal(*value.as_integer_ratio(), lang, decimals)


def format_percent(numerator: int, denominator: int | None, lang: str, decimals: int = 1) -> str:
    """Write 98,6% in Vietnamese, else 98.6%, rounded half up; without a base «—», never 0%."""
    return f"{_decimal(100 * numerator, denominator, lang, decimals)}%" if denominator else "—"


def _decimal(numerator: int, denominator: int, lang: str, decimals: int) -> str:
    # In whole numbers: round() and format() would round halves to even, and floats have no exact halves.
    units = (2 * abs(numerator) * 10**decimals + denominator) // (2 * denominator)
    whole, rest = divmod(units, 10**decimals)
    point, group = (",", ".") if lang == "vi" else (".", ",")
    sign = "-" if numerator < 0 and units else ""
    return sign + f"{whole:,}".replace(",", group) + (f"{point}{rest:0{decimals}}" if decimals else "")


def nearest(word: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return what may have been meant, nearest first; case, marks, - and _ make no difference."""
    typed = _loose(word)
    slips = max(1, min(3, len(typed) // 3))
    ranked: list[tuple[int, int, str]] = []
    for candidate in set(candidates):
        known = _loose(candidate)
        bound = ranked[-1][0] if len(ranked) == limit else slips
        shared = _shared(typed, known)
        distance = _distance(typed[shared:], known[shared:], bound)
        if distance > bound and len(typed) > 1 and typed in known:
            distance = slips  # a part that was typed right is as near as the farthest slip
        if distance <= bound:
            ranked = sorted([*ranked, (distance, -shared, candidate)])[:limit]
    return [candidate for *_, candidate in ranked]


def _loose(word: str) -> str:
    return fold(word).replace("_", "-")


def _shared(one: str, two: str) -> int:
    """Count the characters that two words have in common at their start."""
    pairs = zip(one, two, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))


def _distance(one: str, two: str, allowed: int) -> int:
    """Count the letters changed, lost, added or swapped; any number above `allowed` stands for too many."""
    if abs(len(one) - len(two)) > allowed:
        return allowed + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 < j and a == two[j - 2] and b == one[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed and min(before) > allowed:
            return allowed + 1
    return row[-1]


def roman(number: int) -> str:
    """A number as annexes and groups have it: IV."""
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    for value, sign in signs:
        if number >= value:
            return sign + roman(number - value)
    return ""
