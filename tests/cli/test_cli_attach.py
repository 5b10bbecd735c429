"""Photos and scans by the command line: attached, listed, mended, copied out, taken off, erased."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminals import Terminal
from tests.cli.test_cli_needs import add as add_need
from tests.cli.test_cli_records import add_activity, add_support
from tests.pictures.photos import photo


@pytest.fixture
def card(tmp_path: Path) -> list[str]:
    paths = [tmp_path / name for name in ("a.jpg", "b.jpg", "c.txt")]
    for path, data in zip(paths, (photo(300, 200), photo(200, 300), b"chu"), strict=True):
        path.write_bytes(data)
    return [str(path) for path in paths]


def test_a_picture_from_the_card_to_its_end(union: Terminal, card: list[str], tmp_path: Path) -> None:
    owner = add_activity(union)
    added = union.get("attach", "add", *card, "--to", owner[-8:])
    assert added["count"] == 2
    assert [row["file"] for row in added["unfit"]] == [card[2]]
    rows = union.get("attach", "list", "--to", owner)
    assert [(row["kind_name"], row["taken"], row["here"]) for row in rows] == [("ảnh", "2024-07-22", True)] * 2
    first, second = (row["id"] for row in rows)
    union.get("attach", "edit", first, "--caption", "Trao quà", "--kind", "bản quét", "--taken", "20/7/2024")
    row = next(row for row in union.get("attach", "list") if row["id"] == first)
    assert (row["caption"], row["kind"], row["taken"]) == ("Trao quà", "scan", "2024-07-20")
    union.get("attach", "save", first, str(tmp_path / "copy.jpg"))
    assert (tmp_path / "copy.jpg").read_bytes()[:2] == b"\xff\xd8"
    assert union.run("attach", "save", first, str(tmp_path / "copy.jpg")).code == 1
    union.get("attach", "delete", second, "--reason", "mờ")
    assert len(union.get("attach", "list", "--to", owner)) == 1
    union.get("attach", "restore", second)
    union.get("attach", "erase", second)
    assert [row["here"] for row in union.get("attach", "list", "--to", owner)].count(False) == 1
    assert [version["verb"] for version in union.get("attach", "history", first)] == ["Sửa", "Ghi mới"]


def test_a_scan_hangs_on_all_who_signed_it_and_nothing_else(union: Terminal, card: list[str]) -> None:
    people = [add_support(union, "--person", name) for name in ("Lò Văn Ân", "Vàng A Sử")]
    union.get("attach", "add", card[0], "--to", people[0], "--to", people[1], "--kind", "bản quét")
    assert all(len(union.get("attach", "list", "--to", one)) == 1 for one in people)
    mixed = union.run("attach", "add", card[0], "--to", people[0], "--to", add_activity(union))
    assert mixed.code == 1
    assert "cùng một loại" in mixed.err


def test_papers_of_a_need_hang_on_it(union: Terminal, card: list[str]) -> None:
    need = add_need(union, "Giàng A Sử")
    union.get("attach", "add", *card[:2], "--to", need[-8:], "--kind", "bản quét")
    assert [row["kind_name"] for row in union.get("attach", "list", "--to", need)] == ["bản quét"] * 2
