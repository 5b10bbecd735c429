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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from congdoan_desktop.domain.file_sizes import shown_size
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages.names import SUFFIX
from congdoan_desktop.progress import Progress
from congdoan_desktop.storage.files import sync_folder, write_synced

FOLDER, COPIES, TO_SIGN = "CONGDOAN", "BAN-SAO", "CHO-KY"
"""Our folder on a stick; inside it the folders of the second copies, and of what waits for a chair's signature."""
_PULLED, _FULL, _LOCKED, _BROKEN = "USB đã bị rút", "hết chỗ trống", "chỉ cho đọc", "lỗi đọc ghi"
_FORBIDDEN = "không có quyền ghi"
_OCCUPIED = f"trên USB có tệp mang tên {FOLDER} hoặc {COPIES}, không phải thư mục"
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EFBIG: "tệp lớn quá mức mà USB nhận được",
    errno.EROFS: _LOCKED,
    errno.EIO: _BROKEN,
    errno.ENOENT: _PULLED,
    errno.ENODEV: _PULLED,
    errno.ENXIO: _PULLED,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EEXIST: _OCCUPIED,
    errno.ENOTDIR: _OCCUPIED,
}
# Windows folds these into "no permission" or "invalid": ERROR_WRITE_PROTECT, _BAD_UNIT, _NOT_READY, _CRC, _DISK_FULL,
# _NO_SUCH_DEVICE, _DEVICE_NOT_CONNECTED.
_WINDOWS_REASONS = {
    19: _LOCKED, 20: _PULLED, 21: _PULLED, 23: _BROKEN, 112: _FULL, 433: _PULLED, 1167: _PULLED,
}  # fmt: skip
_ANOTHER = "Cắm lại USB hoặc dùng USB khác, rồi ghi lại."
_TODO = {
    _PULLED: "Cắm lại USB, chờ máy nhận ra rồi ghi lại.",
    _FULL: "Xoá bớt tệp trên USB hoặc dùng USB khác, rồi ghi lại.",
    _LOCKED: "Gạt nút khoá bên cạnh USB (nếu có) hoặc dùng USB khác, rồi ghi lại.",
    _BROKEN: "USB này sắp hỏng: dùng USB khác và đừng để bản duy nhất của tệp nào trên nó.",
    _FORBIDDEN: "Dùng USB khác, hoặc nhờ người phụ trách máy cho phép ghi ra USB.",
    _OCCUPIED: "Đổi tên hoặc xoá tệp đó (có thể do vi-rút để lại), rồi ghi lại.",
}


class StickProblem(AppError):
    """The stick did not take the package; the package is still in the outbox."""

    def __init__(self, what: str, todo: str, safe: str = "Gói vẫn còn nguyên trong hộp gửi của máy này.") -> None:
        super().__init__(what, safe=safe, todo=todo)


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
    digest, folder = _digest(data), stick / FOLDER
    with _explained():
        progress.step(0, 5, "Kiểm tra chỗ trống")
        free = files.free_bytes(stick)
        if free < 3 * len(data):
            raise StickProblem(
                f"USB không đủ chỗ trống: cần {shown_size(3 * len(data))}, còn {shown_size(free)}.",
                _TODO[_FULL],
            )
        first = _Copy(files, folder / name, digest)
        first.put(data, lambda done, said: progress.step(done, 5, said))
        second = _Copy(files, folder / COPIES / name, digest)
        progress.step(4, 5, "Ghi và đọc lại bản thứ hai")
        second.put(data, lambda _done, _said: None)
    progress.step(5, 5, "Có thể rút USB")
    return Written(folder / name, len(data), digest)


@dataclass(frozen=True, slots=True)
class _Copy:
    """One of the two copies: whole under its name, or taken off again."""

    files: FilePort
    path: Path
    digest: str

    def put(self, data: bytes, tell: Callable[[int, str], None]) -> None:
        """Raises: StickProblem, OSError, Cancelled."""
        files, part = self.files, self.path.with_name(self.path.name + ".part")
        with self._taken_back_on_failure(part):
            files.make_folder(self.path.parent)
            tell(1, "Ghi gói")
            files.write_synced(part, data)
            tell(2, "Đọc lại gói vừa ghi")
            self._same(part)
            tell(3, "Đặt tên gói")
            files.rename(part, self.path)
            files.sync_folder(self.path.parent)
            tell(4, "Đọc lại lần cuối")
            if self.path.name not in files.names(self.path.parent):
                raise _unsure()
            self._same(self.path)

    def _same(self, path: Path) -> None:
        if _digest(self.files.read_uncached(path)) != self.digest:
            raise _unsure()

    @contextlib.contextmanager
    def _taken_back_on_failure(self, part: Path) -> Iterator[None]:
        """A bad file with a good name must not travel; a whole one, written before, may stay."""
        try:
            yield
        except (OSError, AppError):
            with contextlib.suppress(OSError):
                self.files.remove(part)
            with contextlib.suppress(OSError):
                if _digest(self.files.read_uncached(self.path)) != self.digest:
                    self.files.remove(self.path)
            raise


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Raises: StickProblem instead of the system's error."""
    try:
        yield
    except OSError as error:
        reason = _reason(error)
        raise StickProblem(f"USB không ghi được ({reason}).", _TODO.get(reason, _ANOTHER)) from error


def find_packages(stick: Path) -> list[Path]:
    """Packages in our folder on a stick; nothing else on it is looked at.

    A second copy is among them where the first is gone. Raises: StickProblem when the stick is not there or cannot
    be read.
    """
    try:
        if not stick.is_dir():
            raise FileNotFoundError(stick)
        found = _packages_in(stick / FOLDER)
        copies = _packages_in(stick / FOLDER / COPIES)
    except OSError as error:
        raise unreadable(stick) from error
    names = {path.name for path in found}
    return found + [path for path in copies if path.name not in names]


def unreadable(stick: Path) -> StickProblem:
    return StickProblem(
        f"Không mở được {stick}.", "Cắm lại USB hoặc chọn thư mục khác.", "Dữ liệu trong máy này không thay đổi."
    )


def second_copy(path: Path) -> Path | None:
    """The other copy of a package in our folder, where there is one."""
    copy = path.parent / COPIES / path.name
    return copy if path.parent.name == FOLDER and copy.is_file() and not copy.is_symlink() else None


def mend(path: Path, data: bytes) -> None:
    """Write the first copy of a package again, out of the good second one; `path` is either of them.

    Raises: StickProblem.
    """
    folder = path.parent.parent if path.parent.name == COPIES else path.parent
    rewrite(folder / path.name, data)


def mend_second(path: Path, data: bytes) -> bool:
    """Write the second copy of a good package again where it is gone or another one; whether that was needed.

    Only in our folder on a stick. Raises: StickProblem.
    """
    if path.parent.name != FOLDER:
        return False
    copy = path.parent / COPIES / path.name
    with _explained():
        if _holds(copy, data):
            return False
    rewrite(copy, data)
    return True


def _holds(path: Path, data: bytes) -> bool:
    """The size is asked first: what was cut short needs no reading."""
    try:
        return path.stat().st_size == len(data) and RealFiles().read_uncached(path) == data
    except FileNotFoundError:
        return False


def find_to_sign(stick: Path) -> list[Path]:
    """Packages that wait on a stick for a chair's signature; no receiver looks there."""
    return _packages_in(stick / FOLDER / TO_SIGN)


def write_to_sign(stick: Path, name: str, data: bytes) -> Path:
    """Write a package for the chair at another computer. Raises: StickProblem."""
    with _explained():
        RealFiles().make_folder(stick / FOLDER)
    path = stick / FOLDER / TO_SIGN / name
    rewrite(path, data)
    return path


def rewrite(path: Path, data: bytes) -> None:
    """One file as it is to be, read back like every other. Raises: StickProblem."""
    with _explained():
        _Copy(RealFiles(), path, _digest(data)).put(data, lambda _done, _said: None)


def _packages_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [
        entry
        for entry in sorted(folder.iterdir())
        if entry.suffix.lower() == SUFFIX and entry.is_file() and not entry.is_symlink()
    ]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unsure() -> StickProblem:
    return StickProblem(
        "Đọc lại thấy gói trên USB khác gói trong máy: USB này giữ dữ liệu không tin được.",
        "Dùng USB khác; đừng gửi bản vừa ghi.",
    )


def _reason(error: OSError) -> str:
    windows = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0)
    return windows or _REASONS.get(error.errno or 0, "lỗi ổ đĩa")
