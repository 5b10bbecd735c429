"""What a whole stick in one go would do, and what it did."""

from __future__ import annotations

from dataclasses import dataclass

from congdoan_desktop.errors import AppError
from congdoan_desktop.services.importing import ImportResult


@dataclass(frozen=True, slots=True)
class Left:
    """A file that stays where it is, and why."""

    file_name: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Group:
    """The packages of one kind from one unit; `fresh` of them were not imported before, with `records` revisions."""

    sender_name: str
    kind_name: str
    packages: int
    fresh: int
    records: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What a run would take in and leave. `others` are packages for somebody else, `second` those of which the first
    copy is damaged or gone.
    """

    groups: tuple[Group, ...]
    left: tuple[Left, ...]
    others: int
    second: int = 0
    signed: int = 0
    """Packages of our outbox that come back with a chair's signature."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. `known` packages were imported before; `problem` ended the writing; `stopped` by a person.

    `second`: packages read out of their second copy; `mended` of their first copies were written again, and `renewed`
    second copies of good first ones. `signed`: packages of our outbox that came back with a chair's signature.
    `given_up`: renewed keys that count no more, by their own word. `older`: lists of keys before ours. `waiting`: names
    of those for whom packages were never written to any stick, nor to this one, on which nothing of theirs lay.
    `shared`: our union has or had another computer, to which a missing package may have come.
    """

    taken: tuple[ImportResult, ...]
    known: int
    others: int
    left: tuple[Left, ...]
    receipts: int
    written: int
    problem: AppError | None
    stopped: bool
    second: int = 0
    mended: int = 0
    renewed: int = 0
    signed: int = 0
    given_up: int = 0
    older: int = 0
    waiting: tuple[str, ...] = ()
    shared: bool = False

    @property
    def forks(self) -> tuple[ImportResult, ...]:
        return tuple(result for result in self.taken if result.fork)

    @property
    def gaps(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """(unit, missing numbers) of each feed in which something is missing."""
        return tuple((result.sender_name, result.gaps) for result in self.taken if result.gaps)
