"""Catalogues from above are chosen from at once: pages built before are built anew, and nothing typed goes."""

from __future__ import annotations

from pathlib import Path

from congdoan_desktop.services import shared_files
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.services.test_shared_files import CAMP
from tests.ui.entry_office import Given

NAME = "Hội trại thanh niên công nhân"


def given_down(given: Given, runner: TaskRunner, file: Path) -> None:
    """As an import does it: on the worker, and said to all pages."""
    file.write_text(CAMP, "utf-8")
    runner.run(lambda: shared_files.add(given.office, file), changes=frozenset({"shared_file"}))
    assert runner.wait_idle()
    assert NAME in {one.name for one in catalogue().entries("activity_kinds")}


def activities(window: MainWindow, runner: TaskRunner) -> ActivitiesPage:
    page = window.show_page("activities")
    assert isinstance(page, ActivitiesPage)
    assert runner.wait_idle()
    return page


def knows(page: ActivitiesPage) -> bool:
    """Whether the form lets choose what came."""
    field = page.editor.form.field("kind")
    field.set_value("hoi_trai")
    return field.value() == "hoi_trai"


def test_a_page_opened_before_offers_what_came(
    window: MainWindow, given: Given, runner: TaskRunner, tmp_path: Path
) -> None:
    before = activities(window, runner)
    before.open_new()
    assert runner.wait_idle()
    assert not knows(before)
    before.editor.form.set_raw({"title": "Hội trại ở Mường Kim"})
    before.editor.form.edited.emit()
    home = window.show_page("home")
    given_down(given, runner, tmp_path / "activity_kinds.toml")
    assert window.show_page("home") is home
    after = activities(window, runner)
    assert after is not before
    after.open_new()
    assert runner.wait_idle()
    assert after.editor.form.raw()["title"] == "Hội trại ở Mường Kim"
    assert knows(after)
    window.show_page("home")
    assert activities(window, runner) is after


def test_a_plan_that_is_being_written_is_left_alone(
    window: MainWindow, given: Given, runner: TaskRunner, tmp_path: Path
) -> None:
    page = window.show_page("campaigns")
    assert isinstance(page, CampaignsPage)
    assert runner.wait_idle()
    page.open_new()
    assert runner.wait_idle()
    window.show_page("home")
    given_down(given, runner, tmp_path / "activity_kinds.toml")
    assert window.show_page("campaigns") is page
    page.show_list()
    window.show_page("home")
    assert window.show_page("campaigns") is not page
    assert runner.wait_idle()


def test_without_other_catalogues_pages_stay(window: MainWindow, runner: TaskRunner) -> None:
    page = activities(window, runner)
    window.show_page("home")
    runner.run(lambda: None, changes=frozenset({"shared_file", "package"}))
    assert runner.wait_idle()
    assert activities(window, runner) is page
