"""From need to signature at a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminals import CAMPAIGN, PLAN_FILE, Terminal

NEED = (
    "--unit", "CDCS-1", "--cause", "bệnh hiểm nghèo", "--kind", "trợ cấp", "--estimate", "5 triệu", "--on", "2/7/2024",
    "--circumstances", "Điều trị dài ngày", "--consent-on", "2/7/2024", "--consent-way", "bằng lời",
)  # fmt: skip


def add(union: Terminal, name: str, *more: str) -> str:
    return str(union.get("need", "add", *NEED, "--name", name, *more)[0]["id"])


def states(union: Terminal) -> dict[str, str]:
    return {row["name"]: row["state_name"] for row in union.get("need", "list")}


def test_the_whole_way_at_a_terminal(union: Terminal, tmp_path: Path) -> None:
    union.get("campaign", "add", "--from", str(PLAN_FILE))
    first, second = (add(union, name, "--campaign", CAMPAIGN) for name in ("Giàng A Sử", "Lý Thị Mẩy"))
    title = ("--title", "hỗ trợ đợt 1", "--on", "12/7/2024", "--campaign", CAMPAIGN)
    (made,) = union.get("proposal", "new", *title)
    union.get("proposal", "number", made["id"], "--number", "09/TTr-CĐX")
    (row,) = union.get("proposal", "list")
    assert (row["number"], row["count"], row["total"]) == ("09/TTr-CĐX", 2, 10_000_000)
    assert row["to_name"] == "Ban Thường vụ Liên đoàn Lao động tỉnh Mẫu"
    member, reason = ("--member", "Lò Thị Hoa, Chủ tịch"), ("--put-off", f"{second}=chờ giấy ra viện")
    union.get("proposal", "meet", "09/TTr-CĐX", "--on", "18/7/2024", *member, *reason, "--less", f"{first}=4 triệu")
    assert states(union) == {"Giàng A Sử": "Chờ quyết định", "Lý Thị Mẩy": "Hoãn"}
    union.get("proposal", "decide", "09/TTr-CĐX", "--number", "15/QĐ-CĐX", "--on", "19/7/2024")
    assert len(union.get("proposal", "pay", "09/TTr-CĐX", "--on", "20/7/2024")) == 1
    assert [row["cash"] for row in union.get("support", "list")] == [4_000_000]
    union.get("proposal", "signed", "09/TTr-CĐX", "--on", "20/7/2024")
    assert states(union) == {"Giàng A Sử": "Đã ký nhận", "Lý Thị Mẩy": "Hoãn"}
    for what in ("to-trinh", "bien-ban", "quyet-dinh"):
        path = tmp_path / f"{what}.pdf"
        union.get("proposal", "print", "09/TTr-CĐX", "--what", what, "--out", str(path))
        assert path.read_bytes().startswith(b"%PDF")
    path = tmp_path / "ky-nhan.docx"
    union.get("proposal", "print", made["id"], "--what", "ky-nhan", "--occasion", "trợ cấp", "--out", str(path))
    assert path.stat().st_size


def test_needs_are_filtered_counted_edited_and_taken_back(union: Terminal) -> None:
    id_ = add(union, "Giàng A Sử", "--kind", "mái ấm sửa chữa", "--cause", "mái ấm")
    add(union, "Tổ chế biến số 2", "--beneficiary", "tập thể")
    house = ("--stage", "khởi công", "--stage-on", "5/7/2024", "--stage-amount", "10 triệu")
    union.get("need", "edit", id_, "--closed-on", "6/7/2024", *house)
    (row,) = union.get("need", "list", "--state", "đã đóng")
    assert row["stages"] == [{"stage": "khoi_cong", "on": "2024-07-05", "amount": 10_000_000, "others": 0}]
    ran = union.run("need", "list")
    assert "Chờ xét: 1; Đã đóng: 1" in ran.err
    union.get("need", "delete", id_, "--reason", "ghi nhầm")
    assert list(states(union)) == ["Tổ chế biến số 2"]
    union.get("need", "restore", id_)
    assert len(union.get("need", "history", id_)) == 4


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("meet", "09/TTr-CĐX"), "Không có tờ trình nào"),
        (("new", "--title", "đợt 1"), "Chọn ít nhất một nhu cầu"),
        (("new", "--title", "đợt 1", "--amount", "abc"), "Không hiểu “abc”"),
    ],
)
def test_what_cannot_be_done_is_said(union: Terminal, words: tuple[str, ...], sentence: str) -> None:
    ran = union.run("proposal", *words)
    assert ran.code == 1
    assert sentence in ran.err


def test_steps_come_one_after_the_other(union: Terminal) -> None:
    add(union, "Giàng A Sử")
    union.get("proposal", "new", "--title", "đợt 1", "--number", "09/TTr-CĐX")
    for words in (("decide", "--number", "15/QĐ-CĐX"), ("pay",)):
        ran = union.run("proposal", words[0], "09/TTr-CĐX", *words[1:])
        assert ran.code == 1
        assert "chưa" in ran.err
