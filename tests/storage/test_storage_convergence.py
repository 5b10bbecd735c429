"""Laptops that exchange revisions in any order and repetition end with the same digest; a rule of arrival does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from congdoan_desktop.domain.revisions import History, Revision, settle
from congdoan_desktop.storage import weighing
from tests.storage import convergence


@pytest.fixture(scope="session")
def offices(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> type[convergence.Offices]:
    folder = tmp_path_factory.mktemp("offices")
    writers = convergence.prepare(empty_database, folder)
    return type("PreparedOffices", (convergence.Offices,), {"template": folder, "writers": writers})


def test_any_order_and_repetition_converge(offices: type[convergence.Offices], rounds: Callable[..., int]) -> None:
    examples = rounds("stories of four laptops", first=12, build=200, soak=100_000)
    steps = rounds("steps in each", first=20, build=50, soak=200)
    run_state_machine_as_test(offices, settings=settings(max_examples=examples, stateful_step_count=steps))


@pytest.mark.long
def test_six_units_on_three_levels_with_two_laptops_each(
    empty_database: Path, tmp_path: Path, rounds: Callable[..., int]
) -> None:
    writers = convergence.prepare(empty_database, tmp_path, convergence.LARGE)
    offices = type("LargeOffices", (convergence.Offices,), {"template": tmp_path, "writers": writers})
    examples = rounds("stories of six units on three levels, two laptops each", first=1, build=200, soak=100_000)
    run_state_machine_as_test(offices, settings=settings(max_examples=examples, stateful_step_count=50))


def last_to_arrive_wins(revisions: Iterable[Revision], **rest: Any) -> History:
    arrived = list(revisions)
    history = settle(arrived, **rest)
    counted = [revision for revision in arrived if revision in history.heads]
    return replace(history, winner=counted[-1]) if counted else history


def test_the_story_catches_a_winner_by_arrival(
    offices: type[convergence.Offices], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weighing, "settle", last_to_arrive_wins)
    quick = settings(
        max_examples=60, stateful_step_count=20, phases=[Phase.generate], database=None, derandomize=True,
        print_blob=False, report_multiple_bugs=False,
    )  # fmt: skip
    with pytest.raises(AssertionError):
        run_state_machine_as_test(offices, settings=quick)
