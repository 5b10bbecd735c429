"""The figures of a period as a unit reports them upward: numerators and denominators, never ready percentages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from congdoan_desktop.domain.canonical import canonical, sha256_hex

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one unit. `denominator` None marks a bare count."""

    target: str
    indicator: str
    unit: str
    numerator: int
    denominator: int | None


@dataclass(frozen=True, slots=True)
class ToDate:
    """One unit's own part in a target from the plan's first day to the end of the period, without the units below it.

    `denominator` None marks a bare count. `parts`: how many meet each criterion alone. `records`: how many records it
    was counted from; they stay where they are kept. `told`: the unit counted it itself.
    """

    target: str
    unit: str
    numerator: int
    denominator: int | None
    parts: tuple[int, ...] = ()
    records: int = 0
    told: bool = False


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """What `unit` reported for a campaign and a period. `report_id` = SHA-256 of `figures_document`.

    `figures` are those of the period, as on paper; `to_date` those that the level above sums up for the campaign.
    """

    TYPE: ClassVar[str] = "period_figures"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"difficulties", "proposals"})

    unit: str
    campaign: str
    period_name: str
    starts: date
    ends: date
    report_id: str
    figures: tuple[Figure, ...]
    difficulties: str = ""
    proposals: str = ""
    to_date: tuple[ToDate, ...] = ()


@dataclass(frozen=True, slots=True)
class EnteredFigure:
    """A figure that a union counted itself, where there are no records: `indicator` is the code of a definition."""

    TYPE: ClassVar[str] = "entered_figure"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"note"})

    unit: str
    indicator: str
    starts: date
    ends: date
    numerator: int
    denominator: int | None = None
    note: str = ""


def figures_document(
    *,
    unit: str,
    campaign: str,
    starts: date,
    ends: date,
    figures: tuple[Figure, ...],
    structure: date | None = None,
) -> dict[str, Any]:
    """The content of `data/figures.json`. `structure`: the day whose organisation is taken, else the period's last."""
    return {
        "schema": SCHEMA,
        "unit": unit,
        "campaign": campaign,
        "starts": starts.isoformat(),
        "ends": ends.isoformat(),
        "structure_date": (structure or ends).isoformat(),
        "figures": [
            {
                "target": f.target,
                "indicator": f.indicator,
                "unit": f.unit,
                "numerator": f.numerator,
                "denominator": f.denominator,
            }
            for f in figures
        ],
    }


def report_id_of(document: dict[str, Any]) -> str:
    return sha256_hex(canonical(document))
