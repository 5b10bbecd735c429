"""Writing packages to a stick so that "Có thể rút USB" is only said when it is true.

Free space is asked three times over; the file is written as `.part`, flushed, read back past the cache where the system
allows, compared, renamed, and read once more. What is not known to be whole is taken off again, where the stick lets
us. Signatures are trusted, never names.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from congdoan_desktop.errors import AppError
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage.files import sync_folder, write_synced

FOLDER = "CONGDOAN"
SUFFIX = ".cdpkg"
_PULLED = "USB đã bị rút"
_REASONS = {
    errno.ENOSPC: "hết chỗ trống",
    errno.EFBIG: "hết chỗ trống",
    errno.EROFS: "chỉ cho đọc",
    errno.EIO: "lỗi đọc ghi",
    errno.ENOENT: _PULLED,
    errno.ENODEV: _PULLED,
    errno.ENXIO: _PULLED,
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
}
# Windows folds these into "no permission" or "invalid": ERROR_WRITE_PROTECT, _BAD_UNIT, _NOT_READY, _CRC, _DISK_FULL,
# _NO_SUCH_DEVICE, _DEVICE_NOT_CONNECTED.
_WINDOWS_REASONS = {
    19: "chỉ cho đọc", 20: _PULLED, 21: _PULLED, 23: "lỗi đọc ghi", 112: "hết chỗ trống", 433: _PULLED, 1167: _PULLED,
}  # fmt: skip


class StickProblem(AppError):
    """The stick did not take the package; the package is still in the outbox."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what, safe="Gói vẫn còn nguyên trong hộp gửi của máy này.", todo=todo)


class FilePort(Protocol):
    """The few file operations of the protocol, so that tests can cut between any two."""

    def free_bytes(self, folder: Path) -> int: ...
    def make_folder(self, folder: Path) -> None: ...
    def write_synced(self, path: Path, data: bytes) -> None: ...
    def read_uncached(self, path: Path) -> bytes: ...
    def rename(self, old: Path, new: Path) -> None: ...
    def sync_folder(self, folder: Path) -> None: ...
    def names(self, folder: Path) -> list[str]: ...
    def remove(self, path: Path) -> None: ...


class RealFiles:
    """The operating system's files."""

    def free_bytes(self, folder: Path) -> int:
        return shutil.disk_usage(folder).free

    def make_folder(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)

    def write_synced(self, path: Path, data: bytes) -> None:
        write_synced(path, data)

    def read_uncached(self, path: Path) -> bytes:
        with path.open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            return file.read()

    def rename(self, old: Path, new: Path) -> None:
        old.replace(new)

    def sync_folder(self, folder: Path) -> None:
        sync_folder(folder)

    def names(self, folder: Path) -> list[str]:
        return sorted(entry.name for entry in folder.iterdir())

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Written:
    """A package on the stick, read back equal byte for byte."""

    path: Path
    size: int
    sha256: str


def write(
    stick: Path, name: str, data: bytes, *, progress: Progress | None = None, files: FilePort | None = None
) -> Written:
    """Write one package into our folder on the stick.

    Raises: StickProblem in every case in which the file on the stick is not known to be whole.
    """
    files = files or RealFiles()
    progress = progress or Progress()
    digest = _digest(data)
    folder = stick / FOLDER
    final, part = folder / name, folder / (name + ".part")
    with _taken_back_on_failure(files, part, final, digest):
        progress.step(0, 5, "Kiểm tra chỗ trống")
        if files.free_bytes(stick) < 3 * len(data):
            raise StickProblem("USB không đủ chỗ trống.", "Xoá bớt tệp trên USB hoặc dùng USB khác.")
        files.make_folder(folder)
        progress.step(1, 5, "Ghi gói")
        files.write_synced(part, data)
        progress.step(2, 5, "Đọc lại gói vừa ghi")
        _same(files.read_uncached(part), digest)
        progress.step(3, 5, "Đặt tên gói")
        files.rename(part, final)
        files.sync_folder(folder)
        progress.step(4, 5, "Đọc lại lần cuối")
        if name not in files.names(folder):
            raise _unsure()
        _same(files.read_uncached(final), digest)
    progress.step(5, 5, "Có thể rút USB")
    return Written(final, len(data), digest)


@contextlib.contextmanager
def _taken_back_on_failure(files: FilePort, part: Path, final: Path, digest: str) -> Iterator[None]:
    """A bad file with a good name must not travel; a whole one, written before, may stay.

    Raises: StickProblem instead of the system's error.
    """
    try:
        yield
    except (OSError, AppError) as error:
        with contextlib.suppress(OSError):
            files.remove(part)
        with contextlib.suppress(OSError):
            if _digest(files.read_uncached(final)) != digest:
                files.remove(final)
        if isinstance(error, OSError):
            raise StickProblem(
                f"USB không ghi được ({_reason(error)}).", "Cắm lại USB hoặc dùng USB khác, rồi ghi lại."
            ) from error
        raise


def find_packages(stick: Path) -> list[Path]:
    """Packages on a stick: in our folder and at the top, nothing else is looked at."""
    found: list[Path] = []
    for folder in (stick / FOLDER, stick):
        if folder.is_dir():
            found.extend(
                entry
                for entry in sorted(folder.iterdir())
                if entry.suffix.lower() == SUFFIX and entry.is_file() and not entry.is_symlink()
            )
    return found


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _same(data: bytes, digest: str) -> None:
    if _digest(data) != digest:
        raise _unsure()


def _unsure() -> StickProblem:
    return StickProblem(
        "Đọc lại thấy gói trên USB khác gói trong máy: USB này giữ dữ liệu không tin được.",
        "Dùng USB khác; đừng gửi bản vừa ghi.",
    )


def _reason(error: OSError) -> str:
    windows = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0)
    return windows or _REASONS.get(error.errno or 0, "lỗi ổ đĩa")
