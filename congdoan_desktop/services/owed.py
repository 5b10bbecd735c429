"""Reports that plans ask for, each time that one is due: who owes it, and whether it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign, Duty
from congdoan_desktop.domain.duties import Due, dues
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import TABLES


@dataclass(frozen=True, slots=True)
class Owed:
    """One time that a report is due. `is_ours`: our union owes it; otherwise it comes to us, or is others' business.

    `reported`: we have made a report that covers it.
    """

    campaign_id: str
    campaign: Campaign
    duty: Duty
    due: Due
    is_ours: bool
    reported: bool


def owed(office: Office, connection: Connection, campaigns: Iterable[tuple[str, Campaign]]) -> Iterator[Owed]:
    """Of every campaign its duties in order, and of each its days."""
    own = office.identity.unit
    table = TABLES[PeriodFigures.TYPE]
    query = select(table.c.campaign, table.c.ends).where(table.c.unit == own)
    made = [(row.campaign, row.ends) for row in connection.execute(query)]
    level = office.own_unit(connection).level
    for id_, campaign in campaigns:
        until = [ends for of, ends in made if of == id_]
        for duty in campaign.duties:
            is_ours = binds(duty, level, issued_here=campaign.unit == own)
            for due in dues(duty, campaign.starts, campaign.ends):
                reported = any(due.period is None or ends >= due.period.ends for ends in until)
                yield Owed(id_, campaign, duty, due, is_ours, reported)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A report that our plan asks of unions below, one time that it is due: who has not sent it, of how many."""

    owed: Owed
    missing: tuple[str, ...]
    expected: int


def awaited(office: Office, connection: Connection, campaigns: Iterable[tuple[str, Campaign]]) -> Iterator[Awaited]:
    """Only what is not there yet, of those who have an office of their own and are bound."""
    own, now = office.identity.unit, office.structure(connection)
    senders = {unit: now.units[unit] for unit in now.children(own) if now.is_enrolled(unit)}
    ours = [pair for pair in campaigns if pair[1].unit == own and pair[1].duties] if senders else []
    table = TABLES[PeriodFigures.TYPE].c
    query = select(table.campaign, table.unit, table.ends).where(table.unit.in_(senders))
    sent = [tuple(row) for row in connection.execute(query)] if ours else []
    for one in owed(office, connection, ours):
        bound = [unit for unit, held in senders.items() if binds(one.duty, held.level, issued_here=False)]
        least = one.due.period.ends if one.due.period else date.min
        heard = {unit for campaign, unit, ends in sent if campaign == one.campaign_id and ends >= least}
        missing = sorted((senders[unit].short_name for unit in bound if unit not in heard), key=sort_key)
        if missing:
            yield Awaited(one, tuple(missing), len(bound))


def binds(duty: Duty, level: str, *, issued_here: bool) -> bool:
    """Whether a plan asks it of a union of a level: all of it, unless it names levels; of our own plan only by name."""
    return level in duty.levels or not (issued_here or duty.levels)
