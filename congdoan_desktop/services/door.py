"""Whose data a folder holds, as far as that is known before anybody has unlocked.

Read before the first window is painted, so nothing here opens a database or reads what only first start needs.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from congdoan_desktop.storage import folder as folders
from congdoan_desktop.storage import keyring as keyrings
from congdoan_desktop.storage import rekeyed
from congdoan_desktop.storage.keyring import Keyring

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

    Raises: KeyringDamaged, DiskRefused.
    """
    if not folders.is_office(folder):
        return None
    keyring = keyring_of(folder)
    named = tuple((slot.name, slot.label) for slot in keyring.slots if slot.name != keyrings.RECOVERY_SLOT)
    return Door(keyring.unit_name, keyring.realm, named)


def keyring_of(folder: Path) -> Keyring:
    """The keyring in force; a change of the key over which a process died is ended first.

    Raises: KeyringDamaged, DiskRefused.
    """
    if rekeyed.is_ready(folder):
        with suppress(folders.FolderInUse), folders.FolderLock(folder):
            rekeyed.finish(folder)
    return keyrings.load(folder / folders.KEYRING)
