"""Kill a piece of work again and again: `kill_jobs.py JOB TEMPLATE ROUNDS SEED STRACE`.

Half of the kills come at a random moment, half just before one of the recorded operations on files. Prints how many
struck before the work was done; ends with 1 and a word when something was harmed.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.services import strikes
from tests.services.jobs import CARELESS, JOBS, SOUND, Job, lay_out
from tests.services.strikes import Strike


def main(job: str, template: str, rounds: str, seed: str, strace: str) -> None:
    layout = Path(template)
    lay_out(layout)
    scratch = layout.with_name("scratch")
    scratch.mkdir()
    work = {**JOBS, **CARELESS}[job](layout, scratch)
    struck = 0
    for number, strike in zip(range(int(rounds)), ways(work, layout, random.Random(int(seed)), strace), strict=False):
        folder = fresh(layout)
        struck += killed(work, folder, strike)
        found = work.verdict(folder)
        if found != SOUND:
            sys.exit(f"round {number}: {found}; see {folder}")
    print(struck)


def ways(work: Job, layout: Path, dice: random.Random, strace: str) -> Iterator[Strike]:
    """For ever: at a random moment, before a random operation, in turn."""
    began = time.monotonic()
    killed(work, fresh(layout), strikes.quiet)
    took = time.monotonic() - began
    folder = fresh(layout)
    moments = strikes.recorded(lambda: done(work, folder), strace, layout.with_name("trace"))
    while True:
        yield strikes.after(dice.random() * took)
        yield strikes.at(dice.choice(moments), strace)


def killed(work: Job, folder: Path, strike: Strike) -> bool:
    return strikes.struck(lambda: done(work, folder), strike)[1]


def done(work: Job, folder: Path) -> tuple[str, ...]:
    work.act(folder)
    return ()


def fresh(layout: Path) -> Path:
    folder = layout.with_name("round")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(layout, folder)
    return folder


if __name__ == "__main__":
    main(*sys.argv[1:])
