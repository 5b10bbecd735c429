"""The simulator has teeth: it passes the storage mode we ship and fails those known to lose commits."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.durability import sqlcipher_workload
from tests.durability.images import images
from tests.durability.operations import Acknowledged, FolderSynced, Synced
from tests.durability.recorder import Recording, record
from tests.durability.survey import SOUND, survey

TRANSACTIONS = 25


def recorded(strace: str, folder: Path, journal: str, synchronous: str) -> Recording:
    data = folder / "data"
    data.mkdir()
    sqlcipher_workload.prepare(data)
    acks = folder / "acks"
    command = [sys.executable, sqlcipher_workload.__file__, str(data), str(acks), journal, synchronous]
    return record([*command, str(TRANSACTIONS), "1"], data, acks, strace=strace, trace=folder / "trace")


def verdicts(recording: Recording, count: int, folder: Path) -> Counter[str]:
    return survey(images(recording, count, seed=7), sqlcipher_workload.check, folder / "image")


def test_truncate_full_loses_nothing(tool: Callable[[str], str], rounds: Callable[..., int], tmp_path: Path) -> None:
    count = rounds("disk images of TRUNCATE + FULL", first=200, build=2_000, soak=200_000)
    recording = recorded(tool("strace"), tmp_path, "TRUNCATE", "FULL")
    told = [operation for operation in recording.operations if isinstance(operation, Acknowledged)]
    assert len(told) == TRANSACTIONS
    assert verdicts(recording, count, tmp_path) == {SOUND: count}


@pytest.mark.parametrize(("journal", "synchronous"), [("TRUNCATE", "OFF"), ("DELETE", "FULL"), ("WAL", "NORMAL")])
def test_modes_that_lose_are_caught(journal: str, synchronous: str, tool: Callable[[str], str], tmp_path: Path) -> None:
    recording = recorded(tool("strace"), tmp_path, journal, synchronous)
    found = verdicts(recording, 200, tmp_path)
    assert found[SOUND] < 200
    assert (tmp_path / "image-unsound").is_dir()


def test_without_synchronous_nothing_is_synced(tool: Callable[[str], str], tmp_path: Path) -> None:
    recording = recorded(tool("strace"), tmp_path, "TRUNCATE", "OFF")
    assert [operation for operation in recording.operations if isinstance(operation, Synced | FolderSynced)] == []
