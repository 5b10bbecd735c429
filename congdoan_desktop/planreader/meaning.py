"""What the words around a target's figure say of it: who is counted, per what, when, against what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from congdoan_desktop.planreader.clauses import Clause
from congdoan_desktop.planreader.quantities import NOUNS, Quantity

# Words with which a predicate begins: the population of a percentage ends in front of them.
_VERBS = (
    r"được|tổ chức|có|tham gia|thành lập|xếp loại|đạt|thực hiện|ban hành|ký|hoàn thành|xây dựng|triển khai|gia nhập"
    r"|cụ thể hóa"
    r"|cụ thể hoá|đăng ký|là|phát động|duy trì|tiếp cận|sử dụng|nắm|hưởng ứng|đóng|trích|nộp|báo cáo|công khai"
    r"|bảo đảm|đảm bảo|lập|chấp hành"
    r"|quán triệt|học tập|tuyên truyền|thương lượng|tiến hành|mở|viết|cam kết|không|phải|sẽ|đã|tự nguyện|vận động"
    r"|cập nhật|kiện toàn|giải quyết"
)
_POPULATION_END = re.compile(
    rf" (?:{_VERBS})(?!\w)(?! từ \d| dưới \d| trên \d| tổ chức công đoàn| đủ điều kiện| công đoàn| hoàn cảnh"
    rf"| từ đủ)|[,;:.(]"
)
_NOT_A_VERB = re.compile(r"(?: các| số| tổng số| đơn vị| đoàn viên| cán bộ| người| công đoàn| là)$")
_LEADING = re.compile(r"^(?:các |tổng số |số |tổng |những |toàn bộ |của )+", re.IGNORECASE)
_RATIO = re.compile(rf"(?:[Tt][ỷỉ] lệ|[Ss]ố(?: lượng)?) (?P<who>.{{2,120}}?) (?:{_VERBS})(?!\w)")
_EACH = re.compile(
    r"\b(?:[Mm]ỗi|[Mm]ổi|[Tt]ừng) (?P<who>công đoàn (?:cấp trên trực tiếp cơ sở|xã|phường|ngành|huyện|cấp trên)"
    r"|[Ll]iên đoàn [Ll]ao động (?:tỉnh|huyện|thành phố)|CĐ cơ sở|LĐLĐ (?:các )?(?:huyện|thành phố|tỉnh)"
    r"|cụm thi đua|khối thi đua|cán bộ công đoàn|giáo viên|nhà giáo"
    rf"|công đoàn cơ sở|chi bộ|cấp công đoàn|{'|'.join(map(re.escape, NOUNS))}|công đoàn|cụm|khối|ban"
    r"|[^\W\d_]{2,12})(?!\w)"
)
_ALL = re.compile(r"(?:toàn|cả) (?:tỉnh|thành phố|huyện|ngành|xã|phường|quốc|nước|công ty|trường|khối)", re.IGNORECASE)
_TIMES = frozenset({"năm", "quý", "tháng", "tuần", "ngày", "đợt", "lần"})
_NOBODY = re.compile(r"so với|kế hoạch|dự toán|chỉ tiêu|trong|theo|số phải")
_SHORT = {"công đoàn cơ sở": "CĐCS", "cđ cơ sở": "CĐCS"}
_PERIODS = (
    ("năm", re.compile(r"(?:hằng|hàng|mỗi|trên) năm|/ ?năm|trong (?:một|1|01) năm", re.IGNORECASE)),
    ("quý", re.compile(r"(?:hằng|hàng|mỗi) quý|/ ?quý", re.IGNORECASE)),
    ("tháng", re.compile(r"(?:hằng|hàng|mỗi) tháng|/ ?tháng", re.IGNORECASE)),
    ("nhiệm kỳ", re.compile(r"trong nhiệm kỳ|cả nhiệm kỳ|hết nhiệm kỳ", re.IGNORECASE)),
)
_YEAR = re.compile(r"(?:trong|Trong)? ?năm (?P<year>20\d{2})")
_BY = re.compile(
    r"(?:đến|Đến|trước|Trước|chậm nhất|hết)(?: hết| cuối)?(?: ngày| tháng| quý"
    r"| năm) (?P<by>[\dIVX/.-]{1,10}(?: năm \d{4})?)"
)
_BASELINE = re.compile(r"so với (?P<what>[^,;.()]{2,60})")
_STEPS = re.compile(
    r"(?:, | và |; )(?=(?:ban hành|tổ chức|ký|thương lượng|đối thoại|xây dựng|triển khai|thực hiện|đăng ký|có"
    r"|được)(?!\w))"
)
_APPROXIMATE = re.compile(r"(?:khoảng|gần|xấp xỉ|chừng) ?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    unit: str
    population: str = ""
    per_unit: str = ""
    by: str = ""
    period: str = ""
    baseline: str = ""
    criteria: tuple[str, ...] = ()
    notes: str = ""


def meaning_of(text: str, quantity: Quantity, clause: Clause, nested: bool) -> Meaning:
    before = text[clause.span.start : quantity.span.start]
    after = text[quantity.span.end : clause.span.end]
    whole = text[clause.span.start : clause.span.end]
    start, end = quantity.span.start - 300, quantity.span.end + 300
    sentence = text[max(clause.sentence.start, start) : min(clause.sentence.end, end)]
    per_unit = _per_unit(quantity, before, text[max(clause.part.start, start) : quantity.span.start])
    population, rest = _population(before, after) if quantity.percent else ("", "")
    each = next((found for found in _EACH.finditer(before) if found["who"].lower() not in _TIMES), None)
    by = _BY.search(sentence)
    baseline = _BASELINE.search(whole)
    return Meaning(
        unit=_unit(quantity, per_unit),
        population=population or (each[0] if each else ""),
        per_unit=per_unit,
        by=by["by"] if by else "",
        period=_period(whole, sentence),
        baseline=baseline["what"].strip() if baseline else "",
        criteria=_criteria(rest) if quantity.percent else (),
        notes=_notes(quantity, before, nested),
    )


def _per_unit(quantity: Quantity, before: str, part: str) -> str:
    if quantity.per and quantity.per not in {"năm", "quý", "tháng", "tuần"}:
        return quantity.per
    if quantity.percent:
        return ""
    spoken = (before,) if _ALL.search(before) else (before, part)
    each = (found["who"].strip() for words in spoken for found in _EACH.finditer(words))
    who = next((name for name in each if name.lower() not in _TIMES), "")
    return _SHORT.get(who.lower(), who)


def _unit(quantity: Quantity, per_unit: str) -> str:
    """The unit with what it is counted per: "hoạt động/CĐCS" (003-T01)."""
    parts = [quantity.unit, per_unit, quantity.per if quantity.per != per_unit else ""]
    return "/".join(part for part in parts if part)


def _population(before: str, after: str) -> tuple[str, str]:
    """(who is counted, the predicate)."""
    ratio = _RATIO.search(before)
    if ratio:
        return ratio["who"], ""
    for end in _POPULATION_END.finditer(after):
        if not _NOT_A_VERB.search(after[: end.start()]) and end.start() > 0:
            return _LEADING.sub("", after[: end.start()].strip()), after[end.start() :]
    rest = _LEADING.sub("", after.strip(" ,.;"))
    return ("" if _NOBODY.match(rest) else rest), ""


def _criteria(predicate: str) -> tuple[str, ...]:
    """The parts of a compound target, "" and single ones apart."""
    parts = tuple(part.strip(" ,.;") for part in _STEPS.split(predicate.strip(" ,.;")))
    return parts if len(parts) > 1 else ()


def _period(clause: str, sentence: str) -> str:
    for name, pattern in _PERIODS:
        if pattern.search(clause):
            return name
    year = _YEAR.search(sentence)
    return year["year"] if year else ""


def _notes(quantity: Quantity, before: str, nested: bool) -> str:
    notes = []
    if quantity.contradicts:
        notes.append(f"“{quantity.op_phrase}” nói hai cách: xin chọn trên mức này hay từ mức này trở lên.")
    if nested:
        notes.append("“trong đó” tính trên toàn bộ hay trên số vừa nêu: xin chọn một.")
    if quantity.damaged:
        notes.append("Con số bị nhận dạng sai chữ: xin đối chiếu bản giấy.")
    if _APPROXIMATE.search(before):
        notes.append("Con số ước chừng: xin chọn mức phải đạt.")
    return " ".join(notes)
