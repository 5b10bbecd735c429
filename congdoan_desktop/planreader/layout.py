"""Lines of a document put in order: one block for each paragraph, heading, list item or cell (rule D26).

Hard wraps and sentences cut by a page break are joined, marks of conversion (`**`, `##`) and page numbers dropped,
letterheads printed in two columns taken apart. Offsets of everything read later count in the text made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from congdoan_desktop.domain.text import clean
from congdoan_desktop.planreader.draft import Span
from congdoan_desktop.planreader.letters import LOWER, UPPER

LABEL = re.compile(
    r"(?:(?P<roman>(?:Phần )?[IVX]{1,5}) ?[.:/)–-]?(?<![IVX ])\s|(?P<letter>[A-E])(?:\.| ?[-–]) "
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,3})\.?\s"
    r"|(?P<number>\d{1,2})[.)/–-]\s|(?P<small>[a-zđ][.)]|\((?:\d{1,2}|[a-zđ])\))\s|(?P<dash>[-–—•▪●\uf0b7])\s?|(?P<plus>[+○])\s?)"
)
_RANKS = {"letter": 0, "roman": 1, "number": 2, "deep": 3, "small": 4, "dash": 5, "plus": 6}
NO_LABEL = 9

_MARKS = re.compile(r"\*+|^#{1,6} ?|^>+ ?|(?<!\w)_{2,}(?!\w)")
_PAGE_NUMBER = re.compile(r"(?:[-–—]? ?|Trang |trang )\d{1,3}(?: ?/ ?\d{1,3})?(?: ?[-–—])?")
_RULE = re.compile(r"[-–—_=.*~ ]{2,}")
_COLUMNS = re.compile(r"[ \u00a0\u2007\u202f]{4,}|\t+")
_NATIONAL = re.compile(
    r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA(?: VIỆT NAM)?|CỘNG HOÀ XÃ HỘI CHỦ NGHĨA(?: VIỆT NAM)?"
    r"|Độc lập ?[-–] ?Tự do ?[-–] ?Hạnh phúc",
    re.IGNORECASE,
)
_SIGNED_BESIDE = re.compile(
    rf"(?P<left>Nơi nhận ?:|[-+•] ?[^\n]{{2,160}}?[;.,]) "
    rf"(?P<right>(?:(?:T/?M|K/?T|TL|TUQ)\.? ?)?[{UPPER}][{UPPER} ,\-–]{{7,80}})"
)
_NAMED_BESIDE = re.compile(
    rf"(?P<left>[-–+•]? ?Lưu[^\n]{{0,60}}?[;.]) "
    rf"(?P<right>[{UPPER}][{LOWER}]{{1,6}}(?: [{UPPER}][{LOWER}]{{0,6}}){{1,4}})"
)
_CUT_CODE = re.compile(rf"\d ?/[{UPPER}][{UPPER}{LOWER}]{{0,7}}-$")
_YEARS = re.compile(r"[-–] ?(?:19|20)\d{2}(?!\d)")
_OWN_LINE = re.compile(
    r"(?:Số ?:|Nơi nhận ?:|Kính gửi ?:|V/v|T/?M[./]? ?[A-ZĐ]{2}"
    r"|TL\. ?[A-ZĐ]|TUQ\. ?[A-ZĐ]|K/?T[./] ?[A-ZĐ]|CỘNG HÒA|Độc lập|\(\w{1,2}\) "
    r"|[^,\n]{2,40}, ngày .{0,12}tháng .{0,12}năm ?\d{4})"
)
_SENTENCE_START = re.compile(
    r"(?:Căn cứ|Thực hiện|Theo|Triển khai|Xét|Trên cơ sở|Ban Thường vụ|Ban Chấp hành|Năm \d) ?"
)
_BASIS_START = re.compile(r"(?:Căn cứ|Thực hiện|Triển khai) ")
_ORGAN_START = re.compile(r"(?:Ban Thường vụ|Ban Chấp hành|Đoàn Chủ tịch|BTV|BCH|Liên đoàn Lao động|LĐLĐ|Công đoàn) ")
_LEADS_TO_ORGAN = re.compile(r"(?:,|\W(?:của|do|với|và|cho|về|tại|bởi|từ|các|cấp))$")
_CLOSED = re.compile(r"(?:[.:;!?…]|/\.)[”\"’»)]?$")
_LONG = 150
_LONGEST_SUBJECT_END = 80
_MOST_WRAP = 130


@dataclass(frozen=True, slots=True)
class Source:
    """Lines as they came out of a file. `whole`: each line is a paragraph already (Word), unless
    all of them were broken at one width; `rows`: table rows as
    indexes of lines, one line for each cell; `typed_in`: the encoding of before Unicode out of which they were read.
    """

    lines: tuple[str, ...]
    whole: bool = False
    rows: tuple[tuple[int, ...], ...] = ()
    typed_in: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `body`: where its words begin behind the list label; `rank` orders labels, NO_LABEL without one."""

    start: int
    end: int
    body: int
    rank: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class PlanText:
    """The ordered text. `rows`: the cells of each table row, as blocks."""

    value: str
    blocks: tuple[Block, ...]
    rows: tuple[tuple[Block, ...], ...] = ()

    def of(self, block: Block) -> str:
        return self.value[block.start : block.end]

    def words(self, block: Block) -> str:
        """A block's words without its label."""
        return self.value[block.body : block.end]


@dataclass(slots=True)
class _Line:
    text: str
    after_gap: bool
    cell: bool
    came_from: int


def put_in_order(source: Source) -> PlanText:
    """The text with its blocks."""
    lines = list(_lines(source))
    width = _wrap_width([line.text for line in lines])
    paragraphs: list[list[_Line]] = []
    for line in lines:
        if paragraphs and (width or not source.whole) and _continues(paragraphs[-1], line, width):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return _placed(paragraphs, source.rows)


def is_capitals(text: str) -> bool:
    """Whether a line is set in capitals."""
    upper = sum(map(str.isupper, text))
    return upper >= 3 and upper > 3 * sum(map(str.islower, text))


def label_of(text: str) -> re.Match[str] | None:
    return LABEL.match(text)


def _lines(source: Source) -> Iterator[_Line]:
    cells = {at for row in source.rows for at in row}
    gap = False
    for at, raw in enumerate(source.lines):
        parts = [raw] if at in cells else _parts(raw)
        for part in parts:
            text = clean(_MARKS.sub("", part)).replace("\n", " ").strip()
            if not text or (at not in cells and _is_debris(text)):
                gap = gap or not text
                continue
            yield _Line(text, gap, at in cells, at)
            gap = False


def _parts(raw: str) -> list[str]:
    """A line's columns; what stands beside the country's name belongs to the letterhead on the left."""
    pieces = [piece for piece in _COLUMNS.split(raw.strip()) if piece] or [""]
    columns = pieces[:1]
    for piece in pieces[1:]:
        # A blank left for a pen is no gap between columns: "Số:      /KH-LĐLĐ", "ngày      tháng 01".
        if piece[0] == "/" or piece[0].islower():
            columns[-1] += " " + piece
        else:
            columns.append(piece)
    beside = (part for column in columns for part in _beside_signature(column))
    return [part for column in beside for part in _beside_national(column)]


def _beside_signature(line: str) -> list[str]:
    """A line of recipients, and what of the signature stands to its right: "- Lưu: VT.  CHỦ TỊCH"."""
    found = _SIGNED_BESIDE.fullmatch(line.strip()) or _NAMED_BESIDE.fullmatch(line.strip())
    return [found["left"], found["right"]] if found else [line]


def _beside_national(piece: str) -> list[str]:
    found = _NATIONAL.search(piece)
    if found is None:
        return [piece]
    return [part for part in (piece[: found.start()], found[0], piece[found.end() :]) if part.strip()]


def _is_debris(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text) or _RULE.fullmatch(text))


def _wrap_width(lines: Sequence[str]) -> int:
    """The width at which lines were broken by hand, 0 when each line is a paragraph."""
    lengths = sorted(map(len, lines))
    if len(lengths) < 8:
        return 0
    wide, widest = lengths[len(lengths) * 9 // 10], lengths[-1]
    return wide if 40 <= wide <= _MOST_WRAP and widest <= 1.35 * wide + 10 else 0


def _continues(paragraph: list[_Line], line: _Line, width: int) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = paragraph[-1]
    if (_YEARS.match(line.text) and last.text[-4:].isdigit()) or _CUT_CODE.search(last.text):
        return True
    if last.cell or line.cell or _begins_something(line.text):
        return False
    if last.text.startswith("V/v") and not line.after_gap and _ends_a_subject(line.text):
        return True
    if _stands_alone(last.text):
        return False
    if line.text.startswith("(") or _CLOSED.search(last.text):
        full = bool(width) and not line.after_gap and len(last.text) >= 0.75 * width
        return full and (line.text[0] == "(" or line.text[0].islower())
    return _goes_on(paragraph, line, width)


def _ends_a_subject(text: str) -> bool:
    """Whether a line may be the second one of a letter's subject: short, no capitals, no sentence."""
    return len(text) < _LONGEST_SUBJECT_END and not is_capitals(text) and _SENTENCE_START.match(text) is None


def _goes_on(paragraph: list[_Line], line: _Line, width: int) -> bool:
    """Whether a line goes on with an open one."""
    if line.text[0].islower() or line.text[0] in ",;)%”":
        return True
    if is_capitals(paragraph[-1].text) or is_capitals(line.text):
        return False
    return _cut_inside(paragraph, line, width)


def _begins_something(text: str) -> bool:
    return label_of(text) is not None or _begins_own_line(text)


def _begins_own_line(text: str) -> bool:
    return _OWN_LINE.match(text) is not None or _NATIONAL.match(text) is not None


def _stands_alone(text: str) -> bool:
    return _begins_own_line(text) and not text.startswith("(")


def _cut_inside(paragraph: list[_Line], line: _Line, width: int) -> bool:
    """Whether an open line and one that begins with a capital or a digit are one sentence."""
    last = paragraph[-1].text
    if line.text[0].isdigit() and (len(last) >= 40 or last.endswith((" số", " ngày", " Điều"))):
        return True
    if _ORGAN_START.match(line.text) and not _LEADS_TO_ORGAN.search(last):
        return False
    if width and not line.after_gap and not _BASIS_START.match(line.text):
        return len(last) + 1 + len(line.text.split(" ", 1)[0]) >= 0.85 * width
    if last[-1] in '”"' or _SENTENCE_START.match(line.text):
        return False
    first = label_of(paragraph[0].text)
    numbered = first is not None and first.lastgroup in {"number", "deep", "roman"}
    return not numbered and sum(len(part.text) for part in paragraph) >= _LONG


def _placed(paragraphs: list[list[_Line]], rows: tuple[tuple[int, ...], ...]) -> PlanText:
    texts, blocks, by_line, at = [], [], {}, 0
    for paragraph in paragraphs:
        text = " ".join(line.text for line in paragraph)
        found = label_of(text) if not paragraph[0].cell else None
        rank = _RANKS[found.lastgroup] if found and found.lastgroup else NO_LABEL
        block = Block(at, at + len(text), at + (found.end() if found else 0), rank)
        texts.append(text)
        blocks.append(block)
        by_line[paragraph[0].came_from] = block
        at += len(text) + 1
    placed = (_cells(row, by_line) for row in rows if any(cell in by_line for cell in row))
    return PlanText("\n".join(texts), tuple(blocks), tuple(placed))


def _cells(row: tuple[int, ...], by_line: Mapping[int, Block]) -> tuple[Block, ...]:
    """The cells of a row; an empty one takes no room behind the one before it, so that columns keep their numbers."""
    at = next(by_line[cell].start for cell in row if cell in by_line)
    cells = []
    for cell in row:
        cells.append(by_line.get(cell) or Block(at, at, at, NO_LABEL))
        at = cells[-1].end
    return tuple(cells)
