from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from congdoan_desktop.domain.period_report import PeriodReport, UnitFigures
from congdoan_desktop.reports import docx
from congdoan_desktop.reports.document import AnnexHead, Bar, Chart, CountBar, CountChart, Document, Section
from congdoan_desktop.reports.geometry import CHART_MOST_BARS
from congdoan_desktop.reports.pdf import render
from congdoan_desktop.reports.pdf_chart import axis_end, count_axis
from congdoan_desktop.reports.period_report_layout import period_report_document
from congdoan_desktop.reports.report_charts import activity_charts
from tests.reports.paper import Page, pages, text
from tests.reports.story import report
from tests.reports.writer import converted

_DOTS_PER_MM, _PALE = 10, 200


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


def counts(*bars: tuple[str, int]) -> Document:
    chart = CountChart("Biểu đồ 1. Số hoạt động", tuple(CountBar(label, count) for label, count in bars))
    return Document("", "", (Section((chart,)),))


@pytest.mark.parametrize(
    ("most", "step", "end"), [(0, 1, 1), (1, 1, 1), (6, 1, 6), (7, 2, 8), (14, 5, 15), (99, 20, 100), (792, 200, 800)]
)
def test_the_axis_of_counts_has_round_steps(most: int, step: int, end: int) -> None:
    assert count_axis(most) == (step, end)


def test_a_count_stands_at_the_end_of_its_bar(tool: Callable[[str], str], tmp_path: Path) -> None:
    pdf = render(counts(("Tháng 01/2024", 1000), ("Tháng 02/2024", 500)))
    (page,) = pages(pdf, tool, tmp_path)
    assert page.find("Tháng 01/2024")[-1].right == pytest.approx(30 + 59, abs=0.3)
    whole, half = (page.find(text)[0] for text in ("1.000", "500"))
    assert whole.left == pytest.approx(30 + 61 + 90 + 1.1, abs=0.3)
    assert half.left == pytest.approx(30 + 61 + 45 + 1.1, abs=0.3)
    assert half.baseline - whole.baseline == pytest.approx(7.0, abs=0.1)


def test_no_line_of_the_grid_strikes_through_a_figure(tmp_path: Path) -> None:
    """The line of 600 of an axis to 800 stands 67.5 mm from its start, amid the figure of a bar of 570."""
    document = pypdfium2.PdfDocument(render(counts(("Tháng 01/2024", 792), ("Tháng 02/2024", 570))))
    picture = document[0].render(scale=_DOTS_PER_MM * 25.4 / 72, grayscale=True).to_pil()
    words = document[0].get_textpage()
    at = words.get_text_range().index("570")
    left, bottom, right, top = (edge / 72 * 25.4 for edge in words.get_charbox(at + 1))
    line, middle = 30 + 61 + 67.5, 297 - (bottom + top) / 2
    assert left - 2 < line < right + 2

    def darkest(y: float) -> int:
        box = (round((line - 0.3) * _DOTS_PER_MM), round((y - 0.5) * _DOTS_PER_MM),
               round((line + 0.3) * _DOTS_PER_MM), round((y + 0.5) * _DOTS_PER_MM))  # fmt: skip
        return int(picture.crop(box).getextrema()[0])

    assert darkest(middle - 1.75) > _PALE
    assert darkest(middle + 1.75) > _PALE
    assert darkest(middle + 7) < _PALE, "the line itself is there"


def test_the_caption_of_a_chart_is_text_in_word(tool: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "bieu-do.docx"
    path.write_bytes(docx.render(counts(("Tháng 01/2024", 3), ("Tháng 02/2024", 0))))
    printed = converted(path, "pdf", tool).read_bytes()
    assert text(printed) == "Biểu đồ 1. Số hoạt động"
    with zipfile.ZipFile(path) as made:
        assert any(name.startswith("word/media/") for name in made.namelist())


def a_year(units: tuple[UnitFigures, ...], *months: int) -> PeriodReport:
    return report(units=units, months=tuple((date(2026, 1 + at, 1), count) for at, count in enumerate(months)))


def test_charts_stand_in_a_second_annex_by_month_and_by_union() -> None:
    made = a_year(report().units, 3, 0, 4)
    first, second = activity_charts(made)
    assert [(bar.label, bar.count) for bar in first.bars] == [
        ("Tháng 01/2026", 3), ("Tháng 02/2026", 0), ("Tháng 3/2026", 4),
    ]  # fmt: skip
    assert sum(bar.count for bar in second.bars) == sum(unit.activities for unit in made.units)
    assert first.caption.replace("\N{NO-BREAK SPACE}", " ").startswith("Biểu đồ 2. "), (
        "the first is that of the targets"
    )
    alone = activity_charts(replace(made, targets=()))
    assert alone[0].caption.replace("\N{NO-BREAK SPACE}", " ").startswith("Biểu đồ 1. ")
    heads = [section.blocks[0] for section in period_report_document(made).sections[1:]]
    labels = [head.label.replace("\N{NO-BREAK SPACE}", " ") for head in heads if isinstance(head, AnnexHead)]
    assert labels == ["Phụ lục I", "Phụ lục II"]


def test_too_many_unions_are_summed_by_whom_they_stand_under() -> None:
    many = tuple(replace(unit, upper=f"LĐLĐ {at % 3}") for at, unit in enumerate(report().units * 3))
    bars = activity_charts(a_year(many, 1, 2))[-1].bars
    assert [bar.label for bar in bars] == ["LĐLĐ 0", "LĐLĐ 1", "LĐLĐ 2"]
    assert sum(bar.count for bar in bars) == sum(unit.activities for unit in many)


def test_nothing_is_drawn_of_one_month_or_of_nothing() -> None:
    idle = tuple(
        replace(unit, propaganda=0, counted_activities=0, other_activities=0, support_times=0)
        for unit in report().units
    )
    assert activity_charts(a_year(idle, 5)) == ()
    assert activity_charts(a_year(idle, 0, 0)) == ()
    assert len(period_report_document(replace(a_year(idle), targets=())).sections) == 1, "no annex of zeros"
