"""Workbooks with bytes changed, lost or cut: refused in words or read, within a time, never a crash."""

from __future__ import annotations

import random
import re
import time
import zipfile
from pathlib import Path

import pytest

from congdoan_desktop.spreadsheets.refusals import SheetRefused
from tests.conftest import Rounds
from tests.spreadsheets.books import book, drafted, rezipped

DATA = Path(__file__).parent / "data"
LONGEST_S = 5.0


def originals(folder: Path) -> dict[str, bytes]:
    rows: list[list[object]] = [
        ["TT", "Họ và tên", "Ngày sinh", "Số CCCD"],
        [1, "Lò Thị Hoa", "05/04/1991", "012191000002"],
    ]
    new = book(folder / "new.xlsx", rows, lambda sheet: sheet.merge_cells("B2:B3"))
    return {"new.xlsx": new.read_bytes()} | {path.name: path.read_bytes() for path in DATA.iterdir()}


def outcome(path: Path) -> str:
    """How the program answers; anything but a refusal in words or rows fails the test."""
    began = time.perf_counter()
    try:
        drafted(path)
    except SheetRefused as refusal:
        answer = refusal.what
    else:
        answer = "read"
    assert time.perf_counter() - began < LONGEST_S
    return answer


@pytest.mark.parametrize("name", ["new.xlsx", "old-fonts.xls", "old-fonts.ods"])
def test_cut_anywhere(name: str, tmp_path: Path) -> None:
    data, path = originals(tmp_path)[name], tmp_path / f"cut-{name}"
    for length in range(8, len(data), max(1, len(data) // 40)):
        path.write_bytes(data[:length])
        assert outcome(path)


@pytest.mark.parametrize("name", ["new.xlsx", "old-fonts.xls", "old-fonts.ods"])
def test_changed_bytes(name: str, tmp_path: Path, rounds: Rounds) -> None:
    data, path = originals(tmp_path)[name], tmp_path / f"changed-{name}"
    chance = random.Random(7)
    answers = set()
    for _ in range(rounds(f"damaged copies of {name}", first=60, build=2_000, soak=50_000)):
        changed = bytearray(data)
        for _ in range(chance.choice((1, 1, 2, 8))):
            changed[chance.randrange(8, len(changed))] = chance.choice((0, 0xFF, chance.randrange(256)))
        path.write_bytes(changed)
        answers.add(outcome(path))
    assert "read" in answers
    assert len(answers) > 1


@pytest.mark.parametrize("name", ["new.xlsx", "old-fonts.ods"])
def test_parts_that_lie_behind_a_right_check_sum(name: str, tmp_path: Path, rounds: Rounds) -> None:
    """Bytes changed, figures made huge and pieces cut inside one part of the archive, which itself stays sound."""
    (tmp_path / name).write_bytes(originals(tmp_path)[name])
    with zipfile.ZipFile(tmp_path / name) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if part.endswith((".xml", ".rels"))}
    chance = random.Random(13)
    answers = set()
    for number in range(rounds(f"lying parts of {name}", first=40, build=1_500, soak=50_000)):
        part = chance.choice(sorted(parts))
        bad = lying(parts[part], chance)
        target = tmp_path / f"{number}-{name}"
        rezipped(tmp_path / name, target, lambda at, data, part=part, bad=bad: bad if at == part else data)  # type: ignore[misc]
        answers.add(outcome(target))
        target.unlink()
    assert "read" in answers
    assert len(answers) > 1


def lying(data: bytes, chance: random.Random) -> bytes:
    """One part with a lie in it."""
    way = chance.randrange(4)
    at = chance.randrange(len(data))
    if way == 0:
        return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    if way == 1:
        return data[:at]
    if way == 2:
        return data[:at] + data[chance.randrange(len(data)) :]
    numbers = [found.span() for found in re.finditer(rb"\d+", data)]
    start, end = chance.choice(numbers) if numbers else (at, at)
    return data[:start] + chance.choice((b"99999999999999999999", b"4294967295", b"-1", b"0", b"1048577")) + data[end:]
