"""Where every union stands between two decisions about the organisation.

A unit that has ended still has a home: the union it went into, or the one it stood under. Whatever hung on it hangs on
its home from then on, so nothing falls out of the tree when a level disappears.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from congdoan_desktop.domain.units import OrgEvent, Unit


@dataclass(frozen=True, slots=True)
class Ending:
    """How a unit ended. `under`: the union it stood under until then."""

    event: OrgEvent
    under: str | None

    @property
    def heir(self) -> str | None:
        """The one unit it went into; None after a split or a dissolution."""
        return self.event.subject if self.event.kind == "merge" else None


@dataclass(slots=True)
class Standing:
    """Attributes, places, ends and enrolments, as far as the decisions so far go.

    `begins` holds for all time: a unit without an entry was there before anybody wrote.
    """

    units: dict[str, Unit]
    places: dict[str, str | None]
    begins: dict[str, date]
    endings: dict[str, Ending] = field(default_factory=dict)
    enrolled: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)
    """Units that a decision other than an enrolment has put where they stand."""

    def copy(self) -> Standing:
        return Standing(
            dict(self.units), dict(self.places), self.begins, dict(self.endings), set(self.enrolled), set(self.placed)
        )

    def exists(self, unit: str, day: date) -> bool:
        return unit in self.units and not self._is_gone(unit, day)

    def home(self, unit: str) -> str:
        """The unit that stands for this one: itself, or what its end led to."""
        while (ending := self.endings.get(unit)) is not None:
            beyond = ending.heir or ending.under
            if beyond is None:
                break
            unit = beyond
        return unit

    def parent(self, unit: str, day: date) -> str | None:
        """The union above, passing over those that are not there on the day."""
        seen = {unit}
        above = self.places.get(unit)
        while above is not None and above not in seen and self._is_gone(above, day):
            seen.add(above)
            above = self._beyond(above)
        return None if above in seen else above

    def above(self, unit: str, day: date) -> Iterable[str]:
        """The unit itself and everything above it, nearest first."""
        seen: set[str] = set()
        current: str | None = unit
        while current is not None and current not in seen:
            seen.add(current)
            yield current
            home = self.home(current)
            current = home if home != current else self.parent(current, day)

    def custodian(self, unit: str, day: date, enrolled: set[str] | None = None) -> str:
        """Who keeps the records about a unit: the nearest enrolled one at or above it, the highest where none is.

        `enrolled` replaces those enrolled by the day.
        """
        last = unit
        for last in self.above(unit, day):
            if last in (self.enrolled if enrolled is None else enrolled) and last not in self.endings:
                break
        return last

    def _is_gone(self, unit: str, day: date) -> bool:
        return unit in self.endings or self.begins.get(unit, date.min) > day

    def _beyond(self, gone: str) -> str | None:
        ending = self.endings.get(gone)
        return (ending.heir or ending.under) if ending else self.places.get(gone)
