"""Numbers with their comparison words and units, as plans print them (seed-facts, section 2)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from congdoan_desktop.planreader import words
from congdoan_desktop.planreader.draft import Span
from congdoan_desktop.planreader.letters import LOWER
from congdoan_desktop.planreader.masks import Mask

_GROUPED = r"(?:\d{1,3}(?:\.\d{3}){1,3}|\d{1,9})(?:,\d{1,2})?"
_DAMAGED = r"[lIOo\d]{0,2}(?:\d[OolI]|[lIOo]\d)[OoI\d]?|[lI][OoQ]{2}"
_NUMBER = rf"{_GROUPED}|{_DAMAGED}"
_WORDS = {
    "một": "1", "hai": "2", "ba": "3", "bốn": "4", "năm": "5",
    "sáu": "6", "bảy": "7", "tám": "8", "chín": "9", "mười": "10",
}  # fmt: skip
# "45/48 đoàn viên", "8/10 cán bộ", never the eighth of October.
_SHARED = [noun for noun in words.listed("nouns") if noun not in words.listed("measures")]
_COUNTED = frozenset(noun.lower() for noun in _SHARED) | {"cđcs"}
# A word may be glued to its number ("500đoàn viên"), a code or a clock may not be cut.
_AFTER = r"(?!đ)[\w/:]|[.,]\d"
_NUMBERS = re.compile(
    rf"(?<![\w.,/])(?:(?P<part>\d{{1,2}}(?:/| trên )\d{{1,2}}) (?=số|tổng số|trong|{'|'.join(map(re.escape, _SHARED))})"
    rf"|(?P<low>{_NUMBER})(?P<lowpct> ?%)?(?: ?[-–÷] ?| đến | tới )(?P<high>{_NUMBER})(?!{_AFTER})(?P<highpct> ?%"
    rf"| phần trăm)?"
    rf"|(?P<one>{_NUMBER})(?!{_AFTER})(?P<pct> ?%| phần trăm)?)"
    r"|(?P<half>(?:một |1 )?nửa)(?= (?:số |tổng số )?[^\W\d_]{2,})"
    rf"|(?<=\s)(?P<word>{'|'.join(_WORDS)})(?= [^\W\d_]{{2,}})"
)

_OPS = words.comparisons()
_FILLERS = (
    r"(?:(?: là| được| có| đạt| phải| từ| mức| khoảng| hoặc bằng| mỗi (?:năm|quý|tháng)| hằng năm| hàng năm"
    r"| trong năm| 1 năm| một năm"
    r"| tổ chức| thành lập| kết nạp| xây dựng| mới){0,3})"
)
_COMPARED = re.compile(
    rf"(?:(?<=[\s(,;:“\"])|^)(?P<phrase>{'|'.join(map(re.escape, _OPS))}){_FILLERS} ?$",
    re.IGNORECASE,
)
_LOOK_BACK = 48
# "Số sáng kiến cấp cơ sở trở lên: 40."
_COUNTED_BEFORE = re.compile(
    rf"(?:^|\W)[Ss]ố (?:lượng )?(?P<noun>{'|'.join(map(re.escape, _SHARED))})(?!\w)[^:.;\d]{{0,40}}: ?$", re.IGNORECASE
)
# "Mỗi cán bộ quản lý có một đổi mới": the only place where a number in letters needs no word of comparison.
_EACH_HAS = re.compile(
    r"(?:[Mm]ỗi|[Tt]ừng) [^,.;:“”\d]{2,60} (?:có|đăng ký|thực hiện|nhận|giúp đỡ|xây dựng|tổ chức|đảm nhận)(?: được)? $"
)
_OR_MORE = re.compile(r" ?(?P<phrase>trở lên|trở nên|hoặc hơn|trở đi)")
_OR_LESS = re.compile(r" ?(?P<phrase>trở xuống)")
_MONEY = re.compile(
    r" ?(?P<unit>(?:nghìn |ngàn |triệu |tỷ |tỉ )?(?:đồng(?! chí)|đ(?!\w)|VNĐ|VND)|(?:tỷ|triệu)(?= đồng))(?!\w)"
)
_SCALED = re.compile(r" (?P<unit>triệu|tỷ|tỉ|nghìn|ngàn)(?!\w)")
_SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 10**9, "tỉ": 10**9}
_PER = re.compile(
    r"(?: (?!và |hoặc )[^\W\d_]+){0,3} ?/ ?(?:0?1 )?"
    r"(?P<per>năm|quý|tháng|tuần|CĐCS|CĐ cơ sở|công đoàn cơ sở|đơn vị|người|doanh nghiệp|cơ quan|suất"
    r"|nhà|đoàn viên"
    r"|xã|huyện|khối|cụm|tổ|lớp|buổi|cuộc|đợt|trường|hộ|mô hình|căn|cặp|ca|học sinh|giáo viên|nhà giáo|công nhân|cán bộ"
    r"|phân xưởng|xưởng|chuyền|khoa|phòng|ha)(?!\w)",
    re.IGNORECASE,
)
# Nouns that plans count. Others are cut after their first word.
NOUNS = words.listed("nouns")
_NOUN = re.compile(
    rf" ?[“\"]?(?:mới )?(?P<unit>{'|'.join(re.escape(noun) for noun in sorted(NOUNS, key=len, reverse=True))})(?!\w)",
    re.IGNORECASE,
)
_ANY_WORD = re.compile(
    rf" (?!trở |hoặc |và |đến |của |trong |trên |so |là |theo |với |cho )(?P<unit>[{LOWER}][^\W\d_]{{1,11}})(?!\w)"
)
_SHORT_UNITS = {
    "công đoàn cơ sở": "CĐCS", "cđcs": "CĐCS", "cđ cơ sở": "CĐCS", "đ": "đồng", "vnđ": "đồng", "vnd": "đồng", "tỉ "
        "đồng": "tỷ đồng",
    "ngàn đồng": "nghìn đồng",
}  # fmt: skip
_REPAIRED = str.maketrans("lIOoQ", "11000")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the text. `span` runs from its comparison words to "trở lên"; `number` is the figure alone.

    unit: "%", a noun as it is counted, "" when none follows. `per`: what stands behind a slash ("năm", "CĐCS").
    `damaged`: digits that a scanner read as letters. `share`: so many of so many ("38/46 đồng chí").
    """

    span: Span
    number: Span
    value: str
    value2: str | None
    unit: str
    per: str
    op: str
    op_phrase: str
    damaged: bool = False
    contradicts: bool = False
    share: bool = False

    @property
    def percent(self) -> bool:
        return self.unit == "%"

    @property
    def money(self) -> bool:
        return self.unit.endswith("đồng")


def quantities_in(text: str, start: int, end: int, masks: tuple[Mask, ...]) -> Iterator[Quantity]:
    """The quantities between two offsets that no mask hides, in order."""
    hidden = _merged(masks)
    starts = [span.start for span in hidden]
    for found in _NUMBERS.finditer(text, start, end):
        at = bisect_right(starts, found.start()) - 1
        if at >= 0 and hidden[at].end > found.start():
            continue
        quantity = _quantity(text, found, start, end)
        if quantity is not None:
            yield quantity


def _merged(masks: tuple[Mask, ...]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted((mask.span for mask in masks), key=lambda span: span.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _quantity(text: str, found: re.Match[str], start: int, end: int) -> Quantity | None:
    before = text[max(start, found.start() - _LOOK_BACK) : found.start()]
    compared = _COMPARED.search(before)
    value, value2, damaged = _values(found)
    if found["half"] and compared is None:
        return None
    if value is None or (found["word"] and compared is None and not _EACH_HAS.search(text, start, found.start())):
        return None
    unit, per, after = _unit(text, found, end)
    # Letters for digits are believed where nothing but a number makes sense: "1oo %", "35O đoàn viên".
    if damaged and unit != "%" and unit.lower() not in _COUNTED:
        return None
    if unit in _SCALES and (noun := _NOUN.match(text, after, end)):
        value, value2 = _times(value, unit), _times(value2, unit) if value2 else None
        unit, after = _SHORT_UNITS.get(noun["unit"].lower(), noun["unit"]), noun.end()
    if not unit and (counted := _COUNTED_BEFORE.search(before)):
        unit = _SHORT_UNITS.get(counted["noun"].lower(), counted["noun"])
    phrase = compared["phrase"] if compared else ""
    op = _op_of(phrase) if phrase else "gte"
    op, phrase, after, contradicts = _with_tail(text, after, end, op, phrase)
    if value2 is not None:
        op, phrase = "between", phrase or found[0]
    begins = found.start() - len(before) + compared.start("phrase") if compared else found.start()
    number = Span(found.start(), found.end())
    return Quantity(
        Span(begins, after), number, value, value2, unit, per, op, phrase, damaged, contradicts, bool(found["part"])
    )


def _op_of(phrase: str) -> str:
    """As the pattern found it: in any case, and with an i whose dot a scanner lost."""
    same = (op for words, op in _OPS.items() if re.fullmatch(re.escape(words), phrase, re.IGNORECASE))
    return _OPS.get(phrase.lower()) or next(same)


def _values(found: re.Match[str]) -> tuple[str | None, str | None, bool]:
    """(value, second value of a range, whether letters stand for digits)."""
    if found["half"]:
        return "50", None, False
    if found["part"]:
        return _share(found["part"]), None, False
    if found["word"]:
        return _WORDS[found["word"]], None, False
    if found["low"]:
        raw = (found["low"], found["high"])
        return _exact(raw[0]), _exact(raw[1]), any(map(_is_damaged, raw))
    return _exact(found["one"]), None, _is_damaged(found["one"])


def _share(part: str) -> str:
    """A small fraction in hundredths where that is exact ("3/4" -> "75"), else as it stands ("2/3"); "45/48 đoàn viên"
    counts 45.
    """
    count, whole = map(int, part.replace(" trên ", "/").split("/"))
    if not 0 < whole <= 10:
        return str(count)
    return f"{count}/{whole}" if 100 * count % whole else str(100 * count // whole)


def _times(value: str, scale: str) -> str:
    """A count in thousands or millions: 1,5 triệu -> "1500000"."""
    return f"{Decimal(value) * _SCALES[scale]:f}".split(".")[0] if "/" not in value else value


def _is_exact_share(part: str | None) -> bool:
    """Whether `_share` makes hundredths of it."""
    return part is not None and 0 < int(re.split("/| trên ", part)[1]) <= 10 and "/" not in _share(part)


def _is_damaged(digits: str) -> bool:
    return any(letter.isalpha() for letter in digits)


def _exact(digits: str) -> str:
    """A decimal string: 1.500 -> "1500", 97,50 -> "97.5", 01 -> "1"."""
    whole, _, part = digits.translate(_REPAIRED).replace(".", "").partition(",")
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))


def _unit(text: str, found: re.Match[str], end: int) -> tuple[str, str, int]:
    """(unit, what it is per, where it ends)."""
    if found["part"] and "/" in _share(found["part"]):
        return "", "", found.end()
    if found["pct"] or found["highpct"] or found["lowpct"] or found["half"] or _is_exact_share(found["part"]):
        return "%", "", found.end()
    tail = _OR_MORE.match(text, found.end(), end)
    behind = _MONEY.match(text, found.end(), end) or _NOUN.match(text, tail.end() if tail else found.end(), end)
    if behind is None:
        behind = _SCALED.match(text, found.end(), end) or _ANY_WORD.match(text, found.end(), end)
    if behind is None:
        return "", "", found.end()
    unit = _SHORT_UNITS.get(behind["unit"].lower(), behind["unit"])
    per = _PER.match(text, behind.end(), end)
    return unit, (_SHORT_UNITS.get(per["per"].lower(), per["per"]) if per else ""), per.end() if per else behind.end()


def counted_noun(words: str) -> str:
    """The last noun of a column's head that plans count: "Kết nạp đoàn viên" -> "đoàn viên"; "" without one."""
    found = [*_NOUN.finditer(" " + words)]
    return _SHORT_UNITS.get(found[-1]["unit"].lower(), found[-1]["unit"].lower()) if found else ""


def _with_tail(text: str, after: int, end: int, op: str, phrase: str) -> tuple[str, str, int, bool]:
    """What "trở lên" or "trở xuống" behind number or unit makes of the comparison (002-T04: both say different)."""
    if less := _OR_LESS.match(text, after, end):
        return "lte", f"{phrase} ... {less['phrase']}".removeprefix(" ... "), less.end(), False
    more = _OR_MORE.match(text, after, end)
    if more is None:
        return op, phrase, after, False
    return "gte", f"{phrase} ... {more['phrase']}".removeprefix(" ... "), more.end(), phrase.lower() in {"trên", "hơn"}
