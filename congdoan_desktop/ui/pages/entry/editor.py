"""The editor of one record: its draft, its saving, and which record it holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.services import drafts, records
from congdoan_desktop.services.records import Saved
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import dialogs
from congdoan_desktop.ui.kit.editor import EditorPanel
from congdoan_desktop.ui.kit.form import DraftTimer, Form, Values
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.pages.attachments.strip import AttachmentStrip
from congdoan_desktop.ui.pages.attachments.words import TYPE as ATTACHMENTS
from congdoan_desktop.ui.pages.entry.kind import RecordKind

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

Write = Callable[["Office"], Saved]
Stored = tuple[Saved, AppError | None]
"""What was saved, and why its pictures could not be attached."""
NEW = ""
_TO_TYPE_OVER, _AS_IT_STANDS = Qt.FocusReason.TabFocusReason, Qt.FocusReason.OtherFocusReason
PICTURES, VERSION = "pictures", "version"
"""Under these names a draft keeps the pictures of a record not saved yet, and the version that it is built on."""


class RecordEditor(EditorPanel):
    """Holds a new record or one of the list. What is typed is kept as a draft until it is saved or thrown away."""

    stored = Signal(object, bool)
    """Ids of what was saved, and whether another one is to be entered."""
    refused = Signal(object)
    """The error for which it was not saved, after it was shown."""

    def __init__(self, context: Context, kind: RecordKind, form: Form, writer: Callable[[Values, str], Write]) -> None:
        super().__init__(form, delete=True, width=kind.width, later=True)
        self._context, self._kind, self._writer = context, kind, writer
        self.record: str | None = None
        """Id of the record held, "" for a new one, None while closed."""
        self.pictures: AttachmentStrip | None = None
        self._saved_values: Values = {}
        self._version: str | None = None
        """The one that is edited, None where it is not known."""
        self._title = ""
        self._busy = False
        self._saving: object = None
        """For which save the keys wait: one that ends lets none go that wait for the next."""
        self._draft_timer = DraftTimer(form, self._keep_draft)
        self._before: Values = {}
        """What stood in the form when it was saved last."""
        self._name_controls()
        self._bind_repeat()
        self._let_commands_wait()
        self.save_asked.connect(partial(self.save, again=False))
        self.save_and_new_asked.connect(partial(self.save, again=True))
        self.close_asked.connect(self.shut)
        self.hide()

    def _name_controls(self) -> None:
        names = ("save", "save_and_new", "history", "delete", "close")
        buttons = (self.save_button, self.new_button, self.history_button, self.delete_button, self.close_button)
        for button, name in zip(buttons, names, strict=True):
            button.setObjectName(name)

    def _bind_repeat(self) -> None:
        repeat = QShortcut(QKeySequence("Ctrl+D"), self)
        repeat.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        repeat.activated.connect(self.repeat_field)

    def _let_commands_wait(self) -> None:
        for keys, call in (
            (Qt.Key.Key_Return, self.save_and_new_asked.emit), (Qt.Key.Key_Enter, self.save_and_new_asked.emit),
            (Qt.Key.Key_S, self.save_asked.emit), (Qt.Key.Key_D, self.repeat_field),
        ):  # fmt: skip
            self.form.commands[QKeyCombination(Qt.KeyboardModifier.ControlModifier, keys).toCombined()] = call

    # Opening and closing

    def open_new(self, values: Values) -> None:
        """A blank record, or the one that was left half written."""
        self._open(NEW, self._kind.heading, values, "")
        first = self.form.field(self._kind.first_field)
        taken_over = values.get(first.name) is not None or (isinstance(first, SearchChoiceField) and first.value())
        self.form.go_to(self._kind.first_field, _TO_TYPE_OVER if taken_over else _AS_IT_STANDS)
        self.form.clear_findings()  # the field of the record before was left only now

    def open_record(self, record: str, title: str, values: Values, *, locked: str) -> None:
        """A record of the list; one that is `locked` for a reason can only be looked at."""
        self._open(record, title, values, locked)

    def open_unreadable(self, record: str, title: str) -> None:
        """A record of which only head and history can be shown; the caller says why."""
        self._open(record, title, {}, title, readable=False)

    def _open(self, record: str, title: str, values: Values, locked: str, *, readable: bool = True) -> None:
        self.keep_now()
        self.furnish()
        self.record, self._title, self._saved_values, self._version = record, title, values, None
        self._end_save()
        self.banner.clear()
        self.form.set_values(values)
        self.show_form(visible=readable)
        self._hold_pictures(record if readable else NEW, locked)
        if self.pictures is not None:
            self.pictures.setVisible(readable)
        self.set_heading(title)
        self.history_button.setVisible(record != NEW)
        self._lock(locked)
        if not locked:
            self._reopen_draft()
            self._ask_version()
        if self.form.focused() is None:
            self.to_top()
        self.show()

    def renew(self, values: Values) -> None:
        """The list says `values` of the record held: untouched it shows them, else saving will tell."""
        if not self.record or self._busy or values == self._saved_values:
            return
        if self._draft_timer.waiting or drafts.find(self._context.office(), self._kind.type, self.record):
            self._saved_values, self._version = values, ""
            return
        self._saved_values, self._version = values, None
        self.form.set_values(values)
        self._ask_version()

    def _ask_version(self) -> None:
        if self._version is None and self.record:
            office, type_, record = self._context.office, self._kind.type, self.record
            self._context.runner.run(
                lambda: records.standing(office(), type_, record), done=partial(self._take_version, record)
            )

    def _take_version(self, record: str, version: str) -> None:
        if record == self.record and self._version is None:
            self._version = version

    def shut(self) -> None:
        """Esc: what was typed stays as a draft."""
        self.keep_now()
        self.form.ahead.drop()
        self.record = None
        self.hide()

    def forget(self) -> None:
        """Close without keeping anything: the record is another one now, or gone."""
        self._drop_draft()
        self.record = None
        self.hide()

    def name_new(self, who: str) -> None:
        """Whom a new record is about stays in sight, wherever its form has been scrolled to."""
        if self.record == NEW:
            self.title.set_text(" · ".join(part for part in (self._kind.heading, who) if part))

    def _lock(self, locked: str) -> None:
        self.form.setEnabled(not locked)
        self.save_button.setVisible(not locked)
        self.new_button.setVisible(not locked)
        self.delete_button.setVisible(not locked and self.record != NEW)
        if locked:
            self.banner.show_text("info", "Chỉ xem.", locked)

    # Pictures

    def _hold_pictures(self, record: str, locked: str) -> None:
        if not self._kind.pictures:
            return
        if self.pictures is None:
            self.pictures = AttachmentStrip(self._context, self._kind.type, self.banner)
            self.add_below(self.pictures)
            self.pictures.edited.connect(self.form.edited)
        self.pictures.hold([record] if record != NEW else (), locked=bool(locked))

    # Drafts

    def keep_now(self) -> None:
        """Keep what the timer has not kept yet."""
        if self.record is not None and self._draft_timer.waiting:
            self._draft_timer.flush()

    def _keep_draft(self, raw: Values) -> None:
        if self.record is None:
            return
        if self.pictures is not None:
            raw |= {PICTURES: self.pictures.raw()}
        if self._version is not None:
            raw |= {VERSION: self._version}
        draft = drafts.keep(self._context.office(), self._kind.type, self.record, raw)
        self.set_state_line(f"Bản nháp đã giữ lúc {draft.at[11:16]} · chưa lưu")

    def _reopen_draft(self) -> None:
        assert self.record is not None
        draft = drafts.find(self._context.office(), self._kind.type, self.record)
        if draft is None:
            return
        self.form.set_raw(draft.values)
        built_on = draft.values.get(VERSION)
        self._version = built_on if isinstance(built_on, str) else None
        if self.pictures is not None:
            self.pictures.set_raw(draft.values.get(PICTURES))
        self.set_state_line(f"Bản nháp đã giữ lúc {draft.at[11:16]} · chưa lưu")
        self.banner.show_text(
            "info", "Viết tiếp bản nháp chưa lưu.", action="Bỏ bản nháp", on_action=self._discard_draft
        )

    def _discard_draft(self) -> None:
        self._drop_draft()
        self._version = None
        self._ask_version()
        self.banner.clear()
        self.form.set_values(self._saved_values)
        if self.pictures is not None:
            self.pictures.set_raw(None)
        self.set_state_line("")
        self.form.go_to(self._kind.first_field)

    def _drop_draft(self) -> None:
        self._draft_timer.drop()
        if self.record is not None:
            drafts.drop(self._context.office(), self._kind.type, self.record)

    # Saving

    def repeat_field(self) -> None:
        """Ctrl+D: the field with the cursor says what it said in the record saved before."""
        field = self.form.focused() if self.form.isEnabled() else None
        if field is not None and field.name in self._before:
            field.repeat(self._before[field.name])

    def save(self, *, again: bool) -> None:
        """Save when nothing is wrong, otherwise move to the first finding."""
        if self._busy or self.record is None or not self.form.isEnabled() or not self.form.check():
            return
        write = self._with_pictures(self._unchanged(self._writer(self.form.values(), self.record)))
        office = self._context.office
        self._busy = True
        self.set_busy(True)
        self._saving = object()
        self.form.ahead.hold(self._saving)
        self._context.runner.save(
            lambda: write(office()),
            done=partial(self._stored, again=again),
            failed=self._refused,
            settled=self._settled,
            title=f"Đang lưu {self._kind.one}",
            changes=self._kind.touches | ({ATTACHMENTS} if self._kind.pictures else set()),
        )

    def _unchanged(self, write: Write) -> Write:
        """The same, unless the record is another version by now than the one in the form."""
        type_, record, version = self._kind.type, self.record, self._version
        if not record or version is None:
            return write

        def guarded(office: Office) -> Saved:
            records.refuse_changed(office, type_, record, version)
            return write(office)

        return guarded

    def _with_pictures(self, write: Write) -> Callable[[Office], Stored]:
        return self.pictures.after(write) if self.pictures is not None else lambda office: (write(office), None)

    def _stored(self, stored: Stored, *, again: bool) -> None:
        saved, problem = stored
        if problem is not None:
            dialogs.show_error(self, problem)
        self._drop_draft()
        self._before = self.form.raw()
        self.record = None
        self._context.runner.notice.emit(f"Đã lưu {len(saved.ids)} {self._kind.one}.")
        self.stored.emit(saved.ids, again)

    def _refused(self, error: AppError) -> None:
        self._end_save()
        if isinstance(error, records.ChangedMeanwhile):
            self._version = error.version
        if isinstance(error, ValidationError):
            self.form.show_findings(error.findings)
        self.banner.show_error(error)
        self.refused.emit(error)

    def _settled(self) -> None:
        """Also after a bug; what was stored is held no more, and ends when a record is opened again."""
        if self.record is not None:
            self._end_save()

    def _end_save(self) -> None:
        self._busy = False
        self.set_busy(False)
        over, self._saving = self._saving, None
        if over is not None:
            # In the next turn: the form that comes is filled and has the focus by then.
            QTimer.singleShot(0, self, partial(self.form.ahead.release, over))
