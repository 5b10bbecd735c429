"""Merging small CĐCS: the list under a threshold, a frozen baseline, proposals, the decision's list.

What is decided is written down by `services.reorganisation` like every other merge.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from congdoan_desktop.domain.catalogue import Entry
from congdoan_desktop.domain.merging import UNDER, Group, MergeList, MergeListRow, SmallUnit, group_of, suggest
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.period_report import Signature
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import search_key, sort_key
from congdoan_desktop.domain.unit_names import place_in
from congdoan_desktop.domain.units import GRASSROOTS, Baseline, Unit
from congdoan_desktop.errors import Finding, ValidationError
from congdoan_desktop.services import letterheads, line_counts
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.storage.projections import TABLES, value_of

DEFAULT_THRESHOLD = 10


@dataclass(frozen=True, slots=True)
class BaselineState:
    """A frozen list and what has become of it: `merged` of its units are in a merged CĐCS by now (001-T04)."""

    id: str
    baseline: Baseline
    merged: int


def small(office: Office, threshold: int, day: date) -> tuple[SmallUnit, ...]:
    """CĐCS under us with at most `threshold` members on the day, and those nobody has counted; the smallest first."""
    with office.read() as connection:
        then = office.tree(connection).at(day)
        counts = line_counts.on_lines(connection, then, then.rollup(office.identity.unit, day))
    found = []
    for unit in (then.units[id_] for id_ in then.below(office.identity.unit)):
        count = counts.get(unit.unit)
        group = group_of(count.members if count else None, threshold)
        if unit.level == GRASSROOTS and group is not None:
            found.append(_small_unit(then, unit, count.members if count else 0, group))
    return tuple(sorted(found, key=lambda one: (one.members, sort_key(one.name))))


def suggestions(office: Office, threshold: int, day: date) -> tuple[Group, ...]:
    """Proposed groups over the whole list, the closest likeness first."""
    return suggest(small(office, threshold, day), threshold)


def freeze(office: Office, threshold: int, day: date) -> str:
    """Keep the list of CĐCS strictly under the threshold as the base of a target. Returns its id.

    Raises: ValidationError when no CĐCS is under it.
    """
    office.require(Right.ISSUE)
    units = tuple(sorted(one.unit for one in small(office, threshold, day) if one.group == UNDER))
    if not units:
        raise ValidationError((Finding("threshold", f"Không có CĐCS nào dưới {threshold} đoàn viên."),))
    with office.write(Right.ISSUE) as work:
        return work.put(Baseline(office.identity.unit, day, threshold, units))


def baselines(office: Office) -> list[BaselineState]:
    """The frozen lists, the latest first; of one from above what stands under us, itself or what it went into."""
    own = office.identity.unit
    with office.read() as connection:
        now = office.structure(connection)
        ours = {*now.below(own), own}
        table = TABLES[Baseline.TYPE]
        rows = connection.execute(select(table).order_by(table.c.on.desc(), table.c.record)).mappings()
        held = [(row["record"], value_of(Baseline.TYPE, row)) for row in rows]
        seen = [(id_, one if one.unit == own else _within(now, one, ours)) for id_, one in held]
        return [BaselineState(id_, one, _merged(now, one)) for id_, one in seen if one.units]


def merge_list(office: Office, number: str, on: date, rows: Sequence[MergeListRow], signer: tuple[str, str]) -> Paper:
    """The list of a decision as a paper; `signer` is (title, name)."""
    from congdoan_desktop.reports.merge_list import merge_list_document

    with office.read() as connection:
        letterhead = letterheads.own(office, connection, on, "QĐ")
    signature = Signature(("TM. BAN THƯỜNG VỤ",), signer[0].upper(), signer[1])
    made = MergeList(letterhead, number, on, tuple(rows), signature, office.identity.realm == SAMPLE)
    about = number or on.isoformat()
    return Paper("Danh sách ghép công đoàn cơ sở", "danh-sach-ghep-cdcs", about, merge_list_document(made))


def _small_unit(then: Structure, unit: Unit, members: int, group: str) -> SmallUnit:
    known = catalogue()
    upper = then.parent(unit.unit) or ""
    return SmallUnit(
        unit.unit,
        unit.short_name,
        upper,
        then.units[upper].short_name if upper in then.units else "",
        members,
        group,
        known.name("unit_kinds", unit.kind) if unit.kind else "",
        unit.place or place_in(unit.name),
        _classed("blocks", unit.block, unit.name),
        _classed("sectors", unit.sector, unit.name),
    )


def _classed(name: str, code: str, unit_name: str) -> str:
    """The name of a block or sector: as recorded, else the first whose words stand in the union's name."""
    known = catalogue()
    if code:
        return known.name(name, code)
    words = f" {search_key(unit_name)} "
    return next((entry.name for entry in known.entries(name) if _speaks_of(entry, words)), "")


def _speaks_of(entry: Entry, words: str) -> bool:
    return any(f" {search_key(alias)} " in words for alias in entry.aliases)


def _within(now: Structure, baseline: Baseline, ours: AbstractSet[str]) -> Baseline:
    return replace(baseline, units=tuple(unit for unit in baseline.units if now.home(unit) in ours))


def _merged(now: Structure, baseline: Baseline) -> int:
    """Units of the list that went into another CĐCS since, or that others went into."""
    merges = [end.event for end in now.endings.values() if end.event.kind == "merge" and end.event.on >= baseline.on]
    inside = {unit for event in merges for unit in (event.subject, *event.others)}
    return sum(unit in inside for unit in baseline.units)
