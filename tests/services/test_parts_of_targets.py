"""The criteria of a target, each alone: only where all who reported counted the same ones."""

from __future__ import annotations

import pytest

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.indicators import Criterion, Definition
from congdoan_desktop.services import campaign_ledger
from congdoan_desktop.services.evaluation import Cell, Evaluated
from congdoan_desktop.services.evaluation.figures import judged

BOTH = Definition("T", "Hai việc", "unions", (), (Criterion("Một", "activity", ()), Criterion("Hai", "rating", ())))
TARGET = Target("t", "hai việc", "T", "gte", 50, "%", "")


@pytest.mark.parametrize(("parts", "known"), [((1, 2), [1, 2]), ((), []), ((1,), []), ((1, 2, 3), [])])
def test_a_report_by_another_definition_is_told_as_a_whole(parts: tuple[int, ...], known: list[int]) -> None:
    one = Evaluated(TARGET, BOTH, {"a": Cell(1, 2, parts), "b": Cell(0, 1, (0, 0))})
    assert [result.numerator for _, result in campaign_ledger._parts(one)] == known


def test_a_comparison_that_a_newer_program_knows_is_not_judged() -> None:
    target = Target("t", "Chênh không quá 5%", "I01", "about", 5, "%", "Khoảng 5%")
    assert judged(Evaluated(target, None), 1, 2) is None
