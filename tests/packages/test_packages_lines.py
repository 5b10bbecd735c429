"""Sealed lines one by one."""

from __future__ import annotations

import tracemalloc
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages import lines
from congdoan_desktop.packages.refusals import Malformed
from tests.packages.offices import PERSONAL, UNION, revision_line

BINDING: dict[str, Any] = {"line": "binding"}
PLAIN, NAMED = revision_line(UNION.unit), revision_line(UNION.unit, PERSONAL)


def joined(*content: dict[str, Any]) -> bytes:
    return lines.join((BINDING, *content))


@given(st.lists(st.sampled_from([PLAIN, NAMED, {"line": "later", "x": [1]}]), max_size=6))
def test_what_is_joined_is_parsed(content: list[dict[str, Any]]) -> None:
    sealed = joined(*content)
    assert lines.check(sealed) == []
    assert lines.binding(sealed) == BINDING
    assert list(lines.parsed(sealed)) == content


def test_receipts_are_handed_out() -> None:
    assert lines.check(joined({"line": "receipt"}, PLAIN)) == [{"line": "receipt"}]


def test_a_revision_whose_personal_part_was_erased_passes() -> None:
    assert lines.check(joined({**NAMED, "personal": None, "salt": None})) == []


WRONG: dict[str, bytes] = {
    "empty": b"",
    "no newline": joined(PLAIN)[:-1],
    "blank line": joined() + b"\n",
    "not JSON": joined() + b"name;amount\n",
    "not an object": joined() + b"[]\n",
    "not canonical": joined() + b'{"line": "later"}\n',
    "no kind": joined({"x": 1}),
    "kind not text": joined({"line": 1}),
    "second binding": joined(BINDING),
    "too long": joined({"line": "later", "x": "a" * lines.LARGEST_LINE}),
    "revision without a body": joined({"line": "revision", "salt": None, "personal": None}),
    "revision with more": joined({**PLAIN, "colour": 1}),
    "body not text": joined({**PLAIN, "body": {}}),
    "body not canonical": joined({**PLAIN, "body": PLAIN["body"] + " "}),
    "body not an object": joined({**PLAIN, "body": "[]"}),
    "body without personal_hash": joined({**PLAIN, "body": "{}"}),
    "personal_hash of another kind": joined({**PLAIN, "body": canonical({"personal_hash": 1}).decode()}),
    "personal without salt": joined({**NAMED, "salt": None}),
    "salt without personal": joined({**NAMED, "personal": None}),
    "short salt": joined({**NAMED, "salt": "00"}),
    "other salt": joined({**NAMED, "salt": "ff" * 16}),
    "other personal": joined({**NAMED, "personal": {**PERSONAL, "name": "Nguyễn Thị Ánh "}}),
    "personal not an object": joined({**NAMED, "personal": "Ánh"}),
    "personal of a revision that has none": joined({**NAMED, "body": PLAIN["body"]}),
}


@pytest.mark.parametrize("case", WRONG)
def test_other_lines_are_refused(case: str) -> None:
    with pytest.raises(Malformed):
        lines.check(WRONG[case])


def test_lines_without_number_are_not_gathered_before_the_first_is_looked_at() -> None:
    sealed = joined() + b"{}\n" * 1_000_000
    tracemalloc.start()
    with pytest.raises(Malformed):
        lines.check(sealed)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 1_000_000


def test_binding_must_be_an_object() -> None:
    with pytest.raises(Malformed):
        lines.binding(b"[]\n")
