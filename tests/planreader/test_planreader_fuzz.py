"""Hostile and damaged plans end in 5 seconds of the processor and 256 MiB each, in a draft or in a refusal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.planreader import plan_fuzz


def fuzzed(rounds: int, seed: int) -> dict[str, float]:
    here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, plan_fuzz.__file__, str(rounds), str(seed)]
    done = subprocess.run(command, env=here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, float] = json.loads(done.stdout)
    return told


def within_limits(told: dict[str, float]) -> None:
    assert told["seconds"] <= plan_fuzz.MOST_SECONDS, told
    assert told["mib"] <= plan_fuzz.MOST_MIB, told


def test_plans_built_to_take_long(rounds: Callable[..., int]) -> None:
    told = fuzzed(rounds("plans built to take long", first=20, build=1_000, soak=1_000), 0)
    assert told["tried"] >= 20
    within_limits(told)


def test_mutated_plans(rounds: Callable[..., int]) -> None:
    count = rounds("mutated plans", first=150, build=2_000, soak=500_000)
    told = fuzzed(count, 1)
    assert told["tried"] == count
    within_limits(told)
