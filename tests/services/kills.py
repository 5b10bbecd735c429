"""Kill a saving process again and again: `kills.py FOLDER ROUNDS SEED`. Ends with 1 and a word when a save was lost."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from tests.services import strikes
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
    strike = strikes.after(dice.random() * 0.02, lines=dice.randint(0, 3))
    return strikes.struck(lambda: saves(unlocked(office)), strike)[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
