"""Unions that a list calls by names the registry does not know: which one is meant, remembered for the next lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from congdoan_desktop.services.sheet_names import NamedUnion
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option

_WIDTH, _ROW_HEIGHT, _HIGHEST, _AROUND = 620, 80, 380, 260
_MOST = 40
"""Names asked for at once; the others come after the next check."""
_TEXT = "Chọn đơn vị cho từng tên. Chương trình nhớ cho các lần nhập sau; tên để trống thì dòng đó chưa nhập."


class NamingDialog(Dialog):
    """`named_unions` carries the union by name, "" for a name that is to be forgotten; only what changed."""

    named_unions = Signal(object)

    def __init__(self, parent: QWidget, named: Sequence[NamedUnion], units: Mapping[str, str]) -> None:
        """`units`: short names by id, in the order in which they are offered."""
        super().__init__(parent.window(), "Đơn vị chưa nhận ra trong danh sách", "buildings", "accent_text")
        self.setObjectName("naming")
        self._asked = {f"union_{at}": one for at, one in enumerate(named[:_MOST])}
        self.form = Form()
        options = [Option(id_, name) for id_, name in units.items()]
        for key, one in self._asked.items():
            hint = f"Có lẽ là {units[one.nearest]}." if one.nearest in units and not one.union else ""
            field = SearchChoiceField(key, f"{one.name} · {one.rows} dòng", options, hint=hint)
            field.set_value(one.union or None)
            self.form.add(field)
        self._lay_out(parent, len(named))
        self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(Button("Nhớ và kiểm tra lại", "list-checks", "primary", on_click=self._agree))
        self.yes.setObjectName("name_unions")
        self.form.last_left.connect(self.yes.setFocus)

    def _lay_out(self, parent: QWidget, names: int) -> None:
        look = theme.current()
        self.setFixedWidth(look.px(_WIDTH))
        self.body.addWidget(label(_TEXT, wrap=True))
        column = ScrollColumn(self.form, (0, 4, 12, 8))
        room = parent.window().height() - look.px(_AROUND)
        column.setFixedHeight(min(look.px(_ROW_HEIGHT * len(self._asked) + 16), look.px(_HIGHEST), room))
        self.body.addWidget(column)
        if names > _MOST:
            self.body.addWidget(label(f"Còn {names - _MOST} tên nữa, hỏi sau lần kiểm tra này.", "second"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.focus_first()

    def _agree(self) -> None:
        if not self.form.check():
            return
        chosen = {one.name: str(self.form.values()[key] or "") for key, one in self._asked.items()}
        before = {one.name: one.union for one in self._asked.values()}
        self.accept()
        self.named_unions.emit({name: id_ for name, id_ in chosen.items() if id_ != before[name]})
