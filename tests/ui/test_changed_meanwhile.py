"""A record that another one writes while it is open: nothing is written over unseen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from congdoan_desktop.services import activities, drafts
from congdoan_desktop.services.activities import ActivityRow
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import Given
from tests.ui.hands import CONTROL, Press, Show, Type, open_page


@pytest.fixture
def page(given: Given, show: Show) -> ActivitiesPage:
    return open_page(ActivitiesPage, given.context, show)


def now(given: Given, runner: TaskRunner, id_: str) -> ActivityRow:
    rows: list[ActivityRow] = entry_office.ask(runner, lambda: activities.listing(given.office))
    return next(row for row in rows if row.id == id_)


def opened(page: ActivitiesPage, runner: TaskRunner) -> str:
    page.table.selectRow(0)
    assert runner.wait_idle()
    assert page.editor.record
    return page.editor.record


def write_meanwhile(given: Given, runner: TaskRunner, id_: str, participants: int) -> None:
    """As an import does."""
    changed = replace(now(given, runner, id_).activity, participants=participants, women=0)
    given.context.runner.save(lambda: activities.edit(given.office, id_, changed), changes=frozenset({"activity"}))
    assert runner.wait_idle()


def shown(page: ActivitiesPage) -> object:
    return page.form.field("participants").value()


def type_participants(page: ActivitiesPage, type_keys: Type, number: str) -> None:
    page.form.go_to("participants", Qt.FocusReason.TabFocusReason)
    type_keys(number)


def refuse_to_write_over(page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press, id_: str) -> None:
    """Saving the 77 typed says what happened; form and record stay as they are."""
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert "đã thay đổi từ lúc mở" in page.editor.banner.text()
    assert (shown(page), now(given, runner, id_).activity.participants) == (77, 999)


def test_a_form_that_nobody_touched_shows_the_new_version(
    page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press
) -> None:
    id_ = opened(page, runner)
    write_meanwhile(given, runner, id_, 999)
    assert (page.editor.record, shown(page)) == (id_, 999)
    page.form.go_to("note")
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert now(given, runner, id_).activity.participants == 999


def test_what_was_typed_is_not_written_over_the_new_version_unseen(
    page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    id_ = opened(page, runner)
    type_participants(page, type_keys, "77")
    write_meanwhile(given, runner, id_, 999)
    assert shown(page) == 77
    refuse_to_write_over(page, given, runner, press, id_)
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    assert now(given, runner, id_).activity.participants == 77


def test_a_draft_is_built_on_the_version_it_was_begun_with(
    page: ActivitiesPage, given: Given, runner: TaskRunner, press: Press, type_keys: Type
) -> None:
    id_ = opened(page, runner)
    type_participants(page, type_keys, "77")
    page.editor.close_asked.emit()
    assert drafts.find(given.office, "activity", id_) is not None
    write_meanwhile(given, runner, id_, 999)
    assert opened(page, runner) == id_
    assert shown(page) == 77
    page.form.go_to("participants")
    refuse_to_write_over(page, given, runner, press, id_)
