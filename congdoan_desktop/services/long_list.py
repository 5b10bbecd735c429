"""A long list held in memory by columns, so that searching, summing and sorting 140,000 records read no page.

It is read in portions, which the window asks for while nobody waits, and kept with the connection. Afterwards only the
records revised since are read again; where anything else happened that may have changed other rows (packages, trust,
the organisation, undone imports), it is read anew. What stands here is what the table says at this moment, never more.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate, compress, count
from typing import Any, TypeVar

from sqlalchemy import Connection

from congdoan_desktop.domain.records import Record
from congdoan_desktop.storage.custody import TREE_TYPES
from congdoan_desktop.storage.engine import LONG_LISTS, fetch
from congdoan_desktop.storage.ledger import Log
from congdoan_desktop.storage.projections import TABLES

PORTION = 2000
"""Rows that are read together: some 7 ms."""
_MOST_CHANGED = 5000
_FEW = 40
"""Where more than one of so many texts holds the words, looking into each costs little more, and never much."""
_PLAIN = re.compile(r"(new|edit|delete|(put|delete|restore)_many|look|copy|export|print|backup)(:|$)")
"""Actions of the log that change no row but those of the records revised with them."""
_TYPES_THAT_JUDGE = frozenset(TREE_TYPES)
Place = int
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Of:
    """Which list: its type, the column that it is ordered by, the greatest first, and what else is asked of it."""

    kind: type[Record]
    by: str
    names: tuple[str, ...]

    @cached_property
    def query(self) -> str:
        """Up to its condition."""
        named = ", ".join(f'"{name}"' for name in ("record", self.by, *self.names))
        return f"SELECT {named} FROM {TABLES[self.kind.TYPE].name} WHERE record"  # noqa: S608 - names are ours


@dataclass(frozen=True, slots=True)
class _Stamp:
    """How far the log and the revisions had come."""

    line: int
    head: str
    revision: int


@dataclass(slots=True)
class LongList:
    """Columns by name, with a value for each place, as the table stores it; `latest` are the places, latest first."""

    of: Of
    stamp: _Stamp
    columns: dict[str, list[Any]]
    latest: list[Place] = field(default_factory=list)
    whole: bool = False
    unsorted: list[str] = field(default_factory=list)
    """Columns of a list read to its end that do not lie in its order yet."""
    same: dict[Any, Any] = field(default_factory=dict)
    """Values that were met while reading, so that equal ones are held once."""
    made: dict[str, tuple[Hashable, Any]] = field(default_factory=dict)
    """What was computed last, until the log goes on."""

    def __getitem__(self, name: str) -> list[Any]:
        return self.columns[name]

    @property
    def ids(self) -> list[str]:
        return self.columns["record"]

    def ids_of(self, places: Iterable[Place]) -> list[str]:
        return list(map(self.ids.__getitem__, places))

    def sum(self, name: str, places: Iterable[Place]) -> int:
        return sum(map(self.columns[name].__getitem__, places))

    def days(self, places: Sequence[Place]) -> tuple[date | None, date | None]:
        """The first and the last day of places that come latest first."""
        if not places:
            return None, None
        day = self.columns[self.of.by]
        return date.fromisoformat(day[places[-1]]), date.fromisoformat(day[places[0]])

    def once(self, name: str, asked: Hashable, make: Callable[[], _Made]) -> _Made:
        """What was made for the same question before, else what `make` says; of each name one answer is kept."""
        if name not in self.made or self.made[name][0] != asked:
            self.made[name] = (asked, make())
        found: _Made = self.made[name][1]
        return found


def read_on(connection: Connection, of: Of) -> bool:
    """Read a portion, or what has changed; True while there is more to read."""
    return not _advanced(connection, of).whole


def held(connection: Connection, of: Of) -> LongList:
    """The list as it is now. The first time it is read to its end: 140,000 records in half a second."""
    found = _advanced(connection, of)
    while not found.whole:
        found = _advanced(connection, of)
    return found


def ready(connection: Connection, of: Of) -> LongList | None:
    """The list as it is now, where it has been read."""
    kept: dict[Of, LongList] = connection.info.get(LONG_LISTS, {})
    found = kept.get(of)
    return found if found is not None and found.whole and _brought_up(connection, found) else None


def in_order(places: Sequence[Place], keys: Sequence[Any], *, descending: bool) -> list[Place]:
    """Sorted by the keys of the places; those without one stand at the end, whichever way round, and equals as they
    came.
    """
    known, unknown = list(places), list[Place]()
    if None in keys:
        known = [place for place in places if keys[place] is not None]
        unknown = equal(places, keys, None)
    known.sort(key=keys.__getitem__, reverse=descending)
    return known + unknown


def equal(places: Sequence[Place], column: Sequence[Any], value: object) -> list[Place]:
    return [place for place in places if column[place] == value]


def among(places: Sequence[Place], column: Sequence[Any], values: Container[Any]) -> list[Place]:
    return [place for place in places if column[place] in values]


def of_year(found: LongList, places: Sequence[Place], year: int) -> list[Place]:
    days, begins = found[found.of.by], f"{year:04d}-"
    return [place for place in places if days[place].startswith(begins)]


def holding(found: LongList, places: Iterable[Place], words: str, also: Mapping[str, set[str]]) -> list[Place]:
    """Of the places those whose text holds the words, as `search_key` writes them, or whose column has one of the
    values in `also`; all of them, where there are no words.
    """
    if not words:
        return list(places)
    wanted = _in_text(found, words)
    for name, values in also.items():
        if values:
            for place in compress(count(), map(values.__contains__, found[name])):
                wanted[place] = True
    return [place for place in places if wanted[place]]


def _in_text(found: LongList, words: str) -> bytearray:
    """For each place whether its text holds the words. They are looked for in all texts at once, until it turns out
    that so many hold them that looking into each is quicker.
    """
    whole, begins = found.once("texts", None, lambda: _joined(found["search"]))
    wanted, left = bytearray(len(found.ids)), len(found.ids) // _FEW
    at = whole.find(words)
    while at >= 0:
        if not left:
            return bytearray(words in (text or "") for text in found["search"])
        place, left = bisect_right(begins, at) - 1, left - 1
        wanted[place] = True
        at = whole.find(words, begins[place + 1])
    return wanted


def _joined(texts: Iterable[str | None]) -> tuple[str, Sequence[int]]:
    """The texts with a line break after each, and where each begins; at last, where one more would."""
    lines = [f"{text or ''}\n" for text in texts]
    return "".join(lines), array("q", accumulate(map(len, lines), initial=0))


def position(found: LongList, places: Sequence[Place], id_: str) -> int | None:
    """Where among the places a record stands."""
    if id_ not in found.ids:
        return None
    wanted = found.ids.index(id_)
    return places.index(wanted) if wanted in places else None


def _advanced(connection: Connection, of: Of) -> LongList:
    kept: dict[Of, LongList] = connection.info.setdefault(LONG_LISTS, {})
    found = kept.get(of)
    if found is not None and found.unsorted:
        _lay_in_order(found)
    elif found is not None and not found.whole:
        _read_portion(connection, found)
    elif found is None or not _brought_up(connection, found):
        found = kept[of] = LongList(of, _stamp(connection), {name: [] for name in ("record", of.by, *of.names)})
        _read_portion(connection, found)
    return found


def _stamp(connection: Connection) -> _Stamp:
    ((line, revision),) = fetch(
        connection, "SELECT (SELECT coalesce(max(seq), 0) FROM log), (SELECT coalesce(max(seq), 0) FROM revisions)"
    )
    return _Stamp(line, Log(connection).head(), revision)


def _read_portion(connection: Connection, found: LongList) -> None:
    last = found.ids[-1] if found.ids else ""
    rows = fetch(connection, f"{found.of.query} > ? ORDER BY record LIMIT {PORTION}", last)
    once = found.same.setdefault
    for column, values in zip(found.columns.values(), zip(*rows, strict=True), strict=False):
        column.extend(values if column is found.ids else [once(value, value) for value in values])
    if len(rows) < PORTION:
        day = found[found.of.by]
        found.latest = list(reversed(range(len(day))))
        found.latest.sort(key=day.__getitem__, reverse=True)  # keeps the later id of one day before
        found.unsorted, found.same = [*found.columns], {}


def _lay_in_order(found: LongList) -> None:
    """One column after the other: going through memory as it lies takes a quarter of the time."""
    name = found.unsorted.pop()
    found.columns[name] = list(map(found.columns[name].__getitem__, found.latest))
    if not found.unsorted:
        found.latest = list(range(len(found.latest)))
        found.whole = True


def _brought_up(connection: Connection, found: LongList) -> bool:
    """False where it has to be read anew."""
    stamp = found.stamp
    if Log(connection).head() == stamp.head:
        return True
    lines = fetch(connection, "SELECT head, action FROM log WHERE seq >= ? ORDER BY seq", stamp.line)
    if not lines or lines[0][0] != stamp.head or not all(_PLAIN.match(action) for _, action in lines[1:]):
        return False
    revised = fetch(connection, "SELECT DISTINCT record, type FROM revisions WHERE seq > ?", stamp.revision)
    if len(revised) > _MOST_CHANGED or any(type_ in _TYPES_THAT_JUDGE for _, type_ in revised):
        return False
    changed = [record for record, type_ in revised if type_ == found.of.kind.TYPE]
    query = f"{found.of.query} IN (SELECT value FROM json_each(?))"  # noqa: S608 - names are ours
    rows, now = fetch(connection, query, json.dumps(changed)), _stamp(connection)
    if changed:
        _replace(found, set(changed), rows)
    found.stamp, found.made = now, {}
    return True


def _replace(found: LongList, changed: set[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows anew; the place of one that is gone stays, empty and in no order any more."""
    ids, day = found.ids, found[found.of.by]
    places: dict[str, Place] = {id_: place for place, id_ in enumerate(ids) if id_ in changed}
    gone = set(places.values())
    found.latest = [place for place in found.latest if place not in gone]
    for column in (column for column in found.columns.values() if column is not ids):
        for place in gone:
            column[place] = None
    for row in rows:
        place = places.get(row[0], len(ids))
        for column, value in zip(found.columns.values(), row, strict=True):
            column[place : place + 1] = [value]
        _put_in(found.latest, place, lambda at: (day[at], ids[at]))


def _put_in(latest: list[Place], place: Place, key: Callable[[Place], tuple[str, str]]) -> None:
    low, high, mine = 0, len(latest), key(place)
    while low < high:
        middle = (low + high) // 2
        if key(latest[middle]) > mine:
            low = middle + 1
        else:
            high = middle
    latest.insert(low, place)
