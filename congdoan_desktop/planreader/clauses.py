"""Where the words about one quantity begin and end inside its paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from congdoan_desktop.planreader.draft import Span
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
    r"|nhân rộng|đề nghị"
)
_COMPARISONS = r"ít nhất|tối thiểu|trên|hơn|từ|dưới|không quá|không dưới|tối đa|khoảng|≥|≤|>|<|\d"
_BREAK = re.compile(rf"(?:, |; ?| và | \(|: ?| - |\+ )(?=(?i:(?:và |còn )?(?:{_EFFORTS}|{_COMPARISONS})))")
_SOFT = re.compile(r" và | - ")
_ADVERB = re.compile(
    r"(?:(?:Hằng|Hàng|hằng|hàng|Mỗi|mỗi) (?:năm|quý|tháng)|(?:Trong |trong |Đến |đến |Hết |hết )?(?:cuối "
    r"|hết )?(?:năm|quý|tháng|nhiệm kỳ)"
    r"[^,]{0,30}|Phấn đấu[^,%]{0,40})$"
)
_TRIM_END = re.compile(r"(?: và| hoặc|[\s,;:.(+/-])+$")
_SEMICOLON = ";"
_LONGEST_STARTER = 20


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
    stops = stops_of(text, start, end)
    semicolons = [at for at in range(start, end) if text[at] == _SEMICOLON] if _SEMICOLON in text[start:end] else []
    begins: list[tuple[int, bool, Span, Span]] = []
    previous_end, at_stop, at_part = start, 0, 0
    for quantity in quantities:
        while at_stop + 1 < len(stops) and stops[at_stop + 1] <= quantity.number.start:
            at_stop += 1
        sentence = Span(stops[at_stop], stops[at_stop + 1] if at_stop + 1 < len(stops) else end)
        while at_part < len(semicolons) and semicolons[at_part] < quantity.number.start:
            at_part += 1
        left = semicolons[at_part - 1] + 1 if at_part else start
        right = semicolons[at_part] if at_part < len(semicolons) else end
        part = Span(max(sentence.start, left), min(sentence.end, right))
        begin, opens = _begin(text, part.start, max(previous_end, part.start), quantity)
        begins.append((begin, opens, sentence, part))
        previous_end = quantity.span.end
    return [_clause(text, begins, at) for at in range(len(begins))]


def _begin(text: str, part: int, free: int, quantity: Quantity) -> tuple[int, bool]:
    """(where the clause begins, whether it has words of its own in front of the quantity)."""
    fresh = free == part
    near = _BREAK.finditer(text, free, quantity.span.start + _LONGEST_STARTER)
    breaks = [match for match in near if match.end() <= quantity.span.start]
    for match in reversed(breaks):
        before = text[part : match.start()]
        if fresh and (_SOFT.fullmatch(match[0]) or _ADVERB.search(before.strip()[-60:])):
            continue
        if text[match.end() : match.end() + 4].lower() == "từ " and not quantity.op_phrase:
            continue
        return match.end(), True
    return (part, True) if fresh else (free, False)


def _clause(text: str, begins: list[tuple[int, bool, Span, Span]], at: int) -> Clause:
    begin, opens, sentence, part = begins[at]
    back = at
    while not opens and back and not begins[back][1]:
        back -= 1
    if not opens:
        begin = begins[back][0]
    following = next((later for later in begins[at + 1 :][:40] if later[1] and later[0] > begin), None)
    end = min(part.end, following[0]) if following is not None and following[0] < part.end else part.end
    words = text[begin:end]
    shift = len(words) - len(words.lstrip(" ,;:.-–+("))
    trimmed = len(_TRIM_END.sub("", words[-200:])) - len(words[-200:])
    return Clause(Span(begin + shift, max(end + trimmed, begin + shift)), sentence, part, opens)
