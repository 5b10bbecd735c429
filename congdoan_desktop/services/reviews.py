"""The level above looks through a report: sends it back with findings, locks the period, opens it again.

A lock pins the package whose figures count. A later package for the period is imported like any other, but it is
named as late and its figures wait until the period is opened again with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from congdoan_desktop.domain.adjustments import Adjustment
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.reviews import LOCKED, REOPENED, RETURNED, Fault, Review, validate_review
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.packages.bodies import ACCEPTED, RowFinding
from congdoan_desktop.packages.bodies import RETURNED as SENT_BACK
from congdoan_desktop.packages.header import Header
from congdoan_desktop.services import adjusted, incoming, mailbox, naming, receipts, reviewed
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.receipts import Ruling
from congdoan_desktop.services.records import refuse
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.projections import current
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_SUBJECTS = ("activity", "support", "headcount", "unit")
"""Types of records that a finding can point at."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A target's figure in this package and in the one before it for the same period; None where there is none."""

    target: str
    name: str
    before: tuple[int, int | None] | None
    now: tuple[int, int | None] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked to be mended before; `mended`: this package brings another version of it."""

    fault: Fault
    name: str
    mended: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What a new finding can be about: a target or a record of the package."""

    record: str
    target: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Look:
    """A report as the level above reads it. `review` is the last word on its period; `late`: it came after the lock."""

    package: str
    unit_name: str
    campaign: str
    period: str
    review: Review | None
    late: bool
    figures: tuple[FigureChange, ...]
    asked: tuple[Asked, ...]
    subjects: tuple[Subject, ...]
    adjusted: tuple[Adjustment, ...] = ()
    """What was adjusted for the period after its lock; `stale`: a package came after those that were adjusted by."""
    stale: bool = False

    @property
    def locked(self) -> bool:
        return self.review is not None and self.review.verdict == LOCKED


class PeriodLocked(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Kỳ này đã duyệt và khoá.",
            safe="Số liệu đã khoá không thay đổi.",
            todo="Mở lại kỳ kèm lý do rồi mới trả lại hoặc duyệt gói khác.",
        )


def look(office: Office, package_id: str) -> Look:
    """Raises: NotFound when the package is no report that came in."""
    with office.read() as connection:
        header = header_of(connection, package_id)
        held = reviewed.held(connection, header)
        review = held[1] if held else None
        earlier = reviewed.earlier(connection, header)
        campaign = _campaign(connection, str(header.about))
        made = adjusted.of_period(connection, review) if review else ()
        return Look(
            package_id, header.sender.name, campaign.title if campaign else "",
            header.period.name if header.period else "", review,
            reviewed.is_late(connection, review, package_id, header),
            _figures(connection, campaign, package_id, earlier), _asked(connection, campaign, review, package_id),
            _subjects(connection, campaign, package_id), made, adjusted.is_stale(connection, made, header.feed),
        )  # fmt: skip


def differences(office: Office, path: Path) -> tuple[FigureChange, ...]:
    """What a report on a stick says of its targets beside the package before it; nothing is imported.

    Empty for another kind of package. Raises: PackageRefused, AppError when it cannot be read.
    """
    package = incoming.opened(office, path).package
    if package.header.kind != "report":
        return ()
    about, id_ = package.header.about, package.package_id

    def see(work: UnitOfWork, _: ImportResult) -> tuple[FigureChange, ...]:
        connection = work.connection
        earlier = reviewed.earlier(connection, package.header)
        return _figures(connection, _campaign(connection, str(about)), id_, earlier)

    return incoming.tried(office, package, path.name, see)


def send_back(
    office: Office, package_id: str, faults: tuple[Fault, ...], deadline: date | None, note: str = ""
) -> handoff.Outgoing:
    """Return a report for correction: the receipt names what to mend, and until when.

    Raises: ValidationError, PeriodLocked, NotFound, NotEnrolled.
    """
    faults = tuple(replace(fault, message=clean(fault.message)) for fault in faults if clean(fault.message))
    return _rule(office, package_id, RETURNED, note, faults, deadline)


def approve(office: Office, package_id: str, note: str = "") -> handoff.Outgoing:
    """Lock the period with this package's figures. Raises: PeriodLocked, NotFound, NotEnrolled."""
    return _rule(office, package_id, LOCKED, note, (), None)


def reopen(office: Office, package_id: str, reason: str, deadline: date | None = None) -> handoff.Outgoing:
    """Open a locked period again; the unit learns the reason. Raises: ValidationError, NotFound, NotEnrolled."""
    return _rule(office, package_id, REOPENED, reason, (), deadline)


def late(office: Office) -> frozenset[str]:
    """Reports that came for a locked period beside the one whose figures were locked."""
    with office.read() as connection:
        reviews = {reviewed.key(review): review for review in reviewed.everything(connection)}
        found = set()
        for package in handoff.incoming(connection):
            if package.kind == "report":
                header = Header.from_bytes(package.header)
                review = reviews.get(reviewed.key_of(header))
                if reviewed.is_late(connection, review, package.package_id, header):
                    found.add(package.package_id)
        return frozenset(found)


def standing(office: Office) -> dict[str, str]:
    """Package -> the verdict that names it."""
    with office.read() as connection:
        return {review.package: review.verdict for review in reviewed.everything(connection)}


def _rule(
    office: Office, package_id: str, verdict: str, note: str, faults: tuple[Fault, ...], deadline: date | None
) -> handoff.Outgoing:
    result = mailbox.result_of(office, package_id)
    with office.write(Right.ISSUE) as work:
        header = header_of(work.connection, package_id)
        id_, before = reviewed.held(work.connection, header) or (None, None)
        opening = verdict == REOPENED
        if opening != (before is not None and before.verdict == LOCKED):
            raise _nothing_locked() if opening else PeriodLocked
        assert header.period is not None
        review = Review(
            office.identity.unit, header.sender.unit, str(header.about), date.fromisoformat(header.period.starts),
            date.fromisoformat(header.period.ends), package_id, verdict, deadline, clean(note), faults,
        )  # fmt: skip
        refuse(validate_review(review))
        work.put(review, id_)
        work.note(f"review:{verdict}", package_id)
        return receipts.send_answer(office, work, result, _ruling(review))


def _ruling(review: Review) -> Ruling:
    return Ruling(
        ACCEPTED if review.verdict == LOCKED else SENT_BACK,
        tuple(RowFinding(f.message, f.record or None, f.target or None, f.field or None) for f in review.faults),
        review.deadline.isoformat() if review.deadline else None,
        review.note,
        review.verdict == LOCKED,
    )


def _nothing_locked() -> AppError:
    return NotFound("Kỳ này chưa khoá nên không cần mở lại.", todo="Xem lại tình trạng của gói trong Hộp nhận.")


def header_of(connection: Connection, package_id: str) -> Header:
    """Raises: NotFound when it is no report that was imported and counts."""
    held = handoff.incoming(connection, package_id)
    if not held or held[0].kind != "report" or held[0].state != handoff.ACCEPTED:
        raise NotFound("Chưa nhập báo cáo này.", todo="Nhập gói báo cáo trước rồi mới xét duyệt.")
    return Header.from_bytes(held[0].header)


def _campaign(connection: Connection, id_: str) -> Campaign | None:
    found: Campaign | None = current(connection, Campaign.TYPE, id_)
    return found


def _figures(
    connection: Connection, campaign: Campaign | None, package_id: str, earlier: str | None
) -> tuple[FigureChange, ...]:
    now = _by_target(reviewed.brought(connection, package_id))
    before = _by_target(reviewed.brought(connection, earlier)) if earlier else {}
    names = _target_names(campaign)
    wanted = [*names, *(target for target in now if target not in names)]
    return tuple(
        FigureChange(target, names.get(target, target), before.get(target), now.get(target))
        for target in wanted
        if target in now or target in before
    )


def _by_target(brought: tuple[str, PeriodFigures] | None) -> dict[str, tuple[int, int | None]]:
    if brought is None:
        return {}
    return {f.target: (f.numerator, f.denominator) for f in brought[1].figures if f.unit == brought[1].unit}


def _target_names(campaign: Campaign | None) -> Mapping[str, str]:
    return {target.id: target.level_text or target.wording for target in campaign.targets} if campaign else {}


def _asked(
    connection: Connection, campaign: Campaign | None, review: Review | None, package_id: str
) -> tuple[Asked, ...]:
    """What the last return asked for, while another package answers it."""
    if review is None or review.verdict != RETURNED or review.package == package_id:
        return ()
    brought, answered = (reviewed.hashes(connection, package) for package in (package_id, review.package))
    records = {record for hash_, record in brought.items() if hash_ not in answered}
    before, now = (_by_target(reviewed.brought(connection, package)) for package in (review.package, package_id))
    return tuple(
        Asked(
            fault,
            _name_of(connection, campaign, fault),
            fault.record in records if fault.record else before.get(fault.target) != now.get(fault.target),
        )
        for fault in review.faults
    )


def _name_of(connection: Connection, campaign: Campaign | None, fault: Fault) -> str:
    if fault.target:
        return _target_names(campaign).get(fault.target, "")
    named = naming.of_record(connection, fault.record)
    return named.name if named else ""


def _subjects(connection: Connection, campaign: Campaign | None, package_id: str) -> tuple[Subject, ...]:
    targets = [Subject("", target, "", name) for target, name in _target_names(campaign).items()]
    delivered = handoff.delivered_records(connection, package_id)
    records = [
        Subject(named.record, "", type_, named.name)
        for type_ in _SUBJECTS
        for named in naming.of_type(connection, type_, delivered)
    ]
    return (*targets, *records)
