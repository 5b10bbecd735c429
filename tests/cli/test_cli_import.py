"""Lists out of Excel at the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.terminals import UNION, Open, Terminal

HEAD = ("Họ và tên", "Ngày sinh", "Giới tính", "Công đoàn cơ sở")
ROWS = (("Lò Thị Ương", "12/03/1990", "Nữ", "CĐCS Chợ"), ("Vàng A Dũng", "31/02/1985", "Nam", "CĐCS Chợ"))


@pytest.fixture
def union(open_office: Open) -> Terminal:
    union = open_office("union", UNION)
    union.get("unit", "add", "--name", "CĐCS Chợ", "--code", "CHO", "--kind", "cdcs_dn_ngoai")
    return union


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *ROWS):
        sheet.append(list(row))
    book.save(tmp_path / "ds.xlsx")
    return tmp_path / "ds.xlsx"


def test_looked_at_imported_and_undone(union: Terminal, path: Path, tmp_path: Path) -> None:
    looked = union.get("import", str(path), "--dry-run")
    assert (looked["new"], looked["faulty"], looked["id"]) == (1, 1, None)
    assert "B3" in looked["rows"][0]["notes"]
    assert union.get("import", "list") == []
    left = tmp_path / "con.xlsx"
    done = union.get("import", str(path), "--kind", "members", "--returned", str(left))
    assert (done["id"], done["new"], done["returned"]) == (1, 1, 1)
    assert left.is_file()
    assert [one["source"] for one in union.get("import", "list")] == ["ds.xlsx · Sheet"]
    assert union.get("import", "undo", "1")["deleted"] == 1
    assert union.run("import", "undo", "1").code == 1


@pytest.mark.parametrize("kind", ["members", "workplaces", "units"])
def test_a_template_to_fill_in(union: Terminal, tmp_path: Path, kind: str) -> None:
    made = tmp_path / "mau.xlsx"
    union.get("import", "template", str(made), "--kind", kind)
    assert "Hướng dẫn" in openpyxl.load_workbook(made).sheetnames
    assert "template" in union.run("import", "template").err


def test_numbers_hold_for_the_day_that_is_said(union: Terminal, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("Tên CĐCS", "Số lao động", "Số đoàn viên", "Chủ tịch"), ("CĐCS Trường Nậm Mẫu", 20, 18, "Lò Thị Hoa")):
        book.worksheets[0].append(list(row))
    book.save(tmp_path / "cdcs.xlsx")
    done = union.get("import", str(tmp_path / "cdcs.xlsx"), "--kind", "units", "--on", "31/12/2023")
    assert done["new"] == 1
    assert "thẻ Cán bộ" in done["left"][0]["column"]
    (made,) = [one for one in union.get("unit", "list") if one["name"] == "CĐCS Trường Nậm Mẫu"]
    assert (made["workers"], made["members"]) == (20, 18)
    assert "search" not in made


def test_a_union_under_another_name(union: Terminal, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEAD, (*ROWS[0][:3], "Tổ rau Mường Kim")):
        sheet.append(list(row))
    book.save(tmp_path / "khac.xlsx")
    path = str(tmp_path / "khac.xlsx")
    assert union.get("import", path, "--dry-run")["faulty"] == 1
    assert union.get("import", path, "--call", "tổ rau mường kim=CHO")["new"] == 1
    union.get("import", "undo", "1")
    assert union.get("import", path, "--dry-run")["new"] == 1
    assert "Tổ rau" in union.run("import", path, "--call", "Tổ rau").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "hop_dong"), "hop_dong"),
        (("--sheet", "Không có"), "Sheet"),
        (("--head", "abc"), "abc"),
    ],
)
def test_what_is_wrong_is_told(union: Terminal, path: Path, words: tuple[str, ...], said: str) -> None:
    ran = union.run("import", str(path), *words)
    assert ran.code == 1
    assert said in ran.err
