"""A whole stick, a return, a lock and what came back, by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_cli_loop import PERIOD, Offices, enter_records, hand_down, offices, strangers

__all__ = ["offices", "strangers"]


@pytest.fixture
def reported(offices: Offices) -> tuple[Offices, dict[str, Any]]:
    """A report of the union lies on the stick."""
    hand_down(offices)
    enter_records(offices.union)
    return offices, offices.union.get("package", "make", *PERIOD, "--write", str(offices.stick))


def test_a_stick_is_looked_at_and_taken_in_one_go(reported: tuple[Offices, dict[str, Any]]) -> None:
    offices, report = reported
    stick = str(offices.stick)
    seen = offices.province.get("stick", "look", stick)
    assert [(group["kind_name"], group["fresh"]) for group in seen["groups"]] == [("Báo cáo", 1), ("Tệp đăng ký mã", 0)]
    assert offices.province.get("package", "inbox")[0]["package_id"] != report["package_id"]
    done = offices.province.get("stick", "run", stick)
    assert [taken["package_id"] for taken in done["taken"]] == [report["package_id"]]
    assert (done["receipts"], done["written"]) == (1, 2)  # the organisation of today rides home beside the receipt
    assert sorted(taken["kind"] for taken in offices.union.get("stick", "run", stick)["taken"]) == ["receipt", "trust"]
    again = offices.province.run("stick", "run", stick)
    assert again.code == 0
    assert "Không có gói nào phải ghi" in again.err
    assert "Có thể rút USB" in again.err


def test_what_viruses_left_is_said(offices: Offices) -> None:
    (offices.stick / "autorun.inf").write_text("[autorun]")
    ran = offices.union.run("stick", "look", str(offices.stick))
    assert ran.code == 0
    assert "vi-rút" in ran.err


def test_a_run_that_cannot_write_says_so_and_keeps_what_came_in(reported: tuple[Offices, dict[str, Any]]) -> None:
    offices, report = reported
    folder = offices.stick / "CONGDOAN" / "BAN-SAO"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("a file in the way")
    ran = offices.province.run("stick", "run", str(offices.stick))
    assert ran.code == 1
    assert "Chưa ghi xong" in ran.err
    assert "Có thể rút" not in ran.err
    assert report["package_id"] in {row["package_id"] for row in offices.province.get("package", "inbox")}
    (source,) = offices.province.get("package", "sources", report["package_id"])
    assert (source["package_id"], source["via"]) == (report["package_id"], "")


def test_a_folder_is_not_ejected(offices: Offices, tmp_path: Path) -> None:
    ran = offices.union.run("stick", "eject", str(tmp_path))
    assert ran.code == 1
    assert "Gói đã ghi" in ran.err


def test_a_report_is_sent_back_mended_locked_and_opened_again(reported: tuple[Offices, dict[str, Any]]) -> None:
    offices, report = reported
    province, union, stick = offices.province, offices.union, str(offices.stick)
    province.get("package", "import", report["path"])
    look = province.get("review", "look", report["package_id"])
    number = next(one["number"] for one in look["subjects"] if one["type"] == "activity")
    at = (report["package_id"], "--fault", f"{number}/Số người: Ghi lại số người dự", "--fault", "Bổ sung lời văn")
    back = province.get("review", "return", *at, "--deadline", "10/8/2024", "--write", stick)
    union.get("package", "import", back["path"])
    mend = union.get("review", "mend")
    assert [(one["message"], one["deadline"]) for one in mend] == [
        ("Ghi lại số người dự", "2024-08-10"), ("Bổ sung lời văn", "2024-08-10"),
    ]  # fmt: skip
    assert mend[0]["record"]
    assert [one["field"] for one in mend] == ["Số người", ""]
    again = union.get("package", "make", *PERIOD, "--write", stick)
    assert union.get("review", "mend") == []
    province.get("package", "import", again["path"])
    assert [one["mended"] for one in province.get("review", "look", again["package_id"])["asked"]] == [False, False]
    locked = province.get("review", "approve", again["package_id"], "--note", "Đủ", "--write", stick)
    assert {row["verdict"] for row in province.get("review", "list")} == {"locked", None}
    assert province.run("review", "return", again["package_id"], "--fault", "?").code == 1
    union.get("package", "import", locked["path"])
    assert union.get("package", "outbox")[0]["receipt"]["approved"] is True
    province.get("review", "reopen", again["package_id"], "--reason", "Cấp trên yêu cầu bổ sung")
    assert "reopened" in {row["verdict"] for row in province.get("review", "list")}


BAD_RETURNS = {
    "nothing said": ((), "hạn gửi lại"),
    "no such subject": (("--fault", "99: sai", "--deadline", "10/8/2024"), "Không có mục số 99"),
    "no day": (("--fault", "sai", "--deadline", "mai"), "--deadline"),
}


@pytest.mark.parametrize("case", BAD_RETURNS)
def test_a_return_that_says_too_little_is_refused(case: str, reported: tuple[Offices, dict[str, Any]]) -> None:
    offices, report = reported
    offices.province.get("package", "import", report["path"])
    words, said = BAD_RETURNS[case]
    ran = offices.province.run("review", "return", report["package_id"], *words)
    assert ran.code == 1
    assert said in ran.err
    assert offices.province.get("review", "list")[0]["verdict"] is None


def test_a_catalogue_is_given_down_and_put_out_of_use(offices: Offices, tmp_path: Path) -> None:
    file = tmp_path / "activity_kinds.toml"
    file.write_text(
        '[[entry]]\ncode = "hoi_trai"\nname = "Hội trại hè"\ncounts = true\ngroup = "tuyen_truyen"\nsubject = "unit"\n',
        "utf-8",
    )
    offices.province.get("shared", "add", str(file))
    offices.province.get("stick", "run", str(offices.stick))
    offices.union.get("stick", "run", str(offices.stick))
    (one,) = offices.union.get("shared", "list")
    assert (one["name"], one["own"], one["used"]) == ("activity_kinds", False, True)
    offices.union.get("shared", "use", "activity_kinds", "--off")
    assert [one["used"] for one in offices.union.get("shared", "list")] == [False]
    offices.province.get("shared", "remove", "activity_kinds", "--reason", "Thay")
    assert offices.province.get("shared", "list") == []
