"""The language that the reader sees: which one, and the words. English sentences are the keys of the catalogue."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from gettext import NullTranslations
from itertools import pairwise
from pathlib import Path
from struct import unpack_from
from typing import Literal, get_args

Language = Literal["vi", "en"]

LANGUAGES: tuple[Language, ...] = get_args(Language)

_chosen: Language = "en"


def choose(language: Language) -> None:
    """Speak `language` from now on."""
    global _chosen  # noqa: PLW0603  one process speaks one language, as gettext itself has it
    _chosen = language


def current() -> Language:
    """The language that is spoken."""
    return _chosen


def _(message: str) -> str:
    """`message` in the language that is spoken."""
    return _catalogue(_chosen).gettext(message) if message else ""


def in_language(message: str, language: Language) -> str:
    """`message` in a language, whichever is spoken."""
    return _catalogue(language).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """`singular` or `plural` for `number`, in the language that is spoken; the number is not put in."""
    return _catalogue(_chosen).ngettext(singular, plural, number)


def N_(message: str) -> str:  # noqa: N802  the name that gettext's tools look for
    """`message` unchanged: marks a sentence that is translated later, when it is shown."""
    return message


def language_of(
    argv: Sequence[str], environ: Mapping[str, str], configured: Callable[[], str | None] = lambda: None
) -> Language:
    """`--lang`, else `VPCP_LANG`, else what `configured` answers, else the locale; other languages are passed over."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG")
    return (
        language_named(_option(argv))
        or language_named(environ.get("VPCP_LANG"))
        or language_named(configured())
        or ("vi" if language_named(locale) == "vi" else "en")
    )


def language_named(name: str | None) -> Language | None:
    """The language of a code or a locale's name: `vi`, `vi_VN.UTF-8`, `EN`; None where it is another."""
    code = (name or "").replace("-", "_").split("_")[0].split(".")[0].lower()
    return next((known for known in LANGUAGES if known == code), None)


def _option(argv: Sequence[str]) -> str | None:
    """The value of the last `--lang` before any `--`: help is in the right language before options are parsed."""
    words = argv[: argv.index("--")] if "--" in argv else argv
    found = None
    for word, following in pairwise([*words, ""]):
        if word == "--lang":
            found = following
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return found


class Catalogue(NullTranslations):
    """A compiled catalogue, each message of which is looked up where it stands: a command says thirty of a thousand.

    gettext's own reader takes all of them at once, which is some 4 % of a short answer. Of the plural it has one form.
    """

    def __init__(self, compiled: bytes) -> None:
        """Keep the content of a .mo file; its messages are in the order of their bytes."""
        super().__init__()
        self._compiled, self._known = compiled, dict[str, str]()
        _magic, _revision, self._count, self._messages, self._translations = unpack_from("<5I", compiled)

    def gettext(self, message: str) -> str:
        """Return the translation, or the message where there is none."""
        return self._found(message) or message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation for any number, or else the English form for this one."""
        return self._found(msgid1) or super().ngettext(msgid1, msgid2, n)

    def _found(self, message: str) -> str:
        if message not in self._known:
            self._known[message] = self._looked_up(message)
        return self._known[message]

    def _looked_up(self, message: str) -> str:
        key = message.encode()
        place = bisect_left(range(self._count), key, key=self._message)
        there = place < self._count and self._message(place).partition(b"\0")[0] == key
        if not there:
            return ""
        length, start = unpack_from("<2I", self._compiled, self._translations + 8 * place)
        return self._compiled[start : start + length].decode()

    def _message(self, place: int) -> bytes:
        """Return a message, behind which its plural may stand: neither changes the order."""
        length, start = unpack_from("<2I", self._compiled, self._messages + 8 * place)
        return self._compiled[start : start + length]


@cache
def _catalogue(language: Language) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    return Catalogue((Path(__file__).parent / "locale" / language / "LC_MESSAGES" / "vpcp.mo").read_bytes())
