"""Clocks that are wrong: figures, winners and custody are those of a right clock, and what was claimed is marked."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from congdoan_desktop.clock import VIETNAM, FixedClock
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.revisions import revision_of
from congdoan_desktop.packages.header import Header
from congdoan_desktop.services import (
    activities,
    backup,
    consolidation,
    doctor,
    incoming,
    outgoing,
    receipts,
    records,
    reporting,
    support,
)
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff, tables
from tests.services.conftest import (
    PROVINCE,
    UNION,
    NewOffice,
    Offices,
    activity,
    campaign,
    enrol,
    grassroots,
    request,
    unlocked,
)
from tests.services.conftest import support as support_record
from tests.services.test_services_main_path import planned, recorded, reported

RIGHT = datetime(2024, 7, 29, 8, 30, tzinfo=VIETNAM)
DAY = timedelta(days=1)


def at(year: int) -> datetime:
    return datetime(year, 1, 19, 3, 14, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Clocks:
    """What the clock shows, step by step and then from the beginning; `suspect` as it must be marked at each."""

    steps: tuple[datetime, ...]
    suspect: tuple[bool, ...]


WRONG = {
    "1970": Clocks((at(1970),), (True,)),
    "2009": Clocks((at(2009),), (True,)),
    "2038": Clocks((at(2038),), (False,)),
    "2099": Clocks((at(2099),), (True,)),
    "a day back, a day ahead": Clocks((RIGHT, RIGHT - DAY, RIGHT + DAY), (False, False, False)),
    "from 2099 to 1970 and back": Clocks((at(2099), at(1970), RIGHT), (True, True, False)),
}


class Story:
    """The main path between two offices whose clocks move on at every step."""

    def __init__(self, new_office: NewOffice, stick: Path, clocks: Clocks) -> None:
        self._times = cycle(clocks.steps)
        name = f"{abs(hash(clocks.steps)):x}"
        self.stick = stick / name
        self.stick.mkdir()
        self.province = new_office(f"province-{name}", PROVINCE)
        self.union = new_office(f"union-{name}", UNION)
        self.tick()
        enrol(self.province, self.union, self.stick)

    def tick(self) -> None:
        now = next(self._times)
        self.province.clock = self.union.clock = FixedClock(now)

    def carry(self, sender: Office, package: handoff.Outgoing, receiver: Office) -> ImportResult:
        path = outgoing.write_to_stick(sender, package.package_id, self.stick).path
        self.tick()
        return incoming.apply(receiver, path)

    def tell(self) -> dict[str, Any]:
        id_ = campaign(self.province)
        self.tick()
        plan = outgoing.make_plan(self.province, id_, self.union.identity.unit)
        self.carry(self.province, plan, self.union)
        given = self._enter(id_)
        self.tick()
        report, prepared = outgoing.make_report(self.union, request(id_), self.province.identity.unit)
        result = self.carry(self.union, report, self.province)
        self.tick()
        self.carry(self.province, receipts.write_receipt(self.province, result), self.union)
        self.tick()
        return self._outcome(id_, given, prepared, report)

    def _enter(self, id_: str) -> str:
        """A support edited three times, an activity deleted, one deleted and brought back; the support's id."""
        unit = grassroots(self.union)
        self.tick()
        born = Person(unit, True, "Lò Thị Ương", 1990, "")
        (given,) = support.add(self.union, support_record(unit, id_, cash=1), born).ids
        who = support.listing(self.union)[0].record.person
        for cash in (2, 3, 4):
            self.tick()
            support.edit(self.union, given, support_record(unit, id_, person=who, cash=cash))
        done = [activities.add(self.union, activity(id_, title=title), (unit,)).ids[0] for title in ("a", "b", "c")]
        for record in done[:2]:
            self.tick()
            records.delete(self.union, record, "nhầm")
        self.tick()
        records.undelete(self.union, done[1])
        return given

    def _outcome(self, id_: str, given: str, prepared: reporting.Prepared, report: handoff.Outgoing) -> dict[str, Any]:
        sums = consolidation.consolidate(self.province, id_)
        sent = next(p for p in outgoing.outbox(self.union) if p.package_id == report.package_id)
        return {
            "figures": [(f.indicator, f.numerator, f.denominator) for f in prepared.figures],
            "sums": [(s.total.numerator, s.total.denominator, s.total.met) for s in sums],
            "differences": [line.differs for s in sums for line in s.lines],
            "activities": [sorted(row.activity.title for row in activities.listing(o)) for o in self.both],
            "cash": [[row.record.cash for row in support.listing(o)] for o in self.both],
            "edits": [v.verb for v in records.versions(self.union, given)],
            "kept by": [row.own for o in self.both for row in support.listing(o)],
            "conflicts": [row.conflict for o in self.both for row in support.listing(o)],
            "state": sent.state,
            "faults": [doctor.check(o) for o in self.both],
            "rebuilt": [doctor.rebuild(o) == doctor.digest(o) for o in self.both],
        }

    @property
    def both(self) -> tuple[Office, Office]:
        return self.union, self.province


EXPECTED = {
    "figures": [("I17", 1, 1), ("I17", 2, None)],
    "sums": [(1, 1, True)],
    "differences": [False],
    "activities": [["b", "c"]] * 2,
    "cash": [[4]] * 2,
    "edits": ["Sửa", "Sửa", "Sửa", "Ghi mới"],
    "kept by": [True, False],
    "conflicts": [False, False],
    "state": handoff.RECEIVED,
    "faults": [[], []],
    "rebuilt": [True, True],
}


def test_a_right_clock_tells_what_is_expected(new_office: NewOffice, tmp_path: Path) -> None:
    assert Story(new_office, tmp_path, Clocks((RIGHT,), (False,))).tell() == EXPECTED


@pytest.mark.parametrize("clocks", WRONG.values(), ids=WRONG)
def test_figures_winners_and_custody_are_those_of_a_right_clock(
    new_office: NewOffice, tmp_path: Path, clocks: Clocks
) -> None:
    story = Story(new_office, tmp_path, clocks)
    assert story.tell() == EXPECTED
    claimed = set(zip(clocks.steps, clocks.suspect, strict=True))
    assert claimed <= marked(story.union) <= claimed | {(RIGHT, False)}


def marked(office: Office) -> set[tuple[datetime, bool]]:
    """(claimed time, whether marked as suspect) of every revision and package made here."""
    with office.read() as connection:
        bodies = connection.execute(select(tables.revisions.c.body).where(tables.revisions.c.local)).scalars()
        made = [(revision.at, revision.clock_suspect) for revision in map(revision_of, bodies)]
        headers = [Header.from_bytes(package.header) for package in handoff.outgoing(connection)]
    made += [(header.made_at, header.clock_suspect) for header in headers]
    return {(datetime.fromisoformat(when), suspect) for when, suspect in made}


def test_a_clock_never_stops_the_entering_of_somebody(offices: Offices) -> None:
    """Born after what the clock says: the clock is wrong, not the officer."""
    offices.union.clock = FixedClock(at(1970))
    unit = grassroots(offices.union)
    saved = support.add(offices.union, support_record(unit), Person(unit, True, "Lò Thị Ương", 1990, ""))
    assert saved.ids


def test_the_receivers_clock_changes_nothing(offices: Offices, tmp_path: Path) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    path = offices.carry(offices.union, reported(offices, id_))
    offices.province.close()
    found = set()
    for number, clocks in enumerate(WRONG.values()):
        folder = tmp_path / f"province-{number}"
        shutil.copytree(offices.province.folder, folder)
        with closing(unlocked(folder, FixedClock(clocks.steps[0]))) as province:
            result = incoming.apply(province, path)
            sums = consolidation.consolidate(province, id_)
            found.add((doctor.digest(province), result.new, result.gaps, str(sums)))
    assert len(found) == 1


def test_two_sides_of_a_conflict_do_not_ask_the_clock(offices: Offices, tmp_path: Path) -> None:
    """A restored backup continued beside the original: the same winner whichever of the two came first."""
    id_ = planned(offices)
    unit = grassroots(offices.union)
    (done,) = activities.add(offices.union, activity(id_), (unit,)).ids
    source = backup.back_up(offices.union, tmp_path)
    packages = []
    for year, title in ((2099, "một"), (1970, "hai")):
        folder = tmp_path / title
        backup.restore(source, folder)
        with closing(unlocked(folder, FixedClock(at(year)))) as twin:
            activities.edit(twin, done, activity(id_, unit=unit, title=title))
            made = outgoing.make_report(twin, request(id_), offices.province.identity.unit)[0]
            packages.append(outgoing.write_to_stick(twin, made.package_id, offices.stick).path)
    offices.province.close()
    winners = []
    for number, order in enumerate((packages, packages[::-1])):
        folder = tmp_path / f"province-{number}"
        shutil.copytree(offices.province.folder, folder)
        with closing(unlocked(folder)) as province:
            for path in order:
                incoming.apply(province, path)
            (row,) = activities.listing(province)
            winners.append((row.activity.title, row.conflict, doctor.digest(province)))
            heads = {side.clock_suspect for side in records.sides(province, done)}
    assert winners[0] == winners[1]
    assert winners[0][1]
    assert heads == {True}
