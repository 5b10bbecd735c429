"""The stick is pulled at any moment, or lies: "Có thể rút USB" is never said of a file that is not whole."""

from __future__ import annotations

import errno
import random
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice, product
from pathlib import Path

import pytest

from congdoan_desktop.errors import Cancelled
from congdoan_desktop.packages import reader
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import outgoing, stick
from congdoan_desktop.services.stick import StickProblem, Written
from congdoan_desktop.storage import handoff
from tests.durability.fat_stick import ERRORS, NEITHER, STATES, Content, Cut, FatStick, again, cuts, operations_of
from tests.packages.offices import report
from tests.services.conftest import Offices
from tests.services.test_services_main_path import planned, recorded, reported

STICK = Path("/usb")
BUILT = report()
FINAL = STICK / stick.FOLDER / BUILT.file_name
SECOND = STICK / stick.FOLDER / stick.COPIES / BUILT.file_name
EARLIER: tuple[Content, ...] = (
    {},
    {FINAL: BUILT.data},
    {FINAL: BUILT.data[:1000]},
    {FINAL: BUILT.data, SECOND: BUILT.data[:1000]},
)
"""What an earlier attempt may have left: nothing, the whole package, a part of it, a part of its second copy."""

Act = Callable[[FatStick], Written | None]


def write(port: FatStick) -> Written:
    return stick.write(STICK, BUILT.file_name, BUILT.data, files=port)


def hasty(port: FatStick) -> Written:
    """A writer as one would write it without thinking of FAT: the name first, nothing synced, nothing read back."""
    try:
        for final in (FINAL, SECOND):
            part = final.with_name(final.name + ".part")
            port.write_unsynced(part, BUILT.data)
            port.rename(part, final)
    except OSError as error:
        raise StickProblem("", "") from error
    return Written(FINAL, len(BUILT.data), "")


def whole(content: Content) -> bool:
    """Whether both copies found are the package that was written, read as the receiver would."""
    try:
        for path in (FINAL, SECOND):
            reader.check_own(content.get(path, b""), BUILT.package_id)
    except PackageRefused:
        return False
    return content[FINAL] == content[SECOND] == BUILT.data


def pulled(act: Act, seed: int, number: int) -> str:
    """One pulling of the stick: "sound", or in a word what is wrong."""
    dice = random.Random(seed * 1_000_003 + number)
    before = EARLIER[number % len(EARLIER)]
    moments = cuts(operations_of(act, before))
    states = list(product([*moments, None], STATES))
    cut, state = states[number // len(EARLIER) % len(states)]
    port = FatStick(cut or Cut(), dice.choice(ERRORS), dict(before))
    try:
        told = act(port)
    except StickProblem:
        told = None
    found = port.found(state, dice)
    if told is not None and not whole(found):
        return "told whole and is not"
    if told is None and cut is None:
        return "refused for nothing"
    retried = again(found)
    act(retried)
    return "sound" if whole(retried.found(NEITHER, dice)) else "a retry fails"


def test_never_success_on_a_bad_file(rounds: Callable[..., int]) -> None:
    count = rounds("sticks pulled", first=300, build=2_000, soak=100_000)
    found = {pulled(write, 1, number) for number in range(count)}
    assert found == {"sound"}
    assert count >= len(EARLIER) * 25


def test_a_writer_that_renames_before_it_syncs_is_caught() -> None:
    found = [pulled(hasty, 1, number) for number in range(200)]
    assert "told whole and is not" in found


def test_every_operation_can_be_cut() -> None:
    operations = operations_of(write, {})
    copy = ["folder", "write", "read", "rename", "sync", "names", "read"]
    assert operations == ["free", *copy, *copy]


def test_the_outbox_keeps_its_copy_and_a_retry_succeeds(
    offices: Offices, monkeypatch: pytest.MonkeyPatch, rounds: Callable[..., int]
) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    package = reported(offices, id_)
    copy = offices.union.outbox / package.file_name
    data = copy.read_bytes()
    moments = cuts(operations_of(write, {}))
    count = rounds("sticks pulled under the service", first=len(moments), build=len(moments), soak=2_000)
    for cut in islice(cycle(moments), count):
        with monkeypatch.context() as patch:
            patch.setattr(stick, "RealFiles", partial(FatStick, cut=cut))
            with pytest.raises(StickProblem) as caught:
                outgoing.write_to_stick(offices.union, package.package_id, STICK)
        assert "hộp gửi" in caught.value.safe
        assert copy.read_bytes() == data
        assert state(offices, package.package_id) == handoff.MADE
    path = offices.carry(offices.union, package)
    assert path.read_bytes() == data
    assert state(offices, package.package_id) == handoff.SENT


def state(offices: Offices, package_id: str) -> str:
    return next(p.state for p in outgoing.outbox(offices.union) if p.package_id == package_id)


# Sticks that lie


class Small(FatStick):
    """Says that it has room, and forgets what is written past `holds` bytes."""

    holds = 1_000

    def write_synced(self, path: Path, data: bytes) -> None:
        super().write_synced(path, data[: self.holds])


class Zeroing(Small):
    """The same size, but zeros past its real end."""

    def write_synced(self, path: Path, data: bytes) -> None:
        FatStick.write_synced(self, path, data[: self.holds] + bytes(max(0, len(data) - self.holds)))


class Wrapping(Small):
    """Past its real end it writes over its beginning."""

    def write_synced(self, path: Path, data: bytes) -> None:
        kept = bytearray(data)
        for at in range(self.holds, len(data)):
            kept[at % self.holds] = data[at]
        FatStick.write_synced(self, path, bytes(kept))


class LateLiar(FatStick):
    """The first reading comes from a cache; afterwards the cells have lost a bit."""

    def rename(self, old: Path, new: Path) -> None:
        self.safe[old] = self.safe[old][:-1] + bytes([self.safe[old][-1] ^ 1])
        super().rename(old, new)


class Forgetful(FatStick):
    """The new name never reaches the table."""

    def names(self, folder: Path) -> list[str]:
        return [name for name in super().names(folder) if name != FINAL.name]


class WindowsError(OSError):
    """What Windows raises: its own number beside a coarse one of C."""

    def __init__(self, number: int) -> None:
        super().__init__(errno.EACCES, "device")
        self.winerror = number


FAKE_STICKS = (Small, Zeroing, Wrapping, LateLiar, Forgetful)
FAULTS = (
    ("free", OSError(errno.ENOENT, ""), "USB đã bị rút"),
    ("free", WindowsError(21), "USB đã bị rút"),
    ("folder", OSError(errno.EROFS, ""), "chỉ cho đọc"),
    ("folder", OSError(errno.EACCES, ""), "không có quyền ghi"),
    ("folder", WindowsError(19), "chỉ cho đọc"),
    ("write", OSError(errno.ENOSPC, ""), "hết chỗ trống"),
    ("write", WindowsError(112), "hết chỗ trống"),
    ("write", OSError(errno.EFBIG, ""), "tệp lớn quá mức mà USB nhận được"),
    ("folder", FileExistsError(errno.EEXIST, ""), "trên USB có tệp mang tên CONGDOAN hoặc BAN-SAO, không phải thư mục"),
    ("write", OSError(errno.ENODEV, ""), "USB đã bị rút"),
    ("read", OSError(errno.EIO, ""), "lỗi đọc ghi"),
    ("rename", OSError(errno.ENXIO, ""), "USB đã bị rút"),
    ("sync", OSError(errno.EIO, ""), "lỗi đọc ghi"),
    ("names", OSError(errno.EBADF, ""), "lỗi ổ đĩa"),
)


@pytest.mark.parametrize("kind", FAKE_STICKS)
def test_a_fake_stick_is_caught_at_read_back(kind: type[FatStick]) -> None:
    refused(kind(), "Đọc lại thấy gói trên USB khác gói trong máy: USB này giữ dữ liệu không tin được.")


@pytest.mark.parametrize(("operation", "error", "reason"), FAULTS)
def test_each_fault_is_met_with_its_sentence(operation: str, error: OSError, reason: str) -> None:
    refused(FatStick(faults={operation: error}), f"USB không ghi được ({reason}).")


def refused(port: FatStick, said: str) -> None:
    """Said in three parts, and nothing bad is left under a name of ours."""
    with pytest.raises(StickProblem) as caught:
        write(port)
    assert caught.value.what == said
    assert caught.value.safe
    assert caught.value.todo
    assert port.found(NEITHER, random.Random(1)) in ({}, {FINAL: BUILT.data})


def test_nothing_else_on_the_stick_is_touched() -> None:
    port = FatStick()
    write(port)
    part = FINAL.with_name(FINAL.name + ".part")
    second = {SECOND.parent, SECOND.with_name(SECOND.name + ".part"), SECOND}
    assert set(port.touched) == {STICK, STICK / stick.FOLDER, part, FINAL, *second}


def test_too_little_room_is_said_before_anything_is_written() -> None:
    port = FatStick(free=3 * len(BUILT.data) - 1, safe={FINAL: BUILT.data})
    with pytest.raises(StickProblem, match=r"không đủ chỗ trống: cần [1-9]\d* KB, còn [1-9]\d* KB\."):
        write(port)
    assert "write" not in port.operations
    assert port.safe == {FINAL: BUILT.data}


@pytest.mark.parametrize("size", [999, 1_000])
def test_a_fake_stick_with_enough_room_serves(size: int) -> None:
    assert stick.write(STICK, "a.cdpkg", bytes(size), files=Small()).size == size


@pytest.mark.parametrize("step", range(4))
def test_a_slow_stick_can_be_stopped_and_leaves_nothing(step: int) -> None:
    token, port, said = CancelToken(), FatStick(), list[str]()

    def report_step(done: int, total: int, text: str) -> None:
        said.append(text)
        if done == step:
            token.cancel()

    with pytest.raises(Cancelled):
        stick.write(STICK, FINAL.name, BUILT.data, files=port, progress=Progress(report_step, token))
    assert len(said) == step + 1
    assert "Có thể rút USB" not in said
    left = port.found(NEITHER, random.Random(1))
    assert left in ({}, {FINAL: BUILT.data})


def test_real_files_write_what_the_model_says(tmp_path: Path) -> None:
    written = stick.write(tmp_path, BUILT.file_name, BUILT.data)
    assert written.path.read_bytes() == BUILT.data
    assert stick.find_packages(tmp_path) == [written.path]
    copy = stick.second_copy(written.path)
    assert copy is not None
    assert copy.read_bytes() == BUILT.data
    written.path.unlink()
    assert stick.find_packages(tmp_path) == [copy]
    blocked = tmp_path / "other"
    blocked.mkdir()
    (blocked / stick.FOLDER).write_text("a file of that name", encoding="ascii")
    with pytest.raises(StickProblem, match="không phải thư mục"):
        stick.write(blocked, BUILT.file_name, BUILT.data)
