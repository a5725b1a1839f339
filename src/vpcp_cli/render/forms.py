"""The forms that an answer may have; the help of a command names them, so this module loads nothing."""

from enum import StrEnum


class Format(StrEnum):
    """The forms in which a command prints its answer."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MD = "md"
    IDS = "ids"
    RECORDS = "records"


class ReportFormat(StrEnum):
    """The forms of what is written for people to read at one go, and for programs."""

    TEXT = "text"
    MD = "md"
    JSON = "json"


class Color(StrEnum):
    """When output is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


GROUPS = ("directive", "lead", "category", "status", "year", "none")
"""What a list of tasks can be grouped by."""
