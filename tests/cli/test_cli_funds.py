"""Gift lists, funds and emulation by the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.terminals import CAMPAIGN, PLAN_FILE, Terminal

HEAD = ("--fund", "quỹ xã hội", "--kind", "tặng quà", "--cause", "kho_khan", "--on", "25/7/2024")


def test_a_gift_list_is_checked_saved_and_goes_out_of_the_fund(union: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "qua.tsv"
    file.write_text(
        "Họ và tên\tNăm sinh\tCĐCS\tTiền mặt\nLò A\t1980\tCDCS-1\t500.000\nLò B\t1981\tCDCS-9\t1\n", "utf-8"
    )
    rows = union.get("gift", "check", str(file), *HEAD)
    assert [(row["name"], row["fits"]) for row in rows] == [("Lò A", True), ("Lò B", False)]
    assert "Không có đơn vị này" in str(rows[1]["said"])
    file.write_text("Họ và tên\tNăm sinh\tCĐCS\tTiền mặt\nLò A\t1980\tCDCS-1\t500.000\n", "utf-8")
    assert len(union.get("gift", "save", str(file), *HEAD)) == 1
    (hit,) = union.get("support", "people", "lo a")
    assert hit["name"] == "Lò A"
    union.get("fund", "add", "--fund", "quỹ xã hội", "--amount", "2 triệu", "--on", "1/7/2024", "--people", "20")
    (balance,) = union.get("fund", "balance", "--on", "31/7/2024")
    assert (balance["incoming"], balance["outgoing"], balance["left"]) == (2_000_000, 500_000, 1_500_000)
    (row,) = union.get("fund", "list")
    assert (row["amount"], row["people"]) == (2_000_000, 20)
    out = tmp_path / "sao-ke.pdf"
    union.get("fund", "statement", "--fund", "quỹ xã hội", "--from", "1/7/2024", "--to", "31/7/2024", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF")


def test_a_movement_is_told_and_its_list_printed(union: Terminal, tmp_path: Path) -> None:
    union.get("campaign", "add", "--from", str(PLAN_FILE))
    union.get(
        "activity", "add", "--unit", "CDCS-1", "--kind", "sang_kien", "--title", "Máy sấy chè", "--starts", "20/7/2024",
        "--campaign", CAMPAIGN, "--field", "count=2",
    )  # fmt: skip
    whole = union.get("emulation", "phases", "--campaign", CAMPAIGN)[-1]
    assert (whole["name"], whole["sang_kien"]) == ("Cả phong trào", 2)
    asked = ("--campaign", CAMPAIGN, "--step", "sang_kien")
    assert [row["title"] for row in union.get("emulation", "list", *asked)] == ["Máy sấy chè"]
    out = tmp_path / "sang-kien.docx"
    union.get("emulation", "print", *asked, "--out", str(out))
    assert out.stat().st_size > 5000
