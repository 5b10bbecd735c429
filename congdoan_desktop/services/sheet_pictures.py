"""The code of a printed sheet out of its photo or scan, instead of words typed from the paper."""

from __future__ import annotations

import re
from pathlib import Path

from congdoan_desktop.errors import AppError
from congdoan_desktop.pictures.codes import codes_in
from congdoan_desktop.pictures.refusals import PictureRefused

_REPORT = re.compile(r"[0-9a-f]{64}")
_PAPERS = {
    "enrolment": "phiếu đăng ký mã",
    "root": "phiếu mã gốc của tỉnh",
    "receipt": "phiếu biên nhận",
    "report": "báo cáo",
}
"""By the first word of what the code says; a report's is the digest of its figures alone."""
_SAFE = "Tệp gốc không bị đụng tới; chưa có gì được so hay công nhận."
_BY_HAND = "hoặc gõ tay từ giấy."


def enrolment_words(path: Path, package_id: str) -> str:
    """The eight words of the sheet of this very enrolment.

    Raises: AppError when the picture cannot be read, shows no code, that of another paper or of another enrolment.
    """
    _, id_, *words = _of(path, "enrolment").split()
    if id_ != package_id:
        raise AppError(
            "Phiếu trong ảnh là của một tệp đăng ký khác.",
            safe=_SAFE,
            todo="Chọn ảnh phiếu của đúng tệp này; nếu phiếu và tệp không khớp thì đừng công nhận: hỏi lại đơn vị.",
        )
    return " ".join(words)


def root_words(path: Path) -> str:
    """The eight words of the province's sheet. Raises: AppError as `enrolment_words`."""
    return " ".join(_of(path, "root").split()[2:])


def report_code(path: Path) -> str:
    """What the code of a printed report says. Raises: AppError as `enrolment_words`."""
    return _of(path, "report")


def _of(path: Path, paper: str) -> str:
    codes = _codes(path)
    if not codes:
        raise AppError(
            "Không thấy mã QR nào trong ảnh này.",
            safe=_SAFE,
            todo="Chụp lại thẳng, đủ sáng, nét và thấy trọn mã QR; " + _BY_HAND,
        )
    for code in codes:
        if _paper(code) == paper:
            return code
    known = _PAPERS.get(_paper(codes[0]))
    raise AppError(
        f"Mã QR trong ảnh là của {known}, không phải của {_PAPERS[paper]}."
        if known
        else "Mã QR trong ảnh không phải của giấy tờ do chương trình này in.",
        safe=_SAFE,
        todo=f"Chọn ảnh có mã QR của {_PAPERS[paper]}; " + _BY_HAND,
    )


def _codes(path: Path) -> tuple[str, ...]:
    try:
        return codes_in(path.read_bytes())
    except OSError as error:
        raise AppError(f"Không đọc được tệp {path.name}.", safe=_SAFE, todo="Chọn lại tệp, " + _BY_HAND) from error
    except PictureRefused as refused:
        todo = "Chọn ảnh JPEG, PNG, WebP, TIFF, BMP hoặc bản quét PDF; " + _BY_HAND
        raise AppError(refused.what, safe=_SAFE, todo=todo) from refused


def _paper(code: str) -> str:
    first, *more = code.split()[:3] or [""]
    if not more and _REPORT.fullmatch(first):
        return "report"
    return first if len(more) == 2 else ""
