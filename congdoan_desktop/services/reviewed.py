"""What was said about reported periods, and what a package brought of them, inside a transaction that reads."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain.bodies import facts_now, is_readable
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.records import join
from congdoan_desktop.domain.reviews import LOCKED, Review
from congdoan_desktop.domain.revisions import revision_of
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.names import RECEIPT, REPORT
from congdoan_desktop.storage import handoff, tables
from congdoan_desktop.storage.projections import TABLES, value_of


def locked_figures(connection: Connection, campaign: str) -> dict[str, tuple[str, PeriodFigures]]:
    """Unit -> (record, figures) of its last locked period of a campaign, as the locked package brought them."""
    return _locked(connection, [one for one in everything(connection) if one.campaign == campaign])


def locked_of_period(
    connection: Connection, campaign: str, starts: date, ends: date
) -> dict[str, tuple[str, PeriodFigures]]:
    """The same of just this period."""
    days = campaign, starts, ends
    return _locked(connection, [one for one in everything(connection) if (one.campaign, one.starts, one.ends) == days])


def _locked(connection: Connection, reviews: list[Review]) -> dict[str, tuple[str, PeriodFigures]]:
    locked = sorted((one for one in reviews if one.verdict == LOCKED), key=lambda one: one.ends)
    told = ((one.of, brought(connection, one.package)) for one in locked)
    return {unit: figures for unit, figures in told if figures is not None}


LATE = "Kỳ này đã khoá với gói trước; số liệu của gói này chưa được tính, chờ mở lại kỳ hoặc điều chỉnh vào kỳ sau."
"""What whoever sent it reads in the receipt."""
Key = tuple[str, str, str, str]


def key(review: Review) -> Key:
    return review.of, review.campaign, review.starts.isoformat(), review.ends.isoformat()


def key_of(header: Header) -> Key:
    assert header.period is not None
    return header.sender.unit, str(header.about), header.period.starts, header.period.ends


def everything(connection: Connection) -> list[Review]:
    rows = connection.execute(select(TABLES[Review.TYPE])).mappings()
    return [value_of(Review.TYPE, row) for row in rows]


def held(connection: Connection, header: Header) -> tuple[str, Review] | None:
    rows = connection.execute(select(TABLES[Review.TYPE])).mappings()
    reviews = ((str(row["record"]), value_of(Review.TYPE, row)) for row in rows)
    return next((pair for pair in reviews if key(pair[1]) == key_of(header)), None)


def is_late(connection: Connection, review: Review | None, package_id: str, header: Header) -> bool:
    """Whether a report came for a period that was locked with another one; what that one replaced did not."""
    if review is None or review.verdict != LOCKED or review.package == package_id:
        return False
    locked = handoff.incoming(connection, review.package)
    return not locked or locked[0].feed != header.feed or header.seq > locked[0].seq


def came_late(connection: Connection, package_id: str) -> bool:
    """`is_late` of any package that came in; only reports are."""
    (package, *_) = handoff.incoming(connection, package_id) or (None,)
    if package is None or package.kind != REPORT:
        return False
    header = Header.from_bytes(package.header)
    _, review = held(connection, header) or ("", None)
    return is_late(connection, review, package_id, header)


def answers(connection: Connection) -> dict[str, str]:
    """Package answered -> the file of our last receipt."""
    sent = (package for package in reversed(handoff.outgoing(connection)) if package.kind == RECEIPT)
    return {str(Header.from_bytes(package.header).about): package.file_name for package in sent}


def earlier(connection: Connection, header: Header) -> str | None:
    """The package before this one for the same period."""
    same = [
        held
        for held in handoff.of_feed(connection, header.feed)
        if held.kind == "report" and held.seq < header.seq and held.state == handoff.ACCEPTED
        if key_of(Header.from_bytes(held.header)) == key_of(header)
    ]
    return max(same, key=lambda held: held.seq).package_id if same else None


def brought(connection: Connection, package_id: str) -> tuple[str, PeriodFigures] | None:
    """The newest version of the reported figures in a package, whatever came later."""
    (held,) = handoff.incoming(connection, package_id) or (None,)
    if held is None:
        return None
    revisions, key = tables.revisions.c, key_of(Header.from_bytes(held.header))
    query = (
        select(revisions.body)
        .join(tables.deliveries)
        .where(tables.deliveries.c.package_id == package_id, revisions.type == PeriodFigures.TYPE)
        .order_by(revisions.generation, revisions.hash)
    )
    found = None
    for body in connection.execute(query).scalars():
        revision = revision_of(body)
        if is_readable(revision) and not revision.deleted:
            figures = join(PeriodFigures, revision.unit, facts_now(revision), None)
            if (figures.unit, figures.campaign, figures.starts.isoformat(), figures.ends.isoformat()) == key:
                found = revision.record, figures
    return found


def hashes(connection: Connection, package_id: str) -> dict[str, str]:
    """Revision -> record of what a package brought."""
    revisions, deliveries = tables.revisions.c, tables.deliveries.c
    query = select(revisions.hash, revisions.record).join_from(tables.revisions, tables.deliveries)
    return {row.hash: row.record for row in connection.execute(query.where(deliveries.package_id == package_id))}
