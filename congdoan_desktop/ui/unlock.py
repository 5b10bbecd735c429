"""Unlocking: whose data this is, who opens it, the passphrase; or the recovery sheet when that is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from congdoan_desktop.clock import Clock
from congdoan_desktop.errors import AppError, Cancelled, Finding, ValidationError
from congdoan_desktop.services.door import REAL, Door
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.brand import BrandPanel
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.text_fields import NoteField, PassphraseField
from congdoan_desktop.ui.tasks import Task, TaskRunner

if TYPE_CHECKING:
    from congdoan_desktop.progress import Progress
    from congdoan_desktop.services.office import Office
    from congdoan_desktop.services.opening import KdfCost
    from congdoan_desktop.ui.renewal_panel import RenewalPanel


class UnlockWindow(QWidget):
    """Opens the office on the database thread."""

    opened = Signal(object, str)
    """The office, and the slot it was opened by."""
    trying = Signal()
    """A passphrase is being tried on the database thread."""

    def __init__(
        self, runner: TaskRunner, folder: Path, door: Door, clock: Clock, cost: KdfCost | None = None, officer: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(f"Công đoàn – {door.unit_name}")
        self.resize(1366, 697)
        self._runner, self._folder, self._clock, self._cost = runner, folder, clock, cost
        self._door, self._officer = door, officer
        self.banner = Banner()
        self._stack = QStackedWidget()
        self._lay_out(door)
        self.form = Form()
        self.open_button = Button("Mở sổ", role="primary", size="large", on_click=self._open)
        self.forgot = Button("Quên mật khẩu? Mở bằng phiếu khôi phục", role="flat", on_click=lambda: self._turn(1))
        self.open_button.setObjectName("open")
        self.forgot.setObjectName("forgot")
        self._add_side(self.form, (self.forgot, self.open_button))
        _fill_passphrase(self.form, door, officer)
        self.form.last_left.connect(self._open)
        self.form.field("passphrase").setFocus()
        self._task: Task | None = None
        runner.progressed.connect(self._step)
        theme.dress(self)

    def _lay_out(self, door: Door) -> None:
        """From the window inwards."""
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(BrandPanel())
        line.addStretch(1)
        holder = QWidget()
        holder.setMaximumWidth(520)
        line.addWidget(holder, 8)
        line.addStretch(1)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 32, 0, 32)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(label(door.unit_name, "title", wrap=True))
        sample = "" if door.realm == REAL else " · DỮ LIỆU MẪU"
        self._asks = label(f"Gõ mật khẩu để mở sổ trên máy này{sample}", "second")
        column.addWidget(self._asks)
        column.addSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self._stack)
        column.addStretch(2)

    def _add_side(self, form: Form, buttons: tuple[Button, Button]) -> None:
        side = QWidget()
        self._stack.addWidget(side)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(form)
        foot = QHBoxLayout()
        column.addLayout(foot)
        column.addStretch(1)
        foot.addWidget(buttons[0])
        foot.addStretch(1)
        foot.addWidget(buttons[1])

    @cached_property
    def recovery(self) -> Form:
        """The form of the recovery sheet. It is built when first asked for: few ever see it."""
        form = Form(_same_twice)
        back = Button("Quay lại gõ mật khẩu", "arrow-left", on_click=lambda: self._turn(0))
        back.setObjectName("back")
        self._add_side(form, (back, self.recover_button))
        _fill_recovery(form, self._door, self._officer)
        form.last_left.connect(self.recover_button.setFocus)
        return form

    @cached_property
    def recover_button(self) -> Button:
        button = Button("Mở bằng phiếu khôi phục", role="primary", size="large", on_click=self._recover)
        button.setObjectName("recover")
        return button

    def _turn(self, side: int) -> None:
        self.banner.clear()
        form = self.recovery if side else self.form
        self._stack.setCurrentIndex(side)
        form.focus_first()

    # Deeds

    def _open(self) -> None:
        if not self.open_button.isEnabled() or not self.form.check():
            return
        values = self.form.values()
        slot, typed = str(values["officer"]), str(values["passphrase"])

        def work(progress: Progress) -> Office:
            from congdoan_desktop.services import opening

            return opening.unlock(self._folder, slot, typed, clock=self._clock, progress=progress)

        self._work(self.open_button, work, slot)

    def _recover(self) -> None:
        if not self.recovery.check():
            return
        values = self.recovery.values()
        slot, typed, new = str(values["officer"]), str(values["words"]), str(values["passphrase"])

        def work(progress: Progress) -> Office:
            from congdoan_desktop.services import opening

            cost, clock = self._cost or opening.STANDARD_COST, self._clock
            return opening.recover(self._folder, typed, slot, new, clock=clock, cost=cost, progress=progress)

        self._work(self.recover_button, work, slot)

    def _work(self, button: Button, work: Callable[[Progress], Office], slot: str) -> None:
        self.banner.clear()
        button.setEnabled(False)
        self._task = self._runner.run(
            work,
            done=lambda office: self.opened.emit(office, slot),
            failed=self._failed,
            settled=lambda: button.setEnabled(True),
            title="Đang mở sổ",
            with_progress=True,
        )
        self.trying.emit()

    @cached_property
    def renewal(self) -> RenewalPanel:
        """Stands in the place of the passphrase while tables are computed anew. Built when first told of that."""
        from congdoan_desktop.ui.renewal_panel import RenewalPanel

        panel = RenewalPanel()
        panel.stop_asked.connect(self._stop)
        self._stack.addWidget(panel)
        return panel

    def _step(self, done: int, total: int, _text: str) -> None:
        self.renewal.step(done, total)
        if self._stack.currentWidget() is not self.renewal:
            self._asks.hide()
            self._stack.setCurrentWidget(self.renewal)
            self.renewal.setFocus()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _failed(self, error: AppError) -> None:
        if isinstance(error, Cancelled):
            self.close()
            return
        if not self._asks.isVisible():
            self._asks.show()
            self._stack.setCurrentIndex(0)
        if isinstance(error, ValidationError):
            self.recovery.show_findings(error.findings)
            return
        self.banner.show_error(error)
        if self._stack.currentIndex() == 0:
            field = self.form.field("passphrase")
            field.set_value(None)
            field.setFocus()
            self.form.clear_findings()


def _officer_field(door: Door, officer: str) -> ChoiceField:
    field = ChoiceField("officer", "Cán bộ", door.officers, required=True)
    slots = [slot for slot, _ in door.officers]
    field.set_value(officer if officer in slots else slots[0])
    return field


def _fill_passphrase(form: Form, door: Door, officer: str) -> None:
    form.add(_officer_field(door, officer))
    form.add(PassphraseField("passphrase", "Mật khẩu"))


def _fill_recovery(form: Form, door: Door, officer: str) -> None:
    form.add(NoteField("words", "Các từ trên phiếu khôi phục", required=True, hint="Gõ theo thứ tự, không cần dấu"))
    form.add(_officer_field(door, officer))
    form.add(
        PassphraseField("passphrase", "Mật khẩu mới"), PassphraseField("passphrase_again", "Nhập lại mật khẩu mới")
    )


def _same_twice(values: Values) -> tuple[Finding, ...]:
    if values["passphrase"] == values["passphrase_again"]:
        return ()
    return (Finding("passphrase_again", "Chưa giống ô bên trái."),)
