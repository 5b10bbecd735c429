"""Proposals (tờ trình): needs chosen, amounts asked within the ceilings, each state read from the steps after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from congdoan_desktop.domain.ceilings import ceiling
from congdoan_desktop.domain.need_states import OPEN_TO_PROPOSE, Steps
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.proposals import ABOVE, About, Ask, Proposal, validate_proposal
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, one_line, search_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import double_benefits, need_steps
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.double_benefits import Programme
from congdoan_desktop.services.need_steps import NeedLine
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse

DEFAULT_FUND = "quy_xa_hoi"


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as listed. `meeting` and `decisions` are ids of the steps after it; `paid` of how many."""

    id: str
    record: Proposal
    to_name: str
    meeting: str
    decisions: tuple[str, ...]
    conflict: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """Needs for a new proposal: what is asked for each by default, and how they are called."""

    asks: tuple[Ask, ...]
    lines: Mapping[str, NeedLine]


def save(office: Office, proposal: Proposal, id_: str | None = None) -> Saved:
    """A new proposal, or the next version of one.

    Raises: ValidationError with all findings, NotFound, NotCustodian.
    """
    tidy = _tidy(proposal)
    with office.write(Right.ENTER) as work:
        lines = need_steps.lines(office, work.connection, [ask.need for ask in tidy.asks])
        elsewhere = _asked_elsewhere(need_steps.steps(work.connection), tidy, id_)
        about = (*_about_lines(tidy, lines, elsewhere), *_about_earlier(work.connection, tidy, lines))
        found = (*validate_proposal(tidy, office.clock.today()), *about)
        return Saved((work.put(tidy, id_),), refuse(found))


def listing(office: Office, *, campaign: str | None = None, search: str = "") -> list[ProposalRow]:
    """Proposals, the latest first."""
    with office.read() as connection:
        keeper, now = office.tree(connection).custodian, office.structure(connection)
        known = need_steps.steps(connection)
        conflicts = need_steps.in_conflict(connection, Proposal)
        met = {meeting.proposal: id_ for id_, meeting in known.meetings.items()}
        decided: dict[str, list[str]] = {}
        for id_, decision in known.decisions.items():
            decided.setdefault(decision.meeting, []).append(id_)
        rows = [
            ProposalRow(
                id_,
                record,
                receiver_name(now, now.units[office.identity.unit], record.to),
                met.get(id_, ""),
                tuple(sorted(decided.get(met.get(id_, ""), ()))),
                id_ in conflicts,
                keeper(record.unit) == office.identity.unit,
            )
            for id_, record in known.proposals.items()
            if (not campaign or record.campaign == campaign) and _holds(record, search)
        ]
        return sorted(rows, key=lambda row: (row.record.on, row.id), reverse=True)


def choose(office: Office, needs: Sequence[str]) -> Chosen:
    """What a new proposal asks for the needs that may be proposed now: their estimate, out of the usual fund."""
    with office.read() as connection:
        ways = need_steps.ways(connection)
        lines = need_steps.lines(office, connection, [id_ for id_ in needs if id_ in ways])
        free = [id_ for id_ in need_steps.in_order(lines, needs) if ways[id_].state in OPEN_TO_PROPOSE]
        named = [id_ for id_ in free if lines[id_].need.withdrawn_on is None]
        fund = _usual_fund(need_steps.held(connection, Proposal).values())
        return Chosen(tuple(Ask(id_, lines[id_].need.estimate, 0, fund) for id_ in named), lines)


def open_needs(office: Office) -> list[NeedLine]:
    """Needs that can be put into a proposal, in the order of names."""
    with office.read() as connection:
        ways = need_steps.ways(connection)
        lines = need_steps.lines(office, connection, [id_ for id_, way in ways.items() if way.state in OPEN_TO_PROPOSE])
        return [lines[id_] for id_ in need_steps.in_order(lines, lines)]


def named(office: Office, needs: Iterable[str]) -> dict[str, NeedLine]:
    """How needs are called, by id."""
    with office.read() as connection:
        return need_steps.lines(office, connection, needs)


def receivers(office: Office) -> list[tuple[str, str]]:
    """(id, name) of the unions that a proposal may be addressed to: those above, the nearest first, and our own."""
    with office.read() as connection:
        now = office.structure(connection)
        found, at = [], now.parent(office.identity.unit)
        while at is not None and at in now.units:
            found.append(at)
            at = now.parent(at)
        own = now.units[office.identity.unit]
        above = found or ([ABOVE] if own.parent_name else [])
        return [(id_, receiver_name(now, own, id_)) for id_ in (*above, own.unit)]


def receiver_name(now: Structure, own: Unit, to: str) -> str:
    """Whom a proposal of a union is addressed to, as printed behind "Kính gửi:"."""
    name = own.parent_name if to == ABOVE else now.units[to].name if to in now.units else ""
    return f"Ban Thường vụ {name}".strip()


def _tidy(proposal: Proposal) -> Proposal:
    asked = {ask.need for ask in proposal.asks}
    reasons = (About(reason.need, one_line(reason.text)) for reason in proposal.reasons if reason.need in asked)
    return replace(
        proposal,
        number=one_line(proposal.number),
        title=one_line(proposal.title),
        reasons=tuple(reason for reason in reasons if reason.text),
        note=clean(proposal.note),
    )


def _about_lines(proposal: Proposal, lines: Mapping[str, NeedLine], elsewhere: Mapping[str, str]) -> list[Finding]:
    """What only the needs can tell: gone, consent taken back, asked already, above the ceiling without a reason."""
    found = []
    told = {reason.need for reason in proposal.reasons}
    for ask in proposal.asks:
        line = lines.get(ask.need)
        if line is None:
            found.append(Finding("asks", "Có nhu cầu không còn trong máy; bỏ dòng đó."))
            continue
        if line.need.withdrawn_on is not None:
            found.append(Finding("asks", f"{line.name} đã rút sự đồng ý; bỏ khỏi tờ trình."))
        if ask.need in elsewhere:
            number = elsewhere[ask.need]
            found.append(Finding("asks", f"{line.name} đang có trong tờ trình {number}; xem lại.", warning=True))
        limit = ceiling(catalogue(), line.need.kind, proposal.on)
        sentence = limit.exceeded(ask.amount) if limit else ""
        if sentence and ask.need not in told:
            found.append(Finding("asks", f"{line.name}: {sentence}"))
    return found


def _about_earlier(connection: Connection, proposal: Proposal, lines: Mapping[str, NeedLine]) -> Iterator[Finding]:
    """Who was given the same before in that year is proposed again only with a reason (rule B10)."""
    told = {reason.need for reason in proposal.reasons}
    for line in (lines[ask.need] for ask in proposal.asks if ask.need in lines and ask.need not in told):
        need = line.need
        programme = Programme(need.kind, need.campaign or proposal.campaign, proposal.on, need.cause)
        given = double_benefits.earlier(connection, [need.person or ""], programme).get(need.person or "", ())
        # What was paid ahead of its papers is given on their day or later.
        others = [one for one in given if one.need != line.id and one.on < proposal.on]
        if need.person and others:
            said = double_benefits.warned({need.person: others})[need.person]
            yield Finding("asks", f"{line.name}: {said} Ghi lý do đề nghị thêm.")


def _asked_elsewhere(known: Steps, proposal: Proposal, id_: str | None) -> dict[str, str]:
    """Need -> the number of another proposal that no meeting has considered yet."""
    heard = {meeting.proposal for meeting in known.meetings.values()}
    wanted = {ask.need for ask in proposal.asks}
    return {
        ask.need: other.number or f"“{other.title}”"
        for at, other in known.proposals.items()
        if at != id_ and at not in heard
        for ask in other.asks
        if ask.need in wanted
    }


def _usual_fund(earlier: Iterable[Proposal]) -> str:
    """That of the last proposal."""
    last = max(earlier, key=lambda one: one.on, default=None)
    return last.asks[0].fund if last and last.asks else DEFAULT_FUND


def _holds(record: Proposal, search: str) -> bool:
    return search_key(search) in search_key(f"{record.number} {record.title}")
