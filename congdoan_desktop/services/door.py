"""Whose data a folder holds, as far as that is known before anybody has unlocked.

Read before the first window is painted, so nothing here opens a database or reads what only first start needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from congdoan_desktop.storage import folder as folders
from congdoan_desktop.storage import keyring as keyrings

REAL, SAMPLE = "real", "sample"


@dataclass(frozen=True, slots=True)
class Door:
    """Whose data this is and which officers may open it."""

    unit_name: str
    realm: str
    officers: tuple[tuple[str, str], ...]
    """(slot, name shown)"""


def door(folder: Path) -> Door | None:
    """What the unlock window shows, None when the folder holds no office yet.

    Raises: KeyringDamaged.
    """
    if not folders.is_office(folder):
        return None
    keyring = keyrings.load(folder / folders.KEYRING)
    named = tuple((slot.name, slot.label) for slot in keyring.slots if slot.name != keyrings.RECOVERY_SLOT)
    return Door(keyring.unit_name, keyring.realm, named)
