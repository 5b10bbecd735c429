"""The big sample province: one seed gives one province, and everything in it is in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.domain.needs import Need, validate_need
from congdoan_desktop.domain.people import check_citizen_id
from congdoan_desktop.domain.persons import Person, validate_person
from congdoan_desktop.domain.proposals import (
    Proposal,
    ReviewMeeting,
    SupportDecision,
    validate_decision,
    validate_meeting,
    validate_proposal,
)
from congdoan_desktop.domain.units import GRASSROOTS, Unit
from congdoan_desktop.domain.workplaces import Workplace, validate_workplace
from congdoan_desktop.errors import Cancelled
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import needs, sample, sample_province
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.storage import check
from congdoan_desktop.storage.projections import TABLES, value_of
from tests.services.conftest import NewOffice

SCALE = 1 / 50


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory, cheap_kdf: KdfCost) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("big")
    built = sample.make_big(folder, scale=SCALE, cost=cheap_kdf)
    assert (built.workplaces, built.members) == (30, 1000)
    with closing(sample.open_side(folder, sample.BIG)) as office:
        yield office


def values(office: Office, type_: str) -> dict[str, Any]:
    with office.read() as connection:
        rows = connection.execute(TABLES[type_].select()).mappings()
        return {row["record"]: value_of(type_, row) for row in rows}


def content(office: Office) -> dict[str, dict[str, str]]:
    """What the province says, without what each installation writes of itself."""
    me = office.identity.unit
    found = {type_: values(office, type_) for type_ in TABLES}
    return {
        type_: {id_: repr(value).replace(me, "") for id_, value in records.items() if id_ != me}
        for type_, records in found.items()
    }


def test_one_seed_gives_one_province(province: Office, tmp_path: Path, cheap_kdf: KdfCost) -> None:
    found = []
    for number, seed in enumerate((1, 2)):
        folder = tmp_path / str(number)
        sample.make_big(folder, seed=seed, scale=SCALE, cost=cheap_kdf)
        with closing(sample.open_side(folder, sample.BIG)) as office:
            found.append(content(office))
    assert found[0] == content(province)
    assert found[0] != found[1]


def test_every_member_is_in_order(province: Office) -> None:
    people: list[Person] = list(values(province, Person.TYPE).values())
    numbers = [person.citizen_id for person in people if person.citizen_id]
    assert len(set(numbers)) == len(numbers) > 900
    for person in people:
        assert validate_person(person, date(2026, 7, 1)) == ()
        if person.citizen_id:
            assert check_citizen_id(person.citizen_id, person.sex, person.birth_year) == []
    assert {person.ethnicity for person in people} >= {"kinh", "thai", "mong", "dao", "ha_nhi"}
    assert sum(not person.member for person in people) > 0


def test_every_code_stands_in_a_catalogue(province: Office) -> None:
    used = {
        "ethnicities": {person.ethnicity for person in values(province, Person.TYPE).values()},
        "workplace_kinds": {place.kind for place in values(province, Workplace.TYPE).values()},
        "ownerships": {place.ownership for place in values(province, Workplace.TYPE).values()},
        "lines": {place.line for place in values(province, Workplace.TYPE).values()},
        "unit_kinds": {unit.kind for unit in values(province, Unit.TYPE).values()},
        "officer_titles": {post.title for post in values(province, "post").values()},
        "committees": {post.body for post in values(province, "post").values()},
    }
    for name, codes in used.items():
        assert codes <= {entry.code for entry in catalogue().entries(name)}, name


def test_districts_end_and_commune_unions_take_over(province: Office) -> None:
    with province.read() as connection:
        tree = province.tree(connection)
    assert tree.refused == ()
    before, after = tree.at(date(2025, 6, 30)), tree.at(date(2025, 7, 1))
    unions = [id_ for id_, unit in tree.units.items() if unit.level == GRASSROOTS]
    kinds = {"ldld_huyen", "cong_doan_nganh"}, {"cong_doan_xa", "cong_doan_nganh"}
    for structure, allowed in zip((before, after), kinds, strict=True):
        assert all(structure.exists(union) for union in unions)
        assert {tree.units[structure.parent(union) or ""].kind for union in unions} <= allowed


def test_workplaces_are_in_order_and_the_ledger_is_sound(province: Office) -> None:
    places = values(province, Workplace.TYPE)
    assert all(validate_workplace(place) == () for place in places.values())
    assert len({place.name for place in places.values()}) == len(places)
    with province.read() as connection:
        assert check.faults(connection, Progress()) == []


def test_needs_have_come_as_far_as_their_cases_say(province: Office) -> None:
    """Every step is as an officer would have been allowed to write it."""
    today = date(2026, 7, 1)
    states = needs.count_by_state(needs.listing(province))
    assert states == {"signed": 8, "paid": 2, "decided": 2, "put_off": 2, "refused": 2, "proposed": 2, "waiting": 2}
    found = {kind: values(province, kind.TYPE) for kind in (Need, Proposal, ReviewMeeting, SupportDecision)}
    meetings, proposals = found[ReviewMeeting], found[Proposal]
    people = values(province, Person.TYPE)
    for need in found[Need].values():
        assert validate_need(need, today) == ()
        assert people[need.person].member
    for proposal in proposals.values():
        assert validate_proposal(proposal, today) == ()
    for meeting in meetings.values():
        asked = {ask.need: ask for ask in proposals[meeting.proposal].asks}
        assert validate_meeting(meeting, asked, today) == ()
    for decision in found[SupportDecision].values():
        assert validate_decision(decision, meetings[decision.meeting], today) == ()


def test_real_data_gets_no_sample(new_office: NewOffice) -> None:
    office = new_office()
    with pytest.raises(sample_province.NotASample):
        sample_province.build(office, scale=SCALE)
    assert values(office, Person.TYPE) == {}


@pytest.mark.parametrize("at", ["Ghi các đơn vị", "Nghĩ ra đoàn viên", "Ghi đoàn viên"])
def test_stopped_it_can_be_made_again(tmp_path: Path, cheap_kdf: KdfCost, at: str) -> None:
    token = CancelToken()

    def report(_done: int, _total: int, text: str) -> None:
        if text == at:
            token.cancel()

    def make(progress: Progress | None = None) -> None:
        sample.make_big(tmp_path, scale=SCALE, cost=cheap_kdf, progress=progress)

    with pytest.raises(Cancelled):
        make(Progress(report, token))
    assert not sample.big_exists(tmp_path)
    make()
    assert sample.big_exists(tmp_path)


@pytest.mark.long
def test_at_full_size(tmp_path: Path, cheap_kdf: KdfCost) -> None:
    built = sample.make_big(tmp_path, cost=cheap_kdf)
    assert (built.units, built.workplaces, built.members) == (600, 1_500, 50_000)
