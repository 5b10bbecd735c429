"""The table of a report's targets and the chart beside it: mark, proof, result, what it was before, verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.period_report import EarlierResult, PeriodReport, TargetResult
from congdoan_desktop.reports.document import Bar, Cell, Chart, Column, Table, head_row
from congdoan_desktop.reports.geometry import CHART_MOST_BARS
from congdoan_desktop.reports.wording import (
    VERDICTS,
    bare_percent,
    capitalised,
    joined,
    padded,
    percent,
    plan_in_short,
    proof,
)

_PERCENT = re.compile(r"(\d+)(?:,(\d+))?\s*%")
_FIRST_NUMBER = re.compile(r"\d[\d.]*")
_TEXT_WIDTH = 165.0
_LONGEST_NOTE = 24
"""Letters of a note that finds room in its column; a longer one stands under the table."""
SHARED = "Giao chung toàn kế hoạch"
_WORDING = "Chỉ tiêu"
_WIDTHS = {"TT": 9.0, "Mức giao": 23.5, "Tử số/ Mẫu số": 17.5, "Kết quả": 17.0, "Đánh giá": 20.0, "Ghi chú": 20.0}
_EARLIER = {"before": "Kỳ trước", "year_before": "Cùng kỳ năm trước"}
_BESIDE_EARLIER = {**dict.fromkeys(_EARLIER.values(), 16.0), "Mức giao": 20.0, "Đánh giá": 15.0, "Ghi chú": 16.0}
"""Widths where there are columns of earlier results."""


def target_table(report: PeriodReport) -> Table:
    """Bảng 1: each target as printed in the plan, its mark, proof, result and verdict; beside earlier results.

    The column of notes falls away when there is nothing to note. Under no plan the targets stand below their plans.
    """
    earlier, notes = _earlier(report.targets), [joined(_noted(one)) for one in report.targets]
    under = list(dict.fromkeys(note for note in notes if len(note) > _LONGEST_NOTE))
    shown = [f"({under.index(note) + 1})" if note in under else note for note in notes]
    widths = _WIDTHS | _BESIDE_EARLIER if earlier else _WIDTHS
    names = ["TT", "Mức giao", "Tử số/ Mẫu số", "Kết quả", *(_EARLIER[one] for one in earlier), "Đánh giá"]
    names += ["Ghi chú"] if any(notes) else []
    wording = _TEXT_WIDTH - sum(widths[name] for name in names)
    names.insert(1, _WORDING)
    return Table(
        columns=tuple(Column(*((wording, "left") if name == _WORDING else (widths[name],))) for name in names),
        head=head_row(names),
        rows=tuple(_rows(report.targets, earlier, shown if any(notes) else (), len(names))),
        caption=joined(f"Bảng 1. Kết quả thực hiện chỉ tiêu {report.span}"),
        note=" ".join(f"({at}) {note.rstrip('.')}." for at, note in enumerate(under, 1)),
    )


def _earlier(targets: Sequence[TargetResult]) -> tuple[str, ...]:
    """Which earlier results there are; before a year lies the year before, which is told once."""
    found = tuple(name for name in _EARLIER if any(getattr(one, name) for one in targets))
    return found[:1] if all(one.before == one.year_before for one in targets) else found


def _rows(
    targets: Sequence[TargetResult], earlier: Sequence[str], notes: Sequence[str], columns: int
) -> Iterator[tuple[Cell, ...]]:
    plan = None
    for at, target in enumerate(targets):
        if target.plan is not None and target.plan != plan:
            plan = target.plan
            yield (Cell(joined(plan_in_short(plan)), bold=True, align="left", columns=columns),)
        note = (Cell(notes[at]),) if notes else ()
        yield (*_target_row(at + 1, target, [getattr(target, one) for one in earlier]), *note)


def _target_row(at: int, target: TargetResult, earlier: Sequence[EarlierResult | None]) -> tuple[Cell, ...]:
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
        Cell("-" if target.shared else VERDICTS[target.met], bold=target.met is False),
    )


def target_chart(report: PeriodReport) -> Chart | None:
    """Biểu đồ 1: the targets with a ratio; None when there are none, or more than a page holds."""
    bars = tuple(_bar(at, target) for at, target in enumerate(report.targets, 1) if target.denominator)
    if not 0 < len(bars) <= CHART_MOST_BARS:
        return None
    caption = joined("Biểu đồ 1. So sánh mức giao và kết quả của các chỉ tiêu tính theo tỷ lệ")
    return Chart(caption, "Mức giao (%)", "Kết quả (%)", bars)


def mark_of(target: TargetResult) -> Fraction | None:
    """The mark in per cent of a target with a ratio; one that every unit must reach stands at 100."""
    if not target.denominator:
        return None
    if found := _PERCENT.search(target.level):
        whole, part = found.group(1), found.group(2) or ""
        return Fraction(int(whole + part), 10 ** len(part))
    return Fraction(100)


def _proof(target: TargetResult) -> str:
    return "-" if target.denominator is None else proof(target.numerator, target.denominator)


def _result(target: TargetResult) -> str:
    if target.denominator is None:
        return group_thousands(target.numerator)
    return percent(target.numerator, target.denominator, mark_of(target)) if target.denominator else "-"


def _noted(target: TargetResult) -> str:
    return target.note or (SHARED if target.shared else _shortfall(target))


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
