"""The strip of pictures below a record's form.

Those of a record that is saved are attached at once. A new record has none yet: its pictures are prepared and kept,
named by its draft, and attached when it is saved, to each of the records that the form makes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from congdoan_desktop.domain.attachments import PHOTO, SCAN
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import attachments, records
from congdoan_desktop.services.attachments import AttachmentRow, Ready, Staged, Taken
from congdoan_desktop.services.records import Saved
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.choosing import choose_files
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import ReasonDialog
from congdoan_desktop.ui.pages.attachments import loading, staging, words
from congdoan_desktop.ui.pages.attachments.loading import Loaded
from congdoan_desktop.ui.pages.attachments.thumbnails import SIDE, Thumbnail, Thumbnails, offer, sources_of

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

Sources = Sequence[attachments.Source]


class AttachmentStrip(QFrame):
    edited = Signal()
    """Pictures of a new record came or went: its draft is to be kept."""

    def __init__(self, context: Context, owner_type: str, banner: Banner) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._context, self._type, self._banner = context, owner_type, banner
        self._owners: tuple[str, ...] = ()
        self._staged: list[Staged] = []
        self._rows: list[AttachmentRow] = []
        self._images: dict[str, Thumbnail] = {}
        self._removed: str | None = None
        self._asked = self._held = 0
        self.list = Thumbnails()
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        self._title = label("", "label")
        self.photo_button = Button("Ảnh", "plus", "flat", on_click=partial(self.choose, PHOTO))
        self.scan_button = Button("Bản quét", "plus", "flat", on_click=partial(self.choose, SCAN))
        self.paste_button = Button("Dán", role="flat", on_click=self.paste)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self._title)
        line.addStretch(1)
        for button, name, tip in (
            (self.photo_button, "attach_photo", "Đính kèm ảnh: chọn tệp, hoặc kéo thả vào đây"),
            (self.scan_button, "attach_scan", "Đính kèm bản quét (ảnh hoặc PDF): giữ chữ rõ nét"),
            (self.paste_button, "attach_paste", "Dán ảnh đã chép (Ctrl+V)"),
        ):
            button.setObjectName(name)
            button.setToolTip(tip)
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 2, 4, 4)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.list)

    def _connect(self) -> None:
        self.setAcceptDrops(True)
        self.list.opened.connect(self.open)
        self.list.removed.connect(self.ask_remove)
        self.list.pasted.connect(self.paste)
        self.list.undone.connect(self.undo)
        self._context.runner.changed.connect(self._changed)

    # Which record

    def hold(self, owners: Sequence[str], *, locked: bool = False) -> None:
        """The records whose pictures are shown; none for one that is not saved yet."""
        self._owners, self._rows, self._staged, self._images, self._removed = tuple(owners), [], [], {}, None
        for button in (self.photo_button, self.scan_button, self.paste_button):
            button.setVisible(not locked)
        self._asked += 1
        self._held += 1
        self._show()
        self._load()

    @property
    def _locked(self) -> bool:
        return self.photo_button.isHidden()

    def _changed(self, changes: frozenset[str]) -> None:
        if changes & words.CHANGES and self._owners:
            self._load()

    def _load(self) -> None:
        """Whoever walks on through the list does not wait for the pictures of the rows behind."""
        if not self._owners:
            return
        self._asked += 1
        asked, owner, office, side = self._asked, self._owners[0], self._context.office, theme.current().px(SIDE)
        self._context.runner.run(
            lambda: loading.loaded(office(), owner, side) if asked == self._asked else None, done=self._take
        )

    def _take(self, found: Loaded | None) -> None:
        if found is not None and self._owners[:1] == (found.owner,):
            self._rows, self._images = found.rows, dict(found.images)
            self._show()

    def _show(self) -> None:
        shown = [self._images.get(one.digest) or Thumbnail("Ảnh", None) for one in self._staged]
        shown += [self._images.get(row.id) or Thumbnail(words.NOT_HERE, None) for row in self._rows]
        self._title.setText(f"Ảnh, bản quét ({len(shown)})" if shown else "Ảnh, bản quét")
        self.list.setVisible(bool(shown))
        self.list.show_all(shown)

    # Drafts of a record that is not saved yet

    def raw(self) -> list[dict[str, Any]]:
        return staging.as_json(self._staged)

    def set_raw(self, raw: object) -> None:
        self._staged = staging.out_of(raw)
        self._show()
        self._draw_staged()

    def after(self, write: Callable[[Office], Saved]) -> Callable[[Office], tuple[Saved, AppError | None]]:
        """Save, then attach what waits; a picture that cannot be attached does not undo the saving."""
        staged = tuple(self._staged)

        def saved(office: Office) -> tuple[Saved, AppError | None]:
            done = write(office)
            try:
                if staged:
                    attachments.add(office, self._type, done.ids, staged)
            except AppError as error:
                return done, error
            return done, None

        return saved

    # Attaching

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        offer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        offer(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if sources := sources_of(event.mimeData()):
            event.acceptProposedAction()
            self.attach(sources, PHOTO)

    def choose(self, kind: str) -> None:
        pictures = Path.home()
        choose_files(self, "Chọn ảnh hoặc bản quét", words.FILES, pictures, lambda paths: self.attach(paths, kind))

    def paste(self) -> None:
        sources = sources_of(QGuiApplication.clipboard().mimeData())
        if sources:
            self.attach(sources, PHOTO)
        else:
            self._banner.show_text("info", "Chưa có ảnh nào được chép.", "Chép ảnh hoặc tệp ảnh trước, rồi dán.")

    def attach(self, sources: Sources, kind: str) -> None:
        """Prepare and attach, with progress; one that cannot be read is named by its file."""
        if self._locked or not sources:
            return
        self._context.runner.run_beside(
            lambda progress: attachments.make_ready(sources, kind, progress),
            done=partial(self._keep, self._owners, self._held, sources),
            failed=self._banner.show_error,
            title="Đang đính kèm ảnh",
        )

    def _keep(self, owners: tuple[str, ...], held: int, sources: Sources, ready: Ready) -> None:
        if not owners and held != self._held:
            self._banner.show_text("warn", *words.TOO_LATE)
            return
        office, type_ = self._context.office, self._type

        def work() -> Taken:
            if owners:
                return attachments.attach_ready(office(), type_, owners, ready)
            return attachments.keep(office(), ready)

        self._context.runner.run(
            work,
            done=partial(self._attached, owners, held, sources),
            failed=self._banner.show_error,
            changes=words.CHANGES if owners else frozenset(),
        )

    def _attached(self, owners: tuple[str, ...], held: int, sources: Sources, taken: Taken) -> None:
        if not owners and held != self._held:
            self._banner.show_text("warn", *words.TOO_LATE)
            return
        if not owners:
            known = {one.digest for one in self._staged}
            self._staged += [one for one in taken.pictures if one.digest not in known]
            self._show()
            self._draw_staged()
            self.edited.emit()
        tone, what, rest = words.attached(taken, sources, waiting=not owners)
        if tone == "ok":
            self._context.runner.notice.emit(what)
        else:
            self._banner.show_text(tone, what, rest)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw_staged(self) -> None:
        waiting = [one.digest for one in self._staged if one.digest not in self._images]
        if waiting:
            office, side = self._context.office, theme.current().px(SIDE)
            self._context.runner.run(lambda: loading.staged(office(), waiting, side), done=self._take_staged)

    def _take_staged(self, images: Mapping[str, Thumbnail]) -> None:
        self._images.update(images)
        self._show()

    # Looking, taking off, bringing back

    def open(self, at: int) -> None:
        """The viewer; of a new record's pictures too."""
        from congdoan_desktop.ui.pages.attachments.viewer import PictureDialog

        shown = [(one.digest, None) for one in self._staged] + [(row.attachment.digest, row) for row in self._rows]
        dialog = PictureDialog(self.window(), self._context, shown, at, locked=self._locked)
        dialog.remove_asked.connect(self.ask_remove)
        dialog.open()

    def ask_remove(self, at: int) -> None:
        if self._locked:
            return
        if at < len(self._staged):
            self._staged.pop(at)
            self._show()
            self.edited.emit()
            return
        row = self._rows[at - len(self._staged)]
        what = f"“{words.named(row.attachment)}”"
        ReasonDialog(self.window(), what, partial(self._remove, row.id), verb="Gỡ").open()

    def _remove(self, id_: str, reason: str) -> None:
        office = self._context.office

        def done(_: object) -> None:
            self._removed = id_
            self._banner.show_text("ok", "Đã gỡ một ảnh.", action="Hoàn tác", on_action=self.undo)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

        self._context.runner.run(
            lambda: records.delete(office(), id_, reason),
            done=done,
            failed=self._banner.show_error,
            changes=words.CHANGES,
        )

    def undo(self) -> None:
        if self._removed is None:
            return
        id_, self._removed = self._removed, None
        office = self._context.office
        self._context.runner.run(
            lambda: records.undelete(office(), id_),
            done=lambda _: self._banner.show_text("ok", "Đã lấy lại ảnh."),
            failed=self._banner.show_error,
            changes=words.CHANGES,
        )
