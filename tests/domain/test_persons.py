"""Checks of persons, posts, trainings, workplaces: all findings, and which of them only warn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congdoan_desktop.domain.officers import term_years, validate_post, validate_training
from congdoan_desktop.domain.persons import Person, Post, Spell, Training, validate_person, with_birth
from congdoan_desktop.domain.workplaces import Workforce, Workplace, validate_workforce, validate_workplace
from congdoan_desktop.errors import Finding

TODAY = date(2026, 11, 20)
GOOD = Person(
    "u", True, "Lò Thị Ương", 1990, "012190000001", "nữ", date(2015, 3, 1), birth="1990-05-12", phone="0912345678",
    old_id="045123456", insurance="1234567890",
)  # fmt: skip
POST = Post("u", "p", "chu_tich", "bch", full_time=False, since=date(2023, 6, 1), term="2023-2028")
TRAINING = Training("u", "p", date(2026, 5, 1), "tinh", 2, "Nghiệp vụ công đoàn")
PLACE = Workplace("u", "Công ty chè Than Uyên", "doanh_nghiep", "tu_nhan", tax_code="0301234567")


def said(findings: tuple[Finding, ...]) -> set[tuple[str, bool]]:
    return {(finding.field, finding.warning) for finding in findings}


def test_nothing_wrong() -> None:
    assert validate_person(GOOD, TODAY) == ()
    assert validate_post(POST) == validate_training(TRAINING, TODAY) == validate_workplace(PLACE) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": ""}, {("name", False)}),
        ({"sex": "khác"}, {("sex", False)}),
        ({"sex": "nam"}, {("citizen_id", True)}),
        ({"birth_year": 1991}, {("birth", False), ("citizen_id", True)}),
        ({"birth": "1990-02-30"}, {("birth", False)}),
        ({"birth": "1990"}, set()),
        ({"birth": "", "birth_year": 1800, "citizen_id": ""}, {("birth_year", False)}),
        ({"citizen_id": "12190000001"}, {("citizen_id", True)}),
        ({"old_id": "12345678"}, {("old_id", True)}),
        ({"insurance": "123"}, {("insurance", True)}),
        ({"phone": "912345678"}, {("phone", True)}),
        ({"left": date(2020, 1, 1)}, {("left", False)}),
        ({"member": False}, {("left", False)}),
        ({"member": False, "left": date(2020, 1, 1)}, set()),
        ({"member": False, "left": date(2014, 1, 1)}, {("left", False)}),
        ({"member": False, "joined": None}, set()),
        ({"joined": date(2027, 1, 1)}, {("joined", True)}),
        ({"joined": date(2000, 1, 1)}, {("joined", True)}),
        ({"earlier": (Spell("v", date(2012, 1, 1), date(2015, 3, 1)),)}, set()),
        ({"earlier": (Spell("v", None, date(2015, 1, 1)),)}, {("joined", True)}),
        ({"earlier": (Spell("v", None, date(2016, 1, 1)),)}, {("joined", True)}),
        ({"earlier": (Spell("v", date(2013, 1, 1), date(2012, 1, 1)),)}, {("earlier", False)}),
        ({"party_introduced": date(2020, 1, 1), "party_admitted": date(2019, 1, 1)}, {("party_admitted", False)}),
        ({"party_admitted": date(2005, 1, 1)}, {("party_admitted", True)}),
        ({"name": "", "phone": "1", "left": date(2016, 1, 1)}, {("name", False), ("phone", True), ("left", False)}),
    ],
)
def test_persons(changes: dict[str, Any], expected: set[tuple[str, bool]]) -> None:
    assert said(validate_person(replace(GOOD, **changes), TODAY)) == expected


def test_a_new_birth_brings_its_year() -> None:
    assert with_birth(GOOD, "1988-01").birth_year == 1988
    assert with_birth(GOOD, "").birth_year is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"person": "", "title": "", "body": ""}, {("person", False), ("title", False), ("body", False)}),
        ({"until": date(2023, 5, 31)}, {("until", False)}),
        ({"term": "khoá V"}, {("term", True)}),
        ({"term": "2028-2023"}, {("term", False)}),
        ({"term": "2018-2023", "since": date(2024, 1, 1)}, {("term", True)}),
        ({"term": "2020-2030"}, {("term", True)}),
    ],
)
def test_posts(changes: dict[str, Any], expected: set[tuple[str, bool]]) -> None:
    assert said(validate_post(replace(POST, **changes))) == expected


@pytest.mark.parametrize(
    ("other", "warned"),
    [
        (replace(POST, since=date(2020, 1, 1), until=date(2023, 5, 31)), False),
        (replace(POST, since=date(2020, 1, 1), until=date(2023, 6, 1)), True),
        (replace(POST, since=date(2025, 1, 1)), True),
        (replace(POST, title="uy_vien_bch"), False),
        (replace(POST, body="btv"), False),
        (replace(POST, unit="v"), False),
    ],
)
def test_the_same_post_twice_at_a_time(other: Post, warned: bool) -> None:
    assert said(validate_post(POST, [other])) == ({("since", True)} if warned else set())


@pytest.mark.parametrize(("term", "years"), [("2023-2028", (2023, 2028)), ("2023 – 2028", (2023, 2028)), ("V", None)])
def test_terms(term: str, years: tuple[int, int] | None) -> None:
    assert term_years(term) == years


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"person": "", "organiser": "", "course": ""}, {("person", False), ("organiser", False), ("course", False)}),
        ({"days": 0}, {("days", False)}),
        ({"on": date(2027, 1, 1)}, {("on", True)}),
    ],
)
def test_trainings(changes: dict[str, Any], expected: set[tuple[str, bool]]) -> None:
    assert said(validate_training(replace(TRAINING, **changes), TODAY)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": "", "kind": "", "ownership": ""}, {("name", False), ("kind", False), ("ownership", False)}),
        ({"tax_code": "0301234567-001"}, set()),
        ({"tax_code": "030123456"}, {("tax_code", True)}),
        ({"budget_code": "10345678"}, {("budget_code", True)}),
        ({"since": date(2020, 1, 1), "until": date(2019, 1, 1)}, {("until", False)}),
    ],
)
def test_workplaces(changes: dict[str, Any], expected: set[tuple[str, bool]]) -> None:
    assert said(validate_workplace(replace(PLACE, **changes))) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ((10, 4, 9), set()),
        ((10, None, None), set()),
        ((10, 10, 10), set()),
        ((10, 11, 9), {("women", False)}),
        ((10, 4, 11), {("eligible", False)}),
        ((10, -1, 9), {("workers", False)}),
    ],
)
def test_workforces(count: tuple[int, int | None, int | None], expected: set[tuple[str, bool]]) -> None:
    assert said(validate_workforce(Workforce("u", "w", date(2026, 1, 1), *count))) == expected
