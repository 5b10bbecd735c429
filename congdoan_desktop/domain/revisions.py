"""Revisions: the immutable truth that every table, report and package is computed from.

A record's state is a pure function of the *set* of its revisions, so order, repetition and loss of packages cannot
change a result. The winner is the highest generation, then the highest hash. Times are shown, never compared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from operator import attrgetter, itemgetter
from typing import Any

from congdoan_desktop.domain.canonical import canonical, canonical_each, parsed, sha256_hex

SALT_BYTES = 16

Body = dict[str, Any]


@dataclass(frozen=True)
class Revision:
    """One edit of one record.

    `personal_hash` is SHA-256 over salt and canonical personal part, in hex, or None where there is none; the personal
    part itself is stored beside the revision so that it can be erased while `facts` stay.
    """

    record: str
    type: str
    v: int
    unit: str
    author: str
    installation: str
    parents: tuple[str, ...]
    generation: int
    at: str
    clock_suspect: bool
    deleted: bool
    erases: bool
    facts: Body
    personal_hash: str | None

    @cached_property
    def body(self) -> bytes:
        """The exact bytes that are hashed, stored and carried."""
        return canonical(dict(zip(_FIELDS, _ENVELOPE(self), strict=True)))

    @cached_property
    def hash(self) -> str:
        return sha256_hex(self.body)


_FIELDS: Mapping[str, type] = {
    "record": str, "type": str, "v": int, "unit": str, "author": str, "installation": str, "parents": list,
    "generation": int, "at": str, "clock_suspect": bool, "deleted": bool, "erases": bool, "facts": dict,
    "personal_hash": str,
}  # fmt: skip
_ENVELOPE, _VALUES = attrgetter(*_FIELDS), itemgetter(*_FIELDS)
_SHAPES = frozenset({tuple(_FIELDS.values()), (*list(_FIELDS.values())[:-1], type(None))})
"""The types of the fields in their order: there may be no personal part."""


class Beginnings:
    """The first revisions of many records, written by one hand at one moment: what all share is encoded once."""

    _OWN = ("facts", "personal_hash", "record", "unit")
    """What each has for itself, in the order of the canonical form."""

    def __init__(self, **shared: Any) -> None:
        """`shared`: type, v, author, installation, at and clock_suspect of a `Revision`."""
        self.shared: Mapping[str, Any] = {
            **shared, "parents": (), "generation": 1, "deleted": False, "erases": False,
        }  # fmt: skip
        places = {name: f"\0{name}" for name in self._OWN}
        rest, found = canonical({**self.shared, **places}), []
        for place in places.values():
            before, _, rest = rest.partition(canonical(place))
            found.append(before)
        self._pieces = (*found, rest)

    def revision(self, record: str, unit: str, facts: Body, personal_hash: str | None) -> Revision:
        a, b, c, d, e = self._pieces
        own = canonical(facts), canonical(personal_hash), canonical(record), canonical(unit)
        body = b"".join((a, own[0], b, own[1], c, own[2], d, own[3], e))
        given = {"record": record, "unit": unit, "facts": facts, "personal_hash": personal_hash}
        return _made({**self.shared, **given}, body, sha256_hex(body))

    def bodies(
        self, records: Iterable[str], units: Iterable[str], facts: Sequence[Body], personal: Iterable[str | None]
    ) -> list[bytes]:
        """The bodies alone of as many revisions; `personal` are the hashes of their personal parts."""
        a, b, c, d, e = self._pieces
        named = cache(canonical)  # the units of a list are few
        return [
            b"".join((a, told, b, canonical(hash_), c, canonical(record), d, named(unit), e))
            for record, unit, told, hash_ in zip(records, units, canonical_each(facts), personal, strict=True)
        ]


def revision_of(body: bytes) -> Revision:
    """The revision whose canonical bytes these are.

    Raises: ValueError when the bytes are not the canonical form of a revision.
    """
    try:
        revision = Revision(**_typed(json.loads(body)))
        if revision.body != body:
            raise ValueError("not in canonical form")
    except (TypeError, RecursionError, UnicodeError) as error:
        raise ValueError(str(error)) from error
    return revision


def carried_revision(body: bytes, told: Body) -> Revision:
    """`revision_of` for bytes that are the canonical form of `told`, as the reader of packages has seen.

    Raises: ValueError when they are not those of a revision.
    """
    return _made(_typed(told), body, sha256_hex(body))


def _typed(raw: Any) -> Body:
    """The fields in the revision's types."""
    if not isinstance(raw, dict) or raw.keys() != _FIELDS.keys():
        raise ValueError("not the fields of a revision")
    if tuple(map(type, _VALUES(raw))) not in _SHAPES:
        raise ValueError("a field has the wrong type")
    if not all(isinstance(parent, str) for parent in raw["parents"]):
        raise ValueError("parents must be hashes")
    if min(raw["v"], raw["generation"]) < 1:
        raise ValueError("versions and generations count from 1")
    return {**raw, "parents": tuple(raw["parents"])}


def kept_revision(body: bytes, hash_: str) -> Revision:
    """`revision_of` for what our own database holds: it was looked at when it came in, and its bytes stand as they are.

    `congdoan doctor check` reads with the other one.
    """
    raw = parsed(body)
    return _made({**raw, "parents": tuple(raw["parents"])}, body, hash_)


def _made(fields: Body, body: bytes, hash_: str) -> Revision:
    revision = object.__new__(Revision)  # whose own way in goes field by field, three times as long
    vars(revision).update(fields, body=body, hash=hash_)
    return revision


def personal_hash(salt: bytes, personal: Body) -> str:
    return hashlib.sha256(salt + canonical(personal)).hexdigest()


def generation_after(parents: Iterable[Revision]) -> int:
    return 1 + max((parent.generation for parent in parents), default=0)


class State(StrEnum):
    """What a stored revision counts for."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    QUARANTINED = "quarantined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class History:
    """A record's revisions settled: each with its state, the heads, the winner, and whether a person must choose."""

    states: Mapping[str, State]
    reasons: Mapping[str, str]
    counted: tuple[Revision, ...]
    """What was accepted and is not withdrawn, the best first."""
    heads: tuple[Revision, ...]
    winner: Revision | None
    conflict: bool
    erased: frozenset[str]
    """Hashes whose personal part must be gone."""
    unsettled: tuple[Revision, ...]
    """Withdrawn revisions that others were built on and that nobody has weighed since."""
    types: frozenset[str]
    """Of all revisions, refused ones included; more than one only where somebody took an id for something else."""


Known = Mapping[str, Revision]
"""All revisions of one record by hash."""

Judge = Callable[[Revision, Known], str | None]
"""Gives the reason why a revision must be quarantined, or None (custody, types). All ancestors are known by then."""


def settle(
    revisions: Iterable[Revision],
    *,
    judge: Judge = lambda revision, known: None,
    withdrawn: frozenset[str] = frozenset(),
) -> History:
    """The state of one record out of all its known revisions, whatever order they came in."""
    known = {revision.hash: revision for revision in revisions}
    if len(known) == 1:
        return _alone(known, judge, withdrawn)
    states: dict[str, State] = {}
    reasons: dict[str, str] = {}
    for revision in sorted(known.values(), key=lambda r: (r.generation, r.hash)):
        state, reason = _judged(revision, known, states, judge)
        states[revision.hash] = state
        if reason:
            reasons[revision.hash] = reason
    accepted = [revision for revision in known.values() if states[revision.hash] is State.ACCEPTED]
    states |= {revision.hash: State.WITHDRAWN for revision in accepted if revision.hash in withdrawn}
    counted = _best_first(revision for revision in accepted if revision.hash not in withdrawn)
    followed = {parent for revision in counted for parent in revision.parents}
    heads = tuple(revision for revision in counted if revision.hash not in followed)
    unsettled = _unsettled(counted, withdrawn, known)
    return History(
        states=states,
        reasons=reasons,
        counted=counted,
        heads=heads,
        winner=heads[0] if heads else None,
        conflict=len(heads) > 1 or bool(unsettled),
        erased=_erased([revision for revision in accepted if revision.erases], known),
        unsettled=unsettled,
        types=frozenset(revision.type for revision in known.values()),
    )


def _alone(known: Known, judge: Judge, withdrawn: frozenset[str]) -> History:
    """`settle` for a record's only revision, as nearly all are that a package brings: nothing is to be weighed."""
    ((hash_, revision),) = known.items()
    state, reason = _judged(revision, known, {}, judge)
    accepted = state is State.ACCEPTED
    heads = (revision,) if accepted and hash_ not in withdrawn else ()
    return History(
        states={hash_: State.WITHDRAWN if accepted and not heads else state},
        reasons={hash_: reason} if reason else {},
        counted=heads,
        heads=heads,
        winner=revision if heads else None,
        conflict=False,
        erased=frozenset(known) if accepted and revision.erases else frozenset(),
        unsettled=(),
        types=frozenset((revision.type,)),
    )


def _best_first(revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    return tuple(sorted(revisions, key=lambda revision: (revision.generation, revision.hash), reverse=True))


def _judged(revision: Revision, known: Known, states: Mapping[str, State], judge: Judge) -> tuple[State, str]:
    if revision.parents or revision.generation != 1:
        unfit = _unfit(revision, known, states)
        if unfit is not None:
            return unfit
    refusal = judge(revision, known)
    return (State.QUARANTINED, refusal) if refusal else (State.ACCEPTED, "")


def _unfit(revision: Revision, known: Known, states: Mapping[str, State]) -> tuple[State, str] | None:
    """What a revision counts for by its place among the others alone, None where it is for the judge."""
    parents = [known.get(parent) for parent in revision.parents]
    if any(parent is None for parent in parents):
        return State.PENDING, "thiếu bản trước"
    present = [parent for parent in parents if parent is not None]
    if revision.generation != generation_after(present) or len(set(revision.parents)) != len(revision.parents):
        return State.QUARANTINED, "số thế hệ ghi sai"
    if any(parent.record != revision.record or parent.type != revision.type for parent in present):
        return State.QUARANTINED, "nối vào bản ghi khác"
    for inherited in (State.QUARANTINED, State.PENDING):
        if any(states[parent.hash] is inherited for parent in present):
            return inherited, "bản trước chưa được nhận"
    return None


def _unsettled(counted: tuple[Revision, ...], withdrawn: frozenset[str], known: Known) -> tuple[Revision, ...]:
    """Withdrawn parents of what counts, but for those that a later revision names beside its own ground on purpose."""
    built_on = {parent for revision in counted for parent in revision.parents if parent in withdrawn}
    weighed = {
        parent
        for revision in counted
        for parent in revision.parents
        if parent in built_on and any(parent in _ancestors(known[other], known) for other in revision.parents)
    }
    return _best_first(known[hash_] for hash_ in built_on - weighed)


def _erased(erasures: list[Revision], known: Known) -> frozenset[str]:
    """Personal parts the erasures cover: all but those written knowing of them, refused and later copies included.

    A revision whose ancestors are still missing is left until they are here: it may have been written knowing.
    """
    covered: set[str] = set()
    if erasures:
        wanted = {erasure.hash for erasure in erasures}
        for revision in known.values():
            ancestors = _ancestors(revision, known)
            if not wanted <= ancestors and ancestors <= known.keys():
                covered.add(revision.hash)
    return frozenset(covered)


def _ancestors(revision: Revision, known: Known) -> set[str]:
    """Hashes of everything the revision was built on, itself left out; missing ones are named, not followed."""
    found: set[str] = set()
    todo = list(revision.parents)
    while todo:
        hash_ = todo.pop()
        if hash_ not in found:
            found.add(hash_)
            todo.extend(known[hash_].parents if hash_ in known else ())
    return found
