"""The word lists of `resources/planreader`: data, so that a new word needs no new rule."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from congdoan_desktop import paths


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((paths.resources() / "planreader" / "words.toml").read_text("utf-8"))


def listed(name: str) -> tuple[str, ...]:
    """A list of words, the longer before the shorter, as a pattern needs them."""
    return tuple(sorted(_tables()[name], key=len, reverse=True))


def comparisons() -> Mapping[str, str]:
    """Words in front of a number -> gt, gte, lt, lte or eq; the longer before the shorter."""
    pairs = [(words, op) for op, many in _tables()["comparisons"].items() for words in many]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def misprints() -> Mapping[str, str]:
    """What scanners and typists make of words -> what was meant."""
    return dict(_tables()["misprints"])
