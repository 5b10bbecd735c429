"""A package of our union on a stick, as its chair reads it before signing; or the signature on its way home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.services import chair_away, paper
from congdoan_desktop.services.chair_away import Carried, Turn
from congdoan_desktop.services.mailbox import kind_name
from congdoan_desktop.services.office import Office
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.chips import ChipLabel
from congdoan_desktop.ui.kit.dialogs import Dialog, fitting
from congdoan_desktop.ui.kit.paper_view import PaperView
from congdoan_desktop.ui.pages.handoff import words
from congdoan_desktop.ui.pages.handoff.package_dialog import facts_grid

_WIDTH, _NARROW, _HEIGHT, _AROUND, _SHOWN_FIGURES = 1080, 560, 556, 136, 8
_BACK = "Mang USB về máy đã lập gói: ở đó bấm “Nhận và gửi tất cả”, chữ ký vào hộp gửi và gói được gửi đi."
SAID = {
    Turn.SIGN: "Xem số liệu và bản in rồi mới ký: chữ ký của chủ tịch đi cùng gói đến đơn vị nhận.",
    Turn.SIGNED: _BACK,
    Turn.HOME: "Chủ tịch đã ký ở máy khác. Đưa chữ ký về hộp gửi thì gói gửi được.",
    Turn.WAITS: "Gói này do máy này lập và chưa có thêm chữ ký. Đưa USB sang máy của chủ tịch.",
    Turn.NOT_OURS: "Chỉ chủ tịch (phó chủ tịch) có mã đang được tin mới ký được gói này.",
}
CHIPS = {
    Turn.SIGN: chips.WAITING.with_word("Chờ ký"),
    Turn.SIGNED: chips.MET.with_word("Đã ký"),
    Turn.HOME: chips.MET.with_word("Chủ tịch đã ký"),
    Turn.WAITS: chips.WAITING.with_word("Chờ chủ tịch"),
    Turn.NOT_OURS: chips.WAITING.with_word("Chờ chủ tịch"),
}
"""Whose turn it is, as the list and the dialog show it."""


@dataclass(frozen=True, slots=True)
class Act:
    """What the button does, and what is said of it afterwards."""

    button: str
    name: str
    work: Callable[[Office, Path], object]
    title: str
    said: str
    todo: str


ACTS = {
    Turn.SIGN: Act("Ký xác nhận", "signPackage", chair_away.sign, "Đang ký gói", "Đã ký xác nhận gói.", _BACK),
    Turn.HOME: Act(
        "Đưa chữ ký về hộp gửi", "bringHome", chair_away.bring_home, "Đang nhận chữ ký",
        "Chữ ký của chủ tịch đã vào hộp gửi; gói gửi được.", "Ghi gói ra USB ở thẻ Gửi bằng USB.",
    ),
}  # fmt: skip


class SignDialog(Dialog):
    """Nothing is signed before `agreed` is sent."""

    agreed = Signal()

    def __init__(self, parent: QWidget, context: Context, carried: Carried, shapes: tuple[float, ...]) -> None:
        super().__init__(
            parent.window(), f"{kind_name(carried.kind, carried.about)} của đơn vị mình", "seal-check", "accent_text"
        )
        self.setObjectName("signDialog")
        self._context, self._carried = context, carried
        size = fitting(parent, _WIDTH if shapes else _NARROW, _HEIGHT)
        self.setFixedWidth(size.width())
        facts = self._facts()
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(facts, 1)
        if shapes:
            columns.addWidget(self._paper(shapes, size))
        self.body.addLayout(columns)
        self.add_button(Button("Đóng", on_click=self.reject)).setObjectName("closeSign")
        if (act := ACTS.get(carried.turn)) is not None:
            button = self.add_button(Button(act.button, "seal-check", "primary", on_click=self._agree))
            button.setObjectName(act.name)
            button.setDefault(True)

    def _facts(self) -> QVBoxLayout:
        carried = self._carried
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(ChipLabel(CHIPS[carried.turn]))
        column.addLayout(facts_grid(_lines(carried)))
        for name, numerator, denominator in carried.figures[:_SHOWN_FIGURES]:
            column.addWidget(label(f"{name}: {words.figure((numerator, denominator))}", wrap=True))
        if (more := len(carried.figures) - _SHOWN_FIGURES) > 0:
            column.addWidget(label(f"và {more} chỉ tiêu khác, xem ở bản in", "second"))
        column.addWidget(label(SAID[carried.turn], "strong", wrap=True))
        column.addStretch(1)
        return column

    def _paper(self, shapes: tuple[float, ...], size: QSize) -> PaperView:
        view = PaperView()
        view.setFixedSize(size.width() * 4 // 7, size.height() - theme.current().px(_AROUND))
        view.set_pages(self._draw, shapes)
        return view

    def _draw(self, page: int, width: int, give: Callable[[bytes], None]) -> None:
        pdf = self._carried.pdf
        assert pdf is not None
        self._context.runner.run(partial(paper.page_picture, pdf, page, width), done=give)

    def _agree(self) -> None:
        self.agreed.emit()
        self.accept()


def _lines(carried: Carried) -> list[tuple[str, str]]:
    return [
        ("Người lập", carried.officer),
        ("Lập lúc", words.moment(carried.made_at)),
        ("Gửi cho", carried.receiver),
        ("Kế hoạch", carried.subject or "chưa có ở máy này"),
        ("Kỳ", carried.period or "–"),
        ("Hồ sơ kèm theo", f"{carried.records} dòng, mã hoá cho nơi nhận"),
        ("Đã ký", "; ".join(carried.signers)),
    ]
