"""The language that the reader sees: which one, and the words. English sentences are the keys of the catalogue."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from gettext import GNUTranslations, NullTranslations
from itertools import pairwise
from pathlib import Path
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


@cache
def _catalogue(language: Language) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    with (Path(__file__).parent / "locale" / language / "LC_MESSAGES" / "vpcp.mo").open("rb") as compiled:
        return GNUTranslations(compiled)
