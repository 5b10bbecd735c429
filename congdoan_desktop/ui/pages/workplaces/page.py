"""The tab "Nơi làm việc"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, cast

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.services import drafts, units, workplaces
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.records import Saved
from congdoan_desktop.services.workplaces import Summed, Wanted, WorkplaceRow
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.kit.pick_chip import PickChip
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.listed import ListedPage
from congdoan_desktop.ui.pages.entry.page import LOWER_KEEPS, Row
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.workplaces.form import (
    BLANK,
    KINDS,
    LINES,
    OWNERSHIPS,
    REPEATED,
    WorkplaceForm,
    values_of,
)

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=Workplace.TYPE,
    page_title="Nơi làm việc",
    one="nơi làm việc",
    add="Thêm nơi làm việc",
    heading="Nơi làm việc mới",
    icon="buildings",
    belongs="Ở đây ghi cơ quan, đơn vị, doanh nghiệp, trường học trên địa bàn, có hay chưa có công đoàn.",
    first="Thêm nơi làm việc đầu tiên",
    search="Tìm tên, mã số thuế, địa chỉ",
    touches=frozenset({"workplace", "workforce"}),
    first_field="name",
    named_in="name",
)
COLUMNS = (
    Column("name", "Nơi làm việc", least=170),
    Column("kind", "Loại hình", least=100),
    Column("ownership", "Sở hữu", 130, hidden=True),
    Column("line", "Ngành nghề", 150, hidden=True),
    Column("place", "Xã, phường", 104),
    Column("tax_code", "Mã số thuế", 110, "quiet", hidden=True),
    Column("workers", "Lao động", 76, "number"),
    Column("women", "Nữ", 60, "number", hidden=True),
    Column("eligible", "Đủ ĐK", 70, "number"),
    Column("union_name", "CĐCS", least=130, hidden=True),
    Column("state", "Công đoàn", 104, "state"),
)
_WITH = ChipState("Đã có", "check-circle", "ok")
_WITHOUT = ChipState("Chưa có", "circle-dashed", "warn")
_LABELS = {
    "unit": "Đơn vị giữ hồ sơ", "name": "Tên", "kind": "Loại hình", "ownership": "Sở hữu", "line": "Ngành nghề",
    "tax_code": "Mã số thuế", "budget_code": "Mã QHNS", "place": "Xã, phường", "address": "Địa chỉ", "union": "CĐCS",
    "since": "Hoạt động từ", "until": "Ngừng từ", "contact": "Người liên hệ", "note": "Ghi chú",
}  # fmt: skip
_NAMED = {"kind": KINDS, "ownership": OWNERSHIPS, "line": LINES}


class WorkplacesPage(ListedPage):
    service = workplaces

    def __init__(self, context: Context) -> None:
        self._order = ("name", False)
        self.workplace_form = WorkplaceForm()
        self._units: tuple[tuple[str, str], ...] = ()
        super().__init__(context, KIND, COLUMNS, self.workplace_form)
        self.workplace_form.today = lambda: self.desk.today
        self._kind = self.add_menu_filter("kind", "Loại hình")
        self._ownership = self.add_menu_filter("ownership", "Sở hữu")
        self._union = self.add_menu_filter("union", "Công đoàn")
        self._unit = PickChip("Đơn vị", lambda _: self.reload())
        self._unit.setObjectName("filter_unit")
        self.add_filter(self._unit)
        self.add_conflict_filter()
        self.add_columns_button()
        for chip, name in ((self._kind, KINDS), (self._ownership, OWNERSHIPS)):
            chip.set_choices([(entry.code, entry.name) for entry in catalogue().entries(name)])
        self._union.set_choices([("with", "Đã có công đoàn"), ("without", "Chưa có công đoàn")])

    # The list

    def wanted(self) -> Wanted:
        chosen = (self._kind, self._ownership, self._union, self._unit)
        kind, ownership, union, unit = (text(chip.value()) for chip in chosen)
        order, descending = self._order
        return Wanted(
            search=self.search.text() if self.search else "",
            unit=unit or None,
            kind=kind,
            ownership=ownership,
            union={"with": True, "without": False}.get(union),
            conflict=bool(self._conflicts.value()),
            order=order,
            descending=descending,
        )

    def listed(self, office: Office, found: Iterable[WorkplaceRow]) -> list[Row]:
        half_written = drafts.waiting(office, KIND.type)
        return [_row(one, draft=one.id in half_written) for one in found]

    def begun(self, summary: object) -> None:
        assert isinstance(summary, Summed)
        totals = {name: group_thousands(getattr(summary, name)) for name in ("workers", "women", "eligible")}
        said = f"{group_thousands(summary.listed)} nơi · {group_thousands(summary.without)} chưa có công đoàn"
        self.list.foot.set_totals(said, totals if summary.listed else {})

    def sort_by(self, key: str, *, descending: bool) -> None:
        self._order = (key, descending) if key in workplaces.ORDERS else ("name", False)

    def load_choices(self, office: Office) -> object:
        return tuple(units.choices(office))

    def take_choices(self, found: object) -> None:
        self._units = cast("tuple[tuple[str, str], ...]", found)

    def choices_changed(self) -> None:
        self._unit.set_choices(list(self._units))
        self.workplace_form.take_choices(self._units)

    # The form

    def new_values(self, previous: Values | None) -> Values:
        self.workplace_form.base = BLANK
        self.workplace_form.show_count(None)
        if previous is not None:
            return {name: previous[name] for name in REPEATED}
        return {"unit": self._unit.value() or (self._units[0][0] if self._units else None)}

    def row_values(self, row: Row) -> Values:
        found = row["record"]
        assert isinstance(found, WorkplaceRow)
        self.workplace_form.base = found.workplace
        self.workplace_form.show_count(found.count)
        return values_of(found.workplace, found.count)

    def writer(self, values: Values, record: str) -> Write:
        workplace, counted = self.workplace_form.given(values)

        def write(office: Office) -> Saved:
            return workplaces.save(office, workplace, counted, None if record == NEW else record)

        return write

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        if field in _NAMED and value:
            return _LABELS[field], catalogue().name(_NAMED[field], str(value))
        if field in ("unit", "union") and value:
            return _LABELS[field], dict(self._units).get(str(value), "–")
        return _LABELS.get(field, ""), text(value) or "–"

    # Deleting: a workplace of somebody stays

    def ask_delete(self, row: Row) -> None:
        if row["locked"]:
            return
        office, id_ = self.context.office, str(row["id"])
        self.context.runner.run(
            lambda: workplaces.entries_about(office(), id_), done=partial(self._delete_if_free, row)
        )

    def _delete_if_free(self, row: Row, people: int) -> None:
        if not people:
            super().ask_delete(row)
            return
        self.banner.show_text(
            "bad",
            f"Chưa xoá được {row['name']}: còn {group_thousands(people)} người làm việc ở đây.",
            "Không có gì thay đổi. Ghi ngày ngừng hoạt động, hoặc sửa nơi làm việc của những người đó trước.",
        )


def _row(found: WorkplaceRow, *, draft: bool) -> Row:
    workplace, count = found.workplace, found.count
    return {
        "id": found.id,
        "name": workplace.name,
        "locked": "" if found.own else LOWER_KEEPS,
        "conflict": found.conflict,
        "record": found,
        "when": "",
        "kind": catalogue().name(KINDS, workplace.kind),
        "ownership": catalogue().name(OWNERSHIPS, workplace.ownership),
        "line": catalogue().name(LINES, workplace.line) if workplace.line else "",
        "place": workplace.place,
        "tax_code": workplace.tax_code,
        "workers": count.workers if count else None,
        "women": count.women if count else None,
        "eligible": count.eligible if count else None,
        "union": workplace.union,
        "union_name": found.union_name,
        "state": _state(found, draft=draft),
    }


def _state(found: WorkplaceRow, *, draft: bool) -> ChipState:
    if found.conflict:
        return chips.CONFLICT
    if draft:
        return chips.DRAFT
    return _WITH if found.workplace.union else _WITHOUT
