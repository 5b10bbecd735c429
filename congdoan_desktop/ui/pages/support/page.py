"""The page "Chăm lo"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services import drafts, persons, support
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.support import PersonHit, SupportRow
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, LOWER_KEEPS, Query, Row, when
from congdoan_desktop.ui.pages.entry.values import day, number, text
from congdoan_desktop.ui.pages.support.form import CAUSES, FUNDS, KINDS, REPEATED, SupportForm, values_of
from congdoan_desktop.ui.pages.support.receiver_form import person_values
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
}


class SupportPage(ReceiverPage):
    def __init__(self, context: Context) -> None:
        self.support_form = SupportForm()
        super().__init__(context, KIND, COLUMNS, self.support_form)
        self._cause = self.add_menu_filter("cause", "Nguyên nhân")
        self._fund = self.add_menu_filter("fund", "Quỹ")
        self._unit = self.add_menu_filter("unit", "Đơn vị")
        self._campaign = self.add_menu_filter("campaign", "Kế hoạch")
        self._no_decision = self.add_plain_filter("no_decision", "Thiếu số QĐ", "warning")
        self._conflicts = self.add_plain_filter("conflict", "Mâu thuẫn", "git-merge")
        self.add_columns_button()
        self._add_signing()
        for chip, name in ((self._cause, CAUSES), (self._fund, FUNDS)):
            chip.set_choices([(entry.code, entry.name) for entry in catalogue().entries(name)])

    def _add_signing(self) -> None:
        signing = Signing(self, self.context, self.banner, self._in_sight, lambda: self.desk.today)
        for name, icon, tip, call in (
            ("signing_list", "printer", "In danh sách ký nhận (Ctrl+P)", signing.ask_paper),
            ("mark_signed", "checks", "Ghi các khoản đang hiện là đã ký nhận", signing.ask_signed),
            ("attach_signed", "image", "Đính kèm bản quét danh sách đã ký, cho các khoản đang hiện", signing.ask_scan),
        ):
            button = Button(tip, icon, "icon", on_click=call)
            button.setObjectName(name)
            self.add_action(button)
        self._shortcut("Ctrl+P", signing.ask_paper)

    def _in_sight(self) -> list[str]:
        """Ids of the records listed, those left out that cannot be read here."""
        return [str(row["id"]) for row in self.table.rows.rows() if isinstance(row, dict) and "person_id" in row]

    # The list

    def query(self) -> Query:
        chosen = (self._cause, self._fund, self._unit, self._campaign)
        cause, fund, unit, campaign = (text(chip.value()) or None for chip in chosen)
        search = self.search.text() if self.search else ""
        only_conflicts, only_missing = bool(self._conflicts.value()), bool(self._no_decision.value())

        def ask(office: Office) -> list[Row]:
            found = support.listing(office, campaign=campaign, unit=unit, cause=cause, fund=fund, search=search)
            half_written = drafts.waiting(office, KIND.type)
            return [
                _row(one, half_written, office.clock.today())
                for one in found
                if (one.conflict or not only_conflicts) and (not one.record.decision or not only_missing)
            ]

        return ask

    def rows_shown(self, rows: Sequence[Row]) -> None:
        people = len({row["person_id"] for row in rows} - {""})
        total = f"{group_thousands(sum(number(row['amount']) for row in rows))} đ"
        counted = f"{len(rows)} khoản · {people} người · Tổng cộng"
        self.list.foot.set_totals(counted if rows else "", {"amount": total} if rows else {})

    def choices_changed(self) -> None:
        self.support_form.take_choices(self.desk)
        self._unit.set_choices(self.desk.unit_choices())
        self._campaign.set_choices(self.desk.campaign_choices())

    def is_filtered(self) -> bool:
        chosen = (self._cause, self._fund, self._unit, self._campaign, self._no_decision, self._conflicts)
        return bool(self.search and self.search.text()) or any(chip.value() for chip in chosen)

    def show_conflicts(self) -> None:
        self._conflicts.setChecked(True)

    # The form

    def new_values(self, previous: Values | None) -> Values:
        if previous is not None:
            return {name: previous[name] for name in REPEATED} | {"member": True}
        return {"campaign": self.desk.running_campaign(), "member": True}

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
            return lambda office: support.add(office, given.record, given.person, **about)
        return lambda office: support.edit(office, record, given.record, given.person, **about)

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
