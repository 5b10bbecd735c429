"""The lines inside the sealed records (FORMAT.md, section 7)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from congdoan_desktop.domain.canonical import canonical, sha256_hex
from congdoan_desktop.packages import fields
from congdoan_desktop.packages.fields import optional
from congdoan_desktop.packages.refusals import Malformed

BINDING, REVISION, RECEIPT, ATTACHMENT = "binding", "revision", "receipt", "attachment"
LARGEST_LINE = 4 * 1024 * 1024
_OF_REVISION = frozenset({"line", "body", "salt", "personal"})
_salt = optional(fields.matching(r"[0-9a-f]{32}"))
_hash = optional(fields.hex64)


def join(lines: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(canonical(line) + b"\n" for line in lines)


def parsed(sealed: bytes) -> Iterator[dict[str, Any]]:
    """The lines after the binding, of content that `check` has passed."""
    return map(json.loads, _after_binding(sealed))


class Told(NamedTuple):
    """What a revision's line tells: the body and the personal part, each as it reads and in its canonical bytes.

    A tuple, because a stick makes one of each of its lines.
    """

    body: bytes
    fields: dict[str, Any]
    salt: bytes | None
    """None when there is no personal part, or no longer."""
    part: bytes
    personal: dict[str, Any] | None


def binding(sealed: bytes) -> dict[str, Any]:
    """The first line. Raises: Malformed."""
    raw = sealed.partition(b"\n")[0]
    return _in_form(raw, line := _object(raw), fields.form(line))


def check(sealed: bytes) -> list[dict[str, Any]]:
    """Look at every line after the binding; the receipt lines are returned, the others let go, to hold little memory.

    Raises: Malformed when a line is not as FORMAT.md asks.
    """
    return receipts(read(sealed))


def receipts(found: Iterable[dict[str, Any] | Told]) -> list[dict[str, Any]]:
    return [line for line in found if not isinstance(line, Told) and line["line"] == RECEIPT]


def read(sealed: bytes) -> Iterator[dict[str, Any] | Told]:
    """The lines after the binding, each looked at as it is asked for.

    Raises: Malformed when a line is not as FORMAT.md asks.
    """
    if not sealed.endswith(b"\n"):
        raise Malformed("does not end with a line")
    return map(_checked, _after_binding(sealed))


def _after_binding(sealed: bytes) -> Iterator[bytes]:
    """One after the other: as a list, as many short lines as a package may hold take 10 GB."""
    begin = sealed.find(b"\n") + 1
    while begin and begin < len(sealed):
        end = sealed.find(b"\n", begin)
        end = len(sealed) if end < 0 else end
        yield sealed[begin:end]
        begin = end + 1


def _checked(raw: bytes) -> dict[str, Any] | Told:
    line = _object(raw)
    kind = line.get("line")
    if not isinstance(kind, str) or kind == BINDING:
        raise Malformed("a line without its kind, or a second binding")
    return _revision(raw, line) if kind == REVISION else _in_form(raw, line, fields.form(line))


def _object(raw: bytes) -> dict[str, Any]:
    if len(raw) > LARGEST_LINE:
        raise Malformed("a line too long")
    line = fields.decoded(raw)
    if not isinstance(line, dict):
        raise Malformed("not an object")
    return line


def _in_form(raw: bytes, line: dict[str, Any], form: bytes) -> dict[str, Any]:
    if form != raw:
        raise Malformed("not in canonical form")
    return line


def _revision(raw: bytes, line: dict[str, Any]) -> Told:
    """The canonical form of the line is put together from the forms of its parts: the personal part's is hashed by
    itself, and encoding is most of what a line costs.
    """
    if line.keys() != _OF_REVISION:
        raise Malformed("not the fields of a revision")
    body, salt, told = fields.form(line["body"]), fields.form(line["salt"]), _told(line)
    _in_form(raw, line, b'{"body":%b,"line":"revision","personal":%b,"salt":%b}' % (body, told.part, salt))
    return told


def _told(line: dict[str, Any]) -> Told:
    text, salt, personal = line["body"], _salt(line["salt"]), line["personal"]
    part = fields.form({"personal": personal})[len(b'{"personal":') : -1]  # it may be as deep as it is in the line
    if not isinstance(text, str):
        raise Malformed("not text")
    body = text.encode("utf-8")
    raw = fields.parse(body)
    if not isinstance(raw, dict) or "personal_hash" not in raw:
        raise Malformed("not a revision")
    stated = _hash(raw["personal_hash"])
    if salt is None and personal is None:
        return Told(body, raw, None, part, None)
    if salt is None or not isinstance(personal, dict):
        raise Malformed("salt and personal part come together, and the part is an object")
    salted = bytes.fromhex(salt)
    if sha256_hex(salted + part) != stated:
        raise Malformed("the personal part is not the one of this revision")
    return Told(body, raw, salted, part, personal)
