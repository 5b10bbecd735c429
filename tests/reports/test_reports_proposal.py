"""Tờ trình by ruler (± 0.5 mm), minutes and the list of a decision: sums agree, signers not alone, the same in Word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from congdoan_desktop.domain.money import parse_words
from congdoan_desktop.reports import docx, pdf
from congdoan_desktop.reports.decision_layout import decision_document
from congdoan_desktop.reports.document import Document
from congdoan_desktop.reports.minutes_layout import minutes_document
from congdoan_desktop.reports.proposal_layout import USE, proposal_document
from tests.reports.paper import Page, pages, text
from tests.reports.proposal_story import decision_paper, minutes_paper, proposal_paper
from tests.reports.writer import converted

NEAR = 0.5
Tool = Callable[[str], str]
PAPERS: dict[str, Callable[[int], Document]] = {
    "proposal": lambda count: proposal_document(proposal_paper(count)),
    "minutes": lambda count: minutes_document(minutes_paper(count)),
    "decision": lambda count: decision_document(decision_paper(count)),
}


@pytest.fixture(scope="module")
def paper(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    return pages(pdf.render(proposal_document(proposal_paper())), tool, tmp_path_factory.mktemp("proposal"))


@pytest.mark.parametrize(
    ("page", "phrase", "baseline", "centre"),
    [
        (0, "LĐLĐ TỈNH LAI CHÂU", 24.2, 63),
        (0, "CÔNG ĐOÀN XÃ NẬM XUÂN", 29.7, 63),
        (0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24.2, 145.5),
        (0, "Số: 09/TTr-CĐX", 38.7, 63),
        (0, "Nậm Xuân, ngày 12 tháng 5 năm 2026", 38.7, 145.5),
        (0, "TỜ TRÌNH", 57.9, 112.5),
        (0, "Kính gửi: Ban Thường vụ Liên đoàn Lao động tỉnh Lai Châu", 83.0, 112.5),
        (1, "DANH SÁCH TRÍCH NGANG", 31.3, None),
        (1, "(Kèm theo Tờ trình số 09/TTr-CĐX ngày 12 tháng 5 năm 2026", 37.6, None),
    ],
)
def test_places(paper: list[Page], page: int, phrase: str, baseline: float, centre: float | None) -> None:
    assert paper[page].baseline(phrase) == pytest.approx(baseline, abs=NEAR)
    if centre is not None:
        assert paper[page].centre(phrase) == pytest.approx(centre, abs=NEAR)


def test_figures_words_and_table_agree() -> None:
    said = text(pdf.render(proposal_document(proposal_paper())))
    assert "Tổng số tiền đề nghị: 37.000.000 đồng (Bằng chữ: Ba mươi bảy triệu đồng)" in said
    assert "Quỹ Xã hội Công đoàn tỉnh 29.000.000 đồng; nguồn tài chính công đoàn cấp tỉnh 8.000.000 đồng" in said
    assert "Tổng cộng: 05 người 37.000.000" in said
    assert [parse_words(found) for found in re.findall(r"Bằng chữ: (.*?)\)", said)] == [37_000_000] * 2
    assert "Số người đề nghị hỗ trợ: 05 đoàn viên, người lao động (Danh sách" in said
    assert "trong năm 2026; biên bản họp xét và hồ sơ minh chứng được gửi kèm" in said
    assert "NGƯỜI LAO ĐỘNG ĐỀ NGHỊ HỖ TRỢ ĐỢT 1 NĂM 2026" in said
    assert "Kế hoạch số 03/KH-CĐX ngày 22/01/2026" in said
    assert "họp xét hỗ trợ ngày 08/5/2026" in said


def test_circumstances_stand_on_the_list_alone(paper: list[Page]) -> None:
    first, second = (" ".join(word.text for word in page.words) for page in paper)
    assert "điều trị" not in first
    assert "điều trị" in second
    assert USE in second


@pytest.mark.parametrize(
    ("changes", "phrase"),
    [
        ({"again": 2}, "Có 02 trường hợp đã được hỗ trợ cùng nội dung"),
        ({"number": ""}, "/TTr-CĐX"),
        ({"inside": True}, "NGƯỜI ĐỀ NGHỊ"),
        ({"plan": None}, "Căn cứ Biên bản họp xét"),
    ],
)
def test_what_changes_the_words(changes: dict[str, object], phrase: str) -> None:
    assert phrase in text(pdf.render(proposal_document(proposal_paper(**changes))))  # type: ignore[arg-type]  # fields


def test_goods_and_collectives_are_said() -> None:
    made = proposal_paper(2)
    rows = (replace(made.rows[0], in_kind=1_000_000), replace(made.rows[1], collective=True, birth_year=None))
    said = text(pdf.render(proposal_document(replace(made, rows=rows))))
    assert "Số đề nghị hỗ trợ: 01 đoàn viên, người lao động và 01 tập thể" in said
    assert "Tổng cộng: 01 người và 01 tập thể" in said
    assert "trong đó hiện vật trị giá 1.000.000 đồng" in said


def test_the_minutes_tell_who_was_there_and_what_was_agreed() -> None:
    said = text(pdf.render(minutes_document(minutes_paper())))
    assert "1. Lý Thị Mẫu, Chủ tịch - Chủ trì;" in said
    assert "3. Nguyễn Thị Thử, Ủy viên - Thư ký." in said
    assert "đồng ý 04 trường hợp; hoãn 01 trường hợp; tổng số tiền hỗ trợ 32.000.000 đồng" in said
    assert "Cộng: 05 trường hợp 37.000.000 32.000.000" in said
    assert "Trường hợp số 1: chờ giấy." in said


def test_the_decision_says_who_decides_on_what_ground_and_how_much() -> None:
    said = text(pdf.render(decision_document(decision_paper())))
    for words in (
        "Số: 15/QĐ-CĐX",
        "Nậm Xuân, ngày 16 tháng 5 năm 2026",
        "BAN THƯỜNG VỤ CÔNG ĐOÀN XÃ NẬM XUÂN",
        "Căn cứ Điều lệ Công đoàn Việt Nam;",
        "Căn cứ Biên bản họp xét hỗ trợ ngày 14/5/2026 của Ban Thường vụ Công đoàn xã Nậm Xuân;",
        "Xét đề nghị tại Tờ trình số 09/TTr-CĐX ngày 12/5/2026",
        "QUYẾT ĐỊNH:",
        "Điều 1. Hỗ trợ 05 đoàn viên, người lao động với tổng số tiền 37.000.000 đồng (Bằng chữ: Ba mươi bảy triệu",
        "Điều 2. Nguồn kinh phí: Quỹ Xã hội Công đoàn tỉnh 29.000.000 đồng",
        "kể từ ngày ký./.",
        "- Như Điều 3;",
    ):
        assert "".join(words.split()) in "".join(said.split()), words


def test_the_decisions_list_names_its_decision_and_no_circumstances() -> None:
    said = text(pdf.render(decision_document(decision_paper())))
    assert "(Kèm theo Quyết định số 15/QĐ-CĐX ngày 16/5/2026 của Ban Thường vụ Công đoàn xã Nậm Xuân)" in said
    assert "Tổng cộng: 05 trường hợp 37.000.000" in said
    assert "điều trị" not in said


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("count", [1, 5, 9, 13, 14, 17, 23])
def test_signers_are_never_alone(name: str, count: int, tool: Tool, tmp_path: Path) -> None:
    found = pages(pdf.render(PAPERS[name](count)), tool, tmp_path)
    for page in found:
        words = " ".join(word.text for word in page.words)
        if "(Ký, ghi rõ họ tên)" in words:
            assert re.search(r"Bằng chữ|thống nhất\./\.|Tổng cộng", words)


@pytest.mark.parametrize("name", PAPERS)
def test_word_says_the_same_on_the_same_pages(name: str, tool: Tool, tmp_path: Path) -> None:
    document = PAPERS[name](5)
    path = tmp_path / f"{name}.docx"
    path.write_bytes(docx.render(document))
    written = converted(path, "pdf", tool).read_bytes()
    here, there = (pages(one, tool, tmp_path) for one in (pdf.render(document), written))
    words = [[sorted(word.text for word in page.words) for page in one] for one in (here, there)]
    assert words[0] == words[1]
