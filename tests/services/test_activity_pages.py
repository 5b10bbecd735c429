"""The list of activities in pages: every order, filter and sum as reading the whole list gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from congdoan_desktop.domain.activities import DONE, PLANNED, Activity
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.services import activities
from congdoan_desktop.services.activities import ActivityRow, Wanted
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from tests.services.conftest import Offices

KINDS = ("the_thao", "van_nghe", "hoi_thi")
TITLES = ("Ăn cơm chung", "Áo dài", "Bóng chuyền", "đi bộ", "Đua thuyền", "cầu lông")
KEYS: dict[str, Callable[[ActivityRow], Any]] = {
    "when": lambda row: row.activity.starts,
    "title": lambda row: sort_key(row.activity.title),
    "kind": lambda row: sort_key(catalogue().name("activity_kinds", row.activity.kind)),
    "participants": lambda row: row.activity.participants,
    "women": lambda row: row.activity.women,
    "cost": lambda row: row.activity.cost or None,
}


@pytest.fixture
def office(offices: Offices) -> Office:
    office = offices.union
    today = office.clock.today()
    blank = Activity("", None, "", today, today, 0, 0, 0, None, True)
    for n in range(23):
        day = today + timedelta(days=(n % 7 - 3) * 40)
        made = replace(
            blank, title=TITLES[n % 6], kind=KINDS[n % 3], starts=day, ends=day, participants=n % 5 + 1, women=n % 2,
            cost=n % 4 * 1000, source="quy_xa_hoi", counts=n % 3 > 0, state=PLANNED if n % 5 == 0 else DONE,
        )  # fmt: skip
        activities.add(office, made, (office.identity.unit,))
    return office


def paged(office: Office, wanted: Wanted) -> list[ActivityRow]:
    found = activities.page(office, wanted, 0, 10)
    rows, starts = list(found.rows), 10
    while more := activities.rows(office, wanted, starts, 10):
        rows, starts = rows + more, starts + 10
    assert found.summed.listed == len(rows)
    return rows


def test_pages_in_every_order_are_the_sorted_whole(office: Office) -> None:
    latest = activities.listing(office)
    assert [row.activity.starts for row in latest] == sorted((r.activity.starts for r in latest), reverse=True)
    assert paged(office, Wanted()) == latest
    for order, key in KEYS.items():
        for descending in (False, True):
            known = sorted((row for row in latest if key(row) is not None), key=key, reverse=descending)
            expected = [*known, *(row for row in latest if key(row) is None)]
            assert paged(office, Wanted(order=order, descending=descending)) == expected, order


def test_states_stand_in_the_order_of_their_words(office: Office) -> None:
    def word(row: ActivityRow) -> str:
        if row.activity.state == DONE:
            return sort_key("Tính chỉ tiêu" if row.activity.counts else "Không tính")
        return sort_key("Quá ngày" if row.activity.ends < office.clock.today() else "Dự kiến")

    assert len(set(map(word, activities.listing(office)))) == 4
    assert paged(office, Wanted(order="state")) == sorted(activities.listing(office), key=word)


@pytest.mark.parametrize(
    "wanted",
    [Wanted(), Wanted(kind="the_thao"), Wanted(state=PLANNED), Wanted(search="cau long"), Wanted(search="không có")],
)
def test_the_sums_are_those_of_what_was_held(office: Office, wanted: Wanted) -> None:
    rows = paged(office, wanted)
    held = [row.activity for row in rows if row.activity.state == DONE]
    days: list[date] = sorted(row.activity.starts for row in rows)
    summed = activities.page(office, wanted).summed
    assert (summed.listed, summed.held, summed.units) == (len(rows), len(held), len({one.unit for one in held}))
    assert [summed.participants, summed.women, summed.cost] == [
        sum(getattr(one, name) for one in held) for name in ("participants", "women", "cost")
    ]
    assert (summed.first, summed.last) == ((days[0], days[-1]) if days else (None, None))


def test_a_record_is_found_at_its_position_or_left_out(office: Office) -> None:
    wanted = Wanted(order="title", descending=True)
    rows = paged(office, wanted)
    assert [activities.position(office, wanted, row.id) for row in rows] == list(range(len(rows)))
    other = next(row.id for row in rows if row.activity.kind != "hoi_thi")
    assert activities.position(office, Wanted(kind="hoi_thi"), other) is None
