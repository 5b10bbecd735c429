"""Letting go of a stick by the system's own call, where it has one; else a sentence what the person does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from congdoan_desktop.errors import AppError

_SECONDS = 60
"""A slow stick takes its time to write what the system still held back."""
_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPES = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}
_BY_HAND = "Bấm biểu tượng “Tháo thiết bị an toàn” của hệ điều hành, chờ báo xong rồi rút."
_WRITTEN = "Gói đã ghi và đọc lại vẫn nguyên trên USB."


class NotEjected(AppError):
    """The stick is still in the system's hands; what was written to it is whole."""

    def __init__(self, what: str, todo: str = _BY_HAND) -> None:
        super().__init__(what, safe=_WRITTEN, todo=todo)


def eject(folder: Path) -> None:
    """Unmount the stick that holds `folder` and switch it off, so that nothing can be under way any more.

    Raises: NotEjected where the system does not offer it, refuses, or `folder` is on no stick.
    """
    if sys.platform == "win32":
        from congdoan_desktop.services.eject_windows import eject_volume

        if not eject_volume(folder):
            raise NotEjected("Windows chưa cho tháo USB: còn chương trình đang mở tệp trên đó.")
        return
    device = device_of(folder)
    if device is None:
        raise NotEjected("Đây là thư mục của máy, không phải USB.", "Không cần tháo gì.")
    _let_go(device, _run)


def device_of(folder: Path, mounts: Path = _MOUNTS) -> str | None:
    """The device (`/dev/sdb1`) on which a folder lies, None where it lies on no drive of its own.

    What is mounted at the top of the tree is the computer's own disk.
    """
    if not mounts.is_file():
        return None
    place, found = os.path.realpath(folder), ("", "")
    for line in mounts.read_text("utf-8", errors="replace").splitlines():
        fields = line.split(" ")
        at, source = _plain(fields[4]), fields[fields.index("-") + 2]
        if (place == at or place.startswith(at.rstrip("/") + "/")) and len(at) >= len(found[0]):
            found = at, source
    at, source = found
    return source if at != "/" and source.startswith("/dev/") else None


def _let_go(device: str, run: Callable[[str, str], str | None]) -> None:
    """Unmounting is what makes the stick safe; switching it off is only comfort, which not every stick knows."""
    refusal = run("unmount", device)
    if refusal is not None:
        raise NotEjected(refusal)
    run("power-off", device)


def _run(act: str, device: str) -> str | None:
    """None when done, else what stood in the way."""
    program = shutil.which("udisksctl")
    if program is None:
        return "Máy này không có công cụ tháo USB (udisksctl)."
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, and a device out of the system's own table
            [program, act, "--no-user-interaction", "-b", device], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "Hệ điều hành chưa tháo được USB sau một phút."
    return None if done.returncode == 0 else "Hệ điều hành chưa cho tháo USB: còn chương trình đang mở tệp trên đó."


def _plain(text: str) -> str:
    for escape, sign in _ESCAPES.items():
        text = text.replace(escape, sign)
    return text
