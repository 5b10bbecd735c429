"""The indexes of the projected tables: few, since each is a page more to write in every save."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Index, text

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.records import Record, field_types
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.domain.workplaces import Workplace

LISTED: Mapping[type[Record], tuple[str, ...]] = {
    Unit: (),
    Workplace: (),
    Person: (
        "unit", "member", "sex", "birth_year", "citizen_id", "joined", "left", "party_admitted", "earlier", "conflict",
        "erased",
    ),
}  # fmt: skip
"""Lists in Vietnamese order, and the columns that they are filtered by; the others are listed by day.

These stand in the index of the list, so that nobody has to read 50,000 wide rows to find the fifty that are shown.
"""
_COUNTED = ("unit", "workplace", "state", "counts", "campaign", "participants", "members", "count", "until")
"""Beside kind and day, what counting activities asks for."""
_SUMMED = ("fund", "cause", "cash", "in_kind", "person", "campaign", "unit")
"""Beside day and record, what lists and figures of support are filtered and summed by."""


def indexes_of(kind: type[Record]) -> list[Index]:
    """By campaign and unit, the disputed ones, what is counted, and the order of the list."""
    asked_by = [name for name in ("campaign", "unit") if name in field_types(kind)]
    return [
        *([] if kind is SupportRecord else [Index(f"ix_p_{kind.TYPE}_asked_by", *asked_by)]),
        # Next to nothing is in it; without it the home page counts the disputed ones through every row.
        Index(f"ix_p_{kind.TYPE}_disputed", "record", sqlite_where=text("conflict = 1")),
        *_counted_by(kind),
        *([Index(f"ix_p_{kind.TYPE}_listed", "sort", "search", *LISTED[kind])] if kind in LISTED else []),
    ]


def _counted_by(kind: type[Record]) -> list[Index]:
    """What the figures of targets are counted from, so that one year of one kind is read and not five of all.

    Activities that name people are few, and only these have to be looked up for it. So are those that are only planned
    and those of several days, which the calendar looks for.
    """
    if kind is SupportRecord:
        # The list in its order with what is filtered and summed by, also by campaign and unit; what somebody was given.
        return [
            Index("ix_p_support_need", "need", sqlite_where=text("need IS NOT NULL")),
            Index("ix_p_support_days", "on", "record", *_SUMMED),
            Index("ix_p_support_person", "person", "on", "cash", "in_kind"),
        ]
    if kind is not Activity:
        return []
    counted = Index("ix_p_activity_counted", "kind", "starts", *_COUNTED)
    named = Index("ix_p_activity_named", "kind", "starts", sqlite_where=text("people != '[]'"))
    planned = Index("ix_p_activity_planned", "ends", sqlite_where=text("state = 'planned'"))
    long = Index("ix_p_activity_long", "ends", sqlite_where=text("ends > starts"))
    days = Index("ix_p_activity_days", "starts", "state", "unit", "kind", "participants", "women", "cost")
    return [counted, named, planned, long, days]
