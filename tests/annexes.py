"""Annexes as offices make them, for tests: the same rows as a document, a workbook and a list between commas."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

import docx
from openpyxl import Workbook

HEADS = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Sản phẩm")
Rows = Sequence[Sequence[str]]


def as_csv(rows: Rows) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Rows, merged: Sequence[str] = (), title: str = "Phụ lục") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append([value or None for value in row])
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def as_docx(*tables: Rows, before: str = "") -> bytes:
    document = docx.Document()
    document.add_paragraph(before)
    for rows in tables:
        add_table(document, rows)
        document.add_paragraph("")
    return saved(document)


def add_table(document: Any, rows: Rows) -> Any:
    table = document.add_table(len(rows), len(rows[0]))
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    return table


def saved(made: Any) -> bytes:
    content = BytesIO()
    made.save(content)
    return content.getvalue()
