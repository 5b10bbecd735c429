"""The list of posts in pages: the same posts in the same order, however it is cut, and the foot counts all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from congdoan_desktop.domain.persons import Person, Post, Training
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.services import officers, org_chart
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.officers import Wanted

SINCE = date(2023, 6, 1)
HELD = (
    ("Vàng A Dũng", "chu_tich", True, SINCE, None, "2023-2028"),
    ("Lò Thị Hoa", "pho_chu_tich", False, date(2024, 1, 1), None, ""),
    ("Đặng Văn An", "uy_vien_bch", False, SINCE, date(2023, 12, 31), "2023-2028"),
    ("Lò Thị Ánh", "uy_vien_bch", True, date(2022, 2, 1), None, "2018-2023"),
    ("Vàng A Dũng", "uy_vien_bch", True, date(2020, 2, 1), None, "2023-2028"),
)


@pytest.fixture
def office(new_office: Callable[..., Office]) -> Office:
    """Four people with five posts, one of them over; one of them took a course."""
    made = new_office()
    unit = made.identity.unit
    with made.write(Right.ENTER) as work:
        names = sorted({name for name, *_ in HELD})
        ids = dict(zip(names, work.put_many([Person(unit, name=name, member=True) for name in names]), strict=True))
        work.put_many(
            [
                Post(unit, ids[name], title, "bch", full, since, until, term, "")
                for name, title, full, since, until, term in HELD
            ]
        )
        work.put(Training(unit, ids["Lò Thị Hoa"], SINCE, "tinh", 1, "Nghiệp vụ"))
    return made


def names(office: Office, wanted: Wanted) -> list[str]:
    return [row.name for row in officers.listing(office, wanted)]


def test_holders_stand_in_vietnamese_order_with_the_courses_they_took(office: Office) -> None:
    rows = officers.listing(office, Wanted(None))
    assert [row.name for row in rows] == ["Đặng Văn An", "Lò Thị Ánh", "Vàng A Dũng", "Vàng A Dũng", "Lò Thị Hoa"]
    assert [row.trainings for row in rows] == [0, 0, 0, 0, 1]
    office.close()


@pytest.mark.parametrize("order", officers.ORDERS)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_put_together_are_the_whole_list(office: Office, order: str, descending: bool) -> None:
    wanted = Wanted(None, order=order, descending=descending)
    whole = [row.id for row in officers.listing(office, wanted)]
    assert len(whole) == len(HELD)
    for size in (1, 2, 100):
        pages = [officers.rows(office, wanted, starts, size) for starts in range(0, len(whole), size)]
        assert [row.id for page in pages for row in page] == whole
        assert [row.id for row in officers.page(office, wanted, 0, size).rows] == whole[:size]
        assert [row.id for row in officers.page(office, wanted, size, size).rows] == whole[size : 2 * size]
    assert [officers.place(office, wanted, id_) for id_ in whole] == list(range(len(whole)))
    office.close()


@pytest.mark.parametrize("descending", [False, True])
def test_a_post_without_an_end_stands_last_whichever_way_round(office: Office, descending: bool) -> None:
    ends = [row.ends for row in officers.listing(office, Wanted(None, order="ends", descending=descending))]
    assert ends[-1] is None
    assert ends[:-1] == sorted(filter(None, ends), reverse=descending)
    office.close()


FILTERS = (
    (Wanted(None), (5, 4, 2)),
    (Wanted(date(2024, 2, 1)), (4, 3, 2)),
    (Wanted(None, full_time=False), (2, 2, 0)),
    (Wanted(None, search="lo thi"), (2, 2, 1)),
    (Wanted(date(2023, 7, 1), ending=True), (2, 2, 1)),
    (Wanted(None, conflict=True), (0, 0, 0)),
)


@pytest.mark.parametrize(("wanted", "counted"), FILTERS)
def test_the_foot_counts_all_that_the_filters_leave(
    office: Office, wanted: Wanted, counted: tuple[int, int, int]
) -> None:
    found = officers.page(office, wanted, 0, 1)
    assert (found.counted.listed, found.counted.people, found.counted.full_time) == counted
    assert len(found.rows) == min(counted[0], 1)
    office.close()


def test_a_new_day_is_a_new_list(office: Office) -> None:
    assert len(names(office, Wanted(date(2023, 12, 31)))) == 4
    assert len(names(office, Wanted(date(2024, 1, 1)))) == 4
    assert "Đặng Văn An" not in names(office, Wanted(date(2024, 1, 1)))
    office.close()


def test_two_of_one_name_and_office_of_whom_one_has_an_end_stand_beside_each_other(office: Office) -> None:
    unit = office.identity.unit
    with office.write(Right.ENTER) as work:
        ids = work.put_many([Person(unit, name="Lò Thị Yến", member=True) for _ in range(2)])
        ends = (None, date(2030, 1, 1))
        work.put_many(
            [Post(unit, id_, "uy_vien_bch", "bch", False, SINCE, end, "") for id_, end in zip(ids, ends, strict=True)]
        )
    assert [one.name for one in org_chart.details(office, unit).committee].count("Lò Thị Yến") == 2
