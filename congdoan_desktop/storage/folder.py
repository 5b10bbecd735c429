"""An office's data folder: which files it holds, and that one program at a time has it open."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from congdoan_desktop.errors import AppError
from congdoan_desktop.storage import files

DATABASE = "congdoan.db"
KEYRING = "keyring.json"
FORMS = "forms"
"""Statistics forms of the office itself."""
OUTBOX = "outbox"
QUARANTINE = "quarantine"
LOCK = "office.lock"
FOUNDING = DATABASE + ".first"
"""The database of an office until its keyring is safe. So a database without a keyring is never a half-made office that
may be started again, but one whose keyring was lost.
"""


class FolderInUse(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Thư mục dữ liệu này đang được một cửa sổ Công đoàn khác mở.",
            safe="Dữ liệu vẫn an toàn.",
            todo="Dùng cửa sổ đang mở, hoặc đóng nó rồi thử lại.",
        )


class FolderLock:
    """Held as long as the office is open; the system releases it when the process dies."""

    def __init__(self, folder: Path) -> None:
        """Raises: FolderInUse when another process holds it, DiskRefused."""
        with files.explained():
            self._file: IO[bytes] = (folder / LOCK).open("ab")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise FolderInUse from error

    def release(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_office(folder: Path) -> bool:
    """Whether somebody's data are here, with or without the keyring that opens them."""
    return any((folder / name).is_file() for name in (KEYRING, DATABASE))


def begin_founding(folder: Path) -> Path:
    """Where to make the database of a new office. Call under the lock, in a folder that is none yet.

    Raises: DiskRefused.
    """
    make_private(folder)
    path = folder / FOUNDING
    with files.explained():
        files.remove_database(path)
    return path


def finish_founding(folder: Path) -> None:
    """Give the database its name once the keyring is safe; at opening, what a cut prevented.

    Raises: DiskRefused.
    """
    made, path = folder / FOUNDING, folder / DATABASE
    if not (folder / KEYRING).is_file():
        return
    with files.explained():
        if made.is_file() and not path.exists():
            files.remove_database(path)
            made.replace(path)
        if not made.exists() and made.with_name(made.name + "-journal").exists():
            files.remove_database(made)


def forget_copies(folder: Path) -> None:
    """Remove copies of packages that a process died over while it looked at them. Call under the lock.

    Raises: DiskRefused.
    """
    with files.explained():
        for copy in (folder / QUARANTINE).glob("*"):
            copy.unlink()


def make_private(folder: Path) -> None:
    """Create the folders of an office, readable by their owner alone where the system knows owners.

    Raises: DiskRefused.
    """
    for path in (folder, folder / OUTBOX, folder / QUARANTINE):
        with files.explained():
            path.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            path.chmod(0o700)
