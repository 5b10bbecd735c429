"""A department of a union: its name and the time for which it holds."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.domain.units import Department
from congdoan_desktop.errors import AppError, Finding, ValidationError
from congdoan_desktop.services import departments
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.departments import DepartmentRow
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.entry.values import day, text

CHANGES = frozenset({"department"})


class DepartmentDialog(Dialog):
    """A new department of `unit`, or `row`."""

    def __init__(self, parent: QWidget, context: Context, unit: str, row: DepartmentRow | None, today: date) -> None:
        super().__init__(parent.window(), "Ban, văn phòng", "buildings", "accent_text")
        self.setObjectName("department")
        self._context, self._unit, self._row, self._today = context, unit, row, today
        self.form = Form(self._check)
        known = [Option(entry.name, entry.name) for entry in catalogue().entries("departments")]
        self.form.add(SearchChoiceField("name", "Tên ban, văn phòng", known, free=True, required=True))
        self.form.add(TextField("abbreviation", "Viết tắt trong văn bản", limit=30))
        self.form.add(self._day("since", "Từ ngày"), self._day("until", "Đến hết ngày"))
        self._successor = SearchChoiceField("successor", "Sau đó việc chuyển cho")
        self.form.add(self._successor)
        self.body.addWidget(self.form)
        if row is not None:
            names = ("name", "abbreviation", "since", "until")
            self.form.set_values({name: getattr(row.department, name) or None for name in names})
        context.runner.run(lambda: departments.choices(context.office(), unit), done=self._take_others)
        self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(Button("Lưu", "floppy-disk", "primary", on_click=self._save))
        self.form.last_left.connect(self.yes.setFocus)
        self.yes.setObjectName("save_department")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.focus_first()

    def _take_others(self, known: list[tuple[str, str]]) -> None:
        own = self._row.id if self._row else ""
        self._successor.set_options([Option(id_, name) for id_, name in known if id_ != own])
        if self._row is not None:
            self._successor.set_value(self._row.department.successor)

    def _day(self, name: str, caption: str) -> DateField:
        def read(typed: str) -> date:
            return parse_day(typed, today=self._today)

        return DateField(name, caption, read, lambda value: short_date(day(value)))

    def _department(self, values: Values) -> Department:
        since, until = (value if isinstance(value := values[name], date) else None for name in ("since", "until"))
        name, short, successor = text(values["name"]), text(values["abbreviation"]), text(values["successor"])
        return Department(self._unit, name, short, since, until, successor or None)

    def _check(self, values: Values) -> tuple[Finding, ...]:
        return departments.check(self._department(values))

    def _save(self) -> None:
        if not self.form.check():
            return
        made, office, row = self._department(self.form.values()), self._context.office, self._row
        self._context.runner.run(
            lambda: departments.save(office(), made, row.id if row else None),
            done=self._saved,
            failed=self._failed,
            changes=CHANGES,
        )

    def _saved(self, _saved: object) -> None:
        self.accept()

    def _failed(self, error: AppError) -> None:
        if isinstance(error, ValidationError):
            self.form.show_findings(error.findings)
        else:
            self.banner.show_error(error)
