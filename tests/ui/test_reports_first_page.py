"""The page "Báo cáo" shows page 1 while the rest is still drawn, and stays where somebody reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from congdoan_desktop.errors import ValidationError
from congdoan_desktop.services import activities, reporting
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office
from congdoan_desktop.ui.pages.reports import ReportsPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.services.conftest import activity
from tests.ui.entry_office import Given, ask, child
from tests.ui.hands import Show, open_page


class Held:
    """The whole PDF is made only when it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go = Event()
        made = reporting.pdf

        def waiting(*args: Any, **kwargs: Any) -> bytes:
            assert self.go.wait(10)
            return made(*args, **kwargs)

        monkeypatch.setattr(reporting, "pdf", waiting)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    one = Held(monkeypatch)
    yield one
    one.go.set()


def fill(office: Office, campaign: str) -> None:
    """So many kinds of activities that page 1 is full of them."""
    unit = office.identity.unit
    for kind in catalogue().codes("activity_kinds"):
        with suppress(ValidationError):  # a kind that asks for more
            activities.add(office, activity(campaign, kind=kind), (unit,))


def test_page_1_is_in_sight_before_the_rest_is_drawn(
    given: Given, runner: TaskRunner, show: Show, held: Held, qtbot: QtBot
) -> None:
    ask(runner, lambda: fill(given.office, given.campaign))
    page = ReportsPage(given.context)
    show(page)
    qtbot.waitUntil(lambda: page.paper.total.text() == "/ … trang", timeout=10_000)
    assert page.paper.page() == 1
    button = child(page, QPushButton, "print")
    assert not button.isEnabled()
    held.go.set()
    qtbot.waitUntil(button.isEnabled, timeout=10_000)
    assert page.shown is not None
    assert page.paper.number.maximum() == page.shown.pages > 1
    assert runner.wait_idle()


def test_who_reads_further_on_stays_there_while_words_change(given: Given, runner: TaskRunner, show: Show) -> None:
    ask(runner, lambda: fill(given.office, given.campaign))
    page = open_page(ReportsPage, given.context, show)
    page.paper.turn(1)
    page.renew()
    assert runner.wait_idle()
    assert page.paper.page() == 2
    page.form.field("ends").set_value(date(2024, 7, 30))
    page.renew()
    assert runner.wait_idle()
    assert page.paper.page() == 1


def test_the_paper_before_is_not_given_away_while_another_is_made(
    given: Given, runner: TaskRunner, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(ReportsPage, given.context, show)
    buttons = [child(page, QPushButton, name) for name in ("print", "save_pdf", "save_word")]
    assert all(button.isEnabled() for button in buttons)
    held = Held(monkeypatch)
    page.form.field("ends").set_value(date(2024, 7, 20))
    page.form.edited.emit()
    assert not any(button.isEnabled() for button in buttons), "what was typed is not in it"
    qtbot.waitUntil(lambda: page.paper.total.text() == "/ … trang", timeout=10_000)
    assert page.shown is None
    held.go.set()
    qtbot.waitUntil(buttons[0].isEnabled, timeout=10_000)
    assert runner.wait_idle()
