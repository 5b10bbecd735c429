"""What was typed behind a command, read as the forms of the window read it: days, money, counts, catalogue entries.

All findings are gathered; `settle` raises them together, so nobody corrects one field to learn of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from congdoan_desktop.domain.dates import parse_day
from congdoan_desktop.domain.money import parse_count, parse_money
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.errors import AppError, Finding, ValidationError

T = TypeVar("T")


class Given:
    """The values of a command's options by name, dashes as underscores."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._findings: list[Finding] = []

    def has(self, name: str) -> bool:
        return self._values.get(name) is not None

    def flag(self, name: str) -> bool:
        return bool(self._values.get(name))

    def text(self, name: str, otherwise: str = "") -> str:
        return str(self._values[name]) if self.has(name) else otherwise

    def texts(self, name: str) -> list[str]:
        return list(self._values.get(name) or ())

    def path(self, name: str) -> Path:
        return Path(self.text(name))

    def day(self, name: str, today: date, otherwise: date) -> date:
        """A day as officers type it: 5/4/2024, 05-4-2024 (rule D21)."""
        return self._read(name, lambda text: parse_day(text, today=today), otherwise)

    def money(self, name: str, otherwise: int = 0) -> int:
        """Đồng: 500.000, 500 nghìn, 1,2 triệu (rule D23)."""
        return self._read(name, parse_money, otherwise)

    def count(self, name: str, otherwise: int = 0) -> int:
        return self._read(name, parse_count, otherwise)

    def year(self, name: str) -> int | None:
        return self._read(name, _year, 0) or None

    def yes(self, name: str, otherwise: bool) -> bool:
        """The answer “có” or “không”."""
        return self._read(name, _yes_or_no, otherwise)

    def entry(self, name: str, table: str, otherwise: str = "") -> str:
        """The code of a catalogue entry, from its code, name or alias."""
        from congdoan_desktop.services.catalogues import catalogue

        def find(text: str) -> str:
            entry = catalogue().find(table, text)
            if entry is None:
                known = "; ".join(f"{code} ({catalogue().name(table, code)})" for code in catalogue().codes(table))
                raise ValueError(f"không có “{text}” trong danh mục. Chọn một trong: {known}.")
            return entry.code

        return self._read(name, find, otherwise)

    def choice(self, name: str, known: Mapping[str, str], otherwise: str) -> str:
        """One of a few words, in whatever case and with or without marks."""

        def find(text: str) -> str:
            if (key := search_key(text)) not in known:
                raise ValueError(f"chọn một trong: {'; '.join(known)}.")
            return known[key]

        return self._read(name, find, otherwise)

    def settle(self) -> None:
        """Raises: ValidationError with everything that could not be read so far."""
        if self._findings:
            raise ValidationError(tuple(self._findings))

    def _read(self, name: str, reader: Callable[[str], T], otherwise: T) -> T:
        if not self.has(name):
            return otherwise
        try:
            return reader(self.text(name))
        except AppError as error:
            self._findings.append(Finding(name, f"{_flag(name)}: {error.what} {error.todo}".strip()))
        except ValueError as error:
            self._findings.append(Finding(name, f"{_flag(name)}: {error}"))
        return otherwise


def _year(text: str) -> int:
    if not (text.isdecimal() and 1900 <= int(text[:5]) <= 2100):
        raise ValueError("gõ năm bằng bốn chữ số, ví dụ 2024.")
    return int(text)


def _yes_or_no(text: str) -> bool:
    answers = {"co": True, "khong": False}
    if (answer := search_key(text)) not in answers:
        raise ValueError("trả lời “có” hoặc “không”.")
    return answers[answer]


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")
