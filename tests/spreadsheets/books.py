"""Workbooks for tests, made with the library that the program does not read with."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from congdoan_desktop.spreadsheets import columns, drafts, layout, reading
from congdoan_desktop.spreadsheets.fields import ListKind

TODAY = date(2026, 11, 21)


def book(path: Path, rows: Sequence[Any], then: Callable[[Any], None] = lambda sheet: None) -> Path:
    """An .xlsx of one sheet "DS"; `then` may dress it. Text stays text, also behind "="."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "DS"
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                cell = sheet.cell(number, column, value)
                if isinstance(value, str) and value.startswith("="):
                    cell.data_type = "s"
    then(sheet)
    workbook.save(path)
    return path


def read(path: Path, sheet: str = "DS") -> list[list[Any]]:
    """The filled rows of a sheet, without the empty cells at their ends."""
    with reading.open_book(path) as opened:
        rows = [list(row.values) for row in opened.sheet(sheet).rows()]
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    return rows


def matched(sheet: reading.Sheet, kind: ListKind = ListKind.MEMBERS) -> columns.Matching:
    encoding = layout.sheet_encoding(sheet)
    return columns.guess(sheet, layout.find_head(sheet, encoding), kind, encoding)


def drafted(path: Path, kind: ListKind = ListKind.MEMBERS) -> tuple[list[drafts.RowDraft], list[drafts.LeftOut]]:
    """What the program makes of the first sheet without any correction."""
    with reading.open_book(path) as opened:
        sheet = opened.sheet(opened.sheets[0].name)
        rows = drafts.ImportSheet(sheet, matched(sheet, kind), TODAY)
        return list(rows.drafts()), rows.left_out


def rezipped(path: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy whose parts were changed; None leaves a part out."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target
