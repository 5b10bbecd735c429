"""Return, resubmission and lock in real windows: the reviewer's dialog, and the list of faults at the unit."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.clock import FixedClock
from congdoan_desktop.domain.reviews import RETURNED, Fault, Review
from congdoan_desktop.errors import AppError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import incoming, mailbox, outgoing, returned, reviews
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.services.reviews import Asked, Look, Subject
from congdoan_desktop.services.stick import find_packages
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.pages.handoff.review_dialog import ReviewDialog
from tests.services.conftest import grassroots
from tests.ui import test_handoff_page as two_offices
from tests.ui.test_handoff_page import NOW, Side, enrol, hand_down, report_up

stick, sides = two_offices.stick, two_offices.sides


def begun(sides: tuple[Side, Side]) -> str:
    """Both enrolled, the plan down, one report up and imported; the campaign."""
    province, union = sides
    enrol(province, union)
    campaign = hand_down(province, union)
    report_up(union, campaign)
    province.seen()
    province.click("import")
    return campaign


def review(province: Side, seq: int = 1) -> ReviewDialog:
    province.turn("inbox")
    rows = [row for row in province.page.inbox.got.table.rows.rows() if isinstance(row, dict)]
    row = next(row for row in rows if (row["kind_name"], row["seq"]) == ("Báo cáo", seq))
    province.page.inbox.got.table.action_clicked.emit(row, "review_action")
    province.settle()
    dialog = province.page.window().findChildren(ReviewDialog)[-1]
    assert isinstance(dialog, ReviewDialog)
    return dialog


def report_again(office: Office, campaign: str) -> None:
    month = date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 21)
    request = ReportRequest(campaign, "tháng 11/2026", *month, "Phó Chủ tịch", "Lò Văn Mẫu")
    assert office.trust is not None
    outgoing.make_report(office, request, office.trust.root_unit)


def press(side: Side, within: QWidget, name: str) -> None:
    button = within.findChild(Button, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    side.settle()


def carried_home(province: Side, union: Side) -> None:
    province.send_all()
    union.seen()
    union.click("import")


def test_what_goes_back_opens_at_its_fault(sides: tuple[Side, Side]) -> None:
    province, union = sides
    campaign = begun(sides)
    dialog = review(province)
    press(province, dialog, "addFault")
    assert dialog.subject.findings() != ()
    subject = next(value for value in dialog.subject._values if isinstance(value, Subject) and value.type == "unit")
    dialog.subject.set_value(subject)
    dialog.subject.edited.emit()
    dialog.cell.set_value("Tên đơn vị")
    dialog.message.set_value("Ghi lại tên đơn vị")
    press(province, dialog, "addFault")
    press(province, dialog, "sendBack")
    assert dialog.isVisible(), "without a deadline nothing goes back"
    dialog.form.field("deadline").set_raw("30/11/2026")
    press(province, dialog, "sendBack")
    assert province.page.banner.text().startswith("Đã trả lại")

    carried_home(province, union)
    union.turn("outbox")
    part = union.page.outbox.returned
    (row,) = [row for row in part.list.table.rows.rows() if isinstance(row, dict)]
    assert (row["message"], row["open"]) == ("Ghi lại tên đơn vị", "Mở")
    assert row["about"].endswith(", Tên đơn vị")
    assert part.isVisibleTo(union.page)
    part.list.table.action_clicked.emit(row, "open")
    assert union.went == [("units", subject.record)]

    union.ask(report_again, campaign)
    assert union.ask(returned.listing) == []


def test_a_locked_period_is_opened_again_only_with_a_reason(sides: tuple[Side, Side]) -> None:
    province, union = sides
    begun(sides)
    press(province, review(province), "approve")
    carried_home(province, union)
    union.turn("outbox")
    rows = [row for row in union.page.outbox.list.table.rows.rows() if isinstance(row, dict)]
    assert [row["chip"].word for row in rows if row["kind_name"] == "Báo cáo"] == ["Đã duyệt"]
    dialog = review(province)
    press(province, dialog, "reopen")
    assert dialog.isVisible()
    dialog.form.field("note").set_value("Bổ sung số liệu")
    press(province, dialog, "reopen")
    assert list(province.ask(reviews.standing).values()) == ["reopened"]
    assert [sent.kind for sent in province.ask(mailbox.outbox)].count("receipt") == 2


def test_a_late_correction_is_adjusted_into_the_next_period(sides: tuple[Side, Side]) -> None:
    province, union = sides
    campaign = begun(sides)
    press(province, review(province), "approve")
    union.ask(lambda office: grassroots(office, "CĐCS Mới", "CDCS-MOI"))  # the locked report did not know it
    union.ask(report_again, campaign)
    union.page.sending.reload()
    union.settle()
    union.send_all()
    province.seen()
    province.click("import")
    dialog = review(province, 2)
    assert dialog._look.late
    press(province, dialog, "adjust")
    assert dialog.isVisible(), "without a reason nothing is adjusted"
    dialog.form.field("note").set_value("Nộp bổ sung danh sách CĐCS")
    press(province, dialog, "adjust")
    assert province.page.banner.text().startswith("Đã điều chỉnh số liệu tháng 11/2026 vào kỳ có ngày 01/12/2026")
    again = review(province, 2)
    assert [one.reason for one in again._look.adjusted] == ["Nộp bổ sung danh sách CĐCS"]
    said = [shown.text() for shown in again.findChildren(QLabel)]
    assert "Đã điều chỉnh 1 số vào kỳ có ngày 01/12/2026: Nộp bổ sung danh sách CĐCS" in said
    again.reject()


def test_what_has_no_receipt_shows_its_age_and_is_written_again(sides: tuple[Side, Side], tmp_path: Path) -> None:
    province, union = sides
    enrol(province, union)
    report_up(union, hand_down(province, union))
    union.office.clock = FixedClock(NOW + timedelta(days=12))
    union.turn("outbox")
    union.page.outbox.reload()
    union.settle()
    rows = [row for row in union.page.outbox.list.table.rows.rows() if isinstance(row, dict)]
    assert {row["kind_name"]: row["waiting"] for row in rows} == {"Báo cáo": "12 ngày", "Tệp đăng ký mã": ""}
    (second := tmp_path / "USB-2").mkdir()
    union.plug_in(second)
    union.turn("outbox")
    union.click("writeWaiting")
    union.click("write")
    assert union.page.sending.headline.whole() == "Có thể rút USB"
    assert [path.name.split("-")[0] for path in find_packages(second)] == ["report"]


def test_a_title_of_two_lines_pushes_the_rest_down(qtbot: QtBot) -> None:
    """Qt shows no window higher than two thirds of the screen by itself; lines were laid upon each other then."""
    parent = QWidget()
    qtbot.addWidget(parent)
    long_name = "Công đoàn cơ sở Công ty trách nhiệm hữu hạn một thành viên Chè Nậm Xuân, tỉnh Lai Châu"
    review = Review("u", "o", "c", date(2026, 1, 1), date(2026, 3, 31), "p1", RETURNED, None, "", ())
    asked = Asked(Fault("Thiếu số người dự hội nghị người lao động, đề nghị bổ sung theo danh sách. " * 2), "", True)
    look = Look("p2", long_name, "Kế hoạch", "Quý I/2026", review, False, (), (asked,), ())
    context = cast(Context, None)
    dialog = ReviewDialog(parent, context, look, lambda: date(2026, 4, 2))
    dialog.show()
    qtbot.waitExposed(dialog)
    shown = [item for at in range(dialog.body.count()) if (item := dialog.body.itemAt(at)) is not None]
    tops = [(item.geometry().top(), item.geometry().bottom()) for item in shown if not item.isEmpty()]
    assert all(below[0] > above[1] for above, below in pairwise(tops))
    dialog.close()


def test_packages_taken_in_before_one_that_fails_are_told_of(
    sides: tuple[Side, Side], monkeypatch: pytest.MonkeyPatch
) -> None:
    province, union = sides
    enrol(province, union)
    report_up(union, hand_down(province, union))
    (row,) = (row for row in province.seen() if row.importable)
    results, take = list[ImportResult](), incoming.apply

    def apply(office: Office, path: Path, progress: Progress) -> ImportResult:
        if results:
            raise AppError("Gói thứ hai hỏng.")
        results.append(take(office, path, progress))
        return results[0]

    monkeypatch.setattr(incoming, "apply", apply)
    told: list[frozenset[str]] = []
    province.runner.changed.connect(told.append)
    province.page.inbox._take([row, row])
    province.settle()
    assert "Gói thứ hai hỏng." in province.page.banner.text()
    assert any("unit" in changes for changes in told)
