"""Tổng quan: the plan's header in words, and what was recorded for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.services.campaign_ledger import CampaignView
from congdoan_desktop.ui.kit.basics import Button, card, label, row
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.pages.campaigns import words


class OverviewTab(QWidget):
    """Facts at the left; counts with the way to their pages at the right."""

    def __init__(self, go: Callable[[str], object]) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        facts = QWidget()
        inside = QVBoxLayout(facts)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.addLayout(self._grid)
        frame, holder = card(0, (1, 1, 1, 1))
        holder.addWidget(ScrollColumn(facts))
        self.activities = _Count("Hoạt động đã ghi", "Mở Hoạt động", "open_activities", lambda: go("activities"))
        self.supports = _Count("Chăm lo đã ghi", "Mở Chăm lo", "open_support", lambda: go("support"))
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.activities)
        right.addWidget(self.supports)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(frame, 5)
        layout.addLayout(right, 3)

    def show_view(self, view: CampaignView) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for at, (name, text) in enumerate(_facts(view)):
            self._grid.addWidget(label(name, "second"), at, 0, Qt.AlignmentFlag.AlignTop)
            said = label(text, wrap=True)
            said.setAccessibleName(f"{name}: {text}")
            self._grid.addWidget(said, at, 1)
        linked = view.linked
        self.activities.say(
            linked.activities,
            f"{group_thousands(linked.participants)} lượt người · {linked.units} đơn vị\n"
            f"Kinh phí {group_thousands(linked.activity_cost)} đ",
        )
        self.supports.say(
            linked.supports, f"{group_thousands(linked.people)} người\n{group_thousands(linked.support_amount)} đ"
        )


class _Count(QFrame):
    def __init__(self, title: str, link: str, name: str, on_open: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = title
        self._figure = label("–", "figure")
        self._words = label("", "second", wrap=True)
        button = Button(link, role="flat", on_click=on_open)
        button.setObjectName(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        head = row(label(title, "card"))
        head.addWidget(button)
        layout.addLayout(head)
        layout.addLayout(row(self._figure, self._words, spacing=16, stretch_last=True))

    def say(self, count: int, text: str) -> None:
        self._figure.setText(group_thousands(count))
        self._words.setText(text)
        self.setAccessibleName(f"{self._title}: {count}. {text}")


def _facts(view: CampaignView) -> list[tuple[str, str]]:
    campaign = view.campaign
    issued = f"{campaign.place}, ngày {short_date(campaign.issued_on)}" if campaign.issued_on else campaign.place
    signed = ", ".join(
        part for part in (campaign.signer_authority, campaign.signer_title, campaign.signer_name) if part
    )
    lines = [
        ("Trích yếu", campaign.title),
        ("Số, ký hiệu", campaign.number),
        ("Ban hành", " · ".join(part for part in (view.issuer, campaign.organ, issued) if part)),
        ("Chủ đề", campaign.theme),
        ("Thời gian", words.span(campaign.starts, campaign.ends)),
        ("Người ký", signed),
        ("Căn cứ", _listed(campaign.bases)),
        ("Nơi nhận", _listed(campaign.recipients)),
    ]
    return [(name, text) for name, text in lines if text]


def _listed(items: tuple[str, ...]) -> str:
    return "\n".join(f"– {item}" for item in items)
