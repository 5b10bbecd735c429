"""Đọc kế hoạch: the text at the left, what was read at the right; what is confirmed becomes a campaign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from congdoan_desktop.clock import Clock
from congdoan_desktop.errors import AppError, Cancelled, ValidationError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import plan_adoption, plan_desk, reading_drafts
from congdoan_desktop.services.plan_desk import Reading
from congdoan_desktop.services.plan_item import HeaderValue, Part
from congdoan_desktop.services.plan_review import Decision, Review
from congdoan_desktop.services.records import Saved
from congdoan_desktop.ui.choosing import choose_file
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.pages.plan_reading.change_card import ChangeCard
from congdoan_desktop.ui.pages.plan_reading.document_view import DocumentView
from congdoan_desktop.ui.pages.plan_reading.item_list import ItemList
from congdoan_desktop.ui.pages.plan_reading.start_view import FILES, StartView

TITLE = "Đọc kế hoạch"
_TOUCHES = frozenset({"campaign"})
_DRAFT_AFTER_MS = 1500


class ReadingPage(PageFrame):
    """Ctrl+O another file, Ctrl+S saves what was taken, Esc goes back and keeps the reading as it stands."""

    closed = Signal()
    stored = Signal(str)
    """Id of the campaign that was made."""

    def __init__(self, context: Context) -> None:
        super().__init__(TITLE)
        self.setObjectName("reading_page")
        self._context = context
        self._today: date = Clock().today()
        self._folder = Path.home()
        self._made = ""
        self._reading: Reading | None = None
        self.review: Review | None = None
        self.start, self.document, self.items, self.change = StartView(), DocumentView(), ItemList(), ChangeCard()
        self._right = QStackedWidget()
        self._right.addWidget(self.items)
        self._right.addWidget(self.change)
        self._both = self._sides()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        self._stack.addWidget(self._both)
        self.set_body(self._stack)
        self._add_buttons()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_DRAFT_AFTER_MS)
        self._keeping.timeout.connect(self._keep)
        self._connect()
        self._renew()

    def _sides(self) -> QWidget:
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.document, 10)
        line.addWidget(self._right, 9)
        return both

    def _add_buttons(self) -> None:
        self._counts = ElidedLabel("", "second")
        self._head.addWidget(self._counts)
        back = Button("Về danh sách (Esc)", "arrow-left", "icon", on_click=self.closed.emit)
        back.setObjectName("back")
        self._head.insertWidget(0, back)
        self._other = self.add_action(Button("Đọc tệp khác (Ctrl+O)", "folder-open", "icon", on_click=self.ask_file))
        self._other.setObjectName("other_file")
        self._sure = self.add_action(Button("", "checks", on_click=self._take_sure))
        self._sure.setObjectName("take_sure")
        self.save_button = self.set_primary(
            Button("Lưu thành phong trào", "floppy-disk", "primary", on_click=self.save)
        )
        self.save_button.setObjectName("save_reading")
        self.save_button.setToolTip("Lưu thành phong trào (Ctrl+S)")

    def _connect(self) -> None:
        self.start.file_asked.connect(self.ask_file)
        self.start.pasted.connect(self._read_pasted)
        self.document.place_clicked.connect(self._go_to_place)
        self.items.chosen.connect(self._paint)
        self.items.table.row_opened.connect(lambda _: self._take())
        self.items.table.delete_asked.connect(lambda _: self._leave())
        panel = self.items.panel
        panel.take_asked.connect(self._take)
        panel.edit_asked.connect(self._edit)
        panel.leave_asked.connect(self._leave)
        panel.again_asked.connect(self._again)
        self.change.changed.connect(self._changed)
        self.change.closed.connect(self._close_change)
        for keys, slot in (
            ("Ctrl+O", self.ask_file), ("Ctrl+S", self.save), ("F2", self._edit), ("Ctrl+Z", self._undo),
            ("Esc", self._escape),
        ):  # fmt: skip
            self._shortcut(keys, slot)

    # Reading

    def ask_file(self) -> None:
        choose_file(self, TITLE, FILES, self._folder, self.open_path)

    def open_path(self, path: Path) -> None:
        """Read a file; while that runs the strip below shows how far it is and stops it."""
        self._folder = path.parent
        office = self._context.office
        self._run(lambda progress: plan_desk.read_file(office(), path, progress), f"Đang đọc {path.name}")

    def _read_pasted(self, text: str) -> None:
        office = self._context.office
        self._run(lambda progress: plan_desk.read_pasted(office(), text, progress), "Đang đọc văn bản")

    def _run(self, work: Callable[[Progress], Reading], title: str) -> None:
        self.banner.clear()
        self._stack.setEnabled(False)
        self._context.runner.run(
            work, done=self._show, failed=self._refused, settled=self._ended, title=title, with_progress=True
        )

    def _ended(self) -> None:
        self._stack.setEnabled(True)
        if self.isVisible():
            (self.items.table if self.review is not None else self.start).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: AppError) -> None:
        if isinstance(error, Cancelled):
            self.banner.show_text("info", "Đã dừng đọc.", "Chưa có gì được ghi.")
        else:
            self.banner.show_error(error)

    def open_left(self) -> None:
        """The reading that was left when the program ended, else a file is asked for."""
        office = self._context.office
        self._context.runner.run(
            lambda progress: reading_drafts.restore(office(), progress), done=self._take_left, failed=self._refused,
            settled=self._ended, title="Đang mở lại kế hoạch đọc dở", with_progress=True,
        )  # fmt: skip

    def _take_left(self, left: tuple[Reading, Review] | None) -> None:
        if left is None:
            self.ask_file()
        else:
            self._show(*left)

    def _show(self, reading: Reading, review: Review | None = None) -> None:
        self._today, self._made, self._reading = reading.today, "", reading
        self.review = review or Review(reading.items)
        self.document.set_text(reading.text)
        self._stack.setCurrentWidget(self._both)
        self._right.setCurrentWidget(self.items)
        self.setFocusProxy(self.items.table)
        self.items.open(self.review)
        self.subtitle.set_text(" · ".join(part for part in (reading.number, reading.name) if part))
        self._renew()
        self._say(reading)

    def _say(self, reading: Reading) -> None:
        told = [] if reading.targets else ["Không tìm thấy chỉ tiêu nào trong văn bản này."]
        if reading.typed_in:
            told.append(f"Văn bản gõ bằng phông {reading.typed_in} đã được đổi sang Unicode.")
        if reading.known:
            told.append(f"Trong máy đã có kế hoạch số {reading.number}.")
        if told:
            self.banner.show_text("info", told[0], " ".join(told[1:]))

    # Deciding

    def _take(self) -> None:
        review, id_ = self.review, self.items.selected()
        if review is None or not id_:
            return
        if review.needs_change(id_):
            self._edit()
            return
        review.take(id_)
        self._go_on(id_)

    def _leave(self) -> None:
        if self.review is not None and (id_ := self.items.selected()):
            self.review.leave(id_)
            self._go_on(id_)

    def _again(self) -> None:
        if self.review is not None and (id_ := self.items.selected()):
            self.review.wait(id_)
            self.items.renew()
            self._decided()

    def _take_sure(self) -> None:
        if self.review is not None and self.review.take_sure():
            self._go_on(self.items.selected())

    def _undo(self) -> None:
        if self.review is not None and self._right.currentWidget() is self.items and self.review.undo():
            self.items.renew()
            self._decided()

    def _edit(self) -> None:
        review, id_ = self.review, self.items.selected()
        if review is None or not id_ or self._right.currentWidget() is self.change:
            return
        self._right.setCurrentWidget(self.change)
        self.change.open_item(review.item(id_), review.part(id_), self._today)

    def _changed(self, id_: str, part: Part) -> None:
        assert self.review is not None
        self.review.change(id_, part)
        self._close_change()
        self._go_on(id_)

    def _close_change(self) -> None:
        self._right.setCurrentWidget(self.items)
        self.items.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _escape(self) -> None:
        """Out of a change, which leaves the item as it was; else back to the list."""
        if self._right.currentWidget() is self.change and self._stack.currentWidget() is self._both:
            self._close_change()
        else:
            self.closed.emit()

    def _go_on(self, after: str) -> None:
        """To what is asked next; where nothing is, the cursor stays."""
        assert self.review is not None
        following = self.review.next_waiting(after)
        if following is not None:
            self.items.go_to(following)
        else:
            self.items.renew()
        self._decided()

    def _go_to_place(self, place: int) -> None:
        item = self.review.at(place) if self.review is not None else None
        if item is not None and self._right.currentWidget() is self.items:
            self.items.go_to(item)
            self.items.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Drafts

    def _decided(self) -> None:
        """Not restarted by further keys: whoever decides without pause is kept too."""
        self._renew()
        if not self._keeping.isActive():
            self._keeping.start()

    def _keep(self) -> None:
        if self._reading is not None and self.review is not None and not self._made:
            reading_drafts.keep(self._context.office(), self._reading, self.review)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._keeping.isActive():
            self._keeping.stop()
            self._keep()

    # Showing

    def _renew(self) -> None:
        review = self.review
        for widget in (self._counts, self._other, self._sure, self.save_button):
            widget.setVisible(review is not None)
        if review is None:
            return
        taken, left, waiting = (review.count(one) for one in (Decision.TAKEN, Decision.LEFT, Decision.WAITING))
        self._counts.set_text(f"{taken} đã nhận · {left} bỏ qua · {waiting} chờ")
        sure = len(review.sure())
        self._sure.set_text(f"Nhận {sure} mục chắc chắn" if sure else "Hết mục chắc chắn")
        self._sure.setEnabled(sure > 0)
        self.save_button.setEnabled(taken > 0)

    def _paint(self, selected: str) -> None:
        if self.review is not None:
            self.document.show_review(self.review, selected)

    # Saving

    def save(self) -> None:
        """Only what was taken; what waits is asked about once more."""
        review = self.review
        if review is None or not self.save_button.isEnabled():
            return
        waiting = review.count(Decision.WAITING)
        if not waiting:
            self._write()
            return
        text = "Mục chưa xem không được lưu. Văn bản và các mục vẫn ở đây để xem tiếp."
        dialog = ConfirmDialog(self, f"Còn {waiting} mục chưa xem", text, "Lưu các mục đã nhận", self._write)
        dialog.setObjectName("save_anyway")
        dialog.open()

    def _write(self) -> None:
        assert self.review is not None
        taken, office = self.review.taken(), self._context.office
        self.save_button.setEnabled(False)
        self._context.runner.run(
            lambda: plan_adoption.save(office(), taken), done=self._stored, failed=self._not_stored,
            settled=self._renew, title="Đang lưu kế hoạch", changes=_TOUCHES,
        )  # fmt: skip

    def _stored(self, saved: Saved) -> None:
        self._made = saved.ids[0]
        self._keeping.stop()
        reading_drafts.drop(self._context.office())
        self._context.runner.notice.emit("Đã lưu kế hoạch.")
        self.stored.emit(self._made)

    def undo_saving(self) -> None:
        """Take the campaign out again; the reading stands as it was."""
        office, made = self._context.office, self._made
        if made:
            self._made = ""
            self._keep()
            self._context.runner.run(lambda: plan_adoption.undo(office(), made), changes=_TOUCHES)

    def _not_stored(self, error: AppError) -> None:
        self.banner.show_error(error)
        if not isinstance(error, ValidationError) or self.review is None:
            return
        names = {finding.field for finding in error.findings}
        lacking = (i for i in self.review.items if isinstance(i.part, HeaderValue) and i.part.field in names)
        if (first := next(lacking, None)) is not None:
            self.items.go_to(first)
