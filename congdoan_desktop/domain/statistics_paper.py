"""A filled-in statistics form as it goes onto paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.period_report import Letterhead
from congdoan_desktop.domain.periods import Period
from congdoan_desktop.domain.statistics_forms import Share, StatisticsForm


@dataclass(frozen=True, slots=True)
class StatisticsPaper:
    """`values` and `notes` by row code; a row without a value is left blank for writing by hand."""

    letterhead: Letterhead
    form: StatisticsForm
    period: Period
    values: Mapping[str, int | Share]
    notes: Mapping[str, str]
    dated: date
    officer: str
    sample: bool = False
