"""Papers by the command line: the plan, a report's tables, a printed code, the letter to those who are late."""

from __future__ import annotations

from pathlib import Path

from tests.cli.terminals import CAMPAIGN, PLAN_FILE, UNION, Open


def test_the_plan_the_tables_the_code_and_the_letter(open_office: Open, tmp_path: Path) -> None:
    union = open_office("union", UNION)
    union.get("campaign", "add", "--from", str(PLAN_FILE))
    for name in ("ke-hoach.pdf", "ke-hoach.docx", "ke-hoach.xlsx"):
        made = union.get("campaign", "print", CAMPAIGN, "--out", str(tmp_path / name))
        assert Path(made["path"]).stat().st_size > 1000
    of = ("--campaign", CAMPAIGN, "--period", "đợt kỷ niệm 95 năm")
    report = union.get("report", "make", *of, "--out", str(tmp_path / "bang.xlsx"))
    assert (tmp_path / "bang.xlsx").read_bytes().startswith(b"PK")
    assert union.get("report", "check", report["report_id"])["standing"] == "printed"
    assert union.get("report", "check", "aaaa-aaaa-aaaa")["standing"] == "unknown"
    assert "không phải mã báo cáo" in union.run("report", "check", "9").err
    late = union.run("report", "remind", "--campaign", CAMPAIGN, "--out", str(tmp_path / "c.pdf"))
    assert (late.code, "Không có đơn vị nào gửi báo cáo" in late.err) == (1, True)
    wrong = union.run("campaign", "print", CAMPAIGN, "--out", str(tmp_path / "ke-hoach.odt"))
    assert (wrong.code, "Không biết ghi" in wrong.err) == (1, True)
