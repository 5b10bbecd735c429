"""What must be reported: who, to whom, through which department, how often, and by which day (rules B04, D21)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from congdoan_desktop.domain.dates import NotADate, parse_date
from congdoan_desktop.planreader.draft import Confidence, DutyDraft, Said, Span
from congdoan_desktop.planreader.layout import PlanText
from congdoan_desktop.planreader.sentences import sentences_of
from congdoan_desktop.planreader.zones import Place, Section

_DAY = (
    r"(?:\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{4})?|\d{1,2} tháng \d{1,2}(?:,? năm \d{4})?"
    r"|\d{1,2}(?= (?:hằng|hàng) tháng))"
)
_HOUR = r"(?P<time>\d{1,2} ?(?:giờ|h|:)(?: ?\d{2})?(?: phút)?)?"
_AGAIN = r"(?P<again> (?:hằng|hàng) (?:năm|quý|tháng))?"
_DUE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "no_later_than",
        re.compile(
            rf"(?:chậm nhất|muộn nhất|đến hết|hạn cuối(?: cùng)?|hạn chót|hết hạn|thời hạn)(?: gửi| nộp)?(?: vào"
            rf"| là| đến| trước|:)*"
            rf" ?{_HOUR},? ?(?:ngày )?(?P<day>{_DAY}){_AGAIN}",
            re.IGNORECASE,
        ),
    ),
    ("before", re.compile(rf"trước(?: lúc)? ?{_HOUR},? ?(?:ngày )?(?P<day>{_DAY}){_AGAIN}", re.IGNORECASE)),
    ("in_month", re.compile(r"trong (?P<day>tháng \d{1,2}(?: ?/ ?| năm )\d{4})(?P<time>)(?P<again>)", re.IGNORECASE)),
)
_OWED = re.compile(
    r"báo cáo|gửi|nộp|đăng ký|tổng hợp|hoàn thành|thời hạn|thời gian|xong|về (?:LĐLĐ|Liên đoàn|Công đoàn|Ban"
    r"|Văn phòng)",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"báo cáo", re.IGNORECASE)
_BODY = (
    r"(?:Ban Thường vụ|Ban Chấp hành|BTV|BCH|Thường trực|Đoàn Chủ tịch|LĐLĐ|Liên đoàn|Tổng Liên đoàn|TLĐ|Công đoàn"
    r"|CĐ|Tỉnh ủy|Huyện ủy"
    r"|Thành ủy|Đảng ủy|UBND|Ủy ban|Ban|Văn phòng|Hội đồng|Sở|Cụm)"
)
_TO = re.compile(
    rf"(?:(?:về|cho|gửi|lên|tới|đến) |báo cáo )(?P<to>{_BODY}\b[^.;,():]{{0,70}}?)"
    r"(?=[.;,():]|$| (?:trước|chậm|muộn|theo|định kỳ|kết quả|để|qua|vào|trong|hằng|hàng|đúng|và|khi|tình hình|bằng"
    r"|những|các|việc|về)(?!\w))"
)
_VIA = re.compile(r"(?:\(|\b)(?:thông )?qua (?P<via>(?:đồng chí |đ/c )?(?:Ban|Văn phòng|Ủy ban|Phòng|Bộ phận"
                  r"|bộ phận|văn thư|địa chỉ)[^.;,()]{2,80}?)"
                  r"(?=[.;,()]|$| (?:trước|chậm|để|theo|định kỳ|vào)(?!\w))")  # fmt: skip
_CADENCES = (
    ("tháng", re.compile(r"(?:hằng|hàng|mỗi) tháng", re.IGNORECASE)),
    ("quý", re.compile(r"(?:hằng|hàng|mỗi|định kỳ) quý|, quý\b|\bquý,", re.IGNORECASE)),
    ("6 tháng", re.compile(r"(?:6|06|sáu) tháng", re.IGNORECASE)),
    ("9 tháng", re.compile(r"0?9 tháng", re.IGNORECASE)),
    ("năm", re.compile(r"(?:hằng|hàng|một|01|1|cuối|mỗi|và|cả) năm|(?:,|tháng) (?:và )?năm\b(?! \d)", re.IGNORECASE)),
    ("định kỳ (sơ kết, tổng kết)", re.compile(r"sơ(?: kết)?, ?tổng kết", re.IGNORECASE)),
    ("đột xuất", re.compile(r"đột xuất", re.IGNORECASE)),
)
_REGULAR = re.compile(r"định kỳ|hằng|hàng|mỗi|6 tháng|đột xuất", re.IGNORECASE)
_ASKED = re.compile(
    r"(?:yêu cầu|đề nghị|giao) (?P<who>.{3,160}?) (?:nghiêm túc|tổ chức|triển khai|báo cáo|tổng hợp|xây dựng"
    r"|khẩn trương|căn cứ|chủ động|quan tâm"
    r"|phối hợp|gửi|thực hiện|hoàn thành)(?!\w)"
)
_SUBJECT = re.compile(r"^(?:[-+*] ?)?(?P<who>(?:Các |Công đoàn|CĐCS|LĐLĐ|Liên đoàn|Ban |Văn phòng|Đơn vị"
                      r"|Mỗi )[^.;:]{0,120}?) (?:căn cứ|báo cáo|gửi|tổng hợp"
                      r"|xây dựng|có trách nhiệm|tổ chức|triển khai|đăng ký|nộp|phải|chủ động|thực hiện|định kỳ"
                      r"|hoàn thành)(?!\w)")  # fmt: skip
_ACTOR = re.compile(rf"(?:Các |Đối với |Trách nhiệm của )?(?:{_BODY}|công đoàn|CĐCS|CĐN|cấp|đơn vị|Đơn vị)")
_NEAR = 400
_LONGEST = 2_000
_MOST_IN_SENTENCE = 8
_TEXT_START = re.compile(r"(?:[Đđ]ịnh kỳ|[Bb]áo cáo)")


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: str
    start: int
    place: Place


def duties_in(text: PlanText, places: Iterable[Place], dated: date | None) -> Iterator[DutyDraft]:
    """Every dated or regular duty. A day without a year is one of the paper's own year, and asked about."""
    for place in places:
        if place.section is Section.PAST:
            continue
        for span in sentences_of(text.value, place.block.body, place.block.end):
            sentence = _Sentence(text.value[span.start : span.end], span.start, place)
            yield from _duties(text, sentence, dated)


def _duties(text: PlanText, sentence: _Sentence, dated: date | None) -> Iterator[DutyDraft]:
    found = [*_dated(text, sentence, dated)]
    yield from found
    if len(sentence.words) > _LONGEST:
        return
    regular = _REGULAR.search(sentence.words) or re.search(r"sơ(?: kết)?, ?tổng kết", sentence.words)
    if not found and regular and _REPORTS.search(sentence.words) and _TO.search(sentence.words):
        yield _regular(text, sentence)


def _dated(text: PlanText, sentence: _Sentence, dated: date | None) -> Iterator[DutyDraft]:
    if not _OWED.search(sentence.words):
        return
    taken: list[Span] = []
    for relation, pattern in _DUE:
        for found in islice(pattern.finditer(sentence.words), _MOST_IN_SENTENCE):
            span = Span(sentence.start + found.start(), sentence.start + found.end())
            if not any(span.meets(other) for other in taken):
                taken.append(span)
                yield _due(text, sentence, found, relation, dated)


def _due(text: PlanText, sentence: _Sentence, found: re.Match[str], relation: str, dated: date | None) -> DutyDraft:
    span = Span(sentence.start + found.start(), sentence.start + found.end())
    again = (found["again"] or "").strip()
    due, sure = (None, Confidence.LIKELY) if again else _day(found["day"], dated)
    words = sentence.words[max(0, found.start() - _NEAR) : found.start()] or sentence.words[:_NEAR]
    near = sentence.words[max(0, found.start() - _NEAR) : found.end() + _NEAR]
    return DutyDraft(
        said=Said(text.value[span.start : span.end], span, sure),
        who=_who(text, sentence),
        to=_last(_TO, words, "to") or _last(_TO, near, "to"),
        via=_last(_VIA, words, "via") or _last(_VIA, near, "via"),
        cadence=_cadence(words),
        due=due,
        relation=relation,
        time=(found["time"] or "").strip(),
        recurring=again,
    )


def _day(words: str, dated: date | None) -> tuple[date | None, Confidence]:
    """A day without a year, or a number that is no day, is asked about."""
    has_year = re.search(r"\d{4}", words) is not None
    spelled = words if "tháng" in words else words.replace(" ", "")
    if not has_year and dated is None:
        return None, Confidence.ASK
    try:
        day = parse_date(spelled, today=dated or date.min)
    except NotADate:
        return None, Confidence.ASK
    return day.value, Confidence.SURE if has_year else Confidence.ASK


def _regular(text: PlanText, sentence: _Sentence) -> DutyDraft:
    first = _TEXT_START.search(sentence.words)
    begin = first.start() if first else 0
    words = sentence.words[begin:].rstrip(" .;,/")
    span = Span(sentence.start + begin, sentence.start + begin + len(words))
    return DutyDraft(
        said=Said(text.value[span.start : span.end], span, Confidence.LIKELY),
        who=_who(text, sentence),
        to=_last(_TO, sentence.words, "to"),
        via=_last(_VIA, sentence.words, "via"),
        cadence=_cadence(sentence.words),
    )


def _who(text: PlanText, sentence: _Sentence) -> str:
    """Who is asked in the sentence, else the body that the heading above names."""
    words = sentence.words[: 3 * _NEAR]
    found = _ASKED.search(words) or _SUBJECT.match(words)
    if found:
        return found["who"].strip(" ,")
    for heading in reversed(sentence.place.above):
        named = text.words(heading.block).rstrip(" :")
        if _ACTOR.match(named):
            return named
    return ""


def _last(pattern: re.Pattern[str], words: str, name: str) -> str:
    found = [*pattern.finditer(words)]
    return str(found[-1][name]).strip() if found else ""


def _cadence(words: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _CADENCES if pattern.search(words))
