"""The page "Đơn vị – đoàn viên"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.text import search_key, sort_key
from congdoan_desktop.domain.units import GRASSROOTS, Unit
from congdoan_desktop.services import side_by_side, unit_desk
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.unit_desk import UnitLine
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import LOWER_KEEPS, EntryPage, Query, Row
from congdoan_desktop.ui.pages.entry.values import number, text
from congdoan_desktop.ui.pages.units.form import KINDS, REPEATED, UnitForm, entry_of, values_of

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=Unit.TYPE,
    page_title="Đơn vị – đoàn viên",
    one="đơn vị",
    add="Thêm CĐCS",
    heading="Công đoàn cơ sở mới",
    icon="tree-structure",
    belongs="Ở đây ghi các công đoàn cơ sở trực thuộc, với số lao động và đoàn viên từng thời điểm.",
    first="Thêm CĐCS đầu tiên",
    search="Tìm tên, mã…",
    touches=frozenset({"unit", "headcount", "person"}),
    first_field="name",
    named_in="shown",
)
_INDENT = "    "
_NUMBER_WIDTH = 42
COLUMNS = (
    Column("number", "TT", _NUMBER_WIDTH, "quiet"),
    Column("shown", "Đơn vị", least=178, sort="order"),
    Column("full", "Tên đầy đủ", least=260, hidden=True),
    Column("code", "Mã", 88, "quiet"),
    Column("kind", "Loại", 220, hidden=True),
    Column("workers", "Lao động", 74, "number"),
    Column("members", "Đoàn viên", 80, "number"),
    Column("counted", "Chốt đến", 92, "date", sort="counted_on"),
    Column("listed", "Danh sách", 84, "number", hidden=True),
    Column("difference", "Chênh lệch", 88, "number", hidden=True),
    Column("state", "Số liệu", 112, "state"),
)
_COUNTED = ChipState("Đã có", "check-circle", "ok")
_NOT_COUNTED = ChipState("Chưa có", "circle-dashed", "neu")
_SENDS = ChipState("Tự gửi", "paper-plane-tilt", "info")
_LABELS = {"name": "Tên đơn vị", "short_name": "Tên ngắn", "code": "Mã đơn vị", "kind": "Loại đơn vị"}


class UnitsPage(EntryPage):
    def __init__(self, context: Context) -> None:
        self.unit_form = UnitForm()
        self._with_lists = False
        super().__init__(context, KIND, COLUMNS, self.unit_form)
        self.unit_form.today = lambda: self.desk.today
        self._codes: dict[str, str] = {}
        self.unit_form.codes = lambda: {code for unit, code in self._codes.items() if unit != self.editor.record}
        self._kind = self.add_menu_filter("kind", "Loại")
        self._uncounted = self.add_plain_filter("uncounted", "Chưa có số", "circle-dashed")
        self.add_conflict_filter()
        self.add_columns_button()
        self._kind.set_choices([(e.code, e.name) for e in catalogue().entries(KINDS)])

    # The list

    def query(self) -> Query:
        kind, words = text(self._kind.value()), search_key(self.search.text() if self.search else "").split()
        uncounted, conflicts = bool(self._uncounted.value()), bool(self._conflicts.value())
        with_lists = self._with_lists

        def wanted(line: UnitLine) -> bool:
            row = line.row
            return (
                all(word in row.search for word in words)
                and kind in ("", row.kind)
                and not (uncounted and line.count)
                and (row.conflict or not conflicts)
            )

        def ask(office: Office) -> list[Row]:
            lines = enumerate(unit_desk.listing(office, with_lists=with_lists))
            return [_row(place, line) for place, line in lines if wanted(line)]

        return ask

    def _show_rows(self, asked: int, rows: list[Row]) -> None:
        """The unions at once; what their lists of people say comes behind, once they are painted."""
        super()._show_rows(asked, rows)
        if asked == self._asked:
            lines = (row["record"] for row in rows if "record" in row)
            counted = any(line.standing for line in lines if isinstance(line, UnitLine))
            self._with_lists = not (self._with_lists or counted)
            if self._with_lists:
                QTimer.singleShot(0, self, self.reload)
            else:
                self._tell_standing()
                self._compare()

    def _compare(self) -> None:
        """The sum of the counts beside that of the lists of people, over the table."""
        office = self.context.office
        self.context.runner.run(
            lambda: side_by_side.of_unit(office()),
            done=lambda side: self.list.set_note(side_by_side.told(side), side_by_side.WHY),
        )

    def _tell_standing(self) -> None:
        held = self.row_of(self.editor.record or "")
        line = held.get("record") if held else None
        if isinstance(line, UnitLine):
            self.unit_form.show_count(line.count, line.standing)

    def rows_shown(self, rows: Sequence[Row]) -> None:
        self.table.widths.give(0, _NUMBER_WIDTH)
        known = {} if not self.is_filtered() else self._codes
        self._codes = {**known, **{str(row["id"]): str(row["code"]) for row in rows}}
        if len(self._codes) == 1:
            self.banner.show_text("info", KIND.belongs, action=KIND.first, on_action=self.open_new)
        below = [row for row in rows if row["level"] == GRASSROOTS]
        counted = sum(row["workers"] is not None for row in below)
        totals = {name: group_thousands(sum(number(row[name]) for row in below)) for name in ("workers", "members")}
        self.list.foot.set_totals(f"{len(below)} CĐCS · {counted} đơn vị đã có số đếm", totals if counted else {})

    def choices_changed(self) -> None:
        """The form chooses nothing that the desk holds."""

    # The form

    def new_values(self, previous: Values | None) -> Values:
        self.unit_form.show_level(GRASSROOTS)
        self.unit_form.show_count(None)
        return {name: previous[name] for name in REPEATED} if previous is not None else {}

    def row_values(self, row: Row) -> Values:
        line = row["record"]
        assert isinstance(line, UnitLine)
        self.unit_form.show_level(line.row.level)
        self.unit_form.show_count(line.count, line.standing)
        return values_of(line)

    def writer(self, values: Values, record: str) -> Write:
        entry = entry_of(values)
        return lambda office: unit_desk.save(office, entry, None if record == NEW else record)

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        named = catalogue().name(KINDS, str(value)) if field == "kind" else text(value)
        return _LABELS.get(field, ""), named or "–"

    # Deleting: a unit that something was recorded about stays

    def ask_delete(self, row: Row) -> None:
        if row["locked"]:
            return
        if row["depth"] == 0:
            self.banner.show_text("info", "Đơn vị của mình không xoá được.", "Tên và mã thì sửa được trong ô bên phải.")
            return
        office, unit = self.context.office, str(row["id"])
        self.context.runner.run(
            lambda: unit_desk.entries_about(office(), unit), done=partial(self._delete_if_free, row)
        )

    def _delete_if_free(self, row: Row, entries: int) -> None:
        if not entries:
            super().ask_delete(row)
            return
        self.banner.show_text(
            "bad",
            f"Chưa xoá được {row['name']}: còn {group_thousands(entries)} mục ghi cho đơn vị này.",
            "Không có gì thay đổi. Chuyển hoặc xoá các mục đó ở trang Hoạt động và Chăm lo trước.",
        )


def _row(place: int, line: UnitLine) -> Row:
    row, count, standing = line.row, line.count, line.standing
    shown = row.short_name if row.depth else row.name
    return {
        "id": row.id,
        "name": row.short_name,
        "locked": "" if line.ours else LOWER_KEEPS,
        "conflict": row.conflict,
        "record": line,
        "depth": row.depth,
        "level": row.level,
        "when": "",
        "number": str(place) if place else "–",
        "shown": _INDENT * row.depth + shown,
        "full": row.name,
        "order": sort_key(shown),
        "code": row.code,
        "kind": catalogue().name(KINDS, row.kind),
        "workers": row.workers,
        "members": row.members,
        "listed": standing.listed if standing and standing.listed else None,
        "difference": standing.difference if standing else None,
        "counted": short_date(count.on) if count else None,
        "counted_on": count.on if count else None,
        "state": _state(line),
    }


def _state(line: UnitLine) -> ChipState:
    if line.row.conflict:
        return chips.CONFLICT
    if not line.ours:
        return _SENDS
    return _COUNTED if line.count else _NOT_COUNTED
