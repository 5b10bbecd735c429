"""Word: real styles and fields, the geometry of the paper as LibreOffice lays it out, the same bytes twice."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from congdoan_desktop.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    HeadCell,
    Heading,
    Paragraph,
    Run,
    Section,
    Table,
)
from congdoan_desktop.reports.docx import render
from congdoan_desktop.reports.period_report_layout import period_report_document
from tests.reports.paper import Page, fonts, pages, rules, text
from tests.reports.story import report
from tests.reports.writer import converted

Tool = Callable[[str], str]
REPORT = period_report_document(report())
HOSTILE = (
    "\x00\x07điều\u202ekhiển\u2066 và <thẻ> & \ud800 =1+1 " + "dài" * 300,
    "=HYPERLINK(“x”)",
    "👩‍👩‍👧",
    "",
)


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory, tool: Tool) -> bytes:
    """The report as LibreOffice prints it out of our Word file."""
    path = tmp_path_factory.mktemp("word") / "bao-cao.docx"
    path.write_bytes(render(REPORT))
    return converted(path, "pdf", tool).read_bytes()


@pytest.fixture(scope="module")
def sheets(laid_out: bytes, tmp_path_factory: pytest.TempPathFactory, tool: Tool) -> list[Page]:
    return pages(laid_out, tool, tmp_path_factory.mktemp("pages"))


def opened(document: Document) -> Any:
    return docx.Document(io.BytesIO(render(document)))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render(REPORT) == render(REPORT)


def texts(document: Document) -> list[str]:
    """Everything that stands in the document's running text and tables, in order."""
    found = []
    for block in (block for section in document.sections for block in section.blocks):
        match block:
            case Paragraph(runs=runs):
                found.append("".join(run.text for run in runs))
            case Heading(text=words, level=level):
                found.append(words.upper() if level == 1 else words)
            case Table(rows=rows, head=head):
                found += [cell.text for cell in head] + [cell.text for row in rows for cell in row]
    return found


def test_all_that_the_document_says_stands_in_word(laid_out: bytes) -> None:
    printed = text(laid_out).split()
    for words in texts(REPORT):
        assert not Counter(words.split()) - Counter(printed), words


@pytest.mark.parametrize(
    ("phrase", "baseline", "centre"),
    [
        ("CỘNG HÒA XÃ HỘI", 24.2, None),
        ("Độc lập - Tự do - Hạnh phúc", 29.7, 145.5),
        ("LĐLĐ TỈNH LAI CHÂU", 24.2, 63.0),
        ("CÔNG ĐOÀN XÃ NẬM XUÂN", 29.7, 63.0),
        ("/BC-CĐX", 38.7, None),
        ("BÁO CÁO", 57.9, 112.5),
        ("Kính gửi:", 83.0, None),
        ("Thực hiện", 93.6, None),
    ],
)
def test_the_head_stands_where_it_stands_on_paper(
    sheets: list[Page], phrase: str, baseline: float, centre: float | None
) -> None:
    assert sheets[0].baseline(phrase) == pytest.approx(baseline, abs=0.5)
    if centre is not None:
        assert sheets[0].centre(phrase) == pytest.approx(centre, abs=0.5)


def test_margins_and_rules(sheets: list[Page], laid_out: bytes) -> None:
    body = [word for page in sheets[:-1] for word in page.words if word.baseline > 45]
    assert min(word.left for word in body) == pytest.approx(30, abs=0.5)
    assert max(word.right for word in body) == pytest.approx(195, abs=1.0)
    motto = sheets[0].find("Độc lập - Tự do - Hạnh phúc")
    under = {(round(left), round(right)) for y, left, right in rules(laid_out, 0) if 30.5 < y < 33 and left > 96}
    assert under == {(round(motto[0].left), round(motto[-1].right))}


def test_pages_are_numbered_from_the_second_and_the_annex_anew(sheets: list[Page]) -> None:
    top = [[word.text for word in page.words if word.baseline < 18] for page in sheets]
    assert top == [[], ["2"], ["3"], []]
    assert [sheets[-1].width, sheets[-1].height] == pytest.approx([297, 210], abs=0.3)


def test_only_times_new_roman_is_named_and_found(laid_out: bytes, tool: Tool, tmp_path: Path) -> None:
    assert {name.split("+")[1].split("-")[0] for name, _, _ in fonts(laid_out, tool, tmp_path)} == {"LiberationSerif"}
    with zipfile.ZipFile(io.BytesIO(render(REPORT))) as made:
        styles = made.read("word/styles.xml").decode()
    assert 'w:ascii="Times New Roman"' in styles


def test_headings_heads_and_numbers_are_real() -> None:
    paper = opened(REPORT)
    levels = {p.style.name for p in paper.paragraphs if p.style.name.startswith("Heading")}
    assert levels == {"Heading 1", "Heading 2"}
    table = next(t for t in paper.tables if len(t.columns) == 7)
    repeated = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated[0]
    assert not repeated[-1]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert "PAGE" in paper.sections[0].header._element.xml


def test_hostile_text_never_breaks_the_file(tool: Tool, tmp_path: Path) -> None:
    cells = tuple((Cell(str(number)), Cell(words)) for number, words in enumerate(HOSTILE, 1))
    table = Table((Column(9), Column(156, "left")), (HeadCell("TT", 0, 0), HeadCell("Nội dung", 0, 1)), cells)
    blocks: tuple[Block, ...] = (*(Paragraph((Run(words, italic=True),)) for words in HOSTILE), table)
    path = tmp_path / "la.docx"
    path.write_bytes(render(Document(HOSTILE[0], HOSTILE[0], (Section(blocks),), sample=True)))
    found = text(converted(path, "pdf", tool).read_bytes())
    assert found.count("điềukhiển và <thẻ> & =1+1") == 2
    assert "DỮ LIỆU MẪU" in found
