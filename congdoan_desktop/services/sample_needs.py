"""Cases of need for the samples: a round that went through proposal, meeting, decision, money; one that waits."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from congdoan_desktop import paths
from congdoan_desktop.domain.needs import HOUSES, Need, Stage
from congdoan_desktop.domain.proposals import (
    AGREED,
    About,
    Ask,
    Attendee,
    Proposal,
    ReviewMeeting,
    SupportDecision,
    Verdict,
)
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.support import SupportRecord

Put = Callable[[Sequence[Record]], list[str]]
"""Saves records and gives their ids."""
_FUND = "quy_xa_hoi"
_REPORTED, _MET, _DECIDED, _PAID = timedelta(days=-12), timedelta(days=6), timedelta(days=8), timedelta(days=11)
"""From the day of the proposal."""
_WORKS = timedelta(days=3)
"""From one stage of a house to the next."""
_PRESENT = (Attendee("Lý Thị Mẫu", "Chủ tịch"), Attendee("Hoàng Văn Thử", "Ủy viên"), Attendee("Tẩn A Mẫu", "Thư ký"))


@dataclass(frozen=True, slots=True)
class Proposer:
    """The union whose officers write the steps: its id, that of the one it asks, its code in numbers of papers."""

    unit: str
    to: str
    code: str


@dataclass(frozen=True, slots=True)
class _Case:
    """`end` is how far it came; `reason` why it was put off or refused."""

    cause: str
    kind: str
    amount: int
    circumstances: str
    end: str
    household: str = ""
    reason: str = ""
    stages: tuple[str, ...] = ()

    @property
    def agreed(self) -> bool:
        return self.end in ("decided", "paid", "signed")


@dataclass(frozen=True, slots=True)
class _Told:
    """A case with its need's id and its union and person."""

    case: _Case
    need: str
    unit: str
    person: str


def round_over(put: Put, proposer: Proposer, people: Sequence[tuple[str, str]], on: date) -> int:
    """Cases of (union, person), proposed on a day and considered, decided, paid; how many records they are."""
    told = _needs(put, "over", people, on)
    asks = tuple(Ask(one.need, one.case.amount, 0, _FUND) for one in told)
    number = f"{on.month:02d}/TTr-{proposer.code}"
    (proposal,) = put([Proposal(proposer.unit, proposer.to, on, asks, number, title=_title(on))])
    (meeting,) = put([_meeting(proposer, proposal, told, on + _MET)])
    agreed = [one for one in told if one.case.agreed]
    decision = SupportDecision(
        proposer.unit, meeting, f"{on.month:02d}/QĐ-{proposer.code}", on + _DECIDED, tuple(one.need for one in agreed),
        _PRESENT[0].name, _PRESENT[0].role,
    )  # fmt: skip
    put([decision])
    paid = [_support(one, decision.number, on + _PAID) for one in agreed if one.case.end != "decided"]
    put(paid)
    return len(told) + 3 + len(paid)


def round_open(put: Put, proposer: Proposer, people: Sequence[tuple[str, str]], on: date) -> int:
    """Cases that wait, some of them in a proposal that has no number yet."""
    told = _needs(put, "open", people, on)
    asks = tuple(Ask(one.need, one.case.amount, 0, _FUND) for one in told if one.case.end == "proposed")
    put([Proposal(proposer.unit, proposer.to, on, asks, title=_title(on))])
    return len(told) + 1


def _title(on: date) -> str:
    return f"hỗ trợ đoàn viên có hoàn cảnh khó khăn tháng {on.month} năm {on.year}"


def _needs(put: Put, which: str, people: Sequence[tuple[str, str]], on: date) -> list[_Told]:
    pairs = list(zip(_cases(which), people, strict=False))
    ids = put([_need(case, unit, person, on) for case, (unit, person) in pairs])
    return [_Told(case, id_, unit, person) for id_, (case, (unit, person)) in zip(ids, pairs, strict=True)]


def _need(case: _Case, unit: str, person: str, on: date) -> Need:
    reported = on + _REPORTED
    stages = tuple(Stage(stage, on + _MET + _WORKS * at) for at, stage in enumerate(case.stages))
    return Need(
        unit, person, "doan_vien", case.cause, case.kind, reported, case.amount, None, reported, "van_ban",
        stages=stages, household=case.household, circumstances=case.circumstances, reporter="Chủ tịch công đoàn cơ sở",
    )  # fmt: skip


def _meeting(proposer: Proposer, proposal: str, told: Sequence[_Told], on: date) -> ReviewMeeting:
    verdicts = tuple(
        Verdict(one.need, AGREED if one.case.agreed else one.case.end, one.case.amount, 0, _FUND) for one in told
    )
    opinions = tuple(About(one.need, one.case.reason) for one in told if one.case.reason)
    return ReviewMeeting(proposer.unit, proposal, on, verdicts, "Phòng họp cơ quan", _PRESENT, "Không", opinions)


def _support(one: _Told, decision: str, on: date) -> SupportRecord:
    given = on + _WORKS * len(one.case.stages) if one.case.kind in HOUSES else on
    return SupportRecord(
        one.unit, one.person, None, one.case.cause, one.case.kind, one.case.amount, 0, _FUND, given, decision,
        signed=given if one.case.end == "signed" else None, need=one.need,
    )  # fmt: skip


@cache
def _cases(which: str) -> tuple[_Case, ...]:
    read = tomllib.loads((paths.resources() / "samples" / "needs.toml").read_text("utf-8"))
    return tuple(_Case(**{**one, "stages": tuple(one.get("stages", ()))}) for one in read[which])
