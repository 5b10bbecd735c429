"""A page of entered records: filters, the list with its totals, and the editor that follows the row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.services import drafts, records
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.dialogs import ReasonDialog
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages import newer
from congdoan_desktop.ui.pages.entry import desk as desks
from congdoan_desktop.ui.pages.entry import exporting
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.editor import NEW, RecordEditor, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.history import HistoryDialog

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

Row = Mapping[str, object]
"""One line of the list: the columns' keys, "id", "name", "conflict", and in "locked" why it cannot be edited here.

What only a newer program can read has a line of `ui/pages/newer`.
"""
Query = Callable[["Office"], list[Row]]
DAY_COLUMN = Column("when", "Ngày", 66, sort="day")
WIDE_DAY = 108
OF_CAMPAIGN = "campaign:"
LOWER_KEEPS = "Đơn vị dưới giữ mục này; muốn sửa thì báo đơn vị đó."


class EntryPage(PageFrame):
    """What a subclass gives: columns and form, the query of the filters, and the way between form and record."""

    def __init__(self, context: Context, kind: RecordKind, columns: Sequence[Column], form: Form) -> None:
        super().__init__(kind.page_title)
        self.context, self.kind, self.form = context, kind, form
        self.desk = desks.unknown()
        self._wanted: str | None = None
        self._stale = True
        self._fresh = True
        self._asked = 0
        self._ready = False
        self._new_asked = False
        self._deleted: tuple[str, str] | None = None
        empty = Empty(kind.icon, kind.belongs, kind.first, self.open_new)
        self.list = self.made_list(columns, empty)
        self.table = self.list.table
        self.editor = RecordEditor(context, kind, form, self.writer)
        self._dress()
        self.set_body(self.list, self.editor)
        self.setFocusProxy(self.new_button)
        self._connect()

    # For the subclass

    def query(self) -> Query:
        """What the filters ask for, to be run on the database thread."""
        raise NotImplementedError

    def rows_shown(self, rows: Sequence[Row]) -> None:
        """Sum the rows up in the foot, and remember what repeats."""
        raise NotImplementedError

    def load_choices(self, office: Office) -> object:  # noqa: ARG002  # most pages need no more than the desk
        """What the form chooses from beside the desk; on the database thread."""
        return None

    def take_choices(self, found: object) -> None:
        """What `load_choices` found, before `choices_changed`."""

    def choices_changed(self) -> None:
        """`self.desk` is new: give the form and the filters their choices."""
        raise NotImplementedError

    def new_values(self, previous: Values | None) -> Values:
        """Of a blank record; `previous` was saved just before, and what repeats is taken from it."""
        raise NotImplementedError

    def passed_by(self, values: Values) -> Iterable[str]:
        """What Enter goes past in a record after the last one: all that was taken over from it."""
        return [name for name, value in values.items() if value not in (None, "", ())]

    def row_values(self, row: Row) -> Values:
        raise NotImplementedError

    def writer(self, values: Values, record: str) -> Write:
        """How a checked form is saved, as a new record ("") or the next version of `record`."""
        raise NotImplementedError

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        """(label, text) of a field of the record; ("", "") keeps it out of the history."""
        raise NotImplementedError

    # Building

    def made_list(self, columns: Sequence[Column], empty: Empty) -> TableCard:
        return TableCard(columns, empty, totals=True)

    def _dress(self) -> None:
        self.add_search(self.kind.search).setObjectName("search")
        copy = Button("Chép sang Excel", "table", on_click=self._copy_all)
        copy.setToolTip("Chép các dòng đang hiện để dán vào Excel")
        copy.setObjectName("copy_all")
        self.add_action(copy)
        self.add_action(exporting.button(self.choose_export))
        self.new_button = Button(self.kind.add, "plus", "primary", on_click=self.open_new)
        self.new_button.setToolTip(f"{self.kind.add} (Ctrl+N)")
        self.new_button.setObjectName("new")
        self.set_primary(self.new_button)
        self.table.setObjectName("rows")
        self.table.setAccessibleName(self.kind.page_title)

    def _connect(self) -> None:
        self.searched.connect(self.reload)
        self.list.filter_cleared.connect(self._clear_filters)
        self.table.row_selected.connect(self._follow)
        self.table.row_opened.connect(self._enter_editor)
        self.table.delete_asked.connect(lambda rows: self.ask_delete(rows[0]))
        self.editor.delete_asked.connect(self._delete_held)
        self.editor.history_asked.connect(self.show_history)
        self.editor.close_asked.connect(self._to_list)
        self.editor.stored.connect(self._stored)
        self.context.runner.changed.connect(self._changed)
        self._shortcut("Ctrl+H", self.show_history)
        self._shortcut("Ctrl+Z", self._undo)
        self._shortcut("Ctrl+E", self.choose_export)
        close = QShortcut(QKeySequence("Esc"), self.list)
        close.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        close.activated.connect(self.editor.close_asked)

    def add_menu_filter(self, name: str, text: str) -> FilterChip:
        chip = FilterChip(text, lambda _: self.reload(), choices=((None, text),))
        chip.setObjectName(f"filter_{name}")
        return self.add_filter(chip)

    def add_plain_filter(self, name: str, text: str, icon: str) -> FilterChip:
        chip = FilterChip(text, lambda _: self.reload(), icon=icon)
        chip.setObjectName(f"filter_{name}")
        return self.add_filter(chip)

    def add_conflict_filter(self) -> None:
        self._conflicts = self.add_plain_filter("conflict", "Mâu thuẫn", "git-merge")

    def add_columns_button(self) -> Button:
        button = Button("Cột", "columns", "flat")
        button.setObjectName("columns")
        button.clicked.connect(lambda: self.table.columns_menu().popup(button.mapToGlobal(button.rect().bottomLeft())))
        return self.add_filter_action(button)

    # The list

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale, self._fresh = False, True
            self._ask_desk()
            self.reload()
            QTimer.singleShot(0, self, self._offer_draft)

    def reload(self, *_: object) -> None:
        """Ask for the rows again; only the answer to the last question is shown."""
        self._asked += 1
        query, office, filtered = self.query(), self.context.office, self.is_filtered()

        def ask() -> list[Row]:
            unread = newer.rows(office(), self.kind.type, self.kind.one, self.kind.named_in)
            return newer.marked(query(office()), unread, only_found=filtered)

        self.context.runner.run(ask, done=partial(self._show_rows, self._asked))

    def _ask_desk(self) -> None:
        office, further = self.context.office, self.load_choices
        self.context.runner.run(lambda: (desks.load(office()), further(office())), done=self._take_desk)

    def _take_desk(self, found: tuple[Desk, object]) -> None:
        self.desk, further = found
        self._ready = True
        self.take_choices(further)
        self.choices_changed()
        if self._new_asked:
            self._new_asked = False
            self.open_new()

    def _show_rows(self, asked: int, rows: list[Row]) -> None:
        if asked != self._asked:
            return
        self.list.set_rows(rows, filtered=self.is_filtered())
        if self.table.rows.columns[0] is DAY_COLUMN:
            with_year = any(len(str(row["when"])) > len("31/12") for row in rows)
            self.table.widths.give(0, WIDE_DAY if with_year else DAY_COLUMN.width or 0)
        self.rows_shown([row for row in rows if not newer.is_bare(row)])
        self._take_focus(self.table if rows else self.new_button)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            if not self.table.select_id(wanted):
                self.editor.shut()
        self.renew_held()

    def renew_held(self) -> None:
        """What the list says of the record in the form, which another one may have written."""
        row = self.row_of(self.editor.record or "")
        if row is not None and not newer.is_bare(row):
            self.editor.renew(self.row_values(row))

    def _take_focus(self, goal: QWidget) -> None:
        """Keys must reach the page as soon as it is shown: its list, or its button while there is no list."""
        self.setFocusProxy(goal)
        typing = isinstance(typed := QApplication.focusWidget(), QLineEdit) and typed.text()
        if self._fresh and self.editor.record is None and not typing:
            goal.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fresh = False

    def _changed(self, changes: frozenset[str]) -> None:
        if not changes & (self.kind.touches | desks.CHANGED_BY):
            return
        if not self.isVisible():
            self._stale = True
            return
        if changes & desks.CHANGED_BY:
            self._ask_desk()
        self.reload()

    def _clear_filters(self) -> None:
        self.clear_filters()
        self.reload()

    def _copy_all(self) -> None:
        shown = self.table.rows.rows()
        QGuiApplication.clipboard().setText(self.table.as_tsv(shown))
        self.context.runner.notice.emit(f"Đã chép {len(shown)} dòng. Mở Excel rồi nhấn Ctrl+V.")

    def choose_export(self) -> None:
        """Ask where; the list as shown goes there."""
        self.export(self.all_rows())

    def export(self, rows: Callable[[Office], Iterable[object]]) -> None:
        title = self.kind.page_title
        save = partial(exporting.save, self, self.context, title, self.table, rows)
        exporting.ask(self, title, self.desk.today, save)

    def all_rows(self) -> Callable[[Office], Iterable[object]]:
        """Everything that the filters leave, to be read on the database thread."""
        shown = self.table.rows.rows()
        return lambda _: shown

    def row_of(self, record: str) -> Row | None:
        position = self.table.rows.position(record)
        row = self.table.rows.row(position) if position >= 0 else None
        return row if isinstance(row, Mapping) else None

    # The editor

    def open_new(self) -> None:
        """At once, or as soon as the form has its choices: a draft cannot be shown without them."""
        if not self._ready:
            self._new_asked = True
            return
        self.banner.clear()
        self.table.clearSelection()
        self.editor.open_new(self.new_values(None))

    def open_object(self, id_: str) -> None:
        """A record, "new" for what is being written, the type's name for its conflicts, "campaign:id" for its own."""
        if id_ in ("", "new"):
            self.open_new()
        elif id_ == self.kind.type:
            self.show_conflicts()
        elif id_.startswith(OF_CAMPAIGN):
            self._clear_filters()
            for chip in self.findChildren(FilterChip, "filter_campaign"):
                chip.choose(id_.removeprefix(OF_CAMPAIGN))
        else:
            self._wanted = id_
            self._clear_filters()

    def show_conflicts(self) -> None:
        """Only what a person must choose between."""
        self._conflicts.setChecked(True)

    def _follow(self, row: object) -> None:
        if not isinstance(row, Mapping) or row["id"] == self.editor.record:
            return
        if newer.is_bare(row):
            self.editor.open_unreadable(str(row["id"]), str(row["name"]))
        else:
            self.editor.open_record(str(row["id"]), str(row["name"]), self.row_values(row), locked=str(row["locked"]))
        if newer.is_newer(row):
            newer.explain(self.editor.banner, row)
        elif row["conflict"]:
            self.editor.banner.show_text(
                "warn", "Mục này có hai bản khác nhau.", action="Xem và chọn", on_action=self.show_history
            )

    def _enter_editor(self, row: object) -> None:
        self._follow(row)
        self.form.focus_first()

    def _to_list(self) -> None:
        self.table.clearSelection()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stored(self, ids: tuple[str, ...], again: bool) -> None:
        if again:
            self.table.clearSelection()
            values = self.new_values(self.form.values())
            self.editor.open_new(values)
            self.form.pass_by(self.passed_by(values))
        else:
            self._wanted = ids[0]

    def _offer_draft(self) -> None:
        office = self.context.office()
        at = drafts.waiting(office, self.kind.type).get(NEW)
        if at is not None and self.editor.record is None:
            self.banner.show_text(
                "info",
                f"Còn một {self.kind.one} đang ghi dở, giữ lúc {at[11:16]}.",
                action="Viết tiếp",
                on_action=self.open_new,
            )

    # Deleting, undoing, history

    def _delete_held(self) -> None:
        if self.editor.record and (row := self.row_of(self.editor.record)):
            self.ask_delete(row)

    def ask_delete(self, row: Row) -> None:
        if row["locked"]:
            return
        what = f"{self.kind.one} “{row['name']}”"
        dialog = ReasonDialog(self, what, partial(self._delete, str(row["id"]), what))
        dialog.setObjectName("delete_dialog")
        dialog.yes.setObjectName("delete_yes")
        dialog.open()

    def _delete(self, record: str, what: str, reason: str) -> None:
        office = self.context.office

        def after(_: object) -> None:
            self._deleted = (record, what)
            self.editor.forget()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.banner.show_text("ok", f"Đã xoá {what}.", action="Hoàn tác", on_action=self._undo)

        self.context.runner.save(
            lambda: records.delete(office(), record, reason),
            done=after,
            failed=self.banner.show_error,
            changes=self.kind.touches,
        )

    def _undo(self) -> None:
        if self._deleted is None:
            return
        record, what = self._deleted
        self._deleted = None
        office = self.context.office
        self._wanted = record
        self.context.runner.save(
            lambda: records.undelete(office(), record),
            done=lambda _: self.banner.show_text("ok", f"Đã lấy lại {what}."),
            failed=self.banner.show_error,
            changes=self.kind.touches,
        )

    def show_history(self) -> None:
        record = self.editor.record or ""
        if row := self.row_of(record):
            self.editor.keep_now()
            dialog = HistoryDialog(self, self.context, record, str(row["name"]), self.history_text, self.kind.touches)
            dialog.restored.connect(partial(self._restored, record))
            dialog.open()

    def _restored(self, record: str) -> None:
        self.editor.forget()
        self._wanted = record


def when(on: date, today: date) -> str:
    """A day as listed: without the year while it is this one."""
    return f"{on:%d/%m}" if on.year == today.year else short_date(on)
