"""Money and numbers as Vietnamese officers write them: integer đồng, dots for thousands, a decimal comma (D23, D24)."""

from __future__ import annotations

import re
from fractions import Fraction

from congdoan_desktop.domain.text import clean, fold_tone_placement, search_key
from congdoan_desktop.errors import AppError

LARGEST = 999_999_999_999_999

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_READ = {word: value for value, word in enumerate(_DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}
_PLACES = {"mươi": 10, "trăm": 100}
_SCALE_WORDS = {"nghìn": 1_000, "triệu": 1_000_000}
_SPELLINGS = {"lẻ": "linh", "ngàn": "nghìn", "tỉ": "tỷ", "nhăm": "lăm", "bẩy": "bảy"}

_UNITS = {"nghin": 1_000, "ngan": 1_000, "k": 1_000, "trieu": 1_000_000, "tr": 1_000_000, "ti": 10**9}
_CURRENCY = re.compile(r"\s*(đồng|vnđ|vnd|đ)\.?\s*$", re.IGNORECASE)
_AROUND_WORDS = re.compile(r"[()]|bằng chữ\s*:|\bđồng\b(\s+chẵn\b)?|[./]+\s*$")
_GROUPED = r"\d{1,3}(?P<dot>[. ])\d{3}(?:(?P=dot)\d{3}){0,5}|\d{1,18}"
_PLAIN = re.compile(_GROUPED, re.ASCII)
_SCALED = re.compile(rf"(?P<whole>{_GROUPED})(?:,(?P<part>\d{{1,9}}))? ?(?P<unit>[a-z]+) ?", re.ASCII)
_AND_SO_MANY_TENTHS = re.compile(r"(?<=[0-9]tr)[0-9]$")
_DECIMAL = re.compile(rf"(?P<sign>[-−]?)(?P<whole>{_GROUPED})(?:,(?P<part>\d{{1,9}}))?", re.ASCII)
_DOTS = "Dấu chấm ngăn từng ba chữ số, dấu phẩy chỉ dùng cho phần lẻ: 5.000.000 hoặc “1,2 tỷ”."


class NotANumber(AppError):
    """Text that cannot be read as an amount or a count."""

    def __init__(self, text: str, what: str, todo: str = "Gõ số như 500000, 500.000 hoặc “5 triệu”.") -> None:
        super().__init__(f"“{text}” không đọc được thành {what}.", todo=todo)


def parse_money(text: str) -> int:
    """Đồng out of "5.000.000", "70.000đồng", "1,2 tỷ", "3 triệu 500", "1tr5", "Năm triệu đồng".

    Raises: NotANumber.
    """
    bare = _CURRENCY.sub("", clean(text))
    if not any(map(str.isdecimal, bare)):
        return parse_words(text)
    amount = _whole(bare) if _PLAIN.fullmatch(bare) else _scaled(bare, text)
    if amount > LARGEST:
        raise NotANumber(text, "số tiền, vì lớn quá", f"Số tiền lớn nhất ghi được là {group_thousands(LARGEST)} đồng.")
    return amount


def parse_count(text: str) -> int:
    """A count of people or things: "1.912", "48".

    Raises: NotANumber.
    """
    bare = clean(text)
    if not _PLAIN.fullmatch(bare) or _whole(bare) > LARGEST:
        raise NotANumber(text, "số đếm", "Gõ một số nguyên từ 0 trở lên, ví dụ 48 hoặc 1.912.")
    return _whole(bare)


def parse_number(text: str) -> Fraction:
    """A number as it stands in tables, exact: "1.234.567,5", "83,5%" as 0,835, "4/100.000" per hundred thousand.

    Raises: NotANumber, also for dots that part no groups of three ("1.5000").
    """
    bare, slash, base = clean(text).partition("/")
    percent = bare.endswith("%") and not slash
    found = _DECIMAL.fullmatch(bare.removesuffix("%").rstrip() if percent else bare.rstrip())
    if found is None or (slash and not (_PLAIN.fullmatch(base.strip()) and _whole(base.strip()))):
        raise NotANumber(text, "số", "Gõ số như 1.912 hoặc 1,5: dấu chấm ngăn từng ba chữ số, dấu phẩy cho phần lẻ.")
    value = _whole(found["whole"]) + Fraction(int(found["part"] or 0), 10 ** len(found["part"] or ""))
    return (-value if found["sign"] else value) / (100 if percent else _whole(base.strip()) if slash else 1)


def group_thousands(number: int) -> str:
    """Dots between thousands: 5000000 -> "5.000.000"."""
    return f"{number:,}".replace(",", ".")


def format_ratio(numerator: int, denominator: int) -> str:
    """Per cent with one decimal, half rounded up on exact integers: 41/48 -> "85,4%"; "–" without a denominator."""
    if denominator == 0:
        return "–"
    tenths = (2000 * numerator + denominator) // (2 * denominator)
    whole, tenth = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{group_thousands(whole)},{tenth}%"


def money_in_words(amount: int) -> str:
    """An amount as vouchers say it: 5000000 -> "Năm triệu đồng" (D24).

    Raises: ValueError for a negative amount or one beyond `LARGEST`.
    """
    if not 0 <= amount <= LARGEST:
        raise ValueError("amount out of range")
    words = number_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def number_in_words(number: int) -> str:
    """A number from 0 to `LARGEST` in words, in lower case."""
    if number >= 10**9:
        high, rest = divmod(number, 10**9)
        tail = f" {_below_billion(rest, follows=True)}" if rest else ""
        return f"{_below_billion(high, follows=False)} tỷ{tail}"
    return _below_billion(number, follows=False) or _DIGITS[0]


def parse_words(text: str) -> int:
    """The amount of an amount in words, with or without "đồng"; reads lẻ, ngàn and bốn as well.

    Raises: NotANumber, also for words that name no amount in any accepted spelling ("năm hai").
    """
    said = _AROUND_WORDS.sub(" ", fold_tone_placement(clean(text)).lower()).split()
    words = [_SPELLINGS.get(word, word) for word in said]
    amount = _sum_of(words)
    if not 0 <= amount <= LARGEST or _loose(number_in_words(amount)) != _loose(" ".join(words)):
        raise NotANumber(text, "số tiền")
    return amount


def _sum_of(words: list[str]) -> int:
    """What the words add up to, whether or not they stand where they may; −1 for a word that is no number."""
    high = total = group = digit = 0
    for word in words:
        if word in _READ:
            digit = _READ[word]
        elif word == "mười":
            group += 10
        elif word in _PLACES:
            group, digit = group + digit * _PLACES[word], 0
        elif word in _SCALE_WORDS:
            total, group, digit = total + (group + digit) * _SCALE_WORDS[word], 0, 0
        elif word == "tỷ":
            high, total, group, digit = (total + group + digit) * 10**9, 0, 0, 0
        elif word != "linh":
            return -1
    return high + total + group + digit


def _loose(words: str) -> str:
    """Words without what vouchers leave out ("không trăm") or write both ways (tư, bốn)."""
    kept = words.replace("không trăm ", "").split()
    return " ".join("bốn" if word == "tư" else word for word in kept)


def _whole(text: str) -> int:
    return int(text.replace(".", "").replace(" ", ""))


def _scaled(bare: str, text: str) -> int:
    """Parts with their unit, falling: "3 triệu 500 nghìn"; three last digits alone count in the next lower unit.

    "1tr5" is the way everybody types a million and a half; "1 triệu 5" is not guessed at.
    """
    rest, amount, last = _AND_SO_MANY_TENTHS.sub(r"\g<0>00", search_key(bare)), 0, LARGEST
    while found := _SCALED.match(rest):
        whole, fraction, unit = _whole(found["whole"]), found["part"] or "", _UNITS.get(found["unit"], LARGEST)
        if unit >= last or unit % 10 ** len(fraction):
            raise NotANumber(text, "số tiền")
        amount += whole * unit + int(fraction or 0) * unit // 10 ** len(fraction)
        last, rest = unit, rest[found.end() :]
    if rest and not (last < LARGEST and re.fullmatch(r"\d{3}", rest, re.ASCII)):
        raise NotANumber(text, "số tiền", _DOTS)
    if last == LARGEST:
        raise NotANumber(text, "số tiền")
    return amount + int(rest or 0) * last // 1000


def _below_billion(number: int, *, follows: bool) -> str:
    words: list[str] = []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, number = divmod(number, scale)
        if group:
            words += _group(group, follows=follows or bool(words))
            words += [name] if name else []
    return " ".join(words)


def _group(value: int, *, follows: bool) -> list[str]:
    """Three digits; hundreds are said also when zero, if something stands before."""
    hundreds, tens, units = value // 100, value // 10 % 10, value % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or follows else []
    if tens == 0:
        return words + (["linh", _DIGITS[units]] if units and words else [_DIGITS[units]] if units else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + ([_unit_after_ten(tens, units)] if units else [])


def _unit_after_ten(tens: int, units: int) -> str:
    if units == 5:
        return "lăm"
    if tens >= 2 and units in (1, 4):
        return {1: "mốt", 4: "tư"}[units]
    return _DIGITS[units]
