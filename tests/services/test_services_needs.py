"""The way from need to signature through the services: each step takes what the one before knows, and undoes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congdoan_desktop.domain.need_states import NeedState
from congdoan_desktop.domain.needs import COLLECTIVE, Stage
from congdoan_desktop.domain.proposals import (
    PUT_OFF,
    REFUSED,
    About,
    Ask,
    Attendee,
    Proposal,
    ReviewMeeting,
    SupportDecision,
    Verdict,
)
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.errors import ValidationError
from congdoan_desktop.services import (
    erasing,
    funds,
    incoming,
    need_papers,
    needs,
    outgoing,
    papers,
    proposals,
    records,
    reporting,
    review_meetings,
    signing,
    support,
    support_decisions,
)
from congdoan_desktop.services.needs import NeedRow, Wanted
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.support import KnownAlready
from tests.reports.paper import text
from tests.services.conftest import Offices, campaign, grassroots, need, person, request

NAMES = ("Lò Thị Ương", "Giàng Thị Dung", "Vàng A Dũng")
ON = date(2024, 7, 10)


@pytest.fixture
def office(offices: Offices) -> Office:
    return offices.union


@pytest.fixture
def unit(office: Office) -> str:
    return grassroots(office)


def enter(office: Office, unit: str, names: Sequence[str] = NAMES, **changes: Any) -> list[str]:
    return [needs.add(office, need(unit, **changes), person(unit, name)).ids[0] for name in names]


def propose(office: Office, ids: Sequence[str], **changes: Any) -> str:
    chosen = proposals.choose(office, ids)
    made = Proposal(
        office.identity.unit, office.identity.unit, ON, chosen.asks, title="hỗ trợ đợt 1 năm 2024", **changes
    )
    return proposals.save(office, made).ids[0]


def meet(office: Office, proposal: str, results: dict[str, str] | None = None) -> str:
    begun = review_meetings.begin(office, proposal)
    told = results or {}
    verdicts = tuple(replace(one, result=told.get(one.need, one.result)) for one in begun.verdicts)
    opinions = tuple(About(id_, "chưa đủ giấy tờ") for id_ in told)
    made = ReviewMeeting(
        office.identity.unit, proposal, ON, verdicts, "Hội trường", (Attendee("Lò Thị Hoa", "Chủ tịch"),),
        opinions=opinions,
    )  # fmt: skip
    return review_meetings.save(office, made).ids[0]


def decide(office: Office, meeting: str, number: str = "15/QĐ-CĐX") -> str:
    agreed = support_decisions.begin(office, meeting)
    ids = tuple(one.need for one in agreed.verdicts)
    return support_decisions.save(office, SupportDecision(office.identity.unit, meeting, number, ON, ids)).ids[0]


def states(office: Office) -> dict[str, NeedState]:
    return {row.id: row.journey.state for row in needs.listing(office)}


def row_of(office: Office, id_: str) -> NeedRow:
    return next(row for row in needs.listing(office) if row.id == id_)


def test_the_whole_way_and_back(office: Office, unit: str) -> None:
    ids = enter(office, unit)
    assert set(states(office).values()) == {NeedState.WAITING}
    proposal = propose(office, ids)
    assert set(states(office).values()) == {NeedState.PROPOSED}
    meeting = meet(office, proposal, {ids[1]: PUT_OFF, ids[2]: REFUSED})
    assert states(office) == dict(zip(ids, (NeedState.AGREED, NeedState.PUT_OFF, NeedState.REFUSED), strict=True))
    decision = decide(office, meeting)
    assert states(office)[ids[0]] is NeedState.DECIDED
    paid = support_decisions.pay(office, decision, ON)
    assert states(office)[ids[0]] is NeedState.PAID
    assert funds.balances(office, ON)["quy_xa_hoi"].outgoing == 5_000_000
    signing.mark_signed(office, paid.made, ON)
    assert states(office)[ids[0]] is NeedState.SIGNED
    signing.mark_signed(office, paid.made, None)
    support_decisions.take_back(office, paid)
    assert states(office)[ids[0]] is NeedState.DECIDED
    records.delete(office, decision, "ghi nhầm")
    records.delete(office, meeting, "ghi nhầm")
    records.delete(office, proposal, "ghi nhầm")
    assert set(states(office).values()) == {NeedState.WAITING}
    records.undelete(office, proposal)
    assert set(states(office).values()) == {NeedState.PROPOSED}


def test_what_was_paid_is_one_truth(office: Office, unit: str) -> None:
    """The support record is the payment: mended there, it shows at the need; it never forgets its need."""
    (id_,) = enter(office, unit, NAMES[:1])
    paid = support_decisions.pay(office, decide(office, meet(office, propose(office, [id_]))), ON)
    (row,) = support.listing(office)
    assert (row.id, row.person, row.record.decision, row.record.need) == (paid.made[0], NAMES[0], "15/QĐ-CĐX", id_)
    support.edit(office, row.id, replace(row.record, cash=4_000_000, need=None))
    assert row_of(office, id_).journey.paid == 4_000_000
    records.delete(office, row.id, "trả lại quỹ")
    assert states(office)[id_] is NeedState.DECIDED


def test_a_record_that_already_names_the_decision_is_found_and_not_made_again(office: Office, unit: str) -> None:
    (id_,) = enter(office, unit, NAMES[:1])
    who = row_of(office, id_).record.person
    assert who is not None
    record = SupportRecord(unit, who, None, "benh_hiem_ngheo", "tro_cap", 5_000_000, 0, "quy_xa_hoi", ON, "15/QĐ-CĐX")
    (given,) = support.add(office, record).ids
    paid = support_decisions.pay(office, decide(office, meet(office, propose(office, [id_]))), ON)
    assert (paid.made, paid.linked) == ((), (given,))
    assert states(office)[id_] is NeedState.PAID
    support_decisions.take_back(office, paid)
    assert [row.record.need for row in support.listing(office)] == [None]


def test_paying_twice_pays_once(office: Office, unit: str) -> None:
    decision = decide(office, meet(office, propose(office, enter(office, unit))))
    assert len(support_decisions.pay(office, decision, ON).made) == 3
    assert support_decisions.pay(office, decision, ON) == support_decisions.Paid((), ())


def test_a_need_that_was_put_off_is_asked_again(office: Office, unit: str) -> None:
    (id_,) = enter(office, unit, NAMES[:1])
    meet(office, propose(office, [id_]), {id_: PUT_OFF})
    assert [line.id for line in proposals.open_needs(office)] == [id_]
    propose(office, [id_])
    assert states(office)[id_] is NeedState.PROPOSED
    assert proposals.choose(office, [id_]).asks == ()


def test_many_needs_go_into_one_proposal_in_the_order_of_names(office: Office, unit: str) -> None:
    chosen = proposals.choose(office, enter(office, unit))
    assert [chosen.lines[ask.need].name for ask in chosen.asks] == ["Giàng Thị Dung", "Vàng A Dũng", "Lò Thị Ương"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": ""}, "unit"),
        ({"beneficiary": ""}, "beneficiary"),
        ({"cause": ""}, "cause"),
        ({"estimate": -1}, "estimate"),
        ({"consent_way": ""}, "consent_way"),
        ({"consent_on": None}, "consent_on"),
        ({"consent_on": date(2024, 8, 1)}, "consent_on"),
        ({"withdrawn_on": date(2024, 6, 1)}, "withdrawn_on"),
        ({"stages": (Stage("khao_sat", ON),)}, "stages"),
        ({"kind": "mai_am_moi", "stages": (Stage("khao_sat", ON, -1),)}, "stages"),
        ({"beneficiary": COLLECTIVE}, "name"),
    ],
)
def test_what_is_wrong_with_a_need_is_said(office: Office, unit: str, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        needs.add(office, replace(need(unit), **changes), person(unit))
    assert field in [finding.field for finding in refused.value.findings if not finding.warning]
    assert needs.listing(office) == []


def test_a_receiver_who_is_known_is_asked_about(office: Office, unit: str) -> None:
    enter(office, unit, NAMES[:1])
    with pytest.raises(KnownAlready):
        needs.add(office, need(unit), person(unit, NAMES[0]), ask=True)


def test_a_collective_has_a_name_and_no_person(office: Office, unit: str) -> None:
    made = need(unit, beneficiary=COLLECTIVE, cause="thien_tai", group="Tổ chế biến số 2", household="ho_ngheo")
    (id_,) = needs.add(office, made).ids
    row = row_of(office, id_)
    assert (row.name, row.record.person, row.record.household, row.record.consent_on) == (
        "Tổ chế biến số 2", None, "", None,
    )  # fmt: skip
    support_decisions.pay(office, decide(office, meet(office, propose(office, [id_]))), ON)
    (given,) = support.listing(office)
    assert (given.person, given.record.person, given.record.group) == ("Tổ chế biến số 2", "", "Tổ chế biến số 2")


def test_a_house_shows_the_stage_it_has_reached(office: Office, unit: str) -> None:
    stages = (Stage("khao_sat", ON), Stage("khoi_cong", ON, 20_000_000, 5_000_000))
    made = need(unit, kind="mai_am_moi", cause="nha_o", stages=stages)
    needs.add(office, made, person(unit))
    enter(office, unit, NAMES[1:])
    (row,) = needs.listing(office, Wanted(kinds=frozenset({"mai_am_moi"})))
    assert row.progress == "khoi_cong"


def test_a_house_is_paid_by_the_stages_it_reaches(office: Office, unit: str) -> None:
    started = (Stage("khao_sat", ON), Stage("khoi_cong", ON, 12_000_000))
    made = need(unit, kind="mai_am_sua", cause="nha_o", estimate=20_000_000, stages=started)
    (id_,) = needs.add(office, made, person(unit)).ids
    decision = decide(office, meet(office, propose(office, [id_])))
    assert len(support_decisions.pay(office, decision, ON).made) == 1
    assert row_of(office, id_).journey.state is NeedState.DECIDED
    (row,) = support_decisions.listing(office)
    assert (row.paid, row.due, row.rest) == (1, 0, 8_000_000)
    held = row_of(office, id_).record
    needs.edit(office, id_, replace(held, stages=(*started, Stage("ban_giao", ON, 9_000_000))))
    assert support_decisions.listing(office)[0].due == 1
    paid = support_decisions.pay(office, decision, ON)
    assert [row.record.cash for row in support.listing(office) if row.id in paid.made] == [8_000_000]
    assert row_of(office, id_).journey.state is NeedState.PAID
    assert support_decisions.pay(office, decision, ON) == support_decisions.Paid((), ())


def test_more_than_the_ceiling_needs_a_reason(office: Office, unit: str) -> None:
    """Quyết định 1411/QĐ-TLĐ holds from 1 August 2024: a visit of more than 2 million before it needs no reason."""
    (id_,) = enter(office, unit, NAMES[:1], kind="tham_hoi", estimate=3_000_000)
    asked = (Ask(id_, 3_000_000, 0, "quy_xa_hoi"),)
    own = office.identity.unit
    proposals.save(office, Proposal(own, own, date(2024, 7, 31), asked, title="đợt 1"))
    late = Proposal(own, own, date(2024, 8, 1), asked, title="đợt 2")
    with pytest.raises(ValidationError, match="Vượt mức tối đa"):
        proposals.save(office, late)
    saved = proposals.save(office, replace(late, reasons=(About(id_, "mổ tim"),)))
    assert "đang có trong tờ trình" in saved.warnings[-1].message


def test_who_took_the_consent_back_is_not_proposed(office: Office, unit: str) -> None:
    (id_,) = enter(office, unit, NAMES[:1])
    row = row_of(office, id_)
    needs.edit(office, id_, replace(row.record, withdrawn_on=date(2024, 7, 5)))
    assert proposals.choose(office, [id_]).asks == ()
    own = office.identity.unit
    with pytest.raises(ValidationError, match="rút sự đồng ý"):
        proposals.save(office, Proposal(own, own, ON, (Ask(id_, 1, 0, "quy_xa_hoi"),), title="đợt 1"))


@pytest.mark.parametrize(
    ("verdict", "told", "members", "field"),
    [
        (("agreed", 0, 0), "", ("Lò Thị Hoa",), "verdicts"),
        (("put_off", 0, 0), "", ("Lò Thị Hoa",), "verdicts"),
        (("refused", 0, 0), "", ("Lò Thị Hoa",), "verdicts"),
        (("maybe", 1, 0), "", ("Lò Thị Hoa",), "verdicts"),
        (("agreed", 1, 0), "", (), "members"),
    ],
)
def test_what_is_wrong_with_a_meeting_is_said(
    office: Office, unit: str, verdict: tuple[str, int, int], told: str, members: tuple[str, ...], field: str
) -> None:
    (id_,) = enter(office, unit, NAMES[:1])
    made = ReviewMeeting(
        office.identity.unit, propose(office, [id_]), ON, (Verdict(id_, *verdict, "quy_xa_hoi"),),
        members=tuple(map(Attendee, members)), opinions=(About(id_, told),),
    )  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        review_meetings.save(office, made)
    assert [finding.field for finding in refused.value.findings] == [field]


@pytest.mark.parametrize(("number", "field"), [("", "number"), ("15 của chị Hoa", "number")])
def test_a_decision_is_named_by_number_and_code_alone(office: Office, unit: str, number: str, field: str) -> None:
    meeting = meet(office, propose(office, enter(office, unit)))
    with pytest.raises(ValidationError) as refused:
        decide(office, meeting, number)
    assert [finding.field for finding in refused.value.findings] == [field]


def test_a_decision_holds_only_what_was_agreed(office: Office, unit: str) -> None:
    ids = enter(office, unit)
    meeting = meet(office, propose(office, ids), {ids[0]: REFUSED})
    made = SupportDecision(office.identity.unit, meeting, "15/QĐ-CĐX", ON, tuple(ids))
    with pytest.raises(ValidationError, match="đã đồng ý"):
        support_decisions.save(office, made)


def test_erasing_takes_the_need_and_what_was_said_about_it(office: Office, unit: str) -> None:
    ids = enter(office, unit)
    proposal = propose(office, ids)
    meeting = meet(office, proposal, {ids[0]: REFUSED, ids[1]: PUT_OFF})
    who = row_of(office, ids[0]).record.person
    assert who is not None
    erasing.erase_person(office, who)
    row = row_of(office, ids[0])
    assert (row.record.circumstances, row.record.reporter) == ("", "")
    assert row.journey.state is NeedState.REFUSED
    (kept,) = review_meetings.listing(office)
    assert [about.need for about in kept.record.opinions] == [ids[1]]
    assert kept.record.members[0].name == "Lò Thị Hoa"
    assert [version.verb for version in records.versions(office, meeting)][:2] == ["Sửa", "Xoá dữ liệu cá nhân"]
    assert proposals.listing(office)[0].record.title == "hỗ trợ đợt 1 năm 2024"


def test_lists_cover_what_is_about_health(office: Office, unit: str) -> None:
    from congdoan_desktop.services.need_steps import COVERED_CAUSE, shown_cause

    assert shown_cause("benh_hiem_ngheo") == shown_cause("tai_nan_lao_dong") == COVERED_CAUSE
    assert shown_cause("thien_tai") == "Thiên tai"


def test_the_list_is_filtered(office: Office, unit: str) -> None:
    ids = enter(office, unit)
    propose(office, ids[:2])
    waiting = needs.listing(office, Wanted(frozenset({NeedState.WAITING})))
    assert [row.id for row in waiting] == ids[2:]
    assert len(needs.listing(office, Wanted(search="giang"))) == 1
    assert needs.listing(office, Wanted(unit=grassroots(office, "CĐCS Chợ", "CDCS-CHO"))) == []
    assert len(needs.listing(office, Wanted(unit=office.identity.unit))) == 3
    assert len(needs.listing(office, Wanted(search="mam non"))) == 3
    assert needs.count_by_state(needs.listing(office)) == {NeedState.PROPOSED: 2, NeedState.WAITING: 1}


def test_only_needs_put_before_the_receiver_with_consent_travel_up(offices: Offices, unit: str) -> None:
    union, province = offices.union, offices.province
    plan = campaign(union)
    asked = enter(union, unit, campaign=plan)
    silent = enter(union, unit, ["Tao Văn Khăm"], campaign=plan, consent_on=None, consent_way="")
    enter(union, unit, ["Phàn Thị Mẩy"], campaign=plan)
    own, above = union.identity.unit, province.identity.unit
    chosen = proposals.choose(union, [*asked, *silent]).asks
    proposals.save(union, Proposal(own, above, ON, chosen, title="đợt 1", campaign=plan))
    reported(offices, plan)
    assert {row.name for row in needs.listing(province)} == set(NAMES)
    assert {row.record.circumstances for row in needs.listing(province)} == {"điều trị dài ngày"}
    assert not any(row.own for row in needs.listing(province))

    first = row_of(union, asked[0])
    needs.edit(union, asked[0], replace(first.record, withdrawn_on=date(2024, 7, 20)))
    records.delete(union, asked[1], "ghi nhầm")
    reported(offices, plan)
    left = {row.id: row for row in needs.listing(province)}
    assert set(left) == {asked[0], asked[2]}
    assert (left[asked[0]].record.withdrawn_on, left[asked[0]].record.circumstances) == (date(2024, 7, 20), "")


def test_the_level_above_pays_for_a_need_that_another_union_keeps(offices: Offices, unit: str) -> None:
    union, province = offices.union, offices.province
    plan = campaign(union)
    ids = enter(union, unit, NAMES[:1])
    asked = proposals.choose(union, ids).asks
    own, above = union.identity.unit, province.identity.unit
    proposals.save(union, Proposal(own, above, ON, asked, title="đợt 1"))
    reported(offices, plan)
    support_decisions.pay(province, decide(province, meet(province, propose(province, ids))), ON)
    assert states(province) == {ids[0]: NeedState.PAID}
    (given,) = support.listing(province)
    assert (given.person, given.record.unit) == (NAMES[0], above)


def reported(offices: Offices, plan: str) -> None:
    """The union's report on the plan is taken in by the province."""
    made, _ = outgoing.make_report(offices.union, request(plan), offices.province.identity.unit)
    incoming.apply(offices.province, offices.carry(offices.union, made))


def test_papers_name_circumstances_only_with_consent_and_no_numbers(office: Office, unit: str) -> None:
    """Of three one never agreed and one took it back; the minutes and the decision's list tell of nobody's illness."""
    told = ("mổ tim", "chạy thận", "xạ trị")
    consents = ((date(2024, 7, 1), "van_ban"), (None, ""), (date(2024, 7, 1), "van_ban"))
    ids: list[str] = []
    for at, (name, circumstances, (on, way)) in enumerate(zip(NAMES, told, consents, strict=True)):
        made = need(unit, circumstances=circumstances, consent_on=on, consent_way=way)
        ids += needs.add(office, made, replace(person(unit, name), citizen_id=f"01219000000{at}")).ids
    open_, silent, back = ids
    proposal = propose(office, [open_, silent, back])
    held = row_of(office, back)
    needs.edit(office, back, replace(held.record, withdrawn_on=ON))
    meeting = meet(office, proposal, {silent: REFUSED})
    decision = decide(office, meeting)
    signer = ("Lò Thị Hoa", "Chủ tịch")
    ready = (
        need_papers.proposal_paper(office, proposal, signer),
        need_papers.minutes_paper(office, meeting),
        need_papers.decision_paper(office, decision, signer),
    )
    listed, minutes, decided = (text(papers.pdf(office, one)) for one in ready)
    assert "mổ tim" in listed
    assert listed.count(need_papers.UNNAMED) == 2
    assert listed.count("Trợ cấp bệnh hiểm nghèo") == 1
    for word in ("chạy thận", "xạ trị", "0121900"):
        assert word not in listed + minutes + decided
    assert "mổ tim" not in minutes + decided
    assert "chưa đủ giấy tờ" not in minutes


def test_direct_support_above_the_ceiling_asks_for_a_reason(office: Office, unit: str) -> None:
    record = SupportRecord(unit, "", None, "nha_o", "mai_am_sua", 40_000_000, 0, "quy_xa_hoi", ON, "15/QĐ-CĐX")
    said = support.add(office, record, person(unit)).warnings
    assert [finding.field for finding in said] == ["note"]
    assert support.add(office, replace(record, note="nhà sập"), person(unit, "Lý A Sử")).warnings == ()


def test_a_collective_is_nobody_in_the_count_of_people(office: Office, unit: str) -> None:
    plan = campaign(office)
    record = SupportRecord(unit, "", plan, "thien_tai", "tro_cap", 1, 0, "quy_xa_hoi", ON, group="Tổ chế biến số 2")
    support.add(office, record)
    (told,) = reporting.prepare(office, request(plan)).report.supports
    assert (told.times, told.people) == (1, 0)


def test_who_was_given_the_same_is_proposed_again_only_with_a_reason(office: Office, unit: str) -> None:
    """Rule B10; what pays the very need is no second time."""
    (first,) = enter(office, unit, NAMES[:1])
    decision = decide(office, meet(office, propose(office, [first])))
    support_decisions.pay(office, decision, date(2024, 7, 8))
    proposals.save(office, proposals.listing(office)[0].record, proposals.listing(office)[0].id)
    need = row_of(office, first).record
    second = needs.add(office, replace(need, on=date(2024, 7, 20))).ids[0]
    with pytest.raises(ValidationError) as refused:
        propose(office, [second])
    sentence = "Đã nhận 5.000.000 đồng ngày 08/07/2024 trong đợt này. Ghi lý do đề nghị thêm."
    assert [one.message for one in refused.value.findings if not one.warning] == [f"{NAMES[0]}: {sentence}"]
    assert propose(office, [second], reasons=(About(second, "Mổ lần hai"),))
