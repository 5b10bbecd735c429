"""What stands behind a target's figure: its units, the things counted one by one, its periods, the records; and back.

Read when somebody asks for it: a ledger of 600 CĐCS shows sums first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.indicators import Result, edge
from congdoan_desktop.domain.periods import Period, periods_within
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.target_choices import choice_of, given_answers
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import persons
from congdoan_desktop.services.consolidation import WHOLE, Frames, Scope, narrowed
from congdoan_desktop.services.evaluation import (
    Cell,
    Evaluated,
    Frame,
    is_of_people,
    judged,
    mark_given,
    mark_of,
    records_behind,
    result,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved
from congdoan_desktop.storage.projections import TABLES, current


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's figure. `lacking`: how many it still wants; `told`: it counted itself, and `computed` is what its
    records say; `upper`: the union above it, "" when that is ours.
    """

    unit: str
    name: str
    upper: str
    numerator: int
    denominator: int | None
    met: bool | None
    lacking: int
    told: bool = False
    computed: int | None = None
    sender: str = ""
    """Who reported the figure, "" where it is counted here; then it was counted from `records`."""
    records: int = 0


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A workplace, union or officer of the population. `lacks`: the criteria that it does not meet yet."""

    id: str
    name: str
    owner: str
    workers: int | None
    reached: bool
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """From the campaign's first day to the end of a period, and how much of the numerator that period added."""

    period: Period
    until: Result
    added: int


@dataclass(frozen=True, slots=True)
class Detail:
    """`things` is empty where people or records are counted: then the units say all.

    `sources`: type of record -> how many the figure was counted from here; `reported`: how many elsewhere.
    """

    units: tuple[UnitRow, ...]
    things: tuple[ThingRow, ...]
    sources: Mapping[str, int]
    reported: int


def look_closer(office: Office, campaign_id: str, target_id: str, scope: Scope = WHOLE) -> Detail:
    """Raises: NotFound."""
    with office.read() as connection:
        frame, one = evaluated(office, connection, campaign_id, target_id, scope)
        units = (_unit_row(frame, one, unit, cell) for unit, cell in one.cells.items())
        things = () if is_of_people(one) or _is_by_line(one) else _thing_rows(frame, one)
        behind = records_behind(frame, one)
        return Detail(
            tuple(sorted(units, key=lambda row: (sort_key(row.name), row.unit))),
            tuple(sorted(things, key=lambda row: (sort_key(row.name), row.id))),
            dict(sum((count for unit, count in behind.items() if unit not in one.brought), Counter[str]())),
            sum(one.brought[unit].records for unit in one.cells if unit in one.brought),
        )


def by_period(office: Office, campaign_id: str, target_id: str, scope: Scope = WHOLE) -> tuple[PeriodRow, ...]:
    """By month, or by quarter where the campaign runs for more than a year; up to the day of the scope, else today.

    Raises: NotFound.
    """
    day = scope.until or office.clock.today()
    with office.read() as connection:
        campaign = _campaign(connection, campaign_id)
        tree, found, own = office.tree(connection), [], office.identity.unit
        before = 0
        for period in periods_within(campaign.starts, min(campaign.ends, max(day, campaign.starts))):
            frames = Frames(connection, tree, own, campaign_id, campaign, min(period.ends, campaign.ends))
            until = result(narrowed(frames.frame, frames.one(target_id), scope.unit))
            found.append(PeriodRow(period, until, until.numerator - before))
            before = until.numerator
        return tuple(found)


def choose(office: Office, campaign_id: str, target_id: str, question: str, option: str) -> Saved:
    """An officer's answer to what the wording leaves open, kept with the name; `option` "" takes it back.

    Raises: NotFound, NotCustodian.
    """
    with office.write(Right.ISSUE) as work:
        campaign: Campaign = work.value(Campaign.TYPE, campaign_id)
        if target_id not in {target.id for target in campaign.targets}:
            raise _gone()
        targets = tuple(
            replace(
                target,
                choice=choice_of({**given_answers(target), question: option}),
                chosen_by=office.identity.officer.name,
            )
            if target.id == target_id
            else target
            for target in campaign.targets
        )
        return Saved((work.put(replace(campaign, targets=targets), campaign_id),), ())


def evaluated(
    office: Office, connection: Connection, campaign_id: str, target_id: str, scope: Scope = WHOLE
) -> tuple[Frame, Evaluated]:
    """One target from the campaign's first day to that of the scope, inside a transaction.

    Raises: NotFound.
    """
    campaign = _campaign(connection, campaign_id)
    if target_id not in {target.id for target in campaign.targets}:
        raise _gone()
    tree, own = office.tree(connection), office.identity.unit
    frames = Frames(connection, tree, own, campaign_id, campaign, scope.until)
    return frames.frame, narrowed(frames.frame, frames.one(target_id), scope.unit)


def _campaign(connection: Connection, campaign_id: str) -> Campaign:
    campaign: Campaign | None = current(connection, Campaign.TYPE, campaign_id)
    if campaign is None:
        raise _gone()
    return campaign


def _gone() -> NotFound:
    return NotFound("Kế hoạch hoặc chỉ tiêu này không còn trong máy.", todo="Quay lại danh sách và mở lại kế hoạch.")


def _unit_row(frame: Frame, one: Evaluated, unit: str, cell: Cell) -> UnitRow:
    parent = frame.then.units.get(frame.then.parent(unit) or "")
    upper = parent.short_name if parent and frame.own not in (parent.unit, unit) else ""
    mark = mark_given(frame.campaign, one.target.id, unit)
    numerator, denominator = cell.numerator, cell.denominator
    if _is_by_line(one) and one.definition is not None and one.definition.per_unit:
        numerator, denominator = one.amounts[0].get(unit, 0), None
        op, value, decimals = one.target.op, one.target.value, 0
        met: bool | None = bool(cell.numerator)
    else:
        op, value, decimals = mark_of(one, mark)
        met = judged(one, numerator, denominator, mark) if denominator is not None or mark is not None else None
    lacking = 0 if met is not False or op in ("lt", "lte") else edge(op, value, denominator, decimals) - numerator
    told, computed = unit in one.entered, one.computed.get(unit)
    name = frame.then.units[unit].short_name
    brought = one.brought.get(unit)
    return UnitRow(
        unit, name, upper, numerator, denominator, met, lacking, told, computed.numerator if computed else None,
        frame.then.units[brought.sender].short_name if brought else "", brought.records if brought else 0,
    )  # fmt: skip


def _is_by_line(one: Evaluated) -> bool:
    """Whether every thing is a unit, so that a list of things would say the same again."""
    return all(id_ == thing.owner for id_, thing in one.things.items())


def _thing_rows(frame: Frame, one: Evaluated) -> Iterator[ThingRow]:
    assert one.definition is not None
    names = _names(frame, one)
    places = {place.id: place for place in frame.places}
    for id_, thing in one.things.items():
        lacks = tuple(
            criterion.name
            for criterion, done in zip(one.definition.criteria, one.amounts, strict=True)
            if done.get(id_, 0) < criterion.least
        )
        workers = frame.workers(places[id_], frame.ends) if id_ in places else None
        owner = frame.then.units[thing.owner].short_name
        yield ThingRow(id_, names.get(id_, "–"), owner, workers, id_ in one.reached, lacks)


def _names(frame: Frame, one: Evaluated) -> Mapping[str, str]:
    assert one.definition is not None
    if one.definition.population == "unions":
        return {id_: frame.then.units[id_].short_name for id_ in one.things}
    kind = Person if one.definition.population == "officers" else Workplace
    return dict(_named(frame.connection, kind, one.things))


def _named(connection: Connection, kind: type[Person | Workplace], ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    t = TABLES[kind.TYPE].c
    wanted = set(ids)
    for row in connection.execute(select(t.record, t.name, t.erased)):
        if row.record in wanted:
            yield row.record, row.name or (persons.ERASED if row.erased else "–")
