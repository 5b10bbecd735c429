"""The signature block never stands alone: wherever the text ends, the closing paragraph is on its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from congdoan_desktop.reports.pdf import render
from congdoan_desktop.reports.period_report_layout import period_report_document
from tests.reports.paper import pages
from tests.reports.story import report


@pytest.mark.parametrize("lines", range(0, 40, 2))
def test_the_signature_follows_its_paragraph(lines: int, tool: Callable[[str], str], tmp_path: Path) -> None:
    words = "\n".join(f"Khó khăn thứ {at}." for at in range(lines))
    found = pages(render(period_report_document(report(difficulties=words, units=()))), tool, tmp_path)
    last = found[-1]
    assert last.baseline("Trên đây là báo cáo") < last.baseline("TM. BAN THƯỜNG VỤ")
    assert last.find("Nơi nhận:")
    assert last.find("Mã báo cáo:")


def test_a_long_title_of_the_signer_wraps_inside_his_column(tool: Callable[[str], str], tmp_path: Path) -> None:
    signed = report().signature
    changed = report(signature=replace(signed, title="PHÓ CHỦ TỊCH THƯỜNG TRỰC PHỤ TRÁCH BAN CHẤP HÀNH LÂM THỜI"))
    page = pages(render(period_report_document(changed)), tool, tmp_path)[2]
    titles = [word for word in page.words if word.text in {"THƯỜNG", "TRỰC", "LÂM", "THỜI"}]
    assert titles
    assert all(word.left > 109 and word.right < 195 for word in titles)
