from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from congdoan_desktop.domain.sheets import Verdict
from congdoan_desktop.reports.document import Document, Table
from congdoan_desktop.reports.pdf import SAMPLE_MARK, render
from congdoan_desktop.reports.pictures import page_count
from congdoan_desktop.reports.sheets import enrolment_sheet, receipt_sheet, recovery_sheet, root_sheet
from tests.reports import story
from tests.reports.paper import pages, text

SHEETS: list[Callable[[], Document]] = [
    lambda: enrolment_sheet(story.enrolment()),
    lambda: root_sheet(story.root()),
    lambda: receipt_sheet(story.receipt()),
    lambda: recovery_sheet(story.recovery()),
]


@pytest.mark.parametrize("sheet", SHEETS)
def test_each_sheet_is_one_page_and_never_speaks_of_a_digital_signature(sheet: Callable[[], Document]) -> None:
    pdf = render(sheet())
    assert page_count(pdf) == 1
    assert "chữ ký số" not in text(pdf).lower()
    assert SAMPLE_MARK not in text(pdf)
    assert render(sheet()) == pdf


@pytest.mark.parametrize(
    ("phrase", "baseline"),
    [
        ("/PĐK-CĐX", 38.7),
        ("PHIẾU ĐĂNG KÝ MÃ XÁC THỰC", 53.9),
        ("Gói dữ liệu của Công đoàn xã Nậm Xuân", 60.2),
    ],
)
def test_head_of_the_enrolment_sheet(phrase: str, baseline: float, tool: Callable[[str], str], tmp_path: Path) -> None:
    (page,) = pages(render(enrolment_sheet(story.enrolment())), tool, tmp_path)
    assert page.baseline(phrase) == pytest.approx(baseline, abs=0.5)


def test_the_enrolment_sheet_carries_words_codes_and_boxes(tool: Callable[[str], str], tmp_path: Path) -> None:
    (page,) = pages(render(enrolment_sheet(story.enrolment())), tool, tmp_path)
    words = [page.find(word)[0] for word in story.WORDS]
    assert [round(word.baseline, 1) for word in words[:4]] == [round(words[0].baseline, 1)] * 4
    assert words[4].baseline - words[0].baseline == pytest.approx(12.6, abs=0.1)
    assert page.find("XPGY-EBTF-XCPC")
    assert page.find("(Ký, đóng dấu)")
    assert page.find("không thay chữ ký và con dấu trên văn bản.")
    signer = [word for word in page.words if word.text == "Mẫu" and word.baseline > 250]
    assert signer[0].baseline - page.baseline("(Ký, đóng dấu)") == pytest.approx(28.4, abs=0.5)


def test_the_recovery_sheet_numbers_all_its_words() -> None:
    printed = text(render(recovery_sheet(story.recovery())))
    for at, word in enumerate(story.recovery().words, 1):
        assert f"{at} {word}" in printed


@pytest.mark.parametrize(("verdict", "chosen"), [(Verdict.ACCEPTED, 0), (Verdict.PARTLY, 1), (Verdict.RETURNED, 2)])
def test_one_verdict_is_ticked(verdict: Verdict, chosen: int) -> None:
    document = receipt_sheet(story.receipt(verdict=verdict))
    (facts,) = (one for one in document.sections[0].blocks if isinstance(one, Table) and one.form == "facts")
    assert [ticked for _, ticked in facts.rows[-1][1].boxes] == [at == chosen for at in range(3)]


def test_a_receipt_without_findings_asks_for_nothing() -> None:
    printed = text(render(receipt_sheet(story.receipt(findings=(), request="", verdict=Verdict.ACCEPTED))))
    assert "Các dòng phải sửa" not in printed
    assert "Mã biên nhận: VTGD-HFQ7-SEXZ" in printed


def test_the_sample_mark_is_on_sample_sheets() -> None:
    assert SAMPLE_MARK in text(render(recovery_sheet(story.recovery(sample=True))))


def test_a_long_title_of_the_signer_is_set_smaller_inside_its_box(tool: Callable[[str], str], tmp_path: Path) -> None:
    long = "PHÓ CHỦ TỊCH THƯỜNG TRỰC PHỤ TRÁCH BAN CHẤP HÀNH LÂM THỜI"
    (page,) = pages(render(enrolment_sheet(story.enrolment(signer_title=long))), tool, tmp_path)
    found = page.find(long)
    assert found[0].left > 30
    assert found[-1].right < 112.5
