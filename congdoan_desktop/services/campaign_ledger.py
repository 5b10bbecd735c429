"""A campaign as its page shows it: where every target stands on a day, its phases, and what hangs on it.

A union's line is what it reported (`services.consolidation`); what stands behind a figure says `services.targets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Campaign, Phase
from congdoan_desktop.domain.indicators import BOTH, Definition, Result
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.pace import Pace, PhaseMark, by_phase
from congdoan_desktop.domain.target_choices import WITHIN, Question, answer, is_chosen, questions
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import tally
from congdoan_desktop.services.consolidation import WHOLE, Frames, Scope, TargetSum, narrowed, sums
from congdoan_desktop.services.evaluation import Cell, Evaluated, judged, result, standing
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.tally import UnitTally
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the wording leaves open. `answer` is a code of the question's options; `chosen`: by an officer."""

    question: Question
    answer: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target with its sum over those who report to us, and where it stands on the day.

    `phase`: what is asked for by the end of the phase that the day is in. `parts`: (name, result) of each criterion
    alone, out of our records. `computed` and `entered` stand beside each
    other where both are asked for.
    """

    sum: TargetSum
    definition: Definition | None
    pace: Pace
    phase: PhaseMark | None
    parts: tuple[tuple[str, Result], ...]
    computed: Result | None
    entered: Result | None
    questions: tuple[OpenQuestion, ...]


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
    """`own`: issued by our union. `phase_counts` runs parallel to the campaign's phases.

    `day`: the day that the targets are of, today unless another one was asked for. `units`: (id, name, depth) of those
    below us, to narrow the ledger to one.
    """

    id: str
    campaign: Campaign
    issuer: str
    own: bool
    conflict: bool
    today: date
    targets: tuple[TargetView, ...]
    phase_counts: tuple[int, ...]
    linked: Linked
    scope: Scope
    day: date
    units: tuple[tuple[str, str, int], ...] = ()


def look(office: Office, campaign_id: str, scope: Scope = WHOLE) -> CampaignView:
    """Raises: NotFound."""
    with office.read() as connection:
        table = TABLES[Campaign.TYPE]
        row = connection.execute(select(table).where(table.c.record == campaign_id)).mappings().first()
        if row is None:
            raise NotFound("Kế hoạch này không còn trong máy.", todo="Quay lại danh sách và chọn kế hoạch khác.")
        campaign: Campaign = value_of(Campaign.TYPE, row)
        tree = office.tree(connection)
        own, today = office.identity.unit, office.clock.today()
        frames = Frames(connection, tree, own, campaign_id, campaign, scope.until)
        day = scope.until or today
        views = tuple(_view(frames, one, scope.unit, day) for one in sums(frames, scope.unit))
        below = tuple(_below(frames.frame.then, own))
        ever = tally.tally(connection, campaign_id, date.min, date.max)
        then = tree.at(campaign.ends)
        phases = tuple(_phase_count(connection, campaign_id, phase) for phase in campaign.phases)
    issuer = then.units.get(campaign.unit)
    return CampaignView(
        campaign_id,
        campaign,
        issuer.name if issuer else "",
        campaign.unit == own,
        row["conflict"],
        today,
        views,
        phases,
        _linked(ever),
        scope,
        day,
        below,
    )


def _below(then: Structure, own: str) -> Iterator[tuple[str, str, int]]:
    """Each under the one above it, in Vietnamese order."""

    def under(unit: str, depth: int) -> Iterator[tuple[str, str, int]]:
        children = sorted(then.children(unit), key=lambda one: (sort_key(then.units[one].short_name), one))
        for child in children:
            yield child, then.units[child].short_name, depth
            yield from under(child, depth + 1)

    return under(own, 0)


def _view(frames: Frames, total: TargetSum, unit: str, day: date) -> TargetView:
    campaign, one = frames.campaign, narrowed(frames.frame, frames.whole[total.target.id], unit)
    both = one.definition is not None and one.definition.source == BOTH and bool(one.entered)
    pace = standing(one, total.total, campaign, day, unit)
    return TargetView(
        total,
        one.definition,
        pace,
        by_phase(campaign.phases, campaign.starts, campaign.ends, day, pace.needed),
        _parts(one),
        _summed(one, one.computed.values()) if both else None,
        _summed(one, one.entered.values()) if both else None,
        _questions(one),
    )


def _parts(one: Evaluated) -> tuple[tuple[str, Result], ...]:
    if one.definition is None or len(one.definition.criteria) < 2:
        return ()
    if any(len(cell.parts) != len(one.definition.criteria) for cell in one.cells.values()):
        return ()  # reported by an older program, which told the whole alone, or by another definition
    base = result(one).denominator
    counts = [sum(cell.parts[at] for cell in one.cells.values()) for at in range(len(one.definition.criteria))]
    named = zip(one.definition.criteria, counts, strict=True)
    return tuple((criterion.name, Result(count, base, judged(one, count, base))) for criterion, count in named)


def _summed(one: Evaluated, cells: Iterable[Cell]) -> Result:
    held = list(cells)
    bases = [cell.denominator for cell in held if cell.denominator is not None]
    numerator, base = sum(cell.numerator for cell in held), sum(bases) if bases else None
    return Result(numerator, base, judged(one, numerator, base))


def _questions(one: Evaluated) -> tuple[OpenQuestion, ...]:
    if one.definition is None:
        return ()
    within = one.definition.within
    return tuple(
        OpenQuestion(
            question,
            answer(one.target, question.code, within if question.code == WITHIN else ""),
            is_chosen(one.target, question.code),
        )
        for question in questions(one.target, one.definition)
    )


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
