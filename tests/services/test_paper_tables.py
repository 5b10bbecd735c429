"""Tables of papers as workbooks: the same figures as on paper, as numbers; the same bytes twice."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from congdoan_desktop.reports.document import Cell, Column, Document, HeadCell, Section, Table
from congdoan_desktop.reports.period_report_layout import period_report_document
from congdoan_desktop.services import paper_tables
from tests.reports.every_paper import PAPERS
from tests.reports.story import report

REPORT = period_report_document(report())


def opened(document: Document) -> dict[str, list[list[object]]]:
    book = load_workbook(io.BytesIO(paper_tables.workbook(document)))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


def table(text: str, align: str = "center", caption: str = "") -> Document:
    column = Column(30, align)  # type: ignore[arg-type]
    made = Table((column,), (HeadCell("Cột", 0, 0),), ((Cell(text),),), caption)
    return Document("Thử", "Công đoàn", (Section((made,)),))


def test_every_table_of_the_report_is_a_sheet_with_its_figures() -> None:
    sheets = opened(REPORT)
    assert list(sheets) == ["Bảng 1", "Bảng 2", "Phụ lục"]
    annex = sheets["Phụ lục"]
    total = next(row for row in annex if row[0] == "Tổng cộng")
    assert total[9] == 157_100_000
    money = [row[9] for row in annex if isinstance(row[0], int)]
    assert len(money) == 14
    assert sum(value for value in money if isinstance(value, int)) == total[9]
    support = sheets["Bảng 2"]
    assert [row[-1] for row in support if row[0] == "Tổng cộng" or row[1] == "Tổng cộng"][-1] == 157_100_000


def test_every_cell_of_the_paper_stands_in_the_workbook() -> None:
    sheets = opened(REPORT)
    held = {str(value) for rows in sheets.values() for row in rows for value in row if value is not None}
    for section in REPORT.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                for cell in (cell for row in block.rows for cell in row if cell.text):
                    shown = " ".join(cell.text.split())
                    assert {shown, shown.replace(".", "")} & held, shown


def test_the_same_document_gives_the_same_bytes() -> None:
    assert paper_tables.workbook(REPORT) == paper_tables.workbook(REPORT)


@pytest.mark.parametrize(
    ("text", "align", "value"),
    [
        ("1.234.567", "right", 1_234_567),
        ("0", "center", 0),
        ("12", "center", 12),
        ("012", "center", "012"),
        ("1.23", "center", "1.23"),
        ("13/14", "center", "13/14"),
        ("92,9%", "center", "92,9%"),
        ("-", "right", "-"),
        ("2024", "left", "2024"),
        ("=1+1", "center", "=1+1"),
        ("9" * 16, "center", "9" * 16),
        ("", "center", None),
    ],
)
def test_numbers_are_numbers_and_nothing_else_is(text: str, align: str, value: object) -> None:
    rows = opened(table(text, align))["Thử"]
    assert (rows[-1][0] if len(rows) > 3 else None) == value


def test_sheets_of_one_name_are_told_apart() -> None:
    once = table("1", caption="Bảng 1. A").sections[0]
    assert list(opened(Document("t", "a", (once, once)))) == ["Bảng 1", "2 Bảng 1"]


def test_a_list_to_sign_is_one_sheet_with_the_sums_of_its_last_page() -> None:
    sheets = opened(PAPERS["danh-sach-ky-nhan"](100))
    assert len(sheets) == 1
    rows = [row for rows in sheets.values() for row in rows]
    assert [row[0] for row in rows if isinstance(row[0], int)] == list(range(1, 101))
    sums = [row for row in rows if str(row[0]).startswith("Tổng cộng")]
    assert [row[5:8] for row in sums] == [[100_000_000, 30_000_000, 130_000_000]]
    assert not [row for row in rows if "chuyển trang" in str(row[0])]
