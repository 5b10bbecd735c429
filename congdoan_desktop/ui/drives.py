"""The removable drives that are plugged in."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_MOUNT_POINTS = ("/media/", "/run/media/", "/mnt/")
_DRIVE_REMOVABLE = 2


@dataclass(frozen=True, slots=True)
class Drive:
    """Where it is mounted, and what people call it ("KINGSTON (E:)")."""

    path: Path
    name: str


def removable_drives() -> list[Drive]:
    """Asks the system, which may take a moment when a drive is slow: call it on the worker thread."""
    return [
        Drive(Path(volume.rootPath()), _name(volume))
        for volume in QStorageInfo.mountedVolumes()
        if volume.isValid() and volume.isReady() and _is_removable(volume)
    ]


def _name(volume: QStorageInfo) -> str:
    label = volume.name() or Path(volume.rootPath()).name
    root = volume.rootPath().rstrip("/")
    return f"{label} ({root})" if root.endswith(":") else label


def _is_removable(volume: QStorageInfo) -> bool:
    root = volume.rootPath()
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOVABLE)
    # Not everything mounted there is a drive: network folders and folders in memory have no device.
    return root.startswith(_MOUNT_POINTS) and bytes(volume.device().data()).startswith(b"/dev/")
