"""The file itself: embedded faces, text that copies out, same bytes twice, the QR code, the mark of samples."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
import segno

from congdoan_desktop.reports.document import Document, Letterhead, Paragraph, Run, Section
from congdoan_desktop.reports.geometry import MM
from congdoan_desktop.reports.pdf import SAMPLE_MARK, render
from congdoan_desktop.reports.pdf_heads import fit_letterhead
from congdoan_desktop.reports.period_report_layout import period_report_document
from tests.reports.paper import fonts, pages, text
from tests.reports.story import report

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)] + ["đ"]
EVERY_LETTER = [*LETTERS, *(letter.upper() for letter in LETTERS)]


def paper(*paragraphs: Paragraph, sample: bool = False) -> Document:
    return Document("Văn bản", "Công đoàn", (Section(paragraphs),), sample)


def test_every_font_is_embedded_and_subset(tool: Callable[[str], str], tmp_path: Path) -> None:
    found = fonts(render(period_report_document(report())), tool, tmp_path)
    assert {name.split("+")[1] for name, _, _ in found} == {
        f"LiberationSerif{cut}" for cut in ("", "-Bold", "-Italic", "-BoldItalic")
    }
    assert {(embedded, subset) for _, embedded, subset in found} == {("yes", "yes")}


@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True), (True, True)])
def test_every_vietnamese_letter_copies_out_in_nfc(
    bold: bool, italic: bool, tool: Callable[[str], str], tmp_path: Path
) -> None:
    words = " ".join(f"b{letter}c" for letter in EVERY_LETTER)
    pdf = render(paper(Paragraph((Run(unicodedata.normalize("NFD", words), bold, italic),))))
    assert text(pdf) == words
    assert " ".join(word.text for page in pages(pdf, tool, tmp_path) for word in page.words) == words


def test_justified_lines_reach_the_margin_with_every_letter(tool: Callable[[str], str], tmp_path: Path) -> None:
    """More letters than one subset of a face holds: the spaces of every subset stretch alike."""
    words = " ".join([*EVERY_LETTER, *"0123456789%()/.,;:!?“”‘’…–—§°•½×÷±"] * 3)
    (page,) = pages(render(paper(Paragraph((Run(words),)))), tool, tmp_path)
    levels = sorted({round(word.baseline, 1) for word in page.words})
    assert len(levels) > 5
    for level in levels[:-1]:
        assert max(word.right for word in page.words if round(word.baseline, 1) == level) == pytest.approx(195, abs=0.3)


def test_the_same_document_gives_the_same_bytes() -> None:
    first = render(period_report_document(report()))
    render(paper(Paragraph((Run("Một văn bản khác ở giữa."),))))
    assert render(period_report_document(report())) == first
    assert render(period_report_document(report(members=813))) != first


@pytest.mark.parametrize("sample", [True, False])
def test_sample_papers_are_marked_on_every_page(sample: bool, tool: Callable[[str], str], tmp_path: Path) -> None:
    found = pages(render(period_report_document(report(sample=sample))), tool, tmp_path)
    assert [SAMPLE_MARK in " ".join(word.text for word in page.words) for page in found] == [sample] * 4


def test_the_qr_code_is_the_report_id_at_level_m_flush_with_the_margin() -> None:
    """Sampled in the middle of every module of the printed page."""
    scale = 6.0
    document = pypdfium2.PdfDocument(render(period_report_document(report())))
    image = document[2].render(scale=scale).to_pil().convert("L")
    document.close()
    expected = segno.make_qr(report().report_id, error="M", boost_error=False).matrix
    module = 18 / (len(expected) + 8)
    left = 30.0
    top = _first_dark_row(image, left, module, scale)
    for row, modules in enumerate(expected):
        for at, dark in enumerate(modules):
            x, y = (left + (at + 0.5) * module) * MM * scale, top + (row + 0.5) * module * MM * scale
            assert (image.getpixel((round(x), round(y))) < 128) == bool(dark), (row, at)


def _first_dark_row(image: object, left: float, module: float, scale: float) -> float:
    """The upper edge of the finder pattern: seven dark modules above a light one, from below Nơi nhận on."""
    x = round((left + 6.5 * module) * MM * scale)
    column = [image.getpixel((x, y)) < 128 for y in range(image.height)]  # type: ignore[attr-defined]
    height = 7 * module * MM * scale
    for y in range(len(column)):
        if all(column[y : y + int(height) - 1]):
            return y
    raise AssertionError("no QR code")


@pytest.mark.parametrize(
    ("parent", "short", "issuer", "above", "own", "size"),
    [
        ("LĐLĐ tỉnh A", "LĐLĐ A", "Công đoàn xã B", ("LĐLĐ TỈNH A",), ("CÔNG ĐOÀN XÃ B",), 13),
        (
            "Liên đoàn Lao động tỉnh Lai Châu", "LĐLĐ tỉnh Lai Châu", "Công đoàn xã Nậm Xuân",
            ("LĐLĐ TỈNH LAI CHÂU",), ("CÔNG ĐOÀN XÃ NẬM XUÂN",), 13,
        ),
        (
            "Liên đoàn Lao động tỉnh A", "LĐLĐ tỉnh A", "Công đoàn xã Nậm Xuân",
            ("LIÊN ĐOÀN LAO ĐỘNG TỈNH A",), ("CÔNG ĐOÀN XÃ NẬM XUÂN",), 12,
        ),
        (
            "Tổng Liên đoàn Lao động Việt Nam", "Tổng LĐLĐ Việt Nam", "Liên đoàn Lao động tỉnh Lai Châu",
            ("TỔNG LĐLĐ VIỆT NAM",), ("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LAI CHÂU"), 13,
        ),
        (
            "Liên đoàn Lao động tỉnh Lai Châu", "Liên đoàn Lao động tỉnh Lai Châu", "Công đoàn xã Nậm Xuân",
            ("LĐLĐ TỈNH LAI CHÂU",), ("CÔNG ĐOÀN XÃ NẬM XUÂN",), 13,
        ),
        (
            "Công đoàn Khu kinh tế cửa khẩu Ma Lù Thàng tỉnh Lai Châu", "", "Công đoàn xã B",
            ("CÔNG ĐOÀN KHU KINH TẾ", "CỬA KHẨU MA LÙ THÀNG", "TỈNH LAI CHÂU"), ("CÔNG ĐOÀN XÃ B",), 13,
        ),
        ("", "", "Công đoàn xã B", (), ("CÔNG ĐOÀN XÃ B",), 13),
    ],
)  # fmt: skip
def test_the_letterhead_is_fitted(
    parent: str, short: str, issuer: str, above: tuple[str, ...], own: tuple[str, ...], size: int
) -> None:
    fitted = fit_letterhead(Letterhead(parent, short, issuer, "", ""))
    assert (fitted.parent, fitted.issuer, fitted.sizes.lines) == (above, own, size)
