"""Entering the figures that unions counted themselves for one target: a period, and a line for each CĐCS."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.indicators import Definition
from congdoan_desktop.domain.periods import Period
from congdoan_desktop.services import entered
from congdoan_desktop.services.campaign_ledger import CampaignView
from congdoan_desktop.services.entered import EnteredRow
from congdoan_desktop.services.records import Saved
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.dialogs import fitting
from congdoan_desktop.ui.kit.leaving import LeavingDialog
from congdoan_desktop.ui.pages.campaigns.entered_grid import DENOMINATOR, NUMERATOR, Grid, GridModel

CHANGES = frozenset({EnteredFigure.TYPE})
_WIDTH, _HEIGHT = 980, 560
_KEYS = "Enter: xuống dòng · Tab: sang phải · Ctrl+V: dán từ Excel · F6: ra khỏi bảng, trở lại"


class EnteredDialog(LeavingDialog):
    """Ctrl+S saves and stays."""

    def __init__(
        self, parent: QWidget, context: Context, view: CampaignView, target: Target, definition: Definition
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._indicator = target.indicator
        self._periods = entered.stretches(view.campaign)
        self._shown: Period | None = None
        self._unsaved = False
        self.setObjectName("entered_dialog")
        self.setWindowTitle("Nhập số liệu tự đếm")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(fitting(parent, _WIDTH, _HEIGHT))
        self.period = ChoiceField("entered_period", "Số liệu tính", _choices(self._periods), required=True)
        self.model = GridModel(target.indicator)
        self.grid = Grid(self.model)
        self.grid.setColumnHidden(DENOMINATOR, not definition.population)
        self.save_button = Button("Lưu", "floppy-disk", "primary", on_click=self.save)
        self.save_button.setObjectName("entered_save")
        self.save_button.setToolTip("Lưu (Ctrl+S)")
        self._lay_out(target)
        self.period.edited.connect(self._turn)
        self.model.edited.connect(self._edited)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        QShortcut(QKeySequence("F6"), self).activated.connect(self._other_side)
        # The period that was over last is the one whose figures are asked for now.
        over = [period for period in self._periods if period.ends <= view.today]
        self._ask(over[-1] if over else self._periods[0])

    def _lay_out(self, target: Target) -> None:
        close = Button("Đóng", on_click=self.reject)
        close.setObjectName("entered_close")
        foot = QHBoxLayout()
        foot.addWidget(label(_KEYS, "second"), 1)
        foot.addWidget(close)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label("Nhập số liệu tự đếm", "step"))
        layout.addWidget(label(target.wording, "second", wrap=True))
        layout.addWidget(self.banner)
        layout.addWidget(self.period)
        layout.addWidget(self.grid, 1)
        layout.addLayout(foot)

    def _other_side(self) -> None:
        (self.period if self.grid.isAncestorOf(self.focusWidget()) else self.grid).setFocus()

    def _turn(self) -> None:
        wanted = self.period.value()
        assert isinstance(wanted, Period)
        if self._unsaved and self._shown is not None:
            self.period.set_value(self._shown)
            self.banner.show_text("warn", "Còn số liệu chưa lưu.", "Lưu (Ctrl+S) rồi chọn kỳ khác.")
            return
        self._ask(wanted)

    def _ask(self, period: Period) -> None:
        office, indicator = self._context.office, self._indicator
        self._context.runner.run(
            lambda: (period, entered.listing(office(), indicator, period)),
            done=self._show,
            failed=self.banner.show_error,
        )

    def _show(self, found: tuple[Period, list[EnteredRow]]) -> None:
        self._shown, rows = found
        self._unsaved = False
        self.period.set_value(self._shown)
        self.model.begin(rows, self._shown)
        self.grid.setFocus()
        if rows:
            self.grid.setCurrentIndex(self.model.index(0, NUMERATOR))

    def _edited(self) -> None:
        self._unsaved = True

    def save(self) -> None:
        """Nothing is saved while a line cannot be read."""
        self.grid.setFocus()  # a cell that is still open is read when it loses the focus
        made, gone, wrong = self.model.figures()
        if wrong:
            self.banner.show_text("bad", f"Còn {wrong} dòng chưa đúng.", "Sửa các dòng có chữ đỏ rồi lưu lại.")
            return
        office = self._context.office
        self._context.runner.save(
            lambda: entered.save(office(), made, gone),
            done=self._saved,
            failed=self.banner.show_error,
            title="Đang lưu số liệu",
            changes=CHANGES,
        )

    def _saved(self, saved: Saved) -> None:
        self._unsaved = False
        text = " ".join(dict.fromkeys(warning.message for warning in saved.warnings))
        self.banner.show_text("ok", f"Đã lưu {len(saved.ids)} số liệu.", text)
        assert self._shown is not None
        self._ask(self._shown)

    def unsaved(self) -> object:
        return [list(line.texts.values()) for line in self.model.lines] if self._unsaved else []


def _choices(periods: tuple[Period, ...]) -> list[tuple[object, str]]:
    return [(one, f"{one.name} (từ {short_date(one.starts)} đến {short_date(one.ends)})") for one in periods]
