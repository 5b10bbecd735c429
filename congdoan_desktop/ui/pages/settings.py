"""Thiết lập: where the data lie, who works here, look, backup, and a check of the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from congdoan_desktop.domain.roles import ROLE_NAMES, Role
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import backup, doctor, opening, sheets, units, updates
from congdoan_desktop.services.door import REAL
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.choosing import choose_folder
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, IconLabel, label
from congdoan_desktop.ui.kit.choice_fields import ChoiceField, RadioField
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.pages.template_dialog import TemplateDialog
from congdoan_desktop.ui.recovery_dialog import RecoveryDialog
from congdoan_desktop.ui.staff_dialog import StaffDialog

_NEW_SHEET = "Phiếu cũ sẽ không mở được sổ nữa; huỷ phiếu cũ đi. Chỉ làm khi mất phiếu hoặc thay người giữ phiếu."


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page shows of the office."""

    unit: str
    code: str
    parent: str
    officer: str
    role: str
    machine: str
    folder: Path
    realm: str
    backed_up: str | None
    update: str
    """A version of the program that lies ready, and what to do with it."""


class SettingsPage(PageFrame):
    """Cards in two columns."""

    def __init__(self, context: Context) -> None:
        super().__init__("Thiết lập")
        self._context = context
        self._facts: Facts | None = None
        self._values: dict[str, QLabel] = {}
        self.backup = self.set_primary(Button("Sao lưu ngay…", "database", "primary", on_click=self._ask_target))
        self.folder = Button("Mở thư mục", "folder-open", on_click=self._open_folder)
        self.sheet = Button("Lập phiếu khôi phục mới…", "key", on_click=self._ask_sheet)
        self.staff = Button("Cán bộ…", "user", on_click=self._show_staff)
        self.template = Button("Mẫu văn bản…", "file-text", on_click=self._show_template)
        self.rebuild = Button("Kiểm tra và tính lại sổ", "checks", on_click=self._rebuild)
        named = (
            (self.backup, "backup"),
            (self.folder, "openFolder"),
            (self.sheet, "newSheet"),
            (self.staff, "showStaff"),
            (self.template, "showTemplate"),
            (self.rebuild, "rebuild"),
        )
        for button, name in named:
            button.setObjectName(name)
        self.palette_field = RadioField("palette", "Màu nền", [(False, "Nền sáng"), (True, "Nền tối")])
        self.scale_field = ChoiceField("scale", "Cỡ chữ", [(s, f"{s}%") for s in theme.SCALES], required=True)
        self.palette_field.edited.connect(self._dress)
        self.scale_field.edited.connect(self._dress)
        self.set_body(self._columns())
        self.setFocusProxy(self.backup)
        context.runner.changed.connect(self._reload)
        self._reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_look()

    def changeEvent(self, event: QEvent) -> None:
        """The look is also chosen by keys and in the navigation."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "scale_field"):
            self._show_look()

    def _columns(self) -> QWidget:
        left, right = QVBoxLayout(), QVBoxLayout()
        unit = (("unit", "Tên đơn vị"), ("code", "Mã đơn vị"), ("parent", "Cấp trên trực tiếp"))
        officer = (("officer", "Cán bộ"), ("role", "Vai trò"), ("machine", "Máy"))
        left.addWidget(self._card("buildings", "Đơn vị", unit, self.template))
        left.addWidget(self._card("user", "Cán bộ trên máy này", officer, self.staff, self.sheet))
        right.addWidget(
            self._card(
                "hard-drive",
                "Nơi để dữ liệu",
                (("folder", "Thư mục"), ("realm", "Loại"), ("update", "Bản cập nhật")),
                self.folder,
            )
        )
        right.addWidget(self._card("database", "Sao lưu và kiểm tra", (("backed_up", "Lần gần nhất"),), self.rebuild))
        right.addWidget(self._look_card())
        both = QHBoxLayout()
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(12)
        for column in (left, right):
            column.setSpacing(12)
            column.addStretch(1)
            both.addLayout(column, 1)
        holder = QWidget()
        holder.setLayout(both)
        return ScrollColumn(holder, (0, 0, 0, 0))

    def _card(self, icon: str, title: str, lines: tuple[tuple[str, str], ...], *buttons: Button) -> QFrame:
        frame, layout = _titled(icon, title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for at, (name, text) in enumerate(lines):
            value = label("", wrap=True)
            value.setObjectName(name)
            self._values[name] = value
            grid.addWidget(label(text, "second"), at, 0)
            grid.addWidget(value, at, 1)
        layout.addLayout(grid)
        if buttons:
            line = QHBoxLayout()
            for button in buttons:
                line.addWidget(button)
            line.addStretch(1)
            layout.addLayout(line)
        return frame

    def _look_card(self) -> QFrame:
        frame, layout = _titled("sun", "Hiển thị")
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addWidget(self.palette_field, 2)
        line.addWidget(self.scale_field, 1)
        layout.addLayout(line)
        return frame

    # Facts

    def _reload(self, _changes: object = None) -> None:
        self._context.runner.run(self._ask, done=self._show)

    def _ask(self) -> Facts:
        office = self._context.office()
        unit, who = units.own(office), office.identity.officer
        return Facts(
            unit.name, unit.code, unit.parent_name, f"{who.name} · {who.title}", ROLE_NAMES[Role(who.role)],
            sheets.machine_name(office.identity.installation), office.folder,
            "Dữ liệu thật" if office.identity.realm == REAL else "Dữ liệu mẫu", backup.last_backup(office),
            kept.todo if (kept := updates.kept(office)) else "",
        )  # fmt: skip

    def _show(self, facts: Facts) -> None:
        self._facts = facts
        for name, shown in self._values.items():
            value = getattr(facts, name)
            shown.setText(str(value) if value else "–")
        made = facts.backed_up
        self._values["backed_up"].setText(
            f"{datetime.fromisoformat(made):%d/%m/%Y %H:%M}" if made else "Chưa sao lưu lần nào"
        )

    # Look

    def _show_look(self) -> None:
        look = theme.current()
        self.palette_field.set_value(look.dark)
        self.scale_field.set_value(look.scale)

    def _dress(self) -> None:
        window, scale = self.window(), self.scale_field.value()
        if isinstance(window, MainWindow) and isinstance(scale, int):
            window.set_look(dark=bool(self.palette_field.value()), scale=scale)

    # Deeds

    def _open_folder(self) -> None:
        if self._facts is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._facts.folder)))

    def _show_staff(self) -> None:
        StaffDialog(self, self._context).open()

    def _show_template(self) -> None:
        TemplateDialog(self.window(), self._context).open()

    def _ask_target(self) -> None:
        choose_folder(self, "Chọn nơi để bản sao lưu (nên là USB hoặc ổ khác)", Path.home(), self._back_up)

    def _back_up(self, folder: Path) -> None:
        self._context.runner.run(
            lambda: backup.back_up(self._context.office(), folder),
            done=self._backed_up,
            failed=self.banner.show_error,
            title="Đang sao lưu",
            changes=frozenset({"backup"}),
        )

    def _backed_up(self, target: Path) -> None:
        self.banner.show_text("ok", "Đã sao lưu và đọc lại đúng.", f"Tệp {target.name} trong {target.parent}.")

    def _rebuild(self) -> None:
        def work(progress: Progress) -> bool:
            office = self._context.office()
            before = doctor.digest(office)
            return doctor.rebuild(office, progress) == before

        self._context.runner.run(
            work, done=self._rebuilt, failed=self.banner.show_error, title="Đang tính lại sổ", with_progress=True
        )

    def _rebuilt(self, same: bool) -> None:
        if same:
            self.banner.show_text("ok", "Sổ đúng.", "Tính lại từ đầu cho đúng kết quả đang có.")
        else:
            self.banner.show_text("warn", "Sổ vừa được tính lại và có khác.", "Số liệu trên các trang nay là số đúng.")

    def _ask_sheet(self) -> None:
        ConfirmDialog(
            self.window(),
            "Lập phiếu khôi phục mới?",
            _NEW_SHEET,
            "Lập phiếu mới, bỏ phiếu cũ",
            self._new_sheet,
            danger=True,
        ).open()

    def _new_sheet(self) -> None:
        self._context.runner.run(
            lambda: opening.new_recovery(self._context.office()), done=self._show_sheet, failed=self.banner.show_error
        )

    def _show_sheet(self, words: tuple[str, ...]) -> None:
        RecoveryDialog(
            self.window(), self._context.runner, words, lambda: sheets.recovery(self._context.office(), words)
        ).open()


def _titled(icon: str, title: str) -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(16, 12, 16, 14)
    layout.setSpacing(10)
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(IconLabel(icon, "text2", 18))
    head.addWidget(label(title, "card"), 1)
    layout.addLayout(head)
    return frame, layout
