"""The tab "Nhu cầu": cases of need by how far each has come, and the first step on: one tờ trình for many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.need_states import OPEN_TO_PROPOSE, UNDER_REVIEW, NeedState
from congdoan_desktop.domain.needs import HOUSES, Need
from congdoan_desktop.services import drafts, needs, persons
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.need_steps import shown_cause
from congdoan_desktop.services.needs import NeedRow, Wanted
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import ChipState, FilterChip
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, LOWER_KEEPS, Query, Row, when
from congdoan_desktop.ui.pages.entry.values import number, text
from congdoan_desktop.ui.pages.support.need_form import (
    BENEFICIARIES,
    CAUSES,
    HOUSEHOLDS,
    KINDS,
    REPEATED,
    STAGES,
    WAYS,
    NeedForm,
    values_of,
)
from congdoan_desktop.ui.pages.support.receiver_form import person_values
from congdoan_desktop.ui.pages.support.receiver_page import ReceiverPage
from congdoan_desktop.ui.pages.support.steps import OF, WAY, many_written, written

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=Need.TYPE,
    page_title="Nhu cầu",
    one="nhu cầu",
    add="Ghi nhu cầu",
    heading="Nhu cầu mới",
    icon="heart",
    belongs="Ở đây ghi ai đang khó khăn, vì sao; từ đó lập tờ trình, họp xét, ra quyết định và chi.",
    first="Ghi nhu cầu đầu tiên",
    search="Tìm người, đơn vị",
    touches=WAY,
    first_field="beneficiary",
    named_in="person",
    pictures=True,
)
COLUMNS = (
    DAY_COLUMN,
    Column("person", "Người, tập thể", 132, "name"),
    Column("unit", "CĐCS", least=86),
    Column("cause", "Nguyên nhân", least=96),
    Column("kind", "Hình thức", least=110),
    Column("amount", "Số tiền (đ)", 92, "money"),
    Column("decision", "Quyết định", 96, hidden=True),
    Column("state", "Tình trạng", 136, "state"),
)
STATES: Mapping[NeedState, ChipState] = {
    NeedState.WAITING: chips.WAITING.with_word("Chờ xét"),
    NeedState.PROPOSED: chips.SENT.with_word("Đã trình"),
    NeedState.PUT_OFF: chips.NO_DATA.with_word("Hoãn"),
    NeedState.REFUSED: chips.REFUSED.with_word("Không hỗ trợ"),
    NeedState.AGREED: chips.WAITING.with_word("Chờ quyết định"),
    NeedState.DECIDED: chips.WAITING.with_word("Chờ chi"),
    NeedState.PAID: chips.WAITING.with_word("Chờ ký nhận"),
    NeedState.SIGNED: chips.PAID.with_word("Đã ký nhận"),
    NeedState.CLOSED: chips.NO_DATA.with_word("Đã đóng"),
}
_BOARD: Sequence[tuple[str, frozenset[NeedState]]] = (
    ("Đang chờ xét", UNDER_REVIEW),
    ("Chờ quyết định", frozenset({NeedState.AGREED})),
    ("Chờ chi", frozenset({NeedState.DECIDED})),
    ("Chờ ký nhận", frozenset({NeedState.PAID})),
)
_LABELS = {
    "unit": "CĐCS",
    "person": "Người có nhu cầu",
    "group": "Tập thể",
    "beneficiary": "Đối tượng",
    "relation": "Quan hệ",
    "cause": "Nguyên nhân",
    "kind": "Hình thức dự kiến",
    "on": "Ngày báo",
    "reporter": "Người báo",
    "estimate": "Mức dự kiến (đồng)",
    "household": "Diện hộ",
    "circumstances": "Hoàn cảnh",
    "campaign": "Kế hoạch",
    "consent_on": "Ngày đồng ý",
    "consent_way": "Cách đồng ý",
    "withdrawn_on": "Ngày rút đồng ý",
    "closed_on": "Ngày đóng",
    "stages": "Các bước làm nhà",
    "note": "Ghi chú",
}
_CATALOGUES = {
    "beneficiary": BENEFICIARIES, "cause": CAUSES, "kind": KINDS, "household": HOUSEHOLDS, "consent_way": WAYS,
}  # fmt: skip
_ERASED = "Dữ liệu cá nhân của người này đã xoá; số liệu giữ nguyên."
_UNREAD = "Máy này chưa đọc được hồ sơ người này; hồ sơ vẫn được giữ nguyên."


class NeedsPage(ReceiverPage):
    def __init__(self, context: Context) -> None:
        self.need_form = NeedForm()
        super().__init__(context, KIND, COLUMNS, self.need_form)
        self._board = [self._board_chip(word, states) for word, states in _BOARD]
        self._unit = self.add_menu_filter("unit", "Đơn vị")
        self._campaign = self.add_menu_filter("campaign", "Kế hoạch")
        self._houses = self.add_plain_filter("houses", "Mái ấm", "house")
        self.add_conflict_filter()
        self.add_columns_button()
        button = Button("Lập tờ trình", "file-text", on_click=self.propose)
        button.setToolTip("Lập một tờ trình cho các nhu cầu đang chọn, hoặc cho tất cả nhu cầu chờ xét (Ctrl+L)")
        button.setObjectName("propose")
        self.add_action(button)
        self._shortcut("Ctrl+L", self.propose)

    def made_list(self, columns: Sequence[Column], empty: Empty) -> TableCard:
        return TableCard(columns, empty, totals=True, multi=True)

    def _board_chip(self, word: str, states: frozenset[NeedState]) -> FilterChip:
        """One of the board at a time; its count is that of the whole list."""
        chip = FilterChip(word, lambda on: self._only(chip if on else None))
        chip.setObjectName(f"board_{min(states)}")
        return self.add_filter(chip)

    # The list

    def query(self) -> Query:
        wanted = Wanted(
            unit=text(self._unit.value()) or None,
            campaign=text(self._campaign.value()) or None,
            kinds=HOUSES if self._houses.value() else frozenset(),
            search=self.search.text() if self.search else "",
        )
        only_conflicts = bool(self._conflicts.value())

        def ask(office: Office) -> list[Row]:
            half_written = drafts.waiting(office, KIND.type)
            rows = needs.listing(office, wanted)
            today = office.clock.today()
            return [_row(one, half_written, today) for one in rows if one.conflict or not only_conflicts]

        return ask

    def rows_shown(self, rows: Sequence[Row]) -> None:
        counts = Counter(row["code"] for row in rows)
        for chip, (word, states) in zip(self._board, _BOARD, strict=True):
            count = sum(counts[state] for state in states)
            chip.set_text(f"{word} {count}" if count else word)
        self._only(next((chip for chip in self._board if chip.isChecked()), None))

    def _only(self, chosen: FilterChip | None) -> None:
        for chip in self._board:
            if chip is not chosen and chip.isChecked():
                chip.blockSignals(True)
                chip.setChecked(False)
                chip.blockSignals(False)
        states = _BOARD[self._board.index(chosen)][1] if chosen is not None else None
        self.list.set_filter(keep=None if states is None else lambda row: _code_of(row) in states)
        shown = [row for row in self.table.rows.rows() if isinstance(row, Mapping) and "code" in row]
        total = f"{group_thousands(sum(number(row['amount']) for row in shown))} đ"
        self.list.foot.set_totals(f"{len(shown)} nhu cầu · Cộng" if shown else "", {"amount": total} if shown else {})

    def choices_changed(self) -> None:
        self.need_form.take_choices(self.desk)
        self._unit.set_choices(self.desk.unit_choices())
        self._campaign.set_choices(self.desk.campaign_choices())

    # The step on

    def propose(self) -> None:
        """One tờ trình for the needs chosen, or, where not several are, for all in sight that wait."""
        chosen = self.table.selected_rows()
        rows = chosen if len(chosen) > 1 else self.table.rows.rows()
        ids = [str(row["id"]) for row in rows if isinstance(row, Mapping) and _code_of(row) in OPEN_TO_PROPOSE]
        if not ids:
            self.banner.show_text("info", "Không có nhu cầu nào đang chờ lập tờ trình.")
            return
        self.editor.keep_now()
        self.context.go("support", f"proposals/{OF}{','.join(ids)}")

    # The form

    def new_values(self, previous: Values | None) -> Values:
        if previous is not None:
            return {name: previous[name] for name in REPEATED} | {"member": previous["beneficiary"] == "doan_vien"}
        plan = text(self._campaign.value()) or self.desk.running_campaign()
        return {"campaign": plan, "on": self.desk.today, "beneficiary": "doan_vien", "member": True}

    def row_values(self, row: Row) -> Values:
        found = row["found"]
        assert isinstance(found, NeedRow)
        values = values_of(found.record)
        if found.receiver is not None:
            return {**values, **person_values(found.receiver)}
        return {**values, "name": found.name}

    def writer(self, values: Values, record: str) -> Write:
        given = self.need_form.given(values)
        about: dict[str, Any] = {"amended": given.amended, "ask": given.ask}
        if record == NEW:
            return lambda office: needs.add(office, given.need, given.person, **about)
        return lambda office: needs.edit(office, record, given.need, given.person, **about)

    # History

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        return _LABELS.get(field, ""), self._written(field, value)

    def _written(self, field: str, value: object) -> str:
        if field == "person" and value is not None:
            return self._person_name(value)
        if field == "stages" and isinstance(value, tuple) and value:
            return many_written([f"{catalogue().name(STAGES, one.stage)} {short_date(one.on)}" for one in value])
        return written(value, field, self.desk, _CATALOGUES)

    def _person_name(self, person: object) -> str:
        rows = (row for row in self.table.rows.rows() if isinstance(row, Mapping))
        return next((str(row["person"]) for row in rows if row.get("person_id") == person), "(người khác)")


def _code_of(row: object) -> object:
    return row.get("code") if isinstance(row, Mapping) else None


def _locked(found: NeedRow) -> str:
    if found.receiver is None and found.record.person is not None:
        return _ERASED if found.name == persons.ERASED else _UNREAD
    return "" if found.own else LOWER_KEEPS


def _row(found: NeedRow, half_written: Mapping[str, str], today: date) -> Row:
    record, state = found.record, STATES[found.journey.state]
    if found.conflict:
        state = chips.CONFLICT
    elif found.id in half_written:
        state = chips.DRAFT
    stage = catalogue().name(STAGES, found.progress) if found.progress else ""
    return {
        "id": found.id,
        "name": found.name,
        "locked": _locked(found),
        "conflict": found.conflict,
        "found": found,
        "code": found.journey.state,
        "person_id": record.person,
        "day": record.on,
        "when": when(record.on, today),
        "person": found.name,
        "unit": found.unit_name,
        "cause": shown_cause(record.cause),
        "kind": " · ".join(part for part in (stage, catalogue().name(KINDS, record.kind)) if part),
        "amount": found.journey.amount or record.estimate,
        "decision": found.journey.decision_number,
        "state": state,
    }
