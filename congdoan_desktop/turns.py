"""Whose turn it is on the one database: what may be broken off, and where, for somebody who waits.

A floor under both sides: the database asks where work can be left, the window knows who waits. Where nobody sets
anything (terminal, tests) nobody ever waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")


def with_pauses(items: Iterable[_Item], pause: Callable[[], object], every: int) -> Iterator[_Item]:
    """The items, with a call after each `every` are made and before they are used: much is done for either."""
    left = iter(items)
    while some := [*islice(left, every)]:
        pause()
        yield from some


class GaveWay(BaseException):
    """A transaction was broken off for somebody who waits; whoever asked for it does it again from its start.

    It is no `Exception`: nobody who handles errors may take it for one.
    """


class Turns:
    """Nobody ever waits."""

    def begin(self, *, writes: bool, leaves: bool = False) -> None:
        """A transaction is about to begin; those who wait may be served before.

        leaves: it writes, and whoever asked for it does it again when it is broken off.

        Raises: GaveWay.
        """

    def end(self) -> None:
        """It is over, whatever its outcome."""

    def wanted(self) -> bool:
        """Whether the open transaction is to be broken off now. Asked every few thousand steps of the database."""
        return False
