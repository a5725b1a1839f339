"""How texts are written: what can't be found or read as it stands."""

from __future__ import annotations

from typing import Final

from vpcp_cli.language import N_
from vpcp_cli.rulebook.rule import WARNING, Rule

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "odd-document-number",
        WARNING,
        N_("«{number}» does not look like the number of a document."),
        N_("Check it against the document: 123/QĐ-VPCP, 06/2013/QĐ-TTg, 4631/VPCP-KTTH, 27-KL/TW."),
        N_("Numbers are kept exactly as written; an odd one is usually a slip that makes the document hard to find."),
        "evidence: 123/qđ vpcp",
        "evidence: 123/QĐ-VPCP",
    ),
    Rule(
        "not-normalised",
        WARNING,
        N_("The text holds odd spaces, or marks that are stored apart from their letters."),
        N_("Type the text anew, with single ordinary spaces (Unicode form NFC)."),
        N_(
            "Text pasted from the web or typed on some machines looks right and yet is different for a program:"
            " no-break spaces, double spaces, letters whose marks are separate characters."
        ),
    ),
    Rule(
        "garbled-text",
        WARNING,
        N_("«{text}»: the text is of an old font (TCVN3, VNI) or was read in a wrong encoding."),
        N_("Convert it to Unicode, or type it anew."),
        N_(
            "Texts of .VnTime and VNI fonts look right in their font alone, and UTF-8 that was read as something else"
            " looks right nowhere. Nobody finds them, whatever is searched for. U+FFFD stands where a letter is lost."
        ),
        "text: Ch\u00d8 ®¹o, ®iÒu hµnh",
        "text: Chỉ đạo, điều hành",
    ),
    Rule(
        "look-alike",
        WARNING,
        N_("«{text}» ({code}) looks like other letters than it is."),
        N_("Type the word anew."),
        N_(
            "Letters of other alphabets look like ours: ð and Ð like đ and Đ, Cyrillic о like o, full-width Ａ like A."
            " A person reads over it, and no search finds the word."
        ),
        "text: Ðổi mới",
        "text: Đổi mới",
    ),
    Rule(
        "same-text",
        WARNING,
        N_("{id} has the same text as {first}."),
        N_("Take one of them out, or say in the text how they differ."),
        N_("Two tasks of one programme with one text are usually a copy that was left behind."),
    ),
    Rule(
        "missing-translation",
        WARNING,
        N_("The text stands in one of the two languages only."),
        N_("Add the other language, or write one plain text that serves for both."),
        N_("Readers of the other language would see this text untranslated."),
        "text:\n  vi: Ban hành quy chế",
        "text:\n  vi: Ban hành quy chế\n  en: Issue the regulation",
    ),
)
