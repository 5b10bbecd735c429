"""The tab "Họp xét": meetings with their results, and the way to the decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.proposals import AGREED, Proposal, ReviewMeeting
from congdoan_desktop.services import drafts, need_papers, proposals, review_meetings
from congdoan_desktop.services.review_meetings import Begun, MeetingRow, proposal_named
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, LOWER_KEEPS, Query, Row, when
from congdoan_desktop.ui.pages.entry.values import number, text
from congdoan_desktop.ui.pages.support.meeting_form import (
    MeetingForm,
    later,
    meeting_of,
    member_lines,
    values_of,
    verdict_lines,
)
from congdoan_desktop.ui.pages.support.steps import OF, WAY, WIDE, Lines, StepPage, many_written, written

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=ReviewMeeting.TYPE,
    page_title="Họp xét",
    one="cuộc họp xét",
    add="Ghi cuộc họp",
    heading="Cuộc họp xét mới",
    icon="users-three",
    belongs="Ở đây ghi cuộc họp xét từng tờ trình: ai dự, ý kiến, và kết quả của từng nhu cầu.",
    first="Ghi cuộc họp đầu tiên",
    search="Tìm tờ trình",
    touches=WAY,
    first_field="proposal",
    named_in="title",
    width=WIDE,
)
COLUMNS = (
    DAY_COLUMN,
    Column("title", "Tờ trình", least=150),
    Column("count", "Đồng ý", 66, "number", show=str),
    Column("amount", "Số tiền (đ)", 98, "money"),
    Column("state", "Tình trạng", 140, "state"),
)
_LABELS = {
    "proposal": "Tờ trình",
    "on": "Ngày họp",
    "place": "Nơi họp",
    "members": "Người dự",
    "absent": "Vắng mặt",
    "verdicts": "Kết quả xét",
    "opinions": "Ý kiến",
    "summary": "Kết luận chung",
}


class MeetingsPage(StepPage):
    def __init__(self, context: Context) -> None:
        self.meeting_form = MeetingForm()
        self._own = ""
        super().__init__(context, KIND, COLUMNS, self.meeting_form)
        self.meeting_form.desk = lambda: self.desk
        self._conflicts = self.add_conflicts()
        self.add_columns_button()
        for name, caption, icon, call, keys in (
            ("print_minutes", "In biên bản", "printer", self.ask_minutes, "Ctrl+P"),
            ("to_decision", "Ra quyết định", "seal-check", self.to_decision, "Ctrl+L"),
        ):
            button = Button(caption, icon, on_click=call)
            button.setObjectName(name)
            button.setToolTip(f"{caption} ({keys})")
            self.add_action(button)
            self._shortcut(keys, call)
        self.meeting_form.proposal.edited.connect(self._proposal_chosen)

    # The list

    def query(self) -> Query:
        search = self.search.text() if self.search else ""
        only_conflicts = bool(self._conflicts.value())

        def ask(office: Office) -> list[Row]:
            half_written = drafts.waiting(office, KIND.type)
            rows = review_meetings.listing(office, search=search)
            lines = proposals.named(office, {one.need for row in rows for one in row.record.verdicts})
            today = office.clock.today()
            kept = [one for one in rows if one.conflict or not only_conflicts]
            return [_row(one, lines, today, draft=one.id in half_written) for one in kept]

        return ask

    def rows_shown(self, rows: Sequence[Row]) -> None:
        total = f"{group_thousands(sum(number(row['amount']) for row in rows))} đ"
        self.list.foot.set_totals(f"{len(rows)} cuộc họp · Cộng" if rows else "", {"amount": total} if rows else {})

    def load_choices(self, office: Office) -> object:
        known = {row.id: row.record for row in proposals.listing(office)}
        return known, proposals.receivers(office)[-1][0]

    def take_choices(self, found: object) -> None:
        known, own = cast("tuple[dict[str, Proposal], str]", found)
        self.meeting_form.own = own
        self.meeting_form.take_choices(known)

    def choices_changed(self) -> None:
        """All choices came with `take_choices`."""

    def is_filtered(self) -> bool:
        return bool(self.search and self.search.text()) or bool(self._conflicts.value())

    def show_conflicts(self) -> None:
        self._conflicts.setChecked(True)

    # The steps before and after

    def begin_of(self, id_: str) -> None:
        def values(begun: Begun) -> Values:
            return {**self.new_values(None), **self._begun_values(id_, begun)}

        self.begin_with(lambda office: review_meetings.begin(office, id_), values)

    def _proposal_chosen(self) -> None:
        """Its needs come into the grid, agreed as asked; who was there last time is proposed where nobody stands."""
        id_ = text(self.meeting_form.proposal.value())
        office = self.context.office
        if not id_:
            return

        def fill(begun: Begun) -> None:
            self.meeting_form.set_values({**self.meeting_form.values(), **self._begun_values(id_, begun)})

        self.context.runner.run(lambda: review_meetings.begin(office(), id_), done=fill)

    def _begun_values(self, id_: str, begun: Begun) -> Values:
        proposal = self.meeting_form.proposals.get(id_)
        asked = {ask.need: ask for ask in proposal.asks} if proposal else {}
        return {
            "proposal": id_,
            "on": later(proposal.on, self.desk.today) if proposal else self.desk.today,
            "place": begun.place or None,
            "members": member_lines(begun.members),
            "verdicts": verdict_lines(begun.verdicts, asked, begun.lines, {}),
        }

    def to_decision(self) -> None:
        held = self.row_of(self.editor.record or "")
        found = held["found"] if held else None
        if not isinstance(found, MeetingRow):
            self.banner.show_text("info", "Chọn một cuộc họp đã lưu rồi ra quyết định.")
            return
        self.editor.keep_now()
        self.context.go("support", f"decisions/{found.decision or OF + found.id}")

    def ask_minutes(self) -> None:
        self.show_made(need_papers.minutes_paper)

    # The form

    def new_values(self, previous: Values | None) -> Values:  # noqa: ARG002  # no meeting repeats the one before
        return {"on": self.desk.today}

    def row_values(self, row: Row) -> Values:
        found = row["found"]
        assert isinstance(found, MeetingRow)
        return values_of(found.record, found.proposal, cast("Lines", row["lines"]))

    def writer(self, values: Values, record: str) -> Write:
        made = meeting_of(values, self.meeting_form.own)
        return lambda office: review_meetings.save(office, made, None if record == NEW else record)

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        if field == "proposal":
            return _LABELS[field], proposal_named(self.meeting_form.proposals.get(str(value)))
        if field == "members" and isinstance(value, tuple) and value:
            return _LABELS[field], many_written([one.name for one in value])
        if isinstance(value, tuple) and value:
            return _LABELS[field], f"{len(value)} dòng"
        return _LABELS.get(field, ""), written(value, field, self.desk, {})


def _state(found: MeetingRow, *, draft: bool) -> ChipState:
    if found.conflict:
        return chips.CONFLICT
    if draft:
        return chips.DRAFT
    if found.decision:
        return chips.PAID.with_word("Đã quyết định")
    return chips.WAITING.with_word("Chờ quyết định") if found.record.total else chips.NO_DATA.with_word("Không duyệt")


def _row(found: MeetingRow, lines: Lines, today: date, *, draft: bool) -> Row:
    record = found.record
    agreed = sum(one.result == AGREED for one in record.verdicts)
    return {
        "id": found.id,
        "name": f"họp ngày {record.on:%d/%m/%Y}",
        "locked": "" if found.own else LOWER_KEEPS,
        "conflict": found.conflict,
        "found": found,
        "lines": lines,
        "day": record.on,
        "when": when(record.on, today),
        "title": proposal_named(found.proposal),
        "count": f"{agreed}/{len(record.verdicts)}",
        "amount": record.total,
        "state": _state(found, draft=draft),
    }
