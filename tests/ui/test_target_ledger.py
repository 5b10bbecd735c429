"""From a target's figure to the records behind it and back, by keys, in the real page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.campaigns.lines import PERIODS, RECORDS
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import SCHOOL, Given
from tests.ui.hands import Press, Show, open_page


def test_from_a_figure_to_its_records_and_back(given: Given, show: Show, runner: TaskRunner, press: Press) -> None:
    page = open_page(CampaignsPage, given.context, show)
    page.open_object(given.campaign)
    assert runner.wait_idle()
    ledger = page.sheet.ledger
    ledger.tabs.setCurrentIndex(1)
    reached = ledger.units.grassroots.table
    assert reached.select_id(given.units[SCHOOL])
    press(Qt.Key.Key_Return, on=reached)
    assert runner.wait_idle()
    records = ledger.units.tables[RECORDS].table
    assert ledger.units.currentWidget() is ledger.units.tables[RECORDS]
    row: Any = records.rows.row(0)
    assert row["text"] == "Thể thao · 48 người"
    assert "cầu lông" not in str(row)
    press(Qt.Key.Key_Return, on=records)
    assert given.went == [("activities", row["id"])]
    press(Qt.Key.Key_Escape, on=records)
    assert page.currentWidget() is page.sheet
    assert (ledger.tabs.currentIndex(), ledger.units.currentWidget()) == (1, ledger.units.grassroots)
    press(Qt.Key.Key_Escape, on=reached)
    assert page.currentWidget() is page.list


def test_the_periods_are_read_when_they_are_asked_for(given: Given, show: Show, runner: TaskRunner) -> None:
    page = open_page(CampaignsPage, given.context, show)
    page.open_object(given.campaign)
    assert runner.wait_idle()
    ledger = page.sheet.ledger
    assert ledger.units.tables[PERIODS].table.rows.rowCount() == 0
    ledger.tabs.setCurrentIndex(ledger.tabs.count() - 1)
    assert runner.wait_idle()
    rows: Any = ledger.units.tables[PERIODS].table.rows.rows()
    assert [row["added"] for row in rows] == [0, 0, 0, 2]
    assert rows[-1]["count"] == "2/8"
