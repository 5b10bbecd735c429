"""Strict reading of canonical JSON."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import hypothesis.strategies as st
import pytest
from hypothesis import given

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages import fields
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_canonical_json_is_read(value: object) -> None:
    assert fields.parse(canonical(value)) == value  # type: ignore[arg-type]


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Malformed):
        assert canonical(fields.parse(data)) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" {}",
        b"{}\n",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b"9" * 5000,
        b"\xef\xbb\xbf{}",
        '{"a":1}'.encode("utf-16"),
        b'"\xff"',
        b"[" * 100_000,
        b"[" * 33 + b"]" * 33,
        b'{"a":' * 33 + b"1" + b"}" * 33,
    ],
)
def test_other_forms_are_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        fields.parse(data)


def test_nesting_up_to_the_limit() -> None:
    assert fields.parse(b"[" * 32 + b"]" * 32)


TEXT, COUNT = fields.text(5), fields.integer(0, 9)
VALUES: list[tuple[Callable[[object], object], object, bool]] = [
    (TEXT, "Hoa", True),
    (TEXT, "", False),
    (fields.text(5, empty=True), "", True),
    (TEXT, "Hoa Hoa", False),
    (TEXT, 5, False),
    (TEXT, None, False),
    (TEXT, "Ho\u0061\u0301", False),
    (TEXT, "a\nb", False),
    (fields.text(5, several_lines=True), "a\nb", True),
    (fields.text(5, several_lines=True), "a\rb", False),
    (TEXT, "a\x7f", False),
    (TEXT, "a\u202eb", False),
    (TEXT, "a\u2066b", False),
    (TEXT, "a\u2028b", False),
    (COUNT, 9, True),
    (COUNT, 10, False),
    (COUNT, -1, False),
    (COUNT, True, False),
    (COUNT, "1", False),
    (COUNT, 1.0, False),
    (fields.boolean, True, True),
    (fields.boolean, 1, False),
    (fields.day, "2024-02-29", True),
    (fields.day, "2025-02-29", False),
    (fields.day, "20250228", False),
    (fields.day, "2025-2-28", False),
    (fields.day, "٢٠٢٥-02-28", False),
    (fields.day, 20250228, False),
    (fields.moment, "2025-06-30T17:05:00+07:00", True),
    (fields.moment, "2025-06-30T17:05:00Z", False),
    (fields.moment, "2025-06-30T17:05:00", False),
    (fields.moment, "2025-06-30T25:05:00+07:00", False),
    (fields.moment, None, False),
    (fields.uuid, "0192a3b4-0001-7000-8000-00000000000a", True),
    (fields.uuid, "0192A3B4-0001-7000-8000-00000000000A", False),
    (fields.uuid, "0192a3b4000170008000000000000000000a", False),
    (fields.hex64, "0" * 64, True),
    (fields.hex64, "0" * 63, False),
    (fields.hex64, "0" * 64 + "\n", False),
    (fields.hex64, None, False),
    (fields.code, "CDX-1", True),
    (fields.code, "CĐX", False),
    (fields.realm, "sample", True),
    (fields.realm, "Real", False),
    (fields.realm, ["real"], False),
    (fields.name(3), "a_b", True),
    (fields.name(3), "abcd", False),
    (fields.name(3), "a b", False),
    (fields.optional(COUNT), None, True),
    (fields.optional(COUNT), 10, False),
    (fields.listed(COUNT, 2), [1, 2], True),
    (fields.listed(COUNT, 2), [1, 2, 3], False),
    (fields.listed(COUNT, 2), [10], False),
    (fields.listed(COUNT, 2, least=1), [], False),
    (fields.listed(COUNT, 2), "12", False),
    (fields.version, "1.0", True),
    (fields.version, "1.27", True),
    (fields.version, "1", False),
    (fields.version, "01.0", False),
    (fields.version, 1, False),
    (fields.schema, 1, True),
    (fields.schema, 0, False),
    (fields.schema, "1", False),
]


@pytest.mark.parametrize(("reader", "value", "good"), VALUES)
def test_values(reader: Callable[[object], object], value: object, good: bool) -> None:
    if good:
        reader(value)
    else:
        with pytest.raises(Malformed):
            reader(value)


@pytest.mark.parametrize("version", ["0.9", "2.0", "9999.9999"])
def test_another_major_version_names_what_is_needed(version: str) -> None:
    with pytest.raises(PackageRefused) as caught:
        fields.version(version)
    assert caught.value.reason is Reason.NEWER
    assert version in caught.value.what


def test_a_newer_schema_asks_for_a_newer_program() -> None:
    with pytest.raises(PackageRefused) as caught:
        fields.schema(2)
    assert caught.value.reason is Reason.NEWER


def test_fields_are_taken_once_and_the_rest_is_kept_or_refused() -> None:
    raw = fields.Fields({"a": 1, "b": 2})
    assert raw.take("a", COUNT) == 1
    assert raw.rest() == {"b": 2}
    with pytest.raises(Malformed, match="unknown"):
        raw.close()
    with pytest.raises(Malformed, match="a: missing"):
        raw.take("a", COUNT)
    with pytest.raises(Malformed, match="b: not a boolean"):
        raw.take("b", fields.boolean)


def test_only_objects_have_fields() -> None:
    with pytest.raises(Malformed):
        fields.Fields([])
