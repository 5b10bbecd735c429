"""What imports of lists left behind: a row for each import, one for each record it wrote; matched columns and names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from congdoan_desktop.storage import tables
from congdoan_desktop.storage.engine import insert_values

_ROWS = tables.import_rows.c
_UNIONS = "unions"
"""The key under which the names of unions stand beside the matched columns, whose keys begin with a kind of list."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import. `source` names file and sheet; `undone_at` is "" while it counts."""

    id: int
    at: str
    officer: str
    kind: str
    source: str
    counts: Mapping[str, int]
    undone_at: str


class Written(NamedTuple):
    """A record as an import left it: the hash of its revision, and of the one before ("" for a new record).

    A tuple, because a list makes as many as it has rows.
    """

    record: str
    type: str
    hash: str
    before: str


def add(connection: Connection, made: Import, written: Iterable[Written]) -> int:
    """Keep an import that wrote these revisions. Returns its id."""
    row = {
        "at": made.at, "officer": made.officer, "kind": made.kind, "source": made.source,
        "counts": json.dumps(dict(made.counts)), "undone_at": made.undone_at,
    }  # fmt: skip
    (id_,) = connection.execute(insert(tables.imports), row).inserted_primary_key or (0,)
    rows = sorted((id_, *one) for one in written)
    insert_values(connection, tables.import_rows, ("import", *Written._fields), rows)
    return int(id_)


def listing(connection: Connection) -> list[Import]:
    """All imports, newest first."""
    rows = connection.execute(select(tables.imports).order_by(tables.imports.c.id.desc())).mappings()
    return [Import(**{**row, "counts": json.loads(row["counts"])}) for row in rows]


def find(connection: Connection, id_: int) -> Import | None:
    return next((one for one in listing(connection) if one.id == id_), None)


def written(connection: Connection, id_: int) -> Iterator[Written]:
    query = select(_ROWS.record, _ROWS.type, _ROWS.hash, _ROWS.before).where(_ROWS["import"] == id_)
    return (Written(*row) for row in connection.execute(query.order_by(_ROWS.record)))


def set_undone(connection: Connection, id_: int, at: str) -> None:
    connection.execute(update(tables.imports).where(tables.imports.c.id == id_).values(undone_at=at))


def matchings(connection: Connection) -> list[tuple[str, str, dict[str, Any]]]:
    """(key, name, body) of all matched columns kept, in the order of their names."""
    table = tables.import_matchings.c
    query = select(table.key, table.name, table.body).where(table.key != _UNIONS).order_by(table.name)
    rows: Sequence[Any] = connection.execute(query).all()
    return [(row.key, row.name, json.loads(row.body)) for row in rows]


def keep_matching(connection: Connection, key: str, name: str, body: Mapping[str, Any]) -> None:
    forget_matching(connection, key)
    connection.execute(
        insert(tables.import_matchings), {"key": key, "name": name, "body": json.dumps(body, ensure_ascii=False)}
    )


def forget_matching(connection: Connection, key: str) -> None:
    connection.execute(delete(tables.import_matchings).where(tables.import_matchings.c.key == key))


def union_names(connection: Connection) -> dict[str, str]:
    """Names that lists gave unions, with the id of the union that a person chose for each."""
    table = tables.import_matchings.c
    body = connection.execute(select(table.body).where(table.key == _UNIONS)).scalar()
    return dict(json.loads(body)) if body else {}


def keep_union_names(connection: Connection, names: Mapping[str, str]) -> None:
    """In the place of all that were kept."""
    keep_matching(connection, _UNIONS, "", names)
