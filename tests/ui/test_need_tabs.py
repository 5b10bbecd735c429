"""The tabs from "Nhu cầu" to "Quyết định": the whole way in the window, keys and buttons alone."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.funds import Contribution
from congdoan_desktop.domain.need_states import NeedState
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.proposals import AGREED, PUT_OFF, Proposal, ReviewMeeting, SupportDecision
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services import funds, needs, reporting, support_decisions
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.pages.entry.page import EntryPage
from congdoan_desktop.ui.pages.paper_dialog import PaperDialog
from congdoan_desktop.ui.pages.support import CarePage
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.decisions import DecisionsPage
from congdoan_desktop.ui.pages.support.meetings import MeetingsPage
from congdoan_desktop.ui.pages.support.needs import NeedsPage
from congdoan_desktop.ui.pages.support.proposals import ProposalsPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import SCHOOL, Given
from tests.ui.hands import CONTROL, Press, Show, Type, modal, open_page

_DESELECT_ROW = QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows
NAMES = ("Giàng A Sử", "Lý Thị Mẩy", "Tẩn Mí Sử")


@pytest.fixture
def care(given: Given, show: Show) -> CarePage:
    """The page, which also goes where its tabs want to."""
    made: list[CarePage] = []
    context = Context(given.context.runner, given.context.office, lambda _, id_: made[0].open_object(id_))
    made.append(open_page(CarePage, context, show))
    return made[0]


@pytest.fixture
def page(care: CarePage, runner: TaskRunner) -> NeedsPage:
    found = care.part("needs")
    assert isinstance(found, NeedsPage)
    assert runner.wait_idle()
    return found


def enter(page: NeedsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, name: str) -> None:
    press(Qt.Key.Key_N, CONTROL)
    form = page.need_form
    form.field("cause").set_value("benh_hiem_ngheo")
    form.field("kind").set_value("tro_cap")
    form.unit.set_value(given.units[SCHOOL])
    form.go_to("name")
    type_keys(name)
    form.go_to("circumstances")
    type_keys("Điều trị dài ngày")
    form.go_to("estimate")
    type_keys("5 triệu")
    form.field("consent_way").set_value("van_ban")
    form.go_to("consent_on")
    type_keys("28/7")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert page.editor.record != ""


def click(page: QWidget, name: str, runner: TaskRunner) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None
    button.click()
    assert runner.wait_idle()


def states(given: Given, runner: TaskRunner) -> list[NeedState]:
    rows = entry_office.ask(runner, lambda: needs.listing(given.office))
    return sorted(row.journey.state for row in rows)


def propose(care: CarePage, page: NeedsPage, runner: TaskRunner) -> ProposalsPage:
    click(page, "propose", runner)
    found = care.part("proposals")
    assert isinstance(found, ProposalsPage)
    return found


def save(page: EntryPage, runner: TaskRunner) -> None:
    page.editor.save_button.click()
    assert runner.wait_idle()


def meet(care: CarePage, proposals: ProposalsPage, runner: TaskRunner, put_off: str = "") -> MeetingsPage:
    """What `put_off` names is put off, all others agreed."""
    click(proposals, "to_meeting", runner)
    found = care.part("meetings")
    assert isinstance(found, MeetingsPage)
    lines = found.meeting_form.verdicts.lines()
    assert {line["result"] for line in lines} == {AGREED}
    later = {"result": PUT_OFF, "opinion": "chờ giấy ra viện"}
    changed = [{**line, **later} if put_off and put_off in line["name"] else line for line in lines]
    found.meeting_form.verdicts.set_value(changed)
    found.meeting_form.field("members").set_value([{"name": "Lò Thị Hoa", "role": "Phó Chủ tịch"}])
    save(found, runner)
    return found


def decide(care: CarePage, meetings: MeetingsPage, runner: TaskRunner) -> DecisionsPage:
    click(meetings, "to_decision", runner)
    found = care.part("decisions")
    assert isinstance(found, DecisionsPage)
    found.decision_form.field("number").set_value("15/QĐ-CĐX")
    save(found, runner)
    return found


def pay(decisions: DecisionsPage, runner: TaskRunner, qtbot: QtBot) -> None:
    click(decisions, "pay", runner)
    modal(AskDialog, qtbot).yes.click()
    assert runner.wait_idle()


def look_at_paper(page: EntryPage, button: str, runner: TaskRunner, qtbot: QtBot, occasion: str = "") -> str:
    """The title of the paper that the button shows, after who signs was asked where it is."""
    click(page, button, runner)
    front = QApplication.activeModalWidget()
    if isinstance(front, AskDialog):
        if occasion:
            front.form.field("occasion").set_value(occasion)
        front.yes.click()
        assert runner.wait_idle()
    shown = modal(PaperDialog, qtbot)
    title: str = shown.made.title
    shown.reject()
    return title


def test_from_need_to_signature_to_the_campaigns_figure(
    care: CarePage, page: NeedsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> None:
    figures = figures_of(given, runner)
    for name in NAMES:
        enter(page, given, runner, press, type_keys, name)
    waiting = page.findChild(FilterChip, "board_proposed")
    assert waiting is not None
    assert waiting.text() == "Đang chờ xét 3"

    proposals = propose(care, page, runner)
    named = [line["name"].split(" · ")[0] for line in proposals.proposal_form.asks.lines()]
    assert named == ["Lý Thị Mẩy", "Giàng A Sử", "Tẩn Mí Sử"]
    save(proposals, runner)
    assert states(given, runner) == [NeedState.PROPOSED] * 3
    assert look_at_paper(proposals, "print_proposal", runner, qtbot) == "Tờ trình"

    meetings = meet(care, proposals, runner, "Tẩn Mí Sử")
    assert states(given, runner) == [NeedState.AGREED] * 2 + [NeedState.PUT_OFF]
    assert look_at_paper(meetings, "print_minutes", runner, qtbot) == "Biên bản họp xét"

    decisions = decide(care, meetings, runner)
    assert look_at_paper(decisions, "print_decision", runner, qtbot) == "Quyết định 15/QĐ-CĐX"
    pay(decisions, runner, qtbot)
    assert states(given, runner) == [NeedState.PAID] * 2 + [NeedState.PUT_OFF]
    occasion = "trợ cấp khó khăn"
    assert look_at_paper(decisions, "print_signing", runner, qtbot, occasion) == f"Danh sách ký nhận {occasion}"
    click(decisions, "mark_signed", runner)
    modal(AskDialog, qtbot).yes.click()
    assert runner.wait_idle()
    assert states(given, runner) == [NeedState.PUT_OFF] + [NeedState.SIGNED] * 2

    gained = [after - before for before, after in zip(figures, figures_of(given, runner), strict=True)]
    assert gained == [2, 10_000_000, 10_000_000]


def figures_of(given: Given, runner: TaskRunner) -> list[int]:
    """Support of the campaign as its report counts it, times and money; and what the fund has spent."""

    def ask() -> list[int]:
        office, day = given.office, date(2024, 7, 29)
        request = ReportRequest(given.campaign, "đợt 1", date(2024, 4, 15), day, day, "Phó Chủ tịch", "Lò Thị Hoa")
        report = reporting.prepare(office, request).report
        spent = funds.balances(office, day)["quy_xa_hoi"].outgoing
        return [sum(row.times for row in report.supports), report.cash + report.in_kind, spent]

    found: list[int] = entry_office.ask(runner, ask)
    return found


@pytest.fixture
def paid(
    care: CarePage, page: NeedsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, qtbot: QtBot
) -> DecisionsPage:
    """One need, decided and paid."""
    enter(page, given, runner, press, type_keys, NAMES[0])
    proposals = propose(care, page, runner)
    save(proposals, runner)
    decisions = decide(care, meet(care, proposals, runner), runner)
    pay(decisions, runner, qtbot)
    return decisions


def test_payment_is_taken_back(paid: DecisionsPage, given: Given, runner: TaskRunner) -> None:
    assert states(given, runner) == [NeedState.PAID]
    paid._undo()
    assert runner.wait_idle()
    assert states(given, runner) == [NeedState.DECIDED]


def test_what_was_done_last_is_taken_back_first(paid: DecisionsPage, given: Given, runner: TaskRunner) -> None:
    paid._delete(str(paid.editor.record), "Quyết định", "Ghi nhầm")
    assert runner.wait_idle()
    assert entry_office.ask(runner, lambda: support_decisions.listing(given.office)) == []
    for left in (NeedState.PAID, NeedState.DECIDED):
        paid._undo()
        assert runner.wait_idle()
        assert len(entry_office.ask(runner, lambda: support_decisions.listing(given.office))) == 1
        assert states(given, runner) == [left]


def test_what_another_meeting_agreed_comes_into_no_other_decision(paid: DecisionsPage, runner: TaskRunner) -> None:
    (meeting,) = paid.decision_form.meetings
    paid.open_new()
    chosen = paid.decision_form.meeting
    chosen.set_value(meeting)
    chosen.edited.emit()
    paid.form.set_values(paid.new_values(None))  # before the answer comes
    assert runner.wait_idle()
    assert chosen.value() is None


def test_what_another_proposal_asked_comes_into_no_other_meeting(
    paid: DecisionsPage, care: CarePage, runner: TaskRunner
) -> None:
    meetings = care.part("meetings")
    assert isinstance(meetings, MeetingsPage)
    (proposal,) = meetings.meeting_form.proposals
    meetings.open_new()
    chosen = meetings.meeting_form.proposal
    chosen.set_value(proposal)
    chosen.edited.emit()
    meetings.form.set_values(meetings.new_values(None))
    assert runner.wait_idle()
    assert chosen.value() is None


def test_a_collective_is_asked_for_its_name_alone(page: NeedsPage, press: Press, runner: TaskRunner) -> None:
    press(Qt.Key.Key_N, CONTROL)
    form = page.need_form
    form.beneficiary.set_value("tap_the")
    form.beneficiary.edited.emit()
    hidden = ("birth_year", "citizen_id", "member", "household", "consent_on")
    assert not any(form.field(name).isVisibleTo(form) for name in hidden)
    assert form.receiver.text_label == "Tên tập thể"
    form.beneficiary.set_value("than_nhan")
    form.beneficiary.edited.emit()
    assert form.field("relation").isVisibleTo(form)
    assert form.member.value() is False


def test_stages_of_a_house_are_typed(
    page: NeedsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    enter(page, given, runner, press, type_keys, NAMES[0])
    page.table.selectRow(0)
    form = page.need_form
    form.kind.set_value("mai_am_moi")
    form.kind.edited.emit()
    assert form.stages.isVisibleTo(form)
    form.stages.set_value([{"stage": "khoi_cong", "on": "29/7", "amount": "20 triệu", "others": ""}])
    save(page, runner)
    (row,) = entry_office.ask(runner, lambda: needs.listing(given.office))
    assert (row.progress, row.record.stages[0].amount) == ("khoi_cong", 20_000_000)
    shown = page.table.rows.row(0)
    assert isinstance(shown, dict)
    assert shown["kind"] == "Khởi công · Mái ấm Công đoàn – làm mới"
    assert shown["cause"] == "Riêng tư"


def test_a_reason_is_asked_for_what_exceeds_the_ceiling(
    care: CarePage, page: NeedsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    enter(page, given, runner, press, type_keys, NAMES[0])
    page.table.selectRow(0)
    page.need_form.kind.set_value("mai_am_sua")
    save(page, runner)
    proposals = propose(care, page, runner)
    (line,) = proposals.proposal_form.asks.lines()
    proposals.proposal_form.asks.set_value([{**line, "cash": "50.000.000"}])
    save(proposals, runner)
    assert "Vượt mức tối đa 30.000.000 đồng" in proposals.proposal_form.asks.finding_text()
    proposals.proposal_form.asks.set_value([{**line, "cash": "50.000.000", "reason": "nhà sập hoàn toàn"}])
    save(proposals, runner)
    assert states(given, runner) == [NeedState.PROPOSED]


def test_a_need_is_deleted_and_taken_back(
    page: NeedsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    enter(page, given, runner, press, type_keys, NAMES[0])
    row = page.table.rows.row(0)
    assert isinstance(row, dict)
    page._delete(str(row["id"]), "nhu cầu", "ghi nhầm")
    assert runner.wait_idle()
    assert states(given, runner) == []
    press(Qt.Key.Key_Z, CONTROL, on=page)
    assert runner.wait_idle()
    assert states(given, runner) == [NeedState.WAITING]


def test_those_chosen_go_into_one_proposal_and_its_draft_is_kept(
    care: CarePage, page: NeedsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    for name in NAMES:
        enter(page, given, runner, press, type_keys, name)
    page.table.selectAll()
    last = page.table.rows.index(0, 0)
    page.table.selectionModel().select(last, _DESELECT_ROW)
    proposals = propose(care, page, runner)
    assert [line["name"] for line in proposals.proposal_form.asks.lines()] == ["Lý Thị Mẩy", "Giàng A Sử"]
    proposals.proposal_form.field("number").set_value("09/TTr-CĐX")
    proposals.proposal_form.edited.emit()
    proposals.editor.shut()
    proposals.open_new()
    assert proposals.proposal_form.values()["number"] == "09/TTr-CĐX"
    assert len(proposals.proposal_form.asks.lines()) == 2


def test_the_board_shows_one_state_at_a_time(
    care: CarePage, page: NeedsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    for name in NAMES[:2]:
        enter(page, given, runner, press, type_keys, name)
    save(propose(care, page, runner), runner)
    assert care.part("needs") is page
    assert runner.wait_idle()
    chips = {chip.objectName(): chip for chip in page.findChildren(FilterChip) if "board_" in chip.objectName()}
    chips["board_agreed"].click()
    assert page.table.rows.rowCount() == 0
    chips["board_proposed"].click()
    assert page.table.rows.rowCount() == 2
    assert not chips["board_agreed"].isChecked()


@pytest.mark.parametrize(
    ("tab", "kind"),
    [
        ("records", SupportRecord), ("needs", Need), ("proposals", Proposal), ("meetings", ReviewMeeting),
        ("decisions", SupportDecision), ("funds", Contribution),
    ],
)  # fmt: skip
def test_the_history_tells_of_every_field(care: CarePage, runner: TaskRunner, tab: str, kind: type[Any]) -> None:
    """What changed is never left out; the union that a step belongs to never changes."""
    page = care.part(tab)
    assert isinstance(page, EntryPage)
    assert runner.wait_idle()
    silent = [one.name for one in fields(kind) if not page.history_text(one.name, None)[0]]
    assert silent in ([], ["unit"])
