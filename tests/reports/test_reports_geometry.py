"""The printed report by ruler: Nghị định 30/2020, Phụ lục I, as measured on the model papers (± 0.5 mm)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from congdoan_desktop.reports.pdf import render
from congdoan_desktop.reports.period_report_layout import period_report_document
from tests.reports.paper import Page, pages, rules
from tests.reports.story import report

NEAR = 0.5


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(period_report_document(report()))


@pytest.fixture(scope="module")
def paper(pdf: bytes, tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    return pages(pdf, tool, tmp_path_factory.mktemp("paper"))


def test_three_upright_pages_and_an_annex_on_its_side(paper: list[Page]) -> None:
    assert [(round(page.width), round(page.height)) for page in paper] == [(210, 297)] * 3 + [(297, 210)]


def test_nothing_leaves_the_margins_but_the_page_number(paper: list[Page]) -> None:
    for page in paper:
        for word in page.words:
            if word.baseline < 20:
                assert word.text in {"2", "3"}
                continue
            assert word.left > 30 - NEAR
            assert word.right < page.width - 15 + NEAR
            assert 20 < word.baseline < page.height - 20


@pytest.mark.parametrize(
    ("phrase", "baseline", "centre"),
    [
        ("LĐLĐ TỈNH LAI CHÂU", 24.2, 63),
        ("CÔNG ĐOÀN XÃ NẬM XUÂN", 29.7, 63),
        ("Số: /BC-CĐX", 38.7, 63),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24.2, 145.5),
        ("Độc lập - Tự do - Hạnh phúc", 29.7, 145.5),
        ("Nậm Xuân, ngày 05 tháng 6 năm 2026", 38.7, 145.5),
        ("BÁO CÁO", 57.9, 112.5),
        ("Kết quả 6 tháng đầu năm 2026 thực hiện", 64.3, None),
        ("“Mỗi công đoàn cơ sở một việc làm thiết thực vì đoàn viên”", 70.6, 112.5),
        ("Kính gửi: Liên đoàn Lao động tỉnh Lai Châu", 83.0, 112.5),
        ("Thực hiện Kế hoạch số 21/KH-LĐLĐ", 93.6, None),
    ],
)
def test_head_of_page_one(paper: list[Page], phrase: str, baseline: float, centre: float | None) -> None:
    assert paper[0].baseline(phrase) == pytest.approx(baseline, abs=NEAR)
    if centre is not None:
        assert paper[0].centre(phrase) == pytest.approx(centre, abs=NEAR)


def test_rules_of_page_one(pdf: bytes) -> None:
    """Under tiêu ngữ as long as the text, under the issuer 0.40 of it, under trích yếu 0.36 of its longest line."""
    assert rules(pdf, 0) == [
        pytest.approx((31.7, 50.5, 75.5), abs=NEAR),
        pytest.approx((31.7, 115.3, 175.7), abs=NEAR),
        pytest.approx((73.4, 85.9, 139.1), abs=NEAR),
    ]


def test_first_line_indent_and_body_edges(paper: list[Page]) -> None:
    page = paper[0]
    opening = page.find("Thực hiện Kế hoạch số 21/KH-LĐLĐ")[0]
    assert opening.left == pytest.approx(42.7, abs=NEAR)
    body = [word for word in page.words if 93 < word.baseline < 116]
    lines = sorted({round(word.baseline, 1) for word in body})
    pitches = [below - above for above, below in pairwise(lines)]
    assert pitches == pytest.approx([6.0] * len(pitches), abs=0.2)
    for line in lines[:-1]:
        assert max(word.right for word in body if round(word.baseline, 1) == line) == pytest.approx(195, abs=NEAR)


@pytest.mark.parametrize(("page", "number"), [(1, "2"), (2, "3")])
def test_page_numbers_stand_centred_in_the_upper_margin(paper: list[Page], page: int, number: str) -> None:
    found = paper[page].find(number)[0]
    assert found.baseline == pytest.approx(13.5, abs=NEAR)
    assert (found.left + found.right) / 2 == pytest.approx(112.5, abs=NEAR)


def test_the_first_page_of_text_and_annex_show_no_number(paper: list[Page]) -> None:
    for page in (paper[0], paper[3]):
        assert min(word.baseline for word in page.words) > 20


def test_signature_block(paper: list[Page]) -> None:
    page = paper[2]
    level = page.baseline("TM. BAN THƯỜNG VỤ")
    assert page.baseline("Nơi nhận:") == pytest.approx(level, abs=0.1)
    assert page.find("Nơi nhận:")[0].left == pytest.approx(30, abs=NEAR)
    assert page.centre("TM. BAN THƯỜNG VỤ") == pytest.approx(152.1, abs=NEAR)
    title, name = page.baseline("PHÓ CHỦ TỊCH"), page.baseline("Lò Văn Mẫu")
    assert title - level == pytest.approx(6.0, abs=0.2)
    assert name - title == pytest.approx(27.4, abs=0.2)
    between = [word for word in page.words if title + 1 < word.baseline < name - 1 and word.left > 109.2]
    assert between == [], "the room for signature and seal stays empty"
    assert page.baseline("- Như trên;") - level == pytest.approx(4.6, abs=0.2)
    assert page.baseline("Mã báo cáo:") == pytest.approx(page.baseline("- Lưu: VT.") + 10.9, abs=NEAR)


def test_head_of_the_annex(paper: list[Page]) -> None:
    page = paper[3]
    assert page.baseline("Phụ lục") == pytest.approx(24.9, abs=NEAR)
    assert page.baseline("KẾT QUẢ HOẠT ĐỘNG THEO CÔNG ĐOÀN CƠ SỞ") == pytest.approx(31.3, abs=NEAR)
    assert page.baseline("(Kèm theo Báo cáo số") == pytest.approx(37.6, abs=NEAR)
    assert page.centre("Phụ lục") == pytest.approx(156, abs=NEAR)


def test_annex_rows_are_one_line_high(paper: list[Page]) -> None:
    page = paper[3]
    first, second = page.baseline("Cơ quan Đảng ủy"), page.baseline("Cơ quan UBND")
    assert second - first == pytest.approx(6.7, abs=0.1)
