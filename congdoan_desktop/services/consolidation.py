"""A campaign's targets over the unions below: what each reported, what its records say, and the sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.indicators import INDICATORS, Result, meets
from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.domain.units import GRASSROOTS
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.tally import Lines, UnitTally, gather, lines_below, results, tally
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One union's line for one target. `reported` None: nothing received yet. `differs`: records say otherwise."""

    unit: str
    name: str
    period_name: str
    reported: Result | None
    from_records: Result | None
    differs: bool
    packages: tuple[str, ...]
    """File names of the packages that brought the figure."""


@dataclass(frozen=True, slots=True)
class TargetSum:
    """A target with a line for each union below and the sum; `received` of `expected` unions have reported."""

    target: Target
    lines: tuple[UnitLine, ...]
    total: Result
    received: int
    expected: int


@dataclass(frozen=True, slots=True)
class _Reported:
    record: str
    figures: PeriodFigures


def consolidate(office: Office, campaign_id: str) -> tuple[TargetSum, ...]:
    """Every target of a campaign. Our own CĐCS, when we have any directly, make one more line."""
    with office.read() as connection:
        table = TABLES[Campaign.TYPE]
        row = connection.execute(select(table).where(table.c.record == campaign_id)).mappings().one()
        campaign: Campaign = value_of(Campaign.TYPE, row)
        tree = office.tree(connection)
        reported = _latest_reports(connection, campaign_id)
        counted = cache(lambda starts, ends: tally(connection, campaign_id, starts, ends))
        then = tree.at(campaign.ends)
        units = sorted(_reporting_units(then, office.identity.unit), key=lambda u: sort_key(then.units[u].name))
        return tuple(
            _sum(
                target,
                [
                    _line(connection, tree, campaign, target, unit, reported, counted, office.identity.unit)
                    for unit in units
                ],
            )
            for target in campaign.targets
        )


def _reporting_units(then: Structure, own: str) -> list[str]:
    """The unions directly below that have CĐCS of their own, and ourselves for CĐCS that hang directly on us."""
    children = then.children(own)
    unions = [child for child in children if then.units[child].level != GRASSROOTS]
    return [*unions, *([own] if len(unions) < len(children) else [])]


def _line(
    connection: Connection,
    tree: Tree,
    campaign: Campaign,
    target: Target,
    unit: str,
    reported: Mapping[str, _Reported],
    counted: Callable[[date, date], Mapping[str, UnitTally]],
    own: str,
) -> UnitLine:
    name = tree.at(campaign.ends).units[unit].short_name
    if unit == own:
        direct = _directly_under(tree.at(campaign.ends), own, campaign.starts)
        result = results(campaign, direct, gather(counted(campaign.starts, campaign.ends), direct))[target.id]
        return UnitLine(unit, name, "", result, result, False, ())
    report = reported.get(unit)
    if report is None:
        return UnitLine(unit, name, "", None, None, False, ())
    told = _told(report.figures, target)
    starts, ends = report.figures.starts, report.figures.ends
    lines = lines_below(tree, unit, starts, ends)
    recomputed = results(campaign, lines, gather(counted(starts, ends), lines))[target.id]
    differs = told is not None and (told.numerator, told.denominator) != (recomputed.numerator, recomputed.denominator)
    sources = _sources(connection, report.record)
    return UnitLine(unit, name, report.figures.period_name, told, recomputed, differs, sources)


def _directly_under(then: Structure, own: str, since: date) -> Lines:
    """CĐCS with no union between them and us."""
    return {line: units for line, units in then.rollup(own, since).items() if own in list(then.above(line))[:2]}


def _told(figures: PeriodFigures, target: Target) -> Result | None:
    for figure in figures.figures:
        if figure.target == target.id and figure.unit == figures.unit:
            return Result(figure.numerator, figure.denominator, _met(target, figure.numerator, figure.denominator))
    return None


def _met(target: Target, numerator: int, denominator: int | None) -> bool | None:
    if INDICATORS[target.indicator].per_unit:
        return numerator == denominator if denominator else None
    return meets(target.op, target.value, numerator, denominator)


def _sum(target: Target, lines: list[UnitLine]) -> TargetSum:
    told = [line.reported for line in lines if line.reported is not None]
    numerator = sum(result.numerator for result in told)
    parts = [result.denominator for result in told if result.denominator is not None]
    denominator = sum(parts) if INDICATORS[target.indicator].per_unit else None
    met = _met(target, numerator, denominator) if told else None
    return TargetSum(target, tuple(lines), Result(numerator, denominator, met), len(told), len(lines))


def _latest_reports(connection: Connection, campaign: str) -> dict[str, _Reported]:
    """Unit -> its report of the latest period; of several records for one period the highest generation, then hash."""
    table = TABLES[PeriodFigures.TYPE]
    query = select(table).where(table.c.campaign == campaign).order_by(table.c.ends, table.c.generation, table.c.hash)
    rows = connection.execute(query).mappings()
    return {row["unit"]: _Reported(row["record"], value_of(PeriodFigures.TYPE, row)) for row in rows}


def _sources(connection: Connection, record: str) -> tuple[str, ...]:
    query = (
        select(tables.packages_in.c.file_name)
        .join(tables.deliveries, tables.deliveries.c.package_id == tables.packages_in.c.package_id)
        .join(tables.revisions, tables.revisions.c.hash == tables.deliveries.c.hash)
        .where(tables.revisions.c.record == record, tables.packages_in.c.state == "accepted")
        .distinct()
    )
    return tuple(sorted(row.file_name for row in connection.execute(query)))
