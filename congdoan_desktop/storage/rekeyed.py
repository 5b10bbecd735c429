"""The change of a database key that is ready: what was written anew beside takes its place by renames alone.

Until the mark READY lies beside, it is nothing and the old key opens the office. From then on whoever comes first ends
the renames, each of which can be begun again. Killed at any moment, one key opens everything. Read before the first
window is painted, so nothing here opens a database.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from congdoan_desktop.storage import files

FOLDER = "rekeyed"
READY = "ready"
_GONE = ".gone"
_JOURNAL = "-journal"


def is_ready(folder: Path) -> bool:
    """Whether a change of the key waits for its renames."""
    return (folder / FOLDER / READY).is_file()


def finish(folder: Path) -> None:
    """End a change that is ready, forget one that is not. Call under the folder's lock, with nothing open.

    Raises: DiskRefused; the next opening then begins here again.
    """
    place = folder / FOLDER
    if is_ready(folder):
        with files.explained():
            for made in sorted(place.iterdir()):
                if made.name != READY and not made.name.endswith((_GONE, _JOURNAL)):
                    _exchange(made, folder / made.name)
            files.sync_folder(folder)
    forget(folder)


def forget(folder: Path) -> None:
    """Remove what lies beside: an unfinished change, or after a finished one what is left of the old key's files."""
    place = folder / FOLDER
    if place.is_dir():
        with files.explained():
            shutil.rmtree(place)
            files.sync_folder(folder)


def _exchange(made: Path, present: Path) -> None:
    if made.is_dir() and present.is_dir():
        present.replace(made.with_name(made.name + _GONE))
    for name in (present, made):  # an empty journal of either would spoil the file that takes the other's place
        name.with_name(name.name + _JOURNAL).unlink(missing_ok=True)
    made.replace(present)
    files.sync_folder(present.parent)
