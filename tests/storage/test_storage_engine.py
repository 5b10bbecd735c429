"""The encrypted file: damage is noticed, the disk's refusals are told, one program at a time writes."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from congdoan_desktop.storage import projections, schema
from congdoan_desktop.storage.drafts import Draft, Drafts
from congdoan_desktop.storage.engine import Database, DatabaseUnreadable, connect
from congdoan_desktop.storage.files import DiskRefused, write_atomically
from congdoan_desktop.storage.folder import FolderInUse, FolderLock
from tests.storage.conftest import KEY, Install, Installation, activity


@pytest.fixture
def laptop(install: Install) -> Installation:
    return install()


def noticed(path: Path) -> bool:
    """Whether opening, checking, or reading everything tells that the file is damaged."""
    try:
        database = Database(path, KEY)
    except DatabaseUnreadable:
        return True
    try:
        return bool(database.damage())
    finally:
        database.close()


def test_every_flipped_bit_is_noticed(laptop: Installation, rounds: Callable[..., int], tmp_path: Path) -> None:
    for number in range(40):
        laptop.put(activity(laptop.writer.unit, participants=number))
    laptop.close()
    whole = (laptop.path / "congdoan.db").read_bytes()
    damaged, dice = tmp_path / "damaged.db", random.Random(11)
    damaged.write_bytes(whole)
    assert not noticed(damaged)
    for _ in range(rounds("flipped bits", first=20, build=500, soak=10_000)):
        position = dice.randrange(len(whole))
        flipped = bytes([whole[position] ^ 1 << dice.randrange(8)])
        damaged.write_bytes(whole[:position] + flipped + whole[position + 1 :])
        assert noticed(damaged), position


def test_reading_a_damaged_page_is_an_error_with_a_way_out(laptop: Installation, tmp_path: Path) -> None:
    for number in range(40):
        laptop.put(activity(laptop.writer.unit, participants=number))
    laptop.close()
    whole = bytearray((laptop.path / "congdoan.db").read_bytes())
    for page in range(len(whole) // 4096 - 10, len(whole) // 4096):
        whole[page * 4096 + 100] ^= 1
    (tmp_path / "damaged.db").write_bytes(whole)
    database = Database(tmp_path / "damaged.db", KEY)
    with pytest.raises(DatabaseUnreadable), database.read() as connection:
        projections.digest(connection)
    database.close()


@pytest.mark.parametrize(
    "content", [None, b"", b"x", b"SQLite format 3\0" + bytes(4080)], ids=["missing", "empty", "short", "plain"]
)
def test_what_is_no_database_of_ours_is_not_made_into_one(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "congdoan.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DatabaseUnreadable):
        schema.prepare(path, KEY)
    assert (path.read_bytes() if path.exists() else None) == content


def test_another_key_opens_nothing(laptop: Installation) -> None:
    laptop.close()
    with pytest.raises(DatabaseUnreadable):
        Database(laptop.path / "congdoan.db", bytes(32))


def test_nothing_stands_in_clear(laptop: Installation) -> None:
    laptop.put(activity(laptop.writer.unit, note="Lò Thị Ương vắng"))
    for path in laptop.path.iterdir():
        assert "Lò Thị Ương".encode() not in path.read_bytes()
        assert b"the_thao" not in path.read_bytes()


def test_the_file_is_opened_in_the_mode_that_loses_nothing(laptop: Installation) -> None:
    with laptop.database.read() as connection:
        modes = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert modes == ["truncate", 2, 1]


def test_the_database_belongs_to_one_thread(laptop: Installation) -> None:
    told: list[str] = []

    def elsewhere() -> None:
        try:
            with laptop.database.read():
                pass
        except RuntimeError as error:
            told.append(str(error))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert told == ["the database belongs to another thread"]


def test_a_locked_file_is_told(laptop: Installation) -> None:
    other = Database(laptop.path / "congdoan.db", KEY)
    other._connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    with laptop.database.write() as _, pytest.raises(DiskRefused, match="chương trình khác"), other.write():
        pass
    other.close()


def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        target = Path("/proc/congdoan.tmp")
    else:
        tmp_path.chmod(0o500)
        target = tmp_path / "file"
    with pytest.raises(DiskRefused):
        write_atomically(target, b"x")


def test_a_refused_file_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "file"
    write_atomically(target, b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskRefused, match="hết chỗ trống"):
        write_atomically(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert target.read_bytes() == b"old"


HOLD = """
import sys, time
from pathlib import Path
from congdoan_desktop.storage.folder import FolderInUse, FolderLock
try:
    lock = FolderLock(Path(sys.argv[1]))
except FolderInUse:
    print("in use", flush=True)
else:
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_of_eight_starts_at_once_one_holds_the_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(8)]
    try:
        said = [process.stdout.readline().strip() for process in started if process.stdout]
        assert sorted(said) == ["held"] + ["in use"] * 7
        with pytest.raises(FolderInUse):
            FolderLock(tmp_path)
        for process in started:
            process.kill()
            process.wait()
        FolderLock(tmp_path).release()
    finally:
        for process in started:
            process.kill()
            process.communicate()


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path, KEY)


DRAFT = Draft("support", "", {"name": "Lò Thị Ương", "cash": 1}, "2024-07-22T08:00:00+07:00")


def test_drafts_are_kept_found_and_dropped(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(DRAFT)
    drafts.keep(Draft("support", "id", {"name": "khác"}, "2024-07-22T09:00:00+07:00"))
    drafts.keep(Draft("support", "id", {"name": "mới"}, "2024-07-22T10:00:00+07:00"))
    drafts.close()
    again = Drafts(tmp_path, KEY)
    assert again.find("support") == DRAFT
    assert [draft.values["name"] for draft in again.all()] == ["mới", "Lò Thị Ương"]
    again.drop("support")
    assert again.find("support") is None
    again.close()
    assert "Ương".encode() not in (tmp_path / "drafts.db").read_bytes()


def test_drafts_are_safe_from_any_thread(drafts: Drafts) -> None:
    def keep(number: int) -> None:
        for turn in range(20):
            drafts.keep(Draft("form", str(number), {"turn": turn}, str(turn)))

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [draft.values["turn"] for draft in drafts.all()] == [19] * 4
    drafts.close()


@pytest.mark.parametrize("position", [20, 4096 + 20, -1])
def test_damaged_drafts_are_set_aside_and_typing_goes_on(drafts: Drafts, tmp_path: Path, position: int) -> None:
    for number in range(50):
        drafts.keep(Draft("form", str(number), {"text": "x" * 500}, ""))
    drafts.close()
    damaged = bytearray((tmp_path / "drafts.db").read_bytes())
    damaged[position] ^= 1
    (tmp_path / "drafts.db").write_bytes(damaged)
    (tmp_path / "drafts.db-journal").write_bytes(b"left by a cut")
    fresh = Drafts(tmp_path, KEY)
    fresh.keep(DRAFT)
    assert fresh.all() == [DRAFT]
    fresh.close()
    assert (tmp_path / "drafts.damaged").read_bytes() == damaged


FULL_DISK = """
import sys
from pathlib import Path
from congdoan_desktop.clock import Clock
from congdoan_desktop.storage.engine import Database
from congdoan_desktop.storage.files import DiskRefused
from congdoan_desktop.storage.unit_of_work import Writer, unit_of_work
from tests.storage.conftest import KEY, activity

folder, unit, steps, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
database = Database(folder / "congdoan.db", KEY)


class Disk:
    def __init__(self):
        self.filler = (folder / "filler").open("wb", buffering=0)
        try:
            while True:
                self.filler.write(bytes(4096))
        except OSError:
            self.size = self.filler.tell()

    def give_way(self):
        self.size = max(0, self.size - 4096)
        self.filler.truncate(self.size)


class Pages:
    def __init__(self):
        self.most = database._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        self.give_way()

    def give_way(self):
        self.most += 1
        database._connection.exec_driver_sql(f"PRAGMA max_page_count = {self.most}").scalar_one()


space = {"disk": Disk, "pages": Pages}[port]()
told = kept = 0
for step in range(steps):
    try:
        with unit_of_work(database, Writer("o", unit, "i", {}, None), Clock()) as work:
            for _ in range(3):
                work.put(activity(unit, note="x" * 900))
        kept += 3
    except DiskRefused:
        told += 1
        space.give_way()
    with database.read() as connection:
        held = connection.exec_driver_sql("SELECT count(*) FROM p_activity").scalar_one()
        logged = connection.exec_driver_sql("SELECT count(*) FROM log WHERE action = 'new:activity'").scalar_one()
        assert held == logged == kept, (held, logged, kept)
assert database.damage() == []
print(told, kept)
"""


@pytest.mark.parametrize("port", ["disk", "pages"])
def test_a_full_disk_is_told_and_nothing_is_half_written(
    port: str, laptop: Installation, rounds: Callable[..., int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A tmpfs of our own where the system allows one, and everywhere a limit on the pages of the file."""
    steps = rounds(f"saves on a full {port} that gives way in steps of 4 KiB", first=60, build=400, soak=4_000)
    laptop.close()
    script = tmp_path / "full.py"
    script.write_text(FULL_DISK, "utf-8")
    folder, mount = laptop.path, ""
    if port == "disk":
        folder = tmp_path / "mounted"
        folder.mkdir()
        mount = f"mount -t tmpfs -o size=4m none {folder} && cp {laptop.path}/congdoan.db {folder}/ && "
        if not may_mount(folder):
            with capsys.disabled():
                print("\n  no tmpfs for us here: only the limit on pages was tried", end="")
            return
    run = f"{mount}exec {sys.executable} {script} {folder} {laptop.writer.unit} {steps} {port}"
    command = ["unshare", "-rm", "sh", "-c", run] if mount else ["sh", "-c", run]
    here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=here)
    assert done.returncode == 0, done.stderr
    told, kept = map(int, done.stdout.split())
    with capsys.disabled():
        print(f"\n  full {port}: refused {told} times, {kept} records saved between", end="")
    assert told > 10
    assert kept > 10


def may_mount(folder: Path) -> bool:
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", str(folder)]
    return (
        shutil.which("unshare") is not None
        and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )


@pytest.mark.parametrize("name", ["missing/a.db", "folder"])
def test_a_file_that_cannot_be_opened_is_named_in_words(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(DiskRefused, match="không mở được tệp"):
        connect(tmp_path / name, bytes(32), create=True)
