"""Offices made by `congdoan init`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from congdoan_desktop.cli.answer import Answer
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.org_chart import EVENT_NAMES
from congdoan_desktop.services.org_preview import DEED_NAMES
from congdoan_desktop.storage.projections import KINDS
from tests.cli.terminals import UNION, Open, Terminal, add_grassroots, words_of

if TYPE_CHECKING:
    from congdoan_desktop.storage.keyring import KdfCost


@pytest.fixture
def open_office(tmp_path: Path, cheap_kdf: KdfCost, capsys: pytest.CaptureFixture[str]) -> Open:
    """`open_office("p", PROVINCE)` makes an office by `init`."""

    def make(name: str, options: dict[str, str]) -> Terminal:
        terminal = Terminal(tmp_path / name, cheap_kdf, capsys)
        terminal.get("init", *words_of(options))
        return terminal

    return make


@pytest.fixture
def union(open_office: Open) -> Terminal:
    """A commune union with three CĐCS."""
    terminal = open_office("union", UNION)
    add_grassroots(terminal)
    return terminal


# What people see is Vietnamese: no code of the program stands in a cell of any table that a test asks for.


@pytest.fixture(autouse=True)
def words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    written = Answer.json

    def looked_through(answer: Answer) -> str:
        found = sorted(codes() & set(words_in(answer)))
        assert not found, f"codes in a table that people see: {found}"
        return written(answer)

    monkeypatch.setattr(Answer, "json", looked_through)


def codes() -> frozenset[str]:
    states = (member.value for enum in StrEnum.__subclasses__() if "congdoan" in enum.__module__ for member in enum)
    parts = (part.name for kind in KINDS.values() for part in fields(kind))  # type: ignore[arg-type]  # every record is a dataclass
    entries = (code for list_ in catalogue().lists for code in catalogue().codes(list_) if "_" in code)
    return frozenset((*states, *parts, *entries, *KINDS, *EVENT_NAMES, *DEED_NAMES))


def words_in(answer: Answer) -> Iterator[str]:
    data: Any = answer.data
    tables = [([data] if isinstance(data, Mapping) else data, answer.columns)]
    tables += [(data[part.key], part.columns) for part in answer.parts]
    for rows, columns in tables:
        for value in (row.get(column.key) for row in rows for column in columns):
            for one in value if isinstance(value, list | tuple) else (value,):
                yield from re.split(r"[:;,]\s|\s→\s", str(one))
