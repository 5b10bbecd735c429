"""The form of a support record with its receiver, and the way between its fields and the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.funds import Balance
from congdoan_desktop.domain.money import group_thousands, money_in_words, parse_money
from congdoan_desktop.domain.persons import Person, validate_person
from congdoan_desktop.domain.support import SupportRecord, validate_support
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.support import about_ceiling
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.kit.number_fields import MoneyField
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.values import day, number, text
from congdoan_desktop.ui.pages.support.receiver_form import ReceiverForm, without_number

CAUSES, KINDS, FUNDS = "support_causes", "support_kinds", "funds"
REPEATED = ("campaign", "unit", "on", "cause", "kind", "fund", "decision")

_LETTERS = {
    "on": "N", "cause": "G", "kind": "H", "fund": "Q", "cash": "T", "in_kind": "R", "goods": "V", "decision": "S",
    "signed": "K", "campaign": "P", "note": "C", "collective": "O",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What a filled form means: the record, and its receiver where new or better known than before."""

    record: SupportRecord
    person: Person | None
    amended: Person | None
    ask: bool
    """Nobody has said yet that a new receiver is none of those known."""


class SupportForm(ReceiverForm):
    filled = Signal()
    """Another record, or a draft, is shown."""

    def __init__(self) -> None:
        super().__init__(self._check)
        self.collective = CheckField("collective", "Tặng cho tập thể")
        self.again = TextField("again", "Lý do trao thêm lần nữa", placeholder="mổ lần hai, đợt bổ sung")
        self.before: tuple[str, ...] = ()
        self._refused = False
        """What the receiver was given before of the same programme and year."""
        self.balances: Mapping[str, Balance] = {}
        """Of a new record: what is in the funds, as far as that is recorded here."""
        self._build()
        self.collective.edited.connect(self._collective_changed)

    def _build(self) -> None:
        self.add_receiver()
        self.add(self.member)
        self.add(
            DateField("on", "Ngày trao", self.read_day, lambda value: short_date(day(value)), required=True),
            ChoiceField("cause", "Nguyên nhân", _entries(CAUSES), required=True),
        )
        self.add(ChoiceField("kind", "Hình thức", _entries(KINDS), required=True))
        self.add(ChoiceField("fund", "Quỹ, nguồn chi", _entries(FUNDS), required=True))
        self.add(MoneyField("cash", "Tiền mặt (đồng)", money_in_words, parse=parse_money))
        self.add(MoneyField("in_kind", "Giá trị hiện vật (đồng)", money_in_words, parse=parse_money))
        self.add(TextField("goods", "Hiện vật", placeholder="10 kg gạo, 01 chăn"))
        self.add(
            TextField("decision", "Số quyết định", placeholder="15/QĐ-CĐX"),
            DateField("signed", "Ngày ký nhận", self.read_day, lambda value: short_date(day(value))),
        )
        self.add(self.campaign)
        self.add(self.again)
        self.show_before(())
        self.add(NoteField("note", "Ghi chú", lines=2))
        self.add(self.collective)  # last: it is rare, and each field before costs a key in every record
        self.bind_access(_LETTERS)
        self.field("fund").edited.connect(self._show_left)

    def _collective_changed(self) -> None:
        """The name is asked for next, and means something else now."""
        self.set_collective(bool(self.collective.value()))
        self.go_to("name")

    def show_balances(self, balances: Mapping[str, Balance]) -> None:
        """Beside the fund what is left in it, and a warning when this record takes more."""
        self.balances = balances
        self._show_left()

    def _show_left(self) -> None:
        left = self._left(text(self.field("fund").value()))
        self.field("fund").set_hint("" if left is None else f"Quỹ còn {_in_words(left)}")

    def _left(self, fund: str) -> int | None:
        """In đồng; None where nobody records what comes in."""
        balance = self.balances.get(fund)
        return balance.left if balance is not None and balance.incoming else None

    def _about_fund(self, record: SupportRecord) -> tuple[Finding, ...]:
        left = self._left(record.fund)
        if left is None or record.cash + record.in_kind <= left:
            return ()
        sentence = f"Vượt số dư: quỹ còn {_in_words(left)}. Giảm số tiền, hoặc chọn quỹ khác."
        return (Finding("cash" if record.cash else "in_kind", sentence, warning=True),)

    def show_before(self, lines: tuple[str, ...], *, refused: bool = False) -> None:
        """The reason is asked for as soon as something was given before, and shown wherever one was written.

        `refused`: it is certain that it was the very person, so that nothing is saved without one.
        """
        self.before, self._refused = lines, refused
        self.again.set_hint("\n".join(lines))
        self.again.setVisible(bool(lines or self.again.value()))
        if lines:
            self.remind("again")

    def set_values(self, values: Mapping[str, object]) -> None:
        super().set_values(values)
        self.show_before(())
        self.filled.emit()

    def set_raw(self, raw: Mapping[str, object]) -> None:
        super().set_raw(raw)
        self.show_before(())
        self.filled.emit()

    def _settle_collective(self) -> None:
        self.set_collective(bool(self.collective.value()))

    def given(self, values: Values) -> Given:
        known, told, ask = self.told(values)
        if self.is_collective:
            return Given(record_of(values, "", text(values["name"])), None, None, ask=False)
        return Given(
            record_of(values, known.id if known else ""), None if known else told, told if known else None, ask
        )

    def _check(self, values: Values) -> tuple[Finding, ...]:
        today = self.desk().today
        # A day that cannot be read is the field's own finding; the other fields are judged all the same.
        given = self.given({**values, "on": values["on"] or today})
        about = (*validate_support(given.record, today), *about_ceiling(given.record), *self._about_before(values))
        about = (*about, *self._about_fund(given.record))
        if self.is_collective:
            return about
        person = given.person or given.amended
        assert person is not None
        return (*validate_person(without_number(person), today), *about)

    def _about_before(self, values: Values) -> tuple[Finding, ...]:
        """A warning; the service asks for the reason when the very person was given the same (rule B10)."""
        if not self.before or values["again"]:
            return ()
        known = "đã" if self._refused else "có thể đã"
        sentence = f"Người này {known} nhận trong đợt này; ghi lý do trao thêm, hoặc không trao nữa."
        return (Finding("again", sentence, warning=not self._refused),)


def _in_words(left: int) -> str:
    return f"{'−' if left < 0 else ''}{group_thousands(abs(left))} đ"


def record_of(values: Values, person: str, group: str = "") -> SupportRecord:
    """The record that the form's values mean. `values` must hold the day; `group` names a collective."""
    return SupportRecord(
        unit=text(values["unit"]),
        person=person,
        campaign=text(values["campaign"]) or None,
        cause=text(values["cause"]),
        kind=text(values["kind"]),
        cash=number(values["cash"]),
        in_kind=number(values["in_kind"]),
        fund=text(values["fund"]),
        on=day(values["on"]),
        decision=text(values["decision"]),
        goods=text(values["goods"]),
        note=text(values["note"]),
        signed=signed if isinstance(signed := values["signed"], date) else None,
        group=group,
        again=text(values["again"]),
    )


def values_of(record: SupportRecord) -> Values:
    names = ("unit", "campaign", "cause", "kind", "fund", "on", "decision", "goods", "note", "signed", "again")
    values: Values = {name: getattr(record, name) for name in names}
    collective = bool(record.group) and not record.person
    return {**values, "cash": record.cash or None, "in_kind": record.in_kind or None, "collective": collective}


def _entries(name: str) -> list[tuple[object, str]]:
    return [(entry.code, entry.name) for entry in catalogue().entries(name)]
