"""Plans of the genre in our own words, each with what a careful reader takes out of it.

They were written before the reader was tried on them; what they hold beside targets (quotas, anniversaries, awards,
amounts, results of last year) must come out with another role.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.planreader import measure

PLANS = sorted(measure.FIXTURES.glob("*.txt"))


@pytest.fixture(params=PLANS, ids=lambda plan: str(plan.stem))
def plan(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_header_and_targets(plan: Path) -> None:
    read, wanted = measure.read(plan), measure.truth(plan.with_suffix(".json"))
    found = measure.score(read, wanted)
    assert [(name, got) for name, got, want in measure.header_fields(read, wanted) if got != want] == []
    assert (found.right, found.found) == (found.wanted, found.wanted)


def test_every_quotation_stands_at_its_place(plan: Path) -> None:
    read = measure.read(plan)
    for key in ("targets", "numbers", "deadlines", "reporting", "phases", "activities", "corrections"):
        for item in read[key]:
            assert read["text"][slice(*item["span"])] == item["text"]


@pytest.mark.parametrize(("key", "fields"), [("deadlines", ("date", "relation")), ("phases", ("name", "start", "end")),
                                             ("corrections", ("text", "suggestion"))])  # fmt: skip
def test_dates_and_damage(plan: Path, key: str, fields: tuple[str, ...]) -> None:
    read, wanted = measure.read(plan), measure.truth(plan.with_suffix(".json"))
    found = {tuple(item[field] for field in fields) for item in read[key]}
    assert found >= {tuple(item[field] for field in fields) for item in wanted.get(key, ())}
