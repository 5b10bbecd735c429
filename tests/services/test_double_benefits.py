"""The same help in two unions: the level above says so in its receipt, to the union that named the person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.gift_lists import GiftLine
from congdoan_desktop.services import gift_lists, incoming, outgoing, receipts, support
from congdoan_desktop.services.gift_lists import GiftHead
from congdoan_desktop.services.office import Office
from tests.services.conftest import Offices, campaign, grassroots, person, request
from tests.services.conftest import support as support_record

NUMBER = "012190000123"
SENTENCE = "Người này đã nhận 1.000.000 đồng ngày 01/07/2024 ở đơn vị khác trong cùng đợt."


@pytest.fixture
def plan(offices: Offices) -> str:
    """One plan of the province, carried to both unions."""
    made = campaign(offices.province)
    for union in (offices.union, offices.other):
        package = outgoing.make_plan(offices.province, made, union.identity.unit)
        incoming.apply(union, offices.carry(offices.province, package))
    return made


def given(office: Office, plan: str, code: str, **changes: object) -> str:
    unit = grassroots(office, f"CĐCS {code}", code)
    who = replace(person(unit), citizen_id=NUMBER, birth="1990", birth_year=1990)
    record = support_record(unit, plan, fund="quy_xa_hoi", cause="kho_khan", **changes)
    support.add(office, record, who)
    return unit


def answered(offices: Offices, union: Office, plan: str) -> tuple[tuple[str, str], ...]:
    """What the receipt of the union's report says when it is back."""
    package = outgoing.make_report(union, request(plan), offices.province.identity.unit)[0]
    result = incoming.apply(offices.province, offices.carry(union, package))
    receipt = receipts.write_receipt(offices.province, result)
    incoming.apply(union, offices.carry(offices.province, receipt))
    sent = next(one for one in outgoing.outbox(union) if one.package_id == package.package_id)
    answer = receipts.answer_to(sent)
    assert answer is not None
    return answer.findings


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, [SENTENCE]),
        ({"kind": "tang_qua"}, []),
        ({"on": date(2024, 6, 30)}, [SENTENCE]),
    ],
)
def test_who_was_given_the_same_elsewhere_is_told_of(
    offices: Offices, plan: str, changes: dict[str, object], said: list[str]
) -> None:
    given(offices.union, plan, "CS-1")
    assert answered(offices, offices.union, plan) == ()
    unit = given(offices.other, plan, "CS-2", **changes)
    assert [message for _, message in answered(offices, offices.other, plan)] == said
    head = GiftHead(plan, "kho_khan", "ho_tro", "quy_xa_hoi", date(2024, 7, 20))
    line = GiftLine({"name": "Lò Thị Ương", "citizen_id": NUMBER, "unit": "CĐCS CS-2", "cash": "500.000"})
    (checked,) = gift_lists.check(offices.other, head, [line])
    warned = [one.message for one in checked.findings if one.message.startswith("Cấp trên báo")]
    assert warned == [f"Cấp trên báo: {one}" for one in said], unit
    assert checked.fits
