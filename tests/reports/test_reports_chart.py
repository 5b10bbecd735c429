from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from congdoan_desktop.reports.document import Bar, Chart, Document, Section
from congdoan_desktop.reports.geometry import CHART_MOST_BARS
from congdoan_desktop.reports.pdf import render
from congdoan_desktop.reports.pdf_chart import axis_end
from tests.reports.paper import Page, pages


def bar(label: str = "1. CĐCS có hoạt động", mark: float = 100, result: float = 92.9) -> Bar:
    return Bar(label, mark, result, f"{mark:g}", f"{result:g}")


@pytest.fixture
def drawn(tool: Callable[[str], str], tmp_path: Path) -> Callable[..., Page]:
    def draw(*bars: Bar) -> Page:
        chart = Chart("Biểu đồ 1. So sánh", "Mức giao (%)", "Kết quả (%)", bars)
        (page,) = pages(render(Document("", "", (Section((chart,)),))), tool, tmp_path)
        return page

    return draw


def test_labels_end_before_the_plot_and_values_stand_in_one_column(drawn: Callable[..., Page]) -> None:
    page = drawn(bar(), bar("2. Đoàn viên", 80, 82.6))
    assert page.find("1. CĐCS có hoạt động")[-1].right == pytest.approx(30 + 59, abs=0.3)
    assert page.find("2. Đoàn viên")[-1].right == pytest.approx(30 + 59, abs=0.3)
    assert page.find("92.9")[0].left == page.find("82.6")[0].left == pytest.approx(30 + 152.1, abs=0.3)
    assert page.baseline("82.6") - page.baseline("92.9") == pytest.approx(8.4, abs=0.1)


def test_a_label_of_any_length_takes_two_lines_at_most(drawn: Callable[..., Page]) -> None:
    page = drawn(bar(f"1. {'tổ chức hội nghị cán bộ ' * 20}"))
    label = [word for word in page.words if word.right < 90 and "…" not in word.text and word.baseline > 27]
    assert len({round(word.baseline, 1) for word in label}) <= 3
    assert any(word.text.endswith("…") for word in page.words)


@pytest.mark.parametrize(("result", "end"), [(0, 100), (100, 100), (100.5, 120), (250, 260)])
def test_the_axis_grows_with_what_exceeds_it(result: float, end: int) -> None:
    assert axis_end([bar(result=result)]) == end


def test_the_most_bars_still_fit_one_page(drawn: Callable[..., Page]) -> None:
    page = drawn(*(bar() for _ in range(CHART_MOST_BARS)))
    assert max(word.baseline for word in page.words) < 277
