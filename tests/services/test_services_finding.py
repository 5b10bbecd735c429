"""One question to unions, people and workplaces."""

from __future__ import annotations

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.services import finding, members, workplaces
from congdoan_desktop.services.finding import EACH
from congdoan_desktop.services.workplaces import Counted
from tests.services.conftest import Offices, grassroots


def test_everything_that_holds_the_words(offices: Offices) -> None:
    office = offices.union
    unit = grassroots(office, "CĐCS Chè Than Uyên", "CS-CHE")
    (person,) = members.add(office, Person(unit, True, "Lò Thị Chè", 1990, birth="1990-05")).ids
    tea = Workplace(unit, "Công ty chè", "doanh_nghiep", "tu_nhan", place="Than Uyên")
    (workplace,) = workplaces.save(office, tea, Counted()).ids
    assert [(hit.kind, hit.id, hit.second) for hit in finding.find(office, "CHE")] == [
        ("unit", unit, "CS-CHE"),
        ("person", person, "CĐCS Chè Than Uyên · 05/1990"),
        ("workplace", workplace, "Than Uyên"),
    ]
    assert [hit.id for hit in finding.find(office, "cs-che")] == [unit]
    assert [hit.id for hit in finding.find(office, "thi che")] == [person]
    assert finding.find(office, "không có ai") == []
    assert finding.find(office, "  ") == []


def test_of_each_kind_only_the_best(offices: Offices) -> None:
    unit = grassroots(offices.union)
    for number in range(EACH + 2):
        members.add(offices.union, Person(unit, True, f"Vàng A {chr(97 + number)}o"))
    assert len(finding.find(offices.union, "vang")) == EACH
