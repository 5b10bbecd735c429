"""Other papers by the command line: words kept, general reports, lists, originals, the template."""

from __future__ import annotations

from pathlib import Path

from tests.cli.terminals import CAMPAIGN, PLAN_FILE, UNION, Open


def test_words_lists_originals_and_the_template(open_office: Open, tmp_path: Path) -> None:
    union = open_office("union", UNION)
    union.get("campaign", "add", "--from", str(PLAN_FILE))
    union.get("unit", "add", "--name", "CĐCS Chợ", "--code", "CDCS-CHO", "--kind", "cdcs_hop_tac_xa")
    told = union.get(
        "report", "write", "--campaign", CAMPAIGN, "--section", "Đánh giá chung=Tốt.", "--next-period", "Giải cầu lông."
    )
    assert [row["text"] for row in told] == ["Tốt.", "Giải cầu lông."]
    again = union.get("report", "write", "--campaign", CAMPAIGN, "--difficulties", "Mưa lớn.")
    assert [row["text"] for row in again] == ["Tốt.", "Mưa lớn.", "Giải cầu lông."]
    pdf = tmp_path / "bao-cao.pdf"
    of = ("--campaign", CAMPAIGN, "--period", "đợt kỷ niệm")
    first = union.get("report", "make", *of, "--out", str(pdf))
    other = union.get("report", "make", *of, "--unit", "CDCS-CHO", "--structure", "01/5/2024", "--out", str(pdf))
    assert first["report_id"] != other["report_id"]
    for name in ("chung.pdf", "chung.docx", "chung.xlsx"):
        union.get("report", "general", "--period", "năm 2024", "--out", str(tmp_path / name))
        assert (tmp_path / name).stat().st_size > 1000
    for kind in ("supports", "activities", "unions"):
        made = union.get("report", "list", kind, "--period", "năm 2024", "--out", str(tmp_path / f"{kind}.pdf"))
        assert Path(made["path"]).read_bytes().startswith(b"%PDF")
    assert "không đọc được thành kỳ" in union.run("report", "general", "--period", "x", "--out", str(pdf)).err
    assert union.get("report", "sent") == []
    assert union.run("report", "original", "abc", "--out", str(pdf)).code == 1


def test_a_template_is_set_refused_and_taken_back(open_office: Open, tmp_path: Path) -> None:
    union = open_office("union", UNION)
    ours = tmp_path / "mau.toml"
    ours.write_text("[page]\nleft = 36\n", "utf-8")
    shown = union.run("report", "template", "--set", str(ours))
    assert "Nghị định 30 từ 30 đến 35" in shown.out + shown.err
    ours.write_text("[page]\nleft = 1\n", "utf-8")
    wrong = union.run("report", "template", "--set", str(ours))
    assert (wrong.code, "dòng 2" in wrong.err) == (1, True)
    assert {"line": "left = 36"} in union.get("report", "template")
    union.run("report", "template", "--shipped")
    assert {"line": "left = 36"} not in union.get("report", "template")
    assert union.run("report", "template", "--set", str(tmp_path / "nothing")).code == 1
