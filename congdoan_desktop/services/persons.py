"""What members, officers and receivers share: a tidy record, numbers that stay covered, and the look at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func

from congdoan_desktop.domain.people import mask
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import clean, one_line, search_key, spelled_key
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import TABLES
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_T = TABLES[Person.TYPE].c
ERASED = "(đã xoá dữ liệu cá nhân)"
COVERED = ("citizen_id", "old_id", "insurance")
"""Numbers that are shown in part until somebody asks, and the asking is logged (C09)."""
_SIGN = "•"
_LINES = ("name", "sort_name", "home", "address", "card", "work", "batch")


def reveal(office: Office, id_: str) -> Person:
    """The full person with the unmasked numbers; the look is logged.

    Raises: NotFound.
    """
    with office.write(Right.READ) as work:
        work.note("look:person", id_)
        found: Person = work.value(Person.TYPE, id_)
        return found


def holding(typed: str) -> list[ColumnElement[bool]]:
    """That name or numbers hold every word typed, with or without diacritics, also in part (D11–D14)."""
    return [func.instr(_T.search, word) > 0 for word in search_key(typed).split()]


def best_first(typed: str, *keys: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """The order of a list that was searched: who has the very marks typed, who has words that begin so, then `keys`.

    Without keys in the Vietnamese order of names.
    """
    folded, exact = search_key(typed).split(), spelled_key(typed).split()
    ranks = [_first(exact)] if exact != folded else []
    return [*ranks, *([_first(f" {word}" for word in folded)] if folded else []), *(keys or (_T.sort,)), _T.record]


def _first(parts: Iterable[str]) -> ColumnElement[int]:
    return case((and_(*(func.instr(_T.search, part) > 0 for part in parts)), 0), else_=1)


def masked(person: Person) -> Person:
    """The person as shown: 012190000001 -> "012•••••0001"."""
    covered: dict[str, Any] = {name: mask(getattr(person, name)) for name in COVERED}
    return replace(person, **covered)


def bare(person: Person) -> Person:
    """The person without the numbers of which only the mask is at hand, for checks that would read them."""
    emptied: dict[str, Any] = dict.fromkeys(_covered(person), "")
    return replace(person, **emptied)


def tidy(person: Person) -> Person:
    """As it is kept: clean lines, numbers without spaces."""
    lines: dict[str, Any] = {name: one_line(getattr(person, name)) for name in _LINES}
    numbers: dict[str, Any] = {name: "".join(getattr(person, name).split()) for name in (*COVERED, "phone")}
    return replace(person, **lines, **numbers, note=clean(person.note))


def amend(work: UnitOfWork, id_: str, person: Person) -> None:
    """A version of its own only where something changed; a masked number stands for the one already kept.

    Raises: NotFound, NotCustodian.
    """
    kept: Person = work.value(Person.TYPE, id_)
    whole = replace(person, **{name: getattr(kept, name) for name in _covered(person)})
    if whole != kept:
        work.put(whole, id_)


def _covered(person: Person) -> list[str]:
    return [name for name in COVERED if _SIGN in getattr(person, name)]
