"""The lines inside the sealed records (FORMAT.md, section 7)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

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
    return (json.loads(line) for line in _split(sealed)[1:])


def binding(sealed: bytes) -> dict[str, Any]:
    """The first line. Raises: Malformed."""
    return _checked_by(fields.form, sealed.partition(b"\n")[0])


def check(sealed: bytes) -> list[dict[str, Any]]:
    """Look at every line after the binding; the receipt lines are returned, the others let go, to hold little memory.

    Raises: Malformed when a line is not as FORMAT.md asks.
    """
    if not sealed.endswith(b"\n"):
        raise Malformed("does not end with a line")
    return [line for line in (_checked_by(_form, raw) for raw in _split(sealed)[1:]) if line["line"] == RECEIPT]


def _split(sealed: bytes) -> list[bytes]:
    return sealed[:-1].split(b"\n")


def _checked_by(form: Callable[[dict[str, Any]], bytes], raw: bytes) -> dict[str, Any]:
    """The object whose canonical form, as `form` makes it, is this line."""
    if len(raw) > LARGEST_LINE:
        raise Malformed("a line too long")
    line = fields.decoded(raw)
    if not isinstance(line, dict):
        raise Malformed("not an object")
    if form(line) != raw:
        raise Malformed("not in canonical form")
    return line


def _form(line: dict[str, Any]) -> bytes:
    kind = line.get("line")
    if not isinstance(kind, str) or kind == BINDING:
        raise Malformed("a line without its kind, or a second binding")
    return _revision_form(line) if kind == REVISION else fields.form(line)


def _revision_form(line: dict[str, Any]) -> bytes:
    """The canonical form of a revision's line, whose content is looked at on the way.

    It is put together from the forms of its parts: the personal part's is hashed by itself, and encoding is most of
    what a line costs.
    """
    if line.keys() != _OF_REVISION:
        raise Malformed("not the fields of a revision")
    body, salt, personal = fields.form(line["body"]), _salt(line["salt"]), line["personal"]
    part = fields.form({"personal": personal})[1:-1]
    stated = _stated_hash(line["body"])
    if salt is None and personal is None:
        return b'{"body":%b,"line":"revision","personal":null,"salt":null}' % body
    if salt is None or not isinstance(personal, dict):
        raise Malformed("salt and personal part come together, and the part is an object")
    if sha256_hex(bytes.fromhex(salt) + part[len(b'"personal":') :]) != stated:
        raise Malformed("the personal part is not the one of this revision")
    return b'{"body":%b,"line":"revision",%b,"salt":"%b"}' % (body, part, salt.encode())


def _stated_hash(body: object) -> str | None:
    """What a revision says its personal part hashes to."""
    if not isinstance(body, str):
        raise Malformed("not text")
    told = fields.parse(body.encode("utf-8"))
    if not isinstance(told, dict) or "personal_hash" not in told:
        raise Malformed("not a revision")
    return _hash(told["personal_hash"])
