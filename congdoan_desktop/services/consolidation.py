"""A campaign's targets over the unions below: what each reported, what its records say, and the sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.indicators import Result
from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.domain.units import GRASSROOTS
from congdoan_desktop.services import campaigns, reported
from congdoan_desktop.services.evaluation import Evaluated, Frame, evaluate, marked, result, travels
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reported import Report
from congdoan_desktop.storage import tables


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One union's line for one target. `reported` None: nothing received yet.

    `from_records` stands where the records came too, and `differs` when they say otherwise; None where they stay with
    the union, which counted its figure from `records` of them.
    """

    unit: str
    name: str
    period_name: str
    reported: Result | None
    from_records: Result | None
    differs: bool
    packages: tuple[str, ...]
    """File names of the packages that brought the figure."""
    records: int = 0
    adjusted: tuple[Adjusted, ...] = ()
    """What of the figure was added after a lock."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Corrections of a union that came after the period of this name was locked, and count from the day `on`."""

    unit_name: str
    period_name: str
    on: date
    numerator: int
    denominator: int | None


@dataclass(frozen=True, slots=True)
class TargetSum:
    """A target with a line for each union below and the sum; `received` of `expected` lines have a figure.

    `senders`: how many right under us send reports of their own, CĐCS among them; `missing`: the names of those whose
    report has not come.
    """

    target: Target
    lines: tuple[UnitLine, ...]
    total: Result
    received: int
    expected: int
    senders: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of a ledger: as of a day (None: today), of a unit below and what stands under it ("": of all)."""

    until: date | None = None
    unit: str = ""


WHOLE = Scope()


@dataclass(frozen=True)
class Frames:
    """A campaign's figures from its first day to `until`, with what those below reported by then."""

    connection: Connection
    tree: Tree
    own: str
    id: str
    campaign: Campaign
    until: date | None = None
    """None: the campaign's last day."""
    _again: dict[tuple[date, str], tuple[Frame, Evaluated]] = field(default_factory=dict)
    _sources: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def frame(self) -> Frame:
        starts, ends = self.campaign.starts, self.campaign.ends
        ends = min(max(self.until, starts), ends) if self.until else ends
        return Frame(self.connection, self.tree, self.own, self.id, self.campaign, starts, ends)

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        return reported.latest(self.connection, self.id, self.until)

    @cached_property
    def whole(self) -> dict[str, Evaluated]:
        """Target id -> its figures, those of unions that report as they reported them."""
        return reported.overlaid(self.frame, evaluate(self.frame), self.reports)

    def one(self, target: str) -> Evaluated:
        """A single target out of `whole`, without the work for the others."""
        return reported.overlaid(self.frame, evaluate(self.frame, target), self.reports)[target]

    def again(self, target: Target, figures: PeriodFigures) -> tuple[Frame, Evaluated]:
        """A target out of our records over the time of a report; unions report on periods of their own."""
        starts = self.campaign.starts if figures.to_date else figures.starts
        key = figures.ends, f"{starts} {target.id}"
        if key not in self._again:
            frame = Frame(self.connection, self.tree, self.own, self.id, self.campaign, starts, figures.ends)
            self._again[key] = frame, evaluate(frame, target.id)[target.id]
        return self._again[key]

    def sources(self, report: str) -> tuple[str, ...]:
        """File names of the packages that brought a report."""
        if report not in self._sources:
            self._sources[report] = _sources(self.connection, report)
        return self._sources[report]


def consolidate(office: Office, campaign_id: str) -> tuple[TargetSum, ...]:
    """Every target of a campaign. Our own CĐCS, when we have any directly, make one more line.

    Raises: NotFound.
    """
    with office.read() as connection:
        campaign = campaigns.held(connection, campaign_id)
        return sums(Frames(connection, office.tree(connection), office.identity.unit, campaign_id, campaign))


def sums(frames: Frames, unit: str = "") -> tuple[TargetSum, ...]:
    """`consolidate` inside a transaction; `unit` narrows everything to one unit below and what stands under it."""
    frame, whole = frames.frame, frames.whole
    above = frame.above(unit) if unit else ()
    units = [one for one in _reporting_units(frame.then, frames.own, whole) if not unit or one in above]
    ordered = sorted(units, key=lambda one: sort_key(frame.then.units[one].name))
    found = []
    for target in frames.campaign.targets:
        under = _branches(frame, whole[target.id])
        lines = [_line(frames, target, one, under.get(one, ())) for one in ordered]
        found.append(_sum(frames, whole[target.id], lines, under, unit))
    return tuple(found)


def within(frame: Frame, one: Evaluated, unit: str) -> list[str]:
    """The owners of figures that stand under a unit, and itself."""
    return [owner for owner in one.cells if unit in frame.above(owner)]


def narrowed(frame: Frame, one: Evaluated, unit: str) -> Evaluated:
    """The figures of a unit and of what stands under it; all of them for ""."""
    if not unit:
        return one
    kept = frozenset(within(frame, one, unit))
    return replace(
        one,
        cells={owner: cell for owner, cell in one.cells.items() if owner in kept},
        things={id_: thing for id_, thing in one.things.items() if thing.owner in kept},
        computed={owner: cell for owner, cell in one.computed.items() if owner in kept},
        entered={owner: cell for owner, cell in one.entered.items() if owner in kept},
    )


def _branches(frame: Frame, one: Evaluated) -> Mapping[str, list[str]]:
    """Unit directly under us -> the owners of figures that it reported, else of those within it; without ourselves."""
    found: dict[str, list[str]] = {}
    for owner in one.cells:
        above, brought = frame.above(owner), one.brought.get(owner)
        if brought is not None:
            found.setdefault(brought.sender, []).append(owner)
        elif frame.own in above[1:]:
            found.setdefault(above[above.index(frame.own) - 1], []).append(owner)
    return found


def _reporting_units(then: Structure, own: str, whole: Mapping[str, Evaluated]) -> list[str]:
    """The unions directly below that have CĐCS of their own, and ourselves for what hangs directly on us."""
    unions = [child for child in then.children(own) if then.units[child].level != GRASSROOTS]
    direct = len(unions) < len(then.children(own)) or any(own in one.cells for one in whole.values())
    return [*unions, *([own] if direct or not unions else [])]


def _line(frames: Frames, target: Target, unit: str, under: Sequence[str]) -> UnitLine:
    """`under`: the owners of figures within the unit."""
    frame, report = frames.frame, frames.reports.get(unit)
    name = frame.then.units[unit].short_name
    if unit != frames.own and report is not None:
        return _reported_line(frames, target, unit, report, under)
    if unit != frames.own and frames.tree.is_enrolled(unit):
        return UnitLine(unit, name, "", None, None, False, ())
    # Nobody else keeps the records of ourselves, and of a union that has no office of its own.
    one = frames.whole[target.id]
    found = result(one, _directly_under(frame, one) if unit == frames.own else under)
    found = marked(one, found, frames.campaign, unit)
    direct = _directly_under(frame, one) if unit == frames.own else ()
    added = [made for sender in direct if sender in frames.reports for made in _adjustments(frames, sender, target)]
    return UnitLine(unit, name, "", found, found, False, (), adjusted=tuple(added))


def _reported_line(frames: Frames, target: Target, unit: str, report: Report, under: Sequence[str]) -> UnitLine:
    one, figures = frames.whole[target.id], report.figures
    mine = [owner for owner in under if owner in one.brought]
    said = any(figure.target == target.id for figure in figures.figures)
    told = marked(one, result(one, mine), frames.campaign, unit) if said else None
    again = None
    if one.definition is not None and travels(one.definition):
        frame, recomputed = frames.again(target, figures)
        again = result(recomputed, within(frame, recomputed, unit))
    differs = told is not None and again is not None and _figure(told) != _figure(again)
    return UnitLine(
        unit, frames.frame.then.units[unit].short_name, figures.period_name, told, again, differs,
        frames.sources(report.record), sum(one.brought[owner].records for owner in mine),
        tuple(_adjustments(frames, unit, target)),
    )  # fmt: skip


def _adjustments(frames: Frames, sender: str, target: Target) -> Iterator[Adjusted]:
    name = frames.frame.then.units[sender].short_name
    for one in frames.reports[sender].adjusted:
        parts = [part for part in one.parts if part.target == target.id]
        bases = [part.denominator for part in parts if part.denominator is not None]
        if parts:
            numerator = sum(part.numerator for part in parts)
            yield Adjusted(name, one.period_name, one.on, numerator, sum(bases) if bases else None)


def _figure(one: Result) -> tuple[int, int]:
    """Nothing counted of nothing is the same as no figure."""
    return one.numerator, one.denominator or 0


def _directly_under(frame: Frame, one: Evaluated) -> list[str]:
    """Ourselves, and CĐCS with no union between them and us."""
    return [
        owner
        for owner in one.cells
        if owner == frame.own or (frame.then.units[owner].level == GRASSROOTS and frame.own in frame.above(owner)[:2])
    ]


def _sum(frames: Frames, one: Evaluated, lines: list[UnitLine], under: Mapping[str, list[str]], unit: str) -> TargetSum:
    heard = [line for line in lines if line.reported is not None]
    total = result(one, within(frames.frame, one, unit) if unit else _heard(frames, one, heard, under))
    total = marked(one, total, frames.campaign, unit)
    if not any(line.reported is not None and line.reported.met is not None for line in lines):
        total = Result(total.numerator, total.denominator, None)
    asked = [
        sender for sender in reported.senders_below(frames.frame) if not unit or _shares(frames.frame, unit, sender)
    ]
    names = (frames.frame.then.units[sender].short_name for sender in asked if sender not in frames.reports)
    missing = tuple(sorted(names, key=sort_key))
    return TargetSum(one.target, tuple(lines), total, len(heard), len(lines), len(asked), missing)


def _shares(frame: Frame, unit: str, sender: str) -> bool:
    """Whether one of the two stands over the other."""
    return unit in frame.above(sender) or sender in frame.above(unit)


def _heard(frames: Frames, one: Evaluated, heard: Iterable[UnitLine], under: Mapping[str, list[str]]) -> Iterable[str]:
    """The owners behind the lines that have a figure, each once."""
    parts = (
        _directly_under(frames.frame, one) if line.unit == frames.own else under.get(line.unit, ()) for line in heard
    )
    return dict.fromkeys(owner for part in parts for owner in part)


def _sources(connection: Connection, record: str) -> tuple[str, ...]:
    query = (
        select(tables.packages_in.c.file_name)
        .join(tables.deliveries, tables.deliveries.c.package_id == tables.packages_in.c.package_id)
        .join(tables.revisions, tables.revisions.c.seq == tables.deliveries.c.revision)
        .where(tables.revisions.c.record == record, tables.packages_in.c.state == "accepted")
        .distinct()
    )
    return tuple(sorted(row.file_name for row in connection.execute(query)))
