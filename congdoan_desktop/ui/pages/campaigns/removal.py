"""Deleting a campaign with a reason, and bringing it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from congdoan_desktop.services import records
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.dialogs import ReasonDialog

TOUCHES = frozenset({"campaign"})


class Removal(QObject):
    """Says on `banner` what was deleted; Ctrl+Z of its page calls `undo`."""

    def __init__(self, page: QWidget, context: Context, banner: Banner) -> None:
        super().__init__(page)
        self._page, self._context, self._banner = page, context, banner
        self._deleted: tuple[str, str] | None = None

    def ask(self, record: str, what: str, *, gone: Callable[[], object] | None = None) -> None:
        """`gone` is called when it is deleted."""
        dialog = ReasonDialog(self._page, what, partial(self._delete, record, what, gone))
        dialog.setObjectName("delete_dialog")
        dialog.yes.setObjectName("delete_yes")
        dialog.open()

    def _delete(self, record: str, what: str, gone: Callable[[], object] | None, reason: str) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: records.delete(office(), record, reason),
            done=lambda _: self._say(record, what, gone),
            failed=self._banner.show_error,
            changes=TOUCHES,
        )

    def _say(self, record: str, what: str, gone: Callable[[], object] | None) -> None:
        self._deleted = (record, what)
        if gone is not None:
            gone()
        self._banner.show_text("ok", f"Đã xoá {what}.", action="Hoàn tác", on_action=self.undo)

    def undo(self) -> None:
        if self._deleted is None:
            return
        record, what = self._deleted
        self._deleted = None
        office = self._context.office
        self._context.runner.run(
            lambda: records.undelete(office(), record),
            done=lambda _: self._banner.show_text("ok", f"Đã lấy lại {what}."),
            failed=self._banner.show_error,
            changes=TOUCHES,
        )
