"""Many records judged again at once: what is held of them is read with a few statements, and only what differs is
written.

What comes out is what the ledger would reach one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from congdoan_desktop.domain.bodies import needs_newer
from congdoan_desktop.domain.canonical import parsed
from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.revisions import Body, History, Revision, State, kept_revision, settle
from congdoan_desktop.domain.units import OrgEvent, Unit
from congdoan_desktop.storage import projections
from congdoan_desktop.storage.custody import Custody, Senders
from congdoan_desktop.storage.engine import fetch

CHUNK = 1000
"""Records read with one statement."""
_REVISIONS = "SELECT record, hash, state, reason, body FROM revisions WHERE record IN ({}) ORDER BY seq"
_DELIVERED = (
    "SELECT r.record, r.hash, p.sender, p.state FROM revisions r"
    " LEFT JOIN deliveries d ON d.revision = r.seq LEFT JOIN packages_in p ON p.package_id = d.package_id"
    " WHERE NOT r.local AND r.record IN ({})"
)
_PARTS = "SELECT r.hash, p.body FROM revisions r JOIN personal p ON p.revision = r.seq WHERE r.record IN ({})"


@dataclass(slots=True)
class Held:
    """All that is stored of one record."""

    revisions: list[Revision] = field(default_factory=list)
    """Oldest first."""
    states: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Hash -> (state, reason) as written last."""
    senders: dict[str, Senders] = field(default_factory=dict)
    """Revision from elsewhere -> the units that ever sent it, withdrawn packages included."""
    delivered: set[str] = field(default_factory=set)
    """Revisions that an accepted package delivers."""

    def weighed(self, custody: Custody) -> History:
        senders = self.senders
        return settle(
            self.revisions,
            judge=lambda revision, known: custody.judge(revision, known, senders.get(revision.hash)),
            withdrawn=frozenset(senders.keys() - self.delivered),
        )

    def stands(self, history: History) -> bool:
        """Whether the history is the one that was written last, so that nothing is to be written."""
        if history.erased:
            return False
        return all(self.states[hash_] == _stored(history, hash_) for hash_ in history.states)

    def changes(self, history: History) -> Iterator[tuple[str, str, str]]:
        """(state, reason, hash) of each revision that counts for something else now."""
        for hash_ in history.states:
            if (now := _stored(history, hash_)) != self.states[hash_]:
                yield (*now, hash_)


def _stored(history: History, hash_: str) -> tuple[str, str]:
    return history.states[hash_].value, history.reasons.get(hash_, "")


def held(connection: Connection, records: Sequence[str]) -> dict[str, Held]:
    """Record -> what is stored of it."""
    found = {record: Held() for record in records}
    for marks, some in _chunks(records):
        for record, hash_, state, reason, body in fetch(connection, _REVISIONS.format(marks), *some):
            one = found[record]
            one.revisions.append(kept_revision(body, hash_))
            one.states[hash_] = (state, reason)
        for record, hash_, sender, state in fetch(connection, _DELIVERED.format(marks), *some):
            one = found[record]
            known = one.senders.get(hash_, frozenset())
            one.senders[hash_] = known if sender is None else known | {sender}
            if state == State.ACCEPTED:
                one.delivered.add(hash_)
    return found


def organisation(connection: Connection, custody: Custody, records: Mapping[str, Held]) -> dict[str, History]:
    """The histories of all records that the organisation is made of: from nothing, as long as what was accepted makes
    more acceptable. Afterwards `custody` judges by the organisation that follows from them.

    A branch is known after as many rounds as it is deep; the bound ends what only units standing under each other in a
    circle could prolong.
    """
    values = _Values(connection, list(records))
    histories: dict[str, History] = {}
    custody.take(Tree({}, (), custody.root))
    for _ in range(len(records) + 2):
        before = custody.tree
        histories = {record: one.weighed(custody) for record, one in records.items()}
        now = values.tree(histories, custody.root)
        if now == before:
            break
        custody.take(now)
    return histories


def texts(connection: Connection, records: Sequence[str]) -> dict[str, Body]:
    """Revision of these records -> its personal part, of those that have one."""
    return {
        hash_: parsed(body)
        for marks, some in _chunks(records)
        for hash_, body in fetch(connection, _PARTS.format(marks), *some)
    }


class _Values:
    """What the winners say, each read once however many rounds there are."""

    def __init__(self, connection: Connection, records: Sequence[str]) -> None:
        self._parts = texts(connection, records)
        self._read: dict[str, Record | None] = {}

    def tree(self, histories: Mapping[str, History], root: str | None) -> Tree:
        units: dict[str, Unit] = {}
        events: list[OrgEvent] = []
        for record, history in sorted(histories.items()):
            value = self._of(history)
            if isinstance(value, Unit):
                units[record] = value
            elif isinstance(value, OrgEvent):
                events.append(value)
        return Tree(units, tuple(events), root)

    def _of(self, history: History) -> Record | None:
        winner = history.winner
        if winner is None or winner.deleted:
            return None
        if winner.hash not in self._read or needs_newer(winner):
            part = None if winner.hash in history.erased else self._parts.get(winner.hash)
            self._read[winner.hash] = projections.value_now(history, part)
        return self._read[winner.hash]


def _chunks(records: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Question marks and values for one statement each."""
    for start in range(0, len(records), CHUNK):
        some = records[start : start + CHUNK]
        yield ", ".join("?" * len(some)), some
