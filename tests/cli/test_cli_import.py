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
