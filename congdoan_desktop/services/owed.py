"""Reports that plans ask for, each time that one is due: who owes it, and whether it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign, Duty
from congdoan_desktop.domain.duties import Due, dues
from congdoan_desktop.domain.figures import PeriodFigures
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


def binds(duty: Duty, level: str, *, issued_here: bool) -> bool:
    """Whether a plan asks it of a union of a level: all of it, unless it names levels; of our own plan only by name."""
    return level in duty.levels or not (issued_here or duty.levels)
