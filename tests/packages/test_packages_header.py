"""The header: every field typed, unknown ones kept, another version named."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages import names
from congdoan_desktop.packages.header import Header, Period
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason
from tests.packages.offices import PERIOD, PROVINCE, UNION, header

REPORT = header(UNION, PROVINCE, "report", period=PERIOD, report_id="ef" * 32, sealed_size=9, counts={"revision": 2})
PLAN = header(PROVINCE, None, "plan")
RAW: dict[str, Any] = json.loads(REPORT.to_bytes())


def with_changes(**changes: object) -> bytes:
    return canonical({name: value for name, value in {**RAW, **changes}.items() if value is not ...})


@pytest.mark.parametrize("made", [REPORT, PLAN, header(UNION, None, "enrolment", log_head=None, officer_title="")])
def test_what_is_written_is_read(made: Header) -> None:
    assert Header.from_bytes(made.to_bytes()) == made


def test_top_folder_comes_from_the_header() -> None:
    assert REPORT.top == "report-CDX-THANUYEN-00000202-1"


def test_fields_of_a_later_minor_version_are_kept() -> None:
    later = with_changes(format="1.3", colour={"depth": [1]})
    read = Header.from_bytes(later)
    assert read.extra == {"colour": {"depth": [1]}}
    assert read.to_bytes() == later


def test_another_major_version_is_refused_by_name() -> None:
    with pytest.raises(PackageRefused) as caught:
        Header.from_bytes(with_changes(format="2.1", kind="letter"))
    assert caught.value.reason is Reason.NEWER
    assert "2.1" in caught.value.what


@pytest.mark.parametrize("name", sorted(RAW))
def test_every_field_is_needed(name: str) -> None:
    with pytest.raises(Malformed, match=f"{name}: missing"):
        Header.from_bytes(with_changes(**{name: ...}))


@pytest.mark.parametrize("name", sorted(RAW))
@pytest.mark.parametrize("value", [1.5, [], {}, "", "\u202e", -1, True], ids=repr)
def test_every_field_is_typed(name: str, value: object) -> None:
    fits = (name == "counts" and value == {}) or (name == "clock_suspect" and value is True)
    data = json.dumps({**RAW, name: value}, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    if fits:
        Header.from_bytes(data)
    else:
        with pytest.raises(Malformed):
            Header.from_bytes(data)


PARTY = RAW["sender"]
WRONG: list[dict[str, object]] = [
    {"sender": None},
    {"sender": {**PARTY, "colour": 1}},
    {"sender": {"unit": PARTY["unit"], "code": PARTY["code"]}},
    {"sender": {**PARTY, "name": "a" * 201}},
    {"sender": {**PARTY, "code": "cdx"}},
    {"receiver": {**PARTY, "unit": "x"}},
    {"receiver": None},
    {"period": None},
    {"period": {**RAW["period"], "ends": "2025-03-31"}},
    {"period": {**RAW["period"], "ends": "2025-06-31"}},
    {"period": {**RAW["period"], "colour": 1}},
    {"kind": "letter"},
    {"realm": "test"},
    {"seq": 0},
    {"seq": 1_000_000},
    {"seq": 2},
    {"previous": "ab" * 32},
    {"officer": {**RAW["officer"], "key": "ab"}},
    {"officer": {**RAW["officer"], "phone": "1"}},
    {"counts": {"a b": 1}},
    {"counts": {"a": -1}},
    {"counts": {f"a{n}": 1 for n in range(101)}},
    {"sealed_size": names.LARGEST_PACKAGE + 1},
    {"made_at": "2025-06-30"},
    {"about": "a b"},
    {"about": "a" * 101},
    {"kind": "receipt", "about": None},
    {"kind": "receipt", "about": "cd" * 31},
]


@pytest.mark.parametrize("changes", WRONG)
def test_what_a_header_may_not_say(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        Header.from_bytes(with_changes(**changes))


def test_the_unchanged_header_is_read() -> None:
    """Teeth of the tables above."""
    assert Header.from_bytes(with_changes()) == REPORT
    assert Header.from_bytes(with_changes(seq=2, previous="ab" * 32)).seq == 2
    assert Header.from_bytes(with_changes(kind="receipt", about="cd" * 32)).kind == "receipt"


@pytest.mark.parametrize(
    "made",
    [
        replace(REPORT, officer_name=""),
        replace(REPORT, period=Period("2025-07-01", "2025-06-30", "Quý II")),
        replace(REPORT, receiver=None),
    ],
)
def test_a_wrong_header_is_not_written(made: Header) -> None:
    with pytest.raises(Malformed):
        made.to_bytes()


def test_binding_repeats_what_ties_the_records_to_the_header() -> None:
    binding = REPORT.binding()
    assert set(binding) == {"line", "key", "kind", "realm", "sender", "receiver", "period", "feed", "seq"}
    assert binding == {**{name: RAW.get(name) for name in binding}, "line": "binding", "key": UNION.key_id}
