"""From a provincial figure to the packages it came from, and a packed report made again, in the real pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.services import incoming, mailbox, opening
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.campaigns.lines import PACKAGES
from congdoan_desktop.ui.pages.handoff.page import HandoffPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.services.conftest import fixed_clock, unlocked
from tests.services.levels import three_levels
from tests.ui.entry_office import ask, child
from tests.ui.hands import Click, Show, open_page

TARGETS = (Target("n", "Mỗi CĐCS ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01"),)


@dataclass
class Province:
    """Data folders of three levels after a report has gone all the way up."""

    folder: Path
    plan: str


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory, cheap_kdf: KdfCost) -> Province:
    folder = tmp_path_factory.mktemp("levels")

    def found(name: str, form: Any) -> Office:
        return opening.found(folder / name, form, clock=fixed_clock(), cost=cheap_kdf).office

    with three_levels(found, folder / "usb", TARGETS) as levels:
        for office in levels.below:
            levels.done(office)
            levels.answer(levels.upper, levels.up(office, levels.upper), office)
        levels.up(levels.upper, levels.province)
        levels.close()
    return Province(folder, levels.plan)


@pytest.fixture
def at(reported: Province, runner: TaskRunner) -> Iterator[Any]:
    opened: list[Office] = []

    def open_(name: str) -> Context:
        office: Office = ask(runner, lambda: unlocked(reported.folder / name))
        opened.append(office)
        return Context(runner, lambda: office, lambda *_: None)

    yield open_
    runner.wait_idle()
    for office in opened:
        runner.run(office.close)
    runner.wait_idle()


def test_the_tab_shows_each_package_and_those_under_it(
    reported: Province, at: Any, show: Show, runner: TaskRunner
) -> None:
    page = open_page(CampaignsPage, at("province"), show)
    page.open_object(reported.plan)
    assert runner.wait_idle()
    ledger = page.sheet.ledger
    names = [ledger.tabs.tabText(tab) for tab in range(ledger.tabs.count())]
    ledger.tabs.setCurrentIndex(names.index("Gói nguồn"))
    assert runner.wait_idle()
    rows: Any = ledger.units.tables[PACKAGES].table.rows.rows()
    assert [(row["name"].strip("\u2003↳ "), row["told"]) for row in rows] == [
        ("Công đoàn xã Mường Kim", "2/2"),
        ("CĐCS Trạm y tế", "1/1"),
        ("CĐCS Trường số 1", "1/1"),
    ]
    assert [row["receipt"] for row in rows] == ["chưa lập", *["ở đơn vị tổng hợp"] * 2]
    assert ledger.units.currentWidget() is ledger.units.tables[PACKAGES]


@pytest.mark.parametrize(
    ("name", "silent", "said"),
    [
        ("upper", 0, "Đã nhận báo cáo của cả 2 đơn vị tự gửi."),
        ("upper", 1, "Tạm tính: 1/2 đơn vị tự gửi đã báo cáo; chưa nhận của CĐCS Trạm y tế."),
        ("province", 0, "Đã nhận báo cáo của cả 1 đơn vị tự gửi."),
        ("cs-1", 0, "Hồ sơ trong máy này;"),
    ],
)
def test_the_ledger_says_who_has_not_reported(
    reported: Province, at: Any, show: Show, runner: TaskRunner, name: str, silent: int, said: str
) -> None:
    context = at(name)
    if silent:
        received = ask(runner, lambda: mailbox.inbox(context.office()))
        gone = next(one.id for one in received if one.kind == "report" and one.sender == "CĐCS Trạm y tế")
        ask(runner, lambda: incoming.withdraw(context.office(), gone))
    page = open_page(CampaignsPage, context, show)
    page.open_object(reported.plan)
    assert runner.wait_idle()
    ledger = page.sheet.ledger
    assert ledger.explanation._texts["Nguồn"].text().startswith(said)
    names = [ledger.tabs.tabText(tab) for tab in range(ledger.tabs.count())]
    assert ("Gói nguồn" in names, "Đơn vị báo cáo 1" in names) == (name != "cs-1", name == "province")
    if silent:
        ask(runner, lambda: incoming.lift_withdrawal(context.office(), gone))


def test_a_packed_report_is_made_again_from_the_outbox(
    reported: Province, at: Any, show: Show, runner: TaskRunner, click: Click
) -> None:
    page = open_page(HandoffPage, at("upper"), show)
    page.open_object("outbox")
    assert runner.wait_idle()
    table = page.outbox.list.table
    report = next(row for row in table.rows.rows() if row["sent"].kind == "report")  # type: ignore[index]
    assert table.select_id(report["id"])  # type: ignore[index]
    click(child(page, Button, "makeAgain"))
    assert runner.wait_idle()
    assert "giống từng byte" in page.banner.text()
