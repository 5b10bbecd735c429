"""A campaign as its page shows it: the state of every target down to the single CĐCS, its phases, and what hangs on it.

A CĐCS's count comes from the records held here; a union's line from what it reported (`services.consolidation`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Campaign, Phase, Target
from congdoan_desktop.domain.indicators import COMPARATORS, INDICATORS
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import tally
from congdoan_desktop.services.consolidation import TargetSum, consolidate
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.tally import UnitTally
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class GrassrootsLine:
    """One CĐCS for one target. `met` None where the target holds for all CĐCS together, not for each."""

    unit: str
    name: str
    upper: str
    """Short name of the union above it, "" when that is ours."""
    count: int
    met: bool | None


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target with its sum, a line for each union that reports to us, and one for each CĐCS below us."""

    sum: TargetSum
    grassroots: tuple[GrassrootsLine, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """What was recorded for the campaign. Money in đồng; `people` counts a person once for each CĐCS."""

    activities: int = 0
    units: int = 0
    participants: int = 0
    activity_cost: int = 0
    supports: int = 0
    people: int = 0
    support_amount: int = 0


@dataclass(frozen=True, slots=True)
class CampaignView:
    """`own`: issued by our union. `phase_counts` runs parallel to the campaign's phases."""

    id: str
    campaign: Campaign
    issuer: str
    own: bool
    conflict: bool
    today: date
    targets: tuple[TargetView, ...]
    phase_counts: tuple[int, ...]
    linked: Linked


def look(office: Office, campaign_id: str) -> CampaignView:
    """Raises: NotFound."""
    with office.read() as connection:
        table = TABLES[Campaign.TYPE]
        row = connection.execute(select(table).where(table.c.record == campaign_id)).mappings().first()
        if row is None:
            raise NotFound("Kế hoạch này không còn trong máy.", todo="Quay lại danh sách và chọn kế hoạch khác.")
        campaign: Campaign = value_of(Campaign.TYPE, row)
        tree = office.tree(connection)
        own = office.identity.unit
        counted = tally.tally(connection, campaign_id, campaign.starts, campaign.ends)
        ever = tally.tally(connection, campaign_id, date.min, date.max)
        then = tree.at(campaign.ends)
        below = {line: units for line, units in then.rollup(own, campaign.starts).items() if line != own}
        counted = tally.gather(counted, below)
        phases = tuple(_phase_count(connection, campaign_id, phase) for phase in campaign.phases)
    lines = {target.id: _grassroots(then, own, target, below, counted) for target in campaign.targets}
    sums = consolidate(office, campaign_id)
    issuer = then.units.get(campaign.unit)
    return CampaignView(
        campaign_id,
        campaign,
        issuer.name if issuer else "",
        campaign.unit == own,
        row["conflict"],
        office.clock.today(),
        tuple(TargetView(one, lines[one.target.id]) for one in sums),
        phases,
        _linked(ever),
    )


def _grassroots(
    then: Structure, own: str, target: Target, below: Iterable[str], counted: Mapping[str, UnitTally]
) -> tuple[GrassrootsLine, ...]:
    """In Vietnamese order of the names."""
    indicator = INDICATORS[target.indicator]
    found = []
    for unit in below:
        count = int(getattr(counted.get(unit, UnitTally()), indicator.counts))
        met = COMPARATORS[target.op](count, target.value) if indicator.per_unit else None
        parent = then.units.get(then.parent(unit) or "")
        upper = parent.short_name if parent and parent.unit != own else ""
        found.append(GrassrootsLine(unit, then.units[unit].short_name, upper, count, met))
    return tuple(sorted(found, key=lambda line: (sort_key(line.name), line.unit)))


def _phase_count(connection: Connection, campaign_id: str, phase: Phase) -> int:
    table = TABLES[Activity.TYPE]
    query = select(func.count()).where(tally.in_period(table, table.c.starts, campaign_id, phase.starts, phase.ends))
    if phase.kinds:
        query = query.where(table.c.kind.in_(phase.kinds))
    return connection.execute(query).scalar_one()


def _linked(counted: Mapping[str, UnitTally]) -> Linked:
    all_ = counted.values()
    return Linked(
        activities=sum(one.activities for one in all_),
        units=sum(1 for one in all_ if one.activities or one.support_times),
        participants=sum(one.participants for one in all_),
        activity_cost=sum(one.activity_cost for one in all_),
        supports=sum(one.support_times for one in all_),
        people=sum(one.support_people for one in all_),
        support_amount=sum(one.support_amount for one in all_),
    )
