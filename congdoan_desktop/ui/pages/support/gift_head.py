"""What all receivers of a gift list share, and the fund's balance beside the list's sum."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from congdoan_desktop.domain.funds import Balance
from congdoan_desktop.domain.money import group_thousands, money_in_words, parse_money
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.funds import FUNDS, KINDS
from congdoan_desktop.services.gift_lists import CAUSES, GiftHead, check_head
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import MoneyField
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.entry import desk as desks
from congdoan_desktop.ui.pages.entry.day_field import day_field
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.values import day, text

_WIDTH = 280
_MARGINS = (2, 4, 14, 12)
_LETTERS = {
    "fund": "Q", "kind": "H", "cause": "C", "on": "N", "campaign": "P", "cash": "T", "in_kind": "U", "goods": "V",
    "decision": "S", "members": "G",
}  # fmt: skip


class HeadForm(Form):
    def __init__(self) -> None:
        super().__init__(lambda values: check_head(head_of(values, self.desk), self.desk.today))
        self.desk = desks.unknown()
        self.again = TextField("again", "Lý do vẫn tặng người đã nhận", placeholder="đợt bổ sung")
        self.campaign = ChoiceField("campaign", "Kế hoạch, phong trào", placeholder="Không thuộc kế hoạch nào")
        self.add(ChoiceField("fund", "Quỹ, nguồn chi", _entries(FUNDS), required=True))
        self.add(ChoiceField("kind", "Hình thức", _entries(KINDS), required=True))
        self.add(ChoiceField("cause", "Hoàn cảnh chung", _entries(CAUSES), placeholder="Ghi ở từng dòng"))
        self.add(day_field("on", "Ngày trao", lambda: self.desk.today, required=True))
        self.add(self.campaign)
        self.add(
            MoneyField("cash", "Tiền mỗi suất", money_in_words, parse=parse_money),
            MoneyField("in_kind", "Quà mỗi suất", money_in_words, parse=parse_money),
        )
        self.add(TextField("goods", "Hiện vật", placeholder="01 túi quà"))
        self.add(TextField("decision", "Số quyết định", placeholder="15/QĐ-CĐX"))
        self.add(CheckField("members", "Người chưa có trong máy là đoàn viên"))
        self.add(self.again)
        self.again.hide()
        self.bind_access(_LETTERS)

    def take_choices(self, desk: Desk) -> None:
        fresh = not self.campaign.value()
        self.desk = desk
        self.campaign.set_choices(desk.campaign_choices())
        if fresh:
            self.campaign.set_value(desk.running_campaign())

    def ask_again(self, count: int) -> None:
        """So many lines name somebody who was given the same before; the reason is theirs alone."""
        self.again.set_hint(f"{count} người đã nhận trong đợt này." if count else "")
        self.again.setVisible(bool(count))
        if not count:
            self.again.set_value(None)

    def head(self) -> GiftHead:
        return head_of(self.values(), self.desk)


class BalanceCard(QFrame):
    """The balance, the list's sum, and what is left or lacking."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.balance, self.sum, self.left = label(), label(), label(role="strong", wrap=True)
        layout = QVBoxLayout(self)
        layout.addWidget(label("Số dư quỹ", "card"))
        for one in (self.balance, self.sum, self.left):
            layout.addWidget(one)

    def show_sums(self, balance: Balance | None, total: int) -> None:
        """`balance` None while no fund is chosen."""
        self.sum.setText(f"Danh sách này: {group_thousands(total)} đ")
        if balance is None:
            self.balance.setText("Chọn quỹ để xem số dư.")
            self.left.setText("")
            return
        left = balance.left - total
        self.balance.setText(f"Hiện có: {'−' if balance.left < 0 else ''}{group_thousands(abs(balance.left))} đ")
        word = "Còn lại" if left >= 0 else "Thiếu"
        self.left.setText(f"{word}: {group_thousands(abs(left))} đ\n{money_in_words(abs(left))}")
        self.left.setProperty("tone", "" if left >= 0 else "bad")
        self.left.style().polish(self.left)


class Side(QFrame):
    """The head's form, the balance, and the way to the next cell that is wrong."""

    def __init__(self, form: HeadForm) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(theme.current().px(_WIDTH))
        self.card = BalanceCard()
        self.wrong = label("", "second", wrap=True)
        self.next = Button("Tới ô sai tiếp theo (F8)")
        self.next.setObjectName("next_finding")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)
        layout.addWidget(self.wrong)
        layout.addWidget(self.next)
        layout.addWidget(ScrollColumn(form, _MARGINS), 1)


def head_of(values: Values, desk: Desk) -> GiftHead:
    return GiftHead(
        campaign=text(values["campaign"]) or None,
        cause=text(values["cause"]),
        kind=text(values["kind"]),
        fund=text(values["fund"]),
        on=day(values["on"] or desk.today),
        decision=text(values["decision"]),
        goods=text(values["goods"]),
        members=bool(values["members"]),
        again=text(values["again"]),
    )


def _entries(name: str) -> Sequence[tuple[object, str]]:
    return [(entry.code, entry.name) for entry in catalogue().entries(name)]
