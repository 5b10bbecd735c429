"""Biểu thống kê: form and period chosen, rows entered beside what the records know, kept, looked at as a paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from congdoan_desktop.domain.periods import Period
from congdoan_desktop.domain.statistics_forms import FormRow, StatisticsForm, contradictions, deadline
from congdoan_desktop.errors import AppError, Finding
from congdoan_desktop.services import statistics
from congdoan_desktop.services.statistics import FilledForm, Forms
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import ParsedField, dotted, whole_number
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.pages.paper_dialog import show_paper

CHANGES = frozenset({"entered_figure"})
_WIDTH, _HEIGHT = 720, 380
_YEARS_BACK = 3


class StatisticsDialog(Dialog):
    """Nothing is lost by choosing another form or period: what was typed is kept first."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent.window(), "Biểu thống kê", "table", "accent_text")
        self.setObjectName("statistics_dialog")
        self.setFixedWidth(theme.current().px(_WIDTH))
        self._context = context
        self._forms: dict[str, StatisticsForm] = {}
        self._periods: dict[str, Period] = {}
        self._today = date.min
        self.filled: FilledForm | None = None
        self.choices = Form()
        self.form_field = ChoiceField("form", "Mẫu biểu", required=True)
        self.period_field = ChoiceField("period", "Kỳ", required=True)
        self.choices.add(self.form_field, self.period_field, stretch=(1, 2))
        self.rows = Form(self._check)
        self._place = QVBoxLayout()
        self._column = ScrollColumn(self.rows)
        self._place.addWidget(self._column)
        self.body.addWidget(self.choices)
        self.body.addWidget(self.banner)
        self.body.addLayout(self._place)
        self._column.setMinimumHeight(theme.current().px(_HEIGHT))
        self.add_button(Button("Đóng", on_click=self.reject))
        self.look_button = self.add_button(Button("Lưu và xem bản in", "printer", on_click=self.look))
        self.save_button = self.add_button(Button("Lưu", "floppy-disk", "primary", on_click=self.save))
        self.look_button.setObjectName("statistics_paper")
        self.save_button.setObjectName("save_statistics")
        self.form_field.edited.connect(partial(self._keep_then, self._form_chosen))
        self.period_field.edited.connect(partial(self._keep_then, self._load))
        office = context.office
        context.runner.run(
            lambda: (statistics.listing(office()), office().clock.today()), done=self._take, failed=self._failed
        )

    # Choosing

    def _take(self, answer: tuple[Forms, date]) -> None:
        found, self._today = answer
        self._forms = {form.code: form for form in found.forms}
        self.form_field.set_choices([(code, f"Mẫu số {code}") for code in self._forms])
        if found.faults:
            self.banner.show_error(found.faults[0])
        if self._forms:
            self.form_field.set_value(next(iter(self._forms)))
            self._form_chosen()

    def _form_chosen(self) -> None:
        form = self._forms[str(self.form_field.value())]
        today = self._today
        last = deadline(form, today)
        years = range(today.year - _YEARS_BACK, today.year + 1)
        self._periods = {period.label: period for year in years for period in form.periods(year)}
        self.period_field.set_choices([(label, label) for label in reversed(self._periods)])
        self.period_field.set_value(last.label)
        self._load()

    def _load(self) -> None:
        code, period = str(self.form_field.value()), self._periods[str(self.period_field.value())]
        office = self._context.office
        self._context.runner.run(
            lambda: statistics.look(office(), code, period), done=self._show, failed=self.banner.show_error
        )

    def _show(self, filled: FilledForm) -> None:
        self.filled = filled
        self.rows = Form(self._check)
        for section in filled.form.sections:
            mark = "" if section.confirmed else " (*)"
            self.rows.add_heading(f"{section.number}. {section.title}{mark}")
            for row in section.rows:
                if not row.computed:
                    self.rows.add(_field(filled, row))
        self.rows.last_left.connect(self.save_button.setFocus)
        self.rows.set_values({code: figure.numerator for code, figure in filled.entered.items()})
        column = ScrollColumn(self.rows)
        column.setMinimumHeight(theme.current().px(_HEIGHT))
        self._place.replaceWidget(self._column, column)
        self._column.deleteLater()
        self._column = column
        self.rows.focus_first()

    # Keeping

    def _check(self, values: Values) -> list[Finding]:
        """A part that is larger than its whole only warns: it may be the whole that is wrong."""
        if self.filled is None:
            return []
        typed = {code: value for code, value in values.items() if isinstance(value, int)}
        found = {**self.filled.known, **typed}
        wrong = contradictions(self.filled.form, found)
        return [Finding(code, sentence, warning=True) for code, sentence in wrong if code in values]

    def _changed(self) -> dict[str, int | None]:
        """What stands otherwise in the fields than it was kept."""
        if self.filled is None:
            return {}
        kept = {code: figure.numerator for code, figure in self.filled.entered.items()}
        now = {code: value if isinstance(value, int) else None for code, value in self.rows.values().items()}
        return {code: value for code, value in now.items() if value != kept.get(code)}

    def save(self) -> None:
        self._keep_then(self._saved)

    def look(self) -> None:
        self._keep_then(self._open_paper)

    def _keep_then(self, then: Callable[[], object], *_: object) -> None:
        """Keep what was typed, then go on; with a wrong field nothing happens but the finding."""
        filled, typed = self.filled, self._changed()
        if filled is not None and not self.rows.check():
            return
        if filled is None or not typed:
            then()
            return
        office = self._context.office
        self._context.runner.run(
            lambda: statistics.save(office(), filled.form.code, filled.period, typed),
            done=lambda _: then(),
            failed=self._failed,
            title="Đang lưu biểu",
            changes=CHANGES,
        )

    def _saved(self) -> None:
        self.banner.show_text("ok", "Đã lưu biểu.")
        self._load()

    def _open_paper(self) -> None:
        filled = self.filled
        if filled is None:
            return
        code, period = filled.form.code, filled.period
        show_paper(
            self,
            self._context,
            lambda office: statistics.paper(office, statistics.look(office, code, period)),
            self.banner.show_error,
        )
        self._load()

    def _failed(self, error: AppError) -> None:
        self.banner.show_error(error)


def _field(filled: FilledForm, row: FormRow) -> ParsedField:
    """The records' figure stands pale in a field that nobody has filled in."""
    known = filled.known.get(row.code)
    number = f"{row.number}. " if row.number else ""
    return ParsedField(
        row.code,
        f"{number}{row.label} ({row.unit})",
        whole_number,
        dotted,
        hint=statistics.origin(filled, row) if known is not None else "",
        placeholder="" if known is None else dotted(known),
    )
