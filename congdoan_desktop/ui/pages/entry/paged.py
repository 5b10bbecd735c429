"""A page of entered records of which there may be 50,000: the list is read in pages, as far as it is in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.paged_model import PAGE, PagedModel
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages import newer
from congdoan_desktop.ui.pages.entry.page import EntryPage, Query, Row

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class Begun:
    """A list as asked for: how long it is, its first page, and the page in which the wanted record stands."""

    count: int
    rows: list[Row]
    summary: object
    further: Mapping[int, list[Row]] = field(default_factory=dict)
    """Rows by the place where they begin."""


Begin = Callable[["Office"], Begun]
_LONG = 5000
"""A shorter list is searched and sorted at once without anything read ahead."""


class PagedEntryPage(EntryPage):
    """A subclass gives the beginning of the list, and rows from any place of it on, instead of `query`."""

    model: PagedModel
    many_at_once = True
    """Whether several rows can be selected."""
    ahead: Callable[[Office], bool] | None = None
    """Reads a portion of what searching and sorting a long list need; True while there is more."""
    _reading_ahead = False

    # For the subclass

    def begin(self, goal: str | None) -> Begin:
        """What the filters ask for, with the page of record `goal`; to be run on the database thread."""
        raise NotImplementedError

    def further(self, starts: int) -> Query:
        """`PAGE` rows from a place on."""
        raise NotImplementedError

    def begun(self, summary: object) -> None:
        """Show what was counted."""
        raise NotImplementedError

    def sort_by(self, key: str, *, descending: bool) -> None:
        """The order asked for at the head of a column; the list is asked for again behind it."""
        raise NotImplementedError

    # The list

    def made_list(self, columns: Sequence[Column], empty: Empty) -> TableCard:
        self.model = PagedModel(columns)
        self._unread: list[Row] = []
        self.model.wanted.connect(self._read_on)
        self.model.sort_asked.connect(self._sort)
        return TableCard(columns, empty, totals=True, multi=self.many_at_once, model=self.model)

    def reload(self, *_: object) -> None:
        self._asked += 1
        held = self.table.selected_row()
        goal = self._wanted or (str(self.model.id_of(held)) if held is not None else None)
        begin, office, filtered = self.begin(goal), self.context.office, self.is_filtered()

        def ask() -> tuple[list[Row], Begun]:
            unread = [] if filtered else newer.rows(office(), self.kind.type, self.kind.one, self.kind.named_in)
            return list(unread), begin(office())

        self.context.runner.run(ask, done=partial(self._show_begun, self._asked, goal))

    def _show_begun(self, asked: int, goal: str | None, found: tuple[list[Row], Begun]) -> None:
        if asked != self._asked:
            return
        unread, begun = found
        self._unread, ahead = unread, len(unread)
        further = {starts + ahead: rows for starts, rows in begun.further.items()}
        self.model.begin(ahead + begun.count, [*unread, *begun.rows], further)
        self.list.rows_begun(filtered=self.is_filtered())
        self.begun(begun.summary)
        self._take_focus(self.table if begun.count else self.new_button)
        selected = goal is not None and self.table.select_id(goal)
        if self._wanted is not None and not selected:
            self.editor.shut()
        self._wanted = None
        self.renew_held()
        if self.ahead is not None and begun.count > _LONG and not self._reading_ahead:
            self._read_ahead(more=True)

    def _read_ahead(self, more: bool) -> None:
        """A portion in each turn of the line, so that whoever asks for anything waits for one at most."""
        read, office = self.ahead, self.context.office
        self._reading_ahead = more and read is not None
        if read is not None and self._reading_ahead:
            self.context.runner.run(lambda: read(office()), done=self._read_ahead)

    def _read_on(self, page: int) -> None:
        unread = self._unread[page * PAGE :]
        asked, office = self._asked, self.context.office
        query = self.further(max(page * PAGE - len(self._unread), 0))

        def show(rows: list[Row]) -> None:
            if asked == self._asked:
                self.model.add(page, [*unread, *rows][:PAGE])

        self.context.runner.run(lambda: query(office()), done=show)

    def _copy_all(self) -> None:
        """All that the filters leave, also what was not in sight yet."""
        read, office = self.all_rows(), self.context.office

        def copied(rows: list[object]) -> None:
            QGuiApplication.clipboard().setText(self.table.as_tsv(rows))
            self.context.runner.notice.emit(f"Đã chép {len(rows)} dòng. Mở Excel rồi nhấn Ctrl+V.")

        self.context.runner.run(lambda: list(read(office())), done=copied, title="Đang đọc danh sách")

    def ask_delete(self, row: Row) -> None:
        """A row that is not read yet is none that anybody has seen."""
        if row:
            super().ask_delete(row)

    def _sort(self, key: str, descending: bool) -> None:
        self.sort_by(key, descending=descending)
        if self.isVisible():
            self.reload()
