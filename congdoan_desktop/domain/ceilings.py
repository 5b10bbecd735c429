"""Ceilings of support: dated parameters of the catalogue, never constants of the program (rules B09, B11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.catalogue import Catalogue
from congdoan_desktop.domain.money import group_thousands

CEILINGS = "support_ceilings"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most this much for one person at a time, in đồng, and the paper that says so."""

    amount: int
    basis: str

    def exceeded(self, amount: int) -> str:
        """The sentence for a sum above the ceiling, "" for one within it."""
        if amount <= self.amount:
            return ""
        return f"Vượt mức tối đa {group_thousands(self.amount)} đồng ({self.basis}); ghi lý do."


def ceiling(known: Catalogue, kind: str, on: date) -> Ceiling | None:
    """The ceiling of a kind of support on a day; of several the lowest, None where nothing is said."""
    entries = known.entries(CEILINGS, on)
    found = [Ceiling(entry.more["amount"], entry.name) for entry in entries if kind in entry.more["kinds"].split()]
    return min(found, key=lambda one: one.amount, default=None)
