"""Ruled tables of a PDF come out as rows, whatever order their letters were drawn in."""

from __future__ import annotations

import io
import time

import pytest

from congdoan_desktop import paths
from congdoan_desktop.planreader import intake
from congdoan_desktop.planreader.pdf_tables import Rule, grids_of, over_pages
from congdoan_desktop.planreader.reading import read_plan
from congdoan_desktop.planreader.shape import shaped
from congdoan_desktop.progress import Progress

_WIDTHS = (40, 190, 90, 90)
_LEFT, _TOP, _HIGH, _SIZE = 70, 700, 44, 12
ROWS = (
    ("TT", "Nội dung chỉ tiêu", "Đơn vị tính", "Chỉ tiêu 2026"),
    ("1", "Đoàn viên được học nghị quyết\nvà chính sách mới", "%", "từ 92"),
    ("2", "Kết nạp đoàn viên", "Người", "150"),
)


def drawn(rows: tuple[tuple[str, ...], ...], *, skip: tuple[tuple[int, int], ...] = (), behind: str = "") -> bytes:
    """A page with a heading and a ruled table; `skip`: upright lines left out, by row and column."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Plan", str(paths.resources() / "fonts" / "LiberationSerif-Regular.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("Plan", _SIZE)
    canvas.drawString(_LEFT, _TOP + 40, "I. CHỈ TIÊU NĂM 2026")
    edges = [_LEFT + sum(_WIDTHS[:at]) for at in range(len(_WIDTHS) + 1)]
    for number, row in enumerate(rows):
        top = _TOP - number * _HIGH
        canvas.line(edges[0], top, edges[-1], top)
        for at, edge in enumerate(edges):
            if (number, at) not in skip:
                canvas.line(edge, top, edge, top - _HIGH)
        for at, words in enumerate(row):
            for line, part in enumerate(words.split("\n")):
                canvas.drawString(edges[at] + 4, top - 14 - 14 * line, part)
    bottom = _TOP - len(rows) * _HIGH
    canvas.line(edges[0], bottom, edges[-1], bottom)
    canvas.drawString(_LEFT, bottom - 30, behind)
    canvas.save()
    return out.getvalue()


def test_a_ruled_table_is_read_as_rows() -> None:
    data = drawn(ROWS, behind="II. TỔ CHỨC THỰC HIỆN")
    source = intake.source_of(data, Progress())
    assert [[source.lines[at] for at in row] for row in source.rows] == [
        [words.replace("\n", " ") for words in row] for row in ROWS
    ]
    assert source.lines[-1].strip() == "II. TỔ CHỨC THỰC HIỆN"
    read = shaped(read_plan(source, Progress()))
    assert [(target["value"], target["unit"]) for target in read["targets"]] == [(92, "%"), (150, "người")]


def test_a_row_merged_over_its_columns_is_one_cell() -> None:
    row = ("", "Nhóm chỉ tiêu của xã, giao trong quý I", "", "")
    source = intake.source_of(drawn((*ROWS, row), skip=((3, 2), (3, 3))), Progress())
    assert [source.lines[at] for at in source.rows[-1]] == ["", row[1], "", ""]


def test_letters_drawn_behind_their_line_come_back_into_it() -> None:
    """As printers write a page whose font lacks some letters: those of another font stand behind the line."""
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    drawn(ROWS[:1])
    lines = ("Công đoàn xã Đại Thành tổ chức hội nghị", "Phấn đấu 95% đoàn viên được tập huấn nghiệp vụ")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("Plan", _SIZE)
    for number, line in enumerate(lines):
        y = _TOP - 20 * number
        first = [at for at, char in enumerate(line) if char.isascii()]
        later = [at for at, char in enumerate(line) if not char.isascii()]
        for at in (*first, *later):
            canvas.drawString(_LEFT + stringWidth(line[:at], "Plan", _SIZE), y, line[at])
    canvas.save()
    found = [line for line in intake.source_of(out.getvalue(), Progress()).lines if line.strip()]
    assert found == [*lines]


def test_a_row_cut_by_the_end_of_a_page_is_made_whole() -> None:
    pages = ("| TT | Đơn vị | Chỉ tiêu |\n| 1 | CĐCS Bến | 6 |", "|  | xe Trung tâm |  |\n| 2 | CĐCS Đò | 4 |\nHết")
    assert "\n".join(over_pages(pages)).splitlines() == [
        "| TT | Đơn vị | Chỉ tiêu |", "| 1 | CĐCS Bến xe Trung tâm | 6 |", "| 2 | CĐCS Đò | 4 |", "Hết",
    ]  # fmt: skip
    assert [*over_pages(["| a | b |", "| 1 | c |"])] == ["| a | b |", "| 1 | c |"]


def ruled(columns: int, rows: int) -> bytes:
    """A page of so many lines upright and level that none of them parts a cell, with a letter in each fourth one."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(columns * 8 + 20, rows * 8 + 20))
    canvas.setFont("Helvetica", 4)
    for at in range(columns):
        canvas.line(10 + at * 8, 9, 10 + at * 8, 10 + (rows - 1) * 8 if at in (0, columns - 1) else 12)
    for at in range(rows):
        canvas.line(10, 10 + at * 8, 10 + (columns - 1) * 8 if at in (0, rows - 1) else 13, 10 + at * 8)
    for x in range(0, columns - 1, 2):
        for y in range(0, rows - 1, 2):
            canvas.drawString(12 + x * 8, 12 + y * 8, "a")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(("columns", "rows"), [(120, 160), (1_500, 60)])
def test_a_page_ruled_to_take_long_is_read_at_once(columns: int, rows: int) -> None:
    data = ruled(columns, rows)
    begun = time.process_time()
    intake.source_of(data, Progress())
    assert time.process_time() - begun < 5


def test_so_many_cells_are_no_table() -> None:
    upright = [Rule(at * 4.0, 0, 1_000) for at in range(200)]
    assert grids_of(upright, [Rule(at * 4.0, 0, 796) for at in range(100)])
    assert not grids_of(upright, [Rule(at * 4.0, 0, 796) for at in range(101)])
