"""Figures that unions reported, put in the place of what the records here would say of them.

A union that sends reports keeps workplaces, ratings, courses and lists of members to itself, so that its own figure is
the right one: with the parts of its units, and how many records each rests on. Of a union that sends reports and has
sent none there is no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain.adjustments import Adjustment
from congdoan_desktop.domain.adjustments import adjusted as adjusted_figures
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.figures import PeriodFigures, ToDate
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.domain.units import GRASSROOTS
from congdoan_desktop.services import adjusted
from congdoan_desktop.services.evaluation import Brought, Cell, Evaluated, Frame, meets_alone
from congdoan_desktop.services.reviewed import locked_figures, locked_of_period
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class Report:
    """What a union reported, and the id of that record. `adjusted`: what was added to it after a lock."""

    record: str
    told: PeriodFigures
    adjusted: tuple[Adjustment, ...] = ()

    @property
    def figures(self) -> PeriodFigures:
        """What counts: as it was told, with the adjustments in it."""
        return adjusted_figures(self.told, (part for one in self.adjusted for part in one.parts))


def latest(connection: Connection, campaign: str, until: date | None = None) -> dict[str, Report]:
    """Unit -> its report of the latest period that ends by the day; of two for one period the later version.

    Of a locked period the figures of the package that was locked.
    """
    table, last = TABLES[PeriodFigures.TYPE], until or date.max
    query = select(table).where(table.c.campaign == campaign, table.c.ends <= last)
    rows = connection.execute(query.order_by(table.c.ends, table.c.generation, table.c.hash)).mappings()
    found = {row["unit"]: Report(row["record"], value_of(PeriodFigures.TYPE, row)) for row in rows}
    for unit, (record, figures) in locked_figures(connection, campaign).items():
        if figures.ends <= last and (unit not in found or found[unit].figures.ends <= figures.ends):
            found[unit] = Report(record, figures)
    return _adjusted(found, [one for one in adjusted.standing(connection, campaign) if one.on <= last], to_date=True)


def _adjusted(found: dict[str, Report], made: Sequence[Adjustment], *, to_date: bool) -> dict[str, Report]:
    """`to_date`: figures since the first day; a report on a later period than the locked one holds the correction."""
    for unit, report in found.items():
        ends = report.told.ends
        mine = tuple(one for one in made if one.of == unit and not (to_date and ends > one.ends))
        if mine:
            found[unit] = replace(report, adjusted=mine)
    return found


def of_period(connection: Connection, campaign: Campaign, id_: str, starts: date, ends: date) -> dict[str, Report]:
    """Unit -> its report that stands for these days: on the same period, or from the plan's first day on."""
    held = latest(connection, id_, ends)
    if starts <= campaign.starts:
        return held
    table = TABLES[PeriodFigures.TYPE].c
    same = select(TABLES[PeriodFigures.TYPE]).where(table.campaign == id_, table.starts == starts, table.ends == ends)
    found = {}
    for row in connection.execute(same.order_by(table.generation, table.hash)).mappings():
        found[row["unit"]] = Report(row["record"], replace(value_of(PeriodFigures.TYPE, row), to_date=()))
    for unit, (record, figures) in locked_of_period(connection, id_, starts, ends).items():
        found[unit] = Report(record, replace(figures, to_date=()))
    made = [one for one in adjusted.standing(connection, id_) if starts <= one.on <= ends]
    return _adjusted(found, made, to_date=False)


def adjustments(frame: Frame, reports: Mapping[str, Report]) -> tuple[str, ...]:
    """Unions within the frame with what of theirs was adjusted after a lock: "CĐCS Y tế (Quý II/2026)"."""
    units = frame.then.units
    told = (
        (units[unit].short_name, one) for unit, report in reports.items() if unit in units for one in report.adjusted
    )
    return tuple(sorted({f"{name} ({one.period_name})" for name, one in told}, key=sort_key))


def unheard(frame: Frame, reports: Mapping[str, Report]) -> tuple[str, ...]:
    """Names of the unions that send reports and have sent none of these, in Vietnamese order."""
    return tuple(sorted((frame.then.units[unit].short_name for unit in _silent(frame, reports)), key=sort_key))


def _silent(frame: Frame, reports: Mapping[str, Report]) -> set[str]:
    """A CĐCS that sends packages is counted from them until it reports; what a union does below cannot be known."""
    senders = (unit for unit in senders_below(frame) if unit not in reports)
    return {unit for unit in senders if frame.then.units[unit].level != GRASSROOTS}


@dataclass(frozen=True, slots=True)
class Missing:
    """Unions directly below whose report on the days has not come: their names in Vietnamese order, and their CĐCS."""

    names: tuple[str, ...] = ()
    lines: frozenset[str] = frozenset()


def missing(whole: Frame, below: Frame, reports: Mapping[str, Report]) -> Missing:
    """Of all who send reports to us, those that stand within `below`, or over it."""
    late = {unit for unit in senders_below(whole) if unit not in reports}
    lines = frozenset(line for line in below.lines if not late.isdisjoint(whole.above(line)))
    theirs = {unit for unit in late if unit in whole.above(below.own) or below.own in whole.above(unit)}
    return Missing(tuple(sorted((whole.then.units[unit].short_name for unit in theirs), key=sort_key)), lines)


def parts_of(figures: PeriodFigures, target: str) -> tuple[ToDate, ...]:
    """The parts of the units; of a report by an older program those of its period, which is all that it says."""
    told = tuple(one for one in figures.to_date if one.target == target)
    if figures.to_date:
        return told
    old = [one for one in figures.figures if one.target == target]
    parts = [ToDate(target, one.unit, one.numerator, one.denominator) for one in old if one.unit != figures.unit]
    return (*parts, *_own_part(figures, target, parts))


def _own_part(figures: PeriodFigures, target: str, parts: list[ToDate]) -> Iterator[ToDate]:
    """What is in the sum and in no unit below is the reporting union's own."""
    for whole in figures.figures:
        if (whole.target, whole.unit) != (target, figures.unit):
            continue
        if whole.denominator is not None and any(part.denominator is None for part in parts):
            return  # a mark for each CĐCS: the sum says how many reach it, the parts what each did
        count = whole.numerator - sum(part.numerator for part in parts)
        bases = sum(part.denominator or 0 for part in parts)
        base = None if whole.denominator is None else whole.denominator - bases
        if count or base:
            yield ToDate(target, figures.unit, count, base)


def overlaid(frame: Frame, found: Mapping[str, Evaluated], reports: Mapping[str, Report]) -> dict[str, Evaluated]:
    """Targets with the figures of those who report in the place of ours about them."""
    heard = {unit: reports[unit] for unit in senders_below(frame) if unit in reports}
    ended, silent = _of_ended(frame, reports), _silent(frame, reports)
    if not heard and not silent and not ended:
        return dict(found)
    theirs = silent | heard.keys()
    return {id_: _overlaid(frame, one, _told(frame, one, heard, ended, theirs), theirs) for id_, one in found.items()}


def _of_ended(frame: Frame, reports: Mapping[str, Report]) -> dict[str, Report]:
    """Last reports of unions that stand no more. They count until whoever stands for them reports on a later day."""
    then, found = frame.then, {}
    for unit, ending in then.endings.items():
        above = frame.above(unit)
        if unit in reports and frame.tree.is_enrolled(unit) and frame.own in above[1:]:
            later = reports.get(above[above.index(frame.own) - 1])
            if later is None or later.figures is reports[unit].figures or later.figures.ends < ending.event.on:
                found[unit] = reports[unit]
    return found


def senders_below(frame: Frame) -> list[str]:
    """Those directly under us who have an office of their own and send their reports."""
    return [unit for unit in frame.then.children(frame.own) if frame.tree.is_enrolled(unit)]


def _told(
    frame: Frame, one: Evaluated, heard: Mapping[str, Report], ended: Mapping[str, Report], theirs: set[str]
) -> dict[str, tuple[str, ToDate]]:
    """Unit -> (who tells of it, what is told). What an ended CĐCS told is its heir's from then on."""
    found: dict[str, tuple[str, ToDate]] = {}
    for sender, report in sorted(heard.items(), key=lambda told: told[1].figures.ends):
        for part in parts_of(report.figures, one.target.id):
            before = heard[found[part.unit][0]] if part.unit in found else None
            if before is None or _tells_later(frame, part.unit, sender, report, before):
                found[part.unit] = sender, part
    on = {unit: heard[sender].figures.ends for unit, (sender, _) in found.items()}
    for report in sorted(ended.values(), key=lambda told: told.figures.ends):
        _add_ended(frame, one, report.figures, found, on, theirs)
    return found


def _add_ended(
    frame: Frame,
    one: Evaluated,
    figures: PeriodFigures,
    found: dict[str, tuple[str, ToDate]],
    on: dict[str, date],
    theirs: set[str],
) -> None:
    """The last word of a union that has ended; `on`: the day of what was found.

    A CĐCS comes before those that went into it, which are added to it.
    """
    parts = ((_line(frame, part.unit), part) for part in parts_of(figures, one.target.id))
    for owner, part in sorted(parts, key=lambda told: told[0] != told[1].unit):
        held = found[owner][1] if owner in found else _ours(frame, one, owner, theirs)
        if owner != part.unit and held is not None:
            found[owner] = _teller(frame, owner), _together(held, part)
        elif owner not in found or on[owner] < figures.ends:
            found[owner] = _teller(frame, owner), replace(part, unit=owner)
        else:
            continue
        on[owner] = max(on.get(owner, figures.ends), figures.ends)


def _teller(frame: Frame, unit: str) -> str:
    """The union directly under us whose line the unit is in."""
    above = frame.above(unit)
    return above[above.index(frame.own) - 1] if frame.own in above[1:] else unit


def _line(frame: Frame, unit: str) -> str:
    """The CĐCS that stands for one that has ended; else the unit itself."""
    home = frame.then.home(unit) if unit in frame.then.units else unit
    return home if home in frame.then.units and frame.then.units[home].level == GRASSROOTS else unit


def _ours(frame: Frame, one: Evaluated, unit: str, theirs: set[str]) -> ToDate | None:
    """What our own records say of a unit that nobody else tells of."""
    cell = one.cells.get(unit)
    if cell is None or not theirs.isdisjoint(frame.above(unit)):
        return None
    if _is_by_unit(one):
        return ToDate(one.target.id, unit, one.amounts[0].get(unit, 0) if one.amounts else cell.numerator, None)
    return ToDate(one.target.id, unit, cell.numerator, cell.denominator, cell.parts)


def _together(held: ToDate, part: ToDate) -> ToDate:
    bases = [base for base in (held.denominator, part.denominator) if base is not None]
    parts = (
        tuple(a + b for a, b in zip(held.parts, part.parts, strict=True)) if len(held.parts) == len(part.parts) else ()
    )
    return replace(
        held, numerator=held.numerator + part.numerator, denominator=sum(bases) if bases else None, parts=parts,
        records=held.records + part.records, told=held.told or part.told,
    )  # fmt: skip


def _tells_later(frame: Frame, unit: str, sender: str, report: Report, before: Report) -> bool:
    """Whether of two unions that tell of a unit which was moved this one is to be believed: it reported on a later day,
    or on the same day and the unit stands under it.
    """
    return report.figures.ends > before.figures.ends or sender in frame.above(unit)


def _overlaid(frame: Frame, one: Evaluated, told: Mapping[str, tuple[str, ToDate]], theirs: set[str]) -> Evaluated:
    kept = {owner for owner in one.cells if theirs.isdisjoint(frame.above(owner))}
    cells = {owner: cell for owner, cell in one.cells.items() if owner in kept}
    entered = {owner: cell for owner, cell in one.entered.items() if owner in kept}
    brought: dict[str, Brought] = {}
    amounts = [dict(done) for done in one.amounts]
    for unit, (sender, part) in told.items():
        cells[unit] = _cell(one, part)
        brought[unit] = Brought(sender, part.records)
        if part.told:
            entered[unit] = cells[unit]
        if _is_by_unit(one):
            amounts[0][unit] = part.numerator
    return replace(
        one,
        cells=cells,
        things={id_: thing for id_, thing in one.things.items() if thing.owner in kept},
        amounts=tuple(amounts),
        computed={owner: cell for owner, cell in one.computed.items() if owner in kept},
        entered=entered,
        brought=brought,
    )


def _is_by_unit(one: Evaluated) -> bool:
    return one.definition is not None and one.definition.per_unit


def _cell(one: Evaluated, part: ToDate) -> Cell:
    if _is_by_unit(one):
        return Cell(int(meets_alone(one, part.numerator)), 1)
    return Cell(part.numerator, part.denominator, part.parts)
