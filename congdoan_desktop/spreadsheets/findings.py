"""What is wrong with a cell: where, what stands there, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Problem:
    """`mend` is what the cell should probably hold, "" where nobody can tell. A warning does not stop the row."""

    message: str
    mend: str = ""
    warning: bool = False


class Read(NamedTuple):
    """A cell read for a field: its value, None where there is none, and what is wrong with it.

    A tuple, because a list makes half a million of them. `field`, where given, is the field that the value belongs to
    instead: a CMND in the column of the CCCD.
    """

    value: Any = None
    problems: tuple[Problem, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True)
class CellFinding:
    """A problem with its place: `address` as Excel names it ("C17"), `found` what stands there, cut if long."""

    address: str
    field: str
    found: str
    message: str
    mend: str = ""
    warning: bool = False

    def __str__(self) -> str:
        """One line for a list: C17: “12/25/1990” – Không có tháng 25. Có phải “25/12/1990”?"""
        stands = f"“{self.found}” – " if self.found else ""
        offer = f" Có phải “{self.mend}”?" if self.mend and not self.warning else ""
        return f"{self.address}: {stands}{self.message}{offer}"


EMPTY = Read()


def wrong(message: str, mend: str = "") -> Read:
    return Read(None, (Problem(message, mend),))


def doubted(value: Any, message: str, mend: str = "", field: str = "") -> Read:
    """A value that is taken, with a warning."""
    return Read(value, (Problem(message, mend, warning=True),), field)
