"""Cells that hold numbers of identity, phones, codes and counts, and what spreadsheets do to them (D02–D06, D23)."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from congdoan_desktop.domain.money import LARGEST, NotANumber, group_thousands, parse_number
from congdoan_desktop.domain.people import check_number, offer_citizen_id, offer_phone
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.spreadsheets import value_texts
from congdoan_desktop.spreadsheets.cells import Value
from congdoan_desktop.spreadsheets.findings import EMPTY, Read, doubted, wrong

_BETWEEN = re.compile(r"[\s.'’`\-–]")
_POWER = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_ROUNDED = re.compile(r"\d{1,6}0{6,}")
_COUNTED = re.compile(r"\s*(?:người|đoàn viên|lao động|đv|lđ|cn|nld|nlđ)\.?$", re.IGNORECASE)
_LOST_ZEROS = "Bảng tính đã bỏ mất số 0 ở đầu, hiểu là {}."
_RETYPE = "Bảng tính đã làm tròn số này. Định dạng cột là Văn bản (Text) rồi gõ lại đủ chữ số."
_LONGEST = 60


def citizen_id(value: Value) -> Read:
    """A CCCD of 12 digits; one of 9 digits is a CMND and goes into its own field (D05)."""
    digits = _digits(value)
    if isinstance(digits, Read):
        return digits
    if len(digits) == 12:
        return Read(digits)
    if offer := offer_citizen_id(digits):
        return doubted(offer, _LOST_ZEROS.format(offer), offer)
    if len(digits) == 9:
        return Read(digits, field="old_id")
    return wrong(f"Số CCCD có 12 chữ số, ở đây có {len(digits)}.")


def old_id(value: Value) -> Read:
    """A CMND of 9 digits; one of 12 is a CCCD and goes into its own field."""
    digits = _digits(value)
    if isinstance(digits, Read):
        return digits
    if len(digits) == 12:
        return Read(digits, field="citizen_id")
    return _padded(digits, 9, "Số CMND có 9 chữ số, ở đây có {}.")


def insurance(value: Value) -> Read:
    digits = _digits(value)
    if isinstance(digits, Read):
        return digits
    if len(digits) == 12:
        return doubted(digits, "Số này có 12 chữ số như CCCD. Mã số BHXH cũ có 10 chữ số.")
    return _padded(digits, 10, "Mã số BHXH có 10 chữ số, ở đây có {}.")


def phone(value: Value) -> Read:
    """A phone number; of several the first is taken."""
    if isinstance(value, str):
        if len(value) == 10 and value[0] == "0" and value.isdecimal() and value.isascii():
            return Read(value)
        if (parts := [part for part in re.split(r"[/;,]|\s-\s", value) if part.strip()])[1:]:
            first = phone(parts[0])
            return doubted(first.value, "Ô có nhiều số điện thoại, lấy số đầu.") if first.value else first
        value = value.replace("+84", "0", 1)
    digits = _digits(value, "()")
    return digits if isinstance(digits, Read) else _phone(digits)


def _phone(digits: str) -> Read:
    if offer := offer_phone(digits):
        return doubted(offer, _LOST_ZEROS.format(offer), offer)
    if not (misshapen := check_number("phone", digits)):
        return Read(digits)
    if re.fullmatch(r"0\d{8,10}", digits):
        return doubted(digits, "Số điện thoại di động có 10 chữ số. Xem lại.")
    return wrong(misshapen[0].message)


def tax_code(value: Value) -> Read:
    """10 digits, or 10 digits, a hyphen and 3 digits."""
    digits = _digits(value)
    if isinstance(digits, Read):
        return digits
    if len(digits) in (12, 13) and not isinstance(value, str):
        digits = digits.zfill(13)
    if len(digits) == 13:
        return Read(f"{digits[:10]}-{digits[10:]}")
    return _padded(digits, 10, "Mã số thuế có 10 hoặc 13 chữ số, ở đây có {}.")


def budget_code(value: Value) -> Read:
    digits = _digits(value)
    return digits if isinstance(digits, Read) else _padded(digits, 7, "Mã quan hệ ngân sách có 7 chữ số, ở đây có {}.")


def count(value: Value) -> Read:
    """People or things, from 0 on; dots part thousands in text, numeric cells count as stored (D23)."""
    if isinstance(value, str):
        return _count_in(value)
    if (fault := value_texts.not_words(value)) is not None:
        return fault
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return wrong("Ô không chứa số.")
    return _counted(Fraction(value))


def _count_in(text: str) -> Read:
    if fault := value_texts.hidden_in(text):
        return fault
    line = _COUNTED.sub("", one_line(text))
    if not line or line in "-–—":
        return EMPTY
    if len(line) > _LONGEST:
        return wrong("Ô dài quá, không phải số.")
    try:
        return _counted(parse_number(line))
    except NotANumber as error:
        return wrong(str(error))


def _counted(number: Fraction) -> Read:
    if number < 0:
        return wrong("Số người không được âm.")
    if number > LARGEST:
        return wrong("Số lớn quá.")
    if number.denominator == 1:
        return Read(int(number))
    thousands = number.limit_denominator(10**6) * 1000
    offer = group_thousands(int(thousands)) if thousands.denominator == 1 else ""
    return wrong("Số người phải là số nguyên.", offer)


def _digits(value: Value, more: str = "") -> str | Read:
    """The digits of a number that is none to reckon with, or what is wrong with the cell."""
    if isinstance(value, str):
        return value if value.isdecimal() and value.isascii() else _digits_of(value, more)
    if (fault := value_texts.not_words(value)) is not None:
        return fault
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value) or value < 0:
        return wrong("Ô không chứa dãy chữ số.")
    digits = str(int(value))
    return wrong(_RETYPE) if value >= value_texts.EXACT or _ROUNDED.fullmatch(digits) else digits


def _digits_of(text: str, more: str) -> str | Read:
    if fault := value_texts.hidden_in(text):
        return fault
    line = one_line(text)
    if len(line) > _LONGEST:
        return wrong("Ô dài quá, không phải dãy số.")
    if _POWER.fullmatch(line):
        return wrong(_RETYPE)
    bare = _BETWEEN.sub("", line.translate(dict.fromkeys(map(ord, more))))
    if not bare:
        return EMPTY
    return bare if bare.isdecimal() and bare.isascii() else wrong("Ô có chữ hoặc dấu lạ, không phải dãy chữ số.")


def _padded(digits: str, length: int, sentence: str) -> Read:
    """Up to two leading zeros that a spreadsheet dropped are given back, and said so."""
    if len(digits) == length:
        return Read(digits)
    if length - 2 <= len(digits) < length:
        offer = digits.zfill(length)
        return doubted(offer, _LOST_ZEROS.format(offer), offer)
    return wrong(sentence.format(len(digits)))


NUMBERS: dict[str, Callable[[Value], Read]] = {
    "citizen_id": citizen_id,
    "old_id": old_id,
    "insurance": insurance,
    "phone": phone,
    "tax_code": tax_code,
    "budget_code": budget_code,
    "count": count,
}
