"""Members: the list with search, filters and order; entering; joining, leaving, moving; the members of a past day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from congdoan_desktop.domain.persons import Person, Spell, with_birth
from congdoan_desktop.domain.reorganising import Decision, Merge
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import person_sort_key
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.errors import ValidationError
from congdoan_desktop.services import joining, members, membership, persons, records, reorganisation, units
from congdoan_desktop.services.joining import KeptElsewhere
from congdoan_desktop.services.members import Counted, Wanted
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import tables
from tests.services.conftest import Offices, grassroots

NUMBER = "012190000001"
NAMES = ("Nguyễn Thị Hồng", "Nguyễn Thị Hông", "Lý A Sử", "Lò Thị Hoà", "Đặng Văn An", "Nguyễn An", "Phạm Thị Yến")


@dataclass
class Given:
    office: Office
    school: str
    clinic: str
    offices: Offices


@pytest.fixture
def given(offices: Offices) -> Given:
    school = grassroots(offices.union)
    return Given(offices.union, school, grassroots(offices.union, "CĐCS Trạm Y tế", "CS-YT"), offices)


def enter(given: Given, name: str = "Lò Thị Ương", **changes: Any) -> str:
    made = replace(Person(given.school, True, name, joined=date(2020, 1, 1)), **changes)
    return members.add(given.office, made).ids[0]


def names(office: Office, **wanted: Any) -> list[str]:
    return [row.person.name for row in members.page(office, Wanted(**wanted)).rows]


def whole(office: Office, id_: str) -> Person:
    return persons.reveal(office, id_)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", sorted(NAMES, key=person_sort_key)),
        ("hong", ["Nguyễn Thị Hông", "Nguyễn Thị Hồng"]),
        ("hồng", ["Nguyễn Thị Hồng", "Nguyễn Thị Hông"]),
        ("hồng nguyễn", ["Nguyễn Thị Hồng", "Nguyễn Thị Hông"]),
        ("NGUYEN  AN", ["Nguyễn An"]),
        ("hòa", ["Lò Thị Hoà"]),
        ("lí", ["Lý A Sử"]),
        ("ly a", ["Lý A Sử"]),
        ("yen", ["Phạm Thị Yến", "Nguyễn An", "Nguyễn Thị Hông", "Nguyễn Thị Hồng"]),
        ("yên thị", ["Phạm Thị Yến", "Nguyễn Thị Hông", "Nguyễn Thị Hồng"]),
        ("dang", ["Đặng Văn An"]),
        ("0190", ["Lò Thị Hoà"]),
        ("ghi chú", []),
    ],
)  # fmt: skip
def test_search_finds_and_ranks(given: Given, typed: str, found: list[str]) -> None:
    for name in NAMES:
        enter(given, name, note="ghi chú", phone="0912340190" if name == "Lò Thị Hoà" else "")
    assert names(given.office, search=typed) == found


def test_filters_and_counts(given: Given) -> None:
    enter(given, "A A", sex="nữ", citizen_id=NUMBER, birth_year=1990)
    enter(given, "B B", sex="nam", unit=given.clinic, joined=date(2022, 5, 1), party_admitted=date(2021, 1, 1))
    enter(given, "C C", member=False, joined=None)
    enter(given, "D D", member=False, left=date(2023, 1, 1), sex="nữ")
    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({"unit": given.clinic}, ["B B"]),
        ({"unit": given.office.identity.unit}, ["A A", "B B", "C C", "D D"]),
        ({"standing": "member"}, ["A A", "B B"]),
        ({"standing": "left"}, ["D D"]),
        ({"standing": "never"}, ["C C"]),
        ({"sex": "nữ"}, ["A A", "D D"]),
        ({"party": True}, ["B B"]),
        ({"joined_from": date(2022, 1, 1)}, ["B B"]),
        ({"joined_until": date(2021, 1, 1)}, ["A A", "D D"]),
        ({"gap": "citizen_id"}, ["B B", "C C", "D D"]),
        ({"gap": "sex"}, ["C C"]),
        ({"gap": "birth", "sex": "nam"}, ["B B"]),
        ({"conflict": True}, []),
        ({"order": "joined"}, ["A A", "D D", "B B", "C C"]),
        ({"order": "joined", "descending": True}, ["B B", "A A", "D D", "C C"]),
        ({"descending": True}, ["D D", "C C", "B B", "A A"]),
    ]
    for wanted, found in asked:
        assert names(given.office, **wanted) == found, wanted
    assert members.page(given.office, Wanted()).counted == Counted(4, 2, 1)


def test_pages_follow_each_other_and_a_place_is_found(given: Given) -> None:
    ids = [enter(given, f"Lò Văn {chr(97 + number)}") for number in range(7)]
    pages = [members.page(given.office, Wanted(), starts, 3) for starts in (0, 3, 6)]
    assert [row.id for page in pages for row in page.rows] == ids
    assert {page.counted.people for page in pages} == {7}
    assert members.place(given.office, Wanted(), ids[5]) == 5
    assert members.place(given.office, Wanted(standing="left"), ids[5]) is None


def test_numbers_are_masked_until_the_look_is_logged(given: Given) -> None:
    id_ = enter(given, "Lò Thị Hoà", citizen_id=NUMBER, old_id="045123456", insurance="1234567890", sex="nữ")
    (row,) = members.page(given.office, Wanted()).rows
    assert (row.person.citizen_id, row.person.old_id, row.person.insurance) == (
        "012•••••0001",
        "••••••456",
        "•••••••890",
    )
    members.edit(given.office, id_, replace(row.person, work="giáo viên"))
    assert whole(given.office, id_).citizen_id == NUMBER
    assert whole(given.office, id_).work == "giáo viên"
    with given.office.read() as connection:
        looks = connection.execute(select(tables.log.c.object).where(tables.log.c.action == "look:person")).scalars()
        assert list(looks) == [id_, id_]


def test_what_was_not_changed_makes_no_version(given: Given) -> None:
    id_ = enter(given, "Lò Thị Hoà", citizen_id=NUMBER)
    row = members.get(given.office, id_)
    assert row is not None
    members.edit(given.office, id_, row.person)
    assert len(records.versions(given.office, id_)) == 1


def test_all_findings_and_likely_doubles(given: Given) -> None:
    with pytest.raises(ValidationError) as refused:
        members.add(given.office, Person("", True, "", birth_year=1700))
    assert {finding.field for finding in refused.value.findings} >= {"unit", "name", "birth_year"}
    enter(given, "Lò Thị Hoà", birth="1990", birth_year=1990)
    saved = members.add(given.office, with_birth(Person(given.clinic, True, "Lò Thị Hòa"), "1990-05-12"))
    assert [finding.message for finding in saved.warnings] == [
        "Có thể đã có trong máy: Lò Thị Hoà · 1990: trùng họ tên và ngày sinh."
    ]


def test_people_join_leave_and_come_back_by_one_decision(given: Given) -> None:
    ids = [enter(given, name, member=False, joined=None) for name in ("Vàng A Páo", "Lò Văn Inh")]
    joining.join(given.office, ids, date(2023, 3, 1), " 15/QĐ-CĐX ")
    assert [(p.member, p.joined, p.batch) for p in (whole(given.office, id_) for id_ in ids)] == [
        (True, date(2023, 3, 1), "15/QĐ-CĐX")
    ] * 2
    joining.leave(given.office, ids[:1], date(2023, 9, 1))
    saved = joining.join(given.office, ids[:1], date(2023, 10, 1), "20/QĐ-CĐX")
    back = whole(given.office, ids[0])
    assert (back.joined, back.left, back.earlier) == (
        date(2023, 10, 1), None, (Spell(given.school, date(2023, 3, 1), date(2023, 9, 1)),),
    )  # fmt: skip
    assert "3 tháng" in saved.warnings[0].message
    days = ((date(2023, 2, 28), 0), (date(2023, 3, 1), 2), (date(2023, 9, 1), 1), (date(2023, 10, 1), 2))
    for day, listed in days:
        standing = membership.on_day(given.office, day).get(given.school)
        assert (standing.listed if standing else 0) == listed, day


def test_whom_a_change_does_not_fit_is_named_and_nobody_is_changed(given: Given) -> None:
    ids = [enter(given, "Vàng A Páo", member=False, joined=None), enter(given, "Lò Văn Inh")]
    with pytest.raises(ValidationError, match="Lò Văn Inh đang là đoàn viên"):
        joining.join(given.office, ids, date(2023, 3, 1), "")
    with pytest.raises(ValidationError, match="Lò Văn Inh: Ngày ra trước ngày vào"):
        joining.leave(given.office, ids[1:], date(2019, 1, 1))
    with pytest.raises(ValidationError, match="Chọn ít nhất một người"):
        joining.leave(given.office, [], date(2019, 1, 1))
    assert not whole(given.office, ids[0]).member
    assert whole(given.office, ids[1]).left is None


def test_a_member_goes_to_another_union_of_ours(given: Given) -> None:
    id_ = enter(given, "Lò Văn Inh", sex="nữ")
    joining.transfer(given.office, [id_], given.clinic, date(2024, 2, 1))
    moved = whole(given.office, id_)
    assert (moved.unit, moved.joined, moved.earlier) == (
        given.clinic, date(2024, 2, 1), (Spell(given.school, date(2020, 1, 1), date(2024, 2, 1)),),
    )  # fmt: skip
    for day, unit in ((date(2024, 1, 31), given.school), (date(2024, 2, 1), given.clinic)):
        found = {u: (s.listed, s.listed_women) for u, s in membership.on_day(given.office, day).items()}
        assert found == {unit: (1, 1)}
    with pytest.raises(ValidationError, match="đã ở đơn vị này"):
        joining.transfer(given.office, [id_], given.clinic, date(2024, 3, 1))


def test_nobody_is_moved_into_records_that_others_keep(given: Given) -> None:
    province = given.offices.province
    own = units.add(province, name="CĐCS Văn phòng", short_name="Văn phòng", code="CS-VP", kind="cdcs_hanh_chinh")
    (id_,) = members.add(province, Person(own, True, "Lò Văn Inh")).ids
    with pytest.raises(KeptElsewhere, match="Công đoàn xã Mường Kim tự giữ hồ sơ"):
        joining.transfer(province, [id_], given.office.identity.unit, date(2024, 2, 1))
    assert whole(province, id_).unit == own


@pytest.mark.parametrize(
    ("listed", "counted", "members_", "by_list", "difference"),
    [
        (2, None, 2, True, None),
        (0, 40, 40, False, None),
        (9, 10, 9, True, -1),
        (8, 10, 10, False, -2),
        (11, 10, 11, True, 1),
    ],
)
def test_a_list_stands_beside_the_count(
    given: Given, listed: int, counted: int | None, members_: int, by_list: bool, difference: int | None
) -> None:
    for number in range(listed):
        enter(given, f"Lò Văn {number}")
    if counted is not None:
        units.set_headcount(given.office, Headcount(given.school, date(2024, 5, 31), 90, counted, women=3))
    found = membership.on_day(given.office, date(2024, 7, 1))[given.school]
    assert (found.members, found.by_list, found.difference) == (members_, by_list, difference)
    assert found.women == (0 if by_list else 3)
    earlier = membership.on_day(given.office, date(2024, 5, 30)).get(given.school)
    assert (earlier.count if earlier else None) is None


def test_what_was_counted_out_of_the_lists_follows_every_change(given: Given) -> None:
    """The figures of a day are kept between savings; nothing taken back or rolled back may stay in them."""

    def listed() -> int:
        known = membership.on_day(given.office, date(2024, 1, 1))
        return known[given.school].listed if given.school in known else 0

    def enter_in_vain() -> None:
        with given.office.write(Right.ENTER) as work:
            work.put(Person(given.school, True, "Lý A Sử", joined=date(2020, 1, 1)))
            found.append(membership.by_lists(work.connection, date(2024, 1, 1))[given.school][0])
            raise ZeroDivisionError

    found = [listed()]
    ids = [enter(given), enter(given, "Lò Thị Hoà")]
    found.append(listed())
    records.delete(given.office, ids[0], "nhập nhầm")
    found.append(listed())
    with pytest.raises(ZeroDivisionError):
        enter_in_vain()
    found.append(listed())
    assert found == [0, 2, 1, 2, 1]


def test_people_of_a_merged_union_are_found_under_what_it_became(given: Given) -> None:
    enter(given, "Lò Văn Inh")
    order = Merge((given.school, given.clinic), given.clinic)
    reorganisation.decide(given.office, order, Decision(date(2024, 7, 1), "9/QĐ-CĐX"))
    assert names(given.office, unit=given.clinic) == names(given.office, unit=given.school) == ["Lò Văn Inh"]
    assert names(given.office, unit=given.office.identity.unit) == ["Lò Văn Inh"]


def test_whoever_left_and_moves_on_stays_with_the_union_of_that_time(given: Given) -> None:
    id_, day = enter(given), date(2022, 1, 1)
    joining.leave(given.office, [id_], date(2023, 1, 1))
    before = dict(membership.on_day(given.office, day))
    joining.transfer(given.office, [id_], given.clinic, date(2024, 1, 1))
    assert membership.on_day(given.office, day) == before
    assert names(given.office, unit=given.clinic, standing="left") == ["Lò Thị Ương"]
    assert names(given.office, standing="never") == []
