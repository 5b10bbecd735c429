"""What each decision about the organisation does, and when it does not count.

A decision counts only if the union that took it stood over everything it concerns when it was taken; the root, whose
trust list holds, stands over all. What does not count is told with its reason and changes nothing, so that every office
that holds the same records sees the same organisation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from congdoan_desktop.domain.standing import Ending, Standing
from congdoan_desktop.domain.units import OrgEvent

ENROL = "enrol"
CHANGEABLE = frozenset(
    {"name", "short_name", "kind", "level", "code", "place", "abbreviation", "address", "block", "sector", "front"}
)
"""Attributes that a decision can change from a day on; all are text."""
UNKNOWN = "chưa có hồ sơ của đơn vị"
NO_AUTHORITY = "đơn vị quyết định không phải cấp trên của đơn vị được sắp xếp"
NOT_THERE = "đơn vị chưa thành lập hoặc đã kết thúc vào ngày này"
NO_PARENT = "quyết định không nêu đơn vị cấp trên mới"
CIRCLE = "đơn vị sẽ đứng dưới chính mình"
TOO_LATE = "đơn vị đã có quyết định trước ngày thành lập"
NOBODY = "quyết định không nêu đơn vị nào khác"
UNHEARD_OF = "loại quyết định này cần bản chương trình mới"


def apply(now: Standing, event: OrgEvent, root: str | None) -> str:
    """Let the decision take effect. Returns "" or why it does not count; then nothing has changed."""
    deed = _DEEDS.get(event.kind)
    if deed is None:
        return UNHEARD_OF
    if event.kind == ENROL:
        return deed(now, event) if event.unit == root else NO_AUTHORITY
    if not all(unit in now.units for unit in (event.subject, *event.others)):
        return UNKNOWN
    if event.unit != root and not _has_authority(now, event):
        return NO_AUTHORITY
    return deed(now, event)


def rank(event: OrgEvent) -> tuple[object, ...]:
    """The order of decisions: by day, on one day by kind, and then by all they say."""
    return (event.on, _ORDER.get(event.kind, len(_ORDER)), event.kind, repr(event))


def needs(event: OrgEvent) -> frozenset[str]:
    """The units that must stand for the decision to take effect."""
    return frozenset((event.subject, event.parent, *event.others))


def ends(event: OrgEvent) -> frozenset[str]:
    """The units that do not stand after it."""
    if event.kind == "merge":
        return frozenset(_others(event))
    if event.kind in ("split", "dissolve") and event.subject not in event.others:
        return frozenset((event.subject,))
    return frozenset()


def _has_authority(now: Standing, event: OrgEvent) -> bool:
    below = all(_stands_over(now, event, unit) for unit in (event.subject, *event.others))
    known = event.parent in now.units
    return below and (not known or event.unit in now.above(event.parent, event.on))


def _stands_over(now: Standing, event: OrgEvent, unit: str) -> bool:
    if event.unit != unit and event.unit in now.above(unit, event.on):
        return True
    return now.custodian(unit, event.on) == event.unit


def _enrol(now: Standing, event: OrgEvent) -> str:
    if event.subject in now.endings:
        return NOT_THERE
    now.enrolled.add(event.subject)
    if event.parent and not _circles(now, event, event.parent, (event.subject,)):
        now.places[event.subject] = event.parent
    return ""


def _found(now: Standing, event: OrgEvent) -> str:
    if event.subject in now.placed or event.subject in now.endings:
        return TOO_LATE
    reason = _parent_fault(now, event, (event.subject,))
    if not reason:
        now.begins[event.subject] = event.on
        _place(now, event.subject, event.parent)
    return reason


def _change(now: Standing, event: OrgEvent) -> str:
    if not now.exists(event.subject, event.on):
        return NOT_THERE
    values = {change.name: change.value for change in event.changes if change.name in CHANGEABLE}
    now.units[event.subject] = replace(now.units[event.subject], **values)  # type: ignore[arg-type]  # all are text
    return ""


def _move(now: Standing, event: OrgEvent) -> str:
    if not now.exists(event.subject, event.on):
        return NOT_THERE
    reason = _parent_fault(now, event, (event.subject,))
    if not reason:
        _place(now, event.subject, event.parent)
    return reason


def _merge(now: Standing, event: OrgEvent) -> str:
    gone = _others(event)
    if not gone:
        return NOBODY
    if not all(now.exists(unit, event.on) for unit in (event.subject, *gone)):
        return NOT_THERE
    parent = event.parent or now.parent(event.subject, event.on)
    if parent is not None and (reason := _parent_fault(now, replace(event, parent=parent), (event.subject, *gone))):
        return reason
    _end(now, event, gone)
    _place(now, event.subject, parent)
    return ""


def _split(now: Standing, event: OrgEvent) -> str:
    made = _others(event)
    if not made:
        return NOBODY
    if not all(now.exists(unit, event.on) for unit in (event.subject, *made)):
        return NOT_THERE
    parent = event.parent or now.parent(event.subject, event.on)
    if parent is not None and (reason := _parent_fault(now, replace(event, parent=parent), made)):
        return reason
    for unit in made:
        _place(now, unit, parent)
    if event.subject not in event.others:
        _end(now, event, (event.subject,))
    return ""


def _dissolve(now: Standing, event: OrgEvent) -> str:
    if not now.exists(event.subject, event.on):
        return NOT_THERE
    _end(now, event, (event.subject,))
    return ""


def _others(event: OrgEvent) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for unit in event.others if unit != event.subject))


def _end(now: Standing, event: OrgEvent, units: Iterable[str]) -> None:
    parents = {unit: now.parent(unit, event.on) for unit in units}
    now.endings |= {unit: Ending(event, parent) for unit, parent in parents.items()}


def _place(now: Standing, unit: str, parent: str | None) -> None:
    now.places[unit] = parent
    now.placed.add(unit)


def _parent_fault(now: Standing, event: OrgEvent, moved: tuple[str, ...]) -> str:
    """Why units cannot stand under the event's parent. A parent that nobody here knows is another province's."""
    if not event.parent:
        return NO_PARENT
    if event.parent in now.units and not now.exists(event.parent, event.on):
        return NOT_THERE
    return CIRCLE if _circles(now, event, event.parent, moved) else ""


def _circles(now: Standing, event: OrgEvent, parent: str, moved: tuple[str, ...]) -> bool:
    """On the day, or as soon as those are there that begin later."""
    return not set(moved).isdisjoint((*now.above(parent, event.on), *now.above(parent, date.max)))


_DEEDS: Mapping[str, Callable[[Standing, OrgEvent], str]] = {
    "found": _found,
    ENROL: _enrol,
    "change": _change,
    "move": _move,
    "province": _move,
    "merge": _merge,
    "split": _split,
    "dissolve": _dissolve,
}
_ORDER = {kind: number for number, kind in enumerate(_DEEDS)}
