"""A three-level province plays a year through the real services and files; its figures are those of a plain count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.services import campaign_ledger, coverage, opening, reported
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.services.reported import Report
from congdoan_desktop.storage import tables
from congdoan_desktop.storage.projections import TABLES, value_of
from tests.services.conftest import fixed_clock
from tests.services.province_unions import UNHEARD, Union
from tests.services.province_year import QUARTERS, Year

SEED = 4
Told = dict[str, object]


@pytest.fixture
def played(tmp_path: Path, cheap_kdf: KdfCost) -> Any:
    made: list[Year] = []

    def found(folder: Path, form: Any) -> Office:
        return opening.found(folder, form, clock=fixed_clock(), cost=cheap_kdf).office

    def begin(uppers: int, below: int, seed: int = SEED) -> Year:
        made.append(Year(tmp_path / f"year-{len(made)}", found, uppers, below, seed))
        return made[-1]

    yield begin
    for year in made:
        year.close()


def shown(year: Year, union: Union) -> Told:
    """What the program says at a union: figures, activities of the plan, missing packages by sender."""
    with year.at(union) as office:
        view = campaign_ledger.look(office, year.plan)
        totals = {one.sum.target.id: (one.sum.total.numerator, one.sum.total.denominator) for one in view.targets}
        linked = view.linked
        gaps = {row.id: set(row.missing) for row in coverage.coverage(office) if row.missing}
    return {
        "figures": totals,
        "activities": (linked.activities, linked.participants, linked.activity_cost),
        "gaps": gaps,
    }


def plain(year: Year, union: Union) -> Told:
    """The same out of the files that it accepted, counted with no line of the program."""
    under = {one.unit: one.above for one in year.below if not one.ended}
    under |= {cdcs: upper.unit for upper in year.uppers for cdcs in upper.own}
    under |= {upper.unit: upper.unit for upper in year.uppers}
    came = union.came
    parts = {target: came.parts(target, under) for target in ("n", "d")}
    figures = {
        "n": (sum(part[0] >= 1 for part in parts["n"].values()), len(parts["n"])),
        "d": (sum(part[0] for part in parts["d"].values()), None),
    }
    gaps = {sender: missing for sender, missing in came.gaps().items() if missing}
    return {"figures": figures, "activities": came.activities(year.plan), "gaps": gaps}


def play(year: Year, check: Callable[[], None]) -> None:
    for number in range(len(QUARTERS)):
        year.quarter(number)
        check()
        if number == 0:
            year.move_one(QUARTERS[0].replace(month=5, day=10))
            year.list_home()
        if number == 1:
            year.merge_two(QUARTERS[1].replace(month=8, day=10))
            year.merge_uppers(QUARTERS[1].replace(month=8, day=20))
            year.list_home()
            year.hand_over()
        if number == 2:
            year.province_loses(QUARTERS[2])
            check()
            year.ended_hands_over()


def agreed(year: Year) -> None:
    assert shown(year, year.province) == plain(year, year.province)


def test_the_province_shows_what_a_plain_count_of_the_files_shows(
    played: Any, rounds: Callable[..., int], request: pytest.FixtureRequest
) -> None:
    uppers = rounds("upper unions in a province that plays a year", first=2, build=6, soak=60)
    below = rounds("CĐCS under each, with an office of their own", first=2, build=3, soak=10)
    year = played(uppers, below)
    play(year, lambda: agreed(year))
    for upper in year.uppers:
        here, there = shown(year, upper), plain(year, upper)
        assert here["gaps"] == there["gaps"]
    told = ", ".join(f"{count} {what}" for what, count in sorted(year.count.items()))
    request.node.user_properties.append(("count", f"          {told} ({request.node.nodeid})"))
    assert all(year.count[what] for what in ("lost", "late", "repeats", "restores", "wrong clocks"))


@pytest.mark.long
def test_the_heir_of_an_unheard_union_waits_for_what_it_hands_over(played: Any) -> None:
    year = played(2, 1)
    year.merge_uppers(QUARTERS[0].replace(month=1, day=10))
    year.list_home()
    year.hand_over()
    year.uppers[0].own = year.uppers[0].own[-1:]
    year.quarter(0, wrong=False)
    assert (refused := year.count[UNHEARD]) > 0
    year.ended_hands_over()
    year.quarter(1, wrong=False)
    assert year.count[UNHEARD] == refused
    agreed(year)


def _as_they_came(connection: Connection, campaign: str, until: Any = None) -> Mapping[str, Report]:
    """A careless merge: of the reports of one union the one that came last counts."""
    table, revisions = TABLES[PeriodFigures.TYPE], tables.revisions
    query = select(table).join(revisions, revisions.c.hash == table.c.hash).where(table.c.campaign == campaign)
    rows = connection.execute(query.order_by(revisions.c.seq)).mappings()
    return {row["unit"]: Report(row["record"], value_of(PeriodFigures.TYPE, row)) for row in rows}


def test_a_careless_merge_is_found_out(played: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: with figures taken as they came, the plain count tells."""
    year = played(2, 2)
    monkeypatch.setattr(reported, "latest", _as_they_came)
    with pytest.raises(AssertionError):
        play(year, lambda: agreed(year))
