"""The versions of record bodies, and the pure upcasters that let old bodies be read for ever.

A body is stored with the version it was written in. `read` brings it to the version this program works with; a version
this program does not know yet is kept, forwarded and shown as "cần bản mới".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from congdoan_desktop.domain.revisions import Body, Revision

Upcaster = Callable[[Body], Body]

CURRENT: Mapping[str, int] = {
    "unit": 1,
    "org_event": 1,
    "headcount": 1,
    "campaign": 1,
    "activity": 1,
    "person": 1,
    "support": 1,
    "period_figures": 1,
}

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}
"""(type, v) -> the function from the facts of v to those of v + 1."""


def is_readable(revision: Revision) -> bool:
    return revision.type in CURRENT and revision.v <= CURRENT[revision.type]


def facts_now(revision: Revision, upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS) -> Body:
    """The facts in the current version.

    Raises: KeyError when the type or a step between versions is unknown; ask `is_readable` first.
    """
    facts = revision.facts
    for v in range(revision.v, CURRENT[revision.type]):
        facts = upcasters[revision.type, v](facts)
    return facts
