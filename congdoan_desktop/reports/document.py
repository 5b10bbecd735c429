"""An official paper as blocks, before any renderer: what stands on it, in order, with no measure in points.

Texts are Vietnamese in NFC; a no-break space (U+00A0) joins what must not part at the end of a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of page 1. `number_line` and `date_line` as printed; `parent` empty for the national body."""

    parent: str
    parent_short: str
    issuer: str
    number_line: str
    date_line: str
    about: str = ""
    """"V/v ..." of an official letter, under its number (rule A07, cell 5b)."""


@dataclass(frozen=True, slots=True)
class Title:
    """Type name and trích yếu; `gap` in mm below the letterhead. A `reference` in italics takes the rule's place.

    `below` in mm: the room under the rule where a table follows.
    """

    kind: str
    subject: str
    gap: float = 6.0
    reference: str = ""
    below: float = 0.0


@dataclass(frozen=True, slots=True)
class Addressee:
    """The line "Kính gửi: ..." with one receiver (rule A14); `tight` on forms."""

    receiver: str
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is "I. TIÊU ĐỀ MỤC", level 2 "1. Tiêu đề khoản" (rule A07, line 6)."""

    text: str
    level: Literal[1, 2]


@dataclass(frozen=True, slots=True)
class Label:
    """A bold line at the left margin of a form: "1. Đơn vị đăng ký"; `centred`, a line of a decision: "QUYẾT ĐỊNH:"."""

    text: str
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Justified text. A closing paragraph stays with the signature block that follows it, a kept one with what follows
    by its last two lines.
    """

    runs: tuple[Run, ...]
    closing: bool = False
    indented: bool = True
    size: Literal["body", "small"] = "body"
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: width in mm, and how its cells are set."""

    width: float
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table's head, placed by its row and column."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def head_row(names: Iterable[str]) -> tuple[HeadCell, ...]:
    """A head of one row, a name for each column."""
    return tuple(HeadCell(name, 0, at) for at, name in enumerate(names))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table's body. `align` overrides the column's; a word wider than its cell shrinks before it breaks."""

    text: str
    bold: bool = False
    align: Align | None = None
    columns: int = 1
    boxes: tuple[tuple[str, bool], ...] = ()
    """Choices to tick instead of a text: (words, ticked)."""


@dataclass(frozen=True, slots=True)
class Table:
    """A grid. The last `tail` rows (total included) stay together, with `words` and `note` below them.

    `foot` is a row of sums with a height of its own. `new_page`: the table begins a page. `signed`: who signs stands
    right below, never on a page without the tail.
    """

    columns: tuple[Column, ...]
    head: tuple[HeadCell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    unit_line: str = ""
    words: str = ""
    note: str = ""
    tail: int = 2
    form: Literal["figures", "unit", "facts", "findings", "people", "signing"] = "figures"
    foot: tuple[Cell, ...] = ()
    new_page: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One group of the chart: mark and result in per cent, exact to the tenth as printed."""

    label: str
    mark: float
    result: float
    mark_text: str
    result_text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Marks and results side by side as horizontal bars; one block that may float to the next page's top."""

    caption: str
    mark_name: str
    result_name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class CountBar:
    """One bar of counts."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class CountChart:
    """How many, month by month or union by union, as horizontal bars with their figures."""

    caption: str
    bars: tuple[CountBar, ...]


@dataclass(frozen=True, slots=True)
class PaperCode:
    """A QR code's content, with the label and the short code printed beside it."""

    content: str
    label: str
    code: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block. `recipients` as printed after the dash, with closing marks; only reports have a code."""

    lines: tuple[str, ...]
    name: str
    recipients: tuple[str, ...]
    code: PaperCode | None = None


@dataclass(frozen=True, slots=True)
class AnnexHead:
    """The words "Phụ lục", its title in capitals, "(Kèm theo ...)"."""

    label: str
    title: str
    reference: str


@dataclass(frozen=True, slots=True)
class WordBox:
    """A frame with a QR code and numbered words to be read aloud; `lines` below the words."""

    content: str
    heading: str
    words: tuple[str, ...]
    lines: tuple[tuple[Run, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A QR code with labelled codes and a closing sentence beside it."""

    content: str
    codes: tuple[tuple[str, str], ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class SignBox:
    """One framed half: heading, date line, boxes to tick, then who signs."""

    heading: str
    date_line: str
    ticks: tuple[str, ...]
    signer: tuple[str, ...]
    note: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class SignBoxes:
    """Two framed halves side by side."""

    left: SignBox
    right: SignBox


@dataclass(frozen=True, slots=True)
class Signers:
    """Signers side by side without a frame: (heading, note, name). A note in brackets is set in italics, a title bold.

    "list" leaves the room for a signature and a seal, "dated" has the day over the last signer too.
    """

    columns: tuple[tuple[str, str, str], ...]
    form: Literal["form", "list", "dated"] = "form"
    date_line: str = ""


Block = (
    Letterhead
    | Title
    | Addressee
    | Heading
    | Label
    | Paragraph
    | Table
    | Chart
    | CountChart
    | Signature
    | AnnexHead
    | WordBox
    | CodeRow
    | SignBoxes
    | Signers
)


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one orientation; numbering starts anew, and the first page shows no number (rule A06)."""

    blocks: tuple[Block, ...]
    landscape: bool = False

    @property
    def tied(self) -> Iterator[Block]:
        """The blocks, a text before the closing paragraph kept with it: no page holds the signature nearly alone."""
        for block, after in zip_longest(self.blocks, self.blocks[1:]):
            closes = isinstance(after, Paragraph) and after.closing
            yield replace(block, kept=True) if closes and isinstance(block, Paragraph) else block


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. `title` and `author` go into the file's properties; samples are marked on every page."""

    title: str
    author: str
    sections: tuple[Section, ...]
    sample: bool = False
