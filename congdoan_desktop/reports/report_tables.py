"""The tables and the chart of the period report, from its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from congdoan_desktop.domain.money import group_thousands, money_in_words
from congdoan_desktop.domain.period_report import PeriodReport, SupportFigures, TargetResult, UnitFigures
from congdoan_desktop.reports.document import Bar, Cell, Chart, Column, HeadCell, Table
from congdoan_desktop.reports.geometry import CHART_MOST_BARS
from congdoan_desktop.reports.small_cells import WITHHELD, ShownCounts
from congdoan_desktop.reports.wording import bare_percent, capitalised, joined, money_cell, padded, percent

VERDICTS = {True: "Đạt", False: "Chưa đạt", None: "Chưa có số liệu"}
WITHHELD_NOTE = (
    f"({WITHHELD}) Không nêu để không suy ra được nhóm dưới 5 người; "
    "số liệu đầy đủ nằm trong phần mã hóa của gói dữ liệu."
)
_PERCENT = re.compile(r"(\d+)(?:,(\d+))?\s*%")
_FIRST_NUMBER = re.compile(r"\d[\d.]*")
_TARGET_HEADS = ("TT", "Chỉ tiêu", "Mức giao", "Tử số/ Mẫu số", "Kết quả", "Đánh giá", "Ghi chú")
_TARGET_WIDTHS = (9, 58, 23.5, 17.5, 17, 20, 20)
_COMPARED_HEADS = (*_TARGET_HEADS[:5], "Kỳ trước", "Cùng kỳ năm trước", *_TARGET_HEADS[5:])
_COMPARED_WIDTHS = (8, 41.5, 21, 17.5, 16, 16, 16, 14.5, 14.5)
_THREE_FUNDS = (22.5, 24.0, 22.5)
_TEXT_WIDTH, _WIDEST_FUND, _LEAST_CAUSE = 165.0, 24.0, 26.0
_ORDER, _TIMES, _SUM = 9.0, 14.0, 24.5
_ANNEX_WIDTHS = (9, 72, 14, 16.5, 16.5, 13.5, 16, 15, 16, 25, 20.5, 18)


def target_table(report: PeriodReport) -> Table:
    """Bảng 1: each target as printed in the plan, its mark, proof, result and verdict; beside earlier results."""
    compared = any(target.before or target.year_before for target in report.targets)
    heads, widths = (_COMPARED_HEADS, _COMPARED_WIDTHS) if compared else (_TARGET_HEADS, _TARGET_WIDTHS)
    return Table(
        columns=tuple(Column(width, "left" if at == 1 else "center") for at, width in enumerate(widths)),
        head=tuple(HeadCell(text, 0, at) for at, text in enumerate(heads)),
        rows=tuple(_target_row(at, target, compared=compared) for at, target in enumerate(report.targets, 1)),
        caption=joined(f"Bảng 1. Kết quả thực hiện chỉ tiêu {report.period_name}"),
    )


def target_chart(report: PeriodReport) -> Chart | None:
    """Biểu đồ 1: the targets with a ratio; None when there are none, or more than a page holds."""
    bars = tuple(_bar(at, target) for at, target in enumerate(report.targets, 1) if target.denominator)
    if not 0 < len(bars) <= CHART_MOST_BARS:
        return None
    caption = joined("Biểu đồ 1. So sánh mức giao và kết quả của các chỉ tiêu tính theo tỷ lệ")
    return Chart(caption, "Mức giao (%)", "Kết quả (%)", bars)


def support_table(report: PeriodReport, shown: ShownCounts) -> Table:
    """Bảng 2: support by cause and fund, with totals that add up both ways."""
    funds = len(report.funds)
    widths = _THREE_FUNDS if funds == len(_THREE_FUNDS) else (_fund_width(funds),) * funds
    cause = _TEXT_WIDTH - _ORDER - _TIMES - _SUM - sum(widths)
    columns = (
        Column(_ORDER),
        Column(cause, "left"),
        Column(_TIMES),
        *(Column(width, "right") for width in (*widths, _SUM)),
    )
    rows = [
        _support_row(at, line, text) for at, (line, text) in enumerate(zip(report.supports, shown.rows, strict=True), 1)
    ]
    return Table(
        columns=columns,
        head=_support_head(report.funds),
        rows=(*rows, _support_total(report, shown)),
        caption=joined("Bảng 2. Tổng hợp hỗ trợ theo lý do và nguồn kinh phí"),
        unit_line="Đơn vị tính: đồng",
        words=f"(Bằng chữ: {money_in_words(sum(line.total for line in report.supports))}).",
        note=WITHHELD_NOTE if WITHHELD in shown.rows or not shown.total else "",
        tail=3,
    )


def annex_table(report: PeriodReport, note: str, *, people_shown: bool) -> Table:
    """The annex: what each CĐCS did, with totals."""
    columns = tuple(
        Column(width, {1: "left", 9: "right"}.get(at, "center"))  # type: ignore[arg-type]
        for at, width in enumerate(_ANNEX_WIDTHS)
    )
    rows = [_unit_row(at, unit, report, people_shown=people_shown) for at, unit in enumerate(report.units, 1)]
    return Table(
        columns=columns,
        head=_ANNEX_HEAD,
        rows=(*rows, _unit_total(report, people_shown=people_shown)),
        note=" ".join(part for part in (note, "" if people_shown else WITHHELD_NOTE) if part),
        tail=3,
    )


def mark_of(target: TargetResult) -> Fraction | None:
    """The mark in per cent of a target with a ratio; one that every unit must reach stands at 100."""
    if not target.denominator:
        return None
    if found := _PERCENT.search(target.level):
        whole, part = found.group(1), found.group(2) or ""
        return Fraction(int(whole + part), 10 ** len(part))
    return Fraction(100)


def _target_row(at: int, target: TargetResult, *, compared: bool) -> tuple[Cell, ...]:
    earlier = (target.before, target.year_before) if compared else ()
    return (
        Cell(str(at)),
        Cell(joined(capitalised(target.wording))),
        Cell(target.level),
        Cell(_proof(target)),
        Cell(_result(target)),
        *(
            Cell(_result(replace(target, numerator=one.numerator, denominator=one.denominator)) if one else "-")
            for one in earlier
        ),
        Cell(VERDICTS[target.met], bold=target.met is False),
        Cell(joined(target.note or _shortfall(target))),
    )


def _proof(target: TargetResult) -> str:
    if target.denominator is None:
        return "-"
    above, below = group_thousands(target.numerator), group_thousands(target.denominator)
    return f"{above}/{below}" if len(above) + len(below) <= 7 else f"{above}/ {below}"


def _result(target: TargetResult) -> str:
    if target.denominator is None:
        return group_thousands(target.numerator)
    return percent(target.numerator, target.denominator, mark_of(target)) if target.denominator else "-"


def _shortfall(target: TargetResult) -> str:
    """The note "Còn 03" where what lacks is a plain count: all units, or a number of things."""
    if target.met is not False:
        return ""
    if target.denominator is None:
        found = _FIRST_NUMBER.search(target.level)
        lacking = int(found.group().replace(".", "")) - target.numerator if found else 0
    else:
        lacking = target.denominator - target.numerator if mark_of(target) == 100 else 0
    return f"Còn {padded(lacking)}" if lacking > 0 else ""


def _bar(at: int, target: TargetResult) -> Bar:
    mark = mark_of(target)
    assert mark is not None
    assert target.denominator
    exact = Fraction(100 * target.numerator, target.denominator)
    marked = percent(mark.numerator, 100 * mark.denominator, None)
    return Bar(
        f"{at}. {capitalised(target.wording)}",
        float(mark),
        float(exact),
        bare_percent(marked),
        bare_percent(_result(target)),
    )


def _fund_width(funds: int) -> float:
    return min(_WIDEST_FUND, (_TEXT_WIDTH - _ORDER - _TIMES - _SUM - _LEAST_CAUSE) / funds) if funds else 0.0


def _support_head(funds: Sequence[str]) -> tuple[HeadCell, ...]:
    last = 3 + len(funds)
    return (
        HeadCell("TT", 0, 0, rows=2),
        HeadCell("Lý do hỗ trợ", 0, 1, rows=2),
        HeadCell("Số lượt người", 0, 2, rows=2),
        HeadCell("Nguồn kinh phí", 0, 3, columns=len(funds)),
        *(HeadCell(fund, 1, at) for at, fund in enumerate(funds, 3)),
        HeadCell("Cộng", 0, last, rows=2),
    )


def _support_row(at: int, line: SupportFigures, hidden: str | None) -> tuple[Cell, ...]:
    return (
        Cell(str(at)),
        Cell(joined(line.cause)),
        Cell(group_thousands(line.times) if hidden is None else joined(hidden)),
        *(Cell(money_cell(amount)) for amount in (*line.by_fund, line.total)),
    )


def _support_total(report: PeriodReport, shown: ShownCounts) -> tuple[Cell, ...]:
    times = group_thousands(sum(line.times for line in report.supports)) if shown.total else WITHHELD
    funds = [sum(line.by_fund[at] for line in report.supports) for at in range(len(report.funds))]
    return (
        Cell("Tổng cộng", bold=True, align="center", columns=2),
        Cell(times, bold=True),
        *(Cell(money_cell(amount), bold=True) for amount in (*funds, sum(funds))),
    )


_ANNEX_HEAD = (
    HeadCell("TT", 0, 0, rows=2),
    HeadCell("Công đoàn cơ sở", 0, 1, rows=2),
    HeadCell("Số đoàn viên", 0, 2, rows=2),
    HeadCell("Số hoạt động trong kỳ", 0, 3, columns=3),
    HeadCell("Tuyên truyền", 1, 3),
    HeadCell("Tính vào chỉ tiêu", 1, 4),
    HeadCell("Khác", 1, 5),
    HeadCell("Lượt người tham gia", 0, 6, columns=2),
    HeadCell("Tổng số", 1, 6),
    HeadCell("Nữ", 1, 7),
    HeadCell("Người được hỗ trợ", 0, 8, rows=2),
    HeadCell("Tiền và hiện vật hỗ trợ (đồng)", 0, 9, rows=2),
    HeadCell("Đạt chỉ tiêu", 0, 10, rows=2),
    HeadCell("Ghi chú", 0, 11, rows=2),
)


def _unit_figures(unit: UnitFigures) -> tuple[int, ...]:
    return (
        unit.members, unit.propaganda, unit.counted_activities, unit.other_activities,
        unit.participants, unit.women, unit.support_people,
    )  # fmt: skip


def _unit_row(at: int, unit: UnitFigures, report: PeriodReport, *, people_shown: bool) -> tuple[Cell, ...]:
    met = unit.met if report.targets else None
    return (
        Cell(str(at)),
        Cell(joined(unit.name)),
        *_count_cells(_unit_figures(unit), people_shown=people_shown, bold=False),
        Cell(money_cell(unit.support_amount)),
        Cell("-" if met is None else VERDICTS[met], bold=met is False),
        Cell(""),
    )


def _unit_total(report: PeriodReport, *, people_shown: bool) -> tuple[Cell, ...]:
    sums = tuple(map(sum, zip(*map(_unit_figures, report.units), strict=True)))
    met = f"{sum(unit.met for unit in report.units)}/{len(report.units)}" if report.targets else "-"
    return (
        Cell("Tổng cộng", bold=True, align="center", columns=2),
        *_count_cells(sums, people_shown=people_shown, bold=True),
        Cell(money_cell(sum(unit.support_amount for unit in report.units)), bold=True),
        Cell(met, bold=True),
        Cell(""),
    )


def _count_cells(figures: tuple[int, ...], *, people_shown: bool, bold: bool) -> list[Cell]:
    texts = [group_thousands(figure) for figure in figures]
    if not figures[0]:
        texts[0] = "-"  # nobody told how many members there are, which is not none
    if not people_shown and figures[-1]:
        texts[-1] = WITHHELD
    return [Cell(text, bold=bold) for text in texts]
