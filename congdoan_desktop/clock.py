"""The clock, replaceable in tests. Times annotate what happened; they never order or decide anything."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
EARLIEST_BELIEVABLE = datetime(2024, 1, 1, tzinfo=UTC)
_LATEST_BELIEVABLE = datetime(2060, 1, 1, tzinfo=UTC)


class Clock:
    """The system clock in Vietnam's zone."""

    def now(self) -> datetime:
        return datetime.now(VIETNAM).replace(microsecond=0)

    def today(self) -> date:
        return self.now().date()

    def suspect(self) -> bool:
        """Whether the claimed time cannot be right (a laptop whose clock battery died, for instance)."""
        return not EARLIEST_BELIEVABLE <= self.now() < _LATEST_BELIEVABLE


class FixedClock(Clock):
    """A clock that stands still until told otherwise."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at
