"""Where a target stands on a day, held against the time of its campaign."""

from __future__ import annotations

from datetime import date

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.indicators import ADDING, Result
from congdoan_desktop.domain.pace import Pace, pace, time_of
from congdoan_desktop.services.evaluation.figures import Evaluated, mark_of


def standing(one: Evaluated, total: Result, campaign: Campaign, today: date) -> Pace:
    """`total` is the figure to judge: of our records, or the sum of what was reported."""
    grows = one.definition is not None and all(part.time in ADDING for part in one.definition.criteria)
    return pace(*mark_of(one), total, time_of(campaign.starts, campaign.ends, today), grows=grows)
