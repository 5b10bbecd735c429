"""The organisation of a day and its reorganisation by the command line."""

from __future__ import annotations

import pytest

from tests.cli.terminals import PROVINCE, Open, Terminal

PAPER = ("--on", "1/7/2025", "--decision", "300/QĐ-LĐLĐ", "--reason", "Kết thúc cấp huyện")


@pytest.fixture
def province(open_office: Open) -> Terminal:
    """A district with four CĐCS, and two commune unions from 1/7/2025 on."""
    terminal = open_office("p", PROVINCE)
    terminal.get("unit", "add", "--name", "LĐLĐ huyện Mẫu", "--code", "HUYEN", "--kind", "ldld_huyen")
    for number, place in enumerate(("Nậm Mẫu", "Nậm Mẫu", "Bản Lùng", "")):
        name = f"CĐCS Trường số {number} xã {place}" if place else "CĐCS Hạt Kiểm lâm"
        terminal.get(
            "unit", "add", "--name", name, "--code", f"CS-{number}", "--kind", "cdcs_su_nghiep", "--parent", "HUYEN"
        )
        terminal.get("unit", "headcount", f"CS-{number}", "--workers", "9", "--members", "8", "--on", "1/1/2024")
    for number, place in enumerate(("Nậm Mẫu", "Bản Lùng")):
        terminal.get(
            "unit", "found", "--name", f"Công đoàn xã {place}", "--code", f"XA-{number}", "--kind", "cong_doan_xa",
            "--on", "1/7/2025", "--decision", "299/QĐ-LĐLĐ",
        )  # fmt: skip
    return terminal


def tree(terminal: Terminal, *more: str) -> dict[str, tuple[int, int | None]]:
    return {row["code"]: (row["depth"], row["members"]) for row in terminal.get("unit", "tree", *more)}


def test_a_district_ends_and_2024_stays(province: Terminal) -> None:
    before = tree(province, "--on", "31/12/2024")
    refused = province.run("unit", "move-all", "HUYEN", *PAPER)
    assert refused.code != 0
    assert "CĐCS Hạt Kiểm lâm" in refused.err
    seen = province.get("unit", "move-all", "HUYEN", "--to", "LDLD-MAU", *PAPER, "--dry-run")
    assert seen["ids"] == []
    assert len(seen["units"]) == 5
    assert len(province.get("unit", "move-all", "HUYEN", "--to", "LDLD-MAU", *PAPER)["ids"]) == 5
    assert tree(province, "--on", "31/12/2024") == before
    assert tree(province, "--on", "1/7/2025") == {
        "LDLD-MAU": (0, 32), "XA-0": (1, 16), "XA-1": (1, 8), "CS-0": (2, 8), "CS-1": (2, 8), "CS-2": (2, 8),
        "CS-3": (1, 8),
    }  # fmt: skip


def test_merging_renaming_splitting_and_taking_back(province: Terminal) -> None:
    province.get("unit", "merge", "CS-0", "CS-1", "--name", "CĐCS Liên trường", "--code", "LT", "--on", "1/5/2024")
    assert tree(province)["LT"] == (2, 16)
    province.get("unit", "rename", "LT", "--name", "CĐCS Liên trường Nậm Mẫu", "--block", "khối trường học")
    province.get("unit", "split", "CS-2", "--part", "CĐCS Bản Lùng 1", "--part", "CĐCS Bản Lùng 2", "--on", "2/5/2024")
    province.get("unit", "move", "CS-3", "--to", "LDLD-MAU")
    province.get("unit", "dissolve", "CS-3")
    assert set(tree(province)) == {"LDLD-MAU", "HUYEN", "LT", "CDCS-BANLUNG1", "CDCS-BANLUNG2"}
    rows = province.get("unit", "decisions", "--unit", "LT")
    assert [row["kind"] for row in rows] == ["change", "merge"]
    stuck = province.run("unit", "take-back", rows[1]["id"], "--reason", "nhầm")
    assert stuck.code != 0
    ended = province.run("unit", "merge", "CS-3", "LT", "--name", "CĐCS Mới", "--code", "M", "--on", "3/5/2026")
    assert ended.code == 1
    assert "dựa vào nó" in stuck.err
    for row in rows:
        province.get("unit", "take-back", row["id"], "--reason", "nhầm")
    assert {"CS-0", "CS-1"} <= set(tree(province))
