"""`congdoan plan read`: without an office, as JSON and for people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from congdoan_desktop.cli.main import main

PLAN = Path(__file__).parents[1] / "planreader" / "data" / "phat-dong-van-xuoi.txt"
EMPTY = Path(__file__).parents[1] / "planreader" / "data" / "huong-dan-khong-chi-tieu.txt"


def run(tmp_path: Path, *words: str) -> int:
    return main(["--data", str(tmp_path / "none"), "plan", "read", *words])


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, str(PLAN), "--json") == 0
    out, err = capsys.readouterr()
    read = json.loads(out)
    assert (read["so_ky_hieu"], read["so"], read["date"], read["date_precision"]) == (
        "/PĐ-LĐLĐ",
        None,
        "2026-02",
        "month",
    )
    assert [target["id"] for target in read["targets"]][:2] == ["T01", "T02"]
    assert "cần người xác nhận" in err
    assert not (tmp_path / "none").exists()


def test_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, str(PLAN)) == 0
    out, err = capsys.readouterr()
    assert "Liên đoàn Lao động tỉnh Bạch Sơn" in out
    assert "từ 4.500 đoàn viên" in out
    assert "Đợt 2 01/08/2026 31/12/2026" in " ".join(out.split())
    assert "Tìm thấy 8 chỉ tiêu" in err


def test_none_found_is_a_normal_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, str(EMPTY)) == 0
    assert "Không tìm thấy chỉ tiêu" in capsys.readouterr().err


def test_a_file_that_is_no_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "a.docx"
    bad.write_bytes(b"PK\x03\x04 cut")
    assert run(tmp_path, str(bad)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "Tệp Word bị hỏng, không mở được.",
        "Tệp gốc không bị đụng tới và chưa có gì được ghi.",
        "Mở tệp bằng Word, lưu lại dạng .docx rồi đọc lại.",
    ]
