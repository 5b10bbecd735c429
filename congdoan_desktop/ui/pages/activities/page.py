"""The page "Hoạt động"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.services import activities
from congdoan_desktop.services.activities import ActivityRow
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.activities.form import FUNDS, KINDS, REPEATED, ActivityForm, activity_of, values_of
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, LOWER_KEEPS, EntryPage, Query, Row, when
from congdoan_desktop.ui.pages.entry.values import day, number, text

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=Activity.TYPE,
    page_title="Hoạt động",
    one="hoạt động",
    add="Ghi hoạt động",
    heading="Hoạt động mới",
    icon="calendar-blank",
    belongs="Ở đây ghi mọi hoạt động của các công đoàn cơ sở: hội thi, thể thao, Bữa cơm Công đoàn, tuyên truyền…",
    first="Ghi hoạt động đầu tiên",
    search="Tìm tên, đơn vị",
    touches=frozenset({"activity"}),
    first_field="kind",
    named_in="title",
)
COUNTED = ChipState("Tính chỉ tiêu", "check-circle", "ok")
NOT_COUNTED = ChipState("Không tính", "minus-circle", "neu")
COLUMNS = (
    DAY_COLUMN,
    Column("title", "Hoạt động", least=150, under="unit"),
    Column("kind", "Loại", least=100),
    Column("participants", "Người", 60, "number"),
    Column("women", "Nữ", 52, "number"),
    Column("cost", "Kinh phí (đ)", 92, "money"),
    Column("state", "Tình trạng", 128, "state"),
)
_LABELS = {
    "unit": "CĐCS",
    "campaign": "Kế hoạch",
    "kind": "Loại hoạt động",
    "title": "Tên hoạt động",
    "starts": "Từ ngày",
    "ends": "Đến ngày",
    "place": "Địa điểm",
    "participants": "Số người",
    "women": "Trong đó nữ",
    "cost": "Kinh phí (đồng)",
    "source": "Nguồn chi",
    "counts": "Tính vào chỉ tiêu",
    "note": "Ghi chú",
}


class ActivitiesPage(EntryPage):
    def __init__(self, context: Context) -> None:
        self.activity_form = ActivityForm()
        super().__init__(context, KIND, COLUMNS, self.activity_form)
        self.activity_form.desk = lambda: self.desk
        self._campaign = self.add_menu_filter("campaign", "Kế hoạch")
        self._kind = self.add_menu_filter("kind", "Loại")
        self._unit = self.add_menu_filter("unit", "Đơn vị")
        self._conflicts = self.add_plain_filter("conflict", "Mâu thuẫn", "git-merge")
        self.add_columns_button()
        self._kind.set_choices([(e.code, e.name) for e in catalogue().entries(KINDS)])

    # The list

    def query(self) -> Query:
        campaign, kind, unit = (text(chip.value()) or None for chip in (self._campaign, self._kind, self._unit))
        search = self.search.text() if self.search else ""
        only_conflicts = bool(self._conflicts.value())

        def ask(office: Office) -> list[Row]:
            found = activities.listing(office, campaign=campaign, kind=kind, unit=unit, search=search)
            return [_row(one, office.clock.today()) for one in found if one.conflict or not only_conflicts]

        return ask

    def rows_shown(self, rows: Sequence[Row]) -> None:
        self.activity_form.remember_places(text(row["place"]) for row in rows)
        units = len({row["unit"] for row in rows})
        totals = {name: group_thousands(sum(number(row[name]) for row in rows)) for name in ("participants", "women")}
        totals["cost"] = group_thousands(sum(number(row["cost"]) for row in rows))
        self.list.foot.set_totals(f"{len(rows)} hoạt động · {units} đơn vị" if rows else "", totals if rows else {})

    def choices_changed(self) -> None:
        self.activity_form.take_choices(self.desk)
        self._campaign.set_choices(self.desk.campaign_choices())
        self._unit.set_choices(self.desk.unit_choices())

    def is_filtered(self) -> bool:
        chosen = (self._campaign, self._kind, self._unit, self._conflicts)
        return bool(self.search and self.search.text()) or any(chip.value() for chip in chosen)

    def show_conflicts(self) -> None:
        self._conflicts.setChecked(True)

    # The form

    def new_values(self, previous: Values | None) -> Values:
        self.activity_form.hold_one(one=False)
        if previous is not None:
            return {name: previous[name] for name in REPEATED}
        return {"campaign": self.desk.running_campaign(), "counts": False}

    def row_values(self, row: Row) -> Values:
        self.activity_form.hold_one(one=True)
        record = row["record"]
        assert isinstance(record, Activity)
        return values_of(record)

    def writer(self, values: Values, record: str) -> Write:
        if record == NEW:
            chosen = values["units"]
            units = tuple(text(unit) for unit in chosen) if isinstance(chosen, tuple) else ()
            activity = activity_of(values, "")
            return lambda office: activities.add(office, activity, units)
        edited = activity_of(values, text(values["unit"]))
        return lambda office: activities.edit(office, record, edited)

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        return _LABELS.get(field, ""), self._written(field, value)

    def _written(self, field: str, value: object) -> str:
        if value is None or value == "":
            return "–"
        named: dict[str, Callable[[object], str]] = {
            "unit": self.desk.unit_name,
            "campaign": self.desk.campaign_name,
            "kind": lambda code: catalogue().name(KINDS, str(code)),
            "source": lambda code: catalogue().name(FUNDS, str(code)),
            "counts": lambda on: "Có" if on else "Không",
            "starts": lambda on: short_date(day(on)),
            "ends": lambda on: short_date(day(on)),
        }
        if field in named:
            return named[field](value)
        return group_thousands(value) if isinstance(value, int) else str(value)


def _row(found: ActivityRow, today: date) -> Row:
    activity = found.activity
    return {
        "id": found.id,
        "name": activity.title or catalogue().name(KINDS, activity.kind),
        "locked": "" if found.own else LOWER_KEEPS,
        "conflict": found.conflict,
        "record": activity,
        "day": activity.starts,
        "when": when(activity.starts, today),
        "title": activity.title or None,
        "unit": found.unit_name,
        "kind": catalogue().name(KINDS, activity.kind),
        "participants": activity.participants,
        "women": activity.women,
        "cost": activity.cost or None,
        "place": activity.place,
        "state": chips.CONFLICT if found.conflict else COUNTED if activity.counts else NOT_COUNTED,
    }
