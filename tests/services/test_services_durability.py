"""What was saved and said so is there after a power cut and after a kill; a setting known to lose is caught."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.durability.images import images
from tests.durability.operations import Acknowledged
from tests.durability.recorder import Recording, record
from tests.durability.survey import SOUND, survey
from tests.services import kill_jobs, kills, saving
from tests.services.conftest import grassroots, unlocked
from tests.services.jobs import JOBS

SAVES = 24


@pytest.fixture
def folder(offices_template: Path, tmp_path: Path) -> Path:
    """The union's folder, closed, with a CĐCS."""
    path = tmp_path / "union"
    shutil.copytree(offices_template / "union", path)
    office = unlocked(path)
    grassroots(office)
    office.close()
    return path


def recorded(strace: str, folder: Path, synchronous: str, monkeypatch: pytest.MonkeyPatch) -> Recording:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    acks = folder.parent / "acks"
    command = [sys.executable, saving.__file__, str(folder), str(acks), synchronous, str(SAVES)]
    return record(command, folder, acks, strace=strace, trace=folder.parent / "trace")


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    return subprocess.run([sys.executable, script, *arguments], check=False, capture_output=True, text=True, env=here)


def ran(script: str, *arguments: str) -> int:
    """The number a script of kills prints when nothing was harmed."""
    done = run(script, *arguments)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def verdicts(recording: Recording, count: int, folder: Path) -> Counter[str]:
    return survey(images(recording, count, seed=3), saving.verdict, folder.parent / "image")


def test_no_acknowledged_save_is_lost_in_a_power_cut(
    folder: Path, tool: Callable[[str], str], rounds: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    count = rounds("disks after a power cut while saving", first=100, build=2_000, soak=1_000_000)
    recording = recorded(tool("strace"), folder, "FULL", monkeypatch)
    assert sum(isinstance(operation, Acknowledged) for operation in recording.operations) == SAVES
    assert verdicts(recording, count, folder) == {SOUND: count}


def test_without_synchronous_the_same_check_finds_losses(
    folder: Path, tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = verdicts(recorded(tool("strace"), folder, "OFF", monkeypatch), 100, folder)
    assert found[SOUND] < 100


def test_pictures_that_are_just_written_are_caught(
    folder: Path, tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = verdicts(recorded(tool("strace"), folder, saving.HASTY, monkeypatch), 60, folder)
    assert found["corrupt"] > 0


def test_no_acknowledged_save_is_lost_by_a_kill(folder: Path, rounds: Callable[..., int]) -> None:
    count = rounds("kills while saving", first=10, build=200, soak=50_000)
    assert ran(kills.__file__, str(folder), str(count), "5") >= count


@pytest.mark.parametrize("job", JOBS)
def test_a_kill_leaves_the_work_done_or_not_begun(
    job: str, offices_template: Path, tmp_path: Path, tool: Callable[[str], str], rounds: Callable[..., int]
) -> None:
    count = rounds(f"kills during: {job}", first=2, build=120, soak=20_000)
    layout = tmp_path / "layout"
    shutil.copytree(offices_template, layout)
    assert ran(kill_jobs.__file__, job, str(layout), str(count), "7", tool("strace")) >= count // 2


def test_work_that_a_kill_harms_is_told(offices_template: Path, tmp_path: Path, tool: Callable[[str], str]) -> None:
    layout = tmp_path / "layout"
    shutil.copytree(offices_template, layout)
    done = run(kill_jobs.__file__, "careless export", str(layout), "20", "7", tool("strace"))
    assert done.returncode == 1
    assert "half a package is believed" in done.stderr


def test_a_save_that_vanishes_is_told(folder: Path) -> None:
    assert saving.verdict(folder, ()) == SOUND
    assert saving.verdict(folder, ("0" * 64,)) == "lost"
