"""The page "Báo cáo" for every kind of paper, and the officer's words beside the preview."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from congdoan_desktop.progress import Progress
from congdoan_desktop.services import narratives, stamped
from congdoan_desktop.ui import printing
from congdoan_desktop.ui.kit.empty import EmptyState
from congdoan_desktop.ui.pages.history import HistoryDialog
from congdoan_desktop.ui.pages.reports import ReportsPage, asked
from congdoan_desktop.ui.pages.reports.statistics_dialog import StatisticsDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import Given
from tests.ui.hands import CONTROL, Click, Press, Show, Type, open_page
from tests.ui.test_reports_page import renewed, text_of


@pytest.fixture
def page(given: Given, show: Show) -> ReportsPage:
    return open_page(ReportsPage, given.context, show)


def choose(page: ReportsPage, runner: TaskRunner, name: str, value: object) -> None:
    """As with keys: the field takes the value and says so."""
    field = page.form.field(name)
    field.set_value(value)
    field.edited.emit()
    page.renew()
    assert runner.wait_idle()


def shown_fields(page: ReportsPage) -> set[str]:
    return {name for name in page.form.values() if page.form.field(name).isVisibleTo(page.form)}


ASKS = (
    (asked.CAMPAIGN, {"campaign", "period", "difficulties", "passage0", "unit", "structure_on"}, {"form", "list"}),
    (asked.GENERAL, {"period", "difficulties", "passage0", "authority"}, {"campaign", "form", "package"}),
    (asked.STATISTICS, {"form", "period"}, {"campaign", "starts", "signer", "difficulties", "passage0"}),
    (asked.LIST, {"list", "campaign", "starts", "signer"}, {"recipients", "difficulties", "passage0"}),
    (asked.PLAN, {"campaign"}, {"period", "signer", "passage0"}),
    (asked.SENT, {"package"}, {"campaign", "period", "passage0"}),
)
SAYS = {asked.GENERAL: "Kết quả hoạt động công đoàn", asked.STATISTICS: "HĐCĐ", asked.LIST: "DANH SÁCH"}


def test_each_kind_asks_for_what_it_needs_and_is_seen_at_once(page: ReportsPage, runner: TaskRunner) -> None:
    for kind, asks, not_asked in ASKS:
        choose(page, runner, "kind", kind)
        assert asks <= shown_fields(page), kind
        assert not not_asked & shown_fields(page), kind
        if kind in SAYS:
            assert page.shown is not None
            assert SAYS[kind] in text_of(page.shown.pdf)
            assert page.shown.endings == {".pdf", ".docx", ".xlsx"}
            assert page._print.isEnabled()
            assert not page._pack.isEnabled()


def test_another_unions_plan_says_why_it_is_not_printed_here(page: ReportsPage, runner: TaskRunner) -> None:
    choose(page, runner, "kind", asked.PLAN)
    if page.shown is None:
        assert "công đoàn khác ban hành" in page.banner.accessibleName()
        assert not page._print.isEnabled()
    else:
        assert "KẾ HOẠCH" in text_of(page.shown.pdf)


def test_a_list_over_all_plans_and_of_one_unit(page: ReportsPage, runner: TaskRunner) -> None:
    choose(page, runner, "kind", asked.LIST)
    choose(page, runner, "campaign", "all")
    choose(page, runner, "list", "activities")
    choose(page, runner, "period", "year")
    assert page.shown is not None
    whole = text_of(page.shown.pdf)
    unit, name = next((id_, shown) for id_, shown in page._found.choices.units[1:])  # type: ignore[union-attr]
    choose(page, runner, "unit", unit)
    assert page.shown is not None
    narrowed = text_of(page.shown.pdf)
    assert name.split()[-1] in narrowed
    assert len(narrowed) <= len(whole) + 200


def test_one_union_alone_is_reported_and_not_packed(page: ReportsPage, runner: TaskRunner) -> None:
    assert page._found is not None
    unit, name = page._found.choices.units[1]
    choose(page, runner, "unit", unit)
    page.renew()
    assert runner.wait_idle()
    assert page.shown is not None
    assert page.shown.request is not None
    assert page.shown.request.unit == unit
    assert name.split()[-1] in text_of(page.shown.pdf)
    page._upper = "province"
    page._allow(True)
    assert not page._pack.isEnabled()
    assert "toàn đơn vị" in page._pack.toolTip()


def test_words_are_saved_for_the_period_and_offered_to_the_next(
    page: ReportsPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type, click: Click
) -> None:
    choose(page, runner, "period", "phase0")
    page.renew()
    assert runner.wait_idle()
    page.form.go_to("passage0")
    type_keys("Ba<ữa co<ơm a<ấm a<áp")
    page.form.go_to("next_period")
    type_keys("Gia<ải ca<ầu lo<ông")
    assert "PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI" in text_of(renewed(page, runner))
    click(page.options.save_words)
    assert runner.wait_idle()
    assert page.banner.text().startswith("Đã lưu lời văn")
    assert not page.words.touched
    about = page.form.about()
    kept = entry_office.ask(runner, lambda: narratives.look(given.office, about.campaign, about.starts, about.ends))
    assert kept.record is not None
    choose(page, runner, "period", "whole")
    page.renew()
    assert runner.wait_idle()
    assert page.form.field("passage0").value() is None
    press(Qt.Key.Key_D, CONTROL)
    assert page.form.field("passage0").value() == kept.narrative.passages[0].text
    assert page.form.field("next_period").value() == kept.narrative.next_period
    assert page.words.touched


def test_words_not_saved_wait_for_their_period(page: ReportsPage, given: Given, runner: TaskRunner, show: Show) -> None:
    page.form.field("difficulties").set_value("Mưa lớn.")
    page.form.field("difficulties").edited.emit()
    choose(page, runner, "period", "phase0")
    page.renew()
    assert runner.wait_idle()
    assert page.form.field("difficulties").value() is None
    again = open_page(ReportsPage, given.context, show)
    assert again.form.field("difficulties").value() == "Mưa lớn."


def test_a_title_that_does_not_go_with_the_authority_is_said(page: ReportsPage, runner: TaskRunner) -> None:
    page.form.go_to("authority")
    choose(page, runner, "authority", "KT. CHỦ TỊCH")
    page.form.field("signer_title").set_value("Chủ tịch")
    page.form.go_to("signer_title")
    page.form.go_to("signer")
    assert "KT." in page.form.field("signer_title").finding_text()
    assert page.form.is_ready()


def test_a_sent_report_is_the_stamped_one(
    page: ReportsPage, given: Given, runner: TaskRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page.form.kind_field.set_value(asked.SENT)
    page.form.kind_field.edited.emit()
    assert runner.wait_idle()
    assert not page.paper.isVisible()
    assert [one.accessibleName() for one in page.findChildren(EmptyState) if one.isVisible()] == [
        "Chưa có báo cáo nào gửi từ máy này. Chọn loại báo cáo khác, xem lại rồi bấm “Đóng gói để gửi”."
    ]
    choose(page, runner, "kind", asked.CAMPAIGN)
    assert page.paper.isVisible()
    one = stamped.Stamped("p" * 64, "đợt 1", given.campaign, "2024-04-15", "2024-07-31", "2024-07-29", 3)
    assert page.shown is not None
    original = page.shown.pdf
    monkeypatch.setattr(stamped, "listing", lambda office: [one])
    monkeypatch.setattr(stamped, "pdf", lambda office, package: original)
    page._load()
    assert runner.wait_idle()
    assert page.shown is not None
    assert "đã gửi báo cáo (gói số 3)" in page.shown.checks[0].sentence
    choose(page, runner, "kind", asked.SENT)
    assert page.shown is not None
    assert page.shown.pdf == original
    assert page.shown.title == "đợt 1, gói số 3 ngày 29/07/2024"
    assert not page._word.isEnabled()
    page.save_word()
    assert not isinstance(QApplication.activeModalWidget(), QFileDialog)
    page.save_pdf()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QFileDialog)
    box.fileSelected.emit(str(tmp_path / "goc.pdf"))
    box.reject()
    assert runner.wait_idle()
    assert (tmp_path / "goc.pdf").read_bytes() == original


def test_the_days_of_another_structure_are_printed_as_asked(page: ReportsPage, runner: TaskRunner) -> None:
    page.form.field("structure_on").set_value(date(2024, 5, 1))
    page.renew()
    assert runner.wait_idle()
    assert page.shown is not None
    assert page.shown.prepared is not None
    assert page.shown.prepared.document["structure_date"] == "2024-05-01"


def test_an_annex_on_its_side_is_printed_on_a_sheet_on_its_side(page: ReportsPage, tmp_path: Path) -> None:
    assert page.shown is not None
    wide = [shape < 1 for shape in page.shown.shapes]
    assert sum(wide) == 1
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    printer.setResolution(75)
    printing.send(page.shown.pdf, printer, Progress())
    document = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    sizes = [document.get_page_size(at) for at in range(len(document))]
    annex = wide.index(True)
    ink = document[annex].render(scale=0.3).to_pil().convert("L").point(lambda tone: 255 - tone).getbbox()
    document.close()
    assert [width > height for width, height in sizes] == wide
    assert ink is not None
    assert ink[2] > 0.9 * 0.3 * sizes[annex][0]


def test_a_form_leads_to_its_figures_and_follows_them(page: ReportsPage, runner: TaskRunner, click: Click) -> None:
    choose(page, runner, "kind", asked.STATISTICS)
    assert not page.options.save_words.isVisible()
    click(page.options.fill_in)
    assert runner.wait_idle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, StatisticsDialog)
    assert dialog.filled is not None
    row = next(row for row in dialog.filled.form.rows if not row.computed and row.code not in dialog.filled.known)
    dialog.rows.field(row.code).set_value(98_765)
    dialog.save()
    assert runner.wait_idle()
    dialog.reject()
    assert page.shown is not None
    assert "98.765" in text_of(page.shown.pdf)
    choose(page, runner, "kind", asked.CAMPAIGN)
    assert page.options.save_words.isVisible()


def test_an_earlier_version_of_the_words_comes_back(page: ReportsPage, runner: TaskRunner, press: Press) -> None:
    page.words.show_history()
    assert "chưa được lưu" in page.banner.accessibleName()
    for words in ("Mưa lớn.", "Đường xa."):
        page.form.field("difficulties").set_value(words)
        page.form.field("difficulties").edited.emit()
        page.words.save()
        assert runner.wait_idle()
    press(Qt.Key.Key_H, CONTROL)
    assert runner.wait_idle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HistoryDialog)
    assert [version.verb for version in dialog._shown_versions] == ["Sửa", "Ghi mới"]
    dialog.versions.table.select_id(dialog._shown_versions[1].hash)
    dialog._restore()
    assert runner.wait_idle()
    assert page.form.field("difficulties").value() == "Mưa lớn."
    assert page.shown is not None
    assert "Mưa lớn." in text_of(page.shown.pdf)
