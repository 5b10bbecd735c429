"""The tab "Đoàn viên": everybody known, found by a part of the name or of a number, with the form beside the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QMenu

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.people import SEXES
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.services import drafts, erasing, likeness, members, persons, side_by_side, units, workplaces
from congdoan_desktop.services.likeness import Likely
from congdoan_desktop.services.members import Counted, MemberRow, Wanted
from congdoan_desktop.services.records import Saved
from congdoan_desktop.services.side_by_side import SideBySide
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.kit.paged_model import PAGE
from congdoan_desktop.ui.kit.pick_chip import PickChip
from congdoan_desktop.ui.pages.entry.covered import CoveredField
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import Query, Row
from congdoan_desktop.ui.pages.entry.paged import Begin, Begun, PagedEntryPage
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.members import erasure, words
from congdoan_desktop.ui.pages.members.changes import CHANGES, ChangeDialog
from congdoan_desktop.ui.pages.members.erasure import EraseDialog
from congdoan_desktop.ui.pages.members.form import BLANK, REPEATED, MemberForm, values_of

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=Person.TYPE,
    page_title="Đoàn viên",
    one="người",
    add="Thêm người",
    heading="Người mới",
    icon="users-three",
    belongs="Ở đây ghi từng đoàn viên, người lao động của các công đoàn cơ sở; số giấy tờ luôn được che.",
    first="Thêm người đầu tiên",
    search="Tìm tên, số giấy tờ, điện thoại",
    touches=frozenset({"person"}),
    first_field="name",
    named_in="name",
)
Choices = tuple[tuple[str, str], ...]
_COMPARED = ("name", "birth", "citizen_id", "unit")
_COUNTED_BY = frozenset({"person", "headcount", "unit", "org_event"})
_MOST_AT_ONCE = 500
_ORDERS = {"name": "name", "birth": "birth", "joined": "joined"}


class MembersPage(PagedEntryPage):
    def __init__(self, context: Context) -> None:
        self.member_form = MemberForm()
        self._order = ("name", False)
        self._units: Choices = ()
        self._workplaces: Choices = ()
        self._counts_of: str | None = None
        """The unit ("" for all) whose counts stand over the list, None when they are old."""
        super().__init__(context, KIND, words.COLUMNS, self.member_form)
        self.member_form.today = lambda: self.desk.today
        self._standing = self.add_menu_filter("standing", "Tình trạng")
        self._unit = PickChip("Đơn vị", lambda _: self.reload())
        self._unit.setObjectName("filter_unit")
        self.add_filter(self._unit)
        self._sex = self.add_menu_filter("sex", "Giới tính")
        self._gap = self.add_menu_filter("gap", "Thiếu thông tin")
        self._party = self.add_plain_filter("party", "Đảng viên", "flag")
        self.add_conflict_filter()
        self.add_columns_button()
        self._standing.set_choices(words.STANDINGS)
        self._gap.set_choices(words.GAPS)
        self._sex.set_choices([(sex, sex.capitalize()) for sex in SEXES])
        self._add_changes()
        context.runner.changed.connect(self._forget_counts)
        self.member_form.left.connect(self._compare)
        for field in self.member_form.numbers:
            field.reveal_asked.connect(partial(self._reveal, field))

    def _add_changes(self) -> None:
        button = Button("Vào, ra, chuyển", "users-three")
        button.setToolTip("Kết nạp, cho ra, chuyển đơn vị những người đang chọn (Ctrl hoặc Shift để chọn nhiều)")
        button.setObjectName("changes")
        menu = QMenu(button)
        for change in CHANGES:
            menu.addAction(change.title, partial(self.change, change.key))
        menu.addSeparator()
        menu.addAction("Xoá vĩnh viễn dữ liệu cá nhân…", self.ask_erase)
        button.setMenu(menu)
        self.add_action(button)

    # The list

    def wanted(self) -> Wanted:
        chosen = (self._standing, self._unit, self._sex, self._gap)
        standing, unit, sex, gap = (text(chip.value()) for chip in chosen)
        order, descending = self._order
        return Wanted(
            search=self.search.text() if self.search else "",
            unit=unit or None,
            standing=standing,
            sex=sex,
            gap=gap,
            party=bool(self._party.value()),
            conflict=bool(self._conflicts.value()),
            order=order,
            descending=descending,
        )

    def begin(self, goal: str | None) -> Begin:
        wanted = self.wanted()

        def ask(office: Office) -> Begun:
            found = members.page(office, wanted, 0, PAGE)
            half_written = drafts.waiting(office, KIND.type)
            place = members.place(office, wanted, goal) if goal else None
            further: dict[int, list[Row]] = {}
            if place is not None and place >= PAGE:
                starts = place // PAGE * PAGE
                further[starts] = [words.row_of(row) for row in members.rows(office, wanted, starts, PAGE)]
            rows = [words.row_of(row, draft=row.id in half_written) for row in found.rows]
            return Begun(found.counted.people, rows, found.counted, further)

        return ask

    def further(self, starts: int) -> Query:
        wanted = self.wanted()
        return lambda office: [words.row_of(row) for row in members.rows(office, wanted, starts, PAGE)]

    def begun(self, summary: object) -> None:
        assert isinstance(summary, Counted)
        numbers = [group_thousands(number) for number in (summary.people, summary.members, summary.women)]
        said = "{} người · {} đoàn viên, trong đó {} nữ".format(*numbers)
        self.list.foot.set_totals(said if summary.people else "", {})
        self._ask_counts()

    def _ask_counts(self) -> None:
        """The members of the chosen unit as counted, beside its list of today; behind the list."""
        unit, office = text(self._unit.value()), self.context.office
        if unit != self._counts_of:
            self._counts_of = unit
            self.context.runner.run(
                lambda: side_by_side.of_unit(office(), unit or None), done=partial(self._show_counts, unit)
            )

    def _show_counts(self, unit: str, side: SideBySide) -> None:
        if unit == self._counts_of:
            self.list.set_note(side_by_side.told(side), side_by_side.WHY)

    def _forget_counts(self, changes: frozenset[str]) -> None:
        if changes & _COUNTED_BY:
            self._counts_of = None

    def sort_by(self, key: str, *, descending: bool) -> None:
        self._order = (_ORDERS.get(key, "name"), descending and key in _ORDERS)

    def rows_shown(self, rows: Sequence[Row]) -> None:
        """The foot is filled by `begun`."""

    def load_choices(self, office: Office) -> object:
        """Ours and all unions below us, and the workplaces: (id, name)."""
        return tuple(units.choices(office)), tuple(workplaces.choices(office))

    def take_choices(self, found: object) -> None:
        self._units, self._workplaces = cast("tuple[Choices, Choices]", found)

    def choices_changed(self) -> None:
        self._unit.set_choices(list(self._units))
        self.member_form.take_choices(self._units, self._workplaces)

    def _unit_name(self, unit: object) -> str:
        return dict(self._units).get(str(unit), "–")

    def all_rows(self) -> Callable[[Office], Iterable[object]]:
        return self._everybody(whole=False)

    def _everybody(self, *, whole: bool) -> Callable[[Office], Iterable[object]]:
        wanted = self.wanted()
        return lambda office: [words.row_of(row) for row in members.everybody(office, wanted, whole=whole)]

    def choose_export(self) -> None:
        """Numbers of identity go into a file only when somebody wants them there."""
        dialog = ConfirmDialog(
            self,
            "Xuất danh sách ra Excel",
            "Số CCCD, CMND, BHXH trong tệp được che. Chỉ ghi cả số khi thật cần; việc này được ghi vào nhật ký.",
            "Xuất, che số",
            super().choose_export,
        )
        dialog.setObjectName("export_dialog")
        whole = dialog.add_button(Button("Xuất cả số", "eye", on_click=lambda: self._export_whole(dialog)))
        whole.setObjectName("export_whole")
        dialog.open()

    def _export_whole(self, dialog: ConfirmDialog) -> None:
        dialog.reject()
        self.export(self._everybody(whole=True))

    # The form

    def new_values(self, previous: Values | None) -> Values:
        self.member_form.base = BLANK
        self.member_form.show_past("")
        if previous is not None:
            return {name: previous[name] for name in REPEATED}
        return {"member": True, "unit": self._unit.value()}

    def row_values(self, row: Row) -> Values:
        found = row["record"]
        assert isinstance(found, MemberRow)
        self.member_form.base = found.person
        self.member_form.show_past(words.past(found.person, self._unit_name))
        return values_of(found.person)

    def writer(self, values: Values, record: str) -> Write:
        person = self.member_form.person(values)

        def write(office: Office) -> Saved:
            return members.add(office, person) if record == NEW else members.edit(office, record, person)

        return write

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        names = dict(self._workplaces)
        return words.history(field, value, self._unit_name, lambda id_: names.get(str(id_), "–"))

    # Deleting: somebody about whom something was recorded stays

    def ask_delete(self, row: Row) -> None:
        if not row or row["locked"]:
            return
        if len(self.table.selectedIndexes()) > self.model.columnCount():
            self.banner.show_text("info", "Chỉ xoá từng người một.", "Bấm vào một dòng rồi xoá.")
            return
        office, id_ = self.context.office, str(row["id"])
        self.context.runner.run(lambda: members.entries_about(office(), id_), done=partial(self._delete_if_free, row))

    def _delete_if_free(self, row: Row, entries: int) -> None:
        if not entries:
            super().ask_delete(row)
            return
        self.banner.show_text(
            "bad",
            f"Chưa xoá được {row['name']}: còn {group_thousands(entries)} mục ghi về người này.",
            "Không có gì thay đổi. Xoá các khoản chăm lo, chức vụ, tập huấn đó trước; hoặc xoá vĩnh viễn khi người đó "
            "yêu cầu xoá dữ liệu cá nhân.",
            action="Xoá vĩnh viễn…",
            on_action=self.ask_erase,
        )

    def ask_erase(self) -> None:
        """Whoever asks for it is erased for ever, one person at a time."""
        row = self.table.selected_row()
        if not isinstance(row, dict) or len(self.table.selectionModel().selectedRows()) != 1 or row["locked"]:
            self.banner.show_text("info", "Chọn một người trong danh sách trước.", "Chỉ xoá vĩnh viễn từng người một.")
            return
        dialog = EraseDialog(self, str(row["name"]))
        dialog.agreed.connect(partial(self._erase, dialog, str(row["id"]), str(row["name"])))
        dialog.open()

    def _erase(self, dialog: EraseDialog, id_: str, name: str) -> None:
        office = self.context.office
        self.editor.shut()

        def done(_: object) -> None:
            dialog.accept()
            self.banner.show_text("ok", f"Đã xoá vĩnh viễn dữ liệu cá nhân của {name}.", "Số liệu giữ nguyên.")

        self.context.runner.save(
            lambda: erasing.erase_person(office(), id_),
            done=done,
            failed=dialog.refuse,
            title="Đang xoá",
            changes=erasure.CHANGES,
        )

    # Numbers, and likely doubles

    def _reveal(self, field: CoveredField) -> None:
        record, office = self.editor.record, self.context.office
        if not record:
            return

        def show(person: Person) -> None:
            if self.editor.record == record:
                field.reveal(str(getattr(person, field.name)))

        self.context.runner.run(
            lambda: persons.reveal(office(), record), done=show, failed=self.editor.banner.show_error
        )

    def _compare(self, left: str) -> None:
        """Somebody new may be known already: say so while the form is being filled."""
        person = self.member_form.person(self.form.values())
        if left not in _COMPARED or self.editor.record is None or not person.name:
            return
        record, office = self.editor.record, self.context.office
        self.context.runner.run(
            lambda: likeness.alike(office(), persons.bare(person), record), done=partial(self._say_alike, record)
        )

    def _say_alike(self, record: str, found: list[Likely]) -> None:
        if not found or self.editor.record != record:
            return
        others = f" (và {len(found) - 1} người khác)" if len(found) > 1 else ""
        self.editor.banner.show_text(
            "warn",
            "Có thể đã có trong máy.",
            f"{members.said_of(found[0])}{others}.",
            action="Mở người đó",
            on_action=partial(self.open_object, found[0].who.id),
        )

    # Joining, leaving, changing the union

    def change(self, key: str) -> None:
        """A dated change of everybody selected."""
        rows = [row for row in self.table.selected_rows() if isinstance(row, dict) and not row["locked"]]
        if not 0 < len(rows) <= _MOST_AT_ONCE or len(rows) < len(self.table.selectionModel().selectedRows()):
            self.banner.show_text(
                "info", f"Chọn từ 1 đến {_MOST_AT_ONCE} người trong danh sách trước.",
                "Giữ Ctrl hoặc Shift để chọn nhiều người; những người đơn vị dưới giữ hồ sơ thì không chọn.",
            )  # fmt: skip
            return
        change = next(change for change in CHANGES if change.key == key)
        dialog = ChangeDialog(self, change, [str(row["name"]) for row in rows], self.desk.today, self._units)
        dialog.given.connect(partial(self._carry_out, dialog, [str(row["id"]) for row in rows]))
        dialog.open()

    def _carry_out(self, dialog: ChangeDialog, ids: list[str], write: Callable[[Office, list[str]], Saved]) -> None:
        office = self.context.office
        self.editor.shut()

        def done(saved: Saved) -> None:
            dialog.accept()
            warned = " ".join(finding.message for finding in saved.warnings[:2])
            self.banner.show_text("warn" if warned else "ok", f"Đã ghi cho {len(saved.ids)} người.", warned)

        self.context.runner.save(
            lambda: write(office(), ids),
            done=done,
            failed=dialog.refuse,
            title="Đang ghi",
            changes=KIND.touches,
        )
