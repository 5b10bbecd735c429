"""The lines inside the sealed records (FORMAT.md, section 7)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.revisions import personal_hash
from congdoan_desktop.packages import fields
from congdoan_desktop.packages.fields import Fields, optional
from congdoan_desktop.packages.refusals import Malformed

BINDING, REVISION, RECEIPT, ATTACHMENT = "binding", "revision", "receipt", "attachment"
LARGEST_LINE = 4 * 1024 * 1024
_salt = fields.matching(r"[0-9a-f]{32}")


def join(lines: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(canonical(line) + b"\n" for line in lines)


def parsed(sealed: bytes) -> Iterator[dict[str, Any]]:
    """The lines after the binding, of content that `check` has passed."""
    return (json.loads(line) for line in _split(sealed)[1:])


def binding(sealed: bytes) -> dict[str, Any]:
    """The first line. Raises: Malformed."""
    return _object(sealed.partition(b"\n")[0])


def check(sealed: bytes) -> list[dict[str, Any]]:
    """Look at every line after the binding; the receipt lines are returned, the others let go, to hold little memory.

    Raises: Malformed when a line is not as FORMAT.md asks.
    """
    if not sealed.endswith(b"\n"):
        raise Malformed("does not end with a line")
    return [line for line in map(_checked, _split(sealed)[1:]) if line["line"] == RECEIPT]


def _split(sealed: bytes) -> list[bytes]:
    return sealed[:-1].split(b"\n")


def _checked(raw: bytes) -> dict[str, Any]:
    line = _object(raw)
    kind = line.get("line")
    if not isinstance(kind, str) or kind == BINDING:
        raise Malformed("a line without its kind, or a second binding")
    if kind == REVISION:
        _check_revision(line)
    return line


def _object(raw: bytes) -> dict[str, Any]:
    if len(raw) > LARGEST_LINE:
        raise Malformed("a line too long")
    return Fields(fields.parse(raw)).rest()


def _check_revision(line: dict[str, Any]) -> None:
    taken = Fields(line)
    taken.take("line", fields.one_of(REVISION))
    body = taken.take("body", _body)
    salt = taken.take("salt", optional(_salt))
    personal = taken.take("personal", optional(lambda value: Fields(value).rest()))
    taken.close()
    if (salt is None) != (personal is None):
        raise Malformed("salt and personal part come together")
    stated = Fields(body).take("personal_hash", optional(fields.hex64))
    if salt is not None and personal is not None and personal_hash(bytes.fromhex(salt), personal) != stated:
        raise Malformed("the personal part is not the one of this revision")


def _body(value: object) -> Any:
    if not isinstance(value, str):
        raise Malformed("not text")
    return fields.parse(value.encode("utf-8"))
