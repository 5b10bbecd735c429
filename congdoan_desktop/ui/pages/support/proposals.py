"""The tab "Tờ trình": proposals with their lists, and the way to the meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.proposals import Proposal
from congdoan_desktop.services import need_papers, proposals
from congdoan_desktop.services.need_steps import NeedLine
from congdoan_desktop.services.proposals import Chosen, ProposalRow
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.entry.editor import NEW, Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import DAY_COLUMN, Row
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.support.proposal_form import (
    ProposalForm,
    ask_line,
    proposal_of,
    title_of,
    values_of,
)
from congdoan_desktop.ui.pages.support.steps import WAY, WIDE, Action, Lines, StepPage, common_row, state_of, written

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=Proposal.TYPE,
    page_title="Tờ trình",
    one="tờ trình",
    add="Lập tờ trình",
    heading="Tờ trình mới",
    icon="file-text",
    belongs="Ở đây là các tờ trình đề nghị hỗ trợ, mỗi tờ trình có danh sách nhu cầu, số tiền và nguồn kinh phí.",
    first="Lập tờ trình đầu tiên",
    search="Tìm số, trích yếu",
    touches=WAY,
    first_field="to",
    named_in="title",
    width=WIDE,
)
COLUMNS = (
    DAY_COLUMN,
    Column("number", "Số, ký hiệu", 108),
    Column("title", "Về việc", least=110),
    Column("count", "Số ca", 48, "number"),
    Column("amount", "Số tiền (đ)", 106, "money"),
    Column("state", "Tình trạng", 140, "state"),
)
_LABELS = {
    "to": "Kính gửi",
    "on": "Ngày lập",
    "number": "Số, ký hiệu",
    "title": "Về việc",
    "campaign": "Kế hoạch",
    "asks": "Danh sách đề nghị",
    "reasons": "Lý do vượt mức, đề nghị thêm",
    "note": "Ghi chú",
}
ABOUT_PAPER = (
    "Danh sách kèm tờ trình nêu hoàn cảnh của người đã đồng ý; chỉ dùng cho việc xét hỗ trợ, không niêm yết, không sao "
    "gửi ra ngoài."
)


class ProposalsPage(StepPage):
    def __init__(self, context: Context) -> None:
        self.proposal_form = ProposalForm()
        self._receivers: list[tuple[str, str]] = []
        super().__init__(context, KIND, COLUMNS, self.proposal_form)
        self.proposal_form.desk = lambda: self.desk
        self._campaign = self.add_menu_filter("campaign", "Kế hoạch")
        self.add_actions(
            Action("print_proposal", "In tờ trình", "printer", "Ctrl+P", self.ask_proposal),
            Action("to_meeting", "Họp xét", "users-three", "Ctrl+L", self.to_meeting),
        )

    # The list

    def listed(self, search: str) -> Callable[[Office], Sequence[ProposalRow]]:
        campaign = text(self._campaign.value()) or None
        return lambda office: proposals.listing(office, campaign=campaign, search=search)

    def needs_of(self, found: ProposalRow) -> Iterable[str]:
        return (ask.need for ask in found.record.asks)

    def row(self, found: ProposalRow, lines: Lines, today: date, *, draft: bool) -> Row:
        record = found.record
        return common_row(found, record.on, lines, today) | {
            "name": record.number or record.title,
            "number": record.number or None,
            "title": record.title,
            "count": len(record.asks),
            "amount": record.total,
            "state": _state(found, draft=draft),
        }

    def load_choices(self, office: Office) -> object:
        return proposals.receivers(office), proposals.open_needs(office)

    def take_choices(self, found: object) -> None:
        self._receivers, waiting = cast("tuple[list[tuple[str, str]], Iterable[NeedLine]]", found)
        self.proposal_form.take_choices(self.desk, self._receivers, waiting)
        self._campaign.set_choices(self.desk.campaign_choices())

    # The steps before and after

    def begin_of(self, id_: str) -> None:
        def values(chosen: Chosen) -> Values:
            asked = [ask_line(ask, chosen.lines.get(ask.need)) for ask in chosen.asks]
            campaigns = {chosen.lines[ask.need].need.campaign for ask in chosen.asks}
            return {
                **self.new_values(None),
                "asks": asked,
                "campaign": campaigns.pop() if len(campaigns) == 1 else None,
            }

        self.begin_with(lambda office: proposals.choose(office, id_.split(",")), values)

    def to_meeting(self) -> None:
        found = self.held(ProposalRow)
        if found is not None:
            self.go_on("meetings", found.id, found.meeting)

    def ask_proposal(self) -> None:
        found = self.held(ProposalRow)
        if found is not None:
            self.ask_paper(found.id, "In tờ trình", ABOUT_PAPER, need_papers.proposal_paper)

    # The form

    def new_values(self, previous: Values | None) -> Values:
        first = self._receivers[0][0] if self._receivers else None
        if previous is not None:
            return {name: previous[name] for name in ("to", "on", "campaign")}
        running = self.desk.running_campaign()
        return {"to": first, "on": self.desk.today, "title": title_of(self.desk.today), "campaign": running}

    def row_values(self, row: Row) -> Values:
        found = row["found"]
        assert isinstance(found, ProposalRow)
        return values_of(found.record, cast("Lines", row["lines"]))

    def writer(self, values: Values, record: str) -> Write:
        made = proposal_of(values, self.proposal_form.own)
        return lambda office: proposals.save(office, made, None if record == NEW else record)

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        if field == "to":
            return _LABELS[field], dict(self._receivers).get(str(value), "–")
        if isinstance(value, tuple) and value:
            total = sum(ask.amount for ask in value) if field == "asks" else 0
            return _LABELS[field], f"{len(value)} dòng" + (f", {group_thousands(total)} đồng" if total else "")
        return _LABELS.get(field, ""), written(value, field, self.desk, {})


def _state(found: ProposalRow, *, draft: bool) -> ChipState:
    return state_of(
        (found.conflict, chips.CONFLICT),
        (draft, chips.DRAFT),
        (bool(found.decisions), chips.PAID.with_word("Đã quyết định")),
        (bool(found.meeting), chips.WAITING.with_word("Chờ quyết định")),
        otherwise=chips.WAITING.with_word("Chờ họp xét"),
    )
