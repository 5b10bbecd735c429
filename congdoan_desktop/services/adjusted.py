"""Adjustments after a lock as they stand, inside a transaction that reads."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from congdoan_desktop.domain.adjustments import Adjustment
from congdoan_desktop.domain.reviews import LOCKED, Review
from congdoan_desktop.packages.header import Header
from congdoan_desktop.services import reviewed
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.projections import TABLES, value_of


def standing(connection: Connection, campaign: str) -> tuple[Adjustment, ...]:
    """Those of a campaign that count, in the order of their days.

    One counts while the package that it rests on is locked and the late one is not withdrawn; a period that was opened
    again speaks for itself.
    """
    table = TABLES[Adjustment.TYPE]
    query = select(table).where(table.c.campaign == campaign).order_by(table.c.on, table.c.record)
    rows = connection.execute(query).mappings().all()
    if not rows:
        return ()
    locked = {reviewed.key(one): one.package for one in reviewed.everything(connection) if one.verdict == LOCKED}
    found = (value_of(Adjustment.TYPE, row) for row in rows)
    return tuple(one for one in found if locked.get(key(one)) == one.locked and _holds(connection, one.package))


def of_period(connection: Connection, review: Review) -> tuple[Adjustment, ...]:
    """Those that count for the period of a review."""
    return tuple(one for one in standing(connection, review.campaign) if key(one) == reviewed.key(review))


def key(one: Adjustment) -> reviewed.Key:
    return one.of, one.campaign, one.starts.isoformat(), one.ends.isoformat()


def is_stale(connection: Connection, made: Iterable[Adjustment], feed: str) -> bool:
    """Whether a package for the same period came after those that were adjusted by."""
    by = {one.package for one in made}
    keys = {key(one) for one in made}
    held = [one for one in handoff.of_feed(connection, feed) if one.kind == "report" and one.state == handoff.ACCEPTED]
    same = [one for one in held if reviewed.key_of(Header.from_bytes(one.header)) in keys]
    last = max((one.seq for one in same if one.package_id in by), default=0)
    return bool(by) and any(one.seq > last for one in same)


def _holds(connection: Connection, package_id: str) -> bool:
    held = handoff.incoming(connection, package_id)
    return bool(held) and held[0].state == handoff.ACCEPTED
