"""Which part of the ledger is in sight: as of a day, of one unit below, only the targets that are not met."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from congdoan_desktop.domain.pace import MET
from congdoan_desktop.services.campaign_ledger import CampaignView
from congdoan_desktop.services.consolidation import Scope
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.day_chip import DayChip
from congdoan_desktop.ui.kit.pick_chip import PickChip

_INDENT = "   "


class ScopeChips(QWidget):
    def __init__(self, today: Callable[[], date], on_change: Callable[[], object]) -> None:
        super().__init__()
        self.day = DayChip("Đến ngày", today, lambda _: on_change())
        self.unit = PickChip("Đơn vị", lambda _: on_change())
        self.open = FilterChip("Chưa đạt", lambda _: on_change(), icon="clock")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for chip, name in ((self.day, "scope_day"), (self.unit, "scope_unit"), (self.open, "scope_open")):
            chip.setObjectName(name)
            line.addWidget(chip)

    def scope(self) -> Scope:
        day, unit = self.day.value(), self.unit.value()
        return Scope(day if isinstance(day, date) else None, str(unit or ""))

    def offer(self, view: CampaignView) -> None:
        """The units to choose from, and how many targets are not met."""
        self.unit.set_choices([(unit, f"{_INDENT * depth}{name}") for unit, name, depth in view.units])
        self.unit.setVisible(bool(view.units))
        count = sum(one.pace.state != MET for one in view.targets)
        self.open.set_text(f"Chưa đạt {count}")

    def clear(self) -> None:
        for chip in (self.day, self.unit, self.open):
            chip.clear()
