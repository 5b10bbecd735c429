"""Who may already be known: the same number, the same name and birth, or nearly the same name.

`Known` is built once from the database and then answers from memory, for a list of 50,000 rows as well as for a form.
It says what is alike and never decides: a person does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Self

from sqlalchemy import ColumnElement, Connection, or_, select

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.text import search_key, spelled_key
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.projections import TABLES


class Why(StrEnum):
    """What is alike, the strongest first."""

    NUMBER = "number"
    """The same CCCD or CMND."""
    SAME = "same"
    """The same name, and births that may be one day."""
    NEAR = "near"
    """A name that differs in one letter or in its marks, and births that may be one day; within one union it is enough
    that the years agree or that nobody knows a birth.
    """


WORDS = {Why.NUMBER: "trùng số CCCD/CMND", Why.SAME: "trùng họ tên và ngày sinh", Why.NEAR: "họ tên gần giống"}
_ORDER = list(Why)


class Somebody(NamedTuple):
    """What of a person is compared. `birth` as kept, its year alone where only that is known.

    A tuple, because a list makes one of each of its rows.
    """

    id: str
    name: str
    unit: str
    birth: str
    numbers: tuple[str, ...]
    """CCCD, CMND."""
    member: bool


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody known who may be the one meant."""

    why: Why
    who: Somebody


class _Key(NamedTuple):
    """What of a name is compared."""

    words: list[str]
    """Of the search key."""
    rests: list[int]
    """For each word all the others in their places: two names share one when they differ in one word at most."""


class Known:
    """The people of this database, and those added since (so that a list is compared with itself too).

    50,000 people take about 80 MB: the rests are hashes, and what they lead to is compared once more.
    """

    def __init__(self, people: Iterable[Somebody] = ()) -> None:
        self._by_number: dict[str, list[Somebody]] = {}
        self._by_rest: defaultdict[str, dict[int, tuple[Somebody, ...]]] = defaultdict(dict)
        """By year of birth or by union, then by rest."""
        self._unborn: defaultdict[str, dict[int, tuple[Somebody, ...]]] = defaultdict(dict)
        """Those of a union whose birth nobody knows."""
        self._of_unit: defaultdict[str, list[Somebody]] = defaultdict(list)
        self._unfolded: set[str] = set()
        """Unions whose people are also to be found without a birth; few are ever asked about."""
        self._keys: dict[str, _Key] = {}
        """By name; many share theirs."""
        for who in people:
            self.add(who)

    @classmethod
    def read(cls, connection: Connection, among: ColumnElement[bool] | None = None) -> Self:
        """Everybody who was not erased, or those `among` whom to look."""
        table = TABLES[Person.TYPE].c
        columns = (table.record, table.name, table.unit, table.birth, table.birth_year, table.citizen_id, table.old_id)
        query = select(*columns, table.member).where(table.erased.is_(False))
        if among is not None:
            query = query.where(among)
        return cls(map(_somebody, connection.execute(query)))

    def add(self, who: Somebody) -> None:
        for number in who.numbers:
            self._by_number.setdefault(number, []).append(who)
        _, _, unit, birth, _, _ = who
        self._of_unit[unit].append(who)
        rests = (self._keys.get(who.name) or self._key(who.name)).rests
        _put(self._by_rest[birth[:4]] if birth else self._unborn[unit], rests, who)
        if unit in self._unfolded:
            _put(self._by_rest[unit], rests, who)

    def find(self, who: Somebody, apart: str = "") -> list[Likely]:
        """The most likely first; never the person itself (its id), and nobody of the union `apart`."""
        found: dict[str, Likely] = {}
        for number in who.numbers:
            for other in self._by_number.get(number, ()):
                if other.unit != apart:
                    found[other.id] = Likely(Why.NUMBER, other)
        for other in self._around(who):
            if other.unit != apart and other.id not in found and (why := self._alike(who, other)) is not None:
                found[other.id] = Likely(why, other)
        if not found:
            return []
        found.pop(who.id, None)
        return sorted(found.values(), key=lambda likely: (_ORDER.index(likely.why), likely.who.name, likely.who.id))

    def _key(self, name: str) -> _Key:
        words = search_key(name).split()
        placed = [*map(hash, enumerate(words))]
        whole = sum(placed)
        found = self._keys[name] = _Key(words, [whole - one for one in placed])
        return found

    def _words(self, name: str) -> list[str]:
        return (self._keys.get(name) or self._key(name)).words

    def _around(self, who: Somebody) -> list[Somebody]:
        """Everybody of a common ground whose name differs in one word at most, and whose birth may be the same."""
        _, name, unit, birth, _, _ = who
        rests = (self._keys.get(name) or self._key(name)).rests
        if not birth:
            return _share(self._all_of(unit), rests)
        found: list[Somebody] = []
        by_rest, exact = self._by_rest[birth[:4]], len(birth)
        for rest in rests:
            for other in by_rest.get(rest, ()):
                # Few of them were born on that day; the others are not worth a call each.
                if other.birth == birth or other.unit == unit or len(other.birth) != exact:
                    found.append(other)  # noqa: PERF401  # a comprehension costs more than the one or two it looks at
        unborn = self._unborn.get(unit)
        return found + _share(unborn, rests) if unborn else found

    def _all_of(self, unit: str) -> dict[int, tuple[Somebody, ...]]:
        """The ground of everybody of a union, with and without a birth."""
        ground = self._by_rest[unit]
        if unit not in self._unfolded:
            self._unfolded.add(unit)
            for other in self._of_unit[unit]:
                _put(ground, self._keys[other.name].rests, other)
        return ground

    def _alike(self, one: Somebody, other: Somebody) -> Why | None:
        births = _births_agree(one, other)
        if births is None or not _one_letter(self._words(one.name), self._words(other.name)):
            return None
        strangers = _numbers_differ(one, other)
        if not births or spelled_key(one.name) != spelled_key(other.name):
            return None if strangers else Why.NEAR
        if strangers:
            # Twice the same day under the same name with two numbers is more likely a slip than chance.
            return Why.NEAR if len(one.birth) == len(other.birth) == len("1990-05-12") else None
        return Why.SAME


def _put(by_rest: dict[int, tuple[Somebody, ...]], rests: Iterable[int], who: Somebody) -> None:
    for rest in rests:
        by_rest[rest] = (*by_rest[rest], who) if rest in by_rest else (who,)


def _share(by_rest: Mapping[int, tuple[Somebody, ...]], rests: Iterable[int]) -> list[Somebody]:
    """Some may be there twice."""
    return [other for rest in rests if rest in by_rest for other in by_rest[rest]]


def somebody(person: Person, id_: str = "") -> Somebody:
    """A person as compared; `id_` "" for one who is not stored yet."""
    birth = person.birth or (str(person.birth_year) if person.birth_year else "")
    numbers = tuple([number for number in (person.citizen_id, person.old_id) if number])
    return Somebody(id_, person.name, person.unit, birth, numbers, person.member)


def alike(office: Office, person: Person, id_: str = "") -> list[Likely]:
    """Who of the known people may be `person`, the most likely first; `id_` is the person's own record."""
    with office.read() as connection:
        return among(connection, person, id_)


def among(connection: Connection, person: Person, id_: str = "") -> list[Likely]:
    """`alike` inside a transaction: only those are read who were born in the same year, or are of the same union."""
    who, table = somebody(person, id_), TABLES[Person.TYPE].c
    ways: list[ColumnElement[bool]] = [table.unit == who.unit]
    ways += [table.citizen_id.in_(who.numbers), table.old_id.in_(who.numbers)] if who.numbers else []
    ways += [table.birth_year == int(who.birth[:4])] if who.birth else []
    return Known.read(connection, or_(*ways)).find(who)


def _somebody(row: Any) -> Somebody:
    return out_of(row, row.record, row.unit, member=row.member)


def out_of(row: Any, id_: str, unit: str, *, member: bool) -> Somebody:
    """Out of a row that has a person's name, births and numbers."""
    birth = row.birth or (str(row.birth_year) if row.birth_year else "")
    numbers = tuple(number for number in (row.citizen_id, row.old_id) if number)
    return Somebody(id_, row.name, unit, birth, numbers, member)


def _births_agree(one: Somebody, other: Somebody) -> bool | None:
    """True: may be one day, False: nobody knows or only the year agrees, None: another year, or of no common ground."""
    if not (one.birth and other.birth):
        return False if one.unit == other.unit else None
    if one.birth.startswith(other.birth) or other.birth.startswith(one.birth):
        return True
    return False if one.birth[:4] == other.birth[:4] and one.unit == other.unit else None


def _numbers_differ(one: Somebody, other: Somebody) -> bool:
    """Both have a number of 12 digits, and not the same."""
    ids = [next((n for n in who.numbers if len(n) == 12), "") for who in (one, other)]
    return all(ids) and ids[0] != ids[1]


def _one_letter(one: list[str], other: list[str]) -> bool:
    """Whether at most one letter of one word was changed, left out or put in."""
    if len(one) != len(other):
        return False
    if one == other:
        return True
    changed = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(changed) == 1 and _within_one(*changed[0])


def _within_one(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]
