"""Biên bản họp xét hỗ trợ: who was there, what was said of each need, what was agreed (rule B10; ND30, biên bản)."""

from __future__ import annotations

from congdoan_desktop.domain.dates import official_date
from congdoan_desktop.domain.money import money_in_words
from congdoan_desktop.domain.need_papers import HeardRow, MinutesPaper
from congdoan_desktop.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Run,
    Section,
    Signers,
    Table,
    Title,
    head_row,
)
from congdoan_desktop.reports.wording import SIGNED_BY_HAND, joined, money, money_cell, number_line, padded

_COLUMNS = (
    ("TT", Column(9)),
    ("Họ và tên", Column(42, "left")),
    ("Công đoàn cơ sở", Column(42, "left")),
    ("Đề nghị (đồng)", Column(24, "right")),
    ("Kết quả", Column(24)),
    ("Mức duyệt (đồng)", Column(24, "right")),
)
_USE = "Biên bản chỉ dùng cho việc xét hỗ trợ; không nêu hoàn cảnh, bệnh tật của từng người."


def minutes_document(made: MinutesPaper) -> Document:
    """The paper; number and the hour of its end are left to be written."""
    head = made.letterhead
    chair = made.members[0].name if made.members else ""
    secretary = made.members[-1].name if len(made.members) > 1 else ""
    blocks: tuple[Block, ...] = (
        Letterhead(
            head.parent,
            head.parent_short,
            head.issuer,
            number_line(head.code),
            f"{head.place}, {official_date(made.on)}",
        ),
        Title("Biên bản", joined(f"Họp xét {made.title}")),
        _paragraph(_opening(made)),
        Heading("I. THÀNH PHẦN", 1),
        *(_paragraph(line) for line in _present(made)),
        Heading("II. NỘI DUNG VÀ KẾT QUẢ XÉT", 1),
        _table(made),
        *(_paragraph(line) for line in _opinions(made.rows)),
        Heading("III. KẾT LUẬN", 1),
        *(_paragraph(line) for line in _conclusions(made)),
        Paragraph((Run(joined(_ending(made))),), closing=True),
        Signers((("THƯ KÝ", SIGNED_BY_HAND, secretary), ("CHỦ TRÌ", SIGNED_BY_HAND, chair)), form="list"),
    )
    return Document(f"Biên bản họp xét {made.title}", head.issuer, (Section(blocks),), made.sample)


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(joined(text)),))


def _opening(made: MinutesPaper) -> str:
    where = f", tại {made.place}" if made.place else ""
    return f"Hôm nay, {official_date(made.on)}{where}, Ban Thường vụ {made.unit_name} họp xét {made.proposal}."


def _present(made: MinutesPaper) -> list[str]:
    """The chair first, the secretary last, as they were entered."""
    last = len(made.members) - 1
    parts = {0: " - Chủ trì", last: " - Thư ký"} if last else {0: " - Chủ trì"}
    lines = [
        f"{at + 1}. {', '.join(part for part in (one.name, one.role) if part)}{parts.get(at, '')}"
        for at, one in enumerate(made.members)
    ]
    ends = [";"] * (len(lines) - 1) + ["."]
    told = [line + end for line, end in zip(lines, ends, strict=True)]
    return [*told, f"Vắng mặt: {made.absent.rstrip('.') or 'không'}."]


def _table(made: MinutesPaper) -> Table:
    asked = sum(row.asked for row in made.rows)
    total = (
        Cell(joined(f"Cộng: {padded(len(made.rows))} trường hợp"), bold=True, align="left", columns=3),
        Cell(money_cell(asked), bold=True),
        Cell(""),
        Cell(money_cell(made.total), bold=True),
    )
    return Table(
        tuple(column for _, column in _COLUMNS),
        head_row(name for name, _ in _COLUMNS),
        (*(_row(number, row) for number, row in enumerate(made.rows, 1)), total),
        note=_USE,
        tail=3,
    )


def _row(number: int, row: HeardRow) -> tuple[Cell, ...]:
    return (
        Cell(str(number)),
        Cell(row.name),
        Cell(joined(row.unit)),
        Cell(money_cell(row.asked)),
        Cell(row.result),
        Cell(money_cell(row.amount)),
    )


def _opinions(rows: tuple[HeardRow, ...]) -> list[str]:
    return [f"- Trường hợp số {at}: {row.opinion.rstrip('.;')}." for at, row in enumerate(rows, 1) if row.opinion]


def _conclusions(made: MinutesPaper) -> list[str]:
    counts = "; ".join(f"{word.lower()} {padded(count)} trường hợp" for word, count in made.results if count)
    sums = f"tổng số tiền hỗ trợ {money(made.total)} (Bằng chữ: {money_in_words(made.total)})"
    return [*([made.summary] if made.summary else []), f"Cuộc họp thống nhất: {counts}; {sums}."]


def _ending(made: MinutesPaper) -> str:
    """The hour is written by hand."""
    return (
        f"Biên bản lập xong hồi ........ giờ ........ cùng ngày, đã đọc lại cho {padded(len(made.members))} người dự "
        "họp nghe và thống nhất./."
    )
