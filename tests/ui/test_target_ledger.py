"""From a target's figure to the records behind it and back, by keys, in the real page."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.persons import Training
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.services import support
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.day_chip import DayDialog
from congdoan_desktop.ui.pages.campaigns import CampaignsPage, lines
from congdoan_desktop.ui.pages.campaigns.lines import PERIODS, RECORDS
from congdoan_desktop.ui.pages.units.registry import RegistryPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import SCHOOL, TEA, Given, child
from tests.ui.hands import Click, Press, Show, Type, modal, open_page


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


def test_the_ledger_of_a_day_and_of_one_unit(
    given: Given, show: Show, runner: TaskRunner, click: Click, type_keys: Type, press: Press, qtbot: QtBot
) -> None:
    page = open_page(CampaignsPage, given.context, show)
    page.open_object(given.campaign)
    assert runner.wait_idle()

    def figure() -> tuple[object, ...]:
        row: Any = page.sheet.ledger.targets.table.rows.row(0)
        return row["numerator"], row["denominator"]

    assert figure() == (2, 8)
    click(child(page, FilterChip, "scope_day"))
    dialog = modal(DayDialog, qtbot)
    type_keys("25/7/2024")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert runner.wait_idle()
    assert page.sheet.view is not None
    assert (figure(), page.sheet.view.day) == ((1, 8), date(2024, 7, 25))
    page.sheet.chips.unit.choose(given.units[TEA])
    assert runner.wait_idle()
    assert figure() == (0, 1)
    page.sheet.chips.unit.choose(given.units[SCHOOL])
    assert runner.wait_idle()
    assert figure() == (1, 1)
    click(child(page, FilterChip, "scope_open"))
    assert runner.wait_idle()
    assert page.sheet.ledger.targets.table.selected_row() is None
    target = page.sheet.view.targets[0].sum.target.id
    page.open_object(f"{given.campaign}:{target}")
    assert runner.wait_idle()
    assert figure() == (2, 8)


def test_a_record_behind_a_figure_opens_itself(given: Given, show: Show, runner: TaskRunner) -> None:
    """Ratings, courses and workplaces: the tab with the very record under the cursor, also of another year."""
    made: dict[str, str] = {}

    def enter() -> None:
        person, unit = support.listing(given.office)[0].record.person, given.units[SCHOOL]
        with given.office.write(Right.ENTER) as work:
            made["rating"] = work.put(Rating(unit, 2023, "tot"))
            made["training"] = work.put(Training(unit, person, date(2023, 5, 5), "tinh", 1, "Nghiệp vụ"))
            made["workplace"] = work.put(Workplace(unit, "Công ty A", "doanh_nghiep", "tu_nhan"))

    runner.run(enter)
    page = open_page(RegistryPage, given.context, show)
    seen = {"rating": f"2023:{made['rating']}"}
    for type_, tab in (("rating", "rating"), ("training", "trainings"), ("workplace", "workplaces")):
        where = lines.page_of({"type": type_, "seen_as": seen.get(type_, made[type_])})
        assert where is not None
        page.open_object(where[1])
        assert runner.wait_idle()
        part: Any = page.part(tab)
        assert part.editor.record == made[type_], type_
