"""The page "Báo cáo", driven with keys and mouse over a real office."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.attachments import PHOTO
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import activities, attachments, outgoing, units
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui import printing
from congdoan_desktop.ui.pages.reports import ReportsPage
from congdoan_desktop.ui.pages.reports.pack_dialog import PackDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.pictures.photos import photo
from tests.ui import entry_office
from tests.ui.entry_office import Given
from tests.ui.hands import CONTROL, Click, Press, Show, Type, open_page


@pytest.fixture
def page(given: Given, show: Show) -> ReportsPage:
    return open_page(ReportsPage, given.context, show)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


def renewed(page: ReportsPage, runner: TaskRunner) -> bytes:
    """The pages after what was typed just now."""
    page.renew()
    assert runner.wait_idle()
    assert page.shown is not None
    return page.shown.pdf


def test_the_running_campaign_is_reported_on_at_once(page: ReportsPage, given: Given) -> None:
    assert page.shown is not None
    request = page.shown.request
    assert request is not None
    assert (request.campaign, request.starts, request.ends) == (given.campaign, date(2024, 4, 15), date(2024, 7, 31))
    assert (request.signer_name, request.signer_title) == ("Lò Thị Hoa", "Phó Chủ tịch")
    assert page.paper.number.maximum() == page.shown.pages >= 2
    assert "39/KH-LĐLĐ" in text_of(page.shown.pdf)


def test_what_lacks_is_said_before_printing(page: ReportsPage) -> None:
    said = [line.text() for line in page.options.findChildren(QLabel) if line.text().endswith(".")]
    assert "1/8 CĐCS chưa có số liệu; báo cáo có ghi rõ." in said
    assert "Chưa có số văn bản: để trống cho văn thư điền." in said
    assert said[-1] == "Số ở các bảng khớp nhau."


def test_the_pages_are_drawn_beside_the_window_and_painted(page: ReportsPage, runner: TaskRunner) -> None:
    page.paper.grab()
    assert runner.wait_idle()
    picture = page.paper.grab().toImage()
    inks = {picture.pixelColor(x, y).value() < 90 for x in range(100, 500, 3) for y in range(100, 400, 2)}
    assert inks == {True, False}


def test_a_phase_fills_days_and_name(page: ReportsPage, runner: TaskRunner, press: Press) -> None:
    page.form.go_to("period")
    press(Qt.Key.Key_Down)
    assert runner.wait_idle()
    assert page.form.field("starts").value() == date(2024, 7, 22)
    assert page.form.field("period_name").value() == "“Tuần Bữa cơm Công đoàn”"
    assert "Tuần Bữa cơm Công đoàn" in text_of(renewed(page, runner))


def test_a_review_of_what_was_done_so_far_and_of_the_whole(
    page: ReportsPage, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    assert {key: period.name for key, period in page.form._periods.items() if key in {"so_far", "closing"}} == {
        "so_far": "sơ kết", "closing": "tổng kết",
    }  # fmt: skip
    page.form.field("period").set_value("closing")
    page.form.field("period").edited.emit()
    said = text_of(renewed(page, runner))
    assert "Tổng kết thực hiện Kế hoạch" in said
    assert "Bảng 1. Kết quả thực hiện chỉ tiêu từ ngày 15/4/2024 đến ngày 31/7/2024" in said
    page.form.go_to("ends")
    press(Qt.Key.Key_A, CONTROL)
    type_keys("25/7/2024")
    press(Qt.Key.Key_Return)
    assert page.form.field("period_name").value() == "tổng kết", "other days make it no other report"
    page.form.field("period").set_value("free")
    page.form.field("period").edited.emit()
    assert page.form.field("period_name").value() == "từ ngày 15/4/2024 đến ngày 25/7/2024"


def test_periods_that_have_ended_are_offered_while_the_plan_runs(page: ReportsPage) -> None:
    """Reports are written after their period; one that ended before the plan began is none of it."""
    names = {key: period.name for key, period in page.form._periods.items() if key.startswith("last_")}
    assert names["last_quarter"] == "quý II năm 2024"
    assert names["last_half"] == "6 tháng đầu năm 2024"
    assert "last_year" not in names


def test_typed_days_make_a_free_period(page: ReportsPage, runner: TaskRunner, press: Press, type_keys: Type) -> None:
    page.form.go_to("ends")
    press(Qt.Key.Key_A, CONTROL)
    type_keys("25/7/2024")
    press(Qt.Key.Key_Return)
    assert page.form.field("period").value() == "free"
    assert page.form.field("period_name").value() == "từ ngày 15/4/2024 đến ngày 25/7/2024"
    assert "đến ngày 25/7/2024" in text_of(renewed(page, runner))


def test_days_the_wrong_way_round_make_no_report(page: ReportsPage, press: Press, type_keys: Type) -> None:
    page.form.go_to("ends")
    press(Qt.Key.Key_A, CONTROL)
    type_keys("1/4/2024")
    press(Qt.Key.Key_Return)
    assert "trước ngày đầu" in page.form.field("ends").finding_text()
    page.renew()
    assert page.shown is None
    assert not page._print.isEnabled()


def test_the_officers_words_are_printed_and_kept_for_the_campaign(
    page: ReportsPage, given: Given, runner: TaskRunner, type_keys: Type, qtbot: QtBot, show: Show
) -> None:
    page.form.go_to("difficulties")
    type_keys("Địa ba<à<àn ro<ộng")
    qtbot.waitUntil(lambda: page.shown is not None and "Địa bàn rộng" in text_of(page.shown.pdf), timeout=3000)
    qtbot.waitUntil(lambda: not page._draft_timer.waiting, timeout=2000)
    again = ReportsPage(given.context)
    show(again)
    assert runner.wait_idle()
    assert again.form.field("difficulties").value() == "Địa bàn rộng"


def test_every_text_field_takes_unikey(page: ReportsPage, type_keys: Type, runner: TaskRunner) -> None:
    fields = entry_office.text_fields(page.form)
    assert set(fields) >= {"period_name", "signer", "signer_title", "recipients", "difficulties", "proposals", "starts"}
    for name, field in fields.items():
        field.set_raw("")
        page.form.go_to(name)
        type_keys("Đu<uo<ơ<ờng 5<6")
        assert entry_office.text_of(field) == "Đuờng 6", name
        assert entry_office.caret_of(field) == len("Đuờng 6"), name
    assert runner.wait_idle()


def test_the_pdf_is_saved_where_the_officer_says(
    page: ReportsPage, runner: TaskRunner, press: Press, tmp_path: Path, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, QFileDialog)
    proposed = Path(asked.selectedFiles()[0]).name
    assert proposed == "bao-cao-39-kh-ldld-2024-07-31.pdf"
    line = asked.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setText(str(tmp_path / "bao-cao.pdf"))
    QWidget.activateWindow(asked)
    qtbot.waitUntil(asked.isActiveWindow)
    press(Qt.Key.Key_Return, on=line)
    assert runner.wait_idle()
    assert page.shown is not None
    assert (tmp_path / "bao-cao.pdf").read_bytes() == page.shown.pdf
    assert page.banner.text().startswith("Đã lưu bao-cao.pdf.")


def into_a_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setFullPage(True)
    printer.setResolution(150)
    return printer


def test_only_the_pages_asked_for_are_printed(page: ReportsPage, tmp_path: Path) -> None:
    assert page.shown is not None
    assert page.shown.pages > 2
    printer = into_a_file(tmp_path / "printed.pdf")
    printer.setFromTo(2, 3)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printing.send(page.shown.pdf, printer, Progress())
    with closing(pypdfium2.PdfDocument(tmp_path / "printed.pdf")) as document:
        sizes = [document.get_page_size(at) for at in range(len(document))]
    assert [width > height for width, height in sizes] == [shape < 1 for shape in page.shown.shapes[1:3]]


def test_what_is_printed_has_all_pages_in_their_size(page: ReportsPage, tmp_path: Path) -> None:
    assert page.shown is not None
    printer = into_a_file(tmp_path / "printed.pdf")
    printing.send(page.shown.pdf, printer, Progress())
    document = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(document) == page.shown.pages
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    ink = document[0].render(scale=0.5).to_pil().convert("L").getextrema()
    document.close()
    assert ink[0] < 100 < ink[1]


def test_without_an_upper_union_nothing_can_be_packed(page: ReportsPage) -> None:
    assert not page._pack.isEnabled()
    assert "Gửi – nhận" in page._pack.toolTip()


def test_packing_asks_first_and_leads_to_the_handoff(
    page: ReportsPage, given: Given, runner: TaskRunner, click: Click, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    class Made:
        package_id = "package-1"

    def make(office: object, request: object, receiver: str, pictures: tuple[str, ...]) -> tuple[Made, None]:
        asked.append((request, receiver, pictures))
        return Made(), None

    def attach() -> None:
        (held, *_) = activities.listing(given.office)
        attachments.attach(given.office, "activity", [held.id], [photo(90, 60)], PHOTO)

    entry_office.ask(runner, attach)

    monkeypatch.setattr(units, "upper", lambda office: "province")
    monkeypatch.setattr(outgoing, "make_report", make)
    page._load()
    assert runner.wait_idle()
    assert page.shown is not None
    click(page._pack)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PackDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PackDialog)
    assert asked == []
    qtbot.waitUntil(lambda: bool(dialog.boxes))
    assert [box.isChecked() for box in dialog.boxes.values()] == [False]
    assert dialog.boxes[PHOTO].text().startswith("Kèm ảnh: 1 ảnh, ")
    click(dialog.boxes[PHOTO])
    click(dialog.yes)
    assert runner.wait_idle()
    assert asked == [(page.shown.request, "province", (PHOTO,))]
    assert given.went == [("handoff", "package-1")]


def test_without_a_campaign_the_page_says_what_to_do(
    tmp_path: Path, cheap_kdf: KdfCost, runner: TaskRunner, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = entry_office.found(tmp_path / "union", cheap_kdf, empty=True)
    given = entry_office.open_in(runner, tmp_path / "union", campaign)
    monkeypatch.setattr("congdoan_desktop.services.campaigns.listing", lambda office: [])
    page = ReportsPage(given.context)
    show(page)
    assert runner.wait_idle()
    assert page._nothing["campaign"].isVisible()
    assert not page._print.isEnabled()
    page.form.kind_field.set_value("general")
    page.form.kind_field.edited.emit()
    assert runner.wait_idle()
    assert page.paper.isVisible()
    assert page.shown is not None
    assert "hoạt động công đoàn" in text_of(page.shown.pdf)
    runner.run(given.office.close)
    runner.wait_idle()


def test_tables_are_saved_as_excel_and_a_letter_to_nobody_is_no_letter(
    page: ReportsPage, runner: TaskRunner, click: Click, qtbot: QtBot, tmp_path: Path
) -> None:
    click(page._excel)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, QFileDialog)
    assert Path(asked.selectedFiles()[0]).name == "bao-cao-39-kh-ldld-2024-07-31.xlsx"
    asked.fileSelected.emit(str(tmp_path / "bang.xlsx"))
    asked.reject()
    assert runner.wait_idle()
    assert (tmp_path / "bang.xlsx").read_bytes().startswith(b"PK")
    click(page._remind)
    assert runner.wait_idle()
    assert "Không có đơn vị nào gửi báo cáo về đây." in page.banner.accessibleName()
