"""One reorganisation: its fields and its paper at the left, before and after at the right, then one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.reorganising import Decision, Order
from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.services import reorganisation
from congdoan_desktop.services.org_preview import DEED_NAMES, Preview, UnitChange, UpperChange
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.dialogs import Dialog, fitting
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.values import day, text
from congdoan_desktop.ui.pages.units.order_kinds import Known, OrderKind

CHANGES = frozenset({"unit", "org_event", "headcount"})
_WIDTH, _HEIGHT, _FORM_WIDTH = 960, 500, 400
_AROUND = 250
"""Height of all that stands above and below the form, with a banner."""
_LEAST_HEIGHT = 260
_PREVIEW_AFTER_MS = 250
_WHAT = {
    "new": ChipState(DEED_NAMES["new"], "plus", "info"),
    "ended": ChipState(DEED_NAMES["ended"], "stop", "neu"),
    "moved": ChipState(DEED_NAMES["moved"], "arrow-circle-right", "warn"),
    "changed": ChipState(DEED_NAMES["changed"], "pencil-simple", "info"),
    "grown": ChipState(DEED_NAMES["grown"], "plus", "info"),
}
_COLUMNS = (
    Column("name", "Đơn vị", least=130, under="place"),
    Column("what", "Việc", 112, "state"),
    Column("before", "Trước", 58, "number"),
    Column("after", "Sau", 50, "number"),
    Column("records", "Mục ghi", 74, "number"),
)


class OrderDialog(Dialog):
    """`decided` is sent when the order is in the books, with the ids of its events."""

    decided = Signal(object)

    def __init__(self, parent: QWidget, context: Context, kind: OrderKind, known: Known, on: date) -> None:
        super().__init__(parent.window(), kind.title, kind.icon, "accent_text")
        self._parent_height = parent.window().height()
        self.setFixedWidth(fitting(parent, _WIDTH, _HEIGHT).width())
        self.setObjectName(f"order_{kind.key}")
        self._context, self._kind, self._known = context, kind, known
        self._asked = 0
        self._today = on
        self.form = Form(kind.check)
        kind.build(self.form, known)
        self._add_paper(on)
        self.sums = label("", wrap=True)
        self.sums.setObjectName("sums")
        self.table = TableCard(_COLUMNS, Empty("eye", "Điền các ô bên trái để xem trước và sau."))
        self.table.table.setAccessibleName("Đơn vị thay đổi")
        self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(Button("Ghi quyết định", "check", "primary", on_click=self._decide))
        self.yes.setObjectName("decide")
        self.form.last_left.connect(self.yes.setFocus)
        self._lay_out()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PREVIEW_AFTER_MS)
        self._later.timeout.connect(self._ask)
        self.form.edited.connect(self._later.start)
        self.form.left.connect(lambda _name: self._later.start())
        self._ask()

    def _add_paper(self, on: date) -> None:
        def read(typed: str) -> date:
            return parse_day(typed, today=self._today)

        self.form.add_heading("Quyết định")
        self.form.add(
            DateField("on", "Có hiệu lực từ ngày", read, lambda value: short_date(day(value)), required=True),
            TextField("number", "Số quyết định", limit=60, placeholder="12/QĐ-LĐLĐ"),
        )
        self.form.add(NoteField("reason", "Lý do", lines=2))
        self.form.field("on").set_value(on)

    def _lay_out(self) -> None:
        look = theme.current()
        column = ScrollColumn(self.form, (0, 4, 12, 8))
        column.setFixedWidth(look.px(_FORM_WIDTH))
        room = self._parent_height - look.px(_AROUND)
        column.setFixedHeight(max(min(look.px(_HEIGHT), room), look.px(_LEAST_HEIGHT)))
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(label("Trước và sau (số đoàn viên)", "card"))
        right.addWidget(self.sums)
        right.addWidget(self.table, 1)
        right.addWidget(
            label("Các mục đã ghi vẫn giữ đơn vị của mình; số liệu kỳ trước không đổi.", "second", wrap=True)
        )
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(column)
        both.addLayout(right, 1)
        self.body.addLayout(both, 1)

    def fill(self, values: Mapping[str, object]) -> None:
        """Values known beforehand."""
        for name, value in values.items():
            if value is not None:
                self.form.field(name).set_value(value)
        self.form.field("name").left.emit("name")
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.focus_first()

    # Before and after

    def _order(self) -> Order | None:
        return self._kind.order(self.form.values(), self._known)

    @property
    def decision(self) -> Decision | None:
        """The paper as it stands in the form, None without a day."""
        values = self.form.values()
        on = values["on"]
        if not isinstance(on, date):
            return None
        return Decision(on, text(values["number"]).strip(), text(values["reason"]).strip())

    def _ask(self) -> None:
        order, decision, office = self._order(), self.decision, self._context.office
        self._asked += 1
        if order is None or decision is None:
            self._show(self._asked, Preview((), (), ()))
            return
        self._context.runner.run(
            lambda: reorganisation.preview(office(), order, decision), done=partial(self._show, self._asked)
        )

    def _show(self, asked: int, seen: Preview) -> None:
        if asked != self._asked:
            return
        self.table.set_rows([_row(number, one) for number, one in enumerate(seen.units)])
        self.sums.setText("\n".join(_upper_line(one) for one in seen.uppers))
        wrong = [finding for finding in seen.findings if not finding.warning]
        told = wrong or list(seen.findings)
        if told:
            self.banner.show_text("bad" if wrong else "warn", " ".join(dict.fromkeys(one.message for one in told)))
        else:
            self.banner.clear()

    # Deciding

    def _decide(self) -> None:
        if not self.form.check():
            return
        order, decision, office = self._order(), self.decision, self._context.office
        if order is None or decision is None:
            self.banner.show_text("bad", "Chưa đủ thông tin để ghi quyết định.", "Điền các ô còn thiếu.")
            return
        self.yes.setEnabled(False)
        self._context.runner.run(
            lambda: reorganisation.decide(office(), order, decision),
            done=self._decided,
            failed=self._failed,
            settled=self._rest,
            title="Đang ghi quyết định",
            changes=CHANGES,
        )

    def _rest(self) -> None:
        self.yes.setEnabled(True)

    def _decided(self, saved: object) -> None:
        self.accept()
        self.decided.emit(saved)

    def _failed(self, error: AppError) -> None:
        if isinstance(error, ValidationError):
            told = " ".join(dict.fromkeys(f.message for f in error.findings if not f.warning))
            self.banner.show_text("bad", told, "Chưa có gì được ghi.")
        else:
            self.banner.show_error(error)


def _row(number: int, one: UnitChange) -> dict[str, object]:
    renamed = one.name_after if one.name_after != one.name else ""
    places = " → ".join(dict.fromkeys(part for part in (one.before, one.after) if part))
    return {
        "id": number,
        "name": f"{one.name} → {renamed}" if renamed else one.name,
        "place": places,
        "what": _WHAT[one.what],
        "before": one.members_before,
        "after": one.members_after,
        "records": one.records or None,
    }


def _upper_line(one: UpperChange) -> str:
    def change(before: int, after: int) -> str:
        shown = [group_thousands(before), group_thousands(after)]
        return " → ".join(dict.fromkeys(shown))

    units, members = change(one.units_before, one.units_after), change(one.members_before, one.members_after)
    return f"{one.name}: {units} CĐCS, {members} đoàn viên"
