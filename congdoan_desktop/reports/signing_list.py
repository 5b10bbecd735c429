"""The list on which receivers sign: rows of 10 mm, a sum at the foot of every page, signers on the last (D24, C09)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from congdoan_desktop.domain.dates import official_date
from congdoan_desktop.domain.gift_papers import SigningList, SigningRow
from congdoan_desktop.domain.money import group_thousands, money_in_words
from congdoan_desktop.reports import geometry as g
from congdoan_desktop.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Letterhead,
    Section,
    Signers,
    Table,
    Title,
    head_row,
)
from congdoan_desktop.reports.heads import printed
from congdoan_desktop.reports.pdf_heads import letterhead, title
from congdoan_desktop.reports.wording import SIGNED_BY_HAND, joined, money_cell, padded

_COLUMNS = (
    ("TT", Column(10)),
    ("Họ và tên", Column(38, "left")),
    ("Năm sinh", Column(14)),
    ("Số CCCD", Column(27)),
    ("Công đoàn cơ sở", Column(66, "left")),
    ("Tiền mặt (đồng)", Column(22, "right")),
    ("Hiện vật (đồng)", Column(20, "right")),
    ("Cộng (đồng)", Column(22, "right")),
    ("Ký nhận", Column(33)),
)
_NAMED = 5
"""Columns under the words of a sum."""
_TITLE_GAP_MM = 3.75
_CLOSING_MM = 69.7
"""What words, note and signers take under the last row of sums."""
_LEAST_LAST = 2
_PROXY = "Người nhận thay ghi rõ họ tên và chữ “nhận thay” tại cột Ký nhận, kèm giấy ủy quyền."


def signing_list_document(made: SigningList) -> Document:
    """The paper; where the decision has no number yet, room is left for it (rule A11)."""
    head = made.letterhead
    heads = (
        printed(head),
        Title(
            "Danh sách", joined(f"Đoàn viên, người lao động ký nhận {made.occasion}"), _TITLE_GAP_MM, _reference(made)
        ),
    )
    counts = pages_of(len(made.rows), _room_mm() - _height_mm(heads))
    ends = list(accumulate(counts))
    sums = list(accumulate(made.rows, _added, initial=(0, 0)))
    tables = [
        _table(made.rows, end - count, end, page, sums[end])
        for page, (count, end) in enumerate(zip(counts, ends, strict=True), 1)
    ]
    blocks: list[Block] = [*heads, *tables[:-1], _closed(tables[-1], made), _signers(made)]
    name = f"Danh sách ký nhận {made.occasion}"
    return Document(name, head.issuer, (Section(tuple(blocks), landscape=True),), made.sample)


def pages_of(count: int, first_mm: float) -> list[int]:
    """How many rows stand on each page, where the first has `first_mm` left for its table.

    The last page has room for the signers and at least two rows.
    """
    setting = g.CELLS["signing"]
    found: list[int] = []
    room = first_mm - setting.head_least_mm - setting.foot_least_mm
    while count > (room - _CLOSING_MM) // setting.least_mm:
        taken = max(1, min(int(room // setting.least_mm), count - _LEAST_LAST))
        found.append(taken)
        count -= taken
        room = _room_mm() - setting.head_least_mm - setting.foot_least_mm
    return [*found, count]


def _room_mm() -> float:
    """Height of the text block of a sheet on its side."""
    return g.SHORT_EDGE_MM - g.TOP_MM - g.BOTTOM_MM


def _height_mm(heads: tuple[Letterhead, Title]) -> float:
    width = (g.LONG_EDGE_MM - g.LEFT_MM - g.RIGHT_MM) * g.MM
    pieces = [*letterhead(heads[0], width), *title(heads[1], width)]
    return (sum(piece.before + piece.height for piece in pieces) + g.TABLE_BEFORE) / g.MM


def _reference(made: SigningList) -> str:
    number = f"số {made.decision}" if made.decision else "số ......../QĐ-...."
    day = "ngày ..... tháng ..... năm ........" if not made.decision else ""
    issuer = made.letterhead.issuer
    return joined(
        " ".join(part for part in (f"(Kèm theo Quyết định {number}", day, f"của Ban Thường vụ {issuer})") if part)
    )


def _added(sums: tuple[int, int], row: SigningRow) -> tuple[int, int]:
    return sums[0] + row.cash, sums[1] + row.in_kind


def _table(rows: Sequence[SigningRow], start: int, end: int, page: int, sums: tuple[int, int]) -> Table:
    """One page's rows with what has been summed up to its end: cash, and goods by their value."""
    last = end == len(rows)
    words = (
        f"Tổng cộng: {padded(end)} người"
        if last
        else f"Cộng lũy kế đến hết trang {page}: {padded(end)} người (chuyển trang sau)"
    )
    return Table(
        tuple(column for _, column in _COLUMNS),
        head_row(name for name, _ in _COLUMNS),
        tuple(_row(number, row) for number, row in enumerate(rows[start:end], start + 1)),
        form="signing",
        foot=_sums(words, *sums),
        new_page=page > 1,
    )


def _row(number: int, row: SigningRow) -> tuple[Cell, ...]:
    return (
        Cell(str(number)),
        Cell(row.name),
        Cell(str(row.birth_year or "")),
        Cell(row.citizen_id),
        Cell(joined(row.unit)),
        *(Cell(money_cell(amount)) for amount in (row.cash, row.in_kind, row.cash + row.in_kind)),
        Cell(""),
    )


def _sums(words: str, cash: int, in_kind: int) -> tuple[Cell, ...]:
    amounts = (Cell(money_cell(amount), bold=True) for amount in (cash, in_kind, cash + in_kind))
    return (Cell(words, bold=True, align="left", columns=_NAMED), *amounts, Cell(""))


def _closed(table: Table, made: SigningList) -> Table:
    total = sum(row.cash + row.in_kind for row in made.rows)
    note = " ".join(part for part in (made.note or _portion(made.rows), _PROXY) if part)
    return Table(
        table.columns,
        table.head,
        table.rows,
        words=f"(Bằng chữ: {money_in_words(total)}).",
        note=joined(f"Ghi chú: {note}"),
        tail=_LEAST_LAST + 1,
        form=table.form,
        foot=table.foot,
        new_page=table.new_page,
        signed=True,
    )


def _portion(rows: Sequence[SigningRow]) -> str:
    """What everybody gets, where all get the same."""
    portions = {(row.cash, row.in_kind) for row in rows}
    if len(portions) != 1:
        return ""
    cash, in_kind = portions.pop()
    parts = [f"{group_thousands(cash)} đồng tiền mặt"] if cash else []
    parts += [f"hiện vật trị giá {group_thousands(in_kind)} đồng"] if in_kind else []
    return f"Mỗi suất gồm {' và '.join(parts)}."


def _signers(made: SigningList) -> Signers:
    return Signers(
        (
            ("NGƯỜI LẬP DANH SÁCH", SIGNED_BY_HAND, made.maker),
            ("KẾ TOÁN", SIGNED_BY_HAND, ""),
            (made.signature.authority[0], made.signature.title, made.signature.name),
        ),
        form="dated",
        date_line=f"{made.letterhead.place}, {official_date(made.on)}",
    )
