"""How a target's figure is computed, in sentences, with the plan's own words."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from congdoan_desktop.domain.indicators import INDICATORS
from congdoan_desktop.domain.money import format_ratio, group_thousands
from congdoan_desktop.services.campaign_ledger import CampaignView, TargetView
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import label, row
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.pages.campaigns import words

WIDTH = 320


class Explanation(QFrame):
    """The panel at the right of the detail."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.figure = label("", "step")
        self.figure.setObjectName("target_figure")
        self._texts = {
            name: label("", wrap=True) for name in ("Tử số", "Mẫu số", "Không tính", "Nguồn", "Câu gốc trong kế hoạch")
        }
        self._captions = {name: label(name, "second") for name in self._texts}
        inside = QWidget()
        texts = QVBoxLayout(inside)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(2)
        head = row(label("Cách tính", "card"))
        head.addWidget(self.figure)
        texts.addLayout(head)
        for name, text in self._texts.items():
            texts.addSpacing(6)
            texts.addWidget(self._captions[name])
            texts.addWidget(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(ScrollColumn(inside, (15, 10, 15, 10)))
        self._fit()

    def show_target(self, view: CampaignView, one: TargetView) -> None:
        target, total = one.sum.target, one.sum.total
        span = words.span(view.campaign.starts, view.campaign.ends)
        per_unit = INDICATORS[target.indicator].per_unit
        who = "CĐCS có " if per_unit else ""
        self._say("Tử số", f"{who}{words.how_counted(target) if per_unit else _counts(target.indicator)}, {span}.")
        self._say("Mẫu số", "Tất cả CĐCS đang có." if per_unit else f"Mức của kế hoạch: {target.level_text}.")
        self._say("Không tính", f"{target.note}." if target.note else "")
        self._say("Nguồn", _sources(view, one))
        self._say("Câu gốc trong kế hoạch", f"“{target.wording}”")
        goal = words.goal(target, total)
        counted = total.met is not None and bool(goal)
        parts = f"{group_thousands(total.numerator)} : {group_thousands(goal)}"
        self.figure.setText(f"{parts} = {format_ratio(total.numerator, goal)}" if counted else "chưa có số liệu")

    def _say(self, name: str, text: str) -> None:
        self._texts[name].setText(text)
        for part in (self._texts[name], self._captions[name]):
            part.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.current().px(WIDTH))


def _counts(indicator: str) -> str:
    said = words.COUNTED[INDICATORS[indicator].counts]
    return f"{said[:1].upper()}{said[1:]} của tất cả CĐCS"


def _sources(view: CampaignView, one: TargetView) -> str:
    lines = one.sum.lines
    packages = {name for line in lines for name in line.packages}
    if packages:
        return f"{len(packages)} gói báo cáo của {one.sum.received}/{one.sum.expected} đơn vị đã nhận."
    if any(line.reported is None for line in lines):
        return f"Chưa nhận gói báo cáo nào của {one.sum.expected} đơn vị."
    activities, supports = (group_thousands(count) for count in (view.linked.activities, view.linked.supports))
    return f"{activities} hoạt động và {supports} khoản chăm lo đã ghi."
