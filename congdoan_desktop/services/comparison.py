"""What the targets of a report came to before: in the period before it, and in the same days a year earlier.

A period that was reported keeps its reported figures; of another the records are counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain import periods
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.period_report import EarlierResult, TargetResult
from congdoan_desktop.services import evaluation, reported
from congdoan_desktop.services.evaluation import Frame
from congdoan_desktop.storage.projections import TABLES, value_of

Days = tuple[date, date]


def beside_earlier(frame: Frame, targets: Iterable[TargetResult]) -> tuple[TargetResult, ...]:
    """The targets with what they came to before. Of days before the plan began there is nothing."""
    last, year = _days_before(frame.campaign, frame.starts, frame.ends), _year_before(frame.starts, frame.ends)
    before = _results(frame, last)
    year_before = before if year == last else _results(frame, year)
    return tuple(
        replace(one, before=before.get(one.target), year_before=year_before.get(one.target)) for one in targets
    )


def _year_before(starts: date, ends: date) -> Days | None:
    """None for a stretch of more than a year: the same days a year earlier would be partly the days themselves."""
    earlier = periods.year_before(starts, ends)
    return earlier if earlier[1] < starts else None


def _days_before(campaign: Campaign, starts: date, ends: date) -> Days | None:
    """The phase before a phase, else the calendar or statistics period before."""
    phases = sorted({(phase.starts, phase.ends) for phase in campaign.phases})
    if (starts, ends) in phases:
        at = phases.index((starts, ends))
        return phases[at - 1] if at else None
    found = periods.before(starts, ends)
    return (found.starts, found.ends) if found else None


def _results(frame: Frame, days: Days | None) -> Mapping[str, EarlierResult]:
    """Target -> result over the days."""
    if days is None or days[1] < frame.campaign.starts:
        return {}
    told = _told(frame.connection, frame.own, frame.id, days)
    if told is not None:
        own = (figure for figure in told.figures if figure.unit == frame.own)
        return {figure.target: EarlierResult(figure.numerator, figure.denominator) for figure in own}
    then = replace(frame, starts=days[0], ends=days[1])
    reports = reported.of_period(then.connection, then.campaign, then.id, *days)
    found = reported.overlaid(then, evaluation.evaluate(then), reports)
    totals = {id_: evaluation.result(one) for id_, one in found.items()}
    return {
        id_: EarlierResult(total.numerator, total.denominator) for id_, total in totals.items() if total.met is not None
    }


def _told(connection: Connection, unit: str, campaign: str, days: Days) -> PeriodFigures | None:
    t = TABLES[PeriodFigures.TYPE]
    query = select(t).where(t.c.unit == unit, t.c.campaign == campaign, t.c.starts == days[0], t.c.ends == days[1])
    row = connection.execute(query.order_by(t.c.generation.desc(), t.c.hash.desc())).mappings().first()
    return value_of(PeriodFigures.TYPE, row) if row else None
