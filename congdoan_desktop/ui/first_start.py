"""First start: who we are, who works here, a passphrase. Three things on one page, no wizard."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from congdoan_desktop.clock import Clock
from congdoan_desktop.domain import unit_names
from congdoan_desktop.errors import AppError, Finding, ValidationError
from congdoan_desktop.services import entrance
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.brand import BrandPanel
from congdoan_desktop.ui.choosing import choose_file
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import PassphraseField, TextField
from congdoan_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from congdoan_desktop.services.opening import Founded, KdfCost

_HEAD_OF_PROVINCES = "Tổng Liên đoàn Lao động Việt Nam"


class FirstStartWindow(QWidget):
    """Makes the office and hands it over, still open, with the words of its recovery sheet."""

    founded = Signal(object)
    """`opening.Founded`."""
    sample_asked = Signal()
    restored = Signal()
    """A backup was unpacked into the data folder; it is unlocked as usual."""

    def __init__(self, runner: TaskRunner, folder: Path, clock: Clock, cost: KdfCost | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Công đoàn – bắt đầu sử dụng")
        self.resize(1366, 697)
        self._runner, self._folder, self._clock, self._cost = runner, folder, clock, cost
        self.banner = Banner()
        self.form = _form(clock.today())
        self.form.left.connect(self._propose)
        self.start = Button("Bắt đầu", role="primary", size="large", on_click=self._start)
        self.sample = Button("Dùng thử với tỉnh mẫu", "play", size="large", on_click=self.sample_asked.emit)
        self.restore = Button("Mở từ bản sao lưu", "folder-open", on_click=self._choose_backup)
        for button, name in ((self.start, "start"), (self.sample, "sample"), (self.restore, "restore")):
            button.setObjectName(name)
        self.form.last_left.connect(self.start.setFocus)
        self._lay_out()
        theme.dress(self)
        self.form.focus_first()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 32, 0, 24)
        column.setSpacing(6)
        column.addWidget(label("Bắt đầu sử dụng", "figure"))
        column.addWidget(label("Ba việc, khoảng một phút. Sau này sửa được trong Thiết lập.", "second"))
        column.addSpacing(4)
        column.addWidget(self.banner)
        column.addWidget(ScrollColumn(self.form, (0, 6, 0, 8)), 1)
        column.addLayout(self._foot())
        holder = QWidget()
        holder.setLayout(column)
        holder.setMaximumWidth(760)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(BrandPanel("Đã có dữ liệu?", (self.restore,)))
        line.addStretch(1)
        line.addWidget(holder, 12)
        line.addStretch(1)

    def _foot(self) -> QVBoxLayout:
        rule = QFrame()
        rule.setObjectName("rule")
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.sample)
        buttons.addWidget(label("Dữ liệu mẫu, xoá lúc nào cũng được", "second"))
        buttons.addStretch(1)
        buttons.addWidget(self.start)
        foot = QVBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(rule)
        foot.addLayout(buttons)
        return foot

    # The form helps

    def _propose(self, field: str) -> None:
        values = self.form.values()
        if field == "unit_name" and (name := values["unit_name"]):
            self._fill("kind", unit_names.kind_in(str(name)))
            self._fill("place", unit_names.place_in(str(name)))
        if field in {"unit_name", "kind"}:
            self._propose_from_kind()
        if field in {"passphrase", "passphrase_again"}:
            self._praise(values)

    def _propose_from_kind(self) -> None:
        values = self.form.values()
        if not (values["unit_name"] and values["kind"]):
            return
        level, abbreviation = _level_and_abbreviation(str(values["kind"]))
        self._fill("unit_code", unit_names.code_for(str(values["unit_name"]), abbreviation))
        self._fill("parent_name", _HEAD_OF_PROVINCES if level == "tinh" else "")

    def _fill(self, name: str, value: str | None) -> None:
        field = self.form.field(name)
        if value and field.is_empty():
            field.set_value(value)

    def _praise(self, values: Values) -> None:
        typed = str(values["passphrase"] or "")
        if len(typed) >= entrance.SHORTEST_PASSPHRASE:
            self.form.field("passphrase").set_note(f"Đủ dài: {len(typed)} ký tự.")

    # Deeds

    def _start(self) -> None:
        self.banner.clear()
        if not self.form.check():
            return
        filled = _filled(self.form.values())
        self._set_busy("Đang tạo sổ…")
        self._runner.run(
            self._found, filled, done=self.founded.emit, failed=self._failed, settled=self._free, title="Đang tạo sổ"
        )

    def _found(self, filled: FirstStart) -> Founded:
        from congdoan_desktop.services import opening

        return opening.found(self._folder, filled, clock=self._clock, cost=self._cost or opening.STANDARD_COST)

    def _choose_backup(self) -> None:
        choose_file(self, "Mở từ bản sao lưu", "Bản sao lưu (*.cdbackup)", Path.home(), self._restore)

    def _restore(self, source: Path) -> None:
        def work() -> None:
            from congdoan_desktop.services import backup

            backup.restore(source, self._folder)

        self._set_busy("Đang mở…")
        self._runner.run(
            work, done=lambda _: self.restored.emit(), failed=self._failed, settled=self._free, title="Đang mở bản sao"
        )

    def _failed(self, error: AppError) -> None:
        if isinstance(error, ValidationError):
            self.form.show_findings(error.findings)
        else:
            self.banner.show_error(error)

    def _set_busy(self, text: str) -> None:
        self.start.set_text(text)
        self.start.setEnabled(False)

    def _free(self) -> None:
        self.start.set_text("Bắt đầu")
        self.start.setEnabled(True)


def _form(today: date) -> Form:
    kinds = [(entry.code, entry.name) for entry in catalogue().entries("unit_kinds", today)]
    titles = [Option(entry.name, entry.name) for entry in catalogue().entries("officer_titles", today)]
    form = Form(_validate)
    form.add_widget(_heading(1, "Đơn vị của bạn", "Ghi như trên con dấu; mã và địa danh máy gợi ý, sửa được"))
    form.add(
        TextField("unit_name", "Tên đơn vị", required=True, placeholder="Công đoàn xã …"),
        ChoiceField("kind", "Loại đơn vị", kinds, required=True),
        stretch=(1, 1),
    )
    form.add(
        TextField("unit_code", "Mã đơn vị", required=True, limit=unit_names.LONGEST_CODE),
        TextField("place", "Địa danh trên văn bản"),
        TextField("parent_name", "Công đoàn cấp trên trực tiếp"),
        stretch=(2, 2, 4),
    )
    form.add_widget(_heading(2, "Cán bộ sử dụng máy này"))
    form.add(
        TextField("officer_name", "Họ và tên", required=True),
        SearchChoiceField("officer_title", "Chức vụ", titles, free=True, required=True, placeholder="Chọn hoặc gõ"),
    )
    form.add_widget(_heading(3, "Đặt mật khẩu", "Quên mật khẩu thì mở bằng phiếu khôi phục, in ở bước sau"))
    form.add(PassphraseField("passphrase", "Mật khẩu"), PassphraseField("passphrase_again", "Nhập lại mật khẩu"))
    return form


def _heading(number: int, title: str, hint: str = "") -> QWidget:
    badge = QLabel(str(number))
    badge.setObjectName("badge")
    badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
    line = QHBoxLayout()
    line.setContentsMargins(0, 4, 0, 0)
    line.setSpacing(10)
    line.addWidget(badge)
    line.addWidget(label(title, "card"))
    line.addWidget(label(hint, "second"))
    line.addStretch(1)
    holder = QWidget()
    holder.setLayout(line)
    return holder


def _validate(values: Values) -> tuple[Finding, ...]:
    return entrance.validate_first_start(_filled(values))


def _filled(values: Values) -> FirstStart:
    """The form as first start takes it; whoever starts an office is its chair on this machine."""
    text = {name: str(value or "") for name, value in values.items()}
    level, abbreviation = _level_and_abbreviation(text["kind"])
    short = unit_names.short_name_of(text["unit_name"])
    return FirstStart(unit_short_name=short, level=level, abbreviation=abbreviation, role="chair", **text)


def _level_and_abbreviation(kind: str) -> tuple[str, str]:
    entry = catalogue().entry("unit_kinds", kind)
    return (entry.more["level"], entry.more["abbreviation"]) if entry else ("", "")
