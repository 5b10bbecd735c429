"""Cán bộ trên máy này: who may open the office, each with a passphrase and keys of his own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from congdoan_desktop.domain.roles import ROLE_NAMES, Role
from congdoan_desktop.errors import AppError, ValidationError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import database_key, staff
from congdoan_desktop.services.entrance import NewOfficer
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.staff import STANDINGS, Colleague
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog, Dialog
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.kit.text_fields import PassphraseField, TextField

_WIDTH, _TABLE_HEIGHT = 720, 180
_COLUMNS = (
    Column("name", "Cán bộ", 190, under="title"),
    Column("role", "Vai trò", 190),
    Column("standing", "Mã xác thực", least=150),
    Column("act", "", 70, "action"),
)
_SENTENCE = (
    "Mỗi người mở sổ bằng mật khẩu riêng và ký gói bằng mã riêng. Thêm người rồi thì lập lại tệp đăng ký ở thẻ “Khoá"
    " và tin cậy”: gói của người mới chỉ được nhận khi tỉnh đã công nhận mã."
)
_ADDED = "Lập lại tệp đăng ký để cấp trên công nhận mã của người này."
_ASK_REMOVE = (
    "Người này không mở được sổ nữa và khoá của cơ sở dữ liệu được đổi. Những gì người ấy đã ghi và ký vẫn giữ nguyên."
)
_REMOVED = (
    "Cơ sở dữ liệu đã đổi khoá. Báo tỉnh thu hồi mã của người này. Bản sao lưu cũ vẫn mở bằng mật khẩu và phiếu khôi"
    " phục của lúc đó: cất giữ cẩn thận, hoặc sao lưu mới rồi huỷ bản cũ."
)
_DUE = (
    "Đã bỏ một cán bộ nhưng khoá cơ sở dữ liệu chưa đổi xong, nên khoá cũ vẫn mở được sổ này.",
    "Bấm “Đổi khoá cơ sở dữ liệu” khi có thời gian; mật khẩu và phiếu khôi phục của mọi người vẫn giữ nguyên.",
)
_OF_ALL = frozenset({"officers"})


class StaffDialog(Dialog):
    """The list, and a form for one more."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent.window(), "Cán bộ trên máy này", "user", "accent_text")
        self.setObjectName("staff")
        self.setFixedWidth(theme.current().px(_WIDTH))
        self._context = context
        self.list = TableCard(_COLUMNS, Empty("user", "Chưa có cán bộ nào."))
        self.list.table.setObjectName("officers")
        self.list.table.setAccessibleName("Cán bộ trên máy này")
        self.list.table.action_clicked.connect(self._remove)
        self.list.setFixedHeight(theme.current().px(_TABLE_HEIGHT))
        self.name = TextField("officer_name", "Họ và tên", required=True)
        self.title = TextField("officer_title", "Chức vụ", required=True)
        self.role = ChoiceField("role", "Vai trò", [(role.value, ROLE_NAMES[role]) for role in Role], required=True)
        self.first = PassphraseField("passphrase", "Mật khẩu của người đó")
        self.again = PassphraseField("passphrase_again", "Gõ lại mật khẩu")
        self.form = Form()
        self.form.add(self.name, self.title)
        self.form.add(self.role)
        self.form.add(self.first, self.again)
        for widget in (label(_SENTENCE, wrap=True), self.list, self.form):
            self.body.addWidget(widget)
        self.add_button(Button("Đóng", on_click=self.reject))
        self.rekey = self.add_button(Button("Đổi khoá cơ sở dữ liệu", "key", on_click=self._rekey))
        self.rekey.setObjectName("rekey")
        self.rekey.hide()
        self.add = self.add_button(Button("Thêm cán bộ", "plus", "primary", on_click=self._add))
        self.add.setObjectName("addOfficer")
        self.form.last_left.connect(self.add.setFocus)
        self.reload()

    def reload(self) -> None:
        self._context.runner.run(self._read, done=lambda found: self._show(*found))

    def _read(self) -> tuple[list[Colleague], bool]:
        office = self._context.office()
        return staff.listing(office), database_key.is_due(office)

    def _show(self, people: list[Colleague], due: bool) -> None:
        self.rekey.setVisible(due)
        if due:
            self.banner.show_text("warn", *_DUE)
        self.list.set_rows(
            [
                {"id": one.id, "name": one.name, "title": one.title, "role": ROLE_NAMES[Role(one.role)],
                 "standing": STANDINGS[one.standing], "act": "" if one.own else "Bỏ"}
                for one in people
            ]
        )  # fmt: skip

    def _add(self) -> None:
        if not self.form.check():
            return
        form = NewOfficer(*(str(field.value() or "") for field in self._fields()))
        self.add.setEnabled(False)
        self._context.runner.run(
            lambda: staff.add(self._context.office(), form),
            done=lambda _: self._done(f"Đã thêm {form.officer_name}.", _ADDED), failed=self._failed,
            settled=lambda: self.add.setEnabled(True), title="Đang thêm cán bộ", changes=_OF_ALL,
        )  # fmt: skip

    def _fields(self) -> tuple[TextField | ChoiceField, ...]:
        return self.name, self.title, self.role, self.first, self.again

    def _remove(self, row: object, _column: str) -> None:
        assert isinstance(row, dict)
        if not row["act"]:
            return
        dialog = ConfirmDialog(
            self, f"Bỏ {row['name']} khỏi máy này?", _ASK_REMOVE, "Bỏ cán bộ", partial(self._removed, row), danger=True
        )
        dialog.setObjectName("remove_officer")
        dialog.open()

    def _removed(self, row: dict[str, Any]) -> None:
        self._work(
            lambda office, progress: staff.remove(office, row["id"], progress), "Đang bỏ cán bộ và đổi khoá",
            f"{row['name']} không mở được sổ này nữa.", _REMOVED,
        )  # fmt: skip

    def _rekey(self) -> None:
        self._work(database_key.change, "Đang đổi khoá cơ sở dữ liệu", "Cơ sở dữ liệu đã đổi khoá.", "")

    def _work(self, act: Callable[[Office, Progress], None], title: str, what: str, todo: str) -> None:
        self._context.runner.run(
            lambda progress: act(self._context.office(), progress), done=lambda _: self._done(what, todo),
            failed=self._failed, settled=self.reload, title=title, with_progress=True, changes=_OF_ALL,
        )  # fmt: skip

    def _done(self, what: str, todo: str) -> None:
        self.form.set_values({})
        self.banner.show_text("ok", what, todo)
        self.reload()

    def _failed(self, error: AppError) -> None:
        if isinstance(error, ValidationError):
            self.form.show_findings(error.findings)
        else:
            self.banner.show_error(error)
