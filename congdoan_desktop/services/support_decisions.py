"""Decisions on support, and paying what they decide: the support records are made or found, never typed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain.need_states import Steps
from congdoan_desktop.domain.needs import COLLECTIVE, HOUSES, Need
from congdoan_desktop.domain.proposals import (
    AGREED,
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
    """A decision as listed; `total` in đồng, as agreed. `supports` are the records that pay it.

    Of its needs `paid` have support, `signed` have all of it signed for, `due` have something to be paid now; `rest` is
    what is not paid of the total, also of houses whose next stage has not been reached.
    """

    id: str
    record: SupportDecision
    total: int
    supports: tuple[str, ...]
    paid: int
    signed: int
    due: int
    rest: int
    conflict: bool
    own: bool


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
        needs = need_steps.held(connection, Need)
        rows = [
            _row(id_, record, known, needs, conflict=id_ in conflicts, own=keeper(record.unit) == office.identity.unit)
            for id_, record in known.decisions.items()
        ]
        words = search_key(search)
        kept = [row for row in rows if words in search_key(f"{row.record.number} {row.record.signer}")]
        return sorted(kept, key=lambda row: (row.record.on, row.id), reverse=True)


def pay(office: Office, decision: str, on: date, goods: str = "") -> Paid:
    """Enter as paid on a day whatever the decision holds and is due, all or none.

    Of a house is due what its stages have reached by their sums; a house without sums, and all else, is paid at once. A
    support record of the same person that already names this decision is not made again: it gets its need. What we pay
    to somebody of a union that keeps its own records is support of ours.

    Raises: NotFound, NotCustodian, ValidationError.
    """
    with office.write(Right.ENTER) as work:
        record: SupportDecision = work.value(SupportDecision.TYPE, decision)
        agreed = _agreed(work.value(ReviewMeeting.TYPE, record.meeting))
        paid = _by_need(need_steps.steps(work.connection))
        lines = need_steps.lines(office, work.connection, record.needs)
        there = _there(work.connection, record.number)
        made, linked = [], {}
        for id_ in need_steps.in_order(lines, (need for need in record.needs if need in agreed)):
            need, given = lines[id_].need, paid.get(id_, [])
            kept = None if given else there.pop(need.person or "", None)
            cash, in_kind = due(need, agreed[id_], sum(one.cash + one.in_kind for one in given))
            if kept:
                linked[kept[0]] = replace(kept[1], need=id_)
            elif cash or in_kind:
                part = replace(agreed[id_], cash=cash, in_kind=in_kind)
                ours = work.custody.tree.custodian(need.unit) == office.identity.unit
                unit = need.unit if ours else office.identity.unit
                made.append(_support(need, id_, part, unit, record.number, on, one_line(goods)))
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


def due(need: Need, verdict: Verdict, paid: int) -> tuple[int, int]:
    """(cash, value of goods) to be paid now, in đồng, where so much has been paid."""
    handed = sum(stage.amount for stage in need.stages)
    if need.kind not in HOUSES or not handed:
        return (0, 0) if paid else (verdict.cash, verdict.in_kind)
    in_kind = 0 if paid else verdict.in_kind
    return max(min(handed, verdict.amount) - paid - in_kind, 0), in_kind


def _row(
    id_: str, record: SupportDecision, known: Steps, needs: Mapping[str, Need], *, conflict: bool, own: bool
) -> DecisionRow:
    agreed = _agreed(known.meetings.get(record.meeting))
    given = {need: found for need, found in _by_need(known).items() if need in record.needs}
    sums = {need: sum(one.cash + one.in_kind for one in found) for need, found in given.items()}
    held = [need for need in record.needs if need in agreed]
    return DecisionRow(
        id_,
        record,
        total=sum(agreed[need].amount for need in held),
        supports=tuple(sorted(at for at, one in known.supports.items() if one.need in record.needs)),
        paid=len(given),
        signed=sum(all(one.signed for one in found) for found in given.values()),
        due=sum(need in needs and any(due(needs[need], agreed[need], sums.get(need, 0))) for need in held),
        rest=sum(agreed[need].amount - sums.get(need, 0) for need in held if _goes_on(needs.get(need), need in given)),
        conflict=conflict,
        own=own,
    )


def _goes_on(need: Need | None, is_paid: bool) -> bool:
    """Only a house is paid in parts; of all else what was given is what it came to."""
    return not is_paid or (need is not None and need.kind in HOUSES)


def _by_need(known: Steps) -> dict[str, list[SupportRecord]]:
    found: dict[str, list[SupportRecord]] = {}
    for one in known.supports.values():
        found.setdefault(one.need or "", []).append(one)
    return found


def _agreed(meeting: ReviewMeeting | None) -> dict[str, Verdict]:
    return {one.need: one for one in meeting.verdicts if one.result == AGREED} if meeting else {}


def _there(connection: Connection, number: str) -> dict[str, tuple[str, SupportRecord]]:
    """Person -> a record that names the decision and no need."""
    query = select(_GIVEN).where(_GIVEN.c.decision == number, _GIVEN.c.need.is_(None), _GIVEN.c.person != "")
    rows = connection.execute(query.order_by(_GIVEN.c.record.desc())).mappings()
    return {row["person"]: (row["record"], value_of(SupportRecord.TYPE, row)) for row in rows}


def _support(need: Need, id_: str, verdict: Verdict, unit: str, number: str, on: date, goods: str) -> SupportRecord:
    group = need.group if need.beneficiary == COLLECTIVE else ""
    return SupportRecord(
        unit, need.person or "", need.campaign, need.cause, need.kind, verdict.cash, verdict.in_kind,
        verdict.fund, on, number, goods if verdict.in_kind else "", need=id_, group=group,
    )  # fmt: skip
