"""A plan goes down, the union below makes its own of it and says so upward; both hang together on either side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.campaigns import Campaign, Duty, Target
from congdoan_desktop.domain.indicators import Condition, Criterion, Definition
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.services import (
    activities,
    campaign_ledger,
    campaigns,
    home,
    incoming,
    mailbox,
    outgoing,
    plan_links,
)
from congdoan_desktop.services.office import Office
from tests.services.conftest import Offices, activity, campaign, grassroots


def handed_down(offices: Offices) -> str:
    """The province's plan in both offices."""
    upper = campaign(offices.province)
    package = outgoing.make_plan(offices.province, upper, offices.union.identity.unit)
    incoming.apply(offices.union, offices.carry(offices.province, package))
    return upper


def own_of(office: Office, upper: str, **changes: object) -> str:
    made: Campaign = replace(campaigns.own_plan(office, upper), number="05/KH-CĐX", **changes)  # type: ignore[arg-type]
    return campaigns.add(office, made).ids[0]


def test_the_own_plan_reaches_the_upper_union_and_is_linked(offices: Offices) -> None:
    upper = handed_down(offices)
    own = own_of(offices.union, upper)
    package = outgoing.make_cascade(offices.union, own, offices.province.identity.unit)
    assert (package.kind, package.receiver) == ("cascade", offices.province.identity.unit)
    result = incoming.apply(offices.province, offices.carry(offices.union, package))
    assert (result.kind, result.new, result.refused) == ("cascade", 1, ())
    (link,) = plan_links.links(offices.province, upper)
    assert (link.relation, link.number, link.campaign) == ("child", "05/KH-CĐX", own)
    assert link.unit == "Công đoàn xã Mường Kim"
    assert "Kế hoạch của đơn vị" in {got.kind_name for got in mailbox.inbox(offices.province)}


def test_a_link_is_seen_from_below_too(offices: Offices) -> None:
    upper = handed_down(offices)
    own = own_of(offices.union, upper)
    links = plan_links.links(offices.union, own)
    assert [(link.relation, link.number, link.campaign) for link in links] == [("parent", "39/KH-LĐLĐ", upper)]
    assert [link.relation for link in plan_links.links(offices.union, upper)] == ["child"]


def test_a_plan_from_below_is_no_duty_of_ours(offices: Offices) -> None:
    upper = handed_down(offices)
    own = own_of(offices.union, upper)
    before = home.overview(offices.province)
    package = outgoing.make_cascade(offices.union, own, offices.province.identity.unit)
    incoming.apply(offices.province, offices.carry(offices.union, package))
    after = home.overview(offices.province)
    assert (after.todos, after.targets) == (before.todos, before.targets)
    rows = {row.id: row for row in campaigns.listing(offices.province)}
    assert (rows[own].below, rows[own].own) == (True, False)
    assert (rows[upper].below, rows[upper].own) == (False, True)


@pytest.mark.parametrize(("value", "refused"), [(1, False), (2, False), (0, True)])
def test_own_marks_below_the_upper_s_are_refused(offices: Offices, value: int, refused: bool) -> None:
    upper = handed_down(offices)
    proposed = campaigns.own_plan(offices.union, upper)
    (target,) = proposed.targets
    changed = replace(proposed, targets=(replace(target, value=value),))
    if refused:
        with pytest.raises(ValidationError, match="nhẹ hơn mức cấp trên giao"):
            campaigns.add(offices.union, changed)
    else:
        assert campaigns.add(offices.union, changed).ids


def test_an_edit_is_held_against_the_upper_plan_too(offices: Offices) -> None:
    own = own_of(offices.union, handed_down(offices))
    plan = campaigns.get(offices.union, own)
    with pytest.raises(ValidationError):
        campaigns.edit(offices.union, own, replace(plan, targets=(replace(plan.targets[0], value=0),)))


def test_a_plan_of_our_own_alone_is_not_sent_upward(offices: Offices) -> None:
    alone = campaign(offices.union)
    with pytest.raises(AppError, match="không thực hiện kế hoạch nào của cấp trên"):
        outgoing.make_cascade(offices.union, alone, offices.province.identity.unit)
    assert {sent.kind for sent in mailbox.outbox(offices.union)} == {"enrolment"}


@pytest.mark.parametrize(
    ("levels", "asked"), [((), True), (("cap_tren_co_so",), True), (("co_so",), False)], ids=["all", "ours", "others"]
)
def test_a_duty_binds_the_levels_it_names(offices: Offices, levels: tuple[str, ...], asked: bool) -> None:
    duty = Duty("trước ngày 10/8/2024", "Các đơn vị", "LĐLĐ tỉnh", "", date(2024, 8, 10), "before", levels=levels)
    upper = campaign(offices.province)
    plan = campaigns.get(offices.province, upper)
    campaigns.edit(offices.province, upper, replace(plan, duties=(duty,)))
    package = outgoing.make_plan(offices.province, upper, offices.union.identity.unit)
    incoming.apply(offices.union, offices.carry(offices.province, package))
    assert bool(home.overview(offices.union).todos) is asked
    assert home.overview(offices.province).todos == ()


def test_our_own_plan_asks_of_us_what_it_names_us_for(offices: Offices) -> None:
    duty = Duty("trước ngày 10/8/2024", "LĐLĐ tỉnh", "Tỉnh ủy", "", date(2024, 8, 10), "before", levels=("tinh",))
    own = campaign(offices.province)
    campaigns.edit(offices.province, own, replace(campaigns.get(offices.province, own), duties=(duty,)))
    (todo,) = home.overview(offices.province).todos
    assert (todo.page, todo.object_, todo.due) == ("reports", own, date(2024, 8, 9))


def test_a_plan_carries_its_own_way_of_counting_down(offices: Offices) -> None:
    """Put together by an officer: workplaces from 25 people that held two dialogues; the union below counts them."""
    own = Definition(
        "R-1", "Đối thoại hai lần", "workplaces", (Condition("headcount", "gte", 25),),
        (Criterion("Đối thoại", "activity", ("doi_thoai",), least=2),), noun="nơi làm việc",
    )  # fmt: skip
    target = Target("t", "100% đối thoại", "R-1", "gte", 100, "%", "100%")
    upper = campaign(offices.province)
    plan = replace(campaigns.get(offices.province, upper), definitions=(own,), targets=(target,))
    campaigns.edit(offices.province, upper, plan)
    package = outgoing.make_plan(offices.province, upper, offices.union.identity.unit)
    incoming.apply(offices.union, offices.carry(offices.province, package))
    office, unit = offices.union, grassroots(offices.union)
    with office.write(Right.ENTER) as work:
        big, small = (work.put(Workplace(unit, name, "doanh_nghiep", "tu_nhan")) for name in "AB")
        for place, workers in ((big, 25), (small, 24)):
            work.put(Workforce(unit, place, date(2024, 3, 1), workers))

    def figure() -> tuple[int, int | None]:
        (view,) = campaign_ledger.look(office, upper).targets
        return view.sum.total.numerator, view.sum.total.denominator

    for expected in ((0, 1), (1, 1)):
        activities.add(office, activity(kind="doi_thoai", workplace=big), (unit,))
        assert figure() == expected
