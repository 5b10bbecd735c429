"""The tables and the chart of the period report, from its figures."""

from __future__ import annotations

from collections.abc import Sequence

from congdoan_desktop.domain.money import group_thousands, money_in_words
from congdoan_desktop.domain.period_report import PeriodReport, SupportFigures, UnitFigures
from congdoan_desktop.reports.document import Cell, Column, HeadCell, Table
from congdoan_desktop.reports.small_cells import WITHHELD, ShownCounts
from congdoan_desktop.reports.wording import VERDICTS, joined, money_cell, proof

_WITHHELD_NOTE = f"({WITHHELD}) Không nêu để không suy ra được nhóm dưới 5 người; số liệu đầy đủ "
_IN_PACKAGE, _IN_BOOKS = "nằm trong phần mã hóa của gói dữ liệu.", "lưu tại đơn vị."
_THREE_FUNDS = (22.5, 24.0, 22.5)
_TEXT_WIDTH, _WIDEST_FUND, _LEAST_CAUSE = 165.0, 24.0, 26.0
_ONLY_FUND = 32.0
"""So that the head over it stays on one line."""
_ORDER, _TIMES, _SUM = 9.0, 14.0, 24.5
_OF_DIGIT, _OF_DOT, _AROUND = 2.12, 1.06, 2.7
"""mm of a bold figure of 12 points, of a dot between thousands, and of the air beside them."""
_SHARE_NOTE = "Cột “Đạt chỉ tiêu”: số chỉ tiêu đạt trên số chỉ tiêu giao cho CĐCS mà có số liệu để đánh giá."
_ANNEX_WIDTHS = (9, 72, 14, 16.5, 16.5, 13.5, 16, 15, 16, 25, 20.5, 18)


def support_table(report: PeriodReport, shown: ShownCounts) -> Table:
    """Bảng 2: support by cause and fund, with totals that add up both ways."""
    widths = _money_widths(report)
    cause = _TEXT_WIDTH - _ORDER - _TIMES - sum(widths)
    columns = (
        Column(_ORDER),
        Column(cause, "left"),
        Column(_TIMES),
        *(Column(width, "right") for width in widths),
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
        note=_withheld(report) if WITHHELD in shown.rows or not shown.total else "",
        tail=3,
    )


def _withheld(report: PeriodReport) -> str:
    """Why a figure is not told, and who has it: a general report goes into no package."""
    return _WITHHELD_NOTE + (_IN_PACKAGE if report.plan else _IN_BOOKS)


def annex_table(report: PeriodReport, note: str, *, people_shown: bool) -> Table:
    """The annex: what each CĐCS did, with totals."""
    columns = tuple(
        Column(width, {1: "left", 9: "right"}.get(at, "center"))  # type: ignore[arg-type]
        for at, width in enumerate(_ANNEX_WIDTHS)
    )
    rows = [_unit_row(at, unit, report, people_shown=people_shown) for at, unit in enumerate(report.units, 1)]
    hidden = "" if people_shown else _withheld(report)
    return Table(
        columns=columns,
        head=_ANNEX_HEAD,
        rows=(*rows, _unit_total(report, people_shown=people_shown)),
        note=" ".join(part for part in (note, _SHARE_NOTE if _shares(report) else "", hidden) if part),
        tail=3,
    )


def _money_widths(report: PeriodReport) -> list[float]:
    """Of each fund and of their sum: as wide as its total where the causes keep their room."""
    funds, room = len(report.funds), _TEXT_WIDTH - _ORDER - _TIMES - _LEAST_CAUSE
    widest = _ONLY_FUND if funds == 1 else _WIDEST_FUND
    alike = [min(widest, (room - _SUM) / max(funds, 1))] * funds
    usual = [*(_THREE_FUNDS if funds == len(_THREE_FUNDS) else alike), _SUM]
    widths = [max(width, _needed(total)) for width, total in zip(usual, _totals(report), strict=True)]
    return widths if sum(widths) <= room else usual


def _needed(amount: int) -> float:
    shown = group_thousands(amount)
    return len(shown.replace(".", "")) * _OF_DIGIT + shown.count(".") * _OF_DOT + _AROUND


def _totals(report: PeriodReport) -> list[int]:
    """Of each fund over all causes, and of all funds."""
    funds = [sum(line.by_fund[at] for line in report.supports) for at in range(len(report.funds))]
    return [*funds, sum(funds)]


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
    return (
        Cell("Tổng cộng", bold=True, align="center", columns=2),
        Cell(times, bold=True),
        *(Cell(money_cell(amount), bold=True) for amount in _totals(report)),
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
    return (
        Cell(str(at)),
        Cell(joined(unit.name)),
        *_count_cells(_unit_figures(unit), people_shown=people_shown, bold=False),
        Cell(money_cell(unit.support_amount)),
        _verdict(unit, report),
        Cell("Chưa báo cáo" if unit.unit in report.lines_not_reported else ""),
    )


def _shares(report: PeriodReport) -> bool:
    """Whether a CĐCS is asked for several things, so that one word would say too little of it."""
    return any(unit.targets_asked > 1 for unit in report.units)


def _verdict(unit: UnitFigures, report: PeriodReport) -> Cell:
    if not report.targets:
        return Cell("-")
    if not _shares(report):
        return Cell(VERDICTS[unit.met], bold=not unit.met)
    return Cell(f"{unit.targets_met}/{unit.targets_asked}" if unit.targets_asked else "-")


def _unit_total(report: PeriodReport, *, people_shown: bool) -> tuple[Cell, ...]:
    sums = tuple(map(sum, zip(*map(_unit_figures, report.units), strict=True)))
    met = f"{sum(unit.met for unit in report.units)}/{len(report.units)}" if report.targets else "-"
    if _shares(report):
        met = proof(sum(unit.targets_met for unit in report.units), sum(unit.targets_asked for unit in report.units))
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
