"""Where a package stands in its feed (FORMAT.md, section 12). Pure; the receiver keeps the state."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from congdoan_desktop.packages.header import Header


class Place(StrEnum):
    NEXT = "next"
    GAP = "gap"
    """Accepted, but packages before it are missing."""
    REPEAT = "repeat"
    FORK = "fork"
    """An alarm: two packages claim the same place. Both are kept, neither is chosen."""


@dataclass(frozen=True, slots=True)
class Link:
    """An accepted package of a feed, and the one it says came before it."""

    package_id: str
    previous: str | None


@dataclass(frozen=True, slots=True)
class FeedState:
    """What a receiver has accepted of one feed: number -> link. `installation` made the first, None before."""

    installation: str | None = None
    links: Mapping[int, Link] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`missing` are the numbers below this one that have not been accepted, rising."""

    place: Place
    missing: tuple[int, ...] = ()

    @property
    def fork(self) -> bool:
        return self.place is Place.FORK


def state_of(accepted: Iterable[tuple[str, Header]]) -> FeedState:
    """The state of one feed out of its accepted packages, as (package_id, header)."""
    packages = sorted(accepted, key=lambda package: package[1].seq)
    links = {header.seq: Link(package_id, header.previous) for package_id, header in packages}
    return FeedState(packages[0][1].installation if packages else None, links)


def judge(known: FeedState, header: Header, package_id: str) -> Verdict:
    """The place of a verified package in its feed."""
    link = known.links.get(header.seq)
    if link is not None:
        return Verdict(Place.REPEAT if link.package_id == package_id else Place.FORK)
    if not _fits(known, header, package_id):
        return Verdict(Place.FORK)
    missing = missing_below(header.seq, known.links)
    return Verdict(Place.GAP if missing else Place.NEXT, missing)


def missing_below(seq: int, known: Container[int]) -> tuple[int, ...]:
    """The numbers of a feed below one that have not been accepted, rising."""
    return tuple(number for number in range(1, seq) if number not in known)


def _fits(known: FeedState, header: Header, package_id: str) -> bool:
    before, after = known.links.get(header.seq - 1), known.links.get(header.seq + 1)
    return (
        known.installation in (None, header.installation)
        and (before is None or before.package_id == header.previous)
        and (after is None or after.previous == package_id)
    )
