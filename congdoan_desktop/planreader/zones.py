"""Where a plan's parts lie: letterhead, title, preamble, body with its sections, closing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from congdoan_desktop.planreader.layout import NO_LABEL, Block, PlanText, is_capitals
from congdoan_desktop.planreader.letters import UPPER

_LONGEST_HEADING = 300
_HEADER_BLOCKS = 60

_TYPE_WORDS = (
    "KẾ HOẠCH", "CHƯƠNG TRÌNH", "HƯỚNG DẪN", "PHÁT ĐỘNG", "THÔNG BÁO", "CHỈ THỊ", "NGHỊ QUYẾT", "QUYẾT ĐỊNH",
    "ĐỀ ÁN", "PHƯƠNG ÁN", "QUY CHẾ", "QUY ĐỊNH", "KẾT LUẬN", "BÁO CÁO", "TỜ TRÌNH", "LỜI KÊU GỌI", "THỂ LỆ",
    "CHIẾN LƯỢC", "QUY HOẠCH", "THÔNG TRI", "GIAO ƯỚC",
)  # fmt: skip
TYPE_LINE = re.compile(rf"(?P<type>{'|'.join(_TYPE_WORDS)})(?![{UPPER}])(?P<more> HÀNH ĐỘNG| LIÊN TỊCH)?")
SUBJECT_SIGN = re.compile(r"\(? ?V/v ?:? ?")
SUBJECT_LINE = re.compile(r"(?:\(? ?V/v|Về việc|VỀ VIỆC) ?:? ?")

_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?: (?:SỐ |số )?[IVX\d]{1,4})?(?!\w)")
_ANNEX_GOALS = re.compile(r"chỉ tiêu|mục tiêu|phấn đấu|đăng ký thi đua", re.IGNORECASE)
_ANNEX_FORMS = re.compile(
    r"mẫu|biểu (?:tổng hợp|báo cáo)|đề cương|danh sách|kinh phí|kết quả|thang điểm", re.IGNORECASE
)
_RECIPIENTS = re.compile(r"(?:[*_ ]*)Nơi nhận ?:?", re.IGNORECASE)
_AUTHORITY = re.compile(rf"(?:T/?M|TL|TUQ|K/?T|Q)[./]? ?(?=[A-ZĐ]{{2}})[{UPPER} ,\-–/]{{4,}}")
_LETTERHEAD = re.compile(r"CỘNG H[ÒO][AÀ] XÃ HỘI|Số ?:? ?\d{0,5} ?/ ?[A-ZĐ]", re.IGNORECASE)
_LETTERHEAD_BLOCKS = 9
_BASES = re.compile(r"(?:các )?(?:căn cứ|cơ sở)(?: (?:để|xây dựng|pháp lý|lập)|:?$)", re.IGNORECASE)
_NO_TITLE = re.compile(r"Kính gửi|(?:PHẦN|Phần|CHƯƠNG|Chương) (?:\d|[IVX]+(?!\w)|THỨ |thứ )")
_GOAL_LINE = re.compile(r"[*+] ?(?:các )?chỉ tiêu|(?:các )?chỉ tiêu[^:.;\d]{0,30}:", re.IGNORECASE)
_CALLS = re.compile(r"PHÁT ĐỘNG|GIAO ƯỚC|[^\n]{0,20}(?:phát động|giao chỉ tiêu|đăng ký thi đua)", re.IGNORECASE)
_OWN_BASIS = re.compile(r"(?:[-–+] ?)?Căn cứ ")
_PREAMBLE = re.compile(
    r"(?:[-–+] ?)?(?:Căn cứ|Thực hiện|Theo |Kính gửi|Để |Nhằm |Năm \d|Xét |Triển khai|Trên cơ sở|Trong )"
)


class Section(StrEnum):
    """What the heading above a block says its numbers are."""

    GOALS = "goals"
    TASKS = "tasks"
    ORGANISATION = "organisation"
    EVENTS = "events"
    PAST = "past"
    AWARDS = "awards"
    CRITERIA = "criteria"
    MONEY = "money"
    QUOTAS = "quotas"
    PURPOSE = "purpose"
    PLAIN = "plain"


# The first that fits decides; a heading that fits none leaves what stands above it.
_SECTIONS = {
    Section.PAST: r"kết quả (?:đạt được|năm|thực hiện (?:năm|các)|công tác|hoạt động)"
    r"|đánh giá|tình hình|thực trạng|hạn chế|đặc điểm|ưu điểm"
    r"|tồn tại|nguyên nhân|khái quát",
    Section.AWARDS: r"khen thưởng|giải thưởng|cơ cấu giải|hình thức khen|kỷ luật",
    Section.CRITERIA: r"^chú thích$|tiêu chuẩn"
    r"|điều kiện|tiêu chí|thang điểm|chấm điểm|bảng điểm|đối tượng|thể lệ|quy cách"
    r"|yêu cầu về bài|hồ sơ",
    Section.QUOTAS: r"thành phần|phân bổ|cơ cấu|ban tổ chức$|ban giám khảo|đại biểu",
    Section.MONEY: r"kinh phí|mức (?:chi|hỗ trợ)|nguồn (?:lực )?tài chính",
    Section.GOALS: r"chỉ tiêu|mục tiêu|phấn đấu|phần đấu|phần đầu|đăng ký thi đua|giao ước"
    r"|nội dung thi đua",
    Section.ORGANISATION: r"tổ chức thực hiện|phân công|chế độ (?:thông tin )?báo cáo|trách nhiệm",
    Section.EVENTS: r"hoạt động (?:kỷ niệm|cụ thể|trọng tâm|chính|cấp)|các sự kiện",
    Section.TASKS: r"nhiệm vụ|giải pháp|nội dung|biện pháp",
    Section.PURPOSE: r"mục đích|yêu cầu|ý nghĩa|quan điểm",
}
# Whole words: "tiêu chí" is no part of "chỉ tiêu chính".
_NAMED = tuple(
    (section, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for section, words in _SECTIONS.items()
)


_TOLD = tuple(pair for pair in _NAMED if pair[0] not in {Section.TASKS, Section.EVENTS, Section.ORGANISATION})
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the sections its words name; `path` are the headings above, outermost first."""

    block: Block
    section: Section | None


@dataclass(frozen=True, slots=True)
class Place:
    """A block of the body with what stands above it."""

    block: Block
    section: Section
    above: tuple[Heading, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Zones:
    """Indexes of blocks: the type line (None without one), first after the title, first of the body, first of the
    closing, the line "Nơi nhận" (None without one), and the annexes behind the signature that set goals.
    """

    type_line: int | None
    after_title: int
    body: int
    closing: int
    recipients: int | None
    annexes: tuple[range, ...] = ()
    otherwise: Section = Section.PLAIN
    """What stands under no heading that says more: goals, where the paper calls to emulation."""


def zones_of(text: PlanText) -> Zones:
    blocks = text.blocks
    type_line = _type_line(text)
    closing = _closing(text)
    after = _after_title(text, type_line, closing)
    numbered = (at for at in range(after, closing) if blocks[at].rank <= 3 and not _leads_in(text, blocks[at]))
    unnumbered = (at for at in range(after, closing) if _PREAMBLE.match(text.words(blocks[at])) is None)
    body = next(numbered, next(unnumbered, after))
    recipients = next((at for at in range(closing, len(blocks)) if _RECIPIENTS.match(text.of(blocks[at]))), None)
    title = " ".join(text.of(block) for block in blocks[type_line:after]) if type_line is not None else ""
    otherwise = Section.GOALS if _CALLS.match(title) else Section.PLAIN
    return Zones(type_line, after, body, closing, recipients, tuple(_annexes(text, closing)), otherwise)


def places(text: PlanText, zones: Zones) -> Iterator[Place]:
    """The blocks of the body, each with its section; what a plan is based on sets no marks."""
    begins = text.blocks[zones.body].start if zones.body < len(text.blocks) else 0
    yield from (
        place
        for place in _places(text, range(zones.after_title, zones.closing), [], zones.otherwise)
        if place.block.start >= begins or _OWN_BASIS.match(text.of(place.block)) is None
    )
    for annex in zones.annexes:
        title = Heading(text.blocks[annex.start - 1], Section.GOALS)
        yield from _places(text, annex, [title], zones.otherwise)


def _places(text: PlanText, part: range, above: list[Heading], otherwise: Section) -> Iterator[Place]:
    in_rows = {cell.start for row in text.rows for cell in row}
    first = len(above)
    for block in text.blocks[part.start : part.stop]:
        if block.start in in_rows:
            yield Place(block, _section(above, otherwise), tuple(above))
            continue
        heading = _heading(text, block)
        rank = _rank(text, block, heading)
        while len(above) > first and rank is not None and _rank_of(text, above[-1]) >= rank:
            above.pop()
        section = _own_section(text.words(block)) or _section(above, otherwise)
        yield Place(block, section, tuple(above), heading is not None)
        if heading is not None:
            above.append(heading)


def _rank_of(text: PlanText, heading: Heading) -> int:
    rank = _rank(text, heading.block, heading)
    return NO_LABEL if rank is None else rank


def _rank(text: PlanText, block: Block, heading: Heading | None) -> int | None:
    if block.rank != NO_LABEL:
        return block.rank
    if heading is None:
        return None
    return 1 if is_capitals(text.of(block)) else 5


def _section(above: list[Heading], otherwise: Section) -> Section:
    return next((heading.section for heading in reversed(above) if heading.section is not None), otherwise)


def _own_section(words: str) -> Section | None:
    """The section that a paragraph names in front of its own colon: "Khen thưởng: tặng Giấy khen cho ..."."""
    if _GOAL_LINE.match(words):
        return Section.GOALS
    name, colon, _ = words[:_LONGEST_NAME].partition(":")
    return next((section for section, pattern in _TOLD if colon and pattern.fullmatch(name.strip())), None)


def _heading(text: PlanText, block: Block) -> Heading | None:
    words = text.words(block)
    if not words or len(words) > _LONGEST_HEADING or words[-1] in ";,":
        return None
    if words[-1] == "." and not (block.rank <= 2 and is_capitals(words)):
        return None
    if block.rank >= 5 and words[-1] != ":" and not is_capitals(words):
        return None
    if re.search(r"\d ?%", words) or (block.rank == NO_LABEL and len(words) > 150):
        return None
    section = next((section for section, pattern in _NAMED if pattern.search(words[:120])), None)
    return Heading(block, section)


def _is_type_line(text: PlanText, block: Block) -> bool:
    words = text.of(block)
    return TYPE_LINE.match(words) is not None and (not words.startswith("THÔNG TRI") or is_capitals(words))


def _type_line(text: PlanText) -> int | None:
    """The first line that names a type of document; one above the letterhead is the heading of a web page."""
    head = text.blocks[:_HEADER_BLOCKS]
    named = [at for at, block in enumerate(head) if _is_type_line(text, block)]
    letterhead = next((at for at, block in enumerate(head) if _LETTERHEAD.match(text.of(block))), None)
    if letterhead is None or not named or named[0] > letterhead:
        return named[0] if named else None
    return next((at for at in named if letterhead < at <= letterhead + _LETTERHEAD_BLOCKS), named[0])


def _leads_in(text: PlanText, block: Block) -> bool:
    """A basis of the plan, or the heading over its bases."""
    return _is_basis(text, block) or bool(_BASES.match(text.words(block)))


def _is_basis(text: PlanText, block: Block) -> bool:
    return _PREAMBLE.match(text.words(block)) is not None and text.of(block).endswith((";", ":"))


def _after_title(text: PlanText, type_line: int | None, closing: int) -> int:
    """The index behind the last line of the title."""
    if type_line is None:
        subject = (at for at, block in enumerate(text.blocks[:_HEADER_BLOCKS]) if SUBJECT_LINE.match(text.of(block)))
        return min(next(subject, -1) + 1, closing)
    at = type_line + 1
    while at < min(closing, type_line + 9) and _goes_on(text, type_line, at):
        at += 1
    return min(at, closing)


def _goes_on(text: PlanText, type_line: int, at: int) -> bool:
    """Whether a block is a line of the title: open at its end, and no part of the preamble but on the first line."""
    block, words = text.blocks[at], text.of(text.blocks[at])
    if block.rank <= 5 or words[-1] in ".;:" or len(words) > 700 or _NO_TITLE.match(words):
        return False
    inline = len(text.of(text.blocks[type_line])) > 40
    first = at == type_line + 1 and not inline
    return first or _PREAMBLE.match(words) is None


def _closing(text: PlanText) -> int:
    """Where recipients or signature begin, the number of blocks when there is neither."""
    blocks = text.blocks
    for at in range(len(blocks) - 1, max(len(blocks) // 4, 0), -1):
        if _RECIPIENTS.match(text.of(blocks[at])):
            return _before_authority(text, at)
    found = [at for at, block in enumerate(blocks) if at > len(blocks) // 3 and _AUTHORITY.fullmatch(text.of(block))]
    return found[0] if found else len(blocks)


def _annexes(text: PlanText, closing: int) -> Iterator[range]:
    """The blocks under the title of each annex that sets goals; forms, lists and budgets are none of the plan's."""
    blocks = text.blocks
    starts = [at for at in range(closing, len(blocks)) if _ANNEX.match(text.of(blocks[at]))]
    for start, end in pairwise([*starts, len(blocks)]):
        body = next((at for at in range(start + 1, end) if not _is_annex_title(text, blocks[at])), end)
        title = " ".join(text.of(block) for block in blocks[start:body])
        if _ANNEX_GOALS.search(title) and not _ANNEX_FORMS.search(title):
            yield range(body, end)


def _is_annex_title(text: PlanText, block: Block) -> bool:
    words = text.of(block)
    return block.rank == NO_LABEL and (is_capitals(words) or words.startswith("(") or len(words) < 100)


def _before_authority(text: PlanText, at: int) -> int:
    """The signature may stand above the recipients."""
    before = range(max(at - 6, 0), at)
    return next((line for line in before if _AUTHORITY.match(text.of(text.blocks[line]))), at)
