"""Funds: the balance of any day is what came in less what support took out, whatever was entered, mended or deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from congdoan_desktop.domain.funds import Balance, Contribution
from congdoan_desktop.domain.gift_lists import GiftLine
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.reports import docx, pdf
from congdoan_desktop.services import campaigns, funds, gift_lists, incoming, outgoing, papers, records, support, units
from congdoan_desktop.services.funds import Stretch
from congdoan_desktop.services.gift_lists import GiftHead, SavedGifts
from congdoan_desktop.services.office import Office
from tests.reports.paper import pages, text
from tests.reports.writer import converted
from tests.services.conftest import Offices, campaign, person, request

FUND, OTHER_FUND = "quy_xa_hoi", "quy_tuong_ho"
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
GOOD = Contribution("", FUND, FIRST, 1_250_000, 25)
SIGNER = ("Lò Thị Hoa", "Chủ tịch")


@pytest.fixture
def office(offices: Offices) -> Office:
    return offices.union


def below(office: Office) -> list[str]:
    """Ourselves and two CĐCS under us."""
    made = [
        units.add(office, name=f"CĐCS {name}", short_name=name, code=code, kind="doanh_nghiep")
        for name, code in (("Chè", "CS-98"), ("Chợ", "CS-99"))
    ]
    return [office.identity.unit, *made]


@pytest.mark.parametrize(
    ("changes", "field", "warning"),
    [
        ({"amount": 0}, "amount", False),
        ({"amount": -5}, "amount", False),
        ({"fund": ""}, "fund", False),
        ({"people": 0}, "people", False),
        ({"on": date(2024, 12, 31)}, "on", True),
    ],
)
def test_what_is_wrong_is_said(office: Office, changes: dict[str, Any], field: str, warning: bool) -> None:
    record = replace(GOOD, unit=office.identity.unit, **changes)
    if warning:
        assert [finding.field for finding in funds.save(office, record).warnings] == [field]
        return
    with pytest.raises(ValidationError) as refused:
        funds.save(office, record)
    assert [finding.field for finding in refused.value.findings] == [field]


@dataclass
class Ledger:
    """What the program must know, kept in the plainest way."""

    office: Office
    units: list[str]
    held: dict[str, tuple[str, str, date, int]] = field(default_factory=dict)
    gone: dict[str, tuple[str, str, date, int]] = field(default_factory=dict)
    lists: list[SavedGifts] = field(default_factory=list)

    def left(self, unit: str, fund: str, day: date) -> int:
        under = self.units if unit == self.units[0] else [unit]
        return sum(a for u, f, on, a in self.held.values() if u in under and f == fund and on <= day)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["come in", "go out", "mend", "delete", "undo", "gift list", "take back"]),
        st.integers(0, 2),
        st.sampled_from([FUND, OTHER_FUND]),
        st.integers(0, 90),
        st.integers(1, 10**9),
        st.integers(0, 99),
    ),
    max_size=12,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(STEPS)
def test_balances_are_contributions_less_outgoings(office: Office, steps: list[Any]) -> None:
    known = [row.id for row in funds.listing(office)] + [row.id for row in support.listing(office)]
    for id_ in known:
        records.delete(office, id_, "lượt trước")
    ledger = Ledger(office, _units(office))
    for verb, unit, fund, days, amount, which in steps:
        _step(ledger, verb, ledger.units[unit], fund, FIRST + timedelta(days), amount, which)
    for day in (FIRST, FIRST + timedelta(45), FIRST + timedelta(90)):
        for unit in ledger.units:
            found = funds.balances(office, day, unit)
            for fund in (FUND, OTHER_FUND):
                assert (found[fund].left if fund in found else 0) == ledger.left(unit, fund, day)


def _units(office: Office) -> list[str]:
    known = [id_ for id_, _ in units.grassroots(office)]
    return [office.identity.unit, *known] if len(known) == 2 else below(office)


def _step(ledger: Ledger, verb: str, unit: str, fund: str, on: date, amount: int, which: int) -> None:
    steps: dict[str, Callable[[], None]] = {
        "come in": lambda: _come_in(ledger, unit, fund, on, amount),
        "go out": lambda: _go_out(ledger, unit, fund, on, amount),
        "mend": lambda: _mend(ledger, fund, on, amount, which),
        "delete": lambda: _delete(ledger, which),
        "undo": lambda: _undo(ledger, which),
        "gift list": lambda: _gift_list(ledger, unit, fund, on, amount),
        "take back": lambda: _take_back(ledger),
    }
    steps[verb]()


def _come_in(ledger: Ledger, unit: str, fund: str, on: date, amount: int) -> None:
    saved = funds.save(ledger.office, Contribution(unit, fund, on, amount))
    ledger.held[saved.ids[0]] = (unit, fund, on, amount)


def _go_out(ledger: Ledger, unit: str, fund: str, on: date, amount: int, plan: str | None = None) -> None:
    record = SupportRecord(
        unit, "", plan, "om_dau", "tham_hoi", amount // 2, amount - amount // 2, fund, on, goods="gạo"
    )
    saved = support.add(ledger.office, record, person(unit))
    ledger.held[saved.ids[0]] = (unit, fund, on, -amount)


def _gift_list(ledger: Ledger, unit: str, fund: str, on: date, amount: int) -> None:
    """A list pasted out of Excel: two lines of one union."""
    own = unit == ledger.office.identity.unit
    name = "Chè" if own or unit == ledger.units[1] else "Chợ"
    goal = ledger.units[1] if name == "Chè" else ledger.units[2]
    head = GiftHead(None, "kho_khan", "tang_qua", fund, on, again="đợt bổ sung")
    pasted = [GiftLine({"name": f"Lò {who}", "birth": "1980", "unit": name, "cash": str(amount)}) for who in "AB"]
    saved = gift_lists.save(ledger.office, head, pasted)
    ledger.lists.append(saved)
    ledger.held |= dict.fromkeys(saved.records, (goal, fund, on, -amount))


def _take_back(ledger: Ledger) -> None:
    """Of a list of which a line was deleted meanwhile nothing is taken back."""
    if not ledger.lists:
        return
    saved = ledger.lists.pop()
    if all(id_ in ledger.held for id_ in saved.records) and _still_new(ledger, saved):
        gift_lists.undo(ledger.office, saved)
        for id_ in saved.records:
            ledger.gone[id_] = ledger.held.pop(id_)


def _still_new(ledger: Ledger, saved: SavedGifts) -> bool:
    """Whether nobody of the list stands in a later one."""
    rows = support.listing(ledger.office)
    return sum(row.record.person in saved.people for row in rows) <= len(saved.records)


def _chosen(known: dict[str, Any], which: int) -> str | None:
    return sorted(known)[which % len(known)] if known else None


def _mend(ledger: Ledger, fund: str, on: date, amount: int, which: int) -> None:
    id_ = _chosen(ledger.held, which)
    if id_ is None:
        return
    unit, _, _, before = ledger.held[id_]
    if before > 0:
        funds.save(ledger.office, Contribution(unit, fund, on, amount), id_)
    else:
        row = next(row for row in support.listing(ledger.office) if row.id == id_)
        support.edit(ledger.office, id_, replace(row.record, cash=amount, in_kind=0, fund=fund, on=on))
    ledger.held[id_] = (unit, fund, on, amount if before > 0 else -amount)


def _delete(ledger: Ledger, which: int) -> None:
    id_ = _chosen(ledger.held, which)
    if id_ is not None:
        records.delete(ledger.office, id_, "nhầm")
        ledger.gone[id_] = ledger.held.pop(id_)


def _undo(ledger: Ledger, which: int) -> None:
    id_ = _chosen(ledger.gone, which)
    if id_ is not None:
        records.undelete(ledger.office, id_)
        ledger.held[id_] = ledger.gone.pop(id_)


@dataclass
class Sent:
    """A report on the stick: what the union's support came to then, and whether it counts above."""

    package: str
    spent: dict[str, int]
    counts: bool = True


@dataclass
class Carried:
    """A union and the province its reports go to, with what both must know, kept in the plainest way."""

    offices: Offices
    plan: str
    ours: Ledger
    came: int = 0
    sent: list[Sent] = field(default_factory=list)

    def reported(self) -> int:
        """Of all reports that count the last one: it brings everything that was touched."""
        return sum(next((one.spent for one in reversed(self.sent) if one.counts), {}).values())


TRAVELS = st.lists(
    st.tuples(
        st.sampled_from(["come in", "go out", "mend", "delete", "undo", "report", "withdraw", "lift", "above"]),
        st.integers(1, 10**9),
        st.integers(0, 99),
    ),
    max_size=10,
)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TRAVELS)
@example([("go out", 5, 0), ("report", 1, 0), ("delete", 1, 0), ("report", 1, 0), ("withdraw", 1, 1), ("above", 7, 0)])
@example([("go out", 5, 0), ("report", 1, 0), ("mend", 9, 0), ("report", 1, 0), ("withdraw", 1, 0), ("lift", 1, 0)])
def test_balances_stand_whatever_is_imported_and_withdrawn(offices: Offices, steps: list[tuple[str, int, int]]) -> None:
    """A report brings what a union spent into its unit and never into the purse of the level above."""
    union, province = offices.union, offices.province
    for id_ in [row.id for row in funds.listing(union)] + [row.id for row in support.listing(union)]:
        records.delete(union, id_, "lượt trước")
    for package in incoming.inbox(province):
        if package.kind == "report":
            incoming.withdraw(province, package.package_id)
    carried = Carried(offices, _plan(offices), Ledger(union, [union.identity.unit]))
    own = _left(province, province.identity.unit)
    for verb, amount, which in steps:
        _travel(carried, verb, amount, which)
    assert _left(union, union.identity.unit) == carried.ours.left(union.identity.unit, FUND, LAST)
    assert _left(province, province.identity.unit) == own + carried.came
    assert _left(province, union.identity.unit) == carried.reported()


def _left(office: Office, unit: str) -> int:
    return funds.balances(office, LAST, unit).get(FUND, Balance()).left


def _plan(offices: Offices) -> str:
    """The province's plan, which the union has too."""
    known = campaigns.listing(offices.union)
    if known:
        return known[0].id
    made = campaign(offices.province)
    package = outgoing.make_plan(offices.province, made, offices.union.identity.unit)
    incoming.apply(offices.union, offices.carry(offices.province, package))
    return made


def _travel(carried: Carried, verb: str, amount: int, which: int) -> None:
    ours, unit = carried.ours, carried.ours.office.identity.unit
    steps: dict[str, Callable[[], None]] = {
        "come in": lambda: _come_in(ours, unit, FUND, FIRST, amount),
        "go out": lambda: _go_out(ours, unit, FUND, FIRST, amount, carried.plan),
        "mend": lambda: _mend(ours, FUND, FIRST, amount, which),
        "delete": lambda: _delete(ours, which),
        "undo": lambda: _undo(ours, which),
        "report": lambda: _report(carried),
        "withdraw": lambda: _count(carried, which, counts=False),
        "lift": lambda: _count(carried, which, counts=True),
        "above": lambda: _above(carried, amount),
    }
    steps[verb]()


def _report(carried: Carried) -> None:
    union, province = carried.offices.union, carried.offices.province
    package = outgoing.make_report(union, request(carried.plan), province.identity.unit)[0]
    incoming.apply(province, carried.offices.carry(union, package))
    spent = {id_: amount for id_, (_, _, _, amount) in carried.ours.held.items() if amount < 0}
    carried.sent.append(Sent(package.package_id, spent))


def _count(carried: Carried, which: int, *, counts: bool) -> None:
    if not carried.sent:
        return
    one = carried.sent[which % len(carried.sent)]
    switch = incoming.lift_withdrawal if counts else incoming.withdraw
    switch(carried.offices.province, one.package)
    one.counts = counts


def _above(carried: Carried, amount: int) -> None:
    province = carried.offices.province
    funds.save(province, Contribution(province.identity.unit, FUND, FIRST, amount))
    carried.came += amount


@pytest.fixture
def told(office: Office) -> Office:
    """A fund with a past, two contributions, three gifts on one day and one that takes more than there is."""
    own, tea, market = below(office)
    for unit, on, amount, people in ((own, 1, 500_000, None), (tea, 40, 2_000_000, 25), (market, 50, 1_000_000, None)):
        funds.save(office, Contribution(unit, FUND, FIRST + timedelta(on), amount, people, giver="Ông Vàng"))
    for on, amount in ((60, 300_000), (60, 300_000), (70, 5_000_000)):
        record = SupportRecord(tea, "", None, "om_dau", "tang_qua", amount, 0, FUND, FIRST + timedelta(on))
        support.add(office, record, person(tea, name="Giàng Thị Kín"))
    return office


def test_the_statement_adds_up_and_names_nobody(told: Office, tool: Callable[[str], str], tmp_path: Path) -> None:
    paper = funds.statement(told, Stretch(FUND, FIRST + timedelta(30), FIRST + timedelta(90)), SIGNER)
    made = papers.pdf(told, paper)
    said = text(made)
    assert "SAO KÊ QUỸ" in said
    assert "Số dư đầu kỳ 500.000" in said
    assert "Đóng góp của 25 người Chè 2.000.000 - 2.500.000" in said
    assert "Tặng quà: 2 khoản Chè - 600.000 2.900.000" in said
    assert "Cộng trong kỳ; số dư cuối kỳ 3.000.000 5.600.000 −2.100.000" in said
    assert "Quỹ chi vượt 2.100.000 đồng. Bằng chữ: Hai triệu một trăm nghìn đồng" in said
    assert "Giàng" not in said
    assert "Vàng" not in said
    path = tmp_path / "statement.docx"
    path.write_bytes(docx.render(paper.document))
    written = converted(path, "pdf", tool).read_bytes()
    words = [sorted(w.text for page in pages(one, tool, tmp_path) for w in page.words) for one in (made, written)]
    assert words[0] == words[1]


def test_a_statement_without_movements_keeps_the_balance(told: Office) -> None:
    paper = funds.statement(told, Stretch(FUND, FIRST + timedelta(2), FIRST + timedelta(20)), SIGNER)
    assert "Cộng trong kỳ; số dư cuối kỳ - - 500.000" in text(pdf.render(paper.document))
    with pytest.raises(AppError):
        funds.statement(told, Stretch(FUND, FIRST, FIRST - timedelta(1)), SIGNER)


def test_the_list_filters_by_fund_union_and_words(told: Office) -> None:
    tea = next(row.record.unit for row in funds.listing(told) if row.unit_name == "Chè")
    assert [row.record.amount for row in funds.listing(told)] == [1_000_000, 2_000_000, 500_000]
    assert [row.record.amount for row in funds.listing(told, unit=tea)] == [2_000_000]
    assert funds.listing(told, fund=OTHER_FUND) == []
    assert len(funds.listing(told, search="vang")) == 3
    assert len(funds.listing(told, search="cho")) == 1
