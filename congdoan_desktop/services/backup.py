"""Backing up an office, and starting from a backup."""

from __future__ import annotations

from pathlib import Path

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import rows
from congdoan_desktop.storage.backup import SUFFIX, restore_backup, write_backup

_LAST = "last_backup"


def back_up(office: Office, folder: Path) -> Path:
    """Write a checked backup into `folder`; returns the file.

    Raises: BackupDamaged, DiskRefused.
    """
    office.require(Right.READ)
    now = office.clock.now()
    with office.read() as connection:
        code = office.own_unit(connection).code
    target = folder / f"CongDoan-{code}-{now:%Y%m%d-%H%M%S}{SUFFIX}"
    write_backup(office.folder, office.database_key, target)
    with office.write(Right.READ) as work:
        rows.set_settings(work.connection, {_LAST: now.isoformat()})
        work.note("backup", target.name)
    return target


def last_backup(office: Office) -> str | None:
    """When the last backup was made (ISO 8601), None before the first."""
    with office.read() as connection:
        return rows.settings(connection).get(_LAST)


def restore(source: Path, folder: Path, *, replace: bool = False) -> None:
    """Unpack a backup into an empty data folder; it is then unlocked as usual.

    With `replace` also over an office's data, which are set aside in the folder. What was erased since stays erased.
    Raises: BackupDamaged, FolderNotEmpty, FolderInUse, DiskRefused.
    """
    restore_backup(source, folder, replace=replace)
