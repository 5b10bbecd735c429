"""The tab "Quỹ": what came into the funds, their balances, and statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.funds import Balance, Contribution, validate_contribution
from congdoan_desktop.domain.money import group_thousands, money_in_words, parse_count, parse_money
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import drafts, funds, reporting
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.funds import FUNDS, ContributionRow, Stretch
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import CountField, MoneyField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages import newer
from congdoan_desktop.ui.pages.entry.day_field import day_field
from congdoan_desktop.ui.pages.entry.desk import Desk
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, LOWER_KEEPS, EntryPage, Query, Row, when
from congdoan_desktop.ui.pages.entry.person_field import PersonField
from congdoan_desktop.ui.pages.entry.values import day, number, text
from congdoan_desktop.ui.pages.paper_dialog import show_paper
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.signing import Signers, chosen_signer, signer_field

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=Contribution.TYPE,
    page_title="Quỹ",
    one="khoản thu quỹ",
    add="Ghi thu quỹ",
    heading="Khoản thu quỹ mới",
    icon="heart",
    belongs="Ở đây ghi tiền vào các quỹ; chi thì lấy từ các khoản chăm lo. Số dư là thu trừ chi.",
    first="Ghi khoản thu đầu tiên",
    search="Tìm đơn vị, người đóng góp",
    touches=frozenset({"contribution"}),
    first_field="fund",
    named_in="name",
)
COLUMNS = (
    DAY_COLUMN,
    Column("fund", "Quỹ", least=150),
    Column("unit", "Đơn vị", least=130, kind="name"),
    Column("giver", "Người đóng góp", least=120),
    Column("people", "Số người", 80, "number"),
    Column("amount", "Số tiền (đ)", 112, "money"),
    Column("state", "Tình trạng", 120, "state"),
)
REPEATED = ("fund", "on")
_KEPT = ChipState("Đã vào quỹ", "check-circle", "ok")
_LABELS = {
    "unit": "Đơn vị", "fund": "Quỹ", "on": "Ngày", "amount": "Số tiền (đồng)", "people": "Số người",
    "person": "Người đóng góp trong danh sách", "giver": "Người đóng góp", "note": "Ghi chú",
}  # fmt: skip


class FundForm(Form):
    def __init__(self, context: Context) -> None:
        super().__init__(self._check)
        self.desk = Desk(date.min)
        self.unit = SearchChoiceField("unit", "Đơn vị đóng góp", required=True)
        self.person = PersonField("person", "Người đóng góp trong danh sách", context)
        choices: list[tuple[object, str]] = [(entry.code, entry.name) for entry in catalogue().entries(FUNDS)]
        self.add(ChoiceField("fund", "Quỹ", choices, required=True))
        self.add(self.unit)
        self.add(day_field("on", "Ngày vào quỹ", lambda: self.desk.today, required=True))
        self.add(MoneyField("amount", "Số tiền (đồng)", money_in_words, parse=parse_money))
        self.add(CountField("people", "Số người đóng góp", parse=parse_count))
        self.add(self.person)
        self.add(TextField("giver", "Nơi cấp, nhà tài trợ", limit=200, placeholder="LĐLĐ tỉnh, doanh nghiệp…"))
        self.add(NoteField("note", "Ghi chú", lines=2))

    def take_choices(self, desk: Desk, own: tuple[str, str]) -> None:
        self.desk = desk
        held = self.unit.value()
        self.unit.set_options(Option(id_, name) for id_, name in dict([own, *desk.units]).items())
        if held is not None:
            self.unit.set_value(held)

    def _check(self, values: Values) -> tuple[Finding, ...]:
        return validate_contribution(record_of({**values, "on": values["on"] or self.desk.today}), self.desk.today)


def record_of(values: Values) -> Contribution:
    """The record that the form's values mean. `values` must hold the day."""
    people = values["people"]
    return Contribution(
        unit=text(values["unit"]),
        fund=text(values["fund"]),
        on=day(values["on"]),
        amount=number(values["amount"]),
        people=people if isinstance(people, int) else None,
        person=text(values["person"]) or None,
        giver=text(values["giver"]),
        note=text(values["note"]),
    )


class FundsPage(EntryPage):
    def __init__(self, context: Context) -> None:
        self.fund_form = FundForm(context)
        self._own = ("", "")
        super().__init__(context, KIND, COLUMNS, self.fund_form)
        self._fund = self.add_menu_filter("fund", "Quỹ")
        self._unit = self.add_menu_filter("unit", "Đơn vị")
        self._year = self.add_menu_filter("year", "Mọi năm")
        self.add_columns_button()
        self._fund.set_choices([(entry.code, entry.name) for entry in catalogue().entries(FUNDS)])
        self.statement_button = Button("Sao kê", "printer", on_click=self._ask_statement)
        self.statement_button.setObjectName("statement")
        self.statement_button.setToolTip("Xem và in sao kê của một quỹ")
        self.add_action(self.statement_button)
        self.context.runner.changed.connect(self._spent)

    # The list

    def query(self) -> Query:
        fund, unit = text(self._fund.value()) or None, text(self._unit.value()) or None
        year, search = self._year.value(), self.search.text() if self.search else ""

        def ask(office: Office) -> list[Row]:
            half_written = drafts.waiting(office, KIND.type)
            found = funds.listing(
                office, fund=fund, unit=unit, year=year if isinstance(year, int) else None, search=search
            )
            return [_row(one, office.clock.today(), draft=one.id in half_written) for one in found]

        return ask

    def rows_shown(self, rows: Sequence[Row]) -> None:
        total = f"{group_thousands(sum(number(row['amount']) for row in rows))} đ"
        self.list.foot.set_totals(f"{len(rows)} khoản thu" if rows else "", {"amount": total} if rows else {})
        self._ask_balances()

    def _ask_balances(self) -> None:
        office, unit, today = self.context.office, text(self._unit.value()) or None, self.desk.today
        self.context.runner.run(
            lambda: funds.balances(office(), max(today, office().clock.today()), unit), done=self._show_balances
        )

    def _show_balances(self, found: dict[str, Balance]) -> None:
        fund = text(self._fund.value())
        shown = [code for code in ([fund] if fund else sorted(found)) if code in found]
        said = [f"{catalogue().name(FUNDS, code)} {_signed(found[code].left)}" for code in shown]
        self.subtitle.setText(f"Số dư hôm nay: {' · '.join(said)}" if said else "Chưa có thu, chi nào")

    def _spent(self, changes: frozenset[str]) -> None:
        """Support pays out of the funds."""
        if "support" in changes and self.isVisible():
            self._ask_balances()
        elif "support" in changes:
            self._stale = True

    def load_choices(self, office: Office) -> object:
        with office.read() as connection:
            unit = office.own_unit(connection)
        return unit.unit, unit.short_name

    def take_choices(self, found: object) -> None:
        assert isinstance(found, tuple)
        self._own = found

    def choices_changed(self) -> None:
        self.fund_form.take_choices(self.desk, self._own)
        self._unit.set_choices(self.desk.unit_choices())
        latest = self.desk.today.year
        self._year.set_choices([(year, f"Năm {year}") for year in range(latest, latest - 5, -1)])

    def show_conflicts(self) -> None:
        self._clear_filters()

    # The form

    def new_values(self, previous: Values | None) -> Values:
        if previous is not None:
            return {name: previous[name] for name in REPEATED}
        return {"fund": self._fund.value(), "unit": self._own[0] or None, "on": self.desk.today}

    def row_values(self, row: Row) -> Values:
        found = row["record"]
        assert isinstance(found, ContributionRow)
        record = found.record
        if record.person:
            self.fund_form.person.stand_for(record.person, found.person_name or "(người khác)")
        return {name: getattr(record, name) or None for name in _LABELS}

    def writer(self, values: Values, record: str) -> Write:
        made = record_of(values)
        return lambda office: funds.save(office, made, None if record == NEW else record)

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        if value in (None, ""):
            return _LABELS.get(field, ""), "–"
        if field == "fund":
            return _LABELS[field], catalogue().name(FUNDS, str(value))
        if field == "person":
            return _LABELS[field], self._person_name(value)
        if field == "unit":
            return _LABELS[field], self._own[1] if value == self._own[0] else self.desk.unit_name(value)
        if isinstance(value, date):
            return _LABELS.get(field, ""), short_date(value)
        return _LABELS.get(field, ""), group_thousands(value) if isinstance(value, int) else str(value)

    def _person_name(self, person: object) -> str:
        found = [row["record"] for row in self.table.rows.rows() if isinstance(row, dict) and not newer.is_bare(row)]
        return next((one.person_name for one in found if one.record.person == person), "") or "(người khác)"

    # The statement

    def _ask_statement(self) -> None:
        office = self.context.office
        self.context.runner.run(lambda: reporting.signers(office()), done=self._ask_about)

    def _ask_about(self, signers: Signers) -> None:
        today = self.desk.today
        form = Form()
        choices: list[tuple[object, str]] = [(entry.code, entry.name) for entry in catalogue().entries(FUNDS)]
        form.add(ChoiceField("fund", "Quỹ", choices, required=True))
        form.add(
            day_field("starts", "Từ ngày", lambda: today, required=True),
            day_field("ends", "Đến hết ngày", lambda: today, required=True),
        )
        form.add(signer_field(signers))
        form.set_values({"fund": self._fund.value(), "starts": date(today.year, 1, 1), "ends": today, "signer": 0})
        unit = text(self._unit.value()) or None
        of = f"Của {self.desk.unit_name(unit)}." if unit else "Của đơn vị mình và các đơn vị bên dưới."
        AskDialog(self, "Sao kê quỹ", of, form, "Xem bản in", partial(self._show_statement, unit, signers)).open()

    def _show_statement(self, unit: str | None, signers: Signers, values: Values) -> None:
        wanted = Stretch(text(values["fund"]), day(values["starts"]), day(values["ends"]), unit)
        signer = chosen_signer(values, signers)
        show_paper(self, self.context, lambda office: funds.statement(office, wanted, signer), self.banner.show_error)


def _signed(amount: int) -> str:
    return f"{'−' if amount < 0 else ''}{group_thousands(abs(amount))} đ"


def _row(found: ContributionRow, today: date, *, draft: bool) -> Row:
    record = found.record
    states = ((found.conflict, chips.CONFLICT), (draft, chips.DRAFT))
    return {
        "id": found.id,
        "name": f"{found.unit_name} · {group_thousands(record.amount)} đ",
        "locked": "" if found.own else LOWER_KEEPS,
        "conflict": found.conflict,
        "record": found,
        "day": record.on,
        "when": when(record.on, today),
        "fund": catalogue().name(FUNDS, record.fund),
        "unit": found.unit_name,
        "giver": record.giver or found.person_name,
        "people": record.people,
        "amount": record.amount,
        "state": next((state for holds, state in states if holds), _KEPT),
    }
