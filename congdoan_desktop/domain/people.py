"""Identity numbers of persons and units: checks that warn, offers that mend, masks that hide (D01–D06, C09)."""

from __future__ import annotations

from collections.abc import Mapping

from congdoan_desktop.errors import Finding

CITIZEN_ID_LENGTH = 12
OLD_ID_LENGTH = 9

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


def check_citizen_id(number: str, sex: str | None = None, birth_year: int | None = None) -> list[Finding]:
    """Warnings about a CCCD (12 digits) or an old CMND (9 digits); never a refusal, for papers do get corrected (D02).

    sex: "nam" or "nữ".
    """
    if not number.isdigit() or len(number) not in (CITIZEN_ID_LENGTH, OLD_ID_LENGTH):
        offer = offer_citizen_id(number)
        hint = f" Có phải {offer}?" if offer else ""
        return [_warning(f"Số CCCD có 12 chữ số (CMND cũ: 9).{hint}")]
    if len(number) == OLD_ID_LENGTH:
        return []
    found = []
    if number[:3] not in PROVINCES:
        found.append(_warning(f"Ba số đầu {number[:3]} không phải mã tỉnh nơi khai sinh. Xem lại số."))
    if sex is not None and ("nam", "nữ")[int(number[3]) % 2] != sex.lower():
        found.append(_warning("Chữ số thứ tư của CCCD không khớp với giới tính. Xem lại số hoặc giới tính."))
    if birth_year is not None and birth_year_of(number) != birth_year:
        found.append(_warning(f"CCCD này thuộc người sinh năm {birth_year_of(number)}. Xem lại số hoặc năm sinh."))
    return found


def birth_year_of(citizen_id: str) -> int:
    """The birth year inside a CCCD of 12 digits (D01)."""
    return 1900 + 100 * (int(citizen_id[3]) // 2) + int(citizen_id[4:6])


def offer_citizen_id(number: str) -> str | None:
    """A CCCD whose leading zeros a spreadsheet dropped, or None when padding does not give a known province (D05)."""
    padded = number.zfill(CITIZEN_ID_LENGTH)
    is_short = number.isdigit() and CITIZEN_ID_LENGTH - 2 <= len(number) < CITIZEN_ID_LENGTH
    return padded if is_short and padded[:3] in PROVINCES else None


def mask(number: str) -> str:
    """The number as shown on screens and papers: 012190000001 -> "012•••••0001" (C09)."""
    if len(number) <= 4:
        return "•" * len(number)
    head = 3 if len(number) > 9 else 0
    return number[:head] + "•" * (len(number) - head - 4) + number[-4:]


def _warning(message: str) -> Finding:
    return Finding("citizen_id", message, warning=True)
