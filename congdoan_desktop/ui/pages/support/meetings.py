"""The tab "Họp xét": meetings with their results, and the way to the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from congdoan_desktop.domain.proposals import AGREED, Proposal, ReviewMeeting
from congdoan_desktop.services import need_papers, proposals, review_meetings
from congdoan_desktop.services.review_meetings import Begun, MeetingRow, proposal_named
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, Row
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.paper_dialog import show_paper
from congdoan_desktop.ui.pages.support.meeting_form import (
    MeetingForm,
    later,
    meeting_of,
    member_lines,
    values_of,
    verdict_lines,
)
from congdoan_desktop.ui.pages.support.steps import (
    WAY,
    WIDE,
    Action,
    Lines,
    StepPage,
    common_row,
    many_written,
    state_of,
    written,
)

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
    Column("amount", "Số tiền (đ)", 106, "money"),
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
        super().__init__(context, KIND, COLUMNS, self.meeting_form)
        self.meeting_form.desk = lambda: self.desk
        self.add_actions(
            Action("print_minutes", "In biên bản", "printer", "Ctrl+P", self.show_minutes),
            Action("to_decision", "Ra quyết định", "seal-check", "Ctrl+L", self.to_decision),
        )
        self.meeting_form.proposal.edited.connect(self._proposal_chosen)

    # The list

    def listed(self, search: str) -> Callable[[Office], Sequence[MeetingRow]]:
        return lambda office: review_meetings.listing(office, search=search)

    def needs_of(self, found: MeetingRow) -> Iterable[str]:
        return (one.need for one in found.record.verdicts)

    def row(self, found: MeetingRow, lines: Lines, today: date, *, draft: bool) -> Row:
        record = found.record
        agreed = sum(one.result == AGREED for one in record.verdicts)
        return common_row(found, record.on, lines, today) | {
            "name": f"họp ngày {record.on:%d/%m/%Y}",
            "title": proposal_named(found.proposal),
            "count": f"{agreed}/{len(record.verdicts)}",
            "amount": record.total,
            "state": _state(found, draft=draft),
        }

    def load_choices(self, office: Office) -> object:
        known = {row.id: row.record for row in proposals.listing(office)}
        return known, proposals.receivers(office)[-1][0]

    def take_choices(self, found: object) -> None:
        known, own = cast("tuple[dict[str, Proposal], str]", found)
        self.meeting_form.own = own
        self.meeting_form.take_choices(known)

    # The steps before and after

    def begin_of(self, id_: str) -> None:
        def values(begun: Begun) -> Values:
            return {**self.new_values(None), **self._begun_values(id_, begun)}

        self.begin_with(lambda office: review_meetings.begin(office, id_), values)

    def _proposal_chosen(self) -> None:
        """Its needs come into the grid, agreed as asked; who was there last time is proposed where nobody stands."""
        id_, record = text(self.meeting_form.proposal.value()), self.editor.record
        office = self.context.office
        if not id_:
            return

        def fill(begun: Begun) -> None:
            if (self.meeting_form.proposal.value(), self.editor.record) != (id_, record):
                return
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
        found = self.held(MeetingRow)
        if found is not None:
            self.go_on("decisions", found.id, found.decision)

    def show_minutes(self) -> None:
        found = self.held(MeetingRow)
        if found is not None:
            record = found.id
            show_paper(
                self, self.context, lambda office: need_papers.minutes_paper(office, record), self.banner.show_error
            )

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
    return state_of(
        (found.conflict, chips.CONFLICT),
        (draft, chips.DRAFT),
        (bool(found.decision), chips.PAID.with_word("Đã quyết định")),
        (bool(found.record.total), chips.WAITING.with_word("Chờ quyết định")),
        otherwise=chips.NO_DATA.with_word("Không duyệt"),
    )
