"""Every paper by ruler: short and long in PDF, long as LibreOffice prints Word (rules A05 to A14; ± 0.5 mm)."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2
import pytest
from pypdfium2 import raw

from congdoan_desktop.reports import docx, pdf
from congdoan_desktop.reports.document import Document, Letterhead, Signature, Signers, Table
from tests.reports.every_paper import PAPERS
from tests.reports.paper import MM, Page, pages, rules
from tests.reports.writer import all_converted

Tool = Callable[[str], str]
NEAR = 0.5
COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
ADDRESSED = {"bao-cao", "to-trinh", "cong-van-don-doc"}
CLOSED = {"bao-cao", "ke-hoach", "to-trinh", "bien-ban", "cong-van-don-doc"}
ROWS = {"ngan": 3, "dai": 130}
DATES = re.compile(r"ngày (\d+) tháng (\d+) năm \d{4}")
PADDED = re.compile(r"ngày (0[1-9]|[12]\d|3[01]) tháng (0[12]|[3-9]|1[0-2]) năm \d{4}")


@dataclass(frozen=True)
class Printed:
    name: str
    document: Document
    data: bytes
    pages: list[Page]

    @property
    def head(self) -> Letterhead:
        return next(block for block in self.document.sections[0].blocks if isinstance(block, Letterhead))

    def first_baseline(self, page: int) -> float:
        """Of the page's first letter, in mm: exactly where it was drawn, whatever its font says of its height."""
        opened = pypdfium2.PdfDocument(self.data)
        try:
            sheet = opened[page]
            x, y = ctypes.c_double(), ctypes.c_double()
            assert raw.FPDFText_GetCharOrigin(sheet.get_textpage().raw, 0, x, y)
            return float((sheet.get_height() - y.value) / MM)
        finally:
            opened.close()

    def size(self, phrase: str) -> float:
        """Size in points of the phrase's first letter on page 1."""
        opened = pypdfium2.PdfDocument(self.data)
        try:
            text = opened[0].get_textpage()
            found = text.search(phrase).get_next()
            assert found, phrase
            return float(raw.FPDFText_GetFontSize(text.raw, found[0]))
        finally:
            opened.close()


@pytest.fixture(scope="module")
def printed(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """Every paper as PDF, and again out of Word; those of Word are converted at one go."""
    folder = tmp_path_factory.mktemp("papers")
    made = {f"{name}-{long}": make(ROWS[long]) for name, make in PAPERS.items() for long in ROWS}
    found = {f"pdf {name}": (paper, pdf.render(paper)) for name, paper in made.items()}
    for name in (f"{name}-dai" for name in PAPERS):
        (folder / f"{name}.docx").write_bytes(docx.render(made[name]))
    for path in all_converted(folder, "pdf", tool):
        found[f"word {path.stem}"] = (made[path.stem], path.read_bytes())
    return {
        key: Printed(key.split()[1].rsplit("-", 1)[0], paper, data, pages(data, tool, folder))
        for key, (paper, data) in found.items()
    }


KEYS = [f"{way}-{long}" for way in (f"pdf {name}" for name in PAPERS) for long in ROWS]
KEYS += [f"word {name}-dai" for name in PAPERS]


@pytest.fixture(params=KEYS)
def one(request: pytest.FixtureRequest, printed: dict[str, Printed]) -> Printed:
    return printed[request.param]


def test_a4_and_nothing_leaves_the_margins(one: Printed) -> None:
    for page in one.pages:
        assert sorted((page.width, page.height)) == pytest.approx([210, 297], abs=0.3)
        body = [word for word in page.words if word.baseline > 20]
        assert body
        assert min(word.left for word in body) >= 30 - NEAR
        assert max(word.right for word in body) <= page.width - 15 + 1.0
        assert max(word.baseline for word in body) <= page.height - 20 + NEAR


def test_pages_are_numbered_from_the_second_in_every_section(one: Printed) -> None:
    """Number upright in the middle of the upper margin (A06)."""
    shown = 0
    first_pages = 0
    for at, page in enumerate(one.pages):
        top = [word for word in page.words if word.baseline < 18]
        if not top:
            first_pages, shown = first_pages + 1, 1
            continue
        shown += 1
        (number,) = top
        assert number.text == str(shown)
        assert one.first_baseline(at) == pytest.approx(13.5, abs=NEAR)
        assert (number.left + number.right) / 2 == pytest.approx((30 + page.width - 15) / 2, abs=NEAR)
    assert first_pages == len(one.document.sections)


def test_the_two_cells_of_the_head(one: Printed) -> None:
    """Level line by line, country and motto each on one line, rules of the right length (A07, A08)."""
    page = one.pages[0]
    country, motto = page.find(COUNTRY), page.find(MOTTO)
    for line in (country, motto):
        assert max(word.baseline for word in line) - min(word.baseline for word in line) < 0.1
    assert country[0].baseline == pytest.approx(24.2, abs=NEAR)
    assert motto[0].baseline == pytest.approx(29.7, abs=NEAR)
    assert page.centre(COUNTRY) == pytest.approx(page.centre(MOTTO), abs=NEAR)
    left = [word for word in page.words if word.right < country[0].left and word.baseline < 30.5]
    assert {round(word.baseline, 1) for word in left} <= {round(w.baseline, 1) for w in (*country, *motto)} | {
        24.1, 24.2, 24.3, 29.6, 29.7, 29.8,
    }  # fmt: skip
    under = {(round(a, 1), round(b, 1)) for y, a, b in rules(one.data, 0) if 30 < y < 33.5 and a > country[0].left}
    assert len(under) == 1, "one rule under the motto, however it is drawn"
    ((start, end),) = under
    assert (start, end) == pytest.approx((motto[0].left, motto[-1].right), abs=NEAR)


def test_sizes_of_the_head_are_those_of_the_decree(one: Printed) -> None:
    wanted = {COUNTRY: (12, 13), MOTTO: (13, 14)}
    if one.head.number_line:
        wanted[one.head.number_line.split("\N{NO-BREAK SPACE}")[0].split()[0]] = (13, 13)
    for phrase, (least, most) in wanted.items():
        assert least - 0.5 <= one.size(phrase) <= most + 0.5, phrase


def test_days_are_written_as_the_decree_pads_them(one: Printed) -> None:
    text = " ".join(word.text for page in one.pages for word in page.words)
    for found in DATES.finditer(text):
        assert PADDED.fullmatch(found[0]), found[0]


def test_only_what_goes_upward_or_to_somebody_says_to_whom(one: Printed) -> None:
    text = " ".join(word.text for word in one.pages[0].words)
    assert ("Kính gửi:" in text) is (one.name in ADDRESSED)


def test_who_signs_never_stands_alone(one: Printed) -> None:
    """On the page of the last signer stand the end of the text or rows of the list; the text ends with "./."."""
    block = next(block for block in reversed(one.document.sections[0].blocks) if isinstance(block, Signature | Signers))
    authority = block.lines[0] if isinstance(block, Signature) else block.columns[-1][0]
    sign = "Nơi nhận:" if isinstance(block, Signature) else authority
    last = next(page for page in reversed(one.pages) if sign in " ".join(word.text for word in page.words))
    level = max(found.baseline for found in last.words if found.text == authority.split()[0])
    above = [word for word in last.words if 20 < word.baseline < level - 5]
    assert above, "nothing above the signers"
    if one.name in CLOSED:
        assert any(word.text.endswith("./.") for page in one.pages for word in page.words)
    if isinstance(block, Signature):
        assert any(word.text.endswith("./.") for word in above)
        assert last.find("Nơi nhận:")[0].baseline == pytest.approx(level, abs=NEAR)
        assert last.find(block.name)[0].baseline - last.find(block.lines[-1])[0].baseline >= 25


def test_heads_of_long_tables_are_repeated(one: Printed) -> None:
    """Every page of the longest table begins with its head."""
    tables = [block for section in one.document.sections for block in section.blocks if isinstance(block, Table)]
    longest = max(tables, key=lambda table: len(table.rows))
    if len(longest.rows) < 100:
        return
    word = longest.head[0].text
    full = [page for page in one.pages[1:-1] if not _begins_with(page, ("Phụ", "Biểu"))]
    assert full
    held = [page for page in full if word in {found.text for found in page.words if found.baseline < 45}]
    assert len(held) >= len(full) - 2, "but for pages of text between"


def test_no_row_is_cut(one: Printed) -> None:
    """All that is ruled ends within the text block."""
    opened = pypdfium2.PdfDocument(one.data)
    try:
        for sheet in opened:
            wide, high = sheet.get_size()
            for path in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
                left, bottom, right, top = path.get_bounds()
                assert left >= (30 - 1) * MM
                assert right <= wide - (15 - 1) * MM
                assert bottom >= (20 - NEAR) * MM
                assert top <= high - (20 - NEAR) * MM
    finally:
        opened.close()


def _begins_with(page: Page, words: tuple[str, ...]) -> bool:
    first = [word.text for word in page.words if word.baseline > 20]
    return bool(first) and first[0] in words
