"""The way between the values of the form and an activity."""

from __future__ import annotations

from dataclasses import fields, replace

from congdoan_desktop.domain.activities import DONE, Activity
from congdoan_desktop.domain.activity_kinds import OF_RECORD, KindField, fields_of, value_of, with_values
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.entry.values import day, number, text

KINDS, FUNDS, LEVELS = "activity_kinds", "funds", "levels"
_COMMON = frozenset(field.name for field in fields(Activity)) - OF_RECORD - {"details"}


def kind_fields(code: object) -> tuple[KindField, ...]:
    """The fields that a kind has of its own, none while no kind is chosen."""
    entry = catalogue().entry(KINDS, text(code))
    return fields_of(entry) if entry else ()


def activity_of(values: Values, unit: str, held: Activity | None = None) -> Activity:
    """The record that the form's values mean. `values` must hold the first day.

    `held`: the version that is edited; what a newer catalogue has put into it stays, unless the kind is another one.
    """
    starts = day(values["starts"])
    kind = text(values["kind"])
    common = Activity(
        unit=unit,
        campaign=text(values["campaign"]) or None,
        kind=kind,
        starts=starts,
        ends=day(values["ends"]) if values["ends"] is not None else starts,
        participants=number(values["participants"]),
        women=number(values["women"]),
        cost=number(values["cost"]),
        source=text(values["source"]) or None,
        counts=bool(values["counts"]),
        title=text(values["title"]),
        place=text(values["place"]),
        note=text(values["note"]),
        state=text(values["state"]) or DONE,
        details=held.details if held and held.kind == kind else (),
    )
    return replace(common, **with_values(common, kind_fields(kind), values))


def values_of(activity: Activity) -> Values:
    values: Values = {name: getattr(activity, name) for name in _COMMON}
    values["ends"] = activity.ends if activity.ends != activity.starts else None
    values["cost"] = activity.cost or None
    own = {field.name: value_of(activity, field) for field in kind_fields(activity.kind)}
    return {**values, **own}
