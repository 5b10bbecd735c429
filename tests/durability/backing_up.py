"""A process that backs up twice: `backing_up.py OFFICE TARGETS ACKS [hasty]`; ACKS gets a line after each backup.

The clock stands still, so the second backup goes over the first: whatever a cut leaves must be one of the two, whole.
With `hasty` the file is written in place, as a plain copy would.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from congdoan_desktop.services import activities, backup, units
from congdoan_desktop.storage import backup as stored
from tests.services.conftest import activity, unlocked


@contextmanager
def in_place(path: Path) -> Iterator[IO[bytes]]:
    with path.open("wb") as file:
        yield file


def main(folder: str, targets: str, acks: str, how: str = "") -> None:
    if how == "hasty":
        setattr(stored, "writing_synced", in_place)  # noqa: B010 - mypy forbids the plain way
    office = unlocked(Path(folder))
    told = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in (1, 2):
        activities.add(office, activity(title=f"Hoạt động {number}"), (units.grassroots(office)[0][0],))
        backup.back_up(office, Path(targets))
        os.write(told, f"{number}\n".encode())
    office.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
