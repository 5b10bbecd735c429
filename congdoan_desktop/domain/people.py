"""Identity numbers of persons and units: checks that warn, offers that mend, masks that hide (D01–D06, C09)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from congdoan_desktop.domain.text import clean
from congdoan_desktop.errors import Finding

SEXES = ("nam", "nữ")
_NUMBERS: Mapping[str, tuple[str, str]] = {
    "citizen_id": (r"\d{12}|\d{9}", "Số CCCD có 12 chữ số viết liền (CMND cũ: 9)."),
    "old_id": (r"\d{9}", "Số CMND cũ có 9 chữ số."),
    "insurance": (r"\d{10}", "Mã số BHXH có 10 chữ số."),
    "tax_code": (r"\d{10}(-\d{3})?", "Mã số thuế có 10 chữ số, hoặc 10 chữ số, gạch nối và 3 chữ số."),
    "budget_code": (r"\d{7}", "Mã quan hệ ngân sách có 7 chữ số."),
    "phone": (r"0\d{9}", "Số điện thoại có 10 chữ số, bắt đầu bằng 0."),
}
_SHAPES = {kind: re.compile(shape, re.ASCII) for kind, (shape, _) in _NUMBERS.items()}

PROVINCES: Mapping[str, str] = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang", "010": "Lào Cai",
    "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái", "017": "Hòa Bình", "019": "Thái Nguyên",
    "020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang", "025": "Phú Thọ", "026": "Vĩnh Phúc",
    "027": "Bắc Ninh", "030": "Hải Dương", "031": "Hải Phòng", "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam",
    "036": "Nam Định", "037": "Ninh Bình", "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình",
    "045": "Quảng Trị", "046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi",
    "052": "Bình Định", "054": "Phú Yên", "056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận",
    "062": "Kon Tum", "064": "Gia Lai", "066": "Đắk Lắk", "067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước",
    "072": "Tây Ninh", "074": "Bình Dương", "075": "Đồng Nai", "077": "Bà Rịa - Vũng Tàu", "079": "TP Hồ Chí Minh",
    "080": "Long An", "082": "Tiền Giang", "083": "Bến Tre", "084": "Trà Vinh", "086": "Vĩnh Long", "087": "Đồng Tháp",
    "089": "An Giang", "091": "Kiên Giang", "092": "Cần Thơ", "093": "Hậu Giang", "094": "Sóc Trăng",
    "095": "Bạc Liêu", "096": "Cà Mau",
}  # fmt: skip
"""Codes of the province of birth registration; they outlived the mergers of 2025 and say nothing of residence (D04)."""


@dataclass(frozen=True, slots=True)
class CitizenIdParts:
    """What the 12 digits say about the registration of birth (D01). `province` None: a country, or no known code."""

    province: str | None
    sex: str
    birth_year: int


def citizen_id_parts(citizen_id: str) -> CitizenIdParts:
    """Reads a CCCD of 12 digits.

    Raises: ValueError for anything else.
    """
    if len(citizen_id) != 12 or not (citizen_id.isascii() and citizen_id.isdecimal()):
        raise ValueError("not a citizen id of 12 digits")
    return _registered(citizen_id[:6])


@lru_cache(maxsize=4096)
def _registered(first_six: str) -> CitizenIdParts:
    century_and_sex = int(first_six[3])
    birth_year = 1900 + 100 * (century_and_sex // 2) + int(first_six[4:])
    return CitizenIdParts(PROVINCES.get(first_six[:3]), SEXES[century_and_sex % 2], birth_year)


def check_number(kind: str, number: str) -> list[Finding]:
    """A warning when a number lacks the shape of its kind: "insurance", "tax_code", ... (D02–D06)."""
    return [] if _SHAPES[kind].fullmatch(number) else [Finding(kind, _NUMBERS[kind][1], warning=True)]


def check_citizen_id(number: str, sex: str | None = None, birth_year: int | None = None) -> list[Finding]:
    """Warnings about a CCCD (12 digits) or an old CMND (9 digits); never a refusal, for papers do get corrected (D02).

    sex: "nam" or "nữ".
    """
    if misshapen := check_number("citizen_id", number):
        offer = offer_citizen_id(number)
        return [_warning(f"{misshapen[0].message} Có phải {offer}?")] if offer else misshapen
    if len(number) < 12:
        return []
    parts, found = citizen_id_parts(number), []
    given_sex = sex if sex in SEXES else clean(sex or "").lower()
    if parts.province is None:
        found.append(_warning(f"Ba số đầu {number[:3]} không phải mã tỉnh nơi khai sinh. Xem lại số."))
    if given_sex in SEXES and given_sex != parts.sex:
        found.append(_warning("Chữ số thứ tư của CCCD không khớp với giới tính. Xem lại số hoặc giới tính."))
    if birth_year is not None and birth_year != parts.birth_year:
        found.append(_warning(f"CCCD này thuộc người sinh năm {parts.birth_year}. Xem lại số hoặc năm sinh."))
    return found


def offer_citizen_id(number: str) -> str | None:
    """A CCCD whose leading zeros a spreadsheet dropped, or None when padding does not give a known province (D05)."""
    if not re.fullmatch(r"\d{10,11}", number, re.ASCII):
        return None
    padded = number.zfill(12)
    return padded if padded[:3] in PROVINCES else None


def offer_phone(number: str) -> str | None:
    """A phone number whose leading zero a spreadsheet dropped (D05)."""
    return f"0{number}" if re.fullmatch(r"[1-9]\d{8}", number, re.ASCII) else None


def mask(number: str) -> str:
    """The number as shown on screens and papers: 012190000001 -> "012•••••0001" (C09). Less of shorter ones."""
    head, tail = (3, 4) if len(number) >= 12 else (0, 3) if len(number) >= 9 else (0, 0)
    hidden = len(number) - head - tail
    return number[:head] + "•" * hidden + number[head + hidden :]


def _warning(message: str) -> Finding:
    return Finding("citizen_id", message, warning=True)
