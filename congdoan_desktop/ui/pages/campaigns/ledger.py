"""The ledger of targets: each with its result against its mark, and below who is lacking and how it is computed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from congdoan_desktop.domain.money import format_ratio
from congdoan_desktop.domain.pace import MET
from congdoan_desktop.services import entered, origins, target_records, targets
from congdoan_desktop.services.campaign_ledger import CampaignView, TargetView
from congdoan_desktop.services.target_records import Behind
from congdoan_desktop.services.targets import Detail
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.bars import BarValue
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, card
from congdoan_desktop.ui.kit.chips import ChipLabel
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages import target_words
from congdoan_desktop.ui.pages.campaigns import lines
from congdoan_desktop.ui.pages.campaigns.entered_dialog import EnteredDialog
from congdoan_desktop.ui.pages.campaigns.explanation import Explanation
from congdoan_desktop.ui.pages.campaigns.lines import Part, UnitTables

NO_BAR = BarValue(0, 0)
_UNBOUND = 16_777_215  # what Qt takes for no limit
_ROW, _HEADER, _FEWEST = 41, 40, 1
_COLUMNS = (
    Column("number", "Số", 52, "number"),
    Column("wording", "Chỉ tiêu", None, "name", under="level", least=220),
    Column("numerator", "Tử số", 72, "number"),
    Column("denominator", "Mẫu số", 76, "number"),
    Column("ratio", "Kết quả", 84, "strong"),
    Column("bar", "Tiến độ so với mốc", 160, "bar"),
    Column("state", "Tình trạng", 204, "state"),
)


class LedgerTab(QWidget):
    """Targets above, the selected one below: tabs of its units, and how it is computed.

    Enter on a unit or a name shows the records behind it in a tab of their own, Enter on a record opens its page; Esc
    goes back to the units. What stands behind a figure is read when its target is selected.
    """

    opened = Signal(str, str)
    """A record is wanted: page and object."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._view: CampaignView | None = None
        self._parts: tuple[Part, ...] = ()
        self._shown: TargetView | None = None
        self._asked = 0
        self._left_at: list[int] = []
        """Where the records, and the units of a union, were opened from."""
        empty = Empty("list-checks", "Kế hoạch này không đặt chỉ tiêu bằng số.")
        self.targets = TableCard(_COLUMNS, empty)
        self.targets.table.setObjectName("targets")
        self.targets.table.setAccessibleName("Chỉ tiêu")
        self.title = ElidedLabel("", "card")
        self.chip = ChipLabel(chips.NO_DATA)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setObjectName("target_tabs")
        self.tabs.setAccessibleName("Đơn vị của chỉ tiêu")
        self.count_button = Button("Nhập số liệu tự đếm", "pencil-simple", "flat", on_click=self._enter_figures)
        self.count_button.setObjectName("enter_figures")
        self.units = UnitTables()
        self.explanation = Explanation()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.targets)
        layout.addWidget(self._detail(), 1)
        self.targets.table.row_selected.connect(self._choose)
        self.tabs.currentChanged.connect(self._turn)
        self.explanation.chosen.connect(self._answer)
        for shape in (lines.UNITS, lines.THINGS):
            self.units.tables[shape].table.row_opened.connect(self._dig)
        self.units.unions.table.row_opened.connect(self._open_union)
        records = self.units.tables[lines.RECORDS].table
        records.row_opened.connect(self._open_record)
        records.action_clicked.connect(lambda row, *_: self._open_record(row))

    def _detail(self) -> QWidget:
        self._frame, inside = card(0, (1, 8, 1, 1))
        head = QHBoxLayout()
        head.setContentsMargins(15, 0, 15, 2)
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addStretch(1)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 11, 11)
        below.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(15, 0, 15, 0)
        tabs.addWidget(self.tabs, 1, Qt.AlignmentFlag.AlignLeft)
        tabs.addWidget(self.count_button)
        left.addLayout(tabs)
        left.addWidget(self.units, 1)
        below.addLayout(left, 1)
        below.addWidget(self.explanation)
        inside.addLayout(head)
        inside.addLayout(below, 1)
        return self._frame

    def show_view(self, view: CampaignView, *, only_open: bool = False) -> None:
        self._view = view
        self.targets.set_rows(_row(number, one) for number, one in enumerate(view.targets, 1))
        self.targets.set_filter("", _is_open if only_open else None)
        self._fit()
        self._frame.setVisible(bool(view.targets))
        if view.targets and self.targets.table.selected_row() is None:
            self.targets.table.selectRow(0)

    def select(self, target: str) -> None:
        self.targets.table.select_id(target)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The ledger takes what its rows need, up to half of the page; without targets it takes all of it."""
        count, look = len(self._view.targets) if self._view else 0, theme.current()
        least, whole = look.px(_HEADER + _FEWEST * _ROW), look.px(_HEADER + count * _ROW)
        height = max(min(whole + 2, self.height() // 2), least)
        self.targets.setMinimumHeight(height if count else least)
        self.targets.setMaximumHeight(height if count else _UNBOUND)

    def _choose(self, row: object) -> None:
        if not isinstance(row, dict) or self._view is None:
            return
        one: TargetView = row["view"]
        is_other = self._shown is None or self._shown.sum.target.id != one.sum.target.id
        self._shown = one
        self.title.set_text(f"{row['number']} · {one.sum.target.wording}")
        self.chip.set_state(row["state"])
        self.explanation.show_target(self._view, one)
        self.count_button.setVisible(one.definition is not None and entered.is_entered(one.definition))
        if is_other:
            self._parts = lines.parts(one, None)
            self._left_at = []
            self._name_tabs(0)
        self._asked += 1
        office, id_, target, scope = self._context.office, self._view.id, one.sum.target.id, self._view.scope
        self._context.runner.run(
            lambda: targets.look_closer(office(), id_, target, scope),
            done=partial(self._show_detail, self._asked, one),
            failed=lambda _: None,  # the page itself says that the plan has gone
        )

    def _enter_figures(self) -> None:
        if self._view is not None and self._shown is not None and self._shown.definition is not None:
            target, definition = self._shown.sum.target, self._shown.definition
            EnteredDialog(self, self._context, self._view, target, definition).open()

    def _show_detail(self, asked: int, one: TargetView, detail: Detail) -> None:
        if asked == self._asked:
            self._parts = lines.parts(one, detail)
            self._left_at = []
            self._name_tabs(self.tabs.currentIndex())
            self.explanation.show_detail(one, detail)

    def _name_tabs(self, at: int) -> None:
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for part in self._parts:
            self.tabs.addTab(part.name)
        self.tabs.setCurrentIndex(min(max(at, 0), len(self._parts) - 1))
        self.tabs.blockSignals(False)
        self._turn(self.tabs.currentIndex())

    def _turn(self, at: int) -> None:
        if not 0 <= at < len(self._parts):
            return
        part = self._parts[at]
        self.units.show_part(part)
        if part.rows is not None or self._view is None or self._shown is None:
            return
        office, id_, target = self._context.office, self._view.id, self._shown.sum.target.id
        scope, asked = self._view.scope, self._asked
        if part.shape == lines.PERIODS:
            self._context.runner.run(
                lambda: lines.period_part(targets.by_period(office(), id_, target, scope)),
                done=partial(self._show_late, asked),
            )
        else:
            self._context.runner.run(
                lambda: lines.package_part(origins.origins(office(), id_, target, scope.until, scope.unit)),
                done=partial(self._show_late, asked),
            )

    def _show_late(self, asked: int, made: Part) -> None:
        """What was read when its tab was opened."""
        if asked != self._asked:
            return
        self._parts = tuple(made if part.shape == made.shape else part for part in self._parts)
        at = self.tabs.currentIndex()
        if self._parts[at].shape == made.shape:
            self.units.show_part(self._parts[at])

    # From a figure to its records, and back

    def _dig(self, row: object) -> None:
        if not isinstance(row, dict) or self._view is None or self._shown is None:
            return
        office, id_, target, chosen = self._context.office, self._view.id, self._shown.sum.target.id, str(row["id"])
        scope = self._view.scope
        self._context.runner.run(
            lambda: target_records.behind(office(), id_, target, chosen, scope),
            done=partial(self._show_records, self._asked, str(row["name"])),
        )

    def _show_records(self, asked: int, name: str, found: tuple[Behind, ...]) -> None:
        if asked != self._asked:
            return
        self._go_into(lines.record_part(name, found))

    def _open_union(self, row: object) -> None:
        """The units of a union that reports, as it reported them."""
        if not isinstance(row, dict) or self._view is None or self._shown is None:
            return
        one, office, id_ = self._shown, self._context.office, self._view.id
        scope = replace(self._view.scope, unit=str(row["id"]))
        self._context.runner.run(
            lambda: targets.look_closer(office(), id_, one.sum.target.id, scope),
            done=partial(self._show_units, self._asked, one, str(row["name"])),
        )

    def _show_units(self, asked: int, one: TargetView, name: str, detail: Detail) -> None:
        if asked == self._asked:
            self._go_into(lines.unit_part(name, one, detail))

    def _go_into(self, part: Part) -> None:
        at = self.tabs.currentIndex()
        if not self._parts[at].dug:
            self._parts, self._left_at = tuple(one for one in self._parts if not one.dug), []
        self._left_at.append(at)
        self._parts = (*self._parts[: max(at + 1, self._fixed())], part)
        self._name_tabs(len(self._parts) - 1)
        table = self.units.tables[part.shape].table
        table.setFocus()
        table.selectRow(0)

    def _fixed(self) -> int:
        return sum(not part.dug for part in self._parts)

    def go_back(self) -> bool:
        """From records to the units they belong to, from these to their union; False when nothing was opened."""
        at = self.tabs.currentIndex()
        if not self._parts or not self._parts[at].dug:
            return False
        self._parts = self._parts[:at]
        self._name_tabs(self._left_at.pop())
        self.units.tables[self._parts[self.tabs.currentIndex()].shape].table.setFocus()
        return True

    def _open_record(self, row: object) -> None:
        goal = lines.page_of(row) if isinstance(row, dict) else None
        if goal is not None:
            self.opened.emit(*goal)

    def _answer(self, question: str, option: str) -> None:
        if self._view is None or self._shown is None:
            return
        office, id_, target = self._context.office, self._view.id, self._shown.sum.target.id
        self._context.runner.run(
            lambda: targets.choose(office(), id_, target, question, option), changes=frozenset({"campaign"})
        )


def _is_open(row: object) -> bool:
    return isinstance(row, dict) and not row["met"]


def _row(number: int, one: TargetView) -> dict[str, object]:
    target, result = one.sum.target, one.sum.total
    counted = result.met is not None
    goal = target_words.goal(one.pace, result)
    return {
        "id": target.id,
        "view": one,
        "number": number,
        "met": one.pace.state == MET,
        "wording": target.wording,
        "level": " · ".join(part for part in (target.level_text, target.note) if part),
        "numerator": result.numerator if counted else None,
        "denominator": result.denominator if counted else None,
        "ratio": format_ratio(result.numerator, goal) if counted and goal else None,
        "bar": target_words.progress(one.pace, result) if counted else NO_BAR,
        "state": target_words.target_state(one.pace, one.definition),
    }
