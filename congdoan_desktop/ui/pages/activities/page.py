"""The page "Hoạt động"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from congdoan_desktop.domain.activities import DONE, Activity
from congdoan_desktop.domain.activity_kinds import has_participants
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.services import activities
from congdoan_desktop.services.activities import ActivityRow, Place, Wanted
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.kit.paged_model import PAGE
from congdoan_desktop.ui.pages.activities import inviting, words
from congdoan_desktop.ui.pages.activities.calendar import AWAITED, PAST, CalendarView
from congdoan_desktop.ui.pages.activities.emulation import EmulationView
from congdoan_desktop.ui.pages.activities.form import REPEATED, STATES, ActivityForm
from congdoan_desktop.ui.pages.activities.record import KINDS, activity_of, values_of
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, LOWER_KEEPS, WIDE_DAY, Query, Row, when
from congdoan_desktop.ui.pages.entry.paged import Begin, Begun, PagedEntryPage
from congdoan_desktop.ui.pages.entry.values import text

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
    pictures=True,
)
COUNTED = ChipState("Tính chỉ tiêu", "check-circle", "ok")
NOT_COUNTED = ChipState("Không tính", "minus-circle", "neu")
COLUMNS = (
    DAY_COLUMN,
    Column("title", "Hoạt động", least=150, under="where"),
    Column("kind", "Loại", least=100),
    Column("participants", "Người", 60, "number"),
    Column("women", "Nữ", 52, "number"),
    Column("cost", "Kinh phí (đ)", 92, "money"),
    Column("state", "Tình trạng", 128, "state"),
)

LIST, CALENDAR, EMULATION = range(3)
VIEWS = {"calendar": CALENDAR, "emulation": EMULATION}
_SUMMED = ("participants", "women", "cost")


class ActivitiesPage(PagedEntryPage):
    many_at_once = False
    ahead = staticmethod(activities.read_ahead)

    def __init__(self, context: Context) -> None:
        self.activity_form = ActivityForm(context)
        self._places: tuple[Place, ...] = ()
        self._places_known = False
        self._held: Activity | None = None
        self._held_at: list[str] = []
        self._order = ("", False)
        self._preset: Values = {}
        super().__init__(context, KIND, COLUMNS, self.activity_form)
        self._campaign = self.add_menu_filter("campaign", "Kế hoạch")
        self._kind = self.add_menu_filter("kind", "Loại")
        self._unit = self.add_menu_filter("unit", "Đơn vị")
        self._state = self.add_menu_filter("state", "Tình trạng")
        self.add_conflict_filter()
        self._columns_button = self.add_columns_button()
        self._kind.set_choices([(e.code, e.name) for e in catalogue().entries(KINDS)])
        self._state.set_choices(STATES)
        context.runner.changed.connect(self._workplaces_changed)
        self._add_deeds()
        self._add_calendar()

    def _add_deeds(self) -> None:
        self._deeds: list[Button] = []
        for name, icon, tip, keys, call in (
            ("hold", "check-circle", "Đã tổ chức: ghi việc dự kiến đang chọn là đã làm (F9)", "F9", self.hold),
            ("like", "plus", "Ghi một hoạt động giống dòng đang chọn (Ctrl+Shift+N)", "Ctrl+Shift+N", self.open_like),
            ("invite", "printer", "In danh sách mời của hoạt động đang chọn (Ctrl+P)", "Ctrl+P", self.ask_invitations),
        ):
            button = Button(tip, icon, "icon", on_click=call)
            button.setObjectName(name)
            self.add_action(button)
            self._deeds.append(button)
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(call)

    # List and calendar

    def _add_calendar(self) -> None:
        bar = self.add_tabs(["Danh sách", "Lịch", "Thi đua"])
        bar.setObjectName("tabs")
        bar.setAccessibleName("Cách xem hoạt động")
        bar.currentChanged.connect(self._turn)
        self.calendar = CalendarView(self.context, lambda: text(self._campaign.value()) or None)
        self.calendar.opened.connect(self._open_item)
        self.calendar.hide()
        self._body.addWidget(self.calendar, 1)
        self.emulation = EmulationView(self.context, self.chosen_plan, self.banner)
        self.emulation.opened.connect(self.open_object)
        self.emulation.hide()
        self._body.addWidget(self.emulation, 1)

    def _turn(self, tab: int) -> None:
        """What was being typed stays as a draft; only the filter by plan is about both."""
        assert self.tabs is not None
        as_list, on_row = tab == LIST, self.tabs.hasFocus()
        if not as_list:
            self.editor.shut()
        self.list.setVisible(as_list)
        self.calendar.setVisible(tab == CALENDAR)
        self.emulation.setVisible(tab == EMULATION)
        for button in self._deeds:
            button.setVisible(as_list)
        for chip in (self._kind, self._unit, self._state, self._conflicts, self.search, self._columns_button):
            if chip is not None:
                chip.setVisible(as_list)
        if tab == CALENDAR:
            self.calendar.begin(self.desk.today)
        elif tab == EMULATION:
            self.emulation.reload()
        if not on_row:
            goal = (self.table, self.calendar.grid, self.emulation)[tab]
            goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_item(self, page: str, id_: str) -> None:
        if page == "activities":
            self.open_object(id_)
        elif page:
            self.context.go(page, id_)

    def open_new(self) -> None:
        self._preset = self.emulation.preset() if self.emulation.isVisible() else {}
        self._show_list()
        super().open_new()
        self._preset = {}

    def open_object(self, id_: str) -> None:
        """A record, "new", the type's name for its conflicts, "calendar" or "emulation"."""
        if id_ in VIEWS:
            assert self.tabs is not None
            self.tabs.setCurrentIndex(VIEWS[id_])
        else:
            self._show_list()
            super().open_object(id_)

    def _show_list(self) -> None:
        assert self.tabs is not None
        self.tabs.setCurrentIndex(LIST)

    def reload(self, *_: object) -> None:
        super().reload()
        if self.calendar.isVisible():
            self.calendar.reload()
        elif self.emulation.isVisible():
            self.emulation.reload()

    # The list

    def wanted(self) -> Wanted:
        chosen = (self._campaign, self._unit, self._kind, self._state)
        campaign, unit, kind, state = (text(chip.value()) or None for chip in chosen)
        search, conflict = self.search.text() if self.search else "", bool(self._conflicts.value())
        order, descending = self._order
        return Wanted(campaign, unit, kind, state, None, search, conflict, order, descending)

    def begin(self, goal: str | None) -> Begin:
        wanted = self.wanted()

        def ask(office: Office) -> Begun:
            found = activities.page(office, wanted, 0, PAGE)
            at = activities.position(office, wanted, goal) if goal else None
            starts = (at or 0) // PAGE * PAGE
            further = {starts: _listed(office, activities.rows(office, wanted, starts, PAGE))} if starts else {}
            return Begun(found.summed.listed, _listed(office, found.rows), found, further)

        return ask

    def further(self, starts: int) -> Query:
        wanted = self.wanted()
        return lambda office: _listed(office, activities.rows(office, wanted, starts, PAGE))

    def begun(self, summary: object) -> None:
        assert isinstance(summary, activities.Page)
        summed = summary.summed
        self._held_at = list(dict.fromkeys([*(row.activity.place for row in summary.rows), *self._held_at]))
        self.activity_form.remember_places(self._held_at)
        with_year = any(day and day.year != self.desk.today.year for day in (summed.first, summed.last))
        self.table.widths.give(0, WIDE_DAY if with_year else DAY_COLUMN.width or 0)
        planned = summed.listed - summed.held
        said = f"{group_thousands(summed.held)} hoạt động · {group_thousands(summed.units)} đơn vị"
        said += f" · thêm {group_thousands(planned)} dự kiến" if planned else ""
        totals = {name: group_thousands(getattr(summed, name)) for name in _SUMMED}
        self.list.foot.set_totals(said if summed.listed else "", totals if summed.listed else {})

    def sort_by(self, key: str, *, descending: bool) -> None:
        self._order = (key, descending)

    def rows_shown(self, rows: Sequence[Row]) -> None:
        """The foot is filled by `begun`."""

    def all_rows(self) -> Callable[[Office], Iterable[object]]:
        wanted = self.wanted()
        return lambda office: _listed(office, activities.all_of(office, wanted))

    def load_choices(self, office: Office) -> object:
        """Where activities were held."""
        return activities.held_at(office)

    def take_choices(self, found: object) -> None:
        self._held_at = cast("list[str]", found)
        self.activity_form.remember_places(self._held_at)

    def choices_changed(self) -> None:
        self.activity_form.take_choices(self.desk)
        self._campaign.set_choices(self.desk.campaign_choices())
        self._unit.set_choices(self.desk.unit_choices())
        if not self._places_known:
            self._places_known = True
            self.context.runner.run(lambda: activities.places(self.context.office()), done=self._take_places)

    def _take_places(self, places: list[Place]) -> None:
        self._places = tuple(places)
        self.activity_form.take_places(places)

    def _workplaces_changed(self, changes: frozenset[str]) -> None:
        if changes & {"workplace", "unit", "org_event"}:
            self._places_known = False
            self._stale = True

    # The form

    def new_values(self, previous: Values | None) -> Values:
        self.activity_form.hold_one(one=False)
        if previous is not None:
            return {name: previous[name] for name in REPEATED}
        return {"campaign": self.chosen_plan(), "counts": False, **self._preset}

    def passed_by(self, values: Values) -> Iterable[str]:
        """An activity of one day has no last day, and so has the next."""
        return (*super().passed_by(values), "ends")

    def chosen_plan(self) -> str | None:
        """The plan of the filter, else the one that is running."""
        return text(self._campaign.value()) or self.desk.running_campaign()

    def hold(self) -> None:
        """F9: what was planned has been held. How many came is asked where nobody has said it yet.

        By way of the form, which shows it: it would write what it says over what was saved behind its back.
        """
        row = self.table.selected_row()
        found = row.get("record") if isinstance(row, Mapping) else None
        if not isinstance(row, Mapping) or not isinstance(found, ActivityRow):
            return
        if row["locked"] or found.activity.state == DONE:
            return
        kind = catalogue().entry(KINDS, found.activity.kind)
        self._follow(row)
        self.activity_form.state.set_value(DONE)
        self.form.edited.emit()
        if not self.form.field("participants").value() and (kind is None or has_participants(kind)):
            self.form.go_to("participants", Qt.FocusReason.TabFocusReason)
        else:
            self.editor.save(again=False)

    def open_like(self) -> None:
        """Ctrl+Shift+N: a new one with all that the selected one says, but for its unions and its people."""
        row = self.table.selected_row()
        found = row.get("record") if isinstance(row, Mapping) else None
        if isinstance(found, ActivityRow):
            self.activity_form.hold_one(one=False)
            values = values_of(found.activity)
            self.editor.open_new({**values, "people": None, "units": (found.activity.unit,)})

    def ask_invitations(self) -> None:
        """Ctrl+P: the list of those invited to the selected activity."""
        row = self.table.selected_row()
        if isinstance(row, Mapping) and isinstance(row.get("record"), ActivityRow):
            inviting.ask(self, self.context, self.banner, str(row["id"]), str(row["name"]))
        else:
            self.banner.show_text("info", "Chọn một hoạt động rồi in danh sách mời.")

    def row_values(self, row: Row) -> Values:
        self.activity_form.hold_one(one=True)
        record = row["record"]
        assert isinstance(record, ActivityRow)
        self._held = record.activity
        self.activity_form.know_people(record.people)
        return values_of(record.activity)

    def writer(self, values: Values, record: str) -> Write:
        if record == NEW:
            units, workplaces = _chosen(values["units"]), _chosen(values["workplaces"])
            workplaces = workplaces if self.activity_form.asks_for_workplaces() else ()
            activity = activity_of(values, "")
            return lambda office: activities.add(office, activity, units, workplaces)
        edited = activity_of(values, text(values["unit"]), self._held)
        return lambda office: activities.edit(office, record, edited)

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        return words.LABELS.get(field, ""), self._written(field, value)

    def _written(self, field: str, value: object) -> str:
        named: dict[str, Callable[[object], str]] = {
            "unit": self.desk.unit_name,
            "campaign": self.desk.campaign_name,
            "workplace": lambda id_: next((place.name for place in self._places if place.id == id_), "–"),
        }
        return named[field](value) if field in named and value else words.written(field, value)


def _listed(office: Office, found: Iterable[ActivityRow]) -> list[Row]:
    today = office.clock.today()
    return [_row(one, today) for one in found]


def _row(found: ActivityRow, today: date) -> Row:
    activity = found.activity
    return {
        "id": found.id,
        "name": activity.title or catalogue().name(KINDS, activity.kind),
        "locked": "" if found.own else LOWER_KEEPS,
        "conflict": found.conflict,
        "record": found,
        "done": activity.state == DONE,
        "day": activity.starts,
        "when": when(activity.starts, today),
        "title": activity.title or None,
        "unit": found.unit_name,
        "where": " · ".join(part for part in (found.workplace_name, found.unit_name) if part),
        "kind": catalogue().name(KINDS, activity.kind),
        "participants": activity.participants,
        "women": activity.women,
        "cost": activity.cost or None,
        "place": activity.place,
        "state": chips.CONFLICT if found.conflict else _state(activity, today),
    }


def _state(activity: Activity, today: date) -> ChipState:
    if activity.state != DONE:
        return PAST if activity.ends < today else AWAITED
    return COUNTED if activity.counts else NOT_COUNTED


def _chosen(value: object) -> tuple[str, ...]:
    return tuple(text(one) for one in value) if isinstance(value, tuple) else ()
