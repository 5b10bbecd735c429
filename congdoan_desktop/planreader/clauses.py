"""Where the words about one quantity begin and end inside its paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from congdoan_desktop.planreader.draft import Span
from congdoan_desktop.planreader.letters import LOWER, UPPER
from congdoan_desktop.planreader.quantities import Quantity
from congdoan_desktop.planreader.sentences import stops_of

_EFFORTS = (
    r"phấn đấu|phần đầu|phần đấu|vận động|chỉ đạo|giới thiệu|kết nạp|thành lập|tổ chức|xây dựng|có|mỗi|mổi|từng"
    r"|tỷ lệ|tỉ lệ|số|hỗ trợ"
    r"|trao|tặng|giúp|phát triển|duy trì|bồi dưỡng|tập huấn|đào tạo|ký|kiểm tra|giám sát|tuyên truyền|hằng năm"
    r"|hàng năm|phối hợp"
    r"|trong đó|riêng|bảo đảm|đảm bảo|không để|giảm|tăng|nâng|thu|công nhận|đăng ký|triển khai|cấp|thực hiện"
    r"|hoàn thành|tham gia|đối với"
    r"|khu vực|cơ quan|doanh nghiệp|vượt|tư vấn|đối thoại|thăm|khám|cử|viết|xét|biểu dương|tôn vinh|đạt tỷ lệ"
    r"|nhân rộng|đề nghị|đưa|bình quân|mở|phát hành"
)
_COMPARISONS = r"ít nhất|tối thiểu|trên|hơn|từ|dưới|không quá|không dưới|tối đa|khoảng|≥|≤|>|<|\d"
_BREAK = re.compile(rf"(?:, |; ?| và | \(|: ?| - |\+ )(?=(?i:(?:và |còn )?(?:{_EFFORTS}|{_COMPARISONS})))")
_COMPARED_NEXT = re.compile(
    r", (?=(?:[^\W\d_]+ ){1,5}(?:ít nhất|tối thiểu|không dưới|không ít hơn|không quá|trên \d|hơn \d|khoảng \d"
    r"|\d[\d.,]*%? [^\W\d_]))"
    rf"|, (?=[{UPPER}][{LOWER}]+ [^,;:.\d]{{2,60}} \d)"
)
_PREDICATE = re.compile(
    r" (?:có|được|phải|đạt|là|tổ chức|thực hiện|ký|thành lập|xây dựng|tham gia|hoàn thành|bảo đảm|đảm bảo)(?!\w)"
    r"|[.,;\n]|\Z"
)
_SOFT = re.compile(r" và | - ")
_ADVERB = re.compile(
    r"(?:(?:Hằng|Hàng|hằng|hàng|Mỗi|mỗi) (?:năm|quý|tháng)|(?:Trong |trong |Đến |đến |Hết |hết )?(?:cuối "
    r"|hết )?(?:năm|quý|tháng|nhiệm kỳ)"
    r"[^,]{0,30}|Phấn đấu[^,%]{0,40})$"
)
_TRIM_END = re.compile(r"(?: và| hoặc|[\s,;:.(+/-])+$")
_PRICED = re.compile(r"[,(] ?(?:với )?(?:mức|trị giá|kinh phí|tổng trị giá|tổng kinh phí|mỗi suất)(?!\w)")
_SEMICOLON = re.compile(";")
_LONGEST_STARTER = 20
_REACH = 1_200
_TAIL = 200


@dataclass(frozen=True, slots=True)
class Clause:
    """The words about a quantity; `opens`: they begin with it or words of its own, not with another's.

    `sentence` runs between full stops, `part` between semicolons.
    """

    span: Span
    sentence: Span
    part: Span
    opens: bool


def clauses_of(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Clause]:
    """One clause for each quantity, in order. Quantities without a break between them share their beginning."""
    sentences = stops_of(text, start, end)
    parts = [start, *(match.end() for match in _SEMICOLON.finditer(text, start, end))]
    begun: list[_Begun] = []
    for quantity in quantities:
        sentence = _around(sentences, quantity, end)
        part = _within(_around(parts, quantity, end), sentence, quantity)
        before = begun[-1] if begun else None
        free = max(before.quantity.span.end if before else start, part.start)
        begin, opens = _begin(text, part.start, free, quantity)
        if not opens and before is not None:
            begin = max(before.begin, part.start)
        begun.append(_Begun(quantity, begin, opens, sentence, part))
    return [_clause(text, begun, at) for at in range(len(begun))]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A clause whose end is not known yet."""

    quantity: Quantity
    begin: int
    opens: bool
    sentence: Span
    part: Span


def _around(stops: list[int], quantity: Quantity, end: int) -> Span:
    at = bisect_right(stops, quantity.number.start)
    return Span(stops[at - 1], stops[at] if at < len(stops) else end)


def _within(part: Span, sentence: Span, quantity: Quantity) -> Span:
    """The part inside its sentence, and inside the reach of the number where somebody forgot every full stop."""
    reach = Span(quantity.span.start - _REACH, quantity.span.end + _REACH)
    return Span(max(part.start, sentence.start, reach.start), min(part.end, sentence.end, reach.end))


def _begin(text: str, part: int, free: int, quantity: Quantity) -> tuple[int, bool]:
    """(where the clause begins, whether it has words of its own in front of the quantity)."""
    fresh = free == part
    near = _BREAK.finditer(text, free, quantity.span.start + _LONGEST_STARTER)
    breaks = [match for match in near if match.end() <= quantity.span.start]
    for match in reversed(breaks):
        before = text[max(part, match.start() - 60) : match.start()]
        if fresh and (_SOFT.fullmatch(match[0]) or _ADVERB.search(before)):
            continue
        # "Kiểm tra đồng cấp: 02 lần/năm": what a bare count counts stands in front of its colon.
        if match[0].startswith(":") and match.end() == quantity.span.start and not quantity.percent:
            continue
        # "Doanh nghiệp có trên 300 lao động: 100% có nhân viên y tế": who is counted stands in front of the colon.
        if (
            match[0].startswith(":")
            and match.end() == quantity.span.start
            and _PREDICATE.match(text, quantity.span.end)
        ):
            continue
        if text[match.end() : match.end() + 4].lower() == "từ " and not quantity.op_phrase:
            continue
        return match.end(), True
    # A verb that stands in no list opens a clause too, where a word of comparison follows it.
    verbs = [] if fresh else [*_COMPARED_NEXT.finditer(text, free, quantity.span.start + _LONGEST_STARTER)]
    if verbs and verbs[-1].end() <= quantity.span.start:
        return verbs[-1].end(), True
    return free, fresh


def _clause(text: str, begun: list[_Begun], at: int) -> Clause:
    this = begun[at]
    later = (other.begin for other in begun[at + 1 : at + 40] if other.opens and other.begin > this.begin)
    end = min(next(later, this.part.end), this.part.end)
    priced = _PRICED.search(text, this.quantity.span.end, end)
    end = priced.start() if priced else end
    words = text[this.begin : end]
    shift = len(words) - len(words.lstrip(" ,;:.-–+("))
    tail = words[-_TAIL:]
    trimmed = len(tail) - len(_TRIM_END.sub("", tail))
    span = Span(this.begin + shift, max(end - trimmed, this.begin + shift))
    return Clause(span, this.sentence, this.part, this.opens)
