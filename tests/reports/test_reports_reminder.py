"""Công văn đôn đốc by ruler, in PDF and as LibreOffice prints the Word file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.domain.period_report import PlanCitation, Signature
from congdoan_desktop.domain.reminder import MissingUnion, Reminder
from congdoan_desktop.reports import docx, pdf
from congdoan_desktop.reports.reminder_layout import reminder_document
from tests.reports.paper import Page, pages, text
from tests.reports.story import LETTERHEAD
from tests.reports.writer import converted

Tool = Callable[[str], str]
NEAR = 0.5


def letter(**changes: Any) -> Reminder:
    made = Reminder(
        letterhead=replace(LETTERHEAD, code="CĐX"),
        unit_name="Công đoàn xã Nậm Xuân",
        plan=PlanCitation("03/KH-CĐX", date(2026, 1, 22), "Ban Thường vụ Công đoàn xã Nậm Xuân", "Phong trào năm 2026"),
        what="báo cáo 6 tháng đầu năm 2026",
        was_due=date(2026, 6, 5),
        missing=(MissingUnion("CĐCS Công ty TNHH Xây dựng Minh Mẫu"), MissingUnion("CĐCS Trạm Y tế", "quý I năm 2026")),
        expected=14,
        until=date(2026, 6, 20),
        dated=date(2026, 6, 12),
        signature=Signature(("TM. BAN THƯỜNG VỤ",), "PHÓ CHỦ TỊCH", "Lò Văn Mẫu"),
    )
    return replace(made, **changes)


@pytest.fixture(scope="module")
def both(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """The first page of the PDF and of the Word file."""
    folder = tmp_path_factory.mktemp("letter")
    document = reminder_document(letter())
    (folder / "letter.docx").write_bytes(docx.render(document))
    in_word = pages(converted(folder / "letter.docx", "pdf", tool).read_bytes(), tool, folder)
    in_pdf = pages(pdf.render(document), tool, folder)
    assert (len(in_pdf), len(in_word)) == (1, 1)
    return [in_pdf[0], in_word[0]]


def test_the_subject_stands_under_the_number_and_no_type_is_named(both: list[Page]) -> None:
    for page in both:
        assert page.baseline("/CĐX") == pytest.approx(38.7, abs=NEAR)
        first = page.find("V/v đôn đốc")[0]
        assert first.baseline == pytest.approx(38.7 + (6 + 14) / 72 * 25.4, abs=NEAR)
        line = [word for word in page.words if abs(word.baseline - first.baseline) < 0.3 and word.right < 97]
        assert (line[0].left + line[-1].right) / 2 == pytest.approx(63, abs=NEAR)
        assert min(word.left for word in page.words if 45 < word.baseline < 58) >= 30 - NEAR
        assert "CÔNG VĂN" not in " ".join(word.text for word in page.words)


def test_the_letter_is_addressed_signed_and_ends_as_it_must(both: list[Page]) -> None:
    for page in both:
        subject = max(word.baseline for word in page.words if word.right < 97 and word.baseline < 62)
        assert page.baseline("Kính gửi: Các công đoàn") > subject + 5
        assert page.baseline("Nơi nhận:") == pytest.approx(page.baseline("TM. BAN THƯỜNG VỤ"), abs=NEAR)
        assert page.find("- Như trên;")
        assert page.find("hiện./.")
        assert page.find("12/14 đơn vị; còn 02 đơn vị chưa gửi,")
        assert page.find("trước ngày 20/6/2026 để")


def test_one_union_is_named_in_the_address_and_a_plan_without_a_day_says_none() -> None:
    printed = text(pdf.render(reminder_document(letter(missing=(MissingUnion("CĐCS Chè"),), was_due=None))))
    assert "Kính gửi: CĐCS Chè" in printed
    assert "thời hạn" not in printed
    assert "13/14 đơn vị; còn 01 đơn vị chưa gửi là CĐCS Chè." in printed


def test_a_letter_to_one_union_speaks_to_it_alone() -> None:
    alone = (MissingUnion("CĐCS Chè", "quý I năm 2026"),)
    printed = text(pdf.render(reminder_document(letter(missing=alone)))).replace("\u00a0", " ")
    assert "chưa gửi là CĐCS Chè (báo cáo gần nhất đã nhận: quý I năm 2026)." in printed
    assert "Đề nghị CĐCS Chè khẩn trương hoàn thành" in printed
    assert "đề nghị CĐCS Chè quan tâm" in printed
    for words in ("các đơn vị", "có tên trên", "Danh sách"):
        assert words not in printed
    only = text(pdf.render(reminder_document(letter(missing=alone, expected=1)))).replace("\u00a0", " ")
    assert "chưa nhận được báo cáo 6 tháng đầu năm 2026 (báo cáo gần nhất" in only


@pytest.mark.parametrize("count", [2, 6, 9, 10, 11, 40])
def test_the_letter_is_one_signed_page_however_high_its_head_is(count: int, tool: Tool, tmp_path: Path) -> None:
    """A province's name takes two lines, the subject three, and the plan is cited in four."""
    high = letter(
        letterhead=replace(
            LETTERHEAD, code="LĐLĐ", parent="Tổng LĐLĐ Việt Nam", issuer="Liên đoàn Lao động tỉnh Lai Châu"
        ),
        unit_name="Liên đoàn Lao động tỉnh Lai Châu",
        plan=PlanCitation(
            "21/KH-LĐLĐ", date(2026, 1, 14), "Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu",
            "Tổ chức các hoạt động Tháng Công nhân và chào mừng kỷ niệm 97 năm Ngày thành lập Công đoàn Việt Nam",
        ),
        missing=tuple(MissingUnion(f"Công đoàn xã Bản Lướt số {at}") for at in range(count)),
        expected=42,
    )  # fmt: skip
    document = reminder_document(high)
    (tmp_path / "letter.docx").write_bytes(docx.render(document))
    for made in (
        pages(pdf.render(document), tool, tmp_path),
        pages(converted(tmp_path / "letter.docx", "pdf", tool).read_bytes(), tool, tmp_path),
    ):
        for part in ("TM. BAN THƯỜNG VỤ", "hiện./.", "Nơi nhận:"):
            assert made[0].find(part), part
        assert len(made) == 1 or made[1].find("Phụ lục")
        assert made[-1].find(f"Công đoàn xã Bản Lướt số {count - 1}")


def test_the_last_report_begins_its_cell_with_a_capital() -> None:
    assert "2 CĐCS Trạm Y tế Quý I năm 2026" in text(pdf.render(reminder_document(letter()))).replace("\u00a0", " ")


def test_hundreds_of_missing_unions_stand_in_a_list_behind_one_signed_page(tool: Tool, tmp_path: Path) -> None:
    many = tuple(MissingUnion(f"Công đoàn cơ sở Trường Tiểu học số {at} " * 2) for at in range(300))
    made = pages(pdf.render(reminder_document(letter(missing=many, expected=310))), tool, tmp_path)
    for part in ("có tên trong danh sách kèm theo", "10/310 đơn vị; còn 300 đơn vị", "TM. BAN THƯỜNG VỤ", "hiện./."):
        assert made[0].find(part), part
    assert made[1].find("Phụ lục")
    assert all(page.find("Báo cáo gần nhất") for page in made[1:])


@pytest.mark.parametrize(
    ("missing", "told"),
    [(2, "chưa nhận được báo cáo 6 tháng đầu năm 2026 của 02/02 đơn vị, cụ thể:"),
     (6, "của 06/06 đơn vị, cụ thể:"),
     (11, "của 11/11 đơn vị (có danh sách kèm theo).")],
)  # fmt: skip
def test_that_nobody_has_reported_is_said_so(missing: int, told: str) -> None:
    names = tuple(MissingUnion(f"CĐCS số {at}") for at in range(missing))
    assert told in text(pdf.render(reminder_document(letter(missing=names, expected=missing))))
