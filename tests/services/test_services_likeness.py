"""Who may already be known: by number, by name and birth, by nearly the same name; and that nobody else is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.persons import Person, with_birth
from congdoan_desktop.services import erasing, likeness, receivers, support
from congdoan_desktop.services.likeness import Known, Likely, Somebody, Why
from tests.services.conftest import Offices, grassroots
from tests.services.conftest import support as support_record

HOA = Somebody("hoa", "Lò Thị Hòa", "u", "1990-05-12", ("012190000001",), True)


def why(other: Somebody, known: Somebody = HOA) -> Why | None:
    found = Known([known]).find(other)
    return found[0].why if found else None


def other(**changes: object) -> Somebody:
    return HOA._replace(id="", numbers=(), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (HOA._replace(id="", name="Vàng A Páo", birth="1960"), Why.NUMBER),
        (other(), Why.SAME),
        (other(name="LÒ THỊ HOÀ"), Why.SAME),
        (other(birth="1990"), Why.SAME),
        (other(birth="1990-05"), Why.SAME),
        (other(unit="v"), Why.SAME),
        (other(name="Lo Thi Hoa"), Why.NEAR),
        (other(name="Lò Thị Hoan"), Why.NEAR),
        (other(name="Lò Th Hòa", unit="v"), Why.NEAR),
        (other(birth=""), Why.NEAR),
        (other(birth="1990-06-12"), Why.NEAR),
        (other(birth="", unit="v"), None),
        (other(birth="1990-06-12", unit="v"), None),
        (other(birth="1991-05-12"), None),
        (other(name="Lò Thị Hoàng Hòa"), None),
        (other(name="Lò Văn Hoan"), None),
        (other(name="Lò Thị Hanh"), None),
    ],
)
def test_what_is_alike(asked: Somebody, expected: Why | None) -> None:
    assert why(asked) is expected
    assert why(HOA, asked._replace(id="known")) is expected, "both ways round"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (other(), Why.NEAR),
        (other(birth="1990"), None),
        (other(name="Lo Thi Hoa"), None),
    ],
)
def test_two_numbers_are_two_people_except_for_a_slip(asked: Somebody, expected: Why | None) -> None:
    assert why(asked._replace(numbers=("012190000002",))) is expected


def test_the_strongest_first_and_never_oneself() -> None:
    near, same = other(name="Lo Thi Hoa")._replace(id="near"), other()._replace(id="same")
    found = Known([near, same, HOA]).find(HOA._replace(id="new"))
    assert [(likely.why, likely.who.id) for likely in found] == [
        (Why.NUMBER, "hoa"), (Why.SAME, "same"), (Why.NEAR, "near"),
    ]  # fmt: skip
    assert [likely.who.id for likely in Known([near, same, HOA]).find(HOA)] == ["same", "near"]


def test_people_without_births_are_found_also_when_added_later() -> None:
    known = Known([HOA])
    asked = other(birth="")
    assert [likely.who.id for likely in known.find(asked)] == ["hoa"]
    known.add(other()._replace(id="later"))
    known.add(other(birth="")._replace(id="unborn"))
    assert {likely.who.id for likely in known.find(asked)} == {"hoa", "later", "unborn"}
    assert {likely.who.id for likely in known.find(other())} == {"hoa", "later", "unborn"}


LETTERS = st.text("aăbcdđ ", min_size=1, max_size=12).filter(str.strip)
BIRTHS = st.sampled_from(["", "1990", "1990-05", "1990-05-12", "1991"])
PEOPLE = st.builds(
    Somebody, st.uuids().map(str), LETTERS, st.sampled_from("uv"), BIRTHS, st.sampled_from([(), ("1",), ("2",)]),
    st.just(True),
)  # fmt: skip


@given(st.lists(PEOPLE, max_size=8), PEOPLE)
def test_the_answer_is_that_of_asking_about_each_alone(people: list[Somebody], asked: Somebody) -> None:
    alone = {likely.who.id: likely.why for one in people for likely in Known([one]).find(asked)}
    assert {likely.who.id: likely.why for likely in Known(people).find(asked)} == alone


def test_a_form_is_told_of_people_of_the_database(offices: Offices) -> None:
    unit, elsewhere = grassroots(offices.union), grassroots(offices.union, "CĐCS Điện lực", "CS-DL")
    known = with_birth(Person(unit, True, "Lò Thị Hòa", citizen_id="012190000001"), "1990-05-12")
    id_ = person_of(offices, known)

    def found(asked: Person, own: str = "") -> list[tuple[Why, str]]:
        return [(one.why, one.who.id) for one in likeness.alike(offices.union, asked, own)]

    assert found(replace(known, name="Khác hẳn", unit=elsewhere)) == [(Why.NUMBER, id_)]
    assert found(replace(known, unit=elsewhere, citizen_id="")) == [(Why.SAME, id_)]
    assert found(replace(known, name="Lo Thi Hoa", citizen_id="")) == [(Why.NEAR, id_)]
    assert found(known, id_) == []
    erasing.erase_person(offices.union, id_)
    assert found(known) == []


def test_a_whole_list_is_compared_at_once(offices: Offices) -> None:
    unit = grassroots(offices.union)
    id_ = person_of(offices, with_birth(Person(unit, True, "Lò Thị Hòa"), "1990"))
    with offices.union.read() as connection:
        known = Known.read(connection)
    asked = likeness.somebody(with_birth(Person(unit, True, "Lò Thị Hoà"), "1990-05-12"))
    (likely,) = known.find(asked)
    assert likely == Likely(Why.SAME, Somebody(id_, "Lò Thị Hòa", unit, "1990", (), True))


def person_of(offices: Offices, known: Person) -> str:
    support.add(offices.union, support_record(known.unit), known)
    return receivers.find_people(offices.union, known.name)[0].id
