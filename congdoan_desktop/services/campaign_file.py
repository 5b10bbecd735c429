"""A campaign out of a TOML file of structured facts: header, targets, how they are counted, phases, events, duties.

The keys are the fields of `domain.campaigns`. All findings are named by their place in the file (`targets[1].value`),
not the first alone.
"""

from __future__ import annotations

import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.records import field_types
from congdoan_desktop.errors import AppError, Finding, ValidationError

_LARGEST_BYTES = 1024 * 1024
_OURS = frozenset({"unit"})
"""Fields that the file does not give: the issuing union is the office that reads it."""
_EMPTY: Mapping[Any, Any] = {str: "", int: 0, bool: False, date: date.min}
_KIND_NAMES: Mapping[Any, str] = {
    str: "chữ trong ngoặc kép",
    int: "số nguyên",
    bool: "true hoặc false",
    date: "ngày dạng 2024-07-22, không có ngoặc kép",
}


def read_campaign(path: Path) -> Campaign:
    """The campaign in a file, with an empty `unit`.

    Raises: AppError when the file cannot be read as TOML, ValidationError with all findings.
    """
    return campaign_of(_text(path))


def campaign_of(text: str) -> Campaign:
    """Raises: AppError, ValidationError."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        raise _not_toml(str(error)) from error
    findings: list[Finding] = []
    campaign = _built(Campaign, raw, "", findings)
    if findings:
        raise ValidationError(tuple(findings))
    return typing.cast(Campaign, campaign)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise _not_toml("tệp lớn hơn 1 MB")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_toml("không phải chữ UTF-8") from error


def _not_toml(detail: str) -> AppError:
    return AppError(
        f"Tệp kế hoạch không đúng dạng TOML ({detail}).",
        safe="Chưa có gì được ghi.",
        todo="Sửa tệp theo mẫu ke-hoach-39.toml rồi chạy lại.",
    )


def _built(kind: Any, raw: Any, place: str, findings: list[Finding]) -> Any:
    if not isinstance(raw, dict):
        findings.append(Finding(place, f"{place.rstrip('.')}: phải là một bảng có các mục."))
        return None
    known = [field for field in fields(kind) if not (kind is Campaign and field.name in _OURS)]
    unknown = sorted(raw.keys() - {field.name for field in known})
    findings.extend(Finding(place + name, f"{place}{name}: không có mục này.") for name in unknown)
    values = {field.name: _field(kind, field, raw, place, findings) for field in known}
    return kind(**values, unit="") if kind is Campaign else kind(**values)


def _field(kind: Any, field: Field[Any], raw: Mapping[str, Any], place: str, findings: list[Finding]) -> Any:
    hint, name = field_types(kind)[field.name], place + field.name
    if field.name in raw:
        return _typed(hint, raw[field.name], name, findings)
    if field.default is not MISSING:
        return field.default
    if _optional(hint) is not None:
        return None
    findings.append(Finding(name, f"{name}: còn thiếu."))
    return _EMPTY.get(hint, ())


def _typed(hint: Any, value: Any, place: str, findings: list[Finding]) -> Any:
    hint = _optional(hint) or hint
    if typing.get_origin(hint) is tuple:
        return _listed(typing.get_args(hint)[0], value, place, findings)
    if hint not in _EMPTY:
        return _built(hint, value, place + ".", findings)
    if not isinstance(value, hint) or isinstance(value, datetime) or (isinstance(value, bool) and hint is not bool):
        findings.append(Finding(place, f"{place}: phải là {_KIND_NAMES[hint]}."))
        return _EMPTY[hint]
    return value


def _listed(hint: Any, value: Any, place: str, findings: list[Finding]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        findings.append(Finding(place, f"{place}: phải là một danh sách."))
        return ()
    return tuple(_typed(hint, item, f"{place}[{number}]", findings) for number, item in enumerate(value, 1))


def _optional(hint: Any) -> Any:
    """The type beside None, None when the hint allows no None."""
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return None
    return next(arg for arg in typing.get_args(hint) if arg is not type(None))
