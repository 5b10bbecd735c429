"""Days of birth with the precision that is known: "1990", "05/1990", "12/5/1990" (D21).

Kept as the beginning of an ISO date ("1990", "1990-05", "1990-05-12"), so that their order is the order of time.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from congdoan_desktop.domain.dates import Precision, parse_date

_KEPT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_LENGTHS = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}


def parse_birth(typed: str, *, today: date) -> str:
    """The kept form of a birth as people write it; day first always.

    Raises: NotADate, also for a two-digit year.
    """
    found = parse_date(typed, today=today)
    return found.value.isoformat()[: _LENGTHS[found.precision]]


def show_birth(kept: str) -> str:
    """As in lists: "1990", "05/1990", "12/05/1990"; what is no kept birth stands as it is."""
    found = _KEPT.fullmatch(kept)
    return "/".join(part for part in reversed(found.groups()) if part) if found else kept


def birth_year_of(kept: str) -> int | None:
    """None where nothing is known."""
    return looked_at(kept)[0]


# The members of a list were born on some 15,000 days.
@lru_cache(maxsize=20_000)
def looked_at(kept: str) -> tuple[int | None, bool]:
    """The year of a kept birth, None where nothing is known, and whether the calendar has the whole."""
    found = _KEPT.fullmatch(kept)
    if found is None:
        return None, False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return int(found[1]), False
    return int(found[1]), True
