"""Statistics forms by the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.terminals import UNION, Open


def test_a_form_is_filled_in_and_printed(open_office: Open, tmp_path: Path) -> None:
    union = open_office("union", UNION)
    assert [form["code"] for form in union.get("form", "list")] == ["2-HĐCĐ", "1-HĐCĐ"]
    of = ("2-hdcd", "--year", "2024", "--half")
    shown = union.get("form", "set", of[0], "I.1", "--value", "1.200", *of[1:])
    assert shown["period"] == "6 tháng đầu năm 2024 (01/12/2023 – 31/5/2024)"
    assert next(row for row in shown["rows"] if row["code"] == "I.1")["value"] == 1200
    for ending in ("pdf", "docx", "xlsx"):
        assert Path(union.get("form", "print", *of, "--out", str(tmp_path / f"b.{ending}"))["path"]).exists()
    emptied = union.get("form", "set", of[0], "I.1", *of[1:])
    assert next(row for row in emptied["rows"] if row["code"] == "I.1")["value"] is None
    assert "Không có biểu" in union.run("form", "show", "7").err
