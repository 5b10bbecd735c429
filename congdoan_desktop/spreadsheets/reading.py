"""Workbooks of any kept kind: their sheets, and the rows of one sheet as a stream.

    with open_book(path) as book:
        sheet = book.sheet(book.sheets[0].name)
        for row in sheet.rows(): ...

Nothing is unpacked to a disk. A file is checked (`guard`, `archive`, `facts`) before the fast reader sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from congdoan_desktop.progress import Progress
from congdoan_desktop.spreadsheets import delimited, guard, ods_facts, xls_facts, xlsx_facts
from congdoan_desktop.spreadsheets.cells import UNREADABLE, Fault, Row, Value
from congdoan_desktop.spreadsheets.facts import Merge, SheetFacts
from congdoan_desktop.spreadsheets.refusals import SheetRefused, damaged, protected

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_FACTS: Mapping[guard.Format, Callable[[guard.Checked, Progress], dict[str, SheetFacts]]] = {
    guard.Format.XLSX: xlsx_facts.read,
    guard.Format.XLS: xls_facts.read,
    guard.Format.ODS: ods_facts.read,
}
_STEPS = 500
_VISIBLE = "SheetVisibleEnum.Visible"


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet to choose: `rows` and `columns` are those that reach from A1 to the last filled cell."""

    name: str
    rows: int
    columns: int
    hidden: bool = False


class Sheet:
    """One sheet. `fonts` and `formats` name, by column from 0, the font and number format of most of its cells."""

    def __init__(
        self, info: SheetInfo, facts: SheetFacts, merges: tuple[Merge, ...], source: Callable[[], Iterator[Row]]
    ):
        self.info = info
        self.merges = merges
        self.fonts, self.formats = facts.fonts, facts.formats
        self._faults = facts.faults
        self._source = source

    def rows(self, progress: Progress | None = None) -> Iterator[Row]:
        """All rows from row 1 on; cells merged over several rows stand in each of them, faults as `Fault`.

        Raises: Cancelled.
        """
        tall = _by_first_row(self.merges)
        if not tall and not self._faults:
            yield from self._stepped(progress)
            return
        open_: list[tuple[Merge, Value]] = []
        faulty = {row for row, _ in self._faults}
        for row in self._stepped(progress):
            if row.number in faulty:
                row = _with_faults(row, self._faults)  # noqa: PLW2901  # the row of the sheet, completed
            if open_:
                row = _with_merged(row, open_)  # noqa: PLW2901  # see above
                open_ = [(merge, value) for merge, value in open_ if merge.last_row > row.number]
            open_ += [(merge, row.at(merge.first_column)) for merge in tall.get(row.number, ())]
            yield row

    def _stepped(self, progress: Progress | None) -> Iterator[Row]:
        for row in self._source():
            if progress is not None and row.number % _STEPS == 0:
                progress.step(row.number, self.info.rows)
            yield row


class Book:
    """An opened workbook; close it, or use it in a `with` block."""

    def __init__(self, checked: guard.Checked, progress: Progress) -> None:
        self.format = checked.format
        self.path = checked.path
        self._workbook: CalamineWorkbook | None = None
        self._read: tuple[str, CalamineSheet] | None = None
        """The sheet asked for last: it is looked at and then checked, and unpacking it takes a while."""
        if checked.format is guard.Format.CSV:
            self._writing = delimited.look(checked.path)
            self.sheets: tuple[SheetInfo, ...] = (self._text_info(),)
            return
        self._facts = _FACTS[checked.format](checked, progress)
        self._workbook = _workbook(checked.path)
        hidden = {s.name: str(s.visible) != _VISIBLE for s in self._workbook.sheets_metadata}
        self.sheets = tuple(
            SheetInfo(name, facts.rows, facts.columns, hidden.get(name, False))
            for name, facts in self._facts.items()
            if name in hidden
        )
        if not self.sheets:
            raise SheetRefused("Tệp không có trang tính nào.")

    def sheet(self, name: str) -> Sheet:
        """Raises: SheetRefused when the sheet is damaged; KeyError when there is none of this name."""
        info = next((info for info in self.sheets if info.name == name), None)
        if info is None:
            raise KeyError(name)
        if self._workbook is None:
            return Sheet(info, SheetFacts(), (), lambda: delimited.rows(self.path, self._writing))
        cells = self._cells(self._workbook, name)
        facts = self._facts[name]
        return Sheet(info, facts, _merges(cells) or tuple(facts.merges), lambda: _rows(cells))

    def let_go(self) -> None:
        """Free the cells of the sheet asked for last, some 50 MB of a long list; it can be asked for again."""
        self._read = None

    def close(self) -> None:
        self.let_go()
        if self._workbook is not None:
            self._workbook.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def _cells(self, workbook: CalamineWorkbook, name: str) -> CalamineSheet:
        if self._read is None or self._read[0] != name:
            self._read = None
            with _reading():
                self._read = (name, workbook.get_sheet_by_name(name))
        return self._read[1]

    def _text_info(self) -> SheetInfo:
        rows = columns = 0
        for row in delimited.rows(self.path, self._writing):
            rows, columns = row.number, max(columns, len(row.values))
        return SheetInfo(self.path.stem, rows, columns)


def open_book(path: Path, progress: Progress | None = None) -> Book:
    """A workbook to read, .xlsx, .xls, .ods or .csv by its content.

    Raises: SheetRefused (what is wrong with the file, what to do), NotFound, Cancelled.
    """
    return Book(guard.check(path), progress or Progress())


def _workbook(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    # The reader takes the whole file into memory, and tells its kind by its content, which a path would tell by name.
    with _reading(), path.open("rb") as file:
        return CalamineWorkbook.from_filelike(file)


@contextmanager
def _reading() -> Iterator[None]:
    """Raises: SheetRefused for whatever stops the reader, its panics too, which derive from BaseException."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise protected() from error
    except CalamineError as error:
        raise damaged() from error
    except BaseException as error:
        if _is_panic(error):
            raise damaged() from error
        raise


def _rows(cells: CalamineSheet) -> Iterator[Row]:
    """The reader leaves out the empty columns before the first filled one, but not the empty rows.

    A number that no time can hold stops it for one row, which then counts as unreadable.
    """
    pad: list[Value] = [""] * (cells.start[1] if cells.start else 0)
    source = cells.iter_rows()
    for number in count(1):
        try:
            values = cast(list[Value], next(source))
        except StopIteration:
            return
        except (OverflowError, ValueError):
            values = [UNREADABLE] * cells.width
        except BaseException as error:
            if not _is_panic(error):
                raise
            values = [UNREADABLE] * cells.width
        yield Row(number, pad + values if pad else values)


def _is_panic(error: BaseException) -> bool:
    """Whether the reader gave up: its error derives from BaseException and has no name to import."""
    return type(error).__name__ == "PanicException"


def _merges(cells: CalamineSheet) -> tuple[Merge, ...]:
    found: Any = cells.merged_cell_ranges or ()
    return tuple(Merge(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in found)


def _by_first_row(merges: tuple[Merge, ...]) -> dict[int, list[Merge]]:
    found: dict[int, list[Merge]] = {}
    for merge in merges:
        if merge.last_row > merge.first_row:
            found.setdefault(merge.first_row, []).append(merge)
    return found


def _with_faults(row: Row, faults: Mapping[tuple[int, int], Fault]) -> Row:
    last = max(column for number, column in faults if number == row.number)
    values = [*row.values, *[""] * (last + 1 - len(row.values))]
    for column in range(len(values)):
        if fault := faults.get((row.number, column)):
            values[column] = fault
    return Row(row.number, values)


def _with_merged(row: Row, open_: list[tuple[Merge, Value]]) -> Row:
    values = list(row.values)
    for merge, value in open_:
        column = merge.first_column
        if column < len(values) and values[column] == "":
            values[column] = value
    return Row(row.number, values)
