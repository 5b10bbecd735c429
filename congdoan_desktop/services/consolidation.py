"""A campaign's targets over the unions below: what each reported, what its records say, and the sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.indicators import Result
from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.domain.units import GRASSROOTS
from congdoan_desktop.services.evaluation import Evaluated, Frame, evaluate, judged, result
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reviewed import locked_figures
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
        return sums(Frames(connection, office.tree(connection), office.identity.unit, campaign_id, campaign))


def sums(frames: Frames) -> tuple[TargetSum, ...]:
    """`consolidate` inside a transaction."""
    reported = _latest_reports(frames.connection, frames.id)
    frame, whole = frames.whole()
    names = {unit: sort_key(frame.then.units[unit].name) for unit in _reporting_units(frame.then, frames.own, whole)}
    return tuple(
        _sum(
            whole[target.id],
            [_line(frames, target, unit, reported.get(unit)) for unit in sorted(names, key=lambda one: names[one])],
        )
        for target in frames.campaign.targets
    )


@dataclass(frozen=True)
class Frames:
    """A campaign's figures by period, each computed once: unions report on periods of their own."""

    connection: Connection
    tree: Tree
    own: str
    id: str
    campaign: Campaign
    _held: dict[tuple[date, date], tuple[Frame, dict[str, Evaluated]]] = field(default_factory=dict)
    _sources: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, starts: date, ends: date) -> tuple[Frame, dict[str, Evaluated]]:
        held = self._held.get((starts, ends))
        if held is None:
            frame = Frame(self.connection, self.tree, self.own, self.id, self.campaign, starts, ends)
            held = self._held[starts, ends] = (frame, evaluate(frame))
        return held

    def sources(self, report: str) -> tuple[str, ...]:
        """File names of the packages that brought a report."""
        if report not in self._sources:
            self._sources[report] = _sources(self.connection, report)
        return self._sources[report]

    def whole(self) -> tuple[Frame, dict[str, Evaluated]]:
        """Over the campaign's own time."""
        return self.of(self.campaign.starts, self.campaign.ends)


def _reporting_units(then: Structure, own: str, whole: Mapping[str, Evaluated]) -> list[str]:
    """The unions directly below that have CĐCS of their own, and ourselves for what hangs directly on us."""
    unions = [child for child in then.children(own) if then.units[child].level != GRASSROOTS]
    direct = len(unions) < len(then.children(own)) or any(own in one.cells for one in whole.values())
    return [*unions, *([own] if direct or not unions else [])]


def _line(frames: Frames, target: Target, unit: str, report: _Reported | None) -> UnitLine:
    frame, whole = frames.whole()
    name = frame.then.units[unit].short_name
    if report is not None and unit != frames.own:
        return _reported_line(frames, target, unit, name, report)
    if unit != frames.own and frames.tree.is_enrolled(unit):
        return UnitLine(unit, name, "", None, None, False, ())
    # Nobody else keeps the records of ourselves, and of a union that has no office of its own.
    one = whole[target.id]
    found = result(one, _directly_under(frame, one) if unit == frames.own else _below(frame, one, unit))
    return UnitLine(unit, name, "", found, found, False, ())


def _reported_line(frames: Frames, target: Target, unit: str, name: str, report: _Reported) -> UnitLine:
    frame, found = frames.of(report.figures.starts, report.figures.ends)
    one = found[target.id]
    told = _told(report.figures, one)
    recomputed = result(one, _below(frame, one, unit))
    differs = told is not None and (told.numerator, told.denominator) != (recomputed.numerator, recomputed.denominator)
    sources = frames.sources(report.record)
    return UnitLine(unit, name, report.figures.period_name, told, recomputed, differs, sources)


def _below(frame: Frame, one: Evaluated, unit: str) -> list[str]:
    return [owner for owner in one.cells if unit in frame.above(owner)]


def _directly_under(frame: Frame, one: Evaluated) -> list[str]:
    """Ourselves, and CĐCS with no union between them and us."""
    return [
        owner
        for owner in one.cells
        if owner == frame.own or (frame.then.units[owner].level == GRASSROOTS and frame.own in frame.above(owner)[:2])
    ]


def _told(figures: PeriodFigures, one: Evaluated) -> Result | None:
    for figure in figures.figures:
        if figure.target == one.target.id and figure.unit == figures.unit:
            met = judged(one, figure.numerator, figure.denominator)
            return Result(figure.numerator, figure.denominator, met)
    return None


def _sum(one: Evaluated, lines: list[UnitLine]) -> TargetSum:
    told = [line.reported for line in lines if line.reported is not None]
    numerator = sum(line.numerator for line in told)
    is_count = one.definition is not None and not one.definition.population
    denominator = None if is_count else sum(line.denominator or 0 for line in told)
    met = judged(one, numerator, denominator) if any(line.met is not None for line in told) else None
    return TargetSum(one.target, tuple(lines), Result(numerator, denominator, met), len(told), len(lines))


def _latest_reports(connection: Connection, campaign: str) -> dict[str, _Reported]:
    """Unit -> its report of the latest period; of several records for one period the highest generation, then hash.

    Of a locked period the figures of the package that was locked.
    """
    table = TABLES[PeriodFigures.TYPE]
    query = select(table).where(table.c.campaign == campaign).order_by(table.c.ends, table.c.generation, table.c.hash)
    rows = connection.execute(query).mappings()
    found = {row["unit"]: _Reported(row["record"], value_of(PeriodFigures.TYPE, row)) for row in rows}
    for unit, (record, figures) in locked_figures(connection, campaign).items():
        if unit not in found or found[unit].figures.ends <= figures.ends:
            found[unit] = _Reported(record, figures)
    return found


def _sources(connection: Connection, record: str) -> tuple[str, ...]:
    query = (
        select(tables.packages_in.c.file_name)
        .join(tables.deliveries, tables.deliveries.c.package_id == tables.packages_in.c.package_id)
        .join(tables.revisions, tables.revisions.c.hash == tables.deliveries.c.hash)
        .where(tables.revisions.c.record == record, tables.packages_in.c.state == "accepted")
        .distinct()
    )
    return tuple(sorted(row.file_name for row in connection.execute(query)))
