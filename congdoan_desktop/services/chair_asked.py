"""Whether the province asks for a chair's confirmation of what comes up: a rule of the signed list, so all know it."""

from __future__ import annotations

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.packages.names import CASCADE, REPORT
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.services import key_changes
from congdoan_desktop.services.office import Office

ASKED = frozenset({REPORT, CASCADE})
"""What goes up. What comes down is signed by the level that gives it."""


def is_asked(office: Office) -> bool:
    return office.trust is not None and office.trust.chair_signs >= ASKED


def ask(office: Office, wanted: bool) -> TrustList:
    """From now on, reports and plans of units count only with a chair's signature, or no longer so.

    What was accepted stays. The new list lies in the outbox for all.

    Raises: NotTheRoot, NotAllowed.
    """
    trust = key_changes.rooted(office)
    if is_asked(office) == wanted:
        return trust
    with office.write(Right.TRUST) as work:
        found = trust.asking_chair(ASKED if wanted else ())
        key_changes.publish(office, work, found)
        work.note("ask:chair", str(wanted))
    office.trust = found
    return found
