"""What records of a campaign and period add up to: activities by kind and month, support by cause and fund."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, func, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.catalogue import Catalogue
from congdoan_desktop.domain.dates import months_after, whole_months
from congdoan_desktop.domain.period_report import ActivityFigures, SupportFigures
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services.tally import in_period
from congdoan_desktop.storage.projections import TABLES


@dataclass(frozen=True, slots=True)
class Here:
    """Records of the campaign and period; not those of units that stand elsewhere at its end and report there."""

    campaign: str
    starts: date
    ends: date
    elsewhere: frozenset[str]

    def where(self, table: Table, day: ColumnElement[date]) -> ColumnElement[bool]:
        here = in_period(table, day, self.campaign, self.starts, self.ends)
        return here & table.c.unit.not_in(self.elsewhere) if self.elsewhere else here


def months(connection: Connection, here: Here) -> tuple[tuple[date, int], ...]:
    """Activities of each month of the period, those of none too."""
    t = TABLES[Activity.TYPE]
    counted = select(t.c.starts, func.count()).where(here.where(t, t.c.starts)).group_by(t.c.starts)
    found = Counter[date]()
    for day, times in connection.execute(counted):
        found[day.replace(day=1)] += times
    first = here.starts.replace(day=1)
    every = (months_after(first, at) for at in range(whole_months(first, here.ends) + 1))
    return tuple((month, found[month]) for month in every)


def activities(connection: Connection, here: Here, catalogue: Catalogue) -> tuple[ActivityFigures, ...]:
    t = TABLES[Activity.TYPE]
    rows = connection.execute(
        select(t.c.kind, func.count(), func.sum(t.c.participants), func.sum(t.c.women), func.sum(t.c.cost))
        .where(here.where(t, t.c.starts))
        .group_by(t.c.kind)
        .order_by(func.count().desc(), t.c.kind)
    )
    return tuple(
        ActivityFigures(catalogue.name("activity_kinds", kind), times, people, women, cost)
        for kind, times, people, women, cost in rows
    )


def supports(
    connection: Connection, records: Here, catalogue: Catalogue
) -> tuple[tuple[str, ...], tuple[SupportFigures, ...], int, int]:
    """(fund names, a line for each cause, cash, in-kind value); funds and causes in the catalogue's order."""
    t = TABLES[SupportRecord.TYPE]
    here = records.where(t, t.c.on)
    amounts = {
        (cause, fund): int(amount)
        for cause, fund, amount in connection.execute(
            select(t.c.cause, t.c.fund, func.sum(t.c.cash + t.c.in_kind)).where(here).group_by(t.c.cause, t.c.fund)
        )
    }
    people = {
        cause: (times, persons)
        for cause, times, persons in connection.execute(
            select(t.c.cause, func.count(), func.count(func.nullif(t.c.person, "").distinct()))
            .where(here)
            .group_by(t.c.cause)
        )
    }
    cash, in_kind = connection.execute(
        select(func.coalesce(func.sum(t.c.cash), 0), func.coalesce(func.sum(t.c.in_kind), 0)).where(here)
    ).one()
    funds = [code for code in catalogue.codes("funds") if any(fund == code for _, fund in amounts)]
    lines = tuple(
        SupportFigures(
            catalogue.name("support_causes", cause),
            *people[cause],
            tuple(amounts.get((cause, fund), 0) for fund in funds),
        )
        for cause in catalogue.codes("support_causes")
        if cause in people
    )
    return tuple(catalogue.name("funds", fund) for fund in funds), lines, int(cash), int(in_kind)
