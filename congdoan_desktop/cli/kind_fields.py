"""The fields that a kind of activity has of its own, typed as `--field name=value`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.given import Given
from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.activity_kinds import KindField, fields_of, value_of, with_values
from congdoan_desktop.domain.catalogue import Entry
from congdoan_desktop.domain.dates import parse_day
from congdoan_desktop.domain.money import parse_count
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import AppError, Finding, NotFound, ValidationError
from congdoan_desktop.services import activities, receivers
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.office import Office

_YES_OR_NO = {"co": True, "khong": False}


def typed(office: Office, given: Given, activity: Activity, kind_before: str) -> dict[str, Any]:
    """What to replace in the activity: what was there of the same kind, and over it what was typed. "name=" empties.

    Raises: ValidationError naming all that could not be read.
    """
    kind = catalogue().entry("activity_kinds", activity.kind)
    fields = fields_of(kind) if kind else ()
    same = kind_before == activity.kind
    values = {field.name: value_of(activity, field) for field in fields} if same else {}
    findings = []
    for pair in given.texts("field"):
        name, _, text = pair.partition("=")
        try:
            field = _field(fields, name, kind)
            values[field.name] = _READERS[field.type](office, field, text.strip()) if text.strip() else None
        except AppError as error:
            findings.append(Finding("field", f"--field {name}: {error.what} {error.todo}".strip()))
        except ValueError as error:
            findings.append(Finding("field", f"--field {name}: {error}"))
    if findings:
        raise ValidationError(tuple(findings))
    return with_values(activity if same else replace(activity, details=()), fields, values)


def workplace(office: Office, typed_: str) -> str:
    """Raises: NotFound when no workplace, or more than one, is called so."""
    return refs.one("cơ quan, doanh nghiệp", typed_, ((one.id, (one.name,)) for one in activities.places(office)))


def _field(fields: tuple[KindField, ...], name: str, kind: Entry | None) -> KindField:
    found = next((one for one in fields if search_key(name) in (one.name, search_key(one.caption))), None)
    if found is None:
        known = "; ".join(f"{one.name} ({one.caption})" for one in fields) or "không có mục riêng nào"
        raise NotFound(f"Loại “{kind.name if kind else ''}” không có mục này.", todo=f"Có: {known}.")
    return found


def _code_of(known: Mapping[str, str], text: str) -> str:
    found = next((code for code, name in known.items() if search_key(text) in (code, search_key(name))), None)
    if found is None:
        raise ValueError("chọn một trong: " + "; ".join(f"{code} ({name})" for code, name in known.items()) + ".")
    return found


def _level(_office: Office, _field: KindField, text: str) -> str:
    return _code_of({entry.code: entry.name for entry in catalogue().entries("levels")}, text)


def _people(office: Office, _field: KindField, text: str) -> tuple[str, ...]:
    """Names, or parts of names that fit one person, between semicolons."""
    return tuple(_person(office, name.strip()) for name in text.split(";") if name.strip())


def _person(office: Office, name: str) -> str:
    hits = receivers.namesakes(office, name) or receivers.find_people(office, name)
    if len(hits) != 1:
        raise ValueError(f"có {len(hits)} người ứng với “{name}”.")
    return hits[0].id


def _yes_no(_office: Office, _field: KindField, text: str) -> bool:
    if search_key(text) not in _YES_OR_NO:
        raise ValueError("trả lời “có” hoặc “không”.")
    return _YES_OR_NO[search_key(text)]


def _day(office: Office, _field: KindField, text: str) -> date:
    return parse_day(text, today=office.clock.today())


_READERS: Mapping[str, Callable[[Office, KindField, str], Any]] = {
    "count": lambda _office, _field, text: parse_count(text),
    "day": _day,
    "code": lambda _office, _field, text: text,
    "choice": lambda _office, field, text: _code_of(dict(field.choices), text),
    "level": _level,
    "people": _people,
    "workplace": lambda office, _field, text: workplace(office, text),
    "yes_no": _yes_no,
}
