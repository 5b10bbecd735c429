"""Decisions on support, and paying what they decide: the support records are made or found, never typed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain.needs import COLLECTIVE, Need
from congdoan_desktop.domain.proposals import (
    AGREED,
    Proposal,
    ReviewMeeting,
    SupportDecision,
    Verdict,
    validate_decision,
)
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord, validate_support
from congdoan_desktop.domain.text import clean, one_line, search_key
from congdoan_desktop.services import need_steps
from congdoan_desktop.services.need_steps import NeedLine
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse
from congdoan_desktop.storage.projections import TABLES, value_of
from congdoan_desktop.storage.unit_of_work import UnitOfWork

UNPAID = "Bỏ lần chi vừa ghi"
_GIVEN = TABLES[SupportRecord.TYPE]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as listed. `supports` are the records of those already paid; `total` in đồng, as agreed."""

    id: str
    record: SupportDecision
    total: int
    supports: tuple[str, ...]
    signed: int
    conflict: bool
    own: bool

    @property
    def unpaid(self) -> int:
        return len(self.record.needs) - len(self.supports)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a meeting agreed to and no decision holds yet, in the order of names."""

    verdicts: tuple[Verdict, ...]
    lines: Mapping[str, NeedLine]


@dataclass(frozen=True, slots=True)
class Paid:
    """Support records made for a decision, and those that stood there before and now name their need."""

    made: tuple[str, ...]
    linked: tuple[str, ...]


def save(office: Office, decision: SupportDecision, id_: str | None = None) -> Saved:
    """A new decision, or the next version of one.

    Raises: ValidationError with all findings, NotFound, NotCustodian.
    """
    tidy = replace(
        decision,
        number=one_line(decision.number),
        signer=one_line(decision.signer),
        signer_title=one_line(decision.signer_title),
        note=clean(decision.note),
    )
    with office.write(Right.ENTER) as work:
        meeting = need_steps.held(work.connection, ReviewMeeting).get(tidy.meeting)
        warnings = refuse(validate_decision(tidy, meeting, office.clock.today()))
        return Saved((work.put(tidy, id_),), warnings)


def begin(office: Office, meeting: str) -> Agreed:
    """Raises: NotFound."""
    with office.write(Right.READ) as work:
        record: ReviewMeeting = work.value(ReviewMeeting.TYPE, meeting)
        held = {
            need
            for decision in need_steps.held(work.connection, SupportDecision).values()
            if decision.meeting == meeting
            for need in decision.needs
        }
        free = {one.need: one for one in record.verdicts if one.result == AGREED and one.need not in held}
        lines = need_steps.lines(office, work.connection, free)
        return Agreed(tuple(free[id_] for id_ in need_steps.in_order(lines, free)), lines)


def listing(office: Office, *, search: str = "") -> list[DecisionRow]:
    """Decisions, the latest first."""
    with office.read() as connection:
        keeper = office.tree(connection).custodian
        known = need_steps.steps(connection)
        conflicts = need_steps.in_conflict(connection, SupportDecision)
        rows = []
        for id_, record in known.decisions.items():
            agreed = _agreed(known.meetings.get(record.meeting))
            given = {at: one for at, one in known.supports.items() if one.need in record.needs}
            rows.append(
                DecisionRow(
                    id_,
                    record,
                    sum(agreed[need].amount for need in record.needs if need in agreed),
                    tuple(sorted(given)),
                    sum(one.signed is not None for one in given.values()),
                    id_ in conflicts,
                    keeper(record.unit) == office.identity.unit,
                )
            )
        words = search_key(search)
        kept = [row for row in rows if words in search_key(f"{row.record.number} {row.record.signer}")]
        return sorted(kept, key=lambda row: (row.record.on, row.id), reverse=True)


def undecided(office: Office) -> list[tuple[str, ReviewMeeting, Proposal | None]]:
    """Meetings that agreed to something no decision holds yet, the latest first."""
    with office.read() as connection:
        known = need_steps.steps(connection)
        held = {(one.meeting, need) for one in known.decisions.values() for need in one.needs}
        free = [
            (id_, meeting, known.proposals.get(meeting.proposal))
            for id_, meeting in known.meetings.items()
            if any(one.result == AGREED and (id_, one.need) not in held for one in meeting.verdicts)
        ]
        return sorted(free, key=lambda found: (found[1].on, found[0]), reverse=True)


def pay(office: Office, decision: str, on: date, goods: str = "") -> Paid:
    """Enter as paid on a day whatever the decision holds and is not paid yet, all or none.

    A support record of the same person that already names this decision is not made again: it gets its need.

    Raises: NotFound, NotCustodian, ValidationError.
    """
    with office.write(Right.ENTER) as work:
        record: SupportDecision = work.value(SupportDecision.TYPE, decision)
        agreed = _agreed(work.value(ReviewMeeting.TYPE, record.meeting))
        paid = {one.need for one in need_steps.steps(work.connection).supports.values()}
        lines = need_steps.lines(office, work.connection, [need for need in record.needs if need not in paid])
        due = [id_ for id_ in need_steps.in_order(lines, record.needs) if id_ in agreed]
        there = _there(work.connection, record.number)
        made, linked = [], {}
        for need in due:
            kept = there.pop(lines[need].need.person or "", None)
            if kept:
                linked[kept[0]] = replace(kept[1], need=need)
            else:
                made.append(_support(lines[need].need, need, agreed[need], record.number, on, one_line(goods)))
        for one in made:
            refuse(validate_support(one, office.clock.today()))
        return _put(work, made, linked)


def take_back(office: Office, paid: Paid) -> None:
    """Undo a payment: what was made is deleted, what was found loses its need again.

    Raises: NotFound when somebody deleted one of them meanwhile.
    """
    with office.write(Right.ENTER) as work:
        work.delete_many(paid.made, UNPAID)
        kept = [replace(work.value(SupportRecord.TYPE, id_), need=None) for id_ in paid.linked]
        work.put_many(kept, list(paid.linked))


def _put(work: UnitOfWork, made: Sequence[SupportRecord], linked: Mapping[str, SupportRecord]) -> Paid:
    work.put_many(list(linked.values()), list(linked))
    return Paid(tuple(work.put_many(made)), tuple(linked))


def _agreed(meeting: ReviewMeeting | None) -> dict[str, Verdict]:
    return {one.need: one for one in meeting.verdicts if one.result == AGREED} if meeting else {}


def _there(connection: Connection, number: str) -> dict[str, tuple[str, SupportRecord]]:
    """Person -> a record that names the decision and no need."""
    query = select(_GIVEN).where(_GIVEN.c.decision == number, _GIVEN.c.need.is_(None), _GIVEN.c.person != "")
    rows = connection.execute(query.order_by(_GIVEN.c.record.desc())).mappings()
    return {row["person"]: (row["record"], value_of(SupportRecord.TYPE, row)) for row in rows}


def _support(need: Need, id_: str, verdict: Verdict, number: str, on: date, goods: str) -> SupportRecord:
    group = need.group if need.beneficiary == COLLECTIVE else ""
    return SupportRecord(
        need.unit, need.person or "", need.campaign, need.cause, need.kind, verdict.cash, verdict.in_kind,
        verdict.fund, on, number, goods if verdict.in_kind else "", need=id_, group=group,
    )  # fmt: skip
