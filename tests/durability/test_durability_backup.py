"""A cut backup is the old one or a whole new one; restoring starts new feeds, and what was erased stays away."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from congdoan_desktop.errors import AppError
from congdoan_desktop.packages.header import Header
from congdoan_desktop.services import activities, backup, doctor, erasing, incoming, persons, support
from congdoan_desktop.storage.backup import SUFFIX, BackupDamaged
from tests.durability import backing_up
from tests.durability.images import images
from tests.durability.operations import Acknowledged
from tests.durability.recorder import Recording, record
from tests.durability.survey import SOUND, survey
from tests.services.conftest import Offices, grassroots, unlocked
from tests.services.test_services_main_path import planned, recorded, reported

TITLES = {"Hoạt động 1"}, {"Hoạt động 1", "Hoạt động 2"}


@pytest.fixture
def folder(offices_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "union"
    shutil.copytree(offices_template / "union", path)
    with closing(unlocked(path)) as office:
        grassroots(office)
    return path


def backups_recorded(strace: str, folder: Path, monkeypatch: pytest.MonkeyPatch, how: str = "") -> Recording:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    targets, acks = folder.parent / "targets", folder.parent / "acks"
    targets.mkdir()
    command = [sys.executable, backing_up.__file__, str(folder), str(targets), str(acks), *([how] if how else [])]
    return record(command, targets, acks, strace=strace, trace=folder.parent / "trace")


def verdict(folder: Path, acknowledged: tuple[str, ...]) -> str:
    """Restore whatever offers itself as a backup."""
    found = sorted(path for path in folder.rglob("*") if path.name.endswith(SUFFIX))
    if not found:
        return "lost" if acknowledged else SOUND
    (source,) = found
    target = folder / "restored"
    try:
        backup.restore(source, target)
    except BackupDamaged:
        return "half a backup"
    try:
        with closing(unlocked(target)) as office:
            titles = {row.activity.title for row in activities.listing(office)}
            faults = doctor.check(office)
    except AppError:
        return "does not open"
    wanted = TITLES[max(0, len(acknowledged) - 1) :]
    return SOUND if titles in wanted and not faults else "not what was told"


def surveyed(recording: Recording, count: int, folder: Path) -> Counter[str]:
    return survey(images(recording, count, seed=5), verdict, folder.parent / "image")


def test_a_cut_leaves_the_old_backup_or_a_whole_new_one(
    folder: Path, tool: Callable[[str], str], rounds: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    count = rounds("backups cut and restored", first=20, build=100, soak=5_000)
    recording = backups_recorded(tool("strace"), folder, monkeypatch)
    assert sum(isinstance(operation, Acknowledged) for operation in recording.operations) == len(TITLES)
    assert surveyed(recording, count, folder) == {SOUND: count}


def test_a_backup_written_in_place_is_caught(
    folder: Path, tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = surveyed(backups_recorded(tool("strace"), folder, monkeypatch, "hasty"), 30, folder)
    assert found["half a backup"] > 0


def test_every_truncation_and_a_flip_in_every_page_are_refused(
    offices: Offices, tmp_path: Path, rounds: Callable[..., int]
) -> None:
    count = rounds("damaged backups", first=20, build=100, soak=5_000)
    source = backup.back_up(offices.union, tmp_path)
    data = source.read_bytes()
    damaged = tmp_path / f"damaged{SUFFIX}"
    for number in range(count):
        at = len(data) * number // count
        for changed in (data[:at], data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]):
            damaged.write_bytes(changed)
            refused_or_equal(damaged, tmp_path / "restored", offices.union.folder)


def refused_or_equal(source: Path, target: Path, original: Path) -> None:
    """A flip in a part of the ZIP that carries no content (a time, a flag) may pass; the content must then be whole."""
    try:
        backup.restore(source, target)
    except BackupDamaged:
        assert not (target / "congdoan.db").exists()
        assert not (target / "keyring.json").exists()
        return
    assert (target / "keyring.json").read_bytes() == (original / "keyring.json").read_bytes()
    with closing(unlocked(target)) as office:
        assert doctor.check(office) == []
    shutil.rmtree(target)


def test_a_copy_that_does_not_verify_is_no_backup(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk returns other bytes than were written: said, and the good backup of before is still there."""
    good = backup.back_up(offices.union, tmp_path).read_bytes()
    database = offices.union.folder / "congdoan.db"
    read = Path.read_bytes

    def rotten(path: Path) -> bytes:
        data = read(path)
        return data if path != database else data[:5000] + bytes([data[5000] ^ 1]) + data[5001:]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", rotten)
        with pytest.raises(BackupDamaged):
            backup.back_up(offices.union, tmp_path)
    (left,) = tmp_path.glob(f"*{SUFFIX}")
    assert left.read_bytes() == good
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [left.name]


def test_restoring_starts_new_feeds_and_erasures_stay(offices: Offices, tmp_path: Path) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    first = reported(offices, id_)
    source = backup.back_up(offices.union, tmp_path)
    second = reported(offices, id_)
    who = support.listing(offices.union)[0].record.person
    erasing.erase_person(offices.union, who)
    offices.union.close()
    backup.restore(source, offices.union.folder, replace=True)
    offices.union = unlocked(offices.union.folder)
    third = reported(offices, id_)
    feeds = [(Header.from_bytes(package.header).feed, package.seq) for package in (first, second, third)]
    assert feeds[0][0] == feeds[1][0] != feeds[2][0]
    assert [seq for _, seq in feeds] == [1, 2, 1]
    assert support.listing(offices.union)[0].person == persons.ERASED
    for package in (first, third):
        result = incoming.apply(offices.province, offices.carry(offices.union, package))
        assert (result.fork, result.refused) == (False, ())
    assert doctor.check(offices.union) == doctor.check(offices.province) == []
