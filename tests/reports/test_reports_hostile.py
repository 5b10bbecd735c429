"""What people paste into any text never breaks a page or a file: PDF, Word and Excel of every paper (rule C07 of trust:
what comes out of a package is somebody else's text).
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

import docx as reader
import openpyxl
import pypdfium2
import pytest
from pypdfium2 import raw

from congdoan_desktop.reports import docx, pdf
from congdoan_desktop.reports.document import Document
from congdoan_desktop.reports.pictures import page_count
from congdoan_desktop.services import paper_tables
from tests.reports.every_paper import PAPERS
from tests.reports.hostile import LONG_NOTE, TEXTS, spoiled
from tests.reports.paper import MM, text
from tests.reports.writer import all_converted

NAMES = ("bao-cao", "ke-hoach", "cong-van-don-doc", "danh-sach-ky-nhan", "sao-ke-quy")
"""Together they have every kind of block."""
EVERY = {"long": 25, "one-word": 7}
"""Where one text fills pages, not all of them are it."""


def made(name: str, what: str) -> Document:
    return spoiled(PAPERS[name](3), TEXTS[what], EVERY.get(what, 2))


@pytest.mark.parametrize("what", TEXTS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_leaves_the_text_block(name: str, what: str) -> None:
    """Upwards and downwards; sideways names of two hundred letters without a space may."""
    opened = pypdfium2.PdfDocument(pdf.render(made(name, what)))
    try:
        for sheet in opened:
            high = sheet.get_height()
            for thing in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH]):
                _, bottom, _, top = thing.get_bounds()
                assert bottom >= (20 - 2) * MM
                assert top <= high - 8 * MM
    finally:
        opened.close()


@pytest.mark.parametrize("what", TEXTS)
@pytest.mark.parametrize("name", NAMES)
def test_word_and_excel_open_and_hold_no_formula(name: str, what: str) -> None:
    document = made(name, what)
    assert reader.Document(io.BytesIO(docx.render(document))).element.body is not None
    if not paper_tables.has_tables(document):
        return
    book = openpyxl.load_workbook(io.BytesIO(paper_tables.workbook(document)))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


@pytest.mark.parametrize("what", ["formula", "markup", "decomposed", "emoji"])
def test_what_can_be_printed_is_printed_as_it_was_written(what: str) -> None:
    printed = text(pdf.render(made("ke-hoach", what)))
    wanted = unicodedata.normalize("NFC", TEXTS[what]).split()
    assert [word for word in wanted if word.isascii() or what == "decomposed"] == [
        word for word in wanted if word in printed.split() and (word.isascii() or what == "decomposed")
    ]


@pytest.mark.long
def test_libreoffice_opens_them_all(tool: Callable[[str], str], tmp_path: Path) -> None:
    for what in TEXTS:
        (tmp_path / f"{what}.docx").write_bytes(docx.render(made("sao-ke-quy", what)))
        (tmp_path / f"{what}.xlsx").write_bytes(paper_tables.workbook(made("sao-ke-quy", what)))
    assert len(all_converted(tmp_path, "pdf", tool)) == len(TEXTS)
    assert len(all_converted(tmp_path, "csv", tool, "*.xlsx")) == len(TEXTS)


def test_a_note_of_thirty_thousand_letters_is_there_to_its_last_word() -> None:
    """In a cell as in a text: the row goes on over the pages."""
    assert len(LONG_NOTE) >= 30_000
    printed = text(pdf.render(made("sao-ke-quy", "long"))).split()
    once = LONG_NOTE.split()
    assert printed.count("nhầm") % once.count("nhầm") == 0
    assert printed.count("nhầm") >= once.count("nhầm")


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_two_thousand_rows_and_none_at_all(name: str) -> None:
    many = pdf.render(PAPERS[name](2000))
    none = pdf.render(PAPERS[name](0))
    assert page_count(none) >= 1
    assert page_count(many) >= 20
