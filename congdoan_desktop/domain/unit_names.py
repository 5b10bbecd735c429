"""What the name of a union tells: its kind, place, short name, and a code to propose. The officer corrects it."""

from __future__ import annotations

import re
import unicodedata

from congdoan_desktop.domain.text import clean

LONGEST_CODE = 20
_PLACE = re.compile(r"\b(?:xã|phường|đặc khu|thị xã|thị trấn|thành phố|huyện|tỉnh)\s+(.+)$", re.IGNORECASE)
_SAID = re.compile(
    r"^(?:công đoàn(?: cơ sở| viên chức| ngành| tổng công ty)?|nghiệp đoàn|cđcs"
    r"|tổ công tác(?: quản lý địa bàn)?(?: số)?)\s+",
    re.IGNORECASE,
)
_SHORT = (
    ("Liên đoàn Lao động", "LĐLĐ"),
    ("Công đoàn cơ sở", "CĐCS"),
)
_KINDS = (
    (r"^(?:liên đoàn lao động|lđlđ) (?:tỉnh|thành phố)\b", "ldld_tinh"),
    (r"^(?:liên đoàn lao động|lđlđ) (?:huyện|thị xã)\b", "ldld_huyen"),
    (r"^công đoàn (?:xã|phường|đặc khu)\b", "cong_doan_xa"),
    (r"^công đoàn viên chức\b", "cong_doan_vien_chuc"),
    (r"^công đoàn ngành\b", "cong_doan_nganh"),
    (r"^công đoàn (?:các )?khu (?:công nghiệp|kinh tế|chế xuất)\b", "cong_doan_kcn"),
    (r"^công đoàn (?:tổng công ty|tập đoàn)\b", "cong_doan_tct"),
    (r"^tổ công tác\b", "to_cong_tac"),
    (r"^nghiệp đoàn\b", "nghiep_doan"),
)


def kind_in(name: str) -> str | None:
    """The code of the unit kind that a name shows, None when it may be several."""
    lower = clean(name).lower()
    return next((kind for pattern, kind in _KINDS if re.search(pattern, lower)), None)


def place_in(name: str) -> str:
    """The place in a name: "Công đoàn xã Than Uyên" -> "Than Uyên"; "" when there is none."""
    found = _PLACE.search(clean(name))
    return found[1] if found else ""


def short_name_of(name: str) -> str:
    """The name as it stands in columns: "LĐLĐ tỉnh Lai Châu"."""
    short = clean(name)
    for words, letters in _SHORT:
        short = re.sub(re.escape(words), letters, short, flags=re.IGNORECASE)
    return short


def code_for(name: str, abbreviation: str) -> str:
    """A code to propose: "CDX-THANUYEN"; "" for an empty name."""
    what = _plain(place_in(name) or _rest(name))
    return f"{_plain(abbreviation)}-{what}"[:LONGEST_CODE].strip("-") if what else ""


def _rest(name: str) -> str:
    """The name without the words that its kind already says."""
    return _SAID.sub("", clean(name))


def _plain(text: str) -> str:
    upper = unicodedata.normalize("NFD", text.upper()).replace("Đ", "D")
    return "".join(c for c in upper if c.isascii() and c.isalnum())
