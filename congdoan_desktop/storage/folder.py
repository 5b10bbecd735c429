"""An office's data folder: which files it holds, and that one program at a time has it open."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from congdoan_desktop.errors import AppError

DATABASE = "congdoan.db"
KEYRING = "keyring.json"
OUTBOX = "outbox"
QUARANTINE = "quarantine"
LOCK = "office.lock"


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
        """Raises: FolderInUse when another process holds it."""
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
    return (folder / KEYRING).is_file()


def make_private(folder: Path) -> None:
    """Create the folders of an office, readable by their owner alone where the system knows owners."""
    for path in (folder, folder / OUTBOX, folder / QUARANTINE):
        path.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            path.chmod(0o700)
