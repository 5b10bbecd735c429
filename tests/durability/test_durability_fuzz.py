"""The reader under mutants that its own steps guide: a refusal or a package, nothing else, in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.durability import reader_fuzz


def fuzzed(*arguments: str) -> subprocess.CompletedProcess[str]:
    here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, reader_fuzz.__file__, *arguments]
    return subprocess.run(command, env=here, capture_output=True, text=True, check=False)


def test_only_refusals_and_little_memory(rounds: Callable[..., int]) -> None:
    seconds = rounds("seconds of fuzzing the reader", first=2, build=20, soak=4 * 3600)
    done = fuzzed(str(seconds), "1")
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["mib"] <= reader_fuzz.MOST_MIB
    assert told["tried"] >= 10 * seconds
    assert told["steps"] > 300


def test_a_forgotten_check_is_found() -> None:
    done = fuzzed("60", "2", "known")
    assert done.returncode != 0
    assert "reader_fuzz.py" in done.stderr
