"""The window is killed while somebody types: at most two seconds of typing are lost, and the rest is offered again."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from congdoan_desktop.clock import Clock
from congdoan_desktop.services import drafts
from congdoan_desktop.ui.application import Program
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.pages.entry.page import EntryPage
from congdoan_desktop.ui.unlock import UnlockWindow
from tests.durability import typist
from tests.services.conftest import PASSPHRASE, grassroots, unlocked

LOST_AT_MOST_S = 2.0
AT_ONCE = 2
FORMS = (("activities", "title", "activity"), ("activities", "note", "activity"), ("support", "note", "support"))
"""(page, field typed into, form of the draft)"""


@dataclass(frozen=True)
class Typed:
    """What the killed window had said: (time, text in the field)."""

    lines: tuple[tuple[float, str], ...]

    def lost_s(self, kept: str) -> float:
        """How many seconds of typing are missing in what was kept."""
        missing = [when for when, text in self.lines if len(text) > len(kept)]
        return self.lines[-1][0] - missing[0] if missing else 0.0


@pytest.fixture
def folder(offices_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "union"
    shutil.copytree(offices_template / "union", path)
    with closing(unlocked(path)) as office:
        grassroots(office)
    return path


def killed(folder: Path, page: str, field: str, pause_s: float, how: str = "") -> Typed:
    """Let the window live until it types, and `pause_s` longer."""
    command = [sys.executable, typist.__file__, str(folder), page, field, *([how] if how else [])]
    here = {**os.environ, "PYTHONPATH": str(Path.cwd()), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=here) as window:
        assert window.stdout is not None
        lines = [window.stdout.readline()]
        time.sleep(pause_s)
        window.kill()
        lines += window.stdout.readlines()
    whole = [line.rstrip("\n").split(" ", 1) for line in lines if line.endswith("\n")]
    assert whole, "the window ended before it typed"
    return Typed(tuple((float(at), text) for at, text in whole))


def kept(folder: Path, form: str, field: str) -> str:
    with closing(unlocked(folder)) as office:
        draft = drafts.find(office, form)
        return str(draft.values[field]) if draft is not None else ""


def test_at_most_two_seconds_of_typing_are_lost(folder: Path, tmp_path: Path, rounds: Callable[..., int]) -> None:
    count = rounds("windows killed while typing", first=3, build=50, soak=1_000)
    dice = random.Random(9)
    pauses = [1.4 + dice.random() * 1.6 for _ in range(count)]

    def one(number: int) -> float:
        page, field, form = FORMS[number % len(FORMS)]
        own = tmp_path / f"union-{number}"
        shutil.copytree(folder, own)
        typed = killed(own, page, field, pauses[number])
        text = kept(own, form, field)
        shutil.rmtree(own)
        assert typed.lines[-1][1].startswith(text)
        return typed.lost_s(text)

    with ThreadPoolExecutor(AT_ONCE) as workers:
        lost = list(workers.map(one, range(count)))
    assert max(lost) <= LOST_AT_MOST_S, lost


def test_a_window_that_keeps_drafts_now_and_then_is_caught(folder: Path) -> None:
    page, field, form = FORMS[0]
    typed = killed(folder, page, field, LOST_AT_MOST_S + 0.3, "forgetful")
    assert typed.lost_s(kept(folder, form, field)) > LOST_AT_MOST_S


def test_the_draft_is_offered_on_reopening(folder: Path, qtbot: QtBot) -> None:
    page, field, _ = FORMS[0]
    typed = killed(folder, page, field, 2.0)
    program = Program(folder, Clock())
    program.start()
    try:
        door = program.window
        assert isinstance(door, UnlockWindow)
        door.form.field("passphrase").set_value(PASSPHRASE)
        door.open_button.click()
        qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
        window = program.window
        assert isinstance(window, MainWindow)
        shown = window.show_page(page)
        assert isinstance(shown, EntryPage)
        qtbot.waitUntil(lambda: "đang ghi dở" in shown.banner.text(), timeout=20_000)
        (go_on,) = [b for b in shown.banner.findChildren(Button) if b.text() == "Viết tiếp"]
        go_on.click()
        qtbot.waitUntil(lambda: shown.editor.record == "", timeout=20_000)
        text = str(shown.form.raw()[field])
        assert text
        assert typed.lines[-1][1].startswith(text)
        assert "Bản nháp đã giữ" in shown.editor.subtitle.whole()
        qtbot.waitUntil(lambda: program.runner.idle)
    finally:
        assert program.window is not None
        program.window.close()
        program.shutdown()
