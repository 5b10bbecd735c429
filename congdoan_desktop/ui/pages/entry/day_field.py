"""A field for a day as officers type it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from congdoan_desktop.domain.dates import parse_day, short_date
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.pages.entry.values import day

Today = Callable[[], date]


def day_field(name: str, caption: str, today: Today, *, required: bool = False) -> DateField:
    def read(typed: str) -> date:
        return parse_day(typed, today=today())

    return DateField(name, caption, read, lambda value: short_date(day(value)), required=required)
