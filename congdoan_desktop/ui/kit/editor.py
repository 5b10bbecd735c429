"""The panel that edits one record: head, scrolling form, and a foot that never scrolls away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.scroll import ScrollColumn

WIDTH = 340


class EditorPanel(QFrame):
    """Head with title and state of the draft, the form, and Lưu / Lưu và thêm mới.

    Ctrl+S saves, Ctrl+Enter saves and adds another, Esc closes (the draft stays), F8 and Shift+F8 walk through the
    findings. The panel itself saves nothing.
    """

    save_asked = Signal()
    save_and_new_asked = Signal()
    close_asked = Signal()
    delete_asked = Signal()
    history_asked = Signal()

    def __init__(
        self,
        form: Form,
        *,
        save: str = "Lưu",
        save_and_new: str = "Lưu và thêm mới",
        history: bool = False,
        delete: bool = False,
        width: int = WIDTH,
        later: bool = False,
    ) -> None:
        """With `later` it stays empty until `furnish`: whatever gets another parent is dressed again with all in it,
        which for a form of twenty fields takes half of what opening a page takes.
        """
        super().__init__()
        self.setObjectName("editor")
        self._base_width = width
        self.form = form
        self.title = ElidedLabel("", "card")
        self.subtitle = ElidedLabel("", "second")
        self.banner = Banner()
        self.save_button = Button(save, "floppy-disk", "primary", on_click=self.save_asked.emit)
        self.new_button = Button(save_and_new, on_click=self.save_and_new_asked.emit)
        self.history_button = Button("Lịch sử (Ctrl+H)", "clock-counter-clockwise", "icon")
        self.delete_button = Button("Xoá (Delete)", "trash", "icon")
        self.close_button = Button("Đóng (Esc)", "x", "icon", on_click=self.close_asked.emit)
        self.history_button.clicked.connect(self.history_asked)
        self.delete_button.clicked.connect(self.delete_asked)
        self._column: ScrollColumn | None = None
        if not later:
            self.furnish()
        self._hide_unwanted(
            {self.new_button: bool(save_and_new), self.history_button: history, self.delete_button: delete}
        )
        self._bind_keys(bool(save_and_new), history)
        form.last_left.connect(self._to_foot)
        self._fit()

    @staticmethod
    def _hide_unwanted(wanted: dict[Button, bool]) -> None:
        """Only hides: `setVisible(True)` before a widget has its parent shows a window of its own."""
        for button, on in wanted.items():
            if not on:
                button.hide()

    def furnish(self) -> None:
        """Lay out head, form and foot, unless they are already, and where the panel stands in the way of Tab."""
        if self._column is not None:
            return
        self._column = ScrollColumn(self.form)
        before = _before(self)
        self._lay_out(self._column)
        if before is not None:
            _put_into_chain(before, self)

    def _lay_out(self, column: ScrollColumn) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.banner)
        layout.addWidget(column, 1)
        layout.addStretch()  # takes the room while the form is out of sight
        layout.addWidget(self._foot())

    def _head(self) -> QFrame:
        head = QFrame()
        head.setObjectName("editorHead")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.subtitle)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 7, 8, 7)
        line.setSpacing(2)
        line.addLayout(texts, 1)
        for button in (self.history_button, self.delete_button, self.close_button):
            line.addWidget(button)
        return head

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        line = QHBoxLayout(foot)
        line.setContentsMargins(12, 8, 12, 8)
        line.addWidget(self.new_button)
        line.addStretch(1)
        line.addWidget(self.save_button)
        QWidget.setTabOrder(self.new_button, self.save_button)
        return foot

    def _bind_keys(self, with_new: bool, history: bool) -> None:
        keys: list[tuple[str, object]] = [
            ("Ctrl+S", self.save_asked),
            ("Esc", self.close_asked),
            ("F8", lambda: self._walk(1)),
            ("Shift+F8", lambda: self._walk(-1)),
        ]
        if with_new:
            keys += [("Ctrl+Return", self.save_and_new_asked), ("Ctrl+Enter", self.save_and_new_asked)]
        if history:
            keys.append(("Ctrl+H", self.history_asked))
        for key, target in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(target)

    def set_heading(self, title: str, state: str = "") -> None:
        """The record ("Thăm hỏi ốm đau dài ngày") and how it is kept ("Bản nháp đã giữ lúc 10:32 · chưa lưu")."""
        self.title.set_text(title)
        self.set_state_line(state)

    def add_below(self, widget: QWidget) -> None:
        """Something between form and foot, which does not scroll away and can be used while the form is locked."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, widget)
        before = _before(self.new_button)
        if before is not None:
            _put_into_chain(before, widget)

    def show_form(self, *, visible: bool) -> None:
        """A record that cannot be read leaves only head and banner."""
        assert self._column is not None
        self._column.setVisible(visible)

    def to_top(self) -> None:
        """Another record begins at its first field."""
        assert self._column is not None
        self._column.verticalScrollBar().setValue(0)

    def set_state_line(self, state: str) -> None:
        self.subtitle.set_text(state)
        self.subtitle.setVisible(bool(state))

    def set_busy(self, busy: bool) -> None:
        """While a save runs the buttons rest; the fields stay."""
        self.save_button.setEnabled(not busy)
        self.new_button.setEnabled(not busy)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.current().px(self._base_width))

    def _to_foot(self) -> None:
        self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _walk(self, step: int) -> None:
        self.form.go_to_finding(step)


def _before(panel: QWidget) -> QWidget | None:
    """The control from which Tab comes to the panel, None while it stands in no window."""
    found = panel.previousInFocusChain()
    while found is not None and found is not panel and found.focusPolicy() == Qt.FocusPolicy.NoFocus:
        found = found.previousInFocusChain()
    return None if found is panel else found


def _put_into_chain(before: QWidget, panel: QWidget) -> None:
    """Qt put what came late behind everything else in the window."""
    inside: list[QWidget] = []
    widget = panel.window().previousInFocusChain()
    while widget is not None and panel.isAncestorOf(widget):
        inside.append(widget)
        widget = widget.previousInFocusChain()
    for each in reversed(inside):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus.value:
            QWidget.setTabOrder(before, each)
            before = each
