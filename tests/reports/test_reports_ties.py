"""A number is never torn from the name that it belongs to, in no cell of any list."""

from __future__ import annotations

import re

import pytest

from congdoan_desktop.reports.document import Table
from tests.reports.every_paper import PAPERS

_TORN = re.compile(r"\bsố \d")


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_the_number_of_a_school_stays_with_its_name(name: str) -> None:
    for section in PAPERS[name](20).sections:
        for block in section.blocks:
            cells = [cell.text for row in block.rows for cell in row] if isinstance(block, Table) else []
            assert [text for text in cells if _TORN.search(text)] == []
