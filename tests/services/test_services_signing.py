"""The list to sign out of what was given, and who signed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.services import list_papers, papers, signing, support
from congdoan_desktop.services.office import Office
from tests.reports.paper import text
from tests.services.conftest import Offices, person, request
from tests.services.conftest import support as support_record

SIGNER = ("Lò Thị Hoa", "Chủ tịch")


@pytest.fixture
def office(offices: Offices) -> Office:
    return offices.union


def given(office: Office, *names: str, decision: str = "12/QĐ-CĐX") -> list[str]:
    unit = office.identity.unit
    return [
        support.add(
            office,
            support_record(unit, in_kind=300_000, goods="01 túi quà", decision=decision),
            replace(person(unit, name), citizen_id="012085000123"),
        ).ids[0]
        for name in names
    ]


def test_names_stand_in_their_order_numbers_are_masked_and_no_cause_is_told(office: Office) -> None:
    made = signing.signing_list(
        office, given(office, "Vàng A Sử", "Lò Văn An", "Nguyễn Thị Ái"), "quà Tết 2025", SIGNER
    )
    said = text(papers.pdf(office, made))
    places = [said.index(name) for name in ("Nguyễn Thị Ái", "Lò Văn An", "Vàng A Sử")]
    assert places == sorted(places)
    assert "012•••••0123" in said
    assert "012085000123" not in said
    assert "ký nhận quà Tết 2025" in said
    assert "Kèm theo Quyết định số 12/QĐ-CĐX của" in said
    assert "hiểm nghèo" not in said
    assert "đông con" not in said
    assert "Hiện vật gồm 01 túi quà." in said
    assert "Ba triệu chín trăm nghìn đồng" in said


def test_two_decisions_leave_room_for_a_number(office: Office) -> None:
    ids = [*given(office, "Vàng A Sử"), *given(office, "Lò Văn An", decision="13/QĐ-CĐX")]
    assert "số ......../QĐ-...." in text(papers.pdf(office, signing.signing_list(office, ids, "quà Tết", SIGNER)))


@pytest.mark.parametrize(("ids", "occasion", "error"), [([], "quà", AppError), (["x"], " ", ValidationError)])
def test_nothing_to_sign(office: Office, ids: list[str], occasion: str, error: type[AppError]) -> None:
    with pytest.raises(error):
        signing.signing_list(office, ids, occasion, SIGNER)


def test_who_signed_is_marked_once_and_taken_back(office: Office) -> None:
    ids, day = given(office, "Vàng A Sử", "Lò Văn An"), date(2024, 7, 20)
    assert signing.mark_signed(office, ids[:1], day) == 1
    assert signing.mark_signed(office, ids, day) == 1
    assert {row.record.signed for row in support.listing(office) if row.id in ids} == {day}
    assert signing.mark_signed(office, ids, None) == 2
    with pytest.raises(ValidationError):
        signing.mark_signed(office, ids, date(2099, 1, 1))
    assert {row.record.signed for row in support.listing(office) if row.id in ids} == {None}


def test_a_collective_stands_under_its_name_on_the_papers(office: Office) -> None:
    helped = support_record(office.identity.unit, group="Tổ chế biến số 2")
    ids = support.add(office, helped).ids
    signed = signing.signing_list(office, ids, "quà Tết năm 2027", SIGNER)
    asked = replace(request(""), starts=helped.on, ends=helped.on)
    for paper in (signed, list_papers.paper(office, "supports", asked)):
        assert "Tổ chế biến số 2" in text(papers.pdf(office, paper))
