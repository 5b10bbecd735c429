"""The list of CĐCS to be merged that goes with a decision: before and after, with the reason (324/KH-LĐLĐ, III.7)."""

from __future__ import annotations

from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.merging import MergeList, MergeListRow
from congdoan_desktop.reports import heads
from congdoan_desktop.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Paragraph,
    Run,
    Section,
    Signers,
    Table,
    Title,
    head_row,
)
from congdoan_desktop.reports.wording import SIGNED_BY_HAND, blank_date, joined, number_line, padded

TITLE = "Danh sách ghép công đoàn cơ sở"
_COLUMNS = (
    ("STT", 10, "center"),
    ("Công đoàn cơ sở hiện có", 46, "left"),
    ("Số đoàn viên", 17, "center"),
    ("Công đoàn cơ sở sau ghép", 42, "left"),
    ("Số đoàn viên", 17, "center"),
    ("Lý do ghép", 33, "left"),
)


def merge_list_document(made: MergeList) -> Document:
    """The paper; the number and day of the decision stay blank where the clerk has not given them (rule A11)."""
    head = made.letterhead
    blocks: tuple[Block, ...] = (
        heads.printed(
            head, f"Số: {made.number}" if made.number else number_line(head.code), blank_date(head.place, made.on.year)
        ),
        Title("Danh sách", "Ghép công đoàn cơ sở", reference=joined(f"(Kèm theo Quyết định {_decision(made)})")),
        _table(made.rows),
        Paragraph((Run(_sums(made.rows)),), closing=True),
        Signers((("NGƯỜI LẬP DANH SÁCH", SIGNED_BY_HAND, ""), _signer(made))),
    )  # fmt: skip
    return Document(TITLE, head.issuer, (Section(blocks),), made.sample)


def _decision(made: MergeList) -> str:
    number = f"số {made.number}" if made.number else number_line(made.letterhead.code).replace("Số:", "số")
    return joined(f"{number} ngày {cited_date(made.on)}")


def _table(rows: tuple[MergeListRow, ...]) -> Table:
    lines: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows, 1):
        for at, (name, members) in enumerate(row.before):
            own = (Cell(joined(name)), Cell(padded(members)))
            after = (Cell(joined(row.after), bold=True), Cell(padded(row.members), bold=True), Cell(row.reason))
            first = at == 0
            lines.append((Cell(str(number) if first else ""), *own, *(after if first else (Cell(""),) * 3)))
    return Table(
        tuple(Column(width, "center" if align == "center" else "left") for _, width, align in _COLUMNS),
        head_row(name for name, _, _ in _COLUMNS),
        tuple(lines),
        form="people",
        signed=True,
    )


def _sums(rows: tuple[MergeListRow, ...]) -> str:
    before = sum(len(row.before) for row in rows)
    return f"Danh sách có {padded(before)} công đoàn cơ sở, ghép thành {padded(len(rows))} công đoàn cơ sở./."


def _signer(made: MergeList) -> tuple[str, str, str]:
    return (made.signature.authority[0], made.signature.title, made.signature.name)
