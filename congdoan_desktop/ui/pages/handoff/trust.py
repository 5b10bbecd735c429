"""Khoá và tin cậy: who may write packages to whom, compared on paper and by eight words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.services import (
    chair_asked,
    key_changes,
    key_renewal,
    mailbox,
    root_holders,
    sheets,
    staff,
    trusting,
    units,
)
from congdoan_desktop.services.mailbox import Sent
from congdoan_desktop.services.trusting import KeyRow
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.handoff.accept_card import AcceptCard
from congdoan_desktop.ui.pages.handoff.approve_card import ApproveCard
from congdoan_desktop.ui.pages.handoff.enrol_card import EnrolCard, OwnKey
from congdoan_desktop.ui.pages.handoff.key_dialogs import RevokeDialog
from congdoan_desktop.ui.pages.handoff.root_card import RootCard
from congdoan_desktop.ui.pages.handoff.stick_bar import StickBar
from congdoan_desktop.ui.pages.handoff.trust_card import CHANGES
from congdoan_desktop.ui.pages.handoff.words import union

_ROOT_LEVEL = "tinh"
_COLUMNS = (
    Column("unit_name", "Đơn vị", least=140, show=union),
    Column("officer", "Cán bộ", 128, "name", under="title"),
    Column("machine", "Máy", 88, under="here"),
    Column("chip", "Tình trạng", 124, "state"),
    Column("act", "", 100, "action"),
)
_ROTATE = "Đổi khoá gốc của tỉnh?"
_ROTATION = (
    "Khoá cũ giới thiệu khoá mới rồi thôi ký. Các đơn vị đã tin khoá cũ tự nhận theo khi có danh sách tin cậy mới; đơn "
    "vị đăng ký từ nay cần phiếu mã gốc in lại."
)
_FURTHER, _HOLDS = "Máy này là máy thêm của tỉnh", "Máy này giữ khoá gốc của tỉnh"
_NEW_LIST = "Danh sách tin cậy mới đã nằm trong hộp gửi và tự đi theo mỗi USB về đơn vị."


@dataclass(frozen=True, slots=True)
class Standing:
    """Where this office stands: is it the province, has it a trust list, what did it hand in."""

    is_root: bool
    trusted: bool
    own: OwnKey
    enrolment: Sent | None
    enrolment_words: tuple[str, ...]
    keys: list[KeyRow]
    may_take_root: bool
    chair_asked: bool


class TrustTab(QWidget):
    """At the left what is to be done, by who we are; at the right the keys that hold."""

    send_wanted = Signal()

    def __init__(self, context: Context, bar: StickBar, banner: Banner) -> None:
        super().__init__()
        self._context, self._banner = context, banner
        self._further = False
        self.root = RootCard(context, banner)
        self.approve = ApproveCard(context, bar, banner)
        self.enrol = EnrolCard(context, banner)
        self.accept = AcceptCard(context, bar, banner)
        self.other = Button(_FURTHER, role="flat", on_click=self._change_part)
        self.other.setObjectName("further_computer")
        self.other.hide()
        self.keys = TableCard(_COLUMNS, Empty("key", "Khoá của các đơn vị đã công nhận nằm ở đây."))
        self.keys.table.setObjectName("keys")
        self.keys.table.setAccessibleName("Danh sách khoá")
        self.keys.table.action_clicked.connect(self._act)
        self.root.published.connect(self._changed)
        for part in (self.approve, self.enrol):
            part.send_wanted.connect(self.send_wanted)
        for card in (self.root, self.approve, self.enrol, self.accept):
            card.done.connect(self.reload)
            card.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self.approve, self.root, self.enrol, self.accept):
            column.addWidget(card)
        column.addWidget(self.other, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        holder = QWidget()
        holder.setLayout(column)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(label("Khoá đang được tin", "card"))
        right.addWidget(self.keys, 1)
        left = ScrollColumn(holder, (0, 0, 12, 0))
        left.setFixedWidth(theme.current().px(500))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(left)
        layout.addLayout(right, 1)

    def reload(self) -> None:
        self._context.runner.run(self._ask, done=self._show)

    def _change_part(self) -> None:
        self._further = not self._further
        self.reload()

    def look_at_stick(self) -> None:
        """Look again for files that ask to be trusted."""
        self.approve.look()
        self.accept.look()

    def _ask(self) -> Standing:
        office = self._context.office()
        handed_in = [sent for sent in mailbox.outbox(office) if sent.kind == "enrolment"]
        latest = handed_in[0] if handed_in else None
        words = sheets.enrolment_words(office, latest.id) if latest else ()
        giving_up = latest is not None and key_renewal.gives_up(office, latest.id)
        trusted, own = trusting.is_trusted(office), staff.standing(office, office.identity.key.key_id)
        return Standing(
            units.own(office).level == _ROOT_LEVEL, trusted, OwnKey(own, trusted, key_renewal.waits(office), giving_up),
            latest, words, trusting.keys(office), root_holders.may_take(office), chair_asked.is_asked(office),
        )  # fmt: skip

    def _show(self, standing: Standing) -> None:
        # A further computer of the province asks for admission like any other.
        open_, asked = standing.is_root and not standing.trusted, standing.enrolment is not None
        asks = not standing.is_root or (open_ and (asked or self._further))
        for card, shown in ((self.root, not asks), (self.approve, not asks), (self.enrol, asks), (self.accept, asks)):
            card.setVisible(shown)
        self.other.setText(_HOLDS if self._further else _FURTHER)
        self.other.setVisible(open_ and not asked)
        self.enrol.show_enrolment(standing.enrolment, standing.enrolment_words, standing.own)
        self.accept.set_trusted(standing.trusted)
        holds_root = any(key.own and key.root for key in standing.keys)
        self.root.show_root(holds=holds_root, may_take=standing.may_take_root, chair=standing.chair_asked)
        self.keys.set_rows([_row(number, key, holds_root) for number, key in enumerate(standing.keys)])

    # Keys that must count no more

    def _act(self, row: object, _column: str) -> None:
        assert isinstance(row, dict)
        key: KeyRow = row["key"]
        if not row["act"]:
            return
        if key.own:
            ConfirmDialog(self.window(), _ROTATE, _ROTATION, "Đổi khoá gốc", self._rotate, danger=True).open()
            return
        dialog = RevokeDialog(self, self._context, key)
        dialog.changed.connect(self._changed)
        dialog.open()

    def _rotate(self) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: key_changes.rotate_root(office()), done=self._rotated, failed=self._banner.show_error,
            title="Đang đổi khoá gốc", changes=CHANGES,
        )  # fmt: skip

    def _rotated(self, words: tuple[str, ...]) -> None:
        self.root.words.show_words(words)
        self._changed("Đã đổi khoá gốc. In lại phiếu mã gốc cho đơn vị đăng ký từ nay.")

    def _changed(self, said: str) -> None:
        self._banner.show_text("ok", said, _NEW_LIST, action="Ghi ra USB", on_action=self.send_wanted.emit)
        self.reload()


def _row(number: int, key: KeyRow, holds_root: bool) -> dict[str, object]:
    state = chips.REFUSED.with_word("Đã thu hồi") if key.revoked else chips.MET.with_word("Đang dùng")
    return {
        "id": number,
        "unit_name": key.unit_name,
        "officer": key.officer,
        "title": key.title,
        "machine": sheets.machine_name(key.installation),
        "here": "máy này" if key.own else "",
        "chip": state,
        "key": key,
        "act": _action(key) if holds_root and not key.revoked else "",
    }


def _action(key: KeyRow) -> str:
    """What the holder of the root may do with a key that counts."""
    return "Đổi khoá gốc" if key.own else "Thu hồi"
