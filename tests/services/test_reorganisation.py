"""Reorganising through the services: seen before, written once, taken back; the past keeps its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.reorganising import (
    Alter,
    Decision,
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Order,
    Split,
)
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.domain.units import GRASSROOTS, Change, Headcount, OrgEvent, Unit
from congdoan_desktop.errors import ValidationError
from congdoan_desktop.services import (
    activities,
    coverage,
    finding,
    incoming,
    org_chart,
    outgoing,
    receivers,
    reorganisation,
    reporting,
    support,
    unit_desk,
    units,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reorganisation import StillNeeded
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.services.unit_desk import UnitEntry
from tests.services.conftest import PROVINCE, NewOffice, Offices, activity, campaign, person, request
from tests.services.conftest import support as support_record

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
PAPER = Decision(date(2024, 5, 1), "12/QĐ-LĐLĐ", "Ghép công đoàn cơ sở ít đoàn viên")
LATER = Decision(date(2025, 7, 1), "300/QĐ-LĐLĐ", "Kết thúc hoạt động cấp huyện")


def cdcs(office: Office, number: int, members: int, parent: str | None = None) -> str:
    name = f"CĐCS Trường số {number}"
    made = units.add(office, name=name, short_name=name, code=f"TR-{number}", kind="cdcs_su_nghiep", parent=parent)
    units.set_headcount(office, Headcount(made, date(2024, 1, 1), members + 2, members))
    return made


def new(name: str, code: str, members: int | None = None, level: str = "co_so") -> NewUnit:
    kind = "cdcs_su_nghiep" if level == "co_so" else "cong_doan_xa"
    return NewUnit(name, name, code, kind, level, workers=members, members=members)


def structure(office: Office, day: date) -> Structure:
    with office.read() as connection:
        return office.tree(connection).at(day)


def report(office: Office, campaign_id: str) -> ReportRequest:
    return ReportRequest(campaign_id, "năm 2024", *YEAR, date(2025, 1, 10), "Chủ tịch", "Lò Thị Hoa")


def pages(office: Office, campaign_id: str) -> bytes:
    return reporting.pdf(office, reporting.prepare(office, report(office, campaign_id)))


@pytest.fixture
def office(new_office: NewOffice) -> Office:
    return new_office("province", PROVINCE)


@pytest.fixture
def below(office: Office) -> list[str]:
    return [cdcs(office, number, members) for number, members in ((1, 4), (2, 6), (3, 30))]


def test_a_merge_is_seen_before_it_is_written(office: Office, below: list[str]) -> None:
    order = Merge(tuple(below[:2]), below[0])
    seen = reorganisation.preview(office, order, PAPER)
    assert seen.possible
    assert [(u.name, u.what, u.members_before, u.members_after) for u in seen.units] == [
        ("CĐCS Trường số 1", "grown", 4, 10),
        ("CĐCS Trường số 2", "ended", 6, None),
    ]
    (upper,) = seen.uppers
    assert (upper.units_before, upper.units_after, upper.members_before, upper.members_after) == (3, 2, 40, 40)
    assert structure(office, PAPER.on).exists(below[1])
    saved = reorganisation.decide(office, order, PAPER)
    assert len(saved.ids) == 1
    assert not structure(office, PAPER.on).exists(below[1])
    assert structure(office, date(2024, 4, 30)).exists(below[1])


def test_a_merge_into_a_new_unit_founds_it_with_its_count(office: Office, below: list[str]) -> None:
    order = Merge(tuple(below[:2]), new("CĐCS Liên trường", "LT", 10))
    reorganisation.decide(office, order, PAPER)
    rows = {row.name: row for row in units.listing(office)}
    assert rows["CĐCS Liên trường"].members == 10
    assert set(rows) == {PROVINCE.unit_name, "CĐCS Liên trường", "CĐCS Trường số 3"}


ORDERS: tuple[tuple[str, Order], ...] = (
    ("found", Found(new("CĐCS Chợ", "CHO", 12), "own")),
    ("change", Alter("0", (Change("name", "CĐCS Trường Nội trú"),))),
    ("merge", Merge(("0", "1"), "0")),
    ("split", Split("2", (new("CĐCS Phân hiệu 1", "PH1"), new("CĐCS Phân hiệu 2", "PH2")))),
    ("stays", Split("2", (new("CĐCS Phân hiệu 1", "PH1"),), stays=True)),
    ("dissolve", Dissolve("1")),
)


def filled(order: Order, names: dict[str, str]) -> Order:
    """The order with ids of the office in the place of numbers."""
    changed: dict[str, Any] = {}
    for name in order.__slots__:
        value = getattr(order, name)
        if isinstance(value, str):
            changed[name] = names.get(value, value)
        elif isinstance(value, tuple) and all(isinstance(one, str) for one in value):
            changed[name] = tuple(names.get(one, one) for one in value)
        else:
            changed[name] = value
    return type(order)(**changed)


@pytest.mark.parametrize(("name", "order"), ORDERS, ids=[name for name, _ in ORDERS])
def test_what_was_written_can_be_taken_back(office: Office, below: list[str], name: str, order: Order) -> None:
    names = {str(number): unit for number, unit in enumerate(below)} | {"own": office.identity.unit}
    before = units.listing(office)
    saved = reorganisation.decide(office, filled(order, names), PAPER)
    assert units.listing(office) != before
    assert [line.refused for line in reorganisation.events(office)] == [""]
    assert reorganisation.take_back(office, saved.ids[0], "Nhập nhầm") == 1
    assert units.listing(office) == before
    assert reorganisation.events(office) == []


def test_what_later_decisions_build_on_is_not_taken_back(office: Office, below: list[str]) -> None:
    first = reorganisation.decide(office, Merge(tuple(below[:2]), new("CĐCS Liên trường", "LT")), PAPER)
    (made,) = (row.id for row in units.listing(office) if row.name == "CĐCS Liên trường")
    second = reorganisation.decide(office, Dissolve(made), LATER)
    with pytest.raises(StillNeeded, match="quyết định ngày 01/07/2025"):
        reorganisation.take_back(office, first.ids[0], "Nhập nhầm")
    reorganisation.take_back(office, second.ids[0], "Nhập nhầm")
    activities.add(office, activity(), (made,))
    with pytest.raises(StillNeeded, match="1 mục ghi cho CĐCS Liên trường"):
        reorganisation.take_back(office, first.ids[0], "Nhập nhầm")


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (Merge(("0",), "0"), "ít nhất hai đơn vị"),
        (Merge(("0", "1"), "2"), "một trong các đơn vị được ghép"),
        (Merge(("0", "own"), "0"), "cùng cấp"),
        (Merge(("0", "1"), new("CĐCS Mới", "TR-3")), "đã dùng cho CĐCS Trường số 3"),
        (Merge(("0", "1"), new("", "")), "Ghi tên đơn vị"),
        (Move(()), "ít nhất một đơn vị"),
        (Move((("0", ""),)), "cấp trên mới"),
        (Move((("own", "0"),)), "dưới chính mình"),
        (Split("0", (new("CĐCS A", "A"),)), "ít nhất hai đơn vị sau khi tách"),
        (Split("0", (new("CĐCS A", "A"), new("CĐCS B", "A"))), "mã khác nhau"),
        (Alter("0", ()), "Chưa có gì thay đổi"),
        (Alter("0", (Change("name", ""),)), "Không để trống tên"),
        (Alter("0", (Change("name", "x" * 201),)), "dài quá 200"),
        (Alter("0", (Change("code", "MÃ 1"),)), "chữ không dấu"),
        (Found(new("CĐCS Mới", "MOI"), "nobody"), "chưa thành lập"),
        (Dissolve("nobody"), "chưa thành lập"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    office: Office, below: list[str], order: Order, sentence: str
) -> None:
    names = {str(number): unit for number, unit in enumerate(below)} | {"own": office.identity.unit}
    seen = reorganisation.preview(office, filled_deep(order, names), PAPER)
    assert not seen.possible
    with pytest.raises(ValidationError, match=sentence):
        reorganisation.decide(office, filled_deep(order, names), PAPER)
    assert reorganisation.events(office) == []


def filled_deep(order: Order, names: dict[str, str]) -> Order:
    if isinstance(order, Move):
        return Move(tuple((names[unit], names.get(to, to)) for unit, to in order.moves))
    return filled(order, names)


def test_a_district_moves_whole_and_2024_prints_the_same_bytes(office: Office) -> None:
    plan = campaign(office)
    reorganisation.decide(
        office, Found(new("LĐLĐ huyện", "H", level="cap_tren"), office.identity.unit), Decision(YEAR[0])
    )
    (district,) = (row.id for row in units.listing(office) if row.code == "H")
    made = [cdcs(office, number, number + 3, district) for number in range(8)]
    for unit in made[:5]:
        activities.add(office, activity(plan), (unit,))
    before = pages(office, plan)
    for number in range(2):
        commune = new(f"Công đoàn xã {number}", f"X{number}", level="cap_tren")
        reorganisation.decide(office, Found(commune, office.identity.unit), LATER)
    communes = [row.id for row in units.listing(office)] and [
        unit for unit in structure(office, LATER.on).children(office.identity.unit) if unit != district
    ]
    order = Move(tuple((unit, communes[n % 2]) for n, unit in enumerate(made)), ends=(district,))
    seen = reorganisation.preview(office, order, LATER)
    assert seen.possible, seen.findings
    assert sum(one.records for one in seen.units) == 5
    saved = reorganisation.decide(office, order, LATER)
    assert len(saved.ids) == 9
    assert reorganisation.together(office, saved.ids[0]) != ()
    assert pages(office, plan) == before
    after = structure(office, LATER.on)
    assert not after.exists(district)
    assert sorted(len(after.children(one)) for one in communes) == [4, 4]
    assert [line.event.kind for line in reorganisation.events(office, district)] == ["dissolve", "found"]


def test_members_and_records_of_a_merged_unit_count_once(office: Office, below: list[str]) -> None:
    plan = campaign(office)
    for unit in below:
        activities.add(office, activity(plan), (unit,))
    whole = reporting.prepare(office, report(office, plan)).report
    reorganisation.decide(office, Merge(tuple(below[:2]), below[0]), PAPER)
    merged = reporting.prepare(office, report(office, plan)).report
    assert (whole.members, merged.members) == (40, 40)
    assert [line.counted_activities for line in merged.units] == [2, 1]
    assert sum(kind.times for kind in merged.activities) == 3
    units.set_headcount(office, Headcount(below[0], date(2024, 6, 1), 14, 11))
    assert reporting.prepare(office, report(office, plan)).report.members == 41


def test_a_unit_split_within_the_year_keeps_its_line(office: Office, below: list[str]) -> None:
    plan = campaign(office)
    activities.add(office, activity(plan), (below[2],))
    parts = (new("CĐCS Phân hiệu 1", "PH1", 12), new("CĐCS Phân hiệu 2", "PH2", 18))
    reorganisation.decide(office, Split(below[2], parts), Decision(date(2024, 9, 1), "15/QĐ"))
    made = reporting.prepare(office, report(office, plan)).report
    lines = {line.name: (line.members, line.counted_activities) for line in made.units}
    assert lines["CĐCS Trường số 3 (đến 31/08/2024)"] == (0, 1)
    assert lines["CĐCS Phân hiệu 2"] == (18, 0)
    assert made.members == 40


def test_a_merge_by_the_union_reaches_the_province_with_its_report(offices: Offices) -> None:
    made = [cdcs(offices.union, number, 5) for number in (1, 2)]
    plan = campaign(offices.union)
    for unit in made:
        activities.add(offices.union, activity(plan), (unit,))
    reorganisation.decide(offices.union, Merge(tuple(made), made[0]), PAPER)
    package = outgoing.make_report(offices.union, request(plan), offices.province.identity.unit)[0]
    result = incoming.apply(offices.province, offices.carry(offices.union, package))
    assert result.refused == ()
    assert not structure(offices.province, PAPER.on).exists(made[1])
    (row, _) = sorted(coverage.coverage(offices.province), key=lambda row: -row.activities)
    assert row.activities == 2


def test_what_a_former_keeper_wrote_still_counts(offices: Offices) -> None:
    """A report of the union arrives after the province has moved its CĐCS away (rule C06 e)."""
    moved = cdcs(offices.union, 1, 5)
    plan = campaign(offices.union)
    first = outgoing.make_report(offices.union, request(plan), offices.province.identity.unit)[0]
    incoming.apply(offices.province, offices.carry(offices.union, first))
    order = Move(((moved, offices.other.identity.unit),))
    reorganisation.decide(offices.province, order, Decision(date(2024, 7, 1), "9/QĐ"))
    activities.add(offices.union, activity(plan), (moved,))
    late = outgoing.make_report(offices.union, request(plan), offices.province.identity.unit)[0]
    result = incoming.apply(offices.province, offices.carry(offices.union, late))
    assert result.refused == ()
    with offices.province.read() as connection:
        assert offices.province.tree(connection).custodian(moved) == offices.other.identity.unit


def test_a_union_does_not_reorganise_its_neighbour(offices: Offices) -> None:
    moved = cdcs(offices.other, 1, 5)
    package = outgoing.make_report(offices.other, request(campaign(offices.other)), offices.province.identity.unit)[0]
    incoming.apply(offices.province, offices.carry(offices.other, package))
    ends = Dissolve(moved, leave=False)
    assert not reorganisation.preview(offices.union, ends, PAPER).possible
    assert reorganisation.preview(offices.province, ends, PAPER).possible
    assert reorganisation.decide(offices.province, ends, PAPER).ids


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None)
@drawn(
    steps=st.lists(st.tuples(st.sampled_from(["merge", "split", "dissolve", "move"]), st.integers(0, 9)), max_size=4)
)
def test_any_sequence_conserves_records_in_the_reports(office: Office, steps: list[tuple[str, int]]) -> None:
    plan = campaign(office)
    day = date(2024, 2, 1)
    for number, (kind, pick) in enumerate(steps):
        now = structure(office, day)
        standing = [u for u in now.below(office.identity.unit) if now.units[u].level == "co_so"]
        while len(standing) < 3:
            code = len(now.units) + len(standing)
            standing.append(cdcs(office, code + 100, 5))
        activities.add(office, activity(plan, starts=day, ends=day), (standing[pick % len(standing)],))
        one, two = standing[pick % len(standing)], standing[(pick + 1) % len(standing)]
        orders: dict[str, Order] = {
            "merge": Merge((one, two), one),
            "split": Split(
                one, (new("CĐCS A", f"A{number}{len(now.units)}"), new("CĐCS B", f"B{number}{len(now.units)}"))
            ),
            "dissolve": Dissolve(one),
            "move": Alter(one, (Change("name", f"CĐCS tên {number}"),)),
        }
        reorganisation.decide(office, orders[kind], Decision(day, f"{number}/QĐ"))
    made = reporting.prepare(office, report(office, plan)).report
    total = sum(kind.times for kind in made.activities)
    assert sum(line.counted_activities for line in made.units) == total == len(steps)


def test_a_nearly_whole_list_of_people_stands_for_the_count(office: Office, below: list[str]) -> None:
    """Four of four are listed in the one, none in the other: merged, the count of the other still holds."""
    plan = campaign(office)
    for number in range(5):
        person = Person(below[0], True, f"Lò Văn {number}", joined=date(2023, 1, 1))
        with office.write(Right.ENTER) as work:
            work.put(person)
    made = reporting.prepare(office, report(office, plan)).report
    assert {line.name: line.members for line in made.units}["CĐCS Trường số 1"] == 5
    assert made.members == 41
    reorganisation.decide(office, Merge(tuple(below[:2]), below[1]), PAPER)
    merged = reporting.prepare(office, report(office, plan)).report
    assert {line.name: line.members for line in merged.units}["CĐCS Trường số 2"] == 10


def test_an_edit_beside_a_decision_does_not_reach_into_the_past(office: Office, below: list[str]) -> None:
    """The form shows the name of today; saving a count must not write it into the record."""
    named = Alter(below[0], (Change("name", "CĐCS Trường Nội trú"), Change("short_name", "Nội trú")))
    reorganisation.decide(office, named, PAPER)
    shown = next(line.row for line in unit_desk.listing(office) if line.row.id == below[0])
    assert shown.name == "CĐCS Trường Nội trú"
    entry = UnitEntry(shown.name, shown.short_name, "TR-NT", shown.kind, date(2024, 6, 1), 8, 7)
    unit_desk.save(office, entry, below[0])
    assert structure(office, date(2024, 4, 30)).units[below[0]].name == "CĐCS Trường số 1"
    assert structure(office, date(2024, 4, 30)).units[below[0]].code == "TR-NT"
    with pytest.raises(ValidationError, match="theo quyết định sắp xếp"):
        unit_desk.save(office, replace(entry, name="CĐCS Khác"), below[0])


def test_a_paper_bears_the_names_of_its_day(office: Office, below: list[str]) -> None:
    plan = campaign(office)
    named = Alter(office.identity.unit, (Change("name", "Liên đoàn Lao động tỉnh Lai Châu mới"),))
    reorganisation.decide(office, named, LATER)
    dated = report(office, plan)
    old = reporting.prepare(office, dated).report
    new = reporting.prepare(office, replace(dated, dated=LATER.on)).report
    assert (old.letterhead.issuer, old.unit_name) == (PROVINCE.unit_name, PROVINCE.unit_name)
    assert new.letterhead.issuer == "Liên đoàn Lao động tỉnh Lai Châu mới"
    assert [line.name for line in new.units] == [line.name for line in old.units]


def test_a_hand_over_to_an_enrolled_union_is_not_taken_back(offices: Offices) -> None:
    """The new keeper may have written already; another decision moves the unit again."""
    moved = cdcs(offices.union, 1, 5)
    made = outgoing.make_report(offices.union, request(campaign(offices.union)), offices.province.identity.unit)[0]
    incoming.apply(offices.province, offices.carry(offices.union, made))
    order = Move(((moved, offices.other.identity.unit),))
    (event,) = reorganisation.decide(offices.province, order, Decision(date(2024, 7, 1), "9/QĐ")).ids
    with pytest.raises(StillNeeded, match="đã giao cho Công đoàn xã Nậm Xuân giữ"):
        reorganisation.take_back(offices.province, event, "Nhập nhầm")
    back = Move(((moved, offices.union.identity.unit),))
    reorganisation.decide(offices.province, back, Decision(date(2024, 7, 2), "10/QĐ"))
    with offices.province.read() as connection:
        assert offices.province.tree(connection).custodian(moved) == offices.union.identity.unit


def test_a_union_is_found_under_every_name_it_ever_had(office: Office, below: list[str]) -> None:
    renamed = Alter(below[0], (Change("name", "CĐCS Trường Bản Lang"), Change("short_name", "CĐCS Bản Lang")))
    reorganisation.decide(office, renamed, PAPER)
    reorganisation.decide(office, Merge((below[0], below[1]), below[0]), PAPER)
    reorganisation.decide(office, Dissolve(below[2]), PAPER)
    for typed in ("ban lang", "truong so 1", "truong so 2", "TR-2"):
        assert [hit.id for hit in finding.find(office, typed)][:1] == [below[0]], typed
        assert [row.id for row in units.listing(office) if search_key(typed) in row.search] == [below[0]]
        assert below[0] in {row.id for row in org_chart.chart(office).rows if search_key(typed) in row.search}
    (hit,) = finding.find(office, "truong so 2")
    assert (hit.text, hit.second) == ("CĐCS Trường Bản Lang", "TR-1 · trước đây: CĐCS Trường số 2")
    (gone,) = finding.find(office, "truong so 3")
    assert (gone.id, gone.second) == (office.identity.unit, gone.second)
    assert "CĐCS Trường số 3" in gone.second


def test_a_decision_that_does_not_count_gives_no_name() -> None:
    unit = Unit("u", "U", "CĐCS U", "U", GRASSROOTS, "cdcs_su_nghiep", "root")
    root = Unit("root", "R", "LĐLĐ", "LĐLĐ", "tinh", "ldld_tinh", None)
    bogus = OrgEvent("elsewhere", "change", "u", "", PAPER.on, changes=(Change("name", "CĐCS Giả"),))
    tree = Tree({"u": unit, "root": root}, (bogus,), "root")
    assert tree.refused
    assert tree.former_names(LATER.on) == {}


def test_lists_of_a_union_hold_what_was_recorded_under_those_merged_into_it(office: Office, below: list[str]) -> None:
    plan = campaign(office)
    for unit in below[:2]:
        activities.add(office, activity(plan), (unit,))
        support.add(office, support_record(unit, plan), person(unit))
    reorganisation.decide(office, Merge(tuple(below[:2]), below[0]), PAPER)
    reorganisation.decide(office, Alter(below[0], (Change("name", "CĐCS Bản Lang"), Change("short_name", "BL"))), PAPER)
    assert {row.activity.unit for row in activities.listing(office, unit=below[0])} == set(below[:2])
    assert {row.record.unit for row in support.listing(office, unit=below[0])} == set(below[:2])
    assert activities.listing(office, unit=below[2]) == []
    assert [hit.unit_name for hit in receivers.find_people(office, "uong", unit=below[0])] == ["BL", "CĐCS Trường số 2"]
    for typed in ("ban lang", "truong so 1"):
        assert [row.activity.unit for row in activities.listing(office, search=typed)] == [below[0]]
        assert [row.record.unit for row in support.listing(office, search=typed)] == [below[0]]


def test_one_union_stands_under_five_kinds_of_upper_unions_in_turn(office: Office) -> None:
    """District until 2025, then province, team, commune, sector (rule C02); each day shows its own."""
    own, day = office.identity.unit, date(2025, 1, 1)
    uppers = ("ldld_huyen", own, "to_cong_tac", "cong_doan_xa", "cong_doan_nganh")
    made = [
        one if one == own else units.add(office, name=one, short_name=one, code=f"U{n}", kind=one, level="cap_tren")
        for n, one in enumerate(uppers)
    ]
    school = cdcs(office, 1, 12, made[0])
    for number, upper in enumerate(made[1:], 1):
        order = Move(((school, upper),))
        reorganisation.decide(office, order, Decision(date(2025, 1 + number, 1), f"{number}/QĐ"))
    for number, upper in enumerate(made):
        then = structure(office, date(2025, 1 + number, 1) if number else day)
        assert then.parent(school) == upper
        assert len(list(then.above(school))) == (2 if upper == own else 3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None)
@drawn(
    steps=st.lists(
        st.tuples(st.sampled_from(["merge", "split", "move", "province", "rename"]), st.integers(0, 9)), max_size=5
    )
)
def test_members_are_conserved_whatever_is_decided(office: Office, steps: list[tuple[str, int]]) -> None:
    """Only a dissolution lets members go; and what was asked as of the day before stays the same."""
    known = len(structure(office, date.max).units)  # one office for all examples
    below = [cdcs(office, 500 + known + n, 6) for n in range(3)]
    upper = units.add(
        office, name="CĐ ngành", short_name="CĐN", code=f"N{known}", kind="cong_doan_nganh",
        level="cap_tren",
    )  # fmt: skip
    was = org_chart.chart(office, date(2024, 1, 31))
    for number, (kind, pick) in enumerate(steps):
        day = date(2024, 2, 1 + number)
        before = org_chart.chart(office, day).rows[0].members
        now = structure(office, day)
        alive = [unit for unit in below if now.exists(unit)]
        one, two = alive[pick % len(alive)], alive[(pick + 1) % len(alive)]
        code = f"{number}-{len(now.units)}"
        members = {row.id: row.members or 0 for row in org_chart.chart(office, day).rows}[one]
        parts = (new("CĐCS A", f"A{code}", members // 2), new("CĐCS B", f"B{code}", members - members // 2))
        orders: dict[str, Order] = {
            "merge": Merge((one, two), one) if one != two else Alter(one, (Change("place", "Mẫu"),)),
            "split": Split(one, parts),
            "move": Move(((one, upper),)),
            "province": Move(((one, office.identity.unit),), province=True),
            "rename": Alter(one, (Change("name", f"CĐCS tên {code}"),)),
        }
        saved = reorganisation.decide(office, orders[kind], Decision(day, f"{number}/QĐ"))
        below += [id_ for id_ in saved.ids if id_ in structure(office, day).units and id_ not in below]
        assert org_chart.chart(office, day).rows[0].members == before
    assert org_chart.chart(office, date(2024, 1, 31)).rows == was.rows


def test_what_another_union_keeps_is_refused_before_it_is_tried(offices: Offices) -> None:
    """The preview never promises what would be refused afterwards; who keeps the records decides instead."""
    union = offices.union
    made = [cdcs(union, number, 5) for number in (1, 2)]
    package = outgoing.make_report(union, request(campaign(union)), offices.province.identity.unit)[0]
    incoming.apply(offices.province, offices.carry(union, package))
    orders: tuple[Order, ...] = (
        Found(new("CĐCS Chợ", "CHO", 12), union.identity.unit),
        Merge(tuple(made), new("CĐCS Liên trường", "LT")),
        Dissolve(made[0]),
    )
    for order in orders:
        (said, *_) = reorganisation.preview(offices.province, order, PAPER).findings
        assert "để Công đoàn xã Mường Kim ghi quyết định ở máy của mình" in said.message
        with pytest.raises(ValidationError):
            reorganisation.decide(offices.province, order, PAPER)
        assert reorganisation.preview(union, order, PAPER).possible
    reorganisation.decide(offices.province, Dissolve(made[0], leave=False), PAPER)


def test_an_admission_under_the_same_number_stays_when_a_decision_is_taken_back(offices: Offices) -> None:
    admitted = offices.union.identity.unit
    with offices.province.write(Right.TRUST) as work:
        work.put(OrgEvent(offices.province.identity.unit, "enrol", admitted, "", PAPER.on, PAPER.number))
    order = Alter(admitted, (Change("name", "Công đoàn xã Mường Than"),))
    (event,) = reorganisation.decide(offices.province, order, PAPER).ids
    assert reorganisation.together(offices.province, event) == (event,)
    assert reorganisation.take_back(offices.province, event, "Nhập nhầm") == 1
