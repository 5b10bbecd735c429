"""Kill a saving process again and again: `kills.py FOLDER ROUNDS SEED`. Ends with 1 and a word when a save was lost.

Each round forks a child of this process, so that the libraries are read once; the child is killed in the midst.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.services.conftest import unlocked
from tests.services.saving import saves, verdict


def main(folder: str, rounds: str, seed: str) -> None:
    dice, office = random.Random(int(seed)), Path(folder)
    acknowledged: list[str] = []
    for number in range(int(rounds)):
        acknowledged += killed(office, dice)
        found = verdict(office, tuple(acknowledged))
        if found != "sound":
            sys.exit(f"round {number}: {found}")
    print(len(acknowledged))


def killed(office: Path, dice: random.Random) -> list[str]:
    """One round: what the child had acknowledged when it was killed."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        for line in saves(unlocked(office)):
            os.write(write, f"{line}\n".encode())
    os.close(write)
    with os.fdopen(read, "rb") as told:
        lines = [told.readline() for _ in range(dice.randint(0, 3))]
        time.sleep(dice.random() * 0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += told.readlines()
    return [line.decode().strip() for line in lines if line.endswith(b"\n")]


if __name__ == "__main__":
    main(*sys.argv[1:])
