"""The chair's confirmation of the package chosen in the outbox: who signed it, and a button for the chair."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from congdoan_desktop.errors import AppError
from congdoan_desktop.services import confirming, outgoing
from congdoan_desktop.services.confirming import CONFIRMED, Confirmation
from congdoan_desktop.services.mailbox import Sent
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel

_CHANGES = frozenset({"package"})
_WANTED = "Chờ chủ tịch xác nhận mới gửi được. Đã ký: {}"


class ConfirmBar(QWidget):
    """Hidden for packages that nobody confirms. `confirmed` tells what to say; `failed` gives the error."""

    confirmed = Signal(str)
    failed = Signal(object)
    carry_wanted = Signal(str)
    """The package that is to go to the chair at another computer."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._package = context, ""
        self.said = ElidedLabel("", "second")
        self.said.setObjectName("signedBy")
        self.confirm = Button("Xác nhận gói", "seal-check", on_click=self._confirm)
        self.confirm.setObjectName("confirmPackage")
        self.carry = Button("Ghi USB cho chủ tịch ký", "usb", on_click=lambda: self.carry_wanted.emit(self._package))
        self.carry.setObjectName("carryToChair")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.carry)
        layout.addWidget(self.confirm)
        self.hide()

    def show_package(self, package: Sent | None) -> None:
        self._package = package.id if package is not None and package.kind in CONFIRMED else ""
        self.hide()
        if self._package:
            self._context.runner.run(partial(self._ask, self._package), done=self._show, failed=lambda _: self.hide())

    def _ask(self, id_: str) -> tuple[str, Confirmation]:
        office = self._context.office()
        package = next(one for one in outgoing.outbox(office) if one.package_id == id_)
        return id_, confirming.of(office, package)

    def _show(self, found: tuple[str, Confirmation]) -> None:
        id_, confirmation = found
        if id_ != self._package:
            return
        names = "; ".join(confirmation.signers)
        self.said.set_text(_WANTED.format(names) if confirmation.wanted else f"Đã ký: {names}")
        self.confirm.setVisible(confirmation.can_confirm)
        self.carry.setVisible(confirmation.can_carry and not confirmation.can_confirm)
        self.show()

    def _confirm(self) -> None:
        office, id_ = self._context.office, self._package
        self._context.runner.run(
            lambda: confirming.confirm(office(), id_), done=partial(self._confirmed, id_), failed=self._failed,
            title="Đang xác nhận gói", changes=_CHANGES,
        )  # fmt: skip

    def _confirmed(self, id_: str, confirmation: Confirmation) -> None:
        self._show((id_, confirmation))
        self.confirmed.emit("Đã xác nhận gói. Ghi gói ra USB, kể cả khi đã ghi trước đó.")

    def _failed(self, error: AppError) -> None:
        self.failed.emit(error)
