"""The same help in two unions: the level above says so in its receipt, to the union that named the person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.gift_lists import GiftLine
from congdoan_desktop.errors import ValidationError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import gift_lists, given_before, incoming, outgoing, receipts, support
from congdoan_desktop.services.gift_lists import GiftHead
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.support import GivenAlready
from tests.services.conftest import Offices, campaign, grassroots, person, request
from tests.services.conftest import support as support_record

NUMBER = "012190000123"
NEARLY = "Có người gần giống họ tên, cùng năm sinh đã nhận 1.000.000 đồng ngày 01/07/2024 ở đơn vị khác; đối chiếu lại."
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


def test_others_are_let_in_while_a_receipt_is_made(offices: Offices, plan: str) -> None:
    """Where it can wait no transaction is open, and what is saved there takes nothing from what the receipt says."""
    given(offices.union, plan, "CS-1")
    answered(offices, offices.union, plan)
    given(offices.other, plan, "CS-2")
    package = outgoing.make_report(offices.other, request(plan), offices.province.identity.unit)[0]
    result = incoming.apply(offices.province, offices.carry(offices.other, package))
    let_in: list[str] = []

    def save(*_: object) -> None:
        let_in.append(grassroots(offices.province, f"CĐCS ghi xen {len(let_in)}", f"GX-{len(let_in)}"))

    receipt = receipts.write_receipt(offices.province, result, progress=Progress(save))
    assert len(let_in) > 1
    incoming.apply(offices.other, offices.carry(offices.province, receipt))
    (sent,) = (one for one in outgoing.outbox(offices.other) if one.package_id == package.package_id)
    answer = receipts.answer_to(sent)
    assert answer is not None
    assert [message for _, message in answer.findings] == [SENTENCE]


def test_a_single_record_warns_and_keeps_the_reason(offices: Offices, plan: str) -> None:
    """Also of what the level above saw elsewhere, and of people who are only alike."""
    given(offices.union, plan, "CS-1")
    unit = given(offices.other, plan, "CS-2")
    answered(offices, offices.union, plan)
    assert answered(offices, offices.other, plan)
    office = offices.other
    (kept,) = support.listing(office)
    told = f"Cấp trên báo: {SENTENCE}"
    assert given_before.lines(office, kept.record, None, kept.id) == (told,)
    again = replace(kept.record, on=date(2024, 7, 9), again="")
    own = "Ngày 01/07/2024 nhận 1.000.000 đồng tại CĐCS CS-2, quyết định 12/QĐ-CĐX."
    assert given_before.lines(office, again) == (own, told)
    with pytest.raises(GivenAlready) as asked:
        support.add(office, again, ask_again=True)
    assert own in asked.value.findings[0].message
    assert told in asked.value.findings[0].message
    support.add(office, replace(again, again=" Trợ cấp bổ sung "), ask_again=True)
    assert {row.record.again for row in support.listing(office)} == {"", "Trợ cấp bổ sung"}
    newcomer = replace(person(unit), name="Lò Thị Uơng", birth="1990", birth_year=1990)
    lines = given_before.lines(office, replace(again, person=""), newcomer)
    assert lines[0].startswith("Lò Thị Ương, 1990 (họ tên gần giống): ngày 01/07/2024 nhận"), lines


@pytest.mark.parametrize(
    ("changes", "warns"),
    [
        ({}, True),
        ({"on": date(2024, 12, 31)}, True),
        ({"on": date(2025, 1, 1)}, False),
        ({"kind": "tang_qua"}, False),
        ({"cause": "hieu"}, False),
        ({"campaign": None}, False),
        ({"unit": "elsewhere"}, True),
    ],
)
def test_the_same_is_person_programme_and_year(
    offices: Offices, plan: str, changes: dict[str, object], warns: bool
) -> None:
    given(offices.union, plan, "CS-1")
    (kept,) = support.listing(offices.union)
    again = replace(kept.record, **changes)  # type: ignore[arg-type]
    assert bool(given_before.lines(offices.union, again)) is warns


def test_a_list_of_gifts_asks_why_once_for_all(offices: Offices, plan: str) -> None:
    given(offices.union, plan, "CS-1")
    head = GiftHead(plan, "kho_khan", "tham_hoi", "quy_xa_hoi", date(2024, 7, 20))
    lines = [
        GiftLine({"name": "Lò Thị Ương", "citizen_id": NUMBER, "unit": "CS-1", "cash": "500.000"}),
        GiftLine({"name": "Vàng A Sử", "birth": "1980", "unit": "CS-1", "cash": "500.000"}),
    ]
    with pytest.raises(ValidationError) as asked:
        gift_lists.save(offices.union, head, lines)
    assert [(one.field, one.message) for one in asked.value.findings] == [
        ("again", "1 người đã nhận trong đợt này (dòng 1); ghi lý do vẫn tặng hoặc bỏ dòng.")
    ]
    saved = gift_lists.save(offices.union, replace(head, again="Đợt bổ sung"), lines)
    reasons = {row.id: row.record.again for row in support.listing(offices.union)}
    assert [reasons[id_] for id_ in saved.records] == ["Đợt bổ sung", ""]


@pytest.mark.parametrize(
    ("name", "birth", "plan_named", "warns"),
    [
        ("Lò Thị Uơng", "1990", True, True),
        ("Lò Thị Ưong", "", True, True),
        ("Lò Thị Uơng", "1991", True, False),
        ("Lò Văn Ương", "1990", True, False),
        ("Lò Thị Uơng", "1990", False, False),
    ],
)
def test_a_line_that_is_nearly_who_was_given_the_same_is_warned_about(
    offices: Offices, plan: str, name: str, birth: str, plan_named: bool, warns: bool
) -> None:
    """A warning alone: nobody but a person says who is meant, so no reason is asked for."""
    given(offices.union, plan, "CS-1")
    head = GiftHead(plan if plan_named else None, "kho_khan", "tham_hoi", "quy_xa_hoi", date(2024, 7, 20))
    line = GiftLine({"name": name, "birth": birth, "unit": "CS-1", "cash": "500.000"})
    (checked,) = gift_lists.check(offices.union, head, [line])
    said = [one.message for one in checked.findings if one.message.startswith("Gần giống")]
    expected = "Gần giống Lò Thị Ương, 1990: Đã nhận 1.000.000 đồng ngày 01/07/2024 trong đợt này."
    assert said == ([expected] if warns else [])
    assert checked.fits
    assert not checked.is_again


@pytest.mark.parametrize(
    ("name", "birth", "warns"),
    [
        ("Lò Thị Uơng", "1990", True),
        ("Lò Thị Ươn", "1990", True),
        ("Lò Thị Uơng", "1991", False),
        ("Lò Thị Uơng", "", False),
        ("Lò Văn Ương", "1990", False),
    ],
)
def test_who_is_nearly_of_the_same_name_is_told_of_without_a_name(
    offices: Offices, plan: str, name: str, birth: str, warns: bool
) -> None:
    """As rule B10 asks; the receipt speaks of the record that the union sent and names nobody."""
    given(offices.union, plan, "CS-1")
    answered(offices, offices.union, plan)
    unit = grassroots(offices.other, "CĐCS CS-2", "CS-2")
    who = replace(person(unit), name=name, birth=birth, birth_year=int(birth) if birth else None)
    record = support_record(unit, plan, fund="quy_xa_hoi", cause="kho_khan")
    kept = support.add(offices.other, record, who).ids[0]
    said = [message for _, message in answered(offices, offices.other, plan)]
    assert said == ([NEARLY] if warns else [])
    row = next(row for row in support.listing(offices.other) if row.id == kept)
    assert given_before.lines(offices.other, row.record, None, kept) == ((f"Cấp trên báo: {NEARLY}",) if warns else ())
