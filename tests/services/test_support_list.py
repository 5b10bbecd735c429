"""The list of support in pages: each order, filter and sum beside the plain one over all records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congdoan_desktop.domain.text import person_sort_key, sort_key
from congdoan_desktop.services import receivers, support, support_list
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.support_list import SupportRow, Wanted
from tests.services.conftest import Offices, grassroots, person
from tests.services.conftest import support as support_record

NAMES = ("Vàng A Páo", "Lò Thị Ương", "Nguyễn Văn An", "Lò Thị Ánh", "Giàng Thị Sua")
CAUSES, FUNDS = ("om_dau", "kho_khan", "tet"), ("quy_xa_hoi", "tai_chinh_cong_doan")
COUNT = 23


@pytest.fixture
def office(offices: Offices) -> Office:
    """Five people of two unions, and a collective, were given something on nine days."""
    office = offices.union
    homes = [grassroots(office, f"CĐCS {name}", code) for name, code in (("Chè", "CS-98"), ("Chợ", "CS-99"))]
    known: dict[str, str] = {}
    for at in range(COUNT):
        name, unit = NAMES[at % 5], homes[at % 2]
        record = support_record(
            unit, cause=CAUSES[at % 3], fund=FUNDS[at % 2], cash=100_000 * (1 + at * 7 % 11),
            on=date(2023 + at % 2, 6, 1 + at % 9), decision="" if at % 4 else "12/QĐ-CĐX", note=f"lần {at}",
        )  # fmt: skip
        if at == 0:
            support.add(office, replace(record, group="Tổ Sản xuất"))
        elif name in known:
            support.add(office, replace(record, person=known[name]))
        else:
            support.add(office, record, person(unit, name))
            known[name] = receivers.namesakes(office, name)[0].id
    return office


def everything(office: Office) -> list[SupportRow]:
    return sorted(support_list.listing(office, Wanted()), key=lambda row: (row.record.on, row.id), reverse=True)


KEYS: dict[str, Callable[[SupportRow], Any]] = {
    "when": lambda row: row.record.on,
    "person": lambda row: person_sort_key(row.person) if row.record.person else None,
    "unit": lambda row: sort_key(row.unit_name),
    "cause": lambda row: sort_key(catalogue().name("support_causes", row.record.cause)),
    "fund": lambda row: sort_key(catalogue().name("funds", row.record.fund)),
    "amount": lambda row: row.record.cash + row.record.in_kind,
    "signed": lambda _: None,
    "state": lambda row: 0 if row.record.decision else 2,
}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", ["", *KEYS])
def test_pages_are_the_list_cut_up(office: Office, order: str, descending: bool) -> None:
    rows, key = everything(office), KEYS[order or "signed"]
    known = sorted((row for row in rows if key(row) is not None), key=key, reverse=descending)
    expected = [row.id for row in (*known, *(row for row in rows if key(row) is None))]
    wanted = Wanted(order=order, descending=descending)
    cut = [row.id for at in range(0, COUNT, 5) for row in support_list.rows(office, wanted, at, 5)]
    assert cut == expected
    assert list(support_list.ids(office, wanted)) == expected
    assert [support_list.place(office, wanted, id_) for id_ in expected] == list(range(COUNT))
    assert support_list.place(office, wanted, "nothing") is None


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        (Wanted(), lambda _: True),
        (Wanted(cause="tet"), lambda row: row.record.cause == "tet"),
        (Wanted(fund="quy_xa_hoi"), lambda row: row.record.fund == "quy_xa_hoi"),
        (Wanted(year=2023), lambda row: row.record.on.year == 2023),
        (Wanted(no_decision=True), lambda row: not row.record.decision),
        (Wanted(conflict=True), lambda _: False),
        (Wanted(campaign="nothing"), lambda _: False),
        (Wanted(search="lo thi"), lambda row: row.person.startswith("Lò Thị")),
        (Wanted(search="lan 7"), lambda row: row.record.note == "lần 7"),
        (Wanted(search="cho"), lambda row: row.unit_name == "CĐCS Chợ"),
        (Wanted(search="san xuat"), lambda row: bool(row.record.group)),
        (Wanted(search="cdcs", year=2024), lambda row: row.record.on.year == 2024),
    ],
)  # fmt: skip
def test_filters_and_sums(office: Office, wanted: Wanted, holds: Callable[[SupportRow], bool]) -> None:
    expected = [row for row in everything(office) if holds(row)]
    page = support_list.page(office, wanted, 0, 100)
    assert [row.id for row in page.rows] == [row.id for row in expected]
    assert page.counted.listed == len(expected)
    assert page.counted.amount == sum(row.record.cash + row.record.in_kind for row in expected)
    assert page.counted.people == len({row.record.person for row in expected} - {""})
    days = [row.record.on for row in expected]
    assert (page.counted.first, page.counted.last) == ((min(days), max(days)) if days else (None, None))


def test_a_list_that_was_sorted_is_sorted_anew_after_a_save(office: Office) -> None:
    wanted = Wanted(order="amount", descending=True)
    support_list.page(office, wanted)
    unit = everything(office)[0].record.unit
    made = support.add(office, support_record(unit, cash=99_000_000), person(unit, "Tòng Văn Mới")).ids[0]
    assert support_list.rows(office, wanted, 0, 1)[0].id == made
