"""Files written so that a cut leaves either the old or the new one, whole."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from congdoan_desktop.errors import AppError

_TODO = {
    "hết chỗ": "Giải phóng chỗ trống trên ổ đĩa, rồi làm lại.",
    "chỉ cho đọc": "Bỏ chế độ chỉ đọc của thư mục, rồi làm lại.",
    "khác giữ": "Đóng chương trình đang giữ tệp (đồng bộ, diệt virus, sao lưu), rồi làm lại.",
}
_OTHERWISE = "Giải phóng chỗ trống hoặc bỏ chế độ chỉ đọc của thư mục, rồi làm lại."


class DiskRefused(AppError):
    """The disk is full, read-only or locked; what was begun was taken back."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Chưa ghi được vào ổ đĩa ({reason}).",
            safe="Dữ liệu đã lưu trước đó còn nguyên, phần đang nhập vẫn ở trên màn hình.",
            todo=next((todo for sign, todo in _TODO.items() if sign in reason), _OTHERWISE),
        )


_REASONS = {
    errno.ENOSPC: "hết chỗ trống",
    errno.EDQUOT: "hết chỗ trống",
    errno.EROFS: "chỉ cho đọc",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.ENOENT: "không có thư mục này",
}


@contextmanager
def explained() -> Iterator[None]:
    """Raises: DiskRefused instead of the system's error."""
    try:
        yield
    except OSError as error:
        raise DiskRefused(_REASONS.get(error.errno or 0, "ổ đĩa báo lỗi")) from error


def write_atomically(path: Path, data: bytes) -> None:
    """Write, flush to the disk, rename over the old file, flush the folder.

    Raises: DiskRefused; the old file is then untouched.
    """
    part = path.with_name(path.name + ".part")
    with explained():
        try:
            write_synced(part, data)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def write_synced(path: Path, data: bytes) -> None:
    """Write and flush to the disk, under the final name at once."""
    with writing_synced(path) as file:
        file.write(data)


@contextmanager
def writing_synced(path: Path) -> Iterator[IO[bytes]]:
    """A file to be written bit by bit, under its name at once; flushed to the disk when the block ends."""
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames and deletions in `folder` durable where the system lets a folder be synced."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy_synced(path: Path, target: Path) -> None:
    """A copy that is safe on the disk when this returns.

    Raises: DiskRefused.
    """
    with explained(), path.open("rb") as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())


def remove_database(path: Path) -> None:
    """Remove a database together with its journal, and for good: a journal that came back would spoil the next one."""
    for name in (path.name + "-journal", path.name):
        path.with_name(name).unlink(missing_ok=True)
    sync_folder(path.parent)
