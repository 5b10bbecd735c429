"""What was imported stays when it is undone where anything else has come to name it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.funds import Contribution
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.units import OrgEvent, Unit
from congdoan_desktop.services import import_history
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import imports
from tests.services.conftest import NewOffice, activity, grassroots, need, person


def imported(office: Office, kind: str, records: Sequence[Record]) -> tuple[int, list[str]]:
    """(number of the import, ids of its records)."""
    with office.write(Right.ISSUE) as work:
        ids = work.put_many(records)
        counts = {"new": len(records), "changed": 0, "returned": 0}
        made = imports.Import(0, "2024-07-29", office.identity.officer.id, kind, "danh sách.xlsx", counts, "")
        return imports.add(work.connection, made, work.written), ids


def later(office: Office, record: Record) -> None:
    with office.write(Right.ISSUE) as work:
        work.put(record)


OF_A_PERSON: dict[str, Callable[[str, str], Record]] = {
    "a need": lambda unit, id_: need(unit, person=id_),
    "took part": lambda unit, id_: replace(activity(people=(id_,)), unit=unit),
    "gave": lambda unit, id_: Contribution(unit, "quy_xa_hoi", date(2024, 7, 1), 100_000, person=id_),
}
OF_A_UNION: dict[str, Callable[[str, str], Record]] = {
    "a need": lambda _, id_: need(id_),
    "was rated": lambda _, id_: Rating(id_, 2023, "tot", (), ""),
    "went into another": lambda into, id_: OrgEvent("", "merge", into, "", date(2024, 7, 1), "9/QĐ", (id_,)),
}


@pytest.mark.parametrize("case", OF_A_PERSON)
def test_a_person_whom_somebody_names(case: str, new_office: NewOffice) -> None:
    office = new_office()
    unit = grassroots(office)
    number, ids = imported(office, "members", [person(unit), person(unit, "Vàng A Dũng")])
    later(office, OF_A_PERSON[case](unit, ids[0]))
    undone = import_history.undo(office, number)
    assert (undone.deleted, [(one.record, one.name) for one in undone.kept]) == (1, [(ids[0], "Lò Thị Ương")])
    with office.write(Right.READ) as work:
        assert isinstance(work.value(Person.TYPE, ids[0]), Person)


@pytest.mark.parametrize("case", OF_A_UNION)
def test_a_union_that_somebody_names(case: str, new_office: NewOffice) -> None:
    office = new_office()
    own, into = office.identity.unit, grassroots(office)
    made = [
        Unit(f"{at:08d}-0000-7000-8000-000000000000", f"C-{at}", f"CĐCS {at}", f"CĐCS {at}", "co_so", "su_nghiep", own)
        for at in (1, 2)
    ]
    number, ids = imported(office, "units", made)
    named = OF_A_UNION[case](into, ids[0])
    later(office, replace(named, unit=own) if isinstance(named, OrgEvent) else named)
    undone = import_history.undo(office, number)
    assert (undone.deleted, [one.record for one in undone.kept]) == (1, [ids[0]])
