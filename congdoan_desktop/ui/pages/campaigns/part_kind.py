"""What the editor of one kind of a plan's parts must know: its words, its columns, and the way to the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.pages.entry.day_field import Today, day_field
from congdoan_desktop.ui.pages.entry.values import text

__all__ = ["PartKind", "Today", "day_field", "departments", "one_line"]


@dataclass(frozen=True, slots=True)
class PartKind:
    """`key` is the campaign's field. `part` gets the form's values and the part they replace, None for a new one."""

    key: str
    title: str
    """Of its tab."""
    one: str
    """One of them inside a sentence: "chỉ tiêu"."""
    icon: str
    belongs: str
    """What belongs here, said by the empty table."""
    columns: tuple[Column, ...]
    form: Callable[[Today], Form]
    row: Callable[[Any], dict[str, object]]
    part: Callable[[Values, Any], Any]
    values: Callable[[Any], Values]
    shown: Callable[[Form, dict[str, object]], dict[str, object]] = lambda _form, row: row
    """The row with what the form alone knows of it."""


def departments() -> list[Option]:
    return [Option(entry.name, entry.name) for entry in catalogue().entries("departments")]


def one_line(value: object) -> str:
    """What is one line on paper, also when it was pasted with the line ends of a page."""
    return " ".join(text(value).split())
