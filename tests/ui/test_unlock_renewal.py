"""The unlock window while an update's tables are computed: how far it is, in Vietnamese, and a way out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from congdoan_desktop.clock import VIETNAM, FixedClock
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import opening
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui.application import Program
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.unlock import UnlockWindow
from tests import old_office


@pytest.fixture
def program(tmp_path: Path, cheap_kdf: KdfCost, qtbot: QtBot) -> Iterator[Program]:
    old_office.lay_out(tmp_path, cheap_kdf)
    running = Program(tmp_path, FixedClock(datetime(2026, 11, 20, 8, 0, tzinfo=VIETNAM)), cheap_kdf)
    running.start()
    yield running
    if running.window is not None:
        running.window.close()
    running.shutdown()


def enter(program: Program) -> UnlockWindow:
    window = program.window
    assert isinstance(window, UnlockWindow)
    field = window.form.field("passphrase")
    field.set_value(old_office.PASSPHRASE)
    QTest.keyClick(field.control, Qt.Key.Key_Return)
    return window


def said(window: UnlockWindow) -> str:
    found = window.findChild(QLabel, "renewal")
    return found.text() if found is not None else ""


def test_an_old_office_opens_into_its_window(program: Program, qtbot: QtBot) -> None:
    steps: list[tuple[int, int]] = []
    program.runner.progressed.connect(lambda done, total, _text: steps.append((done, total)))
    enter(program)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
    assert steps
    qtbot.waitUntil(lambda: program.runner.idle, timeout=20_000)


def test_who_stops_it_leaves_everything_as_it_was(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def endless(_work: object, progress: Progress) -> None:
        while True:
            progress.step(12_000, 53_000, "")
            time.sleep(0.01)

    monkeypatch.setattr(opening, "renew", endless)
    before = old_office.projection_version(tmp_path)
    window = enter(program)
    qtbot.waitUntil(lambda: said(window).endswith("12.000/53.000"), timeout=20_000)
    assert said(window) == "Đang sắp xếp lại dữ liệu sau khi cập nhật… 12.000/53.000"
    assert window.renewal.isVisible()
    assert not window.form.isVisible()
    assert not window.renewal.stop.hasFocus(), "a key that comes too late must not stop it"
    QTest.mouseClick(window.renewal.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: program.runner.idle, timeout=20_000)
    assert old_office.projection_version(tmp_path) == before
    monkeypatch.undo()
    officer = str(window.form.values()["officer"])
    opening.unlock(tmp_path, officer, old_office.PASSPHRASE).close()
