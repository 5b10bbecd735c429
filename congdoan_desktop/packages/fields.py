"""Strict typed reading of canonical JSON (FORMAT.md, section 1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import orjson

from congdoan_desktop.domain.canonical import LARGEST_INTEGER, canonical
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason

T = TypeVar("T")
Reader = Callable[[object], T]

MAJOR = 1
FORMAT = "1.4"
SCHEMA = 1
REALMS = ("real", "sample")
CODE = r"[A-Z0-9-]{1,20}"
_never_in_text = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069]").search
"""Controls, halves of pairs, ends of lines and paragraphs, and what turns the direction of text."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def parse(data: bytes) -> Any:
    """The value whose canonical JSON `data` is.

    Raises: Malformed.
    """
    value = decoded(data)
    if form(value) != data:
        raise Malformed("not in canonical form")
    return value


def decoded(data: bytes) -> Any:
    """The value of JSON text in whatever form; of a repeated key the last, of too large an integer a fraction.

    So it is nothing until `form` gives the very bytes again. Raises: Malformed.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Malformed("not JSON") from error


def form(value: Any) -> bytes:
    """The canonical JSON of a decoded value.

    Raises: Malformed when it has none.
    """
    try:
        return canonical(value)
    except (ValueError, TypeError) as error:
        raise Malformed(f"no canonical JSON: {type(error).__name__}") from error


class Fields:
    """The fields of one JSON object, each taken once; ends with `close` (nothing may be left) or `rest`."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise Malformed("not an object")
        self._left: dict[str, Any] = dict(value)

    def take(self, name: str, reader: Reader[T]) -> T:
        """Raises: Malformed when the field is missing or `reader` does not accept it."""
        if name not in self._left:
            raise Malformed(f"{name}: missing")
        try:
            return reader(self._left.pop(name))
        except Malformed as error:
            raise Malformed(f"{name}: {error}") from error

    def close(self) -> None:
        if self._left:
            raise Malformed(f"unknown fields: {len(self._left)}")

    def rest(self) -> dict[str, Any]:
        return self._left


def one_of(*allowed: str) -> Reader[str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise Malformed("not one of the values allowed")
        return value

    return read


def matching(pattern: str) -> Reader[str]:
    compiled = re.compile(pattern, re.ASCII)

    def read(value: object) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise Malformed("not of the form needed")
        return value

    return read


def text(longest: int, *, empty: bool = False, several_lines: bool = False) -> Reader[str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or len(value) > longest or not (value or empty):
            raise Malformed("not a text of the length allowed")
        if not unicodedata.is_normalized("NFC", value):
            raise Malformed("not in NFC")
        shown = value.replace("\n", "") if several_lines else value
        if _never_in_text(shown):
            raise Malformed("control characters")
        return value

    return read


def integer(least: int = 0, most: int = LARGEST_INTEGER) -> Reader[int]:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Malformed("not an integer in range")
        return value

    return read


def boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise Malformed("not a boolean")
    return value


def day(value: object) -> str:
    """A day stays text: every reader of it has its own use."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise Malformed("not a day")
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise Malformed("not a day of the calendar") from error
    return value


def moment(value: object) -> str:
    """A claimed time is only ever shown, so it stays text."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise Malformed("not a moment")
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        raise Malformed("not a moment of the calendar") from error
    return value


def optional(reader: Reader[T]) -> Reader[T | None]:
    def read(value: object) -> T | None:
        return None if value is None else reader(value)

    return read


def listed(reader: Reader[T], most: int, *, least: int = 0) -> Reader[tuple[T, ...]]:
    def read(value: object) -> tuple[T, ...]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise Malformed("not a list of the length allowed")
        return tuple(reader(item) for item in value)

    return read


def schema(value: object) -> int:
    """`schema` of a file beside the header.

    Raises: PackageRefused when it is a newer one.
    """
    found = integer(1)(value)
    if found > SCHEMA:
        raise PackageRefused(Reason.NEWER, f"schema {found}")
    return found


def version(value: object) -> str:
    """`format` of the header.

    Raises: PackageRefused naming the version needed when the major version is another one.
    """
    found = matching(r"(?:0|[1-9]\d{0,3})\.(?:0|[1-9]\d{0,3})")(value)
    if int(found.split(".")[0]) != MAJOR:
        raise PackageRefused(Reason.NEWER, shown=f"cần bản đọc được gói {found}")
    return found


def name(longest: int) -> Reader[str]:
    return matching(rf"[A-Za-z0-9._:-]{{1,{longest}}}")


uuid = matching(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
hex64 = matching(r"[0-9a-f]{64}")
code = matching(CODE)
realm = one_of(*REALMS)
