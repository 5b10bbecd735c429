"""Letting go of a removable drive on Windows, as Microsoft describes it: lock, dismount, eject. Not run on Linux."""

from __future__ import annotations

import ctypes
import time
from pathlib import Path
from typing import Any

_READ_WRITE, _SHARED, _EXISTING = 0xC0000000, 3, 3
_LOCK, _DISMOUNT, _EJECT = 0x00090018, 0x00090020, 0x002D4808
_INVALID = ctypes.c_void_p(-1).value
_TRIES, _PAUSE_S = 20, 0.5
"""A virus scanner holds what was just written for some seconds."""


def eject_volume(folder: Path) -> bool:
    """Whether the drive of `folder` was let go of; False while another program holds a file on it."""
    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]  # only there on Windows
    kernel.CreateFileW.restype = ctypes.c_void_p
    kernel.DeviceIoControl.argtypes = [ctypes.c_void_p, ctypes.c_uint32, *[ctypes.c_void_p, ctypes.c_uint32] * 2,
                                       ctypes.c_void_p, ctypes.c_void_p]  # fmt: skip
    kernel.CloseHandle.argtypes = [ctypes.c_void_p]
    drive = folder.absolute().drive
    volume = kernel.CreateFileW(f"\\\\.\\{drive}", _READ_WRITE, _SHARED, None, _EXISTING, 0, None)
    if volume == _INVALID:
        return False
    try:
        return _locked(kernel, volume) and _told(kernel, volume, _DISMOUNT) and _told(kernel, volume, _EJECT)
    finally:
        kernel.CloseHandle(volume)


def _locked(kernel: Any, volume: int) -> bool:
    for _ in range(_TRIES):
        if _told(kernel, volume, _LOCK):
            return True
        time.sleep(_PAUSE_S)
    return False


def _told(kernel: Any, volume: int, what: int) -> bool:
    returned = ctypes.c_uint32()
    return bool(kernel.DeviceIoControl(volume, what, None, 0, None, 0, ctypes.byref(returned), None))
