"""Biểu thống kê from the page of reports: typed with keys, kept, another period, the paper."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.periods import statistics_half
from congdoan_desktop.services import statistics
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.pages.paper_dialog import PaperDialog
from congdoan_desktop.ui.pages.reports import ReportsPage
from congdoan_desktop.ui.pages.reports.statistics_dialog import StatisticsDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import Given, ask, child
from tests.ui.hands import Click, Press, Show, Type, modal, open_page

HALF = statistics_half(2024, 1)


@pytest.fixture
def dialog(given: Given, show: Show, click: Click, runner: TaskRunner, qtbot: QtBot) -> StatisticsDialog:
    page = open_page(ReportsPage, given.context, show)
    click(child(page, Button, "statistics"))
    found: StatisticsDialog = modal(StatisticsDialog, qtbot)
    assert runner.wait_idle()
    return found


def kept(given: Given, runner: TaskRunner) -> dict[str, int]:
    filled = ask(runner, lambda: statistics.look(given.office, "2-HĐCĐ", HALF))
    return {code: one.numerator for code, one in filled.entered.items()}


def test_ours_is_shown_for_the_period_that_closed_last(dialog: StatisticsDialog) -> None:
    assert dialog.filled is not None
    assert (dialog.filled.form.code, dialog.filled.period) == ("2-HĐCĐ", HALF)
    assert dialog.rows.field("II.1").raw() == ""
    assert dialog.rows.field("II.1").line.placeholderText() == "8"  # type: ignore[attr-defined]


def test_figures_are_typed_and_kept(
    dialog: StatisticsDialog, given: Given, type_keys: Type, press: Press, click: Click, runner: TaskRunner
) -> None:
    press(Qt.Key.Key_End, on=dialog.rows.field("I.2").line)  # type: ignore[attr-defined]
    type_keys("1500")
    click(dialog.save_button)
    assert runner.wait_idle()
    assert kept(given, runner) == {"I.2": 1500}
    assert "Đã lưu" in dialog.banner.accessibleName()
    assert dialog.rows.field("I.2").raw() == "1.500"


def test_another_period_keeps_what_was_typed_and_a_wrong_figure_stays(
    dialog: StatisticsDialog, given: Given, type_keys: Type, press: Press, runner: TaskRunner
) -> None:
    press(Qt.Key.Key_End, on=dialog.rows.field("I.7").line)  # type: ignore[attr-defined]
    type_keys("7")
    year = next(label for label in dialog._periods if label.startswith("năm 2023"))
    dialog.period_field.set_value(year)
    dialog.period_field.edited.emit()
    assert runner.wait_idle()
    assert kept(given, runner) == {"I.7": 7}
    assert dialog.filled is not None
    assert dialog.filled.period.label == year
    press(Qt.Key.Key_End, on=dialog.rows.field("I.7").line)  # type: ignore[attr-defined]
    type_keys("x")
    dialog.save()
    assert runner.wait_idle()
    assert dialog.rows.findings()
    assert kept(given, runner) == {"I.7": 7}


def test_the_paper_has_what_was_typed_just_now(
    dialog: StatisticsDialog, type_keys: Type, press: Press, click: Click, runner: TaskRunner, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_End, on=dialog.rows.field("I.7").line)  # type: ignore[attr-defined]
    type_keys("77")
    click(dialog.look_button)
    assert runner.wait_idle()
    paper: PaperDialog = modal(PaperDialog, qtbot)
    assert paper.windowTitle() == "Mẫu số 2-HĐCĐ, 6 tháng đầu năm 2024"
    assert paper.excel_button.isVisible()
    paper.reject()
