"""Where a target stands on a day, held against the time of its campaign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.indicators import ADDING, Result
from congdoan_desktop.domain.pace import Pace, pace, time_of
from congdoan_desktop.services.evaluation.figures import Evaluated, judged, mark_of, result


def standing(one: Evaluated, total: Result, campaign: Campaign, day: date, unit: str = "") -> Pace:
    """`total` is the figure to judge: of our records, or the sum of what was reported; `unit`: whose, "" for all."""
    grows = one.definition is not None and all(part.time in ADDING for part in one.definition.criteria)
    mark = mark_of(one, mark_given(campaign, one.target.id, unit))
    return pace(*mark, total, time_of(campaign.starts, campaign.ends, day), grows=grows)


def marked(one: Evaluated, total: Result, campaign: Campaign, unit: str) -> Result:
    """The figure held against the mark given to the unit, where it has one of its own."""
    mark = mark_given(campaign, one.target.id, unit)
    if mark is None or total.met is None:
        return total
    return replace(total, met=judged(one, total.numerator, total.denominator, mark))


def of_part(one: Evaluated, owners: Iterable[str] | None, campaign: Campaign, unit: str) -> Result:
    """The figure of one of the unions that a plan is for: what all of them reach together is asked of none alone."""
    found = marked(one, result(one, owners), campaign, unit)
    return replace(found, met=None) if is_shared(one, campaign, unit) else found


def is_shared(one: Evaluated, campaign: Campaign, unit: str) -> bool:
    """Whether the target is a bare count of all unions together, of which this one was given no part."""
    is_count = one.definition is not None and not one.definition.population
    return is_count and mark_given(campaign, one.target.id, unit) is None


def mark_given(campaign: Campaign, target: str, unit: str) -> int | None:
    """The mark given to one union in the place of the target's own."""
    return next((mark.value for mark in campaign.marks if (mark.target, mark.unit) == (target, unit)), None)
