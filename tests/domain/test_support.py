"""Support records: the decision is a number and code, never prose about somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congdoan_desktop.domain.support import SupportRecord, validate_support

TODAY = date(2024, 7, 29)
GOOD = SupportRecord("u", "p", None, "om_dau", "tham_hoi", 500_000, 0, "quy_xa_hoi", date(2024, 7, 1))


@pytest.mark.parametrize("decision", ["", "12/QĐ-CĐX", "07c/NQ-BCH", "0125/QĐ-LĐLĐ", "233-CTr/TU", "12/CSPL&QHLĐ"])
def test_a_number_and_code(decision: str) -> None:
    assert validate_support(replace(GOOD, decision=decision), TODAY) == ()


@pytest.mark.parametrize("decision", ["12/QĐ cho chị Hoa", "theo biên bản họp", "x" * 41])
def test_prose_belongs_into_the_note(decision: str) -> None:
    (finding,) = validate_support(replace(GOOD, decision=decision), TODAY)
    assert finding.field == "decision"
    assert not finding.warning
