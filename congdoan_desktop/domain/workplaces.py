"""Where people work: agencies, public-service units, enterprises, schools, cooperatives, with or without a union."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Workplace:
    """`unit` is the union that keeps the record; `kind`, `ownership` and `line` are codes of the catalogues.

    Records of two unions mean the same workplace when the tax codes are equal.
    """

    TYPE: ClassVar[str] = "workplace"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"contact", "note"})

    unit: str
    name: str
    kind: str
    ownership: str
    line: str = ""
    tax_code: str = ""
    budget_code: str = ""
    place: str = ""
    """Commune or ward."""
    address: str = ""
    union: str | None = None
    """Id of the CĐCS formed here, None where there is none."""
    since: date | None = None
    until: date | None = None
    contact: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Workforce:
    """People working at a workplace on a day. `eligible`: those who may join the union."""

    TYPE: ClassVar[str] = "workforce"
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    unit: str
    workplace: str
    on: date
    workers: int
    women: int | None = None
    eligible: int | None = None
