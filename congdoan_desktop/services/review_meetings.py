"""Meetings that consider a proposal: who was there, and what was said about each need (rule B10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from congdoan_desktop.domain.proposals import (
    AGREED,
    About,
    Ask,
    Attendee,
    Proposal,
    ReviewMeeting,
    Verdict,
    validate_meeting,
)
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, one_line, search_key
from congdoan_desktop.services import need_steps
from congdoan_desktop.services.need_steps import NeedLine
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, refuse


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as listed; `decision` is the id of the decision that followed, "" before that."""

    id: str
    record: ReviewMeeting
    proposal: Proposal | None
    decision: str
    conflict: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A meeting on a proposal before anything is said: everything agreed as asked, those present as last time."""

    verdicts: tuple[Verdict, ...]
    members: tuple[Attendee, ...]
    place: str
    lines: Mapping[str, NeedLine]


def save(office: Office, meeting: ReviewMeeting, id_: str | None = None) -> Saved:
    """A new meeting, or the next version of one.

    Raises: ValidationError with all findings, NotFound, NotCustodian.
    """
    tidy = _tidy(meeting)
    with office.write(Right.ENTER) as work:
        proposals = need_steps.held(work.connection, Proposal)
        asked = _asked(proposals.get(tidy.proposal))
        return Saved((work.put(tidy, id_),), refuse(validate_meeting(tidy, asked, office.clock.today())))


def begin(office: Office, proposal: str) -> Begun:
    """Raises: NotFound."""
    with office.write(Right.READ) as work:
        record: Proposal = work.value(Proposal.TYPE, proposal)
        lines = need_steps.lines(office, work.connection, [ask.need for ask in record.asks])
        asked = _asked(record)
        order = need_steps.in_order(lines, asked)
        last = max(need_steps.held(work.connection, ReviewMeeting).values(), key=lambda one: one.on, default=None)
        verdicts = tuple(Verdict(id_, AGREED, asked[id_].cash, asked[id_].in_kind, asked[id_].fund) for id_ in order)
        return Begun(verdicts, last.members if last else (), last.place if last else "", lines)


def listing(office: Office, *, search: str = "") -> list[MeetingRow]:
    """Meetings, the latest first."""
    with office.read() as connection:
        keeper = office.tree(connection).custodian
        known = need_steps.steps(connection)
        conflicts = need_steps.in_conflict(connection, ReviewMeeting)
        decided = {decision.meeting: id_ for id_, decision in known.decisions.items()}
        rows = [
            MeetingRow(
                id_,
                record,
                known.proposals.get(record.proposal),
                decided.get(id_, ""),
                id_ in conflicts,
                keeper(record.unit) == office.identity.unit,
            )
            for id_, record in known.meetings.items()
        ]
        words = search_key(search)
        kept = [row for row in rows if words in search_key(proposal_named(row.proposal))]
        return sorted(kept, key=lambda row: (row.record.on, row.id), reverse=True)


def proposal_named(proposal: Proposal | None) -> str:
    """Number and title: "09/TTr-CĐX · hỗ trợ đoàn viên khó khăn đợt 1"."""
    return " · ".join(part for part in (proposal.number, proposal.title) if part) if proposal else "–"


def _asked(proposal: Proposal | None) -> dict[str, Ask]:
    return {ask.need: ask for ask in proposal.asks} if proposal else {}


def _tidy(meeting: ReviewMeeting) -> ReviewMeeting:
    here = {verdict.need for verdict in meeting.verdicts}
    opinions = (About(about.need, one_line(about.text)) for about in meeting.opinions if about.need in here)
    members = (Attendee(one_line(one.name), one_line(one.role)) for one in meeting.members)
    return replace(
        meeting,
        verdicts=tuple(map(_bare, meeting.verdicts)),
        place=one_line(meeting.place),
        members=tuple(one for one in members if one.name),
        absent=one_line(meeting.absent),
        opinions=tuple(about for about in opinions if about.text),
        summary=clean(meeting.summary),
    )


def _bare(verdict: Verdict) -> Verdict:
    """Where nothing was agreed to, no sum stands."""
    return verdict if verdict.result == AGREED else replace(verdict, cash=0, in_kind=0)
