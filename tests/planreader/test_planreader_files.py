"""Word files and PDFs read like the text they hold; hostile and damaged ones are refused with a sentence."""

from __future__ import annotations

import io
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from congdoan_desktop.errors import AppError, Cancelled
from congdoan_desktop.planreader import limits
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.services import plan_reading
from tests.planreader import measure, papers

PLANS = sorted(measure.FIXTURES.glob("*.txt"))
# These PDFs have no ruled lines that part the cells; ruled tables have a test of their own.
NO_CELLS_IN_PDF = {"giao-chi-tieu", "nganh-bang", "bang-va-lich", "nganh-hai-bang"}


def read(tmp_path: Path, name: str, data: bytes) -> measure.Json:
    path = tmp_path / name
    path.write_bytes(data)
    return measure.read(path)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: str(plan.stem))
def test_a_word_file_reads_like_its_text(plan: Path, tmp_path: Path) -> None:
    found = measure.score(read(tmp_path, "a.docx", papers.as_word(plan)), measure.truth(plan.with_suffix(".json")))
    assert (found.f1, found.header) == (1, 1)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: str(plan.stem))
def test_a_pdf_reads_like_its_text(plan: Path, tmp_path: Path) -> None:
    data = papers.as_pdf(papers.lines_of(plan))
    found = measure.score(read(tmp_path, "a.pdf", data), measure.truth(plan.with_suffix(".json")))
    assert found.header == 1
    assert found.f1 == 1 or plan.stem in NO_CELLS_IN_PDF


def test_a_letterhead_set_as_a_table(tmp_path: Path) -> None:
    data = papers.with_letterhead(
        ["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH ĐÔNG HÀ", "CÔNG ĐOÀN XÃ SUỐI CẠN", "Số: 09/KH-CĐX"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Suối Cạn, ngày 03 tháng 3 năm 2026"],
        [
            "KẾ HOẠCH",
            "Tổ chức các hoạt động Tháng Công nhân năm 2026",
            "Thực hiện Kế hoạch số 21/KH-LĐLĐ ngày 10/02/2026, Công đoàn xã xây dựng kế hoạch như sau:",
            "I. CHỈ TIÊU",
            "* Phấn đấu 90% CĐCS tổ chức hoạt động hưởng ứng",
            "* Kết nạp mới 40 đoàn viên",
        ],
        (["Nơi nhận:", "- LĐLĐ tỉnh;", "- Lưu: VP."], ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "", "Lù Thị Vân"]),
    )
    found = read(tmp_path, "a.docx", data)
    assert found["so_ky_hieu"] == "09/KH-CĐX"
    assert (found["parent_body"], found["issuing_body"]) == (
        "Liên đoàn Lao động tỉnh Đông Hà",
        "Công đoàn xã Suối Cạn",
    )
    assert (found["place"], found["date"]) == ("Suối Cạn", "2026-03-03")
    assert found["recipients"] == ["LĐLĐ tỉnh", "Lưu: VP"]
    assert found["signatory"] == {"authority": ["TM. BAN THƯỜNG VỤ"], "title": "CHỦ TỊCH", "name": "Lù Thị Vân"}
    assert [(target["op"], target["value"], target["unit"]) for target in found["targets"]] == [
        ("gte", 90, "%"),
        ("gte", 40, "đoàn viên"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    data = "CHỈ TIÊU\r\n1. Phấn đấu kết nạp 120 đoàn viên.\r\n".encode(encoding)
    assert [target["value"] for target in read(tmp_path, "a.txt", data)["targets"]] == [120]


@pytest.mark.parametrize("plan", PLANS[:3], ids=lambda plan: str(plan.stem))
def test_text_of_vietnamese_windows(plan: Path, tmp_path: Path) -> None:
    """Its code page has letters and tones apart."""
    data = "\n".join(papers.lines_of(plan)).translate(_NOT_IN_CP1258)
    found = measure.score(
        read(tmp_path, "a.txt", _apart(data).encode("cp1258")), measure.truth(plan.with_suffix(".json"))
    )
    assert (found.f1, found.header) == (1, 1)


def test_text_typed_in_a_font_of_before_unicode(tmp_path: Path) -> None:
    """TCVN3 bytes; the reader is told, because nothing in the file says so."""
    found = read(tmp_path, "a.txt", "PhÊn ®Êu kÕt n¹p Ýt nhÊt 120 ®oµn viªn c«ng ®oµn.".encode("latin-1"))
    assert [(target["value"], target["unit"]) for target in found["targets"]] == [(120, "đoàn viên")]
    assert found["typed_in"] == "TCVN3 (ABC)"


def _apart(text: str) -> str:
    """Tones as marks of their own, as the code page needs them; the marks that make another letter stay."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        base, *marks = list(unicodedata.normalize("NFD", letter))
        tones = [mark for mark in marks if mark in _TONES]
        whole = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in _TONES))
        out.append(whole + "".join(tones))
    return "".join(out)


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NOT_IN_CP1258 = {ord("≥"): ">=", ord("₫"): "đ"}


def test_pasted_text() -> None:
    draft = plan_reading.read_pasted("Mỗi CĐCS xây dựng ít nhất 01 mô hình.", Progress())
    assert [(target.unit, target.value, target.per_unit) for target in draft.targets] == [("mô hình/CĐCS", "1", "CĐCS")]


def test_an_i_whose_dot_a_scanner_lost() -> None:
    draft = plan_reading.read_pasted("Mỗi CĐCS xây dựng tối thıểu 01 mô hình.", Progress())
    assert [(target.op, target.value) for target in draft.targets] == [("gte", "1")]


def test_raised_figures_in_a_row_of_their_own() -> None:
    heads = "| Nội dung | Đơn vị tính | Chỉ tiêu |\n| Kết nạp | người | 10 |\n"
    draft = plan_reading.read_pasted(heads + "| ¹ | ² | ³ |\n", Progress())
    assert [target.value for target in draft.targets] == ["10"]


def bomb(size: int, parts: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for part in range(parts):
            archive.writestr(f"word/document{part}.xml", b" " * size)
    return out.getvalue()


def picture_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    return out.getvalue()


def locked_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt="mật khẩu")
    canvas.drawString(100, 100, "Ke hoach")
    canvas.save()
    return out.getvalue()


def long_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(limits.MOST_PAGES + 1):
        canvas.drawString(100, 100, "Ke hoach")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("one part that unpacks to 100 MB", lambda: bomb(100 * 2**20), "giãn ra quá lớn"),
    ("many parts that unpack to 100 MB", lambda: bomb(2**20, 100), "giãn ra quá lớn"),
    ("ten thousand parts", lambda: bomb(1, 10_000), "giãn ra quá lớn"),
    ("a Word file of empty elements", lambda: papers.word_with("<w:p>" + "<w:r/>" * 300_000 + "</w:p>"), "thành phần"),
    ("a Word file nested very deep", lambda: papers.word_with("<w:p>" * 9_000 + "</w:p>" * 9_000), "bị hỏng"),
    ("a ZIP that is no Word file", lambda: bomb(10), "không phải .docx"),
    ("a ZIP cut short", lambda: papers.as_word(PLANS[0])[:5_000], "bị hỏng"),
    ("an old Word file", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000), "đời cũ"),
    ("a PDF cut short", lambda: b"%PDF-1.7\n" + bytes(500), "PDF bị hỏng"),
    ("a PDF with a password", locked_pdf, "mật khẩu"),
    ("a PDF that unpacks to 50 MB", lambda: papers.pdf_of(b"0 0 m 1 1 l S " * 3_500_000), "giãn ra quá lớn"),
    ("a PDF of pictures alone", picture_pdf, "ảnh quét"),
    ("a PDF of very many pages", long_pdf, "trang"),
    ("bytes that are no text", lambda: bytes(1_000), "không phải văn bản"),
    ("more text than a plan holds", lambda: b"chu " * (limits.MOST_CHARS // 3), "quá nhiều chữ"),
    ("more lines than a plan holds", lambda: b"a\n" * (limits.MOST_LINES + 1), "quá nhiều chữ"),
    ("nothing but figures", lambda: "Trên 85% CĐCS đạt. ".encode() * 20_000, "quá nhiều con số"),
]


@pytest.mark.parametrize(("data", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_no_plan_is_refused(data: Callable[[], bytes], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(AppError, match=sentence) as refused:
        read(tmp_path, "a", data())
    assert refused.value.safe
    assert refused.value.todo


@pytest.mark.parametrize("blanks", ["", " " * 5_000])
@pytest.mark.parametrize("name", ["word/document.bin", "word/document.XML"])
def test_elements_are_counted_whatever_a_part_is_called(name: str, blanks: str, tmp_path: Path) -> None:
    whole, out, main = papers.word_with("<w:p>" + "<w:r/>" * 300_000 + "</w:p>"), io.BytesIO(), "word/document.xml"
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part).replace(main.encode(), name.encode())
            new.writestr(part.replace(main, name), blanks.encode() + content if part == main else content)
    with pytest.raises(AppError, match="thành phần"):
        read(tmp_path, "a.docx", out.getvalue())


@pytest.mark.parametrize("end", [b"", b"endstream"])
def test_a_pdf_of_streams_without_end_is_looked_through_at_once(end: bytes, tmp_path: Path) -> None:
    begun = time.process_time()
    with pytest.raises(AppError, match="PDF bị hỏng"):
        read(tmp_path, "a.pdf", b"%PDF-1.7\n" + (b"stream\n" + zlib.compress(b"")) * 100_000 + end)
    assert time.process_time() - begun < 5


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="Không có tệp"):
        plan_reading.read_file(tmp_path / "none.txt", Progress())


@pytest.mark.parametrize("kind", ["txt", "pdf"])
def test_reading_stops_when_asked(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(PLANS[0].read_bytes() if kind == "txt" else papers.as_pdf(papers.lines_of(PLANS[0])))
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        plan_reading.read_file(path, Progress(token=token))
