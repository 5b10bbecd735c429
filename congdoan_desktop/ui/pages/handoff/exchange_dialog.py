"""Trao hồ sơ: all records for our other computer, or a union's own records back to it after a loss."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congdoan_desktop.errors import AppError
from congdoan_desktop.services import exchanging
from congdoan_desktop.services.exchanging import Partner
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.form import Form

_OWN = "Máy khác của đơn vị mình nhận toàn bộ hồ sơ ở đây."
_BELOW = "Đơn vị dưới nhận lại những gì máy cũ của họ đã gửi lên; thứ chưa từng gửi thì không lấy lại được từ đây."
_HEIR = "Đơn vị mình đã sắp xếp xong: bàn giao toàn bộ hồ sơ đã ghi cho đơn vị giữ hồ sơ từ nay; họ trả lại biên nhận."
_THEN = "Hai máy sửa cùng một mục thì cả hai bản được giữ; Hộp nhận bày hai bản cạnh nhau để chọn."
_NOBODY = (
    "Chưa có máy nào khác được công nhận. Máy mới lập dữ liệu, làm tệp đăng ký; tỉnh công nhận là máy thêm của đơn vị; "
    "nhận danh sách tin cậy mới ở máy này rồi trao hồ sơ."
)


class ExchangeDialog(Dialog):
    """`made` is sent when the package lies in the outbox."""

    made = Signal()

    def __init__(self, parent: QWidget, context: Context, partners: list[Partner]) -> None:
        super().__init__(parent.window(), "Trao hồ sơ", "arrows-horizontal", "accent_text")
        self.setObjectName("exchange")
        self._context = context
        self.form = Form()
        names = [(one.unit, _name(one)) for one in partners]
        self.form.add(ChoiceField("receiver", "Trao cho", names, required=True))
        self.form.add(CheckField("pictures", "Kèm ảnh và bản quét"))
        if names:
            self.form.field("receiver").set_value(names[0][0])
        self.body.addWidget(self.form)
        for sentence in _sentences(partners):
            self.body.addWidget(label(sentence, "second", wrap=True))
        self.add_button(Button("Thôi", on_click=self.reject))
        self.make = self.add_button(Button("Đóng gói", "package", "primary", on_click=self._make))
        self.make.setObjectName("makeExchange")
        self.make.setEnabled(bool(partners))
        self.make.setDefault(True)
        self.form.last_left.connect(self.make.setFocus)

    def _make(self) -> None:
        if not self.form.check():
            return
        values, office = self.form.values(), self._context.office
        receiver, pictures = str(values["receiver"]), bool(values["pictures"])
        self._context.runner.run(
            lambda: exchanging.make(office(), receiver, pictures=pictures), done=self._made, failed=self._failed,
            title="Đang đóng gói", changes=frozenset({"package"}),
        )  # fmt: skip

    def _made(self, _package: object) -> None:
        self.accept()
        self.made.emit()

    def _failed(self, error: AppError) -> None:
        self.banner.show_error(error)


def _sentences(partners: list[Partner]) -> tuple[str, ...]:
    if not partners:
        return (_NOBODY,)
    own = (_OWN,) if any(one.own for one in partners) else ()
    below = (_BELOW,) if any(not (one.own or one.heir) for one in partners) else ()
    if any(one.heir for one in partners):
        return (_HEIR, *own, *below)
    return (*own, *below, _THEN)


def _name(one: Partner) -> str:
    if one.heir:
        return f"{one.name} (bàn giao hồ sơ)"
    return f"Máy khác của {one.name} ({one.computers} máy)" if one.own else one.name
