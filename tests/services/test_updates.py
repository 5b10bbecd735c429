"""A new version of the program: signed by the root, checked, kept, shown; all else is refused and leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from congdoan_desktop import __version__
from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.errors import AppError, NotAllowed, ValidationError
from congdoan_desktop.packages.refusals import PackageRefused, Reason
from congdoan_desktop.services import incoming, key_changes, outgoing, stick_run, update_making, updates
from congdoan_desktop.services.outgoing import Content
from congdoan_desktop.storage.handoff import Outgoing
from tests.services.conftest import Offices, as_role, every_row

PROGRAM = b"MZ" + bytes(range(256)) * 40


@pytest.fixture
def setup(tmp_path: Path) -> Path:
    made = tmp_path / "congdoan-9.0-setup.exe"
    made.write_bytes(PROGRAM)
    return made


def made(offices: Offices, setup: Path, version: str = "9.0") -> Outgoing:
    return update_making.make(offices.province, setup, version, "Windows 10")


def test_an_update_rides_home_is_kept_and_says_what_to_do(offices: Offices, setup: Path) -> None:
    made(offices, setup)
    stick_run.take_and_write(offices.province, offices.stick)
    done = stick_run.take_and_write(offices.union, offices.stick)
    assert [result.kind for result in done.taken].count("update") == 1
    kept = updates.kept(offices.union)
    assert kept is not None
    assert (kept.version, kept.path.name, kept.path.read_bytes()) == ("9.0", setup.name, PROGRAM)
    assert str(kept.path) in kept.todo
    assert "chạy tệp đó" in kept.todo
    assert not kept.path.stat().st_mode & 0o111


def test_a_later_one_takes_the_place_and_an_earlier_one_does_not(offices: Offices, setup: Path) -> None:
    first = offices.carry(offices.province, made(offices, setup))
    second = offices.carry(offices.province, made(offices, setup.rename(setup.with_name("moi.exe")), "9.1"))
    incoming.apply(offices.union, second)
    incoming.apply(offices.union, first)
    kept = updates.kept(offices.union)
    assert kept is not None
    assert (kept.version, kept.path.name) == ("9.1", "moi.exe")
    assert sorted(path.name for path in kept.path.parent.iterdir()) == ["moi.exe", "update.json"]


def test_what_runs_already_waits_no_more(offices: Offices, setup: Path) -> None:
    incoming.apply(offices.union, offices.carry(offices.province, made(offices, setup, __version__)))
    assert updates.kept(offices.union) is None
    assert updates.kept(offices.other) is None


def test_who_does_not_hold_the_root_gives_no_program(offices: Offices, setup: Path) -> None:
    with pytest.raises(key_changes.NotTheRoot):
        update_making.make(offices.other, setup, "9.0", "Windows")
    body = b'{"file":"a.exe","schema":1,"system":"W","version":"9"}'
    clear = {"data/update.json": body, "data/program.bin": b"MZ"}
    with offices.union.write(Right.ISSUE) as work:
        forged = outgoing.send(offices.union, work, Content("update", None, (), clear=clear))
    before = every_row(offices.other)
    with pytest.raises(PackageRefused) as caught:
        incoming.apply(offices.other, offices.carry(offices.union, forged))
    assert caught.value.reason is Reason.WRONG_ROLE
    assert every_row(offices.other) == before
    assert not (offices.other.folder / updates.FOLDER).exists()


def test_one_bit_of_the_program_is_enough(offices: Offices, setup: Path) -> None:
    path = offices.carry(offices.province, made(offices, setup))
    data = path.read_bytes()
    at = data.index(PROGRAM[:64]) + 50
    broken = offices.stick / path.name
    broken.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    with pytest.raises(PackageRefused):
        incoming.apply(offices.union, broken)
    assert not (offices.union.folder / updates.FOLDER).exists()


BODIES = {
    "nothing": b"{}",
    "a path": b'{"file":"../a.exe","schema":1,"system":"W","version":"9"}',
    "hidden": b'{"file":".a","schema":1,"system":"W","version":"9"}',
    "the note's name": b'{"file":"update.json","schema":1,"system":"W","version":"9"}',
    "no version": b'{"file":"a.exe","schema":1,"system":"W","version":""}',
    "not canonical": b'{"schema":1,"file":"a.exe","system":"W","version":"9"}',
}


@pytest.mark.parametrize("case", BODIES)
def test_a_body_that_says_it_otherwise_is_not_taken(case: str, offices: Offices) -> None:
    clear = {"data/update.json": BODIES[case], "data/program.bin": b"MZ"}
    with offices.province.write(Right.ISSUE) as work:
        package = outgoing.send(offices.province, work, Content("update", None, (), clear=clear))
    before = every_row(offices.union)
    with pytest.raises(AppError):
        incoming.apply(offices.union, offices.carry(offices.province, package))
    assert every_row(offices.union) == before
    assert not (offices.union.folder / updates.FOLDER).exists()


def test_what_cannot_be_an_update_is_refused_where_it_is_made(offices: Offices, setup: Path, tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        update_making.make(offices.province, setup, "", "Windows")
    with pytest.raises(AppError, match="Không đọc được"):
        update_making.make(offices.province, tmp_path / "none.exe", "9", "Windows")
    with pytest.raises(ValidationError):
        update_making.make(offices.province, setup.rename(tmp_path / "bộ cài.exe"), "9", "Windows")
    with pytest.raises(NotAllowed):
        update_making.make(as_role(offices.province, Role.OFFICER), setup, "9", "Windows")
