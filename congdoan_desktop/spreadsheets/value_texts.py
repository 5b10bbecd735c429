"""Cells that hold words: what may stand in a name or a note, and what hides in it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta

from congdoan_desktop.domain.text import one_line
from congdoan_desktop.spreadsheets.cells import UNCALCULATED, Fault, Value, shown
from congdoan_desktop.spreadsheets.findings import EMPTY, Read, doubted, wrong

LONGEST = {"person": 120, "person_part": 80, "short": 120, "title": 200, "text": 500, "code": 20}
"""Characters by type of field."""
# Words of plain letters with single spaces: nothing to clean and nothing hidden.
_PLAIN = re.compile(r"[^\W_Ðð]+(?: [^\W_Ðð]+)*")
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LOST = re.compile("\ufffd|\\?{3,}")
_FORMULA = re.compile(r"[=@]|[+-].*[(!|]")
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)*\.?(?: ?\([^()\d]{1,40}\))?")
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", re.ASCII)
EXACT = 10**15
"""From here on a spreadsheet no longer keeps every digit."""


def not_words(value: Value) -> Read | None:
    """What is wrong with a cell whatever its field is; None when its value can be looked at."""
    if isinstance(value, Fault):
        if value.text.startswith("#"):
            return wrong(f"Ô báo lỗi {value.text}. Sửa công thức trong tệp, hoặc gõ giá trị.")
        if value == UNCALCULATED:
            return wrong("Công thức chưa được tính. Mở tệp bằng Excel, lưu lại rồi nhập.")
        return wrong("Dòng này có ô chứa số quá lớn, không đọc được. Sửa trong tệp rồi nhập lại.")
    if isinstance(value, float) and not math.isfinite(value):
        return wrong("Ô không chứa số đọc được.")
    return None


def hidden_in(text: str) -> Read | None:
    """What hides in a text: control characters, marks that turn the writing, letters lost on the way."""
    if _HIDDEN.search(text):
        return wrong("Ô có ký tự điều khiển ẩn. Gõ lại ô này.", one_line(_HIDDEN.sub("", text))[:120])
    if _LOST.search(text):
        return wrong("Chữ bị mất khi chuyển mã. Gõ lại ô này.")
    return None


def words(limit: int) -> Callable[[Value], Read]:
    """A reader of free text up to a length."""

    def read(value: Value) -> Read:
        if isinstance(value, str) and len(value) <= limit and _is_plain(value):
            return Read(value)
        if isinstance(value, bool):
            return wrong(f"Ô chứa giá trị {shown(value)}, không phải chữ.")
        if isinstance(value, (date, time, timedelta)):
            return doubted(shown(value), "Bảng tính đã đổi ô này thành ngày giờ.")
        if isinstance(value, (int, float)):
            return _figures(value)
        return not_words(value) or _checked(str(value), limit)

    return read


def person(value: Value) -> Read:
    """A full name as written."""
    read = _name(value, LONGEST["person"])
    if read.value and not read.problems and " " not in read.value:
        return doubted(read.value, "Họ tên chỉ có một chữ.")
    return read


def person_part(value: Value) -> Read:
    return _name(value, LONGEST["person_part"])


def code(value: Value) -> Read:
    """A unit's code: letters without marks, digits, hyphens."""
    read = words(200)(value)
    if not read.value or any(not problem.warning for problem in read.problems):
        return read
    upper = read.value.upper().replace(" ", "")
    if _CODE.fullmatch(upper) and len(upper) <= LONGEST["code"]:
        return Read(upper, read.problems)
    return wrong("Mã đơn vị chỉ gồm chữ không dấu, số và gạch nối, tối đa 20 ký tự.")


def _name(value: Value, limit: int) -> Read:
    if isinstance(value, str) and len(value) <= limit and value.replace(" ", "").isalpha() and _is_plain(value):
        return Read(value)
    if not isinstance(value, str):
        return not_words(value) or wrong("Họ tên phải là chữ.")
    read = _checked(value, limit)
    if read.value and not _NAME.fullmatch(read.value):
        return wrong("Họ tên có chữ số hoặc dấu lạ.")
    return read


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and unicodedata.is_normalized("NFC", text)


def _checked(text: str, limit: int) -> Read:
    if found := hidden_in(text):
        return found
    line = one_line(text)
    if not line:
        return EMPTY
    if len(line) > limit:
        return wrong(f"Ô dài {len(line)} ký tự, nhiều hơn {limit}. Ghi gọn lại.")
    if _FORMULA.match(line):
        return wrong("Ô bắt đầu như một công thức. Gõ lại bằng chữ.", line.lstrip("=@+- ")[:120])
    return Read(line)


def _figures(value: float) -> Read:
    if (fault := not_words(value)) is not None:
        return fault
    if abs(value) >= EXACT:
        return wrong("Bảng tính đã làm tròn số này. Định dạng cột là Văn bản (Text) rồi gõ lại.")
    return Read(shown(value))
