"""Looking after the database: rebuild what is computed, check what is stored."""

from __future__ import annotations

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.progress import Progress
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import check as checks
from congdoan_desktop.storage import pictured, projections
from congdoan_desktop.storage.rebuild import rebuild as rebuild_projections


def digest(office: Office) -> str:
    """One SHA-256 over everything projected; two offices with the same accepted revisions have the same."""
    with office.read() as connection:
        return projections.digest(connection)


def rebuild(office: Office, progress: Progress | None = None) -> str:
    """Drop and compute all projections anew; returns the digest, equal to the one before unless something was wrong."""
    with office.write(Right.READ) as work:
        digest_after = rebuild_projections(work, progress or Progress())
        work.note("rebuild", "projections")
        return digest_after


def check(office: Office, progress: Progress | None = None) -> list[str]:
    """What is damaged in the file or does not agree with its hash; empty when all is sound. Changes nothing."""
    damage = office.database.damage()
    if damage:
        return damage
    with office.read() as connection:
        shown = progress or Progress()
        return checks.faults(connection, shown) + pictured.faults(connection, office.pictures, shown)
