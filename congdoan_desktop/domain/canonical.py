"""Canonical JSON (RFC 8785) for the values that revisions and packages are made of.

Only strings, integers within ±(2**53 − 1), booleans, None, lists and dicts with string keys are allowed. Fractions
never travel, so the number rules of the RFC reduce to plain integers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from itertools import chain, repeat
from typing import Any

import orjson

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 32
"""Levels of lists and dicts. Far more than any body has, far less than what exhausts a reader's stack."""

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_STRICT_INTEGER
"""For keys of a class made from `str`; others are refused before. Tuples of a class of their own become lists. The
encoder refuses integers out of range.
"""
_SINGLE = frozenset({str, bool, int, type(None)})
_NESTED = (dict, list, tuple)

Json = dict[str, Any] | list[Any] | str | int | bool | None


def canonical(value: Json) -> bytes:
    """The one byte form of `value`.

    Raises: TypeError for a value outside the allowed types, ValueError for an integer out of range, a lone surrogate or
    a value nested deeper than `DEEPEST`.
    """
    plain_keys = value.__class__ is str or _checked(value, DEEPEST)
    try:
        if plain_keys:
            return orjson.dumps(value, list, _OPTIONS | orjson.OPT_SORT_KEYS)
        return orjson.dumps(_ordered(value), list, _OPTIONS)
    except orjson.JSONEncodeError as error:  # too large, or a half letter: no file could take it
        raise ValueError(str(error)) from error


def canonical_each(values: Sequence[dict[str, Any]]) -> list[bytes]:
    """`canonical` of each of many objects, whose keys and values are looked at all together.

    Raises: as `canonical`.
    """
    items: Collection[Any] = [*chain.from_iterable(map(dict.values, values))]
    nested = [] if set(map(type, items)) <= _SINGLE else [item for item in items if type(item) not in _SINGLE]
    if not ("".join(set[str]().union(*values)).isascii() and all(_checked(item, DEEPEST - 1) for item in nested)):
        return [*map(canonical, values)]
    try:
        return [*map(orjson.dumps, values, repeat(list), repeat(_OPTIONS | orjson.OPT_SORT_KEYS))]
    except orjson.JSONEncodeError as error:
        raise ValueError(str(error)) from error


def parsed(written: bytes) -> Any:
    """What `canonical` wrote; a quick reader that does not ask whether it did."""
    return orjson.loads(written)


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _checked(value: Any, deeper: int) -> bool:
    """Whether all keys are ASCII, whose order is the same in UTF-16 and in the encoder."""
    if not isinstance(value, _NESTED):
        _check_single(value)
        return True
    if deeper == 0:
        raise ValueError("nested too deep")
    items: Collection[Any] = value
    plain_keys = True
    if isinstance(value, dict):
        plain_keys, items = "".join(value).isascii(), value.values()  # a TypeError when a key is no string
    if set(map(type, items)) <= _SINGLE:
        return plain_keys
    for item in items:
        if type(item) not in _SINGLE:
            plain_keys = _checked(item, deeper - 1) and plain_keys
    return plain_keys


def _check_single(value: Any) -> None:
    if value is not None and not isinstance(value, (str, int)):
        raise TypeError(f"{type(value).__name__} has no canonical form")


def _ordered(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
    return value


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")
