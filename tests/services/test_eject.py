"""The stick is let go of by the system, or the person is told the truth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from congdoan_desktop.services import eject
from congdoan_desktop.services.eject import NotEjected

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 8:17 / /media/lan/KINGSTON\\0408GB rw,nosuid shared:20 - vfat /dev/sdb1 rw,uid=1000
31 22 8:33 / /media/lan rw,nosuid - exfat /dev/sdc1 rw
32 22 0:51 / /mnt/net rw - nfs 10.0.0.1:/share rw
33 22 0:52 / /run/user/1000 rw - tmpfs tmpfs rw
"""
PLACES = {
    "/media/lan/KINGSTON 8GB": "/dev/sdb1",
    "/media/lan/KINGSTON 8GB/CONGDOAN": "/dev/sdb1",
    "/media/lan/KINGSTON": "/dev/sdc1",
    "/mnt/net/goi": None,
    "/run/user/1000": None,
    "/srv/goi": None,
}


@pytest.mark.parametrize("place", PLACES)
def test_the_device_of_a_folder_is_that_of_its_nearest_mount(place: str, tmp_path: Path) -> None:
    (mounts := tmp_path / "mountinfo").write_text(MOUNTS, "utf-8")
    assert eject.device_of(Path(place), mounts) == PLACES[place]


def test_a_folder_is_no_stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eject, "device_of", lambda _folder: None)
    with pytest.raises(NotEjected, match="không phải USB") as caught:
        eject.eject(tmp_path)
    assert caught.value.safe


def system(folder: Path, code: int) -> Callable[[], list[list[str]]]:
    """A system's tool that notes what it is asked; returns the reading of its notes."""
    notes, tool = folder / "notes", folder / "udisksctl"
    tool.write_text(f'#!/bin/sh\necho "$@" >> "{notes}"\nexit {code}\n', "utf-8")
    tool.chmod(0o755)
    return lambda: [line.split() for line in notes.read_text("utf-8").splitlines()]


def test_a_stick_is_unmounted_and_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = system(tmp_path, 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(eject, "device_of", lambda _folder: "/dev/sdb1")
    eject.eject(tmp_path)
    acts = ("unmount", "power-off")
    assert asked() == [[act, "--no-user-interaction", "-b", "/dev/sdb1"] for act in acts]


def test_what_the_system_refuses_is_said_and_the_stick_is_not_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = system(tmp_path, 1)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(eject, "device_of", lambda _folder: "/dev/sdb1")
    with pytest.raises(NotEjected, match="chưa cho tháo") as caught:
        eject.eject(tmp_path)
    assert "Tháo thiết bị an toàn" in caught.value.todo
    assert [line[0] for line in asked()] == ["unmount"]


def test_without_the_tool_the_person_is_told_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(eject, "device_of", lambda _folder: "/dev/sdb1")
    with pytest.raises(NotEjected, match="không có công cụ"):
        eject.eject(tmp_path)
