"""The list of the yearly rating of CĐCS: those rated by level, and those not active long enough (rule B05)."""

from __future__ import annotations

from congdoan_desktop.domain.rating import HUNDREDTHS, RatingList
from congdoan_desktop.reports import heads
from congdoan_desktop.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Label,
    Paragraph,
    Run,
    Section,
    Signers,
    Table,
    Title,
    head_row,
)
from congdoan_desktop.reports.wording import LIST_BELOW_MM, SIGNED_BY_HAND, joined, padded

TITLE = "Danh sách xếp loại công đoàn cơ sở"
_COLUMNS = (("STT", 12), ("Công đoàn cơ sở", 72), ("Điểm", 18), ("Mức xếp loại", 63))
_UNRATED = (("STT", 12), ("Công đoàn cơ sở", 72), ("Lý do chưa xếp loại", 81))


def rating_list_document(made: RatingList) -> Document:
    """The paper; number and day are left to the clerk (rule A11)."""
    head = made.letterhead
    blocks: list[Block] = [
        heads.for_the_clerk(head, made.on.year),
        Title("Danh sách", f"Xếp loại công đoàn cơ sở năm {made.year}", below=LIST_BELOW_MM),
        _table(
            _COLUMNS, [(one.name, points_text(one.points), one.level) for one in made.rated], signed=not made.unrated
        ),
    ]
    if made.unrated:
        blocks += [
            Label(f"Chưa xếp loại ({padded(len(made.unrated))} công đoàn cơ sở):"),
            _table(_UNRATED, [(one.name, one.note) for one in made.unrated], signed=True),
        ]
    blocks += [
        Paragraph((Run(_sums(made)),), closing=True),
        Signers((("NGƯỜI LẬP DANH SÁCH", SIGNED_BY_HAND, ""), _signer(made))),
    ]
    return Document(TITLE, head.issuer, (Section(tuple(blocks)),), made.sample)


def points_text(points: int | None) -> str:
    """8950 -> "89,5"; "–" where none were given."""
    if points is None:
        return "–"
    whole, rest = divmod(points, HUNDREDTHS)
    return f"{whole},{rest:02}".rstrip("0").rstrip(",") if rest else str(whole)


def _table(columns: tuple[tuple[str, int], ...], rows: list[tuple[str, ...]], *, signed: bool) -> Table:
    lines = tuple(
        (Cell(str(number)), Cell(joined(row[0]), align="left"), *(Cell(text) for text in row[1:]))
        for number, row in enumerate(rows, 1)
    )
    return Table(
        tuple(Column(width, "left" if at == 1 else "center") for at, (_, width) in enumerate(columns)),
        head_row(name for name, _ in columns),
        lines,
        form="people",
        signed=signed,
    )


def _sums(made: RatingList) -> str:
    of_levels = "; ".join(f"{name}: {padded(count)}" for name, count in made.sums)
    return joined(f"Tổng số {padded(len(made.rated))} công đoàn cơ sở được xếp loại. {of_levels}./.")


def _signer(made: RatingList) -> tuple[str, str, str]:
    return (made.signature.authority[0], made.signature.title, made.signature.name)
