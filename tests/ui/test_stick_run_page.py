"""The one button for a whole stick: preview by unit and kind, the run, one summary; by the page's own controls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from congdoan_desktop.services import mailbox
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.reviews import FigureChange
from congdoan_desktop.services.stick_summary import Summary
from congdoan_desktop.ui.pages.handoff import run_dialogs
from congdoan_desktop.ui.pages.handoff.package_dialog import PackageDialog
from congdoan_desktop.ui.pages.handoff.run_dialogs import SummaryDialog, SurveyDialog
from tests.ui import test_handoff_page as two_offices
from tests.ui.test_handoff_page import Side, enrol, hand_down, report_up

TAKEN = ImportResult("p", "exchange", "u", "CĐX Mường Kim", "Lò Thị Hoa", "", None, None, "x.cdpkg", 3)
stick, sides = two_offices.stick, two_offices.sides


def run(side: Side) -> SummaryDialog:
    side.click("takeAndWrite")
    survey = side.page.window().findChild(SurveyDialog)
    assert survey is not None
    QTest.mouseClick(survey.go, Qt.MouseButton.LeftButton)
    side.settle()
    summaries = side.page.window().findChildren(SummaryDialog)
    return summaries[-1]


def test_one_button_takes_in_answers_and_writes(sides: tuple[Side, Side], stick: Path) -> None:
    province, union = sides
    enrol(province, union)
    report_up(union, hand_down(province, union))
    (stick / "CONGDOAN" / "hong.cdpkg").write_bytes(b"PK")
    province.click("takeAndWrite")
    survey = province.page.window().findChild(SurveyDialog)
    assert survey is not None
    rows = [row for row in survey.groups.table.rows.rows() if isinstance(row, dict)]
    assert ("Công đoàn xã Nậm Mẫu", "Báo cáo", 1) in {(r["sender_name"], r["kind_name"], r["fresh"]) for r in rows}
    assert survey.left.isVisibleTo(survey)
    assert [got.kind for got in province.ask(mailbox.inbox)] == ["enrolment"]
    QTest.mouseClick(survey.go, Qt.MouseButton.LeftButton)
    province.settle()
    summary = province.page.window().findChildren(SummaryDialog)[-1]
    assert summary.windowTitle() == "Có thể rút USB"
    assert summary.lines[0].startswith("Đã nhập 1 gói của 1 đơn vị")
    assert "Đã lập 1 biên nhận." in summary.lines
    assert [row["file_name"] for row in summary.left.table.rows.rows() if isinstance(row, dict)] == ["hong.cdpkg"]
    summary.accept()
    home = run(union)
    assert home.lines[0].startswith("Đã nhập 2 gói")
    assert {sent.state for sent in union.ask(mailbox.outbox) if sent.kind == "report"} == {"received"}


def test_the_summary_says_what_did_not_come_and_what_was_not_written() -> None:
    nothing = Summary((), 0, 0, (), 0, 0, None, stopped=False)
    (said,) = run_dialogs._summary_lines(nothing)
    assert said == "Trên USB không có gói mới gửi cho đơn vị mình."
    names = ("CĐCS A", "CĐCS B", "CĐCS C", "CĐCS D", "CĐCS E", "CĐCS F")
    said = run_dialogs._summary_lines(replace(nothing, waiting=names))[-1]
    assert said.startswith("Chưa ghi gói gửi CĐCS A, CĐCS B, CĐCS C, CĐCS D và 2 đơn vị khác: USB này không có gói nào")
    missed = replace(TAKEN, gaps=(1, 2))
    said = run_dialogs._summary_lines(replace(nothing, taken=(missed,), shared=True))[-1]
    assert said == "CĐX Mường Kim: thiếu gói số 1, 2; đơn vị mình có máy khác, gói ấy có thể đã đến máy đó."


def test_without_a_stick_nothing_begins(sides: tuple[Side, Side]) -> None:
    province, _ = sides
    province.page.stick._path = None
    province.click("takeAndWrite")
    assert province.page.window().findChild(SurveyDialog) is None


def test_saying_no_changes_nothing(sides: tuple[Side, Side]) -> None:
    province, union = sides
    enrol(province, union)
    report_up(union, hand_down(province, union))
    province.click("takeAndWrite")
    survey = province.page.window().findChild(SurveyDialog)
    assert survey is not None
    survey.reject()
    province.settle()
    assert [got.kind for got in province.ask(mailbox.inbox)] == ["enrolment"]


def test_what_viruses_left_is_said_and_a_folder_needs_no_ejection(sides: tuple[Side, Side], stick: Path) -> None:
    _, union = sides
    (stick / "autorun.inf").write_text("[autorun]")
    union.turn("trust")
    union.click("enrol")
    eject = union.page.sending.eject
    assert eject.isHidden()
    union.send_all()
    shown = [one.text() for one in union.page.sending.facts.findChildren(QLabel)]
    assert any("autorun.inf" in text and "vi-rút" in text for text in shown)
    assert not eject.isHidden()
    union.click("eject")
    assert "không phải USB" in union.page.sending.detail.whole()
    assert union.page.sending.headline.whole() == "Có thể rút USB"


def test_a_slow_stick_is_said_to_be_slow(sides: tuple[Side, Side]) -> None:
    _, union = sides
    union.page.sending._slow.timeout.emit()
    assert "ghi chậm" in union.page.sending.detail.whole()


def test_a_bad_copy_is_told_and_written_again(sides: tuple[Side, Side], stick: Path) -> None:
    province, union = sides
    enrol(province, union)
    report_up(union, hand_down(province, union))
    (bad,) = (path for path in (stick / "CONGDOAN").iterdir() if path.name.startswith("report"))
    bad.write_bytes(bad.read_bytes()[:-1])
    province.turn("inbox")
    province.click("lookAtStick")
    notes = {row.sender: row.note for row in province.page.inbox._rows()}
    assert notes["Công đoàn xã Nậm Mẫu"] == "Bản chính trên USB hỏng hoặc mất, đã đọc bản thứ hai"
    summary = run(province)
    assert "1 gói hỏng hoặc mất bản chính, đã đọc từ bản thứ hai trên USB." in summary.lines
    assert "Đã ghi lại bản chính của 1 gói từ bản thứ hai." in summary.lines
    assert bad.read_bytes() == (bad.parent / "BAN-SAO" / bad.name).read_bytes()


def test_a_package_shows_what_it_changes_before_it_is_taken(sides: tuple[Side, Side], stick: Path) -> None:
    province, union = sides
    enrol(province, union)
    report_up(union, hand_down(province, union))
    rows = province.seen()
    province.page.inbox.seen.table.select_id(next(row.id for row in rows if row.kind == "Báo cáo"))
    province.click("openPackage")
    dialog = province.page.window().findChild(PackageDialog)
    assert dialog is not None
    said = [shown.text() for shown in dialog.findChildren(QLabel)]
    assert "Gói đầu tiên của kỳ này:" in said
    assert "Ít nhất 01 hoạt động/CĐCS: 0/1" in said
    long = "Tỷ lệ công đoàn cơ sở tổ chức hoạt động chào mừng cụ thể, thiết thực, hiệu quả trong kỳ báo cáo này"
    dialog.show_changes([FigureChange("t", long, None, (1, 2))] * 6)
    province.settle()
    wrapped = [shown for shown in dialog.findChildren(QLabel) if shown.wordWrap()]
    assert all(shown.height() >= shown.heightForWidth(shown.width()) for shown in wrapped)
    dialog.reject()


def test_a_file_out_of_an_e_mail_is_opened_by_choosing_it(sides: tuple[Side, Side], stick: Path) -> None:
    province, union = sides
    enrol(province, union)
    report_up(union, hand_down(province, union))
    (sent,) = (path for path in (stick / "CONGDOAN").iterdir() if path.name.startswith("report"))
    mailed = stick / sent.name
    (sent.parent / "BAN-SAO" / sent.name).unlink()
    sent.rename(mailed)
    province.turn("inbox")
    province.click("lookAtStick")
    assert not any(row.seen.path == mailed for row in province.page.inbox._rows())
    province.click("openFiles")
    dialog = province.page.window().findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(mailed)])
    dialog.reject()
    province.settle()
    assert [row.state.word for row in province.page.inbox._rows()] == ["Nhập được"]
    province.click("import")
    assert [row.state.word for row in province.page.inbox._rows()] == ["Đã nhập rồi"]
    assert "report" in {got.kind for got in province.ask(mailbox.inbox)}
