"""A paper in its window, opened from our own plan: looked at, then saved as PDF and as Word."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from congdoan_desktop.progress import Progress
from congdoan_desktop.services import campaigns, papers
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.task_strip import TaskStrip
from congdoan_desktop.ui.pages.campaigns import CampaignsPage
from congdoan_desktop.ui.pages.paper_dialog import PaperDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.reports.plan_story import campaign
from tests.ui.entry_office import Given, ask, child
from tests.ui.hands import CONTROL, Click, Press, Show, modal, open_page

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def dialog(given: Given, show: Show, click: Click, runner: TaskRunner, qtbot: QtBot) -> PaperDialog:
    saved = ask(runner, lambda: campaigns.add(given.office, campaign()))
    page = open_page(CampaignsPage, given.context, show)
    page.open_object(saved.ids[0])
    assert runner.wait_idle()
    click(child(page, Button, "print_plan"))
    assert runner.wait_idle()
    found: PaperDialog = modal(PaperDialog, qtbot)
    return found


def test_our_plan_is_looked_at(dialog: PaperDialog) -> None:
    assert dialog.windowTitle() == "Kế hoạch 03/KH-CĐX"
    assert dialog.view.total.text() == "/ 2 trang"


@pytest.mark.parametrize(
    ("keys", "ending", "magic"), [(CONTROL, ".pdf", b"%PDF"), (CONTROL | SHIFT, ".docx", b"PK")], ids=["pdf", "word"]
)
def test_it_is_saved_where_the_officer_says(
    dialog: PaperDialog,
    press: Press,
    runner: TaskRunner,
    tmp_path: Path,
    keys: Qt.KeyboardModifier,
    ending: str,
    magic: bytes,
) -> None:
    press(Qt.Key.Key_S, keys, on=dialog)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    assert chooser.selectedFiles()[0].endswith(f"ke-hoach-03-kh-cdx{ending}")
    path = tmp_path / f"ke-hoach{ending}"
    chooser.fileSelected.emit(str(path))
    assert runner.wait_idle()
    assert path.read_bytes().startswith(magic)
    assert dialog.banner.isVisible()


def test_a_long_saving_shows_how_far_it_is_and_can_be_stopped(
    dialog: PaperDialog, runner: TaskRunner, click: Click, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_end(_office: object, _made: object, _path: Path, progress: Progress) -> None:
        for at in itertools.count():
            progress.step(at % 100, 100, "Đang dàn trang")
            time.sleep(0.005)

    monkeypatch.setattr(papers, "save", without_end)
    click(child(dialog, Button, "paper_pdf"))
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(tmp_path / "ke-hoach.pdf"))
    strip = child(dialog, TaskStrip, "taskStrip")
    qtbot.waitUntil(strip.isVisible, timeout=5000)
    assert strip.bar.maximum() == 100
    click(strip.stop)
    assert runner.wait_idle()
    assert not strip.isVisible()
    assert not (tmp_path / "ke-hoach.pdf").exists()
    assert dialog.isVisible()
