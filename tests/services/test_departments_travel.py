"""Departments: what took over whose work, and that a union's departments are known above it and below it (C04)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from congdoan_desktop.domain.units import Department
from congdoan_desktop.errors import ValidationError
from congdoan_desktop.services import departments, homeward, incoming, records, trusting
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.custody import NotCustodian
from tests.services.conftest import NewOffice
from tests.services.levels import Levels, carried, three_levels

LAST = date(2025, 2, 28)


@pytest.fixture
def levels(new_office: NewOffice, tmp_path: Path) -> Iterator[Levels]:
    with three_levels(new_office, tmp_path / "usb", ()) as made:
        yield made


def add(office: Office, name: str, until: date | None = None, successor: str | None = None) -> str:
    made = Department(office.identity.unit, name, "", date(2018, 1, 1), until, successor)
    return departments.save(office, made).ids[0]


def known(office: Office, unit: str, day: date) -> list[tuple[str, str, tuple[str, ...]]]:
    with office.read() as connection:
        rows = departments.of_unit(connection, unit, day)
        return [(row.department.name, row.successor, row.before) for row in rows]


def merged(office: Office) -> str:
    """Two departments went into a third one."""
    new = add(office, "Ban Công tác Công đoàn")
    for name in ("Ban Tuyên giáo - Nữ công", "Ban Chính sách pháp luật"):
        add(office, name, LAST, new)
    return new


def test_a_merger_of_departments_is_told_on_both_sides(levels: Levels) -> None:
    merged(levels.province)
    own = levels.province.identity.unit
    before = ("Ban Chính sách pháp luật", "Ban Tuyên giáo - Nữ công")
    now = "Ban Công tác Công đoàn"
    assert known(levels.province, own, LAST) == [(before[0], now, ()), (now, "", before), (before[1], now, ())]
    assert known(levels.province, own, date(2025, 3, 1)) == [(now, "", before)]


@pytest.mark.parametrize(("until", "known_one", "field"), [(None, True, "until"), (LAST, False, "successor")])
def test_a_successor_is_another_department_after_an_end(
    levels: Levels, until: date | None, known_one: bool, field: str
) -> None:
    new = merged(levels.province) if known_one else "0190d2a0-5c00-7000-8000-000000000023"
    with pytest.raises(ValidationError) as refused:
        add(levels.province, "Văn phòng", until, new)
    assert [finding.field for finding in refused.value.findings] == [field]


def test_they_come_home_with_the_organisation(levels: Levels) -> None:
    new = merged(levels.province)
    made = homeward.refresh(levels.province)
    assert made is not None
    below, own = levels.below[0], levels.province.identity.unit
    trusting.accept_trust(below, carried(levels.province, made, levels.stick))
    assert known(below, own, LAST) == known(levels.province, own, LAST)
    assert homeward.refresh(levels.province) is None
    departments.save(levels.province, Department(own, "Ban Phong trào", "PT", date(2018, 1, 1)), new)
    assert homeward.refresh(levels.province) is not None, "a new name goes home too"
    with pytest.raises(NotCustodian):
        departments.save(below, Department(own, "Ban khác", ""), new)


def test_they_go_up_with_a_report_and_a_deleted_one_goes(levels: Levels) -> None:
    office, own = levels.below[0], levels.below[0].identity.unit
    gone, _ = add(office, "Ban Nữ công"), add(office, "Văn phòng")
    levels.done(office)
    levels.up(office, levels.upper)
    assert known(levels.upper, own, LAST) == [("Ban Nữ công", "", ()), ("Văn phòng", "", ())]
    records.delete(office, gone, "nhầm")
    levels.up(office, levels.upper, period_name="đợt 2")
    assert known(levels.upper, own, LAST) == [("Văn phòng", "", ())]
    assert incoming.inbox(levels.upper)
