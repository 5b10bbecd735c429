"""Người giữ khoá gốc dự phòng: whom the root names beforehand, so that losing one computer does not lose the root."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congdoan_desktop.services import root_holders, sheets
from congdoan_desktop.services.root_holders import Holder
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import CheckField
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.pages.handoff.trust_card import CHANGES

_SENTENCE = (
    "Người được chỉ định nhận giữ khoá gốc được từ máy của mình, kể cả khi máy này hỏng hoặc mất: các đơn vị tự nhận "
    "theo. Chỉ chọn chủ tịch, phó chủ tịch mà ban thường vụ đã giao: thôi chỉ định ai thì khoá gốc phải đổi và phiếu "
    "mã gốc phải in lại."
)
_NOBODY = (
    "Chưa có khoá nào khác của chủ tịch, phó chủ tịch tỉnh được công nhận. Thêm cán bộ ở Thiết lập, hoặc đăng ký máy "
    "thứ hai của tỉnh và công nhận là máy thêm của đơn vị mình."
)
_DONE = {
    True: "Đã chỉ định người giữ khoá gốc dự phòng.",
    False: "Không còn ai được chỉ định giữ khoá gốc dự phòng.",
}


class HoldersDialog(Dialog):
    """`changed` is sent with what to say when the new list lies in the outbox."""

    changed = Signal(str)

    def __init__(self, parent: QWidget, context: Context, known: list[Holder]) -> None:
        super().__init__(parent.window(), "Người giữ khoá gốc dự phòng", "key", "accent_text")
        self.setObjectName("holders")
        self._context = context
        self.body.addWidget(label(_SENTENCE if known else _NOBODY, wrap=True))
        self.fields = [CheckField(one.key_id, _name(one)) for one in known]
        for field, one in zip(self.fields, known, strict=True):
            field.set_value(one.named)
            self.body.addWidget(field)
        self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(Button("Chỉ định", "key", "primary", on_click=self._appoint))
        self.yes.setObjectName("appointHolders")
        self.yes.setEnabled(bool(known))
        self.yes.setDefault(True)

    def _appoint(self) -> None:
        office, wanted = self._context.office, [field.name for field in self.fields if field.value()]
        self._context.runner.run(
            lambda: root_holders.appoint(office(), wanted), done=lambda _: self._done(bool(wanted)),
            failed=self.banner.show_error, title="Đang lập danh sách tin cậy mới", changes=CHANGES,
        )  # fmt: skip

    def _done(self, named: bool) -> None:
        self.accept()
        self.changed.emit(_DONE[named])


def _name(one: Holder) -> str:
    return f"{one.officer}, {one.title} – {sheets.machine_name(one.installation)}"
