"""Canonical JSON is RFC 8785's, compared with another maker's implementation over everything that is allowed."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, NamedTuple

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.domain.canonical import DEEPEST, LARGEST_INTEGER, canonical, canonical_each

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
scalars = st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | text
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=5),
    max_leaves=20,
)


@given(values)
def test_equals_another_makers_bytes(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(st.lists(st.dictionaries(text, values, max_size=5), max_size=4))
def test_many_are_as_one_by_one(many: list[dict[str, Any]]) -> None:
    assert canonical_each(many) == [*map(canonical, many)]


@given(values)
def test_reads_back_to_the_same_bytes(value: Any) -> None:
    data = canonical(value)
    assert canonical(json.loads(data)) == data


def test_keys_are_ordered_by_utf16_not_by_code_point() -> None:
    beyond, private = "\U0001f600", "\ue000"  # a surrogate pair sorts before U+E000
    assert canonical({private: 1, beyond: 2}) == f'{{"{beyond}":2,"{private}":1}}'.encode()


class Word(StrEnum):
    ONE = "một"


class Pair(NamedTuple):
    left: int
    right: str


def test_what_is_made_from_an_allowed_type_counts_as_it() -> None:
    assert canonical({Word.ONE: Word.ONE, "pair": Pair(1, "a")}) == canonical({"một": "một", "pair": [1, "a"]})


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def test_deepest_value_allowed() -> None:
    assert canonical(nested(DEEPEST)) == b"[" * DEEPEST + b"1" + b"]" * DEEPEST


REFUSED = {
    "fraction": (1.5, TypeError),
    "not a number": (float("nan"), TypeError),
    "bytes": (b"a", TypeError),
    "set": ({1}, TypeError),
    "number as a key": ({1: "a"}, TypeError),
    "fraction inside": ({"a": [1, {"b": 0.1}]}, TypeError),
    "too large": (LARGEST_INTEGER + 1, ValueError),
    "too small": (-LARGEST_INTEGER - 1, ValueError),
    "half a letter": ("\ud800", ValueError),
    "half a letter as a key": ({"\udfff": 1}, ValueError),
    "too deep": (nested(DEEPEST + 1), ValueError),
    "deep enough for a stack overflow": (nested(900), ValueError),
}


@pytest.mark.parametrize(("value", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_has_no_canonical_form(value: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical(value)


@pytest.mark.parametrize(("value", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_none_of_many_has_another_form(value: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical_each([{"a": 1}, {"a": value}])
