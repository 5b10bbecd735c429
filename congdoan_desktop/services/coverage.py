"""Which units below us have been heard, and which not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.packages import feeds
from congdoan_desktop.packages.header import Header
from congdoan_desktop.services import handing_over
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.tally import is_done
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.projections import TABLES


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A unit directly below us. `state`: "received" (its report came), "recorded" (entries about it), "silent"; or
    "former", one that stood there and does not any more, of which packages are missing; or "owing", one that has ended
    and has not handed over the records that we keep now.

    `missing` are numbers of packages that must have been lost on the way.
    """

    id: str
    name: str
    sends: bool
    """Whether it has enrolled and sends packages itself; we enter its records otherwise."""
    state: str
    period: str
    received_at: str
    activities: int
    supports: int
    missing: tuple[int, ...]


def coverage(office: Office) -> list[CoverageRow]:
    """The units directly below us, in Vietnamese order; then those that left or ended and owe us something."""
    with office.read() as connection:
        now = office.structure(connection)
        own = office.identity.unit
        within = _by_child(now, own)
        activities, supports = (_counts(connection, kind) for kind in (Activity.TYPE, SupportRecord.TYPE))
        headers = _headers(connection)
        found = []
        for unit in now.children(own):
            done, helped = _total(activities, within[unit]), _total(supports, within[unit])
            report = next((h for h in headers if h[1].sender.unit == unit and h[1].kind == "report"), None)
            state = "received" if report else "recorded" if done or helped else "silent"
            found.append(
                CoverageRow(
                    unit, now.units[unit].short_name, now.is_enrolled(unit), state,
                    report[1].period.name if report and report[1].period else "",
                    report[0].received_at if report else "",
                    done, helped, _missing(h for h in headers if h[1].sender.unit == unit),
                )
            )  # fmt: skip
        gone = {row.id: row for row in _former(office.tree(connection), own, headers, {row.id for row in found})}
        for unit in handing_over.owed(office, connection, now):
            missing = gone[unit].missing if unit in gone else ()
            gone[unit] = CoverageRow(unit, now.units[unit].short_name, False, "owing", "", "", 0, 0, missing)
        return [*sorted(found, key=_by_name), *sorted(gone.values(), key=_by_name)]


def _by_name(row: CoverageRow) -> tuple[object, ...]:
    return (sort_key(row.name), row.id)


def _former(
    tree: Tree, own: str, headers: list[tuple[handoff.Incoming, Header]], children: set[str]
) -> Iterator[CoverageRow]:
    """Those whose feed to us has a gap that their moving away or ending must not hide."""
    for unit in sorted({header.sender.unit for _, header in headers} - children - {own}):
        missing = _missing(one for one in headers if one[1].sender.unit == unit)
        if missing and own in tree.ever_above(unit):
            yield CoverageRow(unit, tree.units[unit].short_name, False, "former", "", "", 0, 0, missing)


def _by_child(now: Structure, own: str) -> dict[str, list[str]]:
    """Unit directly below us -> itself and all that stands or once stood within it."""
    found: dict[str, list[str]] = {child: [] for child in now.children(own)}
    for unit in now.units:
        for child in now.above(unit):
            if child in found:
                found[child].append(unit)
    return found


def _counts(connection: Connection, kind: str) -> Counter[str]:
    table = TABLES[kind]
    query = select(table.c.unit, func.count().label("rows")).group_by(table.c.unit)
    if kind == Activity.TYPE:
        query = query.where(is_done())
    found = connection.execute(query)
    return Counter({row.unit: row.rows for row in found})


def _total(counts: Counter[str], units: Iterable[str]) -> int:
    return sum(counts[unit] for unit in units)


def _headers(connection: Connection) -> list[tuple[handoff.Incoming, Header]]:
    """Accepted packages with their headers, newest first."""
    packages = handoff.incoming(connection)
    return [(p, Header.from_bytes(p.header)) for p in packages if p.state == handoff.ACCEPTED]


def _missing(received: Iterable[tuple[handoff.Incoming, Header]]) -> tuple[int, ...]:
    """Numbers below the highest of each feed that never came."""
    by_feed: dict[str, set[int]] = {}
    for _, header in received:
        by_feed.setdefault(header.feed, set()).add(header.seq)
    return tuple(sorted(seq for held in by_feed.values() for seq in feeds.missing_below(max(held), held)))
