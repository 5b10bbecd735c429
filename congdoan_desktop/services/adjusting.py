"""A correction that came after the lock counts in a later period, with a reason; what is locked does not change."""

from __future__ import annotations

from datetime import date

from congdoan_desktop.domain.adjustments import Adjustment, difference, validate_adjustment
from congdoan_desktop.domain.dates import cited_date
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.reviews import Review
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean
from congdoan_desktop.errors import NotFound
from congdoan_desktop.packages.bodies import ACCEPTED
from congdoan_desktop.packages.header import Header
from congdoan_desktop.services import adjusted, mailbox, receipts, reviewed, reviews
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.receipts import Ruling
from congdoan_desktop.services.records import refuse
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.unit_of_work import UnitOfWork


def adjust(office: Office, package_id: str, on: date, reason: str) -> handoff.Outgoing:
    """Let what a late package says otherwise count from the day `on`; the unit learns it by a receipt.

    Raises: ValidationError, NotFound when it did not come for a period locked with another package, NotEnrolled.
    """
    result = mailbox.result_of(office, package_id)
    with office.write(Right.ISSUE) as work:
        made = _made(office, work, package_id, on, clean(reason))
        refuse(validate_adjustment(made))
        work.put(made)
        work.note("adjust", package_id)
        said = f"{made.period_name} đã khoá; phần chênh lệch tính vào kỳ có ngày {cited_date(on)}. {made.reason}"
        return receipts.send_answer(office, work, result, Ruling(ACCEPTED, note=said))


def _made(office: Office, work: UnitOfWork, package_id: str, on: date, reason: str) -> Adjustment:
    connection = work.connection
    header = reviews.header_of(connection, package_id)
    held = reviewed.held(connection, header)
    review = held[1] if held else None
    late, locked = reviewed.brought(connection, package_id), _locked(work, review, package_id, header)
    assert review is not None
    if late is None or locked is None:
        raise NotFound("Gói này không có số liệu kỳ để điều chỉnh.", todo="Xin đơn vị làm lại gói báo cáo.")
    before = [part for one in adjusted.of_period(connection, review) for part in one.parts]
    return Adjustment(
        office.identity.unit, review.of, review.campaign, late[1].period_name, review.starts, review.ends,
        review.package, package_id, on, difference(locked[1], late[1], before), reason,
    )  # fmt: skip


def _locked(
    work: UnitOfWork, review: Review | None, package_id: str, header: Header
) -> tuple[str, PeriodFigures] | None:
    if review is None or not reviewed.is_late(work.connection, review, package_id, header):
        raise NotFound(
            "Chỉ điều chỉnh theo gói đến sau khi kỳ đã khoá.", todo="Kỳ chưa khoá thì duyệt hoặc trả lại gói này."
        )
    return reviewed.brought(work.connection, review.package)
