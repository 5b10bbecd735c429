"""The first revisions of many records of one kind, made column by column.

What each record has for itself is made for it alone; all else is done once for a column or once for all. What comes
out is what the ledger and the projections make of one record after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from congdoan_desktop.domain.canonical import sha256_hex
from congdoan_desktop.domain.records import Record, columns_of, split_columns
from congdoan_desktop.domain.revisions import Beginnings
from congdoan_desktop.storage import projections
from congdoan_desktop.storage.personal import new_parts


class Begun(NamedTuple):
    """Of each record its id, its unit, its revision, its personal part and what its typed table holds of it."""

    type: str
    installation: str
    ids: Sequence[str]
    units: Sequence[str]
    hashes: Sequence[str]
    bodies: Sequence[bytes]
    parts: Sequence[tuple[bytes, bytes] | None]
    """(salt, data)."""
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def begin(records: Sequence[Record], ids: Sequence[str], shared: Beginnings) -> Begun:
    """`records` are of one kind; `shared` is what their revisions have in common."""
    kind, columns = type(records[0]), columns_of(records)
    facts, personal = split_columns(kind, columns)
    parts = new_parts(personal)
    told = [sha256_hex(part[0] + part[1]) if part else None for part in parts]
    units = columns["unit"]
    bodies = shared.bodies(ids, units, facts, told)
    hashes = [*map(sha256_hex, bodies)]
    names, rows = projections.begun_rows(kind, columns, ids, hashes, shared.shared)
    return Begun(kind.TYPE, shared.shared["installation"], ids, units, hashes, bodies, parts, names, rows)
