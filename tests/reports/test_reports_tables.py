from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from congdoan_desktop.domain.period_report import SupportFigures
from congdoan_desktop.reports.document import Cell, Column, Document, HeadCell, Section, Table
from congdoan_desktop.reports.pdf import render
from congdoan_desktop.reports.period_report_layout import period_report_document
from tests.reports.paper import Page, pages
from tests.reports.story import report

LONG_NAME = "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở Bản Lướt Thượng"


@pytest.fixture(scope="module")
def annex(tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    names = [f"CĐCS số {at}" if at % 7 else f"CĐCS số {at} {LONG_NAME}" for at in range(200)]
    units = tuple(replace(report().units[at % 14], unit=f"u{at}", name=name) for at, name in enumerate(names))
    found = pages(render(period_report_document(report(units=units))), tool, tmp_path_factory.mktemp("annex"))
    return [page for page in found if page.width > page.height]


def test_every_page_of_a_long_annex_repeats_the_head(annex: list[Page]) -> None:
    assert len(annex) > 5
    for page in annex:
        assert page.find("Công đoàn cơ sở")
        assert page.find("Số hoạt động trong kỳ")


def test_every_unit_is_there_once_and_no_row_is_cut(annex: list[Page]) -> None:
    numbered = [
        (number, page)
        for number, page in enumerate(annex)
        for word in page.words
        if word.text.isdigit() and word.right < 40 and word.baseline > 20
    ]
    assert len(numbered) == 200
    for page in annex:
        starts = [word for word in page.words if word.text == "Bản"]
        ends = [word for word in page.words if word.text == "Thượng"]
        assert len(starts) == len(ends)
        assert max(word.baseline for word in page.words) < 190


def test_the_annex_numbers_its_own_pages(annex: list[Page]) -> None:
    shown = [[word.text for word in page.words if word.baseline < 20] for page in annex]
    assert shown == [[], *([str(number)] for number in range(2, len(annex) + 1))]


def test_the_total_keeps_two_rows_with_it(annex: list[Page]) -> None:
    last = annex[-1]
    total = last.baseline("Tổng cộng")
    assert sum(1 for word in last.words if word.text == "CĐCS" and word.baseline < total) >= 2


@pytest.mark.parametrize("funds", [1, 2, 4, 6])
def test_any_number_of_funds_fits_the_page(funds: int, tool: Callable[[str], str], tmp_path: Path) -> None:
    supports = (SupportFigures("Hoàn cảnh khó khăn", 900, 800, (1_234_567_890,) * funds),) * 2
    changed = report(funds=tuple(f"Quỹ thứ {at}" for at in range(funds)), supports=supports)
    found = pages(render(period_report_document(changed)), tool, tmp_path)
    shown = [word for page in found for word in page.words if word.text == "1.234.567.890"]
    assert len(shown) == 2 * funds + (2 if funds == 1 else 0)
    assert all(word.left > 30 and word.right < 195 for word in shown)


def test_a_figure_shrinks_rather_than_breaks(tool: Callable[[str], str], tmp_path: Path) -> None:
    narrow = Table((Column(15, "right"),), (HeadCell("Tiền", 0, 0),), ((Cell("9.876.543.210"),),))
    (page,) = pages(render(Document("", "", (Section((narrow,)),))), tool, tmp_path)
    (found,) = (word for word in page.words if word.text == "9.876.543.210")
    assert found.right == pytest.approx(30 + 15 - 1.2, abs=0.1)
    assert found.left > 30


@pytest.mark.parametrize("rows", [1, 2, 3, 60])
def test_tables_of_any_length_print_each_row_once(rows: int, tool: Callable[[str], str], tmp_path: Path) -> None:
    table = Table(
        (Column(20), Column(100, "left")),
        (HeadCell("TT", 0, 0), HeadCell("Việc", 0, 1)),
        tuple((Cell(f"r{at}"), Cell("chữ " * (40 if rows < 4 else 4) * 8)) for at in range(rows)),
    )
    found = pages(render(Document("", "", (Section((table,)),))), tool, tmp_path)
    shown = [word.text for page in found for word in page.words if word.text.startswith("r")]
    assert shown == [f"r{at}" for at in range(rows)]
