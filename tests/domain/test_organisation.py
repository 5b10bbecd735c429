"""The organisation as of a day, out of units and decisions in any order."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain import org_events
from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.units import GRASSROOTS, Change, OrgEvent, Unit

START = date(2024, 1, 1)
SWITCH = date(2025, 7, 1)
BEFORE, AFTER = date(2025, 6, 30), SWITCH


def unit(id_: str, parent: str | None, level: str = GRASSROOTS, founded: date | None = None) -> Unit:
    return Unit(id_, id_.upper(), f"Công đoàn {id_}", id_, level, "xa", parent, founded=founded)


def event(kind: str, subject: str, parent: str = "", by: str = "tinh", on: date = SWITCH, **more: object) -> OrgEvent:
    return OrgEvent(by, kind, subject, parent, on, "12/QĐ-LĐLĐ", **more)  # type: ignore[arg-type]


def units(*made: Unit) -> dict[str, Unit]:
    return {one.unit: one for one in made}


DISTRICT = units(
    unit("tinh", None, "tinh"),
    unit("huyen", "tinh", "cap_tren"),
    unit("nganh", "tinh", "cap_tren"),
    unit("xa1", "tinh", "cap_tren", SWITCH),
    unit("xa2", "tinh", "cap_tren", SWITCH),
    *(unit(f"cs{n}", "huyen") for n in range(1, 6)),
    unit("cs9", "nganh"),
)


def tree(*events: OrgEvent, known: dict[str, Unit] = DISTRICT, root: str | None = None) -> Tree:
    return Tree(known, events, root)


REFORM = (
    *(event("move", f"cs{n}", "xa1" if n < 4 else "xa2") for n in range(1, 6)),
    event("dissolve", "huyen"),
)


def test_a_district_is_dissolved_into_communes_and_the_past_stays() -> None:
    made = tree(*reversed(REFORM))
    assert made.refused == ()
    before, after = made.at(BEFORE), made.at(AFTER)
    assert before.below("huyen") == ["cs1", "cs2", "cs3", "cs4", "cs5"]
    assert not before.exists("xa1")
    assert before.children("tinh") == ("huyen", "nganh")
    assert after.children("tinh") == ("nganh", "xa1", "xa2")
    assert after.children("xa1") == ("cs1", "cs2", "cs3")
    assert list(after.above("cs1")) == ["cs1", "xa1", "tinh"]
    assert (after.home("huyen"), after.founded("xa1")) == ("tinh", SWITCH)


def test_what_nobody_moved_stands_under_the_home_of_its_union() -> None:
    made = tree(event("dissolve", "huyen")).at(AFTER)
    assert made.children("tinh") == ("cs1", "cs2", "cs3", "cs4", "cs5", "nganh", "xa1", "xa2")


def test_a_merge_ends_what_went_in_and_counts_it_with_the_result() -> None:
    made = tree(event("merge", "cs1", others=("cs2", "cs3"), by="huyen", on=date(2024, 5, 1)))
    after = made.at(date(2024, 12, 31))
    assert after.children("huyen") == ("cs1", "cs4", "cs5")
    assert after.rollup("huyen", START) == {"cs1": ("cs1", "cs2", "cs3"), "cs4": ("cs4",), "cs5": ("cs5",)}
    assert made.at(date(2024, 4, 30)).rollup("huyen", START).keys() == {"cs1", "cs2", "cs3", "cs4", "cs5"}
    assert after.home("cs3") == "cs1"


def test_a_merge_may_found_a_new_unit() -> None:
    day = date(2024, 5, 1)
    known = {**DISTRICT, "moi": unit("moi", "huyen", founded=day)}
    made = tree(event("merge", "moi", others=("cs1", "cs2"), by="huyen", on=day), known=known)
    assert not made.at(day - timedelta(1)).exists("moi")
    assert made.at(day).children("huyen") == ("cs3", "cs4", "cs5", "moi")


@pytest.mark.parametrize("kind", ["enrol", "found"])
def test_no_circle_comes_to_be_when_a_unit_begins_later(kind: str) -> None:
    """It is passed over before its first day, also where somebody is put under those that stand under it."""
    known = {**DISTRICT, "sau": unit("sau", "huyen", founded=SWITCH), "duoi": unit("duoi", "sau")}
    after = Tree(known, (event(kind, "sau", "duoi", on=SWITCH - timedelta(9)),), "tinh").at(AFTER)
    assert after.below("huyen")[-2:] == ["sau", "duoi"]


def test_a_split_unit_keeps_its_line_for_the_time_it_existed() -> None:
    day = date(2024, 5, 1)
    known = {**DISTRICT, "a": unit("a", "huyen", founded=day), "b": unit("b", "huyen", founded=day)}
    made = tree(event("split", "cs1", others=("a", "b"), by="huyen", on=day), known=known)
    year = made.at(date(2024, 12, 31))
    assert {"cs1", "a", "b"} <= year.rollup("huyen", START).keys()
    assert "cs1" not in year.rollup("huyen", day)
    assert year.home("cs1") == "huyen"
    assert year.endings["cs1"].event.others == ("a", "b")


def test_a_change_holds_from_its_day() -> None:
    named = Change("name", "Công đoàn cơ sở Trường Nội trú"), Change("kind", "cdcs_su_nghiep"), Change("of_2030", "?")
    made = tree(event("change", "cs1", by="huyen", changes=named))
    assert made.at(BEFORE).units["cs1"].name == "Công đoàn cs1"
    assert made.at(AFTER).units["cs1"].name == "Công đoàn cơ sở Trường Nội trú"
    assert made.at(AFTER).units["cs1"].kind == "cdcs_su_nghiep"


def test_decisions_of_one_day_make_room_for_each_other() -> None:
    founded = {**DISTRICT, "moi": unit("moi", "xa1", founded=SWITCH)}
    made = tree(event("found", "moi", "xa1"), event("move", "cs1", "xa1"), known=founded).at(AFTER)
    assert made.children("xa1") == ("cs1", "moi")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (event("move", "cs1", "xa1", by="nganh"), org_events.NO_AUTHORITY),
        (event("move", "cs9", "huyen", by="huyen"), org_events.NO_AUTHORITY),
        (event("move", "cs1", "nganh", by="huyen"), org_events.NO_AUTHORITY),
        (event("move", "cs1", "xa1", by="cs1"), org_events.NO_AUTHORITY),
        (event("merge", "cs1", others=("cs9",), by="huyen"), org_events.NO_AUTHORITY),
        (event("dissolve", "huyen", by="huyen"), org_events.NO_AUTHORITY),
        (event("enrol", "cs1", "nganh", by="nganh"), org_events.NO_AUTHORITY),
        (event("move", "tinh", "huyen"), org_events.CIRCLE),
        (event("move", "huyen", "cs1"), org_events.CIRCLE),
        (event("merge", "cs1", "cs2", others=("cs2",)), org_events.CIRCLE),
        (event("move", "cs1", "xa1", on=BEFORE), org_events.NOT_THERE),
        (event("move", "xa1", "huyen", on=BEFORE), org_events.NOT_THERE),
        (event("dissolve", "xa9"), org_events.UNKNOWN),
        (event("merge", "cs1", others=("cs1",)), org_events.NOBODY),
        (event("split", "cs1"), org_events.NOBODY),
        (event("move", "cs1"), org_events.NO_PARENT),
        (event("sell", "cs1"), org_events.UNHEARD_OF),
    ],
    ids=lambda value: f"{value.kind}-{value.subject}" if isinstance(value, OrgEvent) else "",
)
def test_what_does_not_count_is_told_and_changes_nothing(bad: OrgEvent, reason: str) -> None:
    made = tree(bad)
    if reason == org_events.CIRCLE and bad.subject == "tinh":
        made = tree(bad, root="tinh")
    assert [why for _, why in made.refused] == [reason]
    assert _shape(made.now) == _shape(tree().now)


def test_an_ended_unit_does_not_come_back() -> None:
    again = event("move", "cs1", "nganh", on=SWITCH + timedelta(9))
    found = event("found", "cs1", "nganh", on=SWITCH + timedelta(9))
    made = tree(event("dissolve", "cs1"), again, found)
    assert {why for _, why in made.refused} == {org_events.NOT_THERE, org_events.TOO_LATE}
    assert not made.now.exists("cs1")


def test_entered_circles_do_no_harm() -> None:
    known = units(unit("a", "b"), unit("b", "c"), unit("c", "a"), unit("d", "d"), unit("e", "d"))
    made = tree(known=known)
    assert sorted(made.below("a")) == ["b", "c"]
    assert made.below("d") == ["e"]
    assert {made.custodian(one) for one in known} == {"a", "d"}


def test_a_union_that_entered_itself_stood_where_it_was_enrolled_later() -> None:
    known = units(unit("tinh", None, "tinh"), unit("xa", None, "cap_tren"), unit("cs", "xa"))
    made = tree(event("enrol", "xa", "tinh", on=date(2026, 3, 1)), known=known, root="tinh")
    assert made.at(START).below("tinh") == ["xa", "cs"]
    assert not made.at(START).is_enrolled("xa")


def test_custody_follows_the_decisions_and_remembers_who_kept_before() -> None:
    enrolled = tuple(event("enrol", one, "tinh", on=START) for one in ("huyen", "xa2"))
    made = tree(*enrolled, *REFORM, root="tinh")
    assert made.at(BEFORE).custodian("cs4") == "huyen"
    assert made.keepers("cs4") == ("tinh", "huyen", "xa2")
    assert made.keepers("cs1") == ("tinh", "huyen", "tinh")
    assert made.custodian("huyen") == "tinh"
    assert made.entry_keepers("cs4", "huyen") == ("tinh", "huyen", "xa2")


def test_600_units_and_their_reform_are_instant() -> None:
    communes = [unit(f"xa{n:02}", "tinh", "cap_tren", SWITCH) for n in range(40)]
    districts = [unit(f"h{n}", "tinh", "cap_tren") for n in range(8)]
    below = [unit(f"cs{n:03}", f"h{n % 8}") for n in range(550)]
    known = units(unit("tinh", None, "tinh"), *communes, *districts, *below)
    moves = [event("move", one.unit, f"xa{n % 40:02}") for n, one in enumerate(below)]
    ends = [event("dissolve", one.unit, on=SWITCH + timedelta(1)) for one in districts]
    started = perf_counter()
    made = Tree(known, (*moves, *ends))
    assert len(made.at(date(2026, 1, 1)).rollup("tinh", START)) == 550
    assert len(made.below("tinh")) == 590
    assert perf_counter() - started < 1


# Laws

DAYS = [START + timedelta(30 * n) for n in range(12)]
NAMES = [*DISTRICT, "moi1", "moi2"]
KNOWN = {**DISTRICT, **units(*(unit(f"moi{n}", "huyen", founded=DAYS[4 + n]) for n in (1, 2)))}

events_ = st.lists(
    st.builds(
        event,
        kind=st.sampled_from(["change", "move", "merge", "split", "dissolve", "found", "enrol", "province"]),
        subject=st.sampled_from(NAMES),
        parent=st.sampled_from(["", *NAMES]),
        by=st.sampled_from(["tinh", "tinh", "huyen", "xa1"]),
        on=st.sampled_from(DAYS),
        others=st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple),
    ),
    max_size=12,
)


def _shape(structure: Structure) -> object:
    known = structure.units
    return [
        (one, structure.exists(one), structure.parent(one), structure.home(one), known[one]) for one in sorted(known)
    ]


def _lines(structure: Structure, uppers: Iterable[str]) -> list[str]:
    return [one for upper in uppers for group in structure.rollup(upper, START).values() for one in group]


@given(events_, st.randoms())
def test_order_and_repetition_change_nothing(events: list[OrgEvent], chance: random.Random) -> None:
    again = [*events, *events[:3]]
    chance.shuffle(again)
    for day in (*DAYS, date.max):
        assert _shape(tree(*events, known=KNOWN, root="tinh").at(day)) == _shape(
            tree(*again, known=KNOWN, root="tinh").at(day)
        )


@given(events_, events_, st.sampled_from(DAYS))
def test_the_past_is_not_touched(events: list[OrgEvent], later: list[OrgEvent], day: date) -> None:
    """Later decisions, a foundation of what nobody had dated aside: it says that the unit was not there before."""
    later = [replace(one, on=one.on + timedelta(400)) for one in later if one.kind not in ("found", "enrol")]
    before, after = (tree(*held, known=KNOWN, root="tinh").at(day) for held in (events, [*events, *later]))
    assert _shape(before) == _shape(after)
    assert before.rollup("tinh", START) == after.rollup("tinh", START)


@given(events_, st.sampled_from(DAYS))
def test_every_cdcs_of_the_time_counts_exactly_once(events: list[OrgEvent], day: date) -> None:
    made = tree(*events, known=KNOWN, root="tinh")
    now = made.at(day)
    tops = [one for one in now.units if now.parent(one) is None and now.home(one) == one]
    counted = _lines(now, tops)
    assert len(counted) == len(set(counted))
    times = [START, *(d for d in DAYS if START < d <= day)]
    existed = {
        one
        for one, known in now.units.items()
        if known.level == GRASSROOTS and any(made.at(d).exists(one) for d in times)
    }
    assert existed <= set(counted)
    for upper in now.units:
        if now.exists(upper) and now.units[upper].level != GRASSROOTS:
            below = _lines(now, now.children(upper))
            own = set(_lines(now, [upper])) - set(below)
            assert len(below) == len(set(below))
            assert all(upper == now.home(one) for one in own)


@given(events_)
def test_the_tree_is_a_forest_without_circles(events: list[OrgEvent]) -> None:
    now = tree(*events, known=KNOWN, root="tinh").now
    for one in now.units:
        chain = list(now.above(one))
        assert len(chain) == len(set(chain))
        assert now.exists(now.home(one)) or now.parent(now.home(one)) is None
    standing = [one for one in now.units if now.exists(one)]
    reached = [one for top in standing if now.parent(top) is None for one in (top, *now.below(top))]
    assert sorted(reached) == sorted(standing)
