"""Charts of what was done, for the report's second annex: month by month, and union by union."""

from __future__ import annotations

from collections.abc import Iterable

from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.period_report import PeriodReport
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.reports.document import CountBar, CountChart
from congdoan_desktop.reports.geometry import CHART_MOST_BARS
from congdoan_desktop.reports.target_tables import target_chart
from congdoan_desktop.reports.wording import joined

_LEAST_BARS = 2
_UNDER_NONE = "Trực thuộc"


def activity_charts(report: PeriodReport) -> tuple[CountChart, ...]:
    """Those of which there is something to see: at least two bars, not all of nothing, no more than a page holds.

    Their numbers go on after the chart of targets, so that each is used once in a report.

    None without months: so reports made before they were counted are printed as they were.
    """
    if not report.months:
        return ()
    months = [CountBar(f"Tháng {cited_date(month)[3:]}", count) for month, count in report.months]
    captions = (("theo tháng", months), (_who(report), _unions(report)))
    shown = [(what, bars) for what, bars in captions if _telling(bars)]
    first = 2 if target_chart(report) else 1
    return tuple(
        CountChart(joined(f"Biểu đồ {number}. Số hoạt động {what} {report.span}"), tuple(bars))
        for number, (what, bars) in enumerate(shown, first)
    )


def _who(report: PeriodReport) -> str:
    return "theo công đoàn cơ sở" if _few(report) else "theo công đoàn cấp trên trực tiếp cơ sở"


def _few(report: PeriodReport) -> bool:
    return len(report.units) <= CHART_MOST_BARS


def _unions(report: PeriodReport) -> list[CountBar]:
    """Each CĐCS, or, where these are too many, each union that they stand under, with what its CĐCS did."""
    if _few(report):
        return _summed((unit.name, unit.activities) for unit in report.units)
    uppers = _summed((unit.upper or _UNDER_NONE, unit.activities) for unit in report.units)
    return sorted(uppers, key=lambda bar: sort_key(bar.label))


def _summed(counts: Iterable[tuple[str, int]]) -> list[CountBar]:
    found: dict[str, int] = {}
    for name, count in counts:
        found[name] = found.get(name, 0) + count
    return [CountBar(name, count) for name, count in found.items()]


def _telling(bars: list[CountBar]) -> bool:
    return _LEAST_BARS <= len(bars) <= CHART_MOST_BARS and any(bar.count for bar in bars)
