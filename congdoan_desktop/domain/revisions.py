"""Revisions: the immutable truth that every table, report and package is computed from.

A record's state is a pure function of the *set* of its revisions, so order, repetition and loss of packages cannot
change a result. The winner is the highest generation, then the highest hash. Times are shown, never compared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from congdoan_desktop.domain.canonical import canonical, sha256_hex

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
        return canonical({**asdict(self), "parents": list(self.parents)})

    @cached_property
    def hash(self) -> str:
        return sha256_hex(self.body)


_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "record": str, "type": str, "v": int, "unit": str, "author": str, "installation": str, "parents": list,
    "generation": int, "at": str, "clock_suspect": bool, "deleted": bool, "erases": bool, "facts": dict,
    "personal_hash": (str, type(None)),
}  # fmt: skip


def revision_of(body: bytes) -> Revision:
    """The revision whose canonical bytes these are.

    Raises: ValueError when the bytes are not the canonical form of a revision.
    """
    try:
        raw = json.loads(body)
        if not isinstance(raw, dict) or set(raw) != set(_FIELDS):
            raise ValueError("not the fields of a revision")
        for name, kind in _FIELDS.items():
            if not isinstance(raw[name], kind) or (kind is int and isinstance(raw[name], bool)):
                raise ValueError(f"{name} has the wrong type")
        if not all(isinstance(parent, str) for parent in raw["parents"]):
            raise ValueError("parents must be hashes")
        revision = Revision(**{**raw, "parents": tuple(raw["parents"])})
        if revision.body != body:
            raise ValueError("not in canonical form")
    except (TypeError, RecursionError, UnicodeError) as error:
        raise ValueError(str(error)) from error
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
    heads: tuple[Revision, ...]
    winner: Revision | None
    conflict: bool
    erased: frozenset[str]
    """Hashes whose personal part must be gone."""


Judge = Callable[[Revision], str | None]
"""Gives the reason why a revision must be quarantined, or None (custody, types)."""


def settle(
    revisions: Iterable[Revision], *, judge: Judge = lambda revision: None, withdrawn: frozenset[str] = frozenset()
) -> History:
    """The state of one record out of all its known revisions, whatever order they came in."""
    known = {revision.hash: revision for revision in revisions}
    states: dict[str, State] = {}
    reasons: dict[str, str] = {}
    for revision in sorted(known.values(), key=lambda r: (r.generation, r.hash)):
        state, reason = _judged(revision, known, states, judge)
        states[revision.hash] = state
        if reason:
            reasons[revision.hash] = reason
    lineage = [revision for revision in known.values() if states[revision.hash] is State.ACCEPTED]
    for revision in lineage:
        if revision.hash in withdrawn:
            states[revision.hash] = State.WITHDRAWN
    counted = [revision for revision in lineage if revision.hash not in withdrawn]
    followed = {parent for revision in counted for parent in revision.parents}
    heads = tuple(
        sorted((r for r in counted if r.hash not in followed), key=lambda r: (r.generation, r.hash), reverse=True)
    )
    built_on_withdrawn = any(parent in withdrawn for revision in counted for parent in revision.parents)
    return History(
        states=states,
        reasons=reasons,
        heads=heads,
        winner=heads[0] if heads else None,
        conflict=len(heads) > 1 or built_on_withdrawn,
        erased=_erased(lineage),
    )


def _judged(
    revision: Revision, known: Mapping[str, Revision], states: Mapping[str, State], judge: Judge
) -> tuple[State, str]:
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
    refusal = judge(revision)
    return (State.QUARANTINED, refusal) if refusal else (State.ACCEPTED, "")


def _erased(lineage: list[Revision]) -> frozenset[str]:
    """Personal parts an erasure covers: all but those written knowing of it, copies from elsewhere included."""
    by_hash = {revision.hash: revision for revision in lineage}
    erasures = [revision for revision in lineage if revision.erases]
    covered: set[str] = set()
    for erasure in erasures:
        covered.update(h for h in by_hash if not _descends(by_hash[h], erasure.hash, by_hash))
    return frozenset(covered)


def _descends(revision: Revision, ancestor: str, by_hash: Mapping[str, Revision]) -> bool:
    todo, seen = [revision.hash], set()
    while todo:
        current = todo.pop()
        if current == ancestor:
            return revision.hash != ancestor
        if current in seen or current not in by_hash:
            continue
        seen.add(current)
        todo.extend(by_hash[current].parents)
    return False


def next_revision(heads: tuple[Revision, ...], **changes: Any) -> Revision:
    """The next revision of a record: child of all its heads (several heads mean that a person has settled them)."""
    return replace(heads[0], parents=tuple(head.hash for head in heads), generation=generation_after(heads), **changes)
