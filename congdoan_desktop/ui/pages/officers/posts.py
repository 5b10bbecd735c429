"""The tab "Cán bộ": who holds which post on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.persons import Post
from congdoan_desktop.services import drafts, officers
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.officers import Counted, PostRow, Wanted
from congdoan_desktop.services.records import Saved
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.day_chip import DayChip
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import LOWER_KEEPS, Row
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.officers.base import OfficersPage
from congdoan_desktop.ui.pages.officers.forms import BODIES, POST_REPEATED, TITLES, PostForm

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=Post.TYPE,
    page_title="Cán bộ",
    one="chức vụ",
    add="Ghi chức vụ",
    heading="Chức vụ mới",
    icon="user",
    belongs="Ở đây ghi ai giữ chức vụ gì trong công đoàn, từ ngày nào, nhiệm kỳ nào, chuyên trách hay không.",
    first="Ghi chức vụ đầu tiên",
    search="Tìm họ tên",
    touches=frozenset({"post"}),
    first_field="person",
    named_in="name",
)
COLUMNS = (
    Column("name", "Họ và tên", least=130, kind="name"),
    Column("title", "Chức vụ", least=110),
    Column("body", "Nơi giữ", 120, hidden=True),
    Column("unit", "Đơn vị", least=110),
    Column("birth_year", "Năm sinh", 74, show=str, hidden=True),
    Column("sex", "Giới", 48, hidden=True),
    Column("since", "Từ ngày", 98, "date"),
    Column("ends", "Hết", 98, "date"),
    Column("trainings", "Tập huấn", 80, "number", hidden=True),
    Column("state", "Tình trạng", 142, "state"),
)
_FULL = ChipState("Chuyên trách", "check-circle", "info")
_PART = ChipState("Kiêm nhiệm", "user", "neu")
_ENDING = ChipState("Sắp hết hạn", "clock", "warn")
_OVER = ChipState("Đã thôi", "prohibit", "neu")
_LABELS = {
    "unit": "Đơn vị", "person": "Họ và tên", "title": "Chức vụ", "body": "Nơi giữ chức vụ", "full_time": "Chuyên trách",
    "since": "Từ ngày", "until": "Đến hết ngày", "term": "Nhiệm kỳ", "decision": "Số quyết định",
}  # fmt: skip


class PostsPage(OfficersPage):
    service = officers

    def __init__(self, context: Context) -> None:
        self._order = ("name", False)
        self.own_form = self.post_form = PostForm(context)
        super().__init__(context, KIND, COLUMNS, self.post_form)
        self.post_form.today = lambda: self.desk.today
        self._on = DayChip("Tại ngày", lambda: self.desk.today, lambda _: self.reload())
        self._on.setObjectName("filter_on")
        self.add_filter(self._on)
        self._unit = self.add_unit_filter()
        self._full_time = self.add_menu_filter("full_time", "Chuyên trách")
        self._ending = self.add_plain_filter("ending", "Sắp hết nhiệm kỳ", "clock")
        self._past = self.add_plain_filter("past", "Cả những người đã thôi", "clock-counter-clockwise")
        self.add_conflict_filter()
        self.add_columns_button()
        self._full_time.set_choices([("yes", "Chuyên trách"), ("no", "Không chuyên trách")])

    # The list

    def wanted(self) -> Wanted:
        on, all_of_them = self._on.value(), bool(self._past.value())
        order, descending = self._order
        return Wanted(
            on=None if all_of_them else on if isinstance(on, date) else self.context.office().clock.today(),
            search=self.search.text() if self.search else "",
            unit=text(self._unit.value()) or None,
            full_time={"yes": True, "no": False}.get(text(self._full_time.value())),
            ending=bool(self._ending.value()),
            conflict=bool(self._conflicts.value()),
            order=order,
            descending=descending,
        )

    def listed(self, office: Office, found: Iterable[PostRow]) -> list[Row]:
        half_written, today = drafts.waiting(office, KIND.type), office.clock.today()
        return [_row(one, today, draft=one.id in half_written) for one in found]

    def begun(self, summary: object) -> None:
        assert isinstance(summary, Counted)
        listed, people, full = (group_thousands(n) for n in (summary.listed, summary.people, summary.full_time))
        said = f"{listed} chức vụ · {people} người, {full} chuyên trách"
        self.list.foot.set_totals(said if summary.listed else "", {})

    def sort_by(self, key: str, *, descending: bool) -> None:
        self._order = (key, descending) if key in officers.ORDERS else ("name", False)

    def new_values(self, previous: Values | None) -> Values:
        if previous is not None:
            return {name: previous[name] for name in POST_REPEATED}
        return {"unit": self._unit.value(), "since": self.desk.today}

    def row_values(self, row: Row) -> Values:
        found = row["record"]
        assert isinstance(found, PostRow)
        self.post_form.person.stand_for(found.post.person, found.name, str(found.birth_year or ""))
        return {name: getattr(found.post, name) or None for name in _LABELS}

    def writer(self, values: Values, record: str) -> Write:
        post = self.post_form.post(values)

        def write(office: Office) -> Saved:
            return officers.save_post(office, post, None if record == NEW else record)

        return write

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        return _LABELS.get(field, ""), self._written(field, value)

    def _written(self, field: str, value: object) -> str:
        if isinstance(value, bool):
            return "Có" if value else "Không"
        if not value:
            return "–"
        if field in ("title", "body"):
            return catalogue().name(TITLES if field == "title" else BODIES, str(value))
        if field == "unit":
            return self.unit_name(value)
        if field == "person":
            held = self.row_of(self.editor.record or "")
            return str(held["name"]) if held and held.get("person_id") == value else "(người khác)"
        return short_date(value) if isinstance(value, date) else str(value)


def _row(found: PostRow, today: date, *, draft: bool) -> Row:
    post = found.post
    return {
        "id": found.id,
        "name": found.name,
        "locked": "" if found.own else LOWER_KEEPS,
        "conflict": found.conflict,
        "record": found,
        "when": "",
        "person_id": post.person,
        "full_time": post.full_time,
        "title": catalogue().name(TITLES, post.title),
        "body": catalogue().name(BODIES, post.body),
        "unit": found.unit_name,
        "birth_year": found.birth_year,
        "sex": found.sex.capitalize(),
        "since": post.since,
        "ends": found.ends,
        "trainings": found.trainings or None,
        "state": _state(found, today, draft=draft),
    }


def _state(found: PostRow, today: date, *, draft: bool) -> ChipState:
    states = (
        (found.conflict, chips.CONFLICT),
        (draft, chips.DRAFT),
        (found.post.until is not None and found.post.until < today, _OVER),
        (found.ending, _ENDING),
        (found.post.full_time, _FULL),
    )
    return next((state for holds, state in states if holds), _PART)
