"""Offices made by `congdoan init`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
