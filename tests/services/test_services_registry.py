"""Officers, trainings, workplaces and the yearly rating, through their services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congdoan_desktop.domain.persons import Person, Post, Training
from congdoan_desktop.domain.rating import Rating, Score
from congdoan_desktop.domain.reorganising import Decision, Found, NewUnit
from congdoan_desktop.domain.units import GRASSROOTS
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.errors import ValidationError
from congdoan_desktop.reports.pictures import page_count
from congdoan_desktop.services import (
    courses,
    members,
    officers,
    papers,
    ratings,
    records,
    reorganisation,
    units,
    workplaces,
)
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.workplaces import Counted
from tests.services.conftest import Offices

TODAY = date(2024, 7, 29)
COMPANY = Workplace("", "Công ty chè Than Uyên", "doanh_nghiep", "tu_nhan", "che_bien", tax_code="0301234567")


@pytest.fixture
def office(offices: Offices) -> Office:
    return offices.union


def school(office: Office, name: str = "CĐCS Trường Mầm non số 1", code: str = "CDCS-MN1") -> str:
    return units.add(office, name=name, short_name=name, code=code, kind="cdcs_su_nghiep")


def somebody(office: Office, unit: str, name: str) -> str:
    return members.add(office, Person(unit, True, name, 1980, sex="nữ")).ids[0]


def post(office: Office, unit: str, person: str, **changes: Any) -> str:
    made = Post(unit, person, "chu_tich", "bch", full_time=False, since=date(2023, 6, 1), term="2023-2028")
    return officers.save_post(office, replace(made, **changes)).ids[0]


def names(office: Office, **wanted: Any) -> list[str]:
    asked = officers.Wanted(**{"on": TODAY, **wanted})
    return [row.name for row in officers.listing(office, asked)]


def test_posts_of_a_day_with_their_filters(office: Office) -> None:
    unit = school(office)
    hoa, an, yen = (somebody(office, unit, name) for name in ("Lò Thị Hoa", "Đặng Văn An", "Phạm Thị Yến"))
    post(office, unit, hoa)
    post(office, unit, an, since=date(2018, 1, 1), until=date(2023, 5, 31), term="2018-2023")
    post(office, office.identity.unit, yen, full_time=True, since=date(2022, 1, 1), term="2019-2024", body="btv")
    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["Lò Thị Hoa", "Phạm Thị Yến"]),
        ({"on": None}, ["Đặng Văn An", "Lò Thị Hoa", "Phạm Thị Yến"]),
        ({"on": date(2023, 5, 31)}, ["Đặng Văn An", "Phạm Thị Yến"]),
        ({"full_time": True}, ["Phạm Thị Yến"]),
        ({"ending": True}, ["Phạm Thị Yến"]),
        ({"unit": unit}, ["Lò Thị Hoa"]),
        ({"search": "yen"}, ["Phạm Thị Yến"]),
        ({"conflict": True}, []),
    ]
    for wanted, found in asked:
        assert names(office, **wanted) == found, wanted
    (row, _) = officers.listing(office, officers.Wanted(TODAY))
    assert (row.ends, row.ending, row.own) == (date(2028, 12, 31), False, True)


def test_the_same_post_twice_warns_and_nothing_changed_writes_nothing(office: Office) -> None:
    unit = school(office)
    hoa = somebody(office, unit, "Lò Thị Hoa")
    id_ = post(office, unit, hoa)
    again = Post(unit, hoa, "chu_tich", "bch", full_time=False, since=date(2024, 1, 1), term="2023-2028")
    assert [finding.field for finding in officers.save_post(office, again).warnings] == ["since"]
    post_ = officers.listing(office, officers.Wanted(None))[0].post
    officers.save_post(office, post_, id_)
    assert len(records.versions(office, id_)) == 1
    with pytest.raises(ValidationError):
        officers.save_post(office, replace(again, unit="", person=""))


def test_trainings_latest_first(office: Office) -> None:
    unit = school(office)
    hoa, an = (somebody(office, unit, name) for name in ("Lò Thị Hoa", "Đặng Văn An"))
    for person, on, course in ((hoa, date(2023, 5, 1), "Nghiệp vụ"), (an, date(2024, 5, 1), "Tài chính")):
        officers.save_training(office, Training(unit, person, on, "tinh", 2, course))
    post(office, unit, hoa)
    assert [row.training.course for row in courses.listing(office, courses.Wanted())] == ["Tài chính", "Nghiệp vụ"]
    assert [row.name for row in courses.listing(office, courses.Wanted(year=2023))] == ["Lò Thị Hoa"]
    assert [row.name for row in courses.listing(office, courses.Wanted(search="dang"))] == ["Đặng Văn An"]
    assert officers.listing(office, officers.Wanted(TODAY))[0].trainings == 1
    with pytest.raises(ValidationError):
        officers.save_training(office, Training(unit, hoa, TODAY, "", 0, ""))


def company(office: Office, **changes: Any) -> str:
    made = replace(COMPANY, unit=office.identity.unit, **changes)
    return workplaces.save(office, made, Counted(date(2024, 5, 31), 40, 25, 38)).ids[0]


def test_workplaces_with_their_people(office: Office) -> None:
    unit = school(office)
    tea = company(office)
    office_ = company(office, name="UBND xã", kind="co_quan", ownership="nha_nuoc", tax_code="", union=unit)

    def found(**wanted: Any) -> list[str]:
        return [row.id for row in workplaces.listing(office, workplaces.Wanted(**wanted))]

    assert found() == [tea, office_]
    assert found(search="ubnd") == [office_]
    assert found(search="0301234567") == [tea]
    assert found(kind="co_quan") == found(ownership="nha_nuoc") == found(union=True) == found(unit=unit) == [office_]
    assert found(union=False) == [tea]
    assert found(conflict=True) == []
    assert workplaces.choices(office) == [(tea, "Công ty chè Than Uyên"), (office_, "UBND xã")]
    workplaces.save(office, replace(COMPANY, unit=office.identity.unit), Counted(date(2024, 6, 30), 50, 25, 38), tea)
    (row, other) = workplaces.listing(office)
    assert row.count is not None
    assert (row.count.workers, row.count.on, other.union_name) == (50, date(2024, 6, 30), "CĐCS Trường Mầm non số 1")
    assert len(records.versions(office, tea)) == 1, "the workplace itself did not change"


def test_findings_of_workplaces(office: Office) -> None:
    company(office)
    twin = replace(COMPANY, unit=office.identity.unit, name="Chè Than Uyên")
    (warning,) = workplaces.save(office, twin, Counted()).warnings
    assert "Công ty chè Than Uyên" in warning.message
    with pytest.raises(ValidationError) as refused:
        workplaces.save(office, replace(twin, unit="", name=""), Counted(workers=3, women=4))
    fields = {finding.field for finding in refused.value.findings if not finding.warning}
    assert fields == {"unit", "name", "on"}


def test_people_keep_their_workplace(office: Office) -> None:
    tea = company(office)
    members.add(office, Person(office.identity.unit, True, "Lò Thị Hoa", workplace=tea))
    assert workplaces.entries_about(office, tea) == 1
    assert members.page(office, members.Wanted()).rows[0].workplace == "Công ty chè Than Uyên"


def test_who_is_rated_in_a_year(office: Office) -> None:
    old, young = school(office), founded(office, date(2024, 3, 15))
    rows = {row.unit: row for row in ratings.listing(office, 2024)}
    assert (rows[old].eligibility.rated, rows[young].eligibility.rated) == (True, False)
    assert {row.unit for row in ratings.listing(office, 2023)} == {old}
    assert {row.unit for row in ratings.listing(office, 2025) if row.eligibility.rated} == {old, young}
    assert [row.unit for row in ratings.listing(office, 2024, search="dien")] == [young]


def test_a_rating_is_corrected_and_printed(office: Office, tmp_path: Any) -> None:
    old, young = school(office), founded(office, date(2024, 3, 15))
    points = {"dai_dien_cham_lo": 45, "xay_dung_to_chuc": 25, "tuyen_truyen_khac": 19}
    scores = tuple(Score(code, number * 100) for code, number in points.items())
    assert ratings.proposed(2024, sum(score.points for score in scores)) == "tot"
    (id_,) = ratings.save(office, Rating(old, 2024, "tot", scores)).ids
    assert ratings.save(office, Rating(old, 2024, "xuat_sac", scores)).ids == (id_,)
    assert ratings.save(office, Rating(old, 2024, "xuat_sac", scores)).ids == (id_,)
    assert len(records.versions(office, id_)) == 2
    row = next(row for row in ratings.listing(office, 2024) if row.unit == old)
    assert (row.points, row.id) == (8900, id_)
    (warning,) = ratings.save(office, Rating(young, 2024, "tot")).warnings
    assert "chưa đủ 12 tháng" in warning.message
    papers.save(office, ratings.rating_list(office, 2024, ("Chủ tịch", "Lò Thị Hoa")), tmp_path / "xep-loai.pdf")
    assert page_count((tmp_path / "xep-loai.pdf").read_bytes()) == 1


@pytest.mark.parametrize(("level", "points", "fields"), [("gioi", 100, {"level"}), ("tot", 6000, {"dai_dien_cham_lo"})])
def test_findings_of_a_rating(office: Office, level: str, points: int, fields: set[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        ratings.save(office, Rating(school(office), 2024, level, (Score("dai_dien_cham_lo", points),)))
    assert {finding.field for finding in refused.value.findings} == fields


def test_only_a_cdcs_is_rated(office: Office) -> None:
    with pytest.raises(ValidationError, match="không phải CĐCS"):
        ratings.save(office, Rating(office.identity.unit, 2024, "tot"))


def founded(office: Office, on: date) -> str:
    new = NewUnit("CĐCS Điện lực", "CĐCS Điện lực", "CS-DL", "cdcs_su_nghiep", GRASSROOTS)
    reorganisation.decide(office, Found(new, office.identity.unit), Decision(on, "9/QĐ-CĐX"))
    return next(row.id for row in units.listing(office) if row.code == "CS-DL")
