"""Invented people for the big sample province: names of seven peoples, numbers that are valid and belong to nobody."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from congdoan_desktop import paths
from congdoan_desktop.domain.persons import Person

LAST_DAY = date(2026, 6, 30)
"""The sample stands still here, whatever the clock says, so that one seed gives one province."""
_FIRST_JOINING = date(2010, 1, 1)
_OLDEST, _YOUNGEST = date(1966, 1, 1), date(2007, 12, 31)
_ADULT_DAYS = 18 * 366
_BORN_IN: Mapping[str, int] = {"012": 70, "011": 9, "010": 8, "014": 6, "015": 4, "025": 2, "038": 1}
"""Codes of provinces of birth registration (D03) -> how many of a hundred."""
_SEXES = ("nam", "nữ")
_RANDOM_PARTS = 1_000_000
_STRIDE = 617_831
"""Odd and no multiple of five, so that its multiples meet every number of six digits once."""


@dataclass(frozen=True, slots=True)
class _People:
    """The names of one people: families, then middle names and given names by sex (men, women)."""

    ethnicity: str
    families: tuple[str, ...]
    middles: tuple[tuple[str, ...], tuple[str, ...]]
    given: tuple[tuple[str, ...], tuple[str, ...]]


class Populace:
    """Makes persons one after another out of one source of chance. At most a million."""

    def __init__(self, chance: Random, communes: tuple[str, ...]) -> None:
        self._chance = chance
        self._communes = communes
        self._made = 0

    def person(self, unit: str, workplace: str, works: tuple[str, ...], women_percent: int) -> Person:
        """A member of a CĐCS, or one who has left."""
        chance = self._chance
        sex = int(chance.randrange(100) < women_percent)
        ethnicity, name = self._named(sex)
        born = _OLDEST + timedelta(days=chance.randrange((_YOUNGEST - _OLDEST).days))
        joined = self._between(max(_FIRST_JOINING, born + timedelta(days=_ADULT_DAYS)), LAST_DAY)
        left = self._between(joined, LAST_DAY) if chance.randrange(100) < 4 else None
        admitted = self._between(joined, LAST_DAY) if chance.randrange(100) < 22 else None
        self._made += 1
        place = chance.choice(self._communes)
        return Person(
            unit,
            left is None,
            name,
            born.year,
            self._citizen_id(born.year, sex) if chance.randrange(100) >= 3 else "",
            _SEXES[sex],
            joined,
            left,
            f"{chance.randrange(1, 400)}/QĐ-CĐ",
            workplace=workplace,
            birth=born.isoformat() if chance.randrange(100) >= 3 else str(born.year),
            ethnicity=ethnicity,
            home=place,
            address=f"Bản số {chance.randrange(1, 12)}, xã {place}",
            phone=f"0{chance.choice((3, 7, 8, 9))}{chance.randrange(10**8):08d}",
            card=f"{self._made:08d}",
            work=chance.choice(works),
            party_admitted=admitted,
        )

    def _named(self, sex: int) -> tuple[str, str]:
        people = self._chance.choices(*_peoples())[0]
        parts = (people.families, people.middles[sex], people.given[sex])
        return people.ethnicity, " ".join(self._chance.choice(part) for part in parts)

    def _citizen_id(self, year: int, sex: int) -> str:
        """12 digits as D01 builds them; the last six never come twice."""
        province = self._chance.choices(list(_BORN_IN), list(_BORN_IN.values()))[0]
        century = 2 * (year // 100 - 19) + sex
        return f"{province}{century}{year % 100:02d}{self._made * _STRIDE % _RANDOM_PARTS:06d}"

    def _between(self, first: date, last: date) -> date:
        return first + timedelta(days=self._chance.randint(0, max(0, (last - first).days)))


@cache
def _peoples() -> tuple[list[_People], list[int]]:
    """The peoples and how many of a hundred members are theirs."""
    read = tomllib.loads((paths.resources() / "samples" / "names.toml").read_text("utf-8"))["people"]
    peoples = [
        _People(
            one["ethnicity"],
            tuple(one["families"]),
            (tuple(one["male_middles"]), tuple(one["female_middles"])),
            (tuple(one["male_names"]), tuple(one["female_names"])),
        )
        for one in read
    ]
    return peoples, [one["share"] for one in read]
