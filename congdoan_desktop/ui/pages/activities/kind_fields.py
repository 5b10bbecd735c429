"""The fields that a kind of activity has of its own, as its catalogue entry says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from congdoan_desktop.domain.activity_kinds import KindField
from congdoan_desktop.domain.money import parse_count
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField
from congdoan_desktop.ui.kit.field import Field
from congdoan_desktop.ui.kit.number_fields import CountField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.activities.record import LEVELS
from congdoan_desktop.ui.pages.entry.day_field import Today, day_field
from congdoan_desktop.ui.pages.entry.people_field import PeopleField


def made(field: KindField, context: Context, today: Today) -> Field:
    """An empty form field for a field of a kind."""
    return _MAKERS[field.type](field, context, today)


def _count(field: KindField, _context: Context, _today: Today) -> Field:
    return CountField(field.name, field.caption, parse=parse_count, required=field.required)


def _day(field: KindField, _context: Context, today: Today) -> Field:
    return day_field(field.name, field.caption, today, required=field.required)


def _code(field: KindField, _context: Context, _today: Today) -> Field:
    return TextField(field.name, field.caption, required=field.required, placeholder="12/QĐ-CĐX", limit=40)


def _choice(field: KindField, _context: Context, _today: Today) -> Field:
    return ChoiceField(field.name, field.caption, field.choices, required=field.required)


def _level(field: KindField, _context: Context, _today: Today) -> Field:
    levels = [(entry.code, entry.name) for entry in catalogue().entries(LEVELS)]
    return ChoiceField(field.name, field.caption, levels, required=field.required)


def _people(field: KindField, context: Context, _today: Today) -> Field:
    return PeopleField(field.name, field.caption, context, required=field.required)


def _workplace(field: KindField, _context: Context, _today: Today) -> Field:
    return SearchChoiceField(field.name, field.caption, required=field.required)


def _yes_no(field: KindField, _context: Context, _today: Today) -> Field:
    return CheckField(field.name, field.caption)


_MAKERS: Mapping[str, Callable[[KindField, Context, Today], Field]] = {
    "count": _count,
    "day": _day,
    "code": _code,
    "choice": _choice,
    "level": _level,
    "people": _people,
    "workplace": _workplace,
    "yes_no": _yes_no,
}
