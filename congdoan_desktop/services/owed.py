"""Reports that plans ask for, each time that one is due: who owes it, and whether it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Campaign, Duty
from congdoan_desktop.domain.duties import Due, dues
from congdoan_desktop.domain.figures import EnteredFigure, PeriodFigures
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.domain.units import GRASSROOTS
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.tally import in_period
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

    @property
    def name(self) -> str:
        """As it stands inside a sentence: "báo cáo quý 3/2024 39/KH-LĐLĐ"."""
        about = f" {self.due.period.name}" if self.due.period else ""
        return f"báo cáo{about} {self.campaign.number or self.campaign.doc_type.lower()}"


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


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """A report asked of unions that have no office, so that we, who keep their records, see to it.

    `units` are their ids; `noun` what they are called together.
    """

    owed: Owed
    units: tuple[str, ...]
    noun: str

    @property
    def name(self) -> str:
        """As a line of what is to do: "Thay 12 CĐCS: báo cáo quý 3/2024 39/KH-LĐLĐ"."""
        return f"Thay {len(self.units)} {self.noun}: {self.owed.name}"


def on_behalf(office: Office, connection: Connection, campaigns: Iterable[tuple[str, Campaign]]) -> Iterator[OnBehalf]:
    """Of duties that name the level of such unions: what a plan asks of everybody, our own report holds already."""
    own, now = office.identity.unit, office.structure(connection)
    kept = [unit for unit in now.below(own) if now.custodian(unit) == own]
    level_of = {unit: now.units[unit].level for unit in kept}
    held = frozenset(level_of.values())
    asking = [(id_, plan) for id_, plan in campaigns if any(held & set(duty.levels) for duty in plan.duties)]
    for one in owed(office, connection, asking):
        levels = held & set(one.duty.levels)
        if levels:
            units = tuple(unit for unit in kept if level_of[unit] in levels)
            yield OnBehalf(one, units, "CĐCS" if levels == {GRASSROOTS} else "đơn vị")


def silent(office: Office, connection: Connection, one: OnBehalf) -> tuple[str, ...]:
    """The names of its units of which, and of what stands below them, nothing is held of the report's time."""
    now, plan, due = office.structure(connection), one.owed.campaign, one.owed.due
    starts, ends = (due.period.starts, due.period.ends) if due.period else (plan.starts, plan.ends)
    heard: set[str] = set()
    for query in _told(one.owed.campaign_id, plan, starts, ends):
        for unit in connection.execute(query).scalars():
            at: str | None = now.home(unit)
            while at is not None and at not in heard:
                heard.add(at)
                at = now.parent(at)
    return tuple(sorted((now.units[unit].short_name for unit in one.units if unit not in heard), key=sort_key))


def _told(campaign: str, plan: Campaign, starts: date, ends: date) -> Iterator[Select[Any]]:
    """The units with activities, support or figures of their own for a plan in a time."""
    for type_, day in ((Activity.TYPE, "starts"), (SupportRecord.TYPE, "on")):
        table = TABLES[type_]
        yield select(table.c.unit).where(in_period(table, table.c[day], campaign, starts, ends)).distinct()
    counted = TABLES[EnteredFigure.TYPE].c
    of_plan = counted.indicator.in_({target.indicator for target in plan.targets})
    yield select(counted.unit).where(of_plan, counted.ends.between(starts, ends)).distinct()


def binds(duty: Duty, level: str, *, issued_here: bool) -> bool:
    """Whether a plan asks it of a union of a level: all of it, unless it names levels; of our own plan only by name."""
    return level in duty.levels or not (issued_here or duty.levels)
