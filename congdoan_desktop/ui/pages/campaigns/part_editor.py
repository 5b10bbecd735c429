"""The parts of one kind: a table, and beside it the form of the part under the cursor or of the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.campaigns.part_kind import PartKind, Today

_WIDTH = 360


class PartEditor(QWidget):
    """Enter in the last field, or Ctrl+Enter, takes the part into the plan and begins the next one."""

    changed = Signal()
    """Something was typed, taken, moved or thrown out."""
    thrown_out = Signal(str)
    """A part left the plan; carries what to say. `put_back` takes it in again."""

    def __init__(self, kind: PartKind, today: Today) -> None:
        super().__init__()
        self.kind = kind
        self.form: Form = kind.form(today)
        self._parts: list[Any] = []
        self._at: int | None = None
        self._clean: dict[str, object] = self.form.raw()
        self._thrown: tuple[int, Any] | None = None
        self._names: Mapping[str, str] = {}
        self.list = TableCard(kind.columns, Empty(kind.icon, kind.belongs))
        self.list.table.setObjectName(f"plan_{kind.key}")
        self.list.table.setAccessibleName(kind.title)
        self.list.table.setSortingEnabled(False)
        self._lay_out()
        self._connect()
        self._show_form()

    def _lay_out(self) -> None:
        self._title = label("", "card")
        self.take_button = Button("", "plus", on_click=self.take)
        self._out = Button("Bỏ dòng này", "trash", "icon", on_click=self.throw_out)
        self._up = Button("Đưa lên", "caret-up", "icon", on_click=lambda: self._move(-1))
        self._down = Button("Đưa xuống", "caret-down", "icon", on_click=lambda: self._move(1))
        for button, name in ((self.take_button, "take"), (self._out, "out"), (self._up, "up"), (self._down, "down")):
            button.setObjectName(f"{self.kind.key}_{name}")
        self._panel = panel = QFrame()
        panel.setObjectName("editor")
        panel.setFixedWidth(theme.current().px(_WIDTH))
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 4)
        head.addWidget(self._title, 1)
        for button in (self._up, self._down, self._out):
            head.addWidget(button)
        foot = QFrame()
        foot.setObjectName("foot")
        line = QHBoxLayout(foot)
        line.setContentsMargins(12, 8, 12, 8)
        line.addStretch(1)
        line.addWidget(self.take_button)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addWidget(ScrollColumn(self.form), 1)
        inside.addWidget(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.list, 1)
        layout.addWidget(panel)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._panel.setFixedWidth(theme.current().px(_WIDTH))

    def _connect(self) -> None:
        self.form.edited.connect(self.changed)
        self.form.last_left.connect(self.take)
        self.list.table.row_selected.connect(self._follow)
        self.list.table.row_opened.connect(lambda _: self.form.focus_first())
        self.list.table.delete_asked.connect(lambda _: self.throw_out())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.take)

    # The parts

    def parts(self) -> tuple[Any, ...]:
        return tuple(self._parts)

    def set_parts(self, parts: Sequence[Any]) -> None:
        self._parts = list(parts)
        self._thrown = None
        self._renew()
        self.begin()

    def renew_parts(self, parts: Sequence[Any]) -> None:
        """The same parts, written otherwise; what is half typed stays."""
        if (written := list(parts)) != self._parts:
            self._parts = written
            self._renew()

    def begin(self) -> None:
        """An empty form for the next part."""
        self._at = None
        self.list.table.clearSelection()
        self._show_form()

    def settle(self) -> bool:
        """Take what stands in the form when it was touched; False when it cannot be taken and shows why."""
        return self.form.raw() == self._clean or self.take()

    def take(self) -> bool:
        """The part of the form into the plan; whether nothing was wrong with it."""
        if not self.form.check():
            return False
        old = self._parts[self._at] if self._at is not None else None
        part = self.kind.part(self.form.values(), old)
        if self._at is None:
            self._parts.append(part)
        else:
            self._parts[self._at] = part
        self._renew()
        self.begin()
        self.form.focus_first()
        self.changed.emit()
        return True

    def throw_out(self) -> None:
        if self._at is None:
            return
        self._thrown = (self._at, self._parts.pop(self._at))
        self._renew()
        self.begin()
        self.changed.emit()
        self.thrown_out.emit(f"Đã bỏ một {self.kind.one} khỏi kế hoạch.")

    def put_back(self) -> None:
        """Take in again what was thrown out last."""
        if self._thrown is None:
            return
        at, part = self._thrown
        self._thrown = None
        self._parts.insert(at, part)
        self._renew()
        self.changed.emit()

    def _move(self, step: int) -> None:
        if self._at is None or not 0 <= (goal := self._at + step) < len(self._parts) or not self._unchanged():
            return
        self._parts[self._at], self._parts[goal] = self._parts[goal], self._parts[self._at]
        self._at = goal
        self._renew()
        self.list.table.select_id(goal)
        self._show_form()
        self.changed.emit()

    # Showing

    def _renew(self) -> None:
        rows = ({"id": at, "number": at + 1, **self._row(part)} for at, part in enumerate(self._parts))
        self.list.table.blockSignals(True)
        self.list.set_rows(rows)
        self.list.table.blockSignals(False)

    def call(self, names: Mapping[str, str]) -> None:
        """What the ids in the rows are called."""
        if names != self._names:
            self._names = names
            self._renew()

    def _row(self, part: Any) -> dict[str, object]:
        row = self.kind.shown(self.form, self.kind.row(part))
        return {key: self._names.get(value, value) if isinstance(value, str) else value for key, value in row.items()}

    def _follow(self, row: object) -> None:
        if not isinstance(row, Mapping) or row["id"] == self._at:
            return
        if not self._unchanged():
            # What is half typed would be lost: it goes into the plan first, or its findings show.
            if not self.form.check():
                self.list.table.clearSelection()
                return
            self.take()
            self.list.table.select_id(row["id"])
        self._at = int(str(row["id"]))
        self._show_form()

    def _unchanged(self) -> bool:
        return self.form.raw() == self._clean

    def _show_form(self) -> None:
        held = self._at is not None
        self.form.set_values(self.kind.values(self._parts[self._at]) if self._at is not None else {})
        self._clean = self.form.raw()
        one = self.kind.one
        self._title.setText(f"{one[:1].upper()}{one[1:]} {self._at + 1}" if self._at is not None else f"Thêm {one}")
        self.take_button.set_text("Cập nhật" if held else f"Thêm {one}")
        self.take_button.set_icon("check" if held else "plus")
        self.take_button.setToolTip("Ctrl+Enter")
        for button in (self._out, self._up, self._down):
            button.setVisible(held)

    # Drafts

    def typing(self) -> list[object]:
        """What is half typed: which part it replaces, and the raw fields."""
        return [self._at, {} if self._unchanged() else self.form.raw()]

    def type_again(self, typing: object) -> None:
        at, raw = typing if isinstance(typing, list) and len(typing) == 2 else (None, {})
        self._at = at if isinstance(at, int) and at < len(self._parts) else None
        self._show_form()
        if isinstance(raw, dict):
            self.form.set_raw(raw)
