"""The fields a kind of activity has beyond the common ones: from the catalogue, into the record and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from congdoan_desktop.domain.activities import Activity, Detail
from congdoan_desktop.domain.activity_kinds import OF_RECORD, KindField, fields_of, validate_kind, value_of, with_values
from congdoan_desktop.domain.catalogue import Entry
from congdoan_desktop.domain.records import field_types
from congdoan_desktop.services.catalogues import catalogue

KINDS = catalogue().entries("activity_kinds")
DAY = date(2025, 4, 2)
ACTIVITY = Activity("u", None, "thoa_uoc", DAY, DAY, 40, 22, 0, None, False, "Ký thỏa ước")
SAMPLE: dict[str, Any] = {
    "count": 3, "day": date(2028, 4, 1), "code": "01/TƯLĐTT", "level": "tinh", "people": ("p",), "workplace": "w",
    "yes_no": True,
}  # fmt: skip


def kind(code: str) -> Entry:
    found = catalogue().entry("activity_kinds", code)
    assert found is not None
    return found


@pytest.mark.parametrize("entry", KINDS, ids=lambda entry: entry.code)
def test_what_is_put_into_the_fields_comes_out_again(entry: Entry) -> None:
    fields = fields_of(entry)
    assert len(fields) == len(entry.more.get("field", []))
    values = {field.name: field.choices[0][0] if field.choices else SAMPLE[field.type] for field in fields}
    kept = replace(ACTIVITY, **with_values(ACTIVITY, fields, values))
    assert {field.name: value_of(kept, field) for field in fields} == values
    assert not [finding for finding in validate_kind(kept, entry) if not finding.warning]


@pytest.mark.parametrize("entry", KINDS, ids=lambda entry: entry.code)
def test_groups_and_fields_of_the_record_exist(entry: Entry) -> None:
    assert catalogue().entry("task_groups", entry.more["group"]) is not None
    assert entry.more["subject"] in ("unit", "workplace")
    assert field_types(Activity).keys() >= OF_RECORD


def test_another_kind_leaves_nothing_of_the_first_behind() -> None:
    agreement = fields_of(kind("thoa_uoc"))
    signed = replace(ACTIVITY, **with_values(ACTIVITY, agreement, {"grade": "a", "until": date(2028, 1, 1)}))
    meal = replace(signed, **with_values(signed, fields_of(kind("bua_com")), {"members": 5}))
    assert (meal.grade, meal.until, meal.members) == ("", None, 5)


def test_a_detail_that_a_newer_program_wrote_stays() -> None:
    old = replace(ACTIVITY, details=(Detail("of_tomorrow", "x"),))
    kept = with_values(old, fields_of(kind("thoa_uoc")), {"better": True})
    assert kept["details"] == (Detail("of_tomorrow", "x"), Detail("better", "yes"))


@pytest.mark.parametrize(
    ("code", "given", "found"),
    [
        ("thoa_uoc", {}, {"action", "until"}),
        ("thoa_uoc", {"until": date(2025, 1, 1), "details": (Detail("action", "ky"),)}, {"until"}),
        ("thoa_uoc", {"until": date(2028, 1, 1), "details": (Detail("action", "khac"),)}, {"action"}),
        ("ket_nap", {"count": -1}, {"count"}),
        ("ket_nap", {"count": 5, "number": "số 5 của xã"}, {"number"}),
        ("bua_com", {"members": 41}, {"members"}),
        ("the_thao", {}, set()),
    ],
)
def test_findings_of_a_kind(code: str, given: dict[str, Any], found: set[str]) -> None:
    assert {finding.field for finding in validate_kind(replace(ACTIVITY, **given), kind(code))} == found


@pytest.mark.parametrize("type_", ["count", "day"])
def test_a_detail_that_a_sender_wrote_wrong_is_shown_as_absent(type_: str) -> None:
    field = KindField("better", "Mục", type_)
    assert value_of(replace(ACTIVITY, details=(Detail("better", "x"),)), field) is None
