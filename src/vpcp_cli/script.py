"""Letters that are not what they look like: texts of old fonts, texts that were decoded wrongly, look-alikes.

Such a text can be read on one machine perhaps, and never be found. Only what Vietnamese, English and the names of other
countries never hold counts.
"""

from typing import Final

from vpcp_cli.pattern import pattern

_LETTERS: Final = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_USUAL: Final = pattern(f"[\n -~{_LETTERS}{_LETTERS.upper()}–—‘’“”…•«»·→]*")
"""Printable, composed, and of no other script."""
_VNI: Final = ("aù", "eù", "uù", "aõ", "eõ", "uõ", "AÙ", "EÙ", "UÙ", "AÕ", "EÕ", "UÕ")
"""What only VNI has, of letters that are Vietnamese ones."""

_GARBLED: Final = pattern(
    "\ufffd"
    # UTF-8 that was read as Windows-1252 (Ä‘, á»‡, Æ°, Ã¡, â€œ) …
    "|á[»º][^\\w\\s.,;:)]|á[»º][ªµºŒœŠšŽžŸƒˆ˜]|Ä[‘\x90ƒ]|Æ[°¡¯\xa0]|[ÃÂ][¡-ª¬-¶¸-º¼-¿]|â€"
    # … TCVN3 (.VnTime, ABC): signs for letters, capitals for small ones; đ and Đ before letters
    "|[A-Za-z][¡-ª¬®¯µ¶¸¹¼-¾][A-Za-zÀ-ÿ]|(?<!\\w)®(?=[^\\W\\d_])|(?<!\\w)§(?=[a-zß-ÿ])|[a-z][À-ÖØ-Þ]|[a-z]µ|­[¬¥]"
    # … VNI: the mark is a letter of its own; ñ and Ñ begin words.
    "|[aeu][ùøõ]|[AEU][ÙØÕ]|[au]û|[AU]Û|[oO][øØ]|[öôÖÔ][ùøûõïáàåãä]|[ÖÔ][ÙØÛÕÏÁÀÅÃÄ]|(?<!\\w)[ñÑ](?=[^\\W\\d_])|[bcdghklmnpqrstvx]ñ"
)
_LATIN: Final = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_CYRILLIC: Final = "Ѐ-ӿΑΒΕΖΗΙΚΜΝΟΡΤΥΧον"  # and the letters of Greek that look like Latin ones
_ALIKE: Final = pattern(
    f"[ðÐƉɖǍǎɑɡı]|[０-９Ａ-Ｚａ-ｚ\U0001d400-\U0001d7ff]|[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]"
)


def is_usual(text: str) -> bool:
    """Whether a text is printable, composed and of letters that are what they look like, told at one glance."""
    marked = "ù" in text or "õ" in text or "Ù" in text or "Õ" in text
    return bool(_USUAL.fullmatch(text)) and not (marked and any(pair in text for pair in _VNI))


def garbled(text: str) -> str | None:
    """Return what shows that a text is of an old font or was decoded wrongly."""
    found = None if is_usual(text) else _GARBLED.search(text)
    return found[0] if found else None


def look_alike(text: str) -> str | None:
    """Return the first letter of a text that looks like another."""
    found = _ALIKE.search(text)
    return found[0] if found else None
