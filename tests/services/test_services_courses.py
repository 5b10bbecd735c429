"""The list of courses in pages: the same courses in the same order, however it is cut."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta

import pytest

from congdoan_desktop.domain.persons import Person, Training
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.services import courses, ordered
from congdoan_desktop.services.courses import Wanted
from congdoan_desktop.services.office import Office

FIRST = date(2024, 3, 4)
NAMES = ("Vàng A Dũng", "Lò Thị Hoa", "Đặng Văn An", "Lò Thị Ánh", "Tẩn Mỉ Sú")
DAYS = 7
Offices = Callable[[], Office]


@pytest.fixture
def office(new_office: Callable[..., Office]) -> Office:
    """Five people who went to the same course on each of seven days; the last two of them only on one day less."""
    made = new_office()
    unit = made.identity.unit
    with made.write(Right.ENTER) as work:
        people = work.put_many([Person(unit, name=name, member=True) for name in NAMES])
        work.put_many(
            [
                Training(unit, person, FIRST + timedelta(day), "tinh", day, f"Lớp {day % 3}")
                for day in range(DAYS)
                for person in people[: len(NAMES) if day else len(NAMES) - 2]
            ]
        )
    return made


def shown(office: Office, wanted: Wanted) -> list[tuple[date, str]]:
    return [(row.training.on, row.name) for row in courses.listing(office, wanted)]


def test_the_latest_day_stands_first_and_names_in_vietnamese_order_within_it(office: Office) -> None:
    found = shown(office, Wanted())
    assert [on for on, _ in found] == sorted((on for on, _ in found), reverse=True)
    assert [name for _, name in found[:5]] == ["Đặng Văn An", "Lò Thị Ánh", "Vàng A Dũng", "Lò Thị Hoa", "Tẩn Mỉ Sú"]
    office.close()


@pytest.mark.parametrize("order", ["", *courses.ORDERS])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_put_together_are_the_whole_list(office: Office, order: str, descending: bool) -> None:
    wanted = Wanted(order=order, descending=descending)
    whole = [row.id for row in courses.listing(office, wanted)]
    for size in (1, 4, 100):
        pages = [courses.rows(office, wanted, starts, size) for starts in range(0, len(whole), size)]
        assert [row.id for page in pages for row in page] == whole
    assert [courses.place(office, wanted, id_) for id_ in whole] == list(range(len(whole)))
    assert courses.rows(office, wanted, len(whole), 10) == []
    office.close()


@pytest.mark.parametrize("descending", [False, True])
def test_days_are_ordered_as_numbers(office: Office, descending: bool) -> None:
    days = [row.training.days for row in courses.listing(office, Wanted(order="days", descending=descending))]
    assert days == sorted(days, reverse=descending)
    office.close()


def test_what_is_not_known_stands_at_the_end_whichever_way_round() -> None:
    for descending in (False, True):
        rows = ordered.by_value([None, 3, 10, None, 7], lambda row: row, descending=descending)
        assert rows == [*sorted((3, 7, 10), reverse=descending), None, None]


FILTERS = (
    (Wanted(), 33, 5, 105),
    (Wanted(year=2024), 33, 5, 105),
    (Wanted(year=2023), 0, 0, 0),
    (Wanted(search="lo thi"), 13, 2, 42),
    (Wanted(search="ánh"), 6, 1, 21),
    (Wanted(unit="somewhere else"), 0, 0, 0),
    (Wanted(conflict=True), 0, 0, 0),
)


@pytest.mark.parametrize(("wanted", "listed", "people", "days"), FILTERS)
def test_the_foot_counts_all_that_the_filters_leave(
    office: Office, wanted: Wanted, listed: int, people: int, days: int
) -> None:
    found = courses.page(office, wanted, 0, 2)
    assert (found.counted.listed, found.counted.people, found.counted.days) == (listed, people, days)
    assert len(found.rows) == min(listed, 2)
    office.close()


def test_an_order_is_kept_until_something_is_written(office: Office) -> None:
    wanted = Wanted(order="name")
    before = [row.id for row in courses.listing(office, wanted)]
    with office.write(Right.ENTER) as work:
        work.delete(before[0], "nhầm")
    with closing(office):
        assert [row.id for row in courses.rows(office, wanted, 0, 100)] == before[1:]
