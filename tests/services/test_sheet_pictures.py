"""A stamped sheet or a printed report is read from its photo: the right one alone, everything else is named."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
import segno
from PIL import Image, ImageFilter

from congdoan_desktop.errors import AppError
from congdoan_desktop.services import paper_check, sheet_pictures, sheets, trusting
from congdoan_desktop.services.paper_check import Standing
from tests.pictures.photos import encoded, photo
from tests.services.conftest import Offices
from tests.services.test_services_main_path import planned, recorded, reported


def photographed(pdf: bytes, path: Path, turned: float = 4.0) -> Path:
    """The first page as a telephone sees it: askew, in grey light, not quite sharp."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72).to_pil().convert("RGB")
    seen = page.rotate(turned, expand=True, fillcolor=(120, 110, 100)).filter(ImageFilter.GaussianBlur(0.8))
    path.write_bytes(encoded(seen.point(lambda shade: int(shade * 0.8) + 10), "JPEG", quality=70))
    return path


@pytest.mark.parametrize("turned", [0, -3.5, 90, 180])
def test_the_sheet_s_photo_stands_for_its_words(offices: Offices, tmp_path: Path, turned: float) -> None:
    made = trusting.write_enrolment(offices.union)
    picture = photographed(sheets.enrolment(offices.union, made.package_id), tmp_path / "phieu.jpg", turned)
    words = sheet_pictures.enrolment_words(picture, made.package_id)
    assert tuple(words.split()) == trusting.enrolment_words(offices.union, made)


def test_a_scan_as_pdf_and_the_province_s_sheet(offices: Offices, tmp_path: Path) -> None:
    made = trusting.write_enrolment(offices.other)
    path = offices.carry(offices.other, made)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(sheets.enrolment(offices.other, made.package_id))
    seen = trusting.read_enrolment(offices.province, path)
    trusting.approve(offices.province, path, sheet_pictures.enrolment_words(scan, seen.package_id))
    root = photographed(sheets.root(offices.province), tmp_path / "goc.jpg")
    assert tuple(sheet_pictures.root_words(root).split()) == trusting.root_words(offices.province)


def test_a_printed_report_is_checked_by_its_photo(offices: Offices, tmp_path: Path) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    made = reported(offices, id_)
    with offices.union.read() as connection:
        pdf = connection.exec_driver_sql("SELECT pdf FROM stamped_papers").scalar()
    pages = pypdfium2.PdfDocument(pdf)
    whole = tmp_path / "bao-cao.pdf"
    pages.save(str(whole))
    found = paper_check.check(offices.union, sheet_pictures.report_code(whole))
    assert found.standing is Standing.CURRENT
    assert made.kind == "report"


def coded(text: str) -> bytes:
    out = io.BytesIO()
    segno.make_qr(text).save(out, kind="png", scale=6)
    return out.getvalue()


WRONG = {
    "no code": (photo(), "Không thấy mã QR"),
    "nothing but paper": (encoded(Image.new("L", (900, 1200), 255), "PNG"), "Không thấy mã QR"),
    "another program's code": (coded("https://example.org/a b c"), "không phải của giấy tờ"),
    "an empty word": (coded("enrolment"), "không phải của giấy tờ"),
    "a report": (coded("ab" * 32), "là của báo cáo"),
    "a receipt": (coded(f"receipt {'ab' * 32} {'cd' * 32}"), "là của phiếu biên nhận"),
    "another enrolment": (coded(f"enrolment {'ab' * 32} một hai"), "một tệp đăng ký khác"),
    "no picture": (b"PK\x03\x04 no picture", "không phải ảnh"),
    "half a picture": (photo()[:9000], "bị hỏng"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_that_sheet_is_named(case: str, tmp_path: Path) -> None:
    data, said = WRONG[case]
    path = tmp_path / "anh"
    path.write_bytes(data)
    with pytest.raises(AppError, match=said):
        sheet_pictures.enrolment_words(path, "ee" * 32)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="Không đọc được tệp"):
        sheet_pictures.report_code(tmp_path / "mat.jpg")
    with pytest.raises(AppError, match="của phiếu mã gốc"):
        sheet_pictures.report_code(_written(tmp_path / "a", coded("root LDLD-LC một hai ba")))
    with pytest.raises(AppError, match="không phải của phiếu mã gốc"):
        sheet_pictures.root_words(_written(tmp_path / "b", coded("cd" * 32)))


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
