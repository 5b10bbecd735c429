"""The papers of the way from need to signature: tờ trình, minutes, the decision with its list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, func, select

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.need_papers import (
    DecidedRow,
    DecisionPaper,
    HeardRow,
    MinutesPaper,
    ProposalPaper,
    ProposedRow,
)
from congdoan_desktop.domain.needs import COLLECTIVE, Need
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.period_report import PlanCitation, Signature
from congdoan_desktop.domain.proposals import AGREED, PUT_OFF, REFUSED, Ask, Proposal, ReviewMeeting, SupportDecision
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import letterheads, need_steps
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.funds import AUTHORITY, FUNDS
from congdoan_desktop.services.need_steps import CAUSES, KINDS, NeedLine
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.proposals import receiver_name
from congdoan_desktop.storage.projections import TABLES, value_of

_Step = TypeVar("_Step", Proposal, ReviewMeeting, SupportDecision)
_BY_CAUSE = frozenset({"tro_cap", "tham_hoi"})
UNNAMED = "(chưa có sự đồng ý cho nêu)"
RESULTS = ((AGREED, "Đồng ý"), (PUT_OFF, "Hoãn"), (REFUSED, "Không hỗ trợ"))


def proposal_paper(office: Office, proposal: str, signer: tuple[str, str]) -> Paper:
    """The tờ trình with its list; `signer` is (name, title). Raises: NotFound."""
    from congdoan_desktop.reports.proposal_layout import proposal_document

    with office.read() as connection:
        record = _found(connection, Proposal, proposal)
        made = _proposal(office, connection, proposal, record, signer)
    title = " ".join(part for part in ("Tờ trình", record.number) if part)
    return Paper(title, _file_name(title, record.on), proposal, proposal_document(made))


def minutes_paper(office: Office, meeting: str) -> Paper:
    """The minutes of a meeting, which its chair and its secretary sign. Raises: NotFound."""
    from congdoan_desktop.reports.minutes_layout import minutes_document

    with office.read() as connection:
        record = _found(connection, ReviewMeeting, meeting)
        made = _minutes(office, connection, record)
    return Paper("Biên bản họp xét", _file_name("Biên bản họp xét", record.on), meeting, minutes_document(made))


def decision_paper(office: Office, decision: str, signer: tuple[str, str]) -> Paper:
    """A decision with its list; who signed it as entered, else `signer` (name, title). Raises: NotFound."""
    from congdoan_desktop.reports.decision_layout import decision_document

    with office.read() as connection:
        record = _found(connection, SupportDecision, decision)
        made = _decision(office, connection, record, signer)
    title = f"Quyết định {record.number}"
    return Paper(title, _file_name(title, record.on), decision, decision_document(made))


def _proposal(
    office: Office, connection: Connection, id_: str, record: Proposal, signer: tuple[str, str]
) -> ProposalPaper:
    then = office.tree(connection).at(record.on)
    lines = need_steps.lines(office, connection, [ask.need for ask in record.asks])
    asked = {ask.need: ask for ask in record.asks}
    reasons = {reason.need: reason.text for reason in record.reasons}
    order = need_steps.in_order(lines, asked)
    own = then.units[office.identity.unit]
    return ProposalPaper(
        letterhead=letterheads.letterhead(connection, then, own, "TTr"),
        unit_name=own.name,
        number=record.number,
        on=record.on,
        title=record.title,
        to=receiver_name(then, own, record.to),
        inside=record.to == own.unit,
        plan=_citation(connection, then, record.campaign),
        met_on=_met_before(connection, id_, record.on),
        rows=tuple(_proposed(lines[need], asked[need], reasons.get(need, "")) for need in order),
        again=_helped_alike(connection, [lines[need] for need in order], record.on),
        maker=office.identity.officer.name,
        signature=Signature(AUTHORITY, signer[1].upper(), signer[0]),
        sample=office.identity.realm == SAMPLE,
    )


def _proposed(line: NeedLine, ask: Ask, reason: str) -> ProposedRow:
    need, known = line.need, catalogue()
    told = ". ".join(part.rstrip(".") for part in (_household(need.household), need.circumstances) if part)
    what = _what(need)
    return ProposedRow(
        line.name,
        line.birth_year,
        line.unit_name,
        told if need.may_be_named else UNNAMED,
        f"{what} (lý do: {reason})" if reason and need.may_be_named else what,
        ask.amount,
        ask.in_kind,
        known.name(FUNDS, ask.fund),
        known.name("beneficiaries", need.beneficiary),
        need.beneficiary == COLLECTIVE,
    )


def _what(need: Need) -> str:
    """The help asked for, with its cause where the case may be named: "Trợ cấp bệnh hiểm nghèo"."""
    kind = catalogue().name(KINDS, need.kind)
    if need.kind not in _BY_CAUSE or not need.may_be_named:
        return kind
    cause = catalogue().name(CAUSES, need.cause)
    return f"{kind} {cause[:1].lower()}{cause[1:]}"


def _household(code: str) -> str:
    """The kind of household by its name, "" where nothing is said of it."""
    return catalogue().name("household_statuses", code) if code and code != "khac" else ""


def _minutes(office: Office, connection: Connection, record: ReviewMeeting) -> MinutesPaper:
    then = office.tree(connection).at(record.on)
    lines = need_steps.lines(office, connection, [one.need for one in record.verdicts])
    proposal = need_steps.held(connection, Proposal).get(record.proposal)
    asked = {ask.need: ask.amount for ask in proposal.asks} if proposal else {}
    told = {about.need: about.text for about in record.opinions}
    verdicts = {one.need: one for one in record.verdicts}
    rows = [
        HeardRow(
            lines[need].name,
            lines[need].unit_name,
            asked.get(need, 0),
            dict(RESULTS)[verdicts[need].result],
            verdicts[need].amount,
            told.get(need, "") if lines[need].need.may_be_named else "",
        )
        for need in need_steps.in_order(lines, verdicts)
    ]
    own = then.units[office.identity.unit]
    return MinutesPaper(
        letterheads.letterhead(connection, then, own, "BB"),
        own.name,
        record.on,
        record.place,
        _cited(proposal),
        proposal.title if proposal else "hỗ trợ",
        record.members,
        record.absent,
        tuple(rows),
        tuple((word, sum(one.result == result for one in record.verdicts)) for result, word in RESULTS),
        record.summary,
        office.identity.realm == SAMPLE,
    )


def _decision(
    office: Office, connection: Connection, record: SupportDecision, signer: tuple[str, str]
) -> DecisionPaper:
    then = office.tree(connection).at(record.on)
    meeting = need_steps.held(connection, ReviewMeeting).get(record.meeting)
    agreed = {one.need: one for one in meeting.verdicts} if meeting else {}
    proposal = need_steps.held(connection, Proposal).get(meeting.proposal) if meeting else None
    lines = need_steps.lines(office, connection, [need for need in record.needs if need in agreed])
    known = catalogue()
    rows = tuple(
        DecidedRow(
            lines[need].name,
            lines[need].birth_year,
            lines[need].unit_name,
            known.name(KINDS, lines[need].need.kind),
            known.name(FUNDS, agreed[need].fund),
            agreed[need].amount,
            agreed[need].in_kind,
            lines[need].need.beneficiary == COLLECTIVE,
        )
        for need in need_steps.in_order(lines, lines)
    )
    own = then.units[office.identity.unit]
    name, title = (record.signer, record.signer_title) if record.signer else signer
    return DecisionPaper(
        letterheads.letterhead(connection, then, own, "QĐ"),
        own.name,
        record.number,
        record.on,
        proposal.title if proposal else "hỗ trợ đoàn viên, người lao động",
        _citation(connection, then, proposal.campaign if proposal else None),
        meeting.on if meeting else None,
        _cited(proposal),
        rows,
        office.identity.officer.name,
        Signature(AUTHORITY, title.upper(), name),
        office.identity.realm == SAMPLE,
    )


def _found(connection: Connection, kind: type[_Step], id_: str) -> _Step:
    record: _Step | None = need_steps.held(connection, kind).get(id_)
    if record is None:
        raise NotFound("Mục này không còn trong máy.", todo="Chọn lại trong danh sách.")
    return record


def _citation(connection: Connection, then: Structure, campaign: str | None) -> PlanCitation | None:
    table = TABLES[Campaign.TYPE]
    row = connection.execute(select(table).where(table.c.record == campaign)).mappings().first() if campaign else None
    if row is None:
        return None
    plan: Campaign = value_of(Campaign.TYPE, row)
    issuer = then.units.get(plan.unit)
    return PlanCitation(
        plan.number, plan.issued_on, f"{plan.organ} {issuer.name if issuer else ''}".strip(), plan.title
    )


def _met_before(connection: Connection, proposal: str, on: date) -> date | None:
    """The day of its meeting, where that was held before the proposal was written."""
    meetings = need_steps.held(connection, ReviewMeeting).values()
    return max((one.on for one in meetings if one.proposal == proposal and one.on <= on), default=None)


def _helped_alike(connection: Connection, lines: list[NeedLine], on: date) -> int:
    """How many of them got the same kind of help this year before that day (rule B10)."""
    table = TABLES[SupportRecord.TYPE].c
    kinds: Mapping[str, str] = {line.need.person: line.need.kind for line in lines if line.need.person}
    query = (
        select(table.person, table.kind, func.count())
        .where(table.person.in_(list(kinds)), table.on.between(date(on.year, 1, 1), on))
        .where(table.need.is_(None) | table.need.not_in([line.id for line in lines]))
        .group_by(table.person, table.kind)
    )
    return len({person for person, kind, _ in connection.execute(query) if kinds[person] == kind})


def _cited(proposal: Proposal | None) -> str:
    if proposal is None:
        return "các trường hợp đề nghị hỗ trợ"
    number = f" số {proposal.number}" if proposal.number else ""
    return f"Tờ trình{number} ngày {cited_date(proposal.on)} về việc {proposal.title}"


def _file_name(title: str, on: date) -> str:
    bare = "-".join("".join(c if c.isalnum() else " " for c in search_key(title)).split())
    return f"{bare}-{on:%Y%m%d}"
