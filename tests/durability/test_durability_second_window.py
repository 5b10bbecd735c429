"""A second start over the same data: it ends well at once, and the first window comes to the front."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from congdoan_desktop.ui import application

shown = application.Program.to_front


def told(program):
    shown(program)
    print("to the front", program.window.isVisible(), flush=True)


application.Program.to_front = told
QTimer.singleShot(0, lambda: print("open", flush=True))
sys.exit(application.run(Path(sys.argv[1])))
"""


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path.cwd()), "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)}


@contextmanager
def opened(data: Path, surroundings: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A window over a folder, as `congdoan-desktop` opens it."""
    command = [sys.executable, "-c", FIRST, str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "open\n"
        yield window
        window.kill()


@pytest.fixture
def first(tmp_path: Path, surroundings: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "data").mkdir()
    with opened(tmp_path / "data", surroundings) as window:
        yield window


def start(data: Path, surroundings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "congdoan_desktop", "--data", str(data)]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60, check=False)


def test_the_second_ends_and_the_first_comes_to_the_front(
    first: subprocess.Popen[str], tmp_path: Path, surroundings: dict[str, str]
) -> None:
    assert first.stdout is not None
    for name in ("data", "data/../data"):  # however the folder is written
        second = start(tmp_path / name, surroundings)
        assert (second.returncode, second.stdout) == (0, "")
        assert first.stdout.readline() == "to the front True\n"
    assert first.poll() is None


def test_after_a_kill_the_next_one_opens(
    first: subprocess.Popen[str], tmp_path: Path, surroundings: dict[str, str]
) -> None:
    """A socket left behind by a dead window must not keep everybody out."""
    first.kill()
    first.wait()
    with opened(tmp_path / "data", surroundings) as next_one:
        assert next_one.poll() is None


def test_without_a_place_for_its_socket_the_window_opens(tmp_path: Path, surroundings: dict[str, str]) -> None:
    """A temporary folder that takes nothing must not look like a window that is open already."""
    (tmp_path / "data").mkdir()
    with opened(tmp_path / "data", {**surroundings, "TMPDIR": str(tmp_path / "missing")}) as window:
        assert window.poll() is None
