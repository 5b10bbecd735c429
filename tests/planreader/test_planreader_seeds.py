"""The five real plans against what a careful reader took out of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.planreader import measure

SEEDS = sorted((measure.SHARED / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(not SEEDS, reason="the real plans of ../shared are not on this machine")


def truth_of(seed: Path) -> measure.Json:
    return measure.truth(measure.SHARED / "truth" / f"{seed.name[:3]}.json")


def test_header_and_targets_of_all_seeds() -> None:
    total = sum((measure.score(measure.read(seed), truth_of(seed)) for seed in SEEDS), measure.Score())
    assert total.wanted == 26
    assert total.f1 >= 0.95
    assert total.header >= 0.95


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: str(seed.name[:3]))
def test_nothing_is_invented(seed: Path) -> None:
    read = measure.read(seed)
    printed = " ".join(seed.read_text("utf-8").replace("*", "").split())
    quoted = [item["text"] for key in ("targets", "numbers", "deadlines", "reporting", "phases", "activities")
              for item in read[key]]  # fmt: skip
    assert [text for text in (*quoted, *read["recipients"]) if " ".join(text.split()) not in printed] == []
    for item in (*read["targets"], *read["numbers"]):
        assert read["text"][slice(*item["span"])] == item["text"]


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("deadlines", ("text", "date", "relation", "to", "via")),
        ("reporting", ("to", "cadence")),
        ("phases", ("name", "text", "start", "end")),
        ("activities", ("text", "lead")),
    ],
)
def test_what_else_the_plans_hold(key: str, fields: tuple[str, ...]) -> None:
    """Phases, activities with leads and duties of all five; the receiver is compared by its abbreviated name."""

    def facts(found: measure.Json) -> list[object]:
        return [[_spelled(item.get(field)) for field in fields] for item in found.get(key, ())]

    for seed in SEEDS:
        assert facts(measure.read(seed)) == facts(truth_of(seed)), seed.name


def _spelled(value: object) -> object:
    return value.replace("Liên đoàn Lao động", "LĐLĐ") if isinstance(value, str) else value
