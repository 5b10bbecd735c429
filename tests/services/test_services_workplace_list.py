"""The list of workplaces in pages: the same in the same order, however it is cut; the foot sums all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.services import workplaces
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.workplaces import Wanted

FIRST, LATER = date(2024, 1, 1), date(2025, 1, 1)
PLACES = (
    ("Trường Mầm non Ánh Dương", "truong_hoc", "Than Uyên", True, (12, 9, 10)),
    ("Công ty TNHH Đá Vôi", "doanh_nghiep", "Mường Kim", False, (40, None, None)),
    ("Hợp tác xã Ẩm thực", "hop_tac_xa", "", False, None),
    ("Công ty TNHH An Bình", "doanh_nghiep", "Mường Kim", True, (7, 3, 5)),
)


@pytest.fixture
def office(new_office: Callable[..., Office]) -> Office:
    """Four workplaces; the people of the first were counted once more after the others, and one's by nobody."""
    made = new_office()
    unit = made.identity.unit
    with made.write(Right.ENTER) as work:
        for name, kind, place, union, count in PLACES:
            id_ = work.put(Workplace(unit, name, kind, "", place=place, union=unit if union else None))
            if count is not None:
                work.put(Workforce(unit, id_, FIRST, 99, 99, 99))
                work.put(Workforce(unit, id_, LATER, *count))
    return made


def names(office: Office, wanted: Wanted) -> list[str]:
    return [row.workplace.name for row in workplaces.listing(office, wanted)]


def test_names_are_in_vietnamese_order(office: Office) -> None:
    assert names(office, Wanted()) == [PLACES[3][0], PLACES[1][0], PLACES[2][0], PLACES[0][0]]
    office.close()


@pytest.mark.parametrize("order", workplaces.ORDERS)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_put_together_are_the_whole_list(office: Office, order: str, descending: bool) -> None:
    wanted = Wanted(order=order, descending=descending)
    whole = [row.id for row in workplaces.listing(office, wanted)]
    assert len(whole) == len(PLACES)
    for size in (1, 3, 100):
        pages = [workplaces.rows(office, wanted, starts, size) for starts in range(0, len(whole), size)]
        assert [row.id for page in pages for row in page] == whole
    assert [workplaces.place(office, wanted, id_) for id_ in whole] == list(range(len(whole)))
    office.close()


@pytest.mark.parametrize("descending", [False, True])
def test_who_was_not_counted_stands_last_whichever_way_round(office: Office, descending: bool) -> None:
    rows = workplaces.listing(office, Wanted(order="workers", descending=descending))
    workers = [row.count.workers if row.count else None for row in rows]
    assert workers == [*sorted((7, 12, 40), reverse=descending), None]
    office.close()


FILTERS = (
    (Wanted(), (4, 2, 59, 12, 15)),
    (Wanted(kind="doanh_nghiep"), (2, 1, 47, 3, 5)),
    (Wanted(union=False), (2, 2, 40, 0, 0)),
    (Wanted(search="muong kim"), (2, 1, 47, 3, 5)),
    (Wanted(unit="somewhere else"), (0, 0, 0, 0, 0)),
    (Wanted(conflict=True), (0, 0, 0, 0, 0)),
)


@pytest.mark.parametrize(("wanted", "summed"), FILTERS)
def test_the_foot_sums_all_that_the_filters_leave(office: Office, wanted: Wanted, summed: tuple[int, ...]) -> None:
    found = workplaces.page(office, wanted, 0, 1)
    sums = found.counted
    assert (sums.listed, sums.without, sums.workers, sums.women, sums.eligible) == summed
    assert len(found.rows) == min(summed[0], 1)
    office.close()
