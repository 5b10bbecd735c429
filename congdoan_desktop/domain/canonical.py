"""Canonical JSON (RFC 8785) for the values that revisions and packages are made of.

Only strings, integers within ±(2**53 − 1), booleans, None, lists and dicts with string keys are allowed. Fractions
never travel, so the number rules of the RFC reduce to plain integers.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 32
"""Levels of lists and dicts. Far more than any body has, far less than what exhausts a reader's stack."""

Json = dict[str, Any] | list[Any] | str | int | bool | None


def canonical(value: Json) -> bytes:
    """The one byte form of `value`.

    Raises: TypeError for a value outside the allowed types, ValueError for an integer out of range, a lone surrogate or
    a value nested deeper than `DEEPEST`.
    """
    text = json.dumps(_ordered(value, DEEPEST), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _ordered(value: Any, deeper: int) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ValueError("integer out of the range every reader shares")
        return value
    if deeper == 0:
        raise ValueError("nested too deep")
    if isinstance(value, list | tuple):
        return [_ordered(item, deeper - 1) for item in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys must be strings")
        return {key: _ordered(value[key], deeper - 1) for key in sorted(value, key=_utf16)}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")
