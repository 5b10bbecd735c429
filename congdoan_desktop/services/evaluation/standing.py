"""Where a target stands on a day, held against the time of its campaign."""

from __future__ import annotations

from datetime import date

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.indicators import ADDING, Result
from congdoan_desktop.domain.pace import Pace, pace, time_of
from congdoan_desktop.services.evaluation.figures import Evaluated, mark_of


def standing(one: Evaluated, total: Result, campaign: Campaign, day: date, unit: str = "") -> Pace:
    """`total` is the figure to judge: of our records, or the sum of what was reported; `unit`: whose, "" for all."""
    grows = one.definition is not None and all(part.time in ADDING for part in one.definition.criteria)
    mark = mark_of(one, mark_given(campaign, one.target.id, unit))
    return pace(*mark, total, time_of(campaign.starts, campaign.ends, day), grows=grows)


def mark_given(campaign: Campaign, target: str, unit: str) -> int | None:
    """The mark given to one union in the place of the target's own."""
    return next((mark.value for mark in campaign.marks if (mark.target, mark.unit) == (target, unit)), None)
