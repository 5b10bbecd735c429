"""Whether a quantity is a target, or which other part it plays (rules D27, D28; seed-facts, section 2).

Each rule is a function with a name; the first that answers decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from congdoan_desktop.planreader import words
from congdoan_desktop.planreader.draft import Role
from congdoan_desktop.planreader.quantities import Quantity
from congdoan_desktop.planreader.zones import Section

_PEOPLE = re.compile(r"lao động|CNLĐ|NLĐ|CNVCLĐ|đoàn viên|người|công nhân|cán bộ|thành viên|nữ", re.IGNORECASE)
_ORGANISATION = (
    r"(?:doanh nghiệp|đơn vị|CĐCS|công đoàn cơ sở|cơ quan|cơ sở|nơi|trường|DN|tổ chức|công ty|công đoàn"
    r"|đội|lớp|hợp tác xã)"
)
_FILTERED = re.compile(
    rf"(?i:{_ORGANISATION}[^.;%\d]{{0,60}}?(?: có| sử dụng| với| quy mô| đông| dưới| trên| từ)(?: đủ| số)?)$"
)
# "CĐCS có tỷ lệ đoàn viên dưới 70% phải ...": whom a duty binds.
_SHARED_BY = re.compile(rf"{_ORGANISATION}[^.;,%\d]{{0,30}} có (?:tỷ lệ|tỉ lệ)[^.;,%\d]{{0,60}}$")
_MUST = re.compile(r" (?:phải|thì|cần|có trách nhiệm|chưa|được (?:khen|xét|hỗ trợ|biểu dương))(?!\w)")
_MEASURES = frozenset(words.listed("measures"))
_AWARDS = re.compile(
    r"\bgiải\b|bằng khen|giấy khen|cờ thi đua|kỷ niệm chương|huy chương|tiền thưởng|khuyến khích", re.IGNORECASE
)
_QUOTA = re.compile(
    r"(?<!\w)(?:khen thưởng|đề nghị (?:tặng|xét|khen|biểu dương|tôn vinh|công nhận)|bình xét|xét chọn|bình chọn"
    r"|chọn cử|mời|thành phần"
    r"|đại biểu|thí sinh|vận động viên|mỗi đội|mỗi đoàn(?! viên)|đội tuyển|dự thi|bài dự thi|tham dự|cử (?:\d|tối|ít|từ"
    r"|không)|tiết mục|cơ cấu|phân bổ|suất (?:mời|dự)"
    r"|ban giám khảo|ban tổ chức gồm|tổ giúp việc|gửi về|kèm)",
    re.IGNORECASE,
)
_SENT = frozenset({"đội", "vận động viên", "thí sinh", "đại biểu"})
_AWARDED = re.compile(
    r"khen thưởng|bình xét|xét (?:chọn|tặng|khen)|đề nghị (?:tặng|khen|xét)|danh hiệu|tặng (?:bằng|giấy|cờ)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:nếu|trường hợp|khi có|khi đạt|điều kiện|đủ điều kiện|phải có|được tính|mới được"
                        r"|đối với (?:CĐCS|đơn vị|doanh nghiệp) có)[^.;]{0,40}$",
                        re.IGNORECASE)  # fmt: skip
_DONE = re.compile(
    r"(?:\bđã (?:được )?(?:đạt|có|tổ chức|kết nạp|thành lập|hỗ trợ|trao|giúp|thu|ký|phát triển|vận động|hoàn thành"
    r"|giới thiệu)|(?:hiện|hiện nay|hiện tại|tính đến)[^.;%]{0,40}(?:có|đạt|là)|mới đạt|chỉ đạt|kết quả đạt)"
    r"(?:[^.;]|(?<=\d)\.(?=\d)){0,60}$",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\((?:năm|kết quả|hiện|thực hiện|cùng kỳ|đạt|so với)[^()]{0,40}$|(?:so với|thay vì)[^.;,%]{0,30}$", re.IGNORECASE
)
_SHARED = re.compile(r"\d/\d{1,4}[^()]{0,40}\(đạt[^()\d]{0,20}$")
_RAISED = re.compile(r"[^.;,%\d]{0,40}(?:\(?năm \d{4}\)? )?(?:(?<!trở )lên|(?<!trở )xuống|đến|thành) ")
_RAISED_TO = re.compile(r"(?:từ|mức) [^;]{1,60}\d[^;]{0,30} (?:lên|thành)(?: mức| ít nhất| tối thiểu)? ?$")
_EQUALS = re.compile(r"(?:tương đương|tương ứng|tức|bằng|khoảng)(?: với| là| khoảng)?[ (]*$", re.IGNORECASE)
_IN_PERCENT = re.compile(r"[^.;\d]{0,20}(?:đạt|chiếm|=|tỷ lệ|tỉ lệ|\()[^.;\d]{0,12}\d{1,3}(?:,\d+)? ?%")
_RATE = re.compile(
    r"(?<!\w)(?:hỗ trợ|phân phối|trích|nộp|đóng|giảm giá|ưu đãi|chiết khấu|miễn giảm|miễn, giảm|lãi|thuế|được hưởng"
    r"|được trả|khen thưởng|thưởng|chiếm"
    r"|thù lao|phụ cấp|hưởng|để lại"
    r"|ngân sách|cấp về|mức (?:đóng|thu|chi|hỗ trợ)|chi)(?!\w)[^.;%\d]{0,24}$",
    re.IGNORECASE,
)
_RATE_AFTER = re.compile(
    r" ?(?:tiền lương|mức lương|lương|giá trị|kinh phí|chi phí|học phí|giá|tổng (?:chi|thu)|số thu|cho (?:khách|mỗi))",
    re.IGNORECASE,
)
_EFFORT = re.compile(
    r"phấn đấu|phần đầu|phần đấu|chỉ tiêu|mục tiêu|bảo đảm|đảm bảo|quyết tâm|vận động|đạt (?:từ|trên|ít)"
    r"|không để",
    re.IGNORECASE,
)
_EFFORT_AHEAD = re.compile(r"phấn đấu|phần đầu|phần đấu|chỉ tiêu|mục tiêu", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:mỗi|mổi|từng) (?:một )?(?:CĐCS|CĐ|công đoàn|LĐLĐ|Liên đoàn|đơn vị|cơ quan|doanh nghiệp|trường|cụm|khối|tổ"
    r"|ban|cấp|nghiệp đoàn|đoàn viên|giáo viên|nhà giáo|cán bộ|ủy viên|chuyền|xưởng|phân xưởng|phòng|khoa|chi hội"
    r"|người lao động|huyện|xã|phường|ngành|địa phương|chi đoàn|khu|cơ sở)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:mỗi|mổi|từng) (?:hội nghị|lớp|buổi|cuộc|đội|đoàn|tổ|nhóm|đợt|chuyến|suất|điểm|câu lạc bộ|CLB)(?: \w+){0,3}?"
    r"(?: có| gồm| từ| khoảng| không quá| tối đa)*$",
    re.IGNORECASE,
)
# How many are to come to what is held: "thu hút từ 200 đoàn viên trở lên".
_DRAWS = re.compile(r"(?:thu hút|quy mô|với sự tham gia của)(?: \w+){0,3}$", re.IGNORECASE)
_TAKES_PART = re.compile(r"(?:tham gia|cử|gửi|được|chọn|nộp|đóng góp|bố trí|mời)(?: \w+){0,3}$", re.IGNORECASE)
_MONEY_GOAL = re.compile(
    r"(?:phấn đấu|vận động|ủng hộ|đóng góp|quyên góp|xã hội hóa|xã hội hoá|kêu gọi|tổng (?:trị giá|giá trị|số tiền)"
    r"|thu|tiết kiệm|làm lợi|giá trị|huy động|đạt|xây dựng quỹ"
    r"|chăm lo)[^.;]{0,100}$",
    re.IGNORECASE,
)
_MONEY_EACH = re.compile(
    r"(?:trị giá|mức|giá|mỗi (?:suất|phần|người|trường hợp|nhà|căn|giải)|suất|định mức|kinh phí|thưởng|hỗ trợ|tặng"
    r"|quà|tạm ứng|chi)[^.;]{0,40}$",
    re.IGNORECASE,
)
# With a word of comparison a sum is a mark, unless it is what one gift, house or person gets.
_MONEY_SUM = re.compile(
    r"(?:\bmức|(?<!trị )\bgiá(?! trị)|(?<!tổng )trị giá|mỗi (?:suất|phần|người|trường hợp|nhà|căn|giải)|suất|định mức"
    r"|thưởng|tạm ứng)[^.;]{0,40}$",
    re.IGNORECASE,
)
_EXPLICIT = {"ít nhất", "tối thiểu", "không dưới", "không ít hơn", "không thấp hơn", "≥", ">="}
_STANDS = re.compile(
    r"(?:toàn|trong) (?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|ngành|công ty|trường|khối|cụm)[^.;]{0,40}? có"
    r"(?:\W|$)",
    re.IGNORECASE,
)
_MANAGES = re.compile(
    r"quản lý|trực thuộc|sinh hoạt tại|bao gồm|trong đó có|(?:với|gồm) (?:trên |gần )?\d", re.IGNORECASE
)
_GROUPS = frozenset({"suất", "giải", "buổi", "lớp", "cuộc", "đợt", "ca", "cặp", "căn", "nhà", "khối", "cụm"})
_NO_TARGETS = {
    Section.PAST: Role.RESULT, Section.AWARDS: Role.QUOTA, Section.CRITERIA: Role.CRITERION, Section.QUOTAS: Role.QUOTA,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a quantity.

    `after_target`: a target stands before it in the same clause. `explains`: it stands in brackets behind a target.
    `after_result`: a result stands before it in the same sentence. `leads_on`: another number follows in the clause.
    """

    quantity: Quantity
    before: str
    after: str
    clause: str
    sentence: str
    section: Section
    after_target: bool
    explains: bool
    after_result: bool
    leads_on: bool


class Target:
    """The answer of a rule that the quantity is one."""


Answer = Role | type[Target] | None
Rule = Callable[[Context], Answer]


def role_of(context: Context) -> Role | None:
    """The role of a quantity, None when it is a target."""
    for rule in _RULES:
        answer = rule(context)
        if isinstance(answer, Role):
            return answer
        if answer is Target:
            return None
    return Role.PLANNED


def _of_the_section(context: Context) -> Answer:
    """Results, awards, criteria: numbers under such a heading are no marks to reach, unless words of effort say so."""
    role = _NO_TARGETS.get(context.section)
    wanted = r"phấn đấu" if context.section is Section.PAST else r"phấn đấu|chỉ tiêu"
    return None if role is None or re.search(wanted, context.clause, re.IGNORECASE) else role


def _nothing(context: Context) -> Answer:
    """To reach none is no mark: "lãi 0%", "gian hàng 0 đồng"."""
    return Role.CRITERION if context.quantity.value == "0" and context.quantity.op in {"gte", "gt"} else None


def _reached_already(context: Context) -> Answer:
    if _EARLIER.search(context.before) and not _SHARED.search(context.before):
        return Role.BASELINE
    goes_on = context.after_result and not _EFFORT_AHEAD.search(context.before[-60:])
    done = _DONE.search(context.before)
    # Among goals "đã" tells apart whom they are about: "doanh nghiệp đã thành lập công đoàn, ký mới 12 bản".
    attribute = done is not None and context.section is Section.GOALS and "," in done[0]
    return Role.RESULT if goes_on or (done is not None and not attribute) else None


def _raised_from(context: Context) -> Answer:
    """In "từ 85% lên 90%": the first is where it starts."""
    begins_from = context.quantity.op_phrase.lower().startswith("từ") and "trở lên" not in context.quantity.op_phrase
    return (
        Role.BASELINE if begins_from and _RAISED.match(context.after) and re.search(r"\d", context.after[:60]) else None
    )


def _said_again(context: Context) -> Answer:
    equal = _EQUALS.search(context.before) and "(" in context.before
    grown = re.search(r"(?:tăng|giảm)[^()]{0,20}$", context.before, re.IGNORECASE)
    bare = context.before.endswith("(") and context.after.startswith(")")
    reached = re.search(r"\((?:đạt|chiếm|bằng|tăng|giảm)[^()]{0,20}$", context.before, re.IGNORECASE)
    beside = context.explains and (grown or bare or reached or not context.quantity.percent)
    restated = context.quantity.share and _IN_PERCENT.match(context.after)
    return Role.EQUIVALENT if equal or beside or restated else None


def _measures_time(context: Context) -> Answer:
    quantity = context.quantity
    if quantity.unit == "điểm":
        return None if context.section is Section.GOALS and quantity.op_phrase else Role.CRITERION
    return (Role.DURATION if quantity.op != "lte" else Role.CEILING) if quantity.unit.lower() in _MEASURES else None


def _condition(context: Context) -> Answer:
    return Role.CRITERION if _CONDITION.search(context.before) and not context.quantity.percent else None


def _filters_a_population(context: Context) -> Answer:
    """In "doanh nghiệp có từ 25 lao động trở lên": a property of those who are counted (002-T03)."""
    quantity = context.quantity
    if quantity.percent and _SHARED_BY.search(context.before) and _MUST.match(context.after):
        return Role.CRITERION
    if (
        quantity.percent
        or quantity.money
        or not _PEOPLE.search(quantity.unit)
        or quantity.op_phrase.lower() in _EXPLICIT
    ):
        return None
    if not _FILTERED.search(context.before):
        return Role.CRITERION if quantity.op == "lt" else None
    alone = not _EACH.search(context.before) or context.leads_on
    return Role.CRITERION if alone else None


def _describes(context: Context) -> Answer:
    """In "toàn tỉnh có 96 công đoàn xã quản lý 1.284 CĐCS": how things stand, though under a heading of goals."""
    quantity = context.quantity
    if quantity.op_phrase or quantity.percent or _EFFORT.search(context.sentence):
        return None
    stands = _STANDS.search(context.before) and _MANAGES.search(context.before + context.after)
    return Role.RESULT if stands else None


def _narrows_a_target(context: Context) -> Answer:
    """A second number without words of its own, behind a target: "ghép từ 2 đơn vị trở lên" (001-T04)."""
    return Role.CRITERION if context.after_target and not context.quantity.percent else None


def _size_of_a_group(context: Context) -> Answer:
    """In "mỗi hội nghị từ 100 đến 150 người": how large each one is."""
    quantity = context.quantity
    if quantity.percent or not _PEOPLE.search(quantity.unit):
        return None
    comes = _DRAWS.search(context.before) and not _EFFORT_AHEAD.search(context.before[-40:])
    return Role.CRITERION if comes or _GROUP.search(context.before) else None


def _awarded(context: Context) -> Answer:
    if context.quantity.op_phrase and _EFFORT_AHEAD.search(context.before[-40:]):
        return None
    named = _AWARDS.search(re.split(r"[,;]", context.after, maxsplit=1)[0][:40]) and not context.quantity.percent
    if context.quantity.unit == "giải" or named:
        return Role.AWARD
    return None


def _money(context: Context) -> Answer:
    quantity = context.quantity
    if not quantity.money:
        return None
    goal = re.search(r"phấn đấu|chỉ tiêu", context.before, re.IGNORECASE) or (
        context.section is Section.GOALS and _MONEY_GOAL.search(context.before)
    )
    each = (_MONEY_SUM if quantity.op_phrase and not quantity.per else _MONEY_EACH).search(context.before)
    if quantity.op == "lte":
        return Role.CEILING
    if quantity.op == "lt":
        return Role.CRITERION
    if _RAISED_TO.search(context.before) and (context.section is Section.GOALS or _EFFORT.search(context.sentence)):
        return Target
    if not each and (goal or (quantity.op_phrase and _MONEY_GOAL.search(context.before))):
        return Target
    return Role.AMOUNT


def _quota(context: Context) -> Answer:
    quantity = context.quantity
    striven = quantity.op_phrase and _EFFORT_AHEAD.search(context.before[-60:])
    if (context.section is Section.GOALS or striven) and quantity.op != "lte":
        return None
    if _AWARDED.search(context.sentence) and (quantity.op == "lte" or not quantity.percent):
        return Role.QUOTA
    if quantity.percent or context.section is Section.GOALS:
        return None
    if quantity.op == "lte" and not re.search(r"phấn đấu|giảm", context.sentence, re.IGNORECASE):
        return Role.CEILING
    sent = quantity.unit.lower() in _SENT and not quantity.op_phrase
    return Role.QUOTA if sent or _QUOTA.search(context.clause) else None


def _rate(context: Context) -> Answer:
    if not context.quantity.percent or context.section is Section.GOALS:
        return None
    if context.section is Section.MONEY and not re.search(r"phấn đấu|chỉ tiêu|vận động", context.before, re.IGNORECASE):
        return Role.RATE
    rated = _RATE.search(context.before) or _RATE_AFTER.match(context.after)
    return Role.RATE if rated and not re.search(r"phấn đấu|đạt", context.before, re.IGNORECASE) else None


def _percent(context: Context) -> Answer:
    """A part of a whole, as a percentage or as so many of so many."""
    quantity = context.quantity
    return Target if quantity.percent or quantity.share or "/" in quantity.value else None


def _marked_count(context: Context) -> Answer:
    """A count with a word of comparison, for each unit, or under a heading of goals."""
    quantity = context.quantity
    if not quantity.unit:
        return None
    if quantity.per and quantity.per not in _GROUPS:
        return Target
    marked = quantity.op_phrase and (quantity.op in {"gte", "gt", "between"} or _EFFORT.search(context.sentence))
    each = _EACH.search(context.clause) and not _TAKES_PART.search(context.before)
    wanted = context.section is Section.GOALS or _EFFORT.search(context.before) or each
    return Target if marked or wanted else None


_RULES: tuple[Rule, ...] = (
    _of_the_section, _nothing, _said_again, _reached_already, _raised_from, _describes, _measures_time, _condition,
    _filters_a_population, _narrows_a_target, _size_of_a_group, _awarded, _money, _quota, _rate, _percent,
    _marked_count,
)  # fmt: skip
