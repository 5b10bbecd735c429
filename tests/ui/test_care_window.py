"""The work of support in the program's own window, from a need to the figure of the campaign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.need_states import NeedState
from congdoan_desktop.services import members
from congdoan_desktop.services.members import Wanted
from congdoan_desktop.ui.desk import Desk
from congdoan_desktop.ui.pages.campaigns.overview import OverviewTab
from congdoan_desktop.ui.pages.paper_dialog import PaperDialog
from congdoan_desktop.ui.pages.support import CarePage
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.funds import FundsPage
from congdoan_desktop.ui.pages.support.gifts import GiftsPage
from congdoan_desktop.ui.pages.support.needs import NeedsPage
from congdoan_desktop.ui.preferences import Preferences
from congdoan_desktop.ui.tasks import TaskRunner
from tests.reports.paper import text
from tests.ui.entry_office import Given, ask
from tests.ui.hands import CONTROL, Press, Show, Type, modal
from tests.ui.test_gifts_page import copied_out_of_libreoffice, count, settled
from tests.ui.test_need_tabs import NAMES, click, decide, enter, look_at_paper, meet, pay, propose, save, states


@pytest.fixture
def desk(given: Given, show: Show, runner: TaskRunner, tmp_path: Path) -> Iterator[Desk]:
    """The whole window over the office, at the size of the laptops."""
    made = Desk(runner, Preferences(tmp_path))
    made.enter(given.office)
    made.window.resize(1366, 768)
    show(made.window)
    assert runner.wait_idle()
    yield made
    made._later.stop()


@pytest.fixture
def care(desk: Desk, runner: TaskRunner) -> CarePage:
    page = desk.window.show_page("support")
    assert isinstance(page, CarePage)
    assert runner.wait_idle()
    return page


def supports_shown(desk: Desk, given: Given, runner: TaskRunner) -> str:
    """What the campaign's page says of support recorded for it."""
    page = desk.window.show_page("campaigns")
    page.open_object(given.campaign)  # type: ignore[attr-defined]  # a page of the window
    assert runner.wait_idle()
    return " ".join(page.findChildren(OverviewTab)[0].supports.accessibleName().split())


def test_from_need_to_signature_to_statement_to_the_campaigns_figure(
    desk: Desk, care: CarePage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    assert supports_shown(desk, given, runner) == "Chăm lo đã ghi: 7. 6 người 69.500.000 đ"
    desk.window.show_page("support")
    needs = care.part("needs")
    assert isinstance(needs, NeedsPage)
    assert runner.wait_idle()
    for name in NAMES:
        enter(needs, given, runner, press, type_keys, name)
    proposals = propose(care, needs, runner)
    save(proposals, runner)
    decisions = decide(care, meet(care, proposals, runner, "Tẩn Mí Sử"), runner)
    pay(decisions, runner, qtbot)
    occasion = "trợ cấp khó khăn"
    assert look_at_paper(decisions, "print_signing", runner, qtbot, occasion) == f"Danh sách ký nhận {occasion}"
    click(decisions, "mark_signed", runner)
    modal(AskDialog, qtbot).yes.click()
    assert runner.wait_idle()
    assert states(given, runner) == [NeedState.PUT_OFF] + [NeedState.SIGNED] * 2
    assert "Trợ cấp: 2 khoản" in statement(care, runner, qtbot)
    assert supports_shown(desk, given, runner) == "Chăm lo đã ghi: 9. 8 người 79.500.000 đ"


def statement(care: CarePage, runner: TaskRunner, qtbot: QtBot) -> str:
    """What the statement of the fund says, as it is looked at."""
    funds = care.part("funds")
    assert isinstance(funds, FundsPage)
    assert runner.wait_idle()
    funds.statement_button.click()
    assert runner.wait_idle()
    asked = modal(AskDialog, qtbot)
    asked.form.field("fund").set_value("quy_xa_hoi")
    asked.yes.click()
    assert runner.wait_idle()
    shown = modal(PaperDialog, qtbot)
    said = text(shown._pdf)
    shown.reject()
    return " ".join(said.split())


def test_three_hundred_gifts_out_of_a_libreoffice_workbook(
    care: CarePage, given: Given, runner: TaskRunner, press: Press, qtbot: QtBot, tmp_path: Path,
    tool: Callable[[str], str],
) -> None:  # fmt: skip
    before = count(given, runner)
    page = care.part("gifts")
    assert isinstance(page, GiftsPage)
    assert runner.wait_idle()
    page.form.field("fund").set_value("quy_xa_hoi")
    page.form.field("cause").set_value("kho_khan")
    QGuiApplication.clipboard().setMimeData(copied_out_of_libreoffice(tmp_path, tool, 300))
    page.grid.setFocus()
    press(Qt.Key.Key_V, CONTROL, on=page.grid)
    settled(page, qtbot, runner)
    assert "700,000" in QGuiApplication.clipboard().text()  # as it is shown by a program that speaks English
    first = page.model.lines[0].texts
    assert (first["name"], first["birth"], first["cash"]) == ("Lò Văn aa", "01/01/1980", "700.000")
    assert page.foot.text() == "300 suất · 300 đủ dữ liệu · Quà 90.000.000 · Tiền 210.000.000 · Cộng 300.000.000 đ"
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: page.model.lines == [])
    assert count(given, runner) == before + 300
    people = ask(runner, lambda: members.everybody(given.office, Wanted(standing="member")))
    assert not any(row.person.name.startswith("Lò Văn a") for row in people)
