"""Open every image as the program would, and count what the check finds."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.durability.images import Image

SOUND = "sound"
Check = Callable[[Path, tuple[str, ...]], str]
"""Given a folder after a cut and what had been acknowledged: `SOUND`, or in a word what is wrong."""


def survey(images: Iterable[Image], check: Check, folder: Path) -> Counter[str]:
    """Put each image into `folder`, check it, and count the verdicts.

    The first one that is not sound stays beside `folder`, as it was before the check touched it.
    """
    verdicts: Counter[str] = Counter()
    unsound = folder.with_name(f"{folder.name}-unsound")
    for image in images:
        shutil.rmtree(folder, ignore_errors=True)
        lay_out(image, folder)
        verdict = check(folder, image.acknowledged)
        if verdict != SOUND and not unsound.exists():
            lay_out(image, unsound)
        verdicts[verdict] += 1
    return verdicts


def lay_out(image: Image, folder: Path) -> None:
    folder.mkdir(parents=True)
    for path, data in image.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
