"""Xét duyệt: a report as the level above reads it; it goes back with faults and a deadline, or its period is locked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.reviews import RETURNED, Fault
from congdoan_desktop.errors import AppError, Finding, ValidationError
from congdoan_desktop.services import adjusting, reviews
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reviews import FigureChange, Look, Subject
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.day_field import day_field
from congdoan_desktop.ui.pages.handoff import words
from congdoan_desktop.ui.pages.handoff.cells import cells

_WIDTH, _FIGURES_HEIGHT, _FAULTS_HEIGHT = 780, 140, 120
_FIGURES = (
    Column("name", "Chỉ tiêu", least=260),
    Column("before", "Gói trước", 110, "number"),
    Column("now", "Gói này", 110, "number"),
    Column("change", "", 90),
)
_FAULTS = (
    Column("about", "Chỗ cần sửa", least=220),
    Column("message", "Nhận xét", least=260),
    Column("drop", "", 60, "action"),
)
_LATE = (
    "Kỳ này đã khoá với một gói khác; gói này đến muộn nên số liệu của nó chưa được tính. Mở lại kỳ, hoặc điều chỉnh "
    "phần chênh lệch vào kỳ sau."
)
_STALE = "Điều chỉnh đã cũ: sau gói đã điều chỉnh còn có gói mới hơn cho kỳ này."
_ASKED = {True: "Đã sửa", False: "Chưa sửa"}


class ReviewDialog(Dialog):
    """`ruled` is sent after a receipt was made; it lies in the outbox."""

    ruled = Signal(str)

    def __init__(self, parent: QWidget, context: Context, look: Look, today: Callable[[], date]) -> None:
        super().__init__(
            parent.window(), f"Xét duyệt báo cáo {look.period} của {look.unit_name}", "checks", "accent_text"
        )
        self.setObjectName("review")
        self.setFixedWidth(theme.current().px(_WIDTH))
        self._context, self._look, self._today = context, look, today
        self._faults: list[tuple[Fault, str]] = []
        self.figures = _table(_FIGURES, "Gói này không có số liệu chỉ tiêu.", "reviewFigures", _FIGURES_HEIGHT)
        self.figures.set_rows([_figure_row(figure) for figure in look.figures])
        for widget in (*_history(look), self.figures):
            self.body.addWidget(widget)
        self.add_button(Button("Đóng", on_click=self.reject))
        if look.locked:
            self._lay_out_lock()
            self.form.focus_first()
        else:
            self._lay_out_open()
            self.add_form.focus_first()

    def _lay_out_lock(self) -> None:
        self.form = Form()
        reason = "Lý do mở lại kỳ hoặc điều chỉnh" if self._look.late else "Lý do mở lại kỳ"
        self.form.add(NoteField("note", reason, required=True, lines=2))
        if self._look.late:
            self._ask_for_later_period()
        self.body.addWidget(self.form)
        self._button("Mở lại kỳ", "arrow-counter-clockwise", "danger", "reopen", self._reopen)
        if self._look.late:
            self._button("Điều chỉnh vào kỳ sau", "calendar-plus", "primary", "adjust", self._adjust)

    def _ask_for_later_period(self) -> None:
        """The day after the locked period begins the next one, as a rule."""
        assert self._look.review is not None
        day = day_field("on", "Điều chỉnh tính vào kỳ có ngày", self._today)
        self.form.add(day)
        day.set_value(self._look.review.ends + timedelta(days=1))

    def _lay_out_open(self) -> None:
        choices = [(subject, _subject_text(subject)) for subject in self._look.subjects]
        self.subject = ChoiceField("subject", "Chỗ cần sửa", choices, required=True)
        self.message = TextField("message", "Nhận xét", required=True)
        self.add_form = Form()
        self.cell = ChoiceField("cell", "Ô", placeholder="Cả dòng")
        self.subject.edited.connect(self._offer_cells)
        self.add_form.add(self.subject, self.cell, self.message, stretch=(4, 2, 5))
        self.faults = _table(_FAULTS, "Chưa nêu chỗ cần sửa nào.", "reviewFaults", _FAULTS_HEIGHT)
        self.faults.table.action_clicked.connect(self._drop)
        add = Button("Thêm chỗ cần sửa", "plus", on_click=self._add)
        add.setObjectName("addFault")
        self.add_form.last_left.connect(self._add)
        self.form = Form()
        self.form.add(
            day_field("deadline", "Hạn gửi lại", self._today), TextField("note", "Lời dặn chung"), stretch=(1, 3)
        )
        self.body.addWidget(self.add_form)
        self.body.addWidget(add, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(self.faults)
        self.body.addWidget(self.form)
        self._button("Trả lại để sửa", "arrow-u-up-left", "", "sendBack", self._send_back)
        self._button("Duyệt và khoá kỳ", "check-circle", "primary", "approve", self._approve)

    def _button(self, text: str, icon: str, role: str, name: str, act: Callable[[], None]) -> None:
        made = Button(text, icon, role, on_click=act) if role else Button(text, icon, on_click=act)
        made.setObjectName(name)
        self.add_button(made)

    # Faults

    def _add(self) -> None:
        if not self.add_form.check():
            return
        subject = self.subject.value()
        assert isinstance(subject, Subject)
        cell = str(self.cell.value() or "")
        fault = Fault(str(self.message.value()), subject.record, subject.target, cell)
        about = f"{_subject_text(subject)}, ô {cell}" if cell else _subject_text(subject)
        self._faults.append((fault, about))
        self.add_form.set_values({})
        self.cell.set_choices(())
        self._show_faults()

    def _offer_cells(self) -> None:
        subject = self.subject.value()
        found = cells(subject) if isinstance(subject, Subject) else ()
        self.cell.set_choices([(cell, cell) for cell in found])

    def _drop(self, row: object, _column: str) -> None:
        assert isinstance(row, dict)
        del self._faults[row["id"]]
        self._show_faults()

    def _show_faults(self) -> None:
        self.faults.set_rows(
            [
                {"id": at, "about": about, "message": fault.message, "drop": "Bỏ"}
                for at, (fault, about) in enumerate(self._faults)
            ]
        )

    def unsaved(self) -> object:
        """Faults in the list are in no book yet either."""
        return [super().unsaved(), *self._faults] if self._faults else super().unsaved()

    # Ruling

    def _send_back(self) -> None:
        values = self.form.values()
        faults, deadline = tuple(fault for fault, _ in self._faults), values["deadline"]
        note, package = str(values["note"] or ""), self._look.package
        day = deadline if isinstance(deadline, date) else None
        self._rule(
            lambda office: reviews.send_back(office, package, faults, day, note),
            f"Đã trả lại báo cáo của {self._look.unit_name}.",
        )

    def _approve(self) -> None:
        note, package = str(self.form.values()["note"] or ""), self._look.package
        self._rule(lambda office: reviews.approve(office, package, note), f"Đã duyệt và khoá {self._look.period}.")

    def _reopen(self) -> None:
        note, package = str(self.form.values()["note"] or ""), self._look.package
        self._rule(lambda office: reviews.reopen(office, package, note), f"Đã mở lại {self._look.period}.")

    def _adjust(self) -> None:
        values, package = self.form.values(), self._look.package
        note, on = str(values["note"] or ""), values["on"]
        if not isinstance(on, date):
            self.form.show_findings((Finding("on", "Ghi ngày đầu của kỳ sau."),))
            return
        said = f"Đã điều chỉnh số liệu {self._look.period} vào kỳ có ngày {short_date(on)}."
        self._rule(lambda office: adjusting.adjust(office, package, on, note), said)

    def _rule(self, act: Callable[[Office], object], said: str) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: act(office()), done=lambda _: self._ruled(said), failed=self._failed,
            title="Đang lập biên nhận", changes=words.ALL_RECORDS,
        )  # fmt: skip

    def _ruled(self, said: str) -> None:
        self.accept()
        self.ruled.emit(said)

    def _failed(self, error: AppError) -> None:
        if isinstance(error, ValidationError):
            self.form.show_findings(error.findings)
        else:
            self.banner.show_error(error)


def _table(columns: tuple[Column, ...], empty: str, name: str, height: int) -> TableCard:
    made = TableCard(columns, Empty("list-checks", empty))
    made.table.setObjectName(name)
    made.table.setAccessibleName(columns[0].title)
    made.setFixedHeight(theme.current().px(height))
    return made


def _history(look: Look) -> list[QWidget]:
    """What was said before: the lock, the late package, what was asked for and whether it was done."""
    said: list[QWidget] = []
    if look.late:
        said.append(label(_LATE, "strong", "warn", wrap=True))
    elif look.locked:
        said.append(label("Kỳ này đã duyệt và khoá với gói này.", "strong", wrap=True))
    elif look.review is not None and look.review.verdict == RETURNED and not look.asked:
        said.append(label("Gói này đã trả lại để sửa, đang chờ đơn vị gửi lại.", "strong", "warn", wrap=True))
    for one in look.adjusted:
        text = f"Đã điều chỉnh {len(one.parts)} số vào kỳ có ngày {short_date(one.on)}: {one.reason}"
        said.append(label(text, "", "ok", wrap=True))
    if look.stale:
        said.append(label(_STALE, "strong", "warn", wrap=True))
    for asked in look.asked:
        about = f" ({asked.name})" if asked.name else ""
        text = f"{_ASKED[asked.mended]}: {asked.fault.message}{about}"
        said.append(label(text, "", "ok" if asked.mended else "warn", wrap=True))
    return said


def _figure_row(figure: FigureChange) -> dict[str, object]:
    change = "thay đổi" if figure.before != figure.now else "như trước"
    return {
        "id": figure.target, "name": figure.name, "before": words.figure(figure.before),
        "now": words.figure(figure.now),
        "change": "lần đầu" if figure.before is None else change,
    }  # fmt: skip


def _subject_text(subject: Subject) -> str:
    kind = words.TYPE_NAMES.get(subject.type, "chỉ tiêu")
    return f"{kind.capitalize()}: {subject.name}"
