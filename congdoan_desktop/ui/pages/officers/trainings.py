"""The tab "Tập huấn": who took which course."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.persons import Training
from congdoan_desktop.services import courses, drafts, officers
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.courses import Counted, Wanted
from congdoan_desktop.services.officers import TrainingRow
from congdoan_desktop.services.records import Saved
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, LOWER_KEEPS, WIDE_DAY, Row, when
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.officers.base import OfficersPage
from congdoan_desktop.ui.pages.officers.forms import LEVELS, TRAINING_REPEATED, TrainingForm

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=Training.TYPE,
    page_title="Tập huấn",
    one="lượt tập huấn",
    add="Ghi tập huấn",
    heading="Lượt tập huấn mới",
    icon="megaphone",
    belongs="Ở đây ghi cán bộ, đoàn viên đã qua lớp tập huấn nào, do cấp nào mở, mấy ngày.",
    first="Ghi lượt tập huấn đầu tiên",
    search="Tìm họ tên",
    touches=frozenset({"training"}),
    first_field="person",
    named_in="name",
)
COLUMNS = (
    DAY_COLUMN,
    Column("name", "Họ và tên", least=130, kind="name"),
    Column("unit", "Đơn vị", least=110),
    Column("course", "Lớp, nội dung", least=150),
    Column("organiser", "Cấp tổ chức", 150, hidden=True),
    Column("days", "Số ngày", 72, "number"),
    Column("state", "", 104, "state"),
)
_LABELS = {
    "unit": "Đơn vị", "person": "Họ và tên", "on": "Ngày học", "organiser": "Cấp tổ chức", "days": "Số ngày",
    "course": "Lớp, nội dung",
}  # fmt: skip
_YEARS_BACK = 5


class TrainingsPage(OfficersPage):
    service = courses

    def __init__(self, context: Context) -> None:
        self._order = ("", False)
        self.own_form = self.training_form = TrainingForm(context)
        super().__init__(context, KIND, COLUMNS, self.training_form)
        self.training_form.today = lambda: self.desk.today
        self._year = self.add_menu_filter("year", "Năm")
        self._unit = self.add_unit_filter()
        self.add_conflict_filter()
        self.add_columns_button()

    # The list

    def wanted(self) -> Wanted:
        year, unit = self._year.value(), text(self._unit.value()) or None
        search, (order, descending) = self.search.text() if self.search else "", self._order
        return Wanted(
            year if isinstance(year, int) else None, unit, search, bool(self._conflicts.value()), order, descending
        )

    def listed(self, office: Office, found: Iterable[TrainingRow]) -> list[Row]:
        half_written, today = drafts.waiting(office, KIND.type), office.clock.today()
        return [_row(one, today, draft=one.id in half_written) for one in found]

    def begun(self, summary: object) -> None:
        assert isinstance(summary, Counted)
        self.table.widths.give(0, WIDE_DAY)
        listed, people, days = (group_thousands(n) for n in (summary.listed, summary.people, summary.days))
        self.list.foot.set_totals(
            *((f"{listed} lượt · {people} người", {"days": days}) if summary.listed else ("", {}))
        )

    def sort_by(self, key: str, *, descending: bool) -> None:
        if key == DAY_COLUMN.key:
            self._order = ("" if descending else "oldest", False)
        else:
            self._order = (key, descending) if key in courses.ORDERS else ("", False)

    def choices_changed(self) -> None:
        super().choices_changed()
        latest = self.desk.today.year
        self._year.set_choices([(year, f"Năm {year}") for year in range(latest, latest - _YEARS_BACK, -1)])

    def new_values(self, previous: Values | None) -> Values:
        if previous is not None:
            return {name: previous[name] for name in TRAINING_REPEATED}
        return {"unit": self._unit.value(), "on": self.desk.today, "days": 1}

    def row_values(self, row: Row) -> Values:
        found = row["record"]
        assert isinstance(found, TrainingRow)
        self.training_form.person.stand_for(found.training.person, found.name)
        return {name: getattr(found.training, name) or None for name in _LABELS}

    def writer(self, values: Values, record: str) -> Write:
        training = self.training_form.training(values)

        def write(office: Office) -> Saved:
            return officers.save_training(office, training, None if record == NEW else record)

        return write

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        if field == "person":
            held = self.row_of(self.editor.record or "")
            return _LABELS[field], str(held["name"]) if held and held.get("person_id") == value else "(người khác)"
        if field == "unit":
            return _LABELS[field], self.unit_name(value)
        if field == "organiser" and value:
            return _LABELS[field], catalogue().name(LEVELS, str(value))
        written = short_date(value) if isinstance(value, date) else text(value)
        return _LABELS.get(field, ""), written or "–"


def _row(found: TrainingRow, today: date, *, draft: bool) -> Row:
    training = found.training
    return {
        "id": found.id,
        "name": found.name,
        "locked": "" if found.own else LOWER_KEEPS,
        "conflict": found.conflict,
        "record": found,
        "person_id": training.person,
        "day": training.on,
        "when": when(training.on, today),
        "unit": found.unit_name,
        "course": training.course,
        "organiser": catalogue().name(LEVELS, training.organiser),
        "days": training.days,
        "state": chips.CONFLICT if found.conflict else chips.DRAFT if draft else chips.SAVED,
    }
