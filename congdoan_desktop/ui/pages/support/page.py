"""The page "Chăm lo"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.funds import Balance, Contribution
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services import drafts, funds, given_before, persons, support, support_list
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.receivers import PersonHit
from congdoan_desktop.services.support import GivenAlready
from congdoan_desktop.services.support_list import SupportRow, Wanted
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.listed import ListedPage
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, LOWER_KEEPS, WIDE_DAY, Row, when
from congdoan_desktop.ui.pages.entry.values import day, text
from congdoan_desktop.ui.pages.support.form import CAUSES, FUNDS, KINDS, REPEATED, SupportForm, values_of
from congdoan_desktop.ui.pages.support.receiver_form import person_values, without_number
from congdoan_desktop.ui.pages.support.receiver_page import ReceiverPage
from congdoan_desktop.ui.pages.support.signing import Signing

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=SupportRecord.TYPE,
    page_title="Chăm lo",
    one="khoản chăm lo",
    add="Ghi khoản chăm lo",
    heading="Khoản chăm lo mới",
    icon="heart",
    belongs="Ở đây ghi từng khoản thăm hỏi, trợ cấp, tặng quà cho đoàn viên và người lao động.",
    first="Ghi khoản chăm lo đầu tiên",
    search="Tìm người, đơn vị",
    touches=frozenset({"support", "person"}),
    first_field="name",
    named_in="person",
    pictures=True,
)
NO_DECISION = chips.MISSING_PAPERS.with_word("Thiếu QĐ")
COLUMNS = (
    DAY_COLUMN,
    Column("person", "Người nhận", 132, "name"),
    Column("unit", "CĐCS", least=86),
    Column("cause", "Nguyên nhân", least=84),
    Column("fund", "Quỹ", least=76),
    Column("amount", "Số tiền (đ)", 98, "money"),
    Column("signed", "Ký nhận", 92, "date", hidden=True),
    Column("state", "Tình trạng", 128, "state"),
)
_LABELS = {
    "unit": "CĐCS",
    "person": "Người nhận",
    "campaign": "Kế hoạch",
    "cause": "Nguyên nhân",
    "kind": "Hình thức",
    "cash": "Tiền mặt (đồng)",
    "in_kind": "Hiện vật (đồng)",
    "fund": "Quỹ, nguồn chi",
    "on": "Ngày trao",
    "decision": "Số quyết định",
    "signed": "Ngày ký nhận",
    "goods": "Hiện vật",
    "note": "Ghi chú",
    "group": "Tập thể",
    "need": "Nhu cầu",
    "again": "Lý do trao thêm lần nữa",
}


class SupportPage(ReceiverPage, ListedPage):
    service = support_list
    ahead = staticmethod(support_list.read_ahead)

    def __init__(self, context: Context) -> None:
        self._order = ("", False)
        self._sought: object = None
        """The receiver and programme that were last asked about."""
        self._certain: object = None
        """Those for which a save was refused: the answer that is still on its way knows less."""
        self._balances: dict[str, Balance] | None = None
        """As long as nothing goes into a fund or out of it."""
        self.support_form = SupportForm()
        super().__init__(context, KIND, COLUMNS, self.support_form)
        self.support_form.left.connect(self._ask_before)
        self.support_form.filled.connect(self._ask_before)
        self.support_form.filled.connect(self._ask_balances)
        self._cause = self.add_menu_filter("cause", "Nguyên nhân")
        self._fund = self.add_menu_filter("fund", "Quỹ")
        self._unit = self.add_menu_filter("unit", "Đơn vị")
        self._campaign = self.add_menu_filter("campaign", "Kế hoạch")
        self._no_decision = self.add_plain_filter("no_decision", "Thiếu số QĐ", "warning")
        self.add_conflict_filter()
        self.add_columns_button()
        self._add_signing()
        for chip, name in ((self._cause, CAUSES), (self._fund, FUNDS)):
            chip.set_choices([(entry.code, entry.name) for entry in catalogue().entries(name)])

    def _add_signing(self) -> None:
        signing = Signing(self, self.context, self.banner, self._listed_ids, lambda: self.desk.today)
        for name, icon, tip, call in (
            ("signing_list", "printer", "In danh sách ký nhận (Ctrl+P)", signing.ask_paper),
            ("mark_signed", "checks", "Ghi các khoản đang hiện là đã ký nhận", signing.ask_signed),
            ("attach_signed", "image", "Đính kèm bản quét danh sách đã ký, cho các khoản đang hiện", signing.ask_scan),
        ):
            button = Button(tip, icon, "icon", on_click=call)
            button.setObjectName(name)
            self.add_action(button)
        self._shortcut("Ctrl+P", signing.ask_paper)
        self._shortcut("Ctrl+Shift+N", self.open_like)
        self.new_button.setToolTip(f"{KIND.add} (Ctrl+N); giống dòng đang chọn, cho người khác: Ctrl+Shift+N")

    def _listed_ids(self) -> Callable[[Office], Sequence[str]]:
        """Of all records that the filters leave, also those that were not in sight yet."""
        wanted = self.wanted()
        return lambda office: support_list.ids(office, wanted)

    # The list

    def wanted(self) -> Wanted:
        chosen = (self._campaign, self._unit, self._cause, self._fund)
        campaign, unit, cause, fund = (text(chip.value()) or None for chip in chosen)
        search = self.search.text() if self.search else ""
        no_decision, conflict = bool(self._no_decision.value()), bool(self._conflicts.value())
        return Wanted(campaign, unit, cause, fund, None, search, no_decision, conflict, *self._order)

    def listed(self, office: Office, found: Iterable[SupportRow]) -> list[Row]:
        half_written, today = drafts.waiting(office, KIND.type), office.clock.today()
        return [_row(one, half_written, today) for one in found]

    def begun(self, summary: object) -> None:
        assert isinstance(summary, support_list.Counted)
        with_year = any(on and on.year != self.desk.today.year for on in (summary.first, summary.last))
        self.table.widths.give(0, WIDE_DAY if with_year else DAY_COLUMN.width or 0)
        counted = f"{group_thousands(summary.listed)} khoản · {group_thousands(summary.people)} người · Tổng cộng"
        total = {"amount": f"{group_thousands(summary.amount)} đ"}
        self.list.foot.set_totals(counted if summary.listed else "", total if summary.listed else {})

    def sort_by(self, key: str, *, descending: bool) -> None:
        self._order = (key, descending)

    def choices_changed(self) -> None:
        self.support_form.take_choices(self.desk)
        self._unit.set_choices(self.desk.unit_choices())
        self._campaign.set_choices(self.desk.campaign_choices())

    # The form

    def new_values(self, previous: Values | None) -> Values:
        if previous is not None:
            return {name: previous[name] for name in REPEATED} | self._newcomer()
        return {"campaign": text(self._campaign.value()) or self.desk.running_campaign()} | self._newcomer()

    def _newcomer(self) -> Values:
        return {"member": self.support_form.newcomers_join}

    def open_like(self) -> None:
        """Ctrl+Shift+N: a new one for somebody else that says what the selected row says, or the first one."""
        row = self.table.selected_row() or next(iter(self.table.rows.rows()), None)
        if not isinstance(row, Mapping) or not isinstance(record := row.get("record"), SupportRecord):
            return
        repeated = {name: value for name, value in values_of(record).items() if name in REPEATED} | self._newcomer()
        self.editor.open_new({**repeated, "cash": record.cash or None})
        self.form.pass_by(self.passed_by(repeated))

    def row_values(self, row: Row) -> Values:
        record, hit = row["record"], row["receiver"]
        assert isinstance(record, SupportRecord)
        if not isinstance(hit, PersonHit):
            return {**values_of(record), "name": row["person"]}
        return {**values_of(record), **person_values(hit)}

    def writer(self, values: Values, record: str) -> Write:
        given = self.support_form.given(values)
        about: dict[str, Any] = {"amended": given.amended, "ask": given.ask}
        if record == NEW:
            return lambda office: support.add(office, given.record, given.person, ask_again=True, **about)
        return lambda office: support.edit(office, record, given.record, given.person, **about)

    # What is in the funds

    def _ask_balances(self) -> None:
        """Of a new record: what is kept has gone out of its fund already."""
        is_new = self.editor.record == NEW
        self.support_form.show_balances((self._balances or {}) if is_new else {})
        if is_new and self._balances is None:
            office = self.context.office
            self.context.runner.run(lambda: funds.balances(office(), office().clock.today()), done=self._take_balances)

    def _take_balances(self, found: dict[str, Balance]) -> None:
        self._balances = found
        if self.editor.record == NEW:
            self.support_form.show_balances(found)

    def _changed(self, changes: frozenset[str]) -> None:
        if changes & {SupportRecord.TYPE, Contribution.TYPE}:
            self._balances = None
        super()._changed(changes)

    # What was given before

    def _ask_before(self, *_: object) -> None:
        """Whenever receiver, programme or year may be others."""
        sought = self._now_sought()
        if sought == self._sought:
            return
        self._sought, self._certain = sought, None
        self.support_form.show_before(())
        if sought is not None:
            office = self.context.office
            self.context.runner.run(
                lambda: given_before.lines(office(), *sought), done=partial(self._show_before, sought)
            )

    def _now_sought(self) -> tuple[SupportRecord, Person | None, str] | None:
        """The record as far as it matters, who is new, and the record's id; None while that is not known."""
        values, held = self.support_form.values(), self.editor.record
        if held is None or not (values["name"] and values["kind"] and (values["campaign"] or values["cause"])):
            return None
        given = self.support_form.given({**values, "on": values["on"] or self.desk.today})
        record = replace(
            given.record, cash=0, in_kind=0, fund="", goods="", decision="", note="", signed=None, again=""
        )
        person = without_number(given.person) if given.person else None
        return None if given.record.group else (record, person, held)

    def _show_before(self, sought: object, lines: tuple[str, ...]) -> None:
        """Only the answer to the last question counts."""
        if sought == self._sought and sought != self._certain:
            self.support_form.show_before(lines)

    def _not_saved(self, error: object) -> None:
        super()._not_saved(error)
        if isinstance(error, GivenAlready):
            self.support_form.show_findings(())
            self._certain = self._sought
            self.support_form.show_before(error.lines, refused=True)
            self.support_form.go_to("again")

    # History

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        return _LABELS.get(field, ""), self._written(field, value)

    def _written(self, field: str, value: object) -> str:
        if value is None or value == "":
            return "–"
        catalogues = {"cause": CAUSES, "kind": KINDS, "fund": FUNDS}
        if field in catalogues:
            return catalogue().name(catalogues[field], str(value))
        named: dict[str, Callable[[object], str]] = {
            "unit": self.desk.unit_name,
            "campaign": self.desk.campaign_name,
            "person": self._person_name,
            "need": lambda _: "Chi theo một nhu cầu",
            "on": lambda on: short_date(day(on)),
            "signed": lambda on: short_date(day(on)),
        }
        if field in named:
            return named[field](value)
        return group_thousands(value) if isinstance(value, int) else str(value)

    def _person_name(self, person: object) -> str:
        rows = (row for row in self.table.rows.rows() if isinstance(row, dict))
        return next((str(row["person"]) for row in rows if row.get("person_id") == person), "(người khác)")


_ERASED = "Dữ liệu cá nhân của người nhận đã xoá; số liệu giữ nguyên."
_UNREAD = "Máy này chưa đọc được hồ sơ người nhận; hồ sơ vẫn được giữ nguyên."


def _locked(found: SupportRow) -> str:
    if found.receiver is None and not found.record.group:
        return _ERASED if found.person == persons.ERASED else _UNREAD
    return "" if found.own else LOWER_KEEPS


def _row(found: SupportRow, half_written: dict[str, str], today: date) -> Row:
    record = found.record
    state = chips.PAID if record.decision else NO_DECISION
    if found.conflict:
        state = chips.CONFLICT
    elif found.id in half_written:
        state = chips.DRAFT
    return {
        "id": found.id,
        "name": found.person,
        "locked": _locked(found),
        "conflict": found.conflict,
        "record": record,
        "receiver": found.receiver,
        "person_id": record.person,
        "day": record.on,
        "when": when(record.on, today),
        "person": found.person,
        "unit": found.unit_name,
        "cause": catalogue().name(CAUSES, record.cause),
        "fund": catalogue().name(FUNDS, record.fund),
        "amount": record.cash + record.in_kind,
        "signed": short_date(record.signed) if record.signed else None,
        "state": state,
    }
