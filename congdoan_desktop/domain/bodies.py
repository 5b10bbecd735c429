"""The versions of record bodies, and the pure upcasters that let old bodies be read for ever.

A body is stored with the version it was written in. `read` brings it to the version this program works with; a version
this program does not know yet is kept, forwarded and shown as "Cần bản mới" (`services/newer`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from congdoan_desktop.domain.revisions import Body, Revision

Upcaster = Callable[[Body], Body]

CURRENT: Mapping[str, int] = {
    "unit": 2,
    "org_event": 2,
    "headcount": 2,
    "department": 2,
    "baseline": 1,
    "workplace": 1,
    "workforce": 1,
    "campaign": 2,
    "activity": 2,
    "person": 2,
    "post": 1,
    "training": 1,
    "rating": 1,
    "need": 1,
    "proposal": 1,
    "review_meeting": 1,
    "support_decision": 1,
    "support": 3,
    "contribution": 1,
    "period_figures": 2,
    "entered_figure": 1,
    "narrative": 1,
    "review": 1,
    "adjustment": 1,
    "shared_file": 1,
    "attachment": 1,
}


def _as_it_was(facts: Body) -> Body:
    """For a version that only added fields: what is missing takes the default of its field."""
    return facts


UPCASTERS: Mapping[tuple[str, int], Upcaster] = {
    ("unit", 1): _as_it_was,
    ("org_event", 1): _as_it_was,
    ("headcount", 1): _as_it_was,
    ("department", 1): _as_it_was,
    ("campaign", 1): _as_it_was,
    ("activity", 1): _as_it_was,
    ("person", 1): _as_it_was,
    ("support", 1): _as_it_was,
    ("support", 2): _as_it_was,
    ("period_figures", 1): _as_it_was,
}
"""(type, v) -> the function from the facts of v to those of v + 1."""


def is_readable(revision: Revision) -> bool:
    return revision.type in CURRENT and revision.v <= CURRENT[revision.type]


def needs_newer(revision: Revision) -> bool:
    """Whether only a newer program can show it; a deletion has nothing to show."""
    return not (revision.deleted or is_readable(revision))


def facts_now(revision: Revision, upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS) -> Body:
    """The facts in the current version.

    Raises: KeyError when the type or a step between versions is unknown; ask `is_readable` first.
    """
    facts = revision.facts
    for v in range(revision.v, CURRENT[revision.type]):
        facts = upcasters[revision.type, v](facts)
    return facts
