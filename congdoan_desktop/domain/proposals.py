"""From needs to money: the proposal (tờ trình), the meeting that considers it, the decision that follows (rule B10).

Each step takes its lines from the step before. Texts about a case stand apart from its figures, because they are
personal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.domain.document_codes import is_code
from congdoan_desktop.errors import Finding

AGREED, PUT_OFF, REFUSED = "agreed", "put_off", "refused"
ABOVE = "above"
RESULTS = (AGREED, PUT_OFF, REFUSED)
_NO_NUMBER = "Chỉ ghi số, ký hiệu, ví dụ 09/TTr-CĐX; chữ khác ghi ở Ghi chú."


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for a need: cash and the value of goods in đồng, out of which fund."""

    need: str
    cash: int
    in_kind: int
    fund: str

    @property
    def amount(self) -> int:
        return self.cash + self.in_kind


@dataclass(frozen=True, slots=True)
class About:
    """A text about a need: why its ceiling is exceeded, why it was put off, what was said of it."""

    need: str
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A tờ trình. `number` and `issued_on` wait until the clerk gives them (rule A11).

    `reasons` are for what exceeds a ceiling, and for who was given the same before (rule B10).
    `to` is the id of the unit it is addressed to: a unit above, or the union's own for its standing committee; `ABOVE`
    for the union above that is known by its name alone.
    """

    TYPE: ClassVar[str] = "proposal"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"title", "reasons", "note"})

    unit: str
    to: str
    on: date
    asks: tuple[Ask, ...]
    number: str = ""
    campaign: str | None = None
    title: str = ""
    reasons: tuple[About, ...] = ()
    note: str = ""

    @property
    def total(self) -> int:
        return sum(ask.amount for ask in self.asks)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Who was present at a meeting, and as what."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a meeting said about a need: one of `RESULTS`; less than was asked is agreed with a smaller sum."""

    need: str
    result: str
    cash: int
    in_kind: int
    fund: str

    @property
    def amount(self) -> int:
        return self.cash + self.in_kind if self.result == AGREED else 0


@dataclass(frozen=True, slots=True)
class ReviewMeeting:
    """The meeting that considered a proposal. `opinions` by need; a need that was put off or refused has a reason."""

    TYPE: ClassVar[str] = "review_meeting"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"place", "members", "absent", "opinions", "summary"})

    unit: str
    proposal: str
    on: date
    verdicts: tuple[Verdict, ...]
    place: str = ""
    members: tuple[Attendee, ...] = ()
    """Those present, the chair first and the secretary last."""
    absent: str = ""
    opinions: tuple[About, ...] = ()
    summary: str = ""
    """What was said about all of them."""

    @property
    def total(self) -> int:
        return sum(verdict.amount for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class SupportDecision:
    """The decision on what a meeting agreed to. `number` is number and code alone; `needs` are those it holds."""

    TYPE: ClassVar[str] = "support_decision"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"signer", "signer_title", "note"})

    unit: str
    meeting: str
    number: str
    on: date
    needs: tuple[str, ...]
    signer: str = ""
    signer_title: str = ""
    note: str = ""


def validate_proposal(proposal: Proposal, today: date) -> tuple[Finding, ...]:
    """All findings of a proposal but those about ceilings, which need the needs."""
    found = []
    if not proposal.title:
        found.append(Finding("title", "Ghi trích yếu, ví dụ “hỗ trợ đoàn viên khó khăn đợt 1 năm 2026”."))
    if not proposal.to:
        found.append(Finding("to", "Chọn nơi trình."))
    if proposal.number and not is_code(proposal.number):
        found.append(Finding("number", _NO_NUMBER))
    if not proposal.asks:
        found.append(Finding("asks", "Chọn ít nhất một nhu cầu."))
    if len({ask.need for ask in proposal.asks}) < len(proposal.asks):
        found.append(Finding("asks", "Có nhu cầu được ghi hai lần."))
    if any(min(ask.cash, ask.in_kind) < 0 or not ask.amount for ask in proposal.asks):
        found.append(Finding("asks", "Mỗi nhu cầu cần số tiền hoặc giá trị hiện vật lớn hơn 0."))
    if not all(ask.fund for ask in proposal.asks):
        found.append(Finding("asks", "Chọn nguồn kinh phí của từng nhu cầu."))
    if proposal.on > today:
        found.append(Finding("on", "Ngày này ở tương lai; xem lại.", warning=True))
    return tuple(found)


def validate_meeting(meeting: ReviewMeeting, asked: dict[str, Ask], today: date) -> tuple[Finding, ...]:
    """All findings of a meeting; `asked` is what its proposal asks by need."""
    found = []
    told = {about.need for about in meeting.opinions if about.text}
    if not meeting.proposal:
        found.append(Finding("proposal", "Chọn tờ trình được xét."))
    if not meeting.members:
        found.append(Finding("members", "Ghi người dự họp."))
    if any(verdict.result not in RESULTS for verdict in meeting.verdicts):
        found.append(Finding("verdicts", "Chọn kết quả của từng nhu cầu: đồng ý, hoãn hoặc không hỗ trợ."))
    if any(verdict.result == AGREED and not verdict.amount for verdict in meeting.verdicts):
        found.append(Finding("verdicts", "Nhu cầu được đồng ý cần số tiền hoặc giá trị hiện vật."))
    if any(verdict.result in (PUT_OFF, REFUSED) and verdict.need not in told for verdict in meeting.verdicts):
        found.append(Finding("verdicts", "Hoãn hoặc không hỗ trợ thì ghi lý do."))
    if any(verdict.amount > asked[verdict.need].amount for verdict in meeting.verdicts if verdict.need in asked):
        found.append(Finding("verdicts", "Có mức duyệt cao hơn mức đề nghị; xem lại.", warning=True))
    if meeting.on > today:
        found.append(Finding("on", "Ngày họp ở tương lai; xem lại.", warning=True))
    return tuple(found)


def validate_decision(decision: SupportDecision, meeting: ReviewMeeting | None, today: date) -> tuple[Finding, ...]:
    """All findings of a decision; `meeting` None where none is chosen."""
    found = []
    agreed = {verdict.need for verdict in meeting.verdicts if verdict.result == AGREED} if meeting else set()
    if meeting is None:
        found.append(Finding("meeting", "Chọn cuộc họp đã xét."))
    if not decision.number or not is_code(decision.number):
        found.append(Finding("number", "Ghi số, ký hiệu quyết định, ví dụ 15/QĐ-CĐX; chữ khác ghi ở Ghi chú."))
    if not decision.needs:
        found.append(Finding("needs", "Quyết định chưa có ai."))
    elif not set(decision.needs) <= agreed:
        found.append(Finding("needs", "Quyết định chỉ gồm những nhu cầu cuộc họp đã đồng ý."))
    if meeting is not None and decision.on < meeting.on:
        found.append(Finding("on", "Ngày quyết định trước ngày họp; xem lại.", warning=True))
    if decision.on > today:
        found.append(Finding("on", "Ngày quyết định ở tương lai; xem lại.", warning=True))
    return tuple(found)
