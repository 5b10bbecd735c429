"""Thu hồi khoá, đổi khoá gốc: what follows is said before anything is done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.services import key_changes
from congdoan_desktop.services.key_changes import MOST_ON_THE_WAY
from congdoan_desktop.services.trusting import KeyRow
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import RadioField
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.number_fields import CountField
from congdoan_desktop.ui.pages.handoff.trust_card import CHANGES

_LOST, _LEFT = "lost", "left"
_REASONS = ((_LOST, "Mất máy hoặc lộ khoá"), (_LEFT, "Cán bộ thôi làm việc này"))
_SENTENCE = (
    "Gói đã nhập vẫn có giá trị. Gói mới ký bằng khoá này sẽ bị từ chối. Đơn vị muốn gửi tiếp thì đăng ký mã lại bằng "
    "phiếu giấy có dấu."
)


class RevokeDialog(Dialog):
    """`changed` is sent with what to say when the new list lies in the outbox."""

    changed = Signal(str)

    def __init__(self, parent: QWidget, context: Context, key: KeyRow) -> None:
        super().__init__(parent.window(), f"Thu hồi khoá của {key.officer}, {key.unit_name}?", "prohibit", "bad")
        self.setObjectName("revoke")
        self._context, self._key = context, key
        self.reason = RadioField("reason", "Vì sao", _REASONS)
        self.reason.set_value(_LOST)
        self.on_the_way = CountField("on_the_way", f"Số gói đang trên đường còn nhận (0 đến {MOST_ON_THE_WAY})")
        self.on_the_way.set_value(0)
        self.form = Form()
        self.form.add(self.reason)
        self.form.add(self.on_the_way)
        for widget in (label(_SENTENCE, wrap=True), self.form):
            self.body.addWidget(widget)
        self.reason.edited.connect(self._show_count)
        self._show_count()
        cancel = self.add_button(Button("Thôi", on_click=self.reject))
        cancel.setDefault(True)
        act = self.add_button(Button("Thu hồi khoá", "prohibit", "danger", on_click=self._revoke))
        act.setObjectName("revokeKey")
        self.form.last_left.connect(act.setFocus)

    def _show_count(self) -> None:
        """A lost key may be in strange hands, so nothing under way counts."""
        self.on_the_way.setVisible(self.reason.value() == _LEFT)

    def _revoke(self) -> None:
        if not self.form.check():
            return
        given = self.on_the_way.value() if self.reason.value() == _LEFT else 0
        count, office = int(str(given or 0)), self._context.office
        self._context.runner.run(
            lambda: key_changes.revoke(office(), self._key.key_id, on_the_way=count), done=lambda _: self._revoked(),
            failed=self._failed, title="Đang thu hồi khoá", changes=CHANGES,
        )  # fmt: skip

    def _revoked(self) -> None:
        self.accept()
        self.changed.emit(f"Đã thu hồi khoá của {self._key.officer}, {self._key.unit_name}.")

    def _failed(self, error: AppError) -> None:
        if isinstance(error, ValidationError):
            self.form.show_findings(error.findings)
        else:
            self.banner.show_error(error)
