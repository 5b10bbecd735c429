"""Enrolment, figures and receipts as files and lines."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.packages.bodies import Ended, Enrolment, Figures, Receipt, RowFinding
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason
from congdoan_desktop.packages.trust import FeedMark
from tests.packages.offices import (
    ENDED,
    NOT_ENDED,
    PROVINCE,
    SECOND_CHAIR,
    SIBLING,
    UNION,
    enrolment_body,
    figures,
    receipt_of,
    revision,
)

BODY = enrolment_body(UNION, SECOND_CHAIR)
RAW: dict[str, Any] = json.loads(BODY.to_bytes())
FIGURES = figures()
RECEIPT = receipt_of(
    "cd" * 32,
    verdict="returned",
    report_id="ef" * 32,
    findings=(RowFinding("Thiếu số quyết định", record="r1", field="decision"), RowFinding("Xem lại")),
    gaps=(2, 3),
    deadline="2025-07-15",
    note="Gửi lại trước hạn",
    new=3,
    extra={"colour": 1},
)
LINE = RECEIPT.line()


def changed(raw: dict[str, Any], **changes: object) -> dict[str, Any]:
    return {name: value for name, value in {**raw, **changes}.items() if value is not ...}


def test_enrolment_is_read_back() -> None:
    assert Enrolment.from_bytes(BODY.to_bytes()) == BODY
    with_recovery = replace(BODY, recovery=PROVINCE.age[1])
    assert Enrolment.from_bytes(with_recovery.to_bytes()) == with_recovery
    assert Enrolment.from_bytes(canonical(changed(RAW, colour=1))) == BODY


def test_a_key_is_given_up_with_the_numbers_from_which_it_counts_no_more() -> None:
    told = replace(BODY, ended=(Ended(SECOND_CHAIR.key_id, (FeedMark(UNION.feed, 8),)),))
    assert json.loads(told.to_bytes())["ended"] == ENDED
    assert Enrolment.from_bytes(told.to_bytes()) == told
    with pytest.raises(Malformed, match="not among them"):
        replace(told, keys=(UNION.key,)).to_bytes()


OFFICER = RAW["officers"][0]
ENROLMENTS: list[dict[str, object]] = [
    *(dict[str, object]({name: ...}) for name in RAW),
    {"officers": []},
    {"officers": [OFFICER] * 2},
    {"officers": [OFFICER] * 10},
    {"officers": [{**OFFICER, "colour": 1}]},
    {"officers": [{**OFFICER, "key_id": "ab" * 32}]},
    {"officers": [{**OFFICER, "age": "x"}]},
    {"unit": SIBLING.unit},
    {"unit_revision": 5},
    {"unit_revision": "{}"},
    {"unit_revision": RAW["unit_revision"] + " "},
    {"unit_revision": revision(UNION.unit, None, "person", UNION.unit).body.decode()},
    {"unit_revision": revision(UNION.unit, None, "unit").body.decode()},
    {"unit_revision": revision(SIBLING.unit, None, "unit", SIBLING.unit).body.decode()},
    {"recovery": "age1"},
    {"realm": "test"},
    *({"ended": ended} for ended in NOT_ENDED),
]


@pytest.mark.parametrize("changes", ENROLMENTS)
def test_what_an_enrolment_may_not_say(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        Enrolment.from_bytes(canonical(changed(RAW, **changes)))


@pytest.mark.parametrize(
    "body",
    [
        enrolment_body(UNION, SIBLING),
        replace(BODY, keys=(UNION.key, replace(SECOND_CHAIR.key, revoked_from=()))),
        replace(BODY, revision=revision(SIBLING.unit, None, "unit", SIBLING.unit)),
    ],
)
def test_a_wrong_enrolment_is_not_written(body: Enrolment) -> None:
    with pytest.raises(Malformed):
        body.to_bytes()


def test_figures_are_read() -> None:
    read = Figures.from_bytes(canonical(FIGURES))
    assert (read.unit, read.starts, read.structure_date) == (UNION.unit, "2025-04-01", "2025-06-30")
    assert [(f.numerator, f.denominator) for f in read.figures] == [(85, 100), (12, None)]
    assert Figures.from_bytes(canonical(changed(FIGURES, colour=1))) == read


ROW = FIGURES["figures"][0]
FIGURE_FILES: list[dict[str, object]] = [
    *(dict[str, object]({name: ...}) for name in FIGURES),
    {"figures": [ROW, ROW]},
    {"figures": [{**ROW, "numerator": "85"}]},
    {"figures": [{**ROW, "denominator": -1}]},
    {"figures": [{**ROW, "percent": 85}]},
    {"figures": [{"target": "t"}]},
    {"figures": ["85%"]},
    {"starts": "01/04/2025"},
    {"unit": "x"},
    {"schema": 0},
]


@pytest.mark.parametrize("changes", FIGURE_FILES)
def test_what_figures_may_not_say(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        Figures.from_bytes(canonical(changed(FIGURES, **changes)))


def test_newer_figures_ask_for_a_newer_program() -> None:
    with pytest.raises(PackageRefused) as caught:
        Figures.from_bytes(canonical(changed(FIGURES, schema=2)))
    assert caught.value.reason is Reason.NEWER


def test_receipt_is_read_back() -> None:
    assert Receipt.of_line(json.loads(canonical(LINE))) == RECEIPT


RECEIPTS: list[dict[str, object]] = [
    *(dict[str, object]({name: ...}) for name in LINE if name != "colour"),
    {"line": "revision"},
    {"verdict": "maybe"},
    {"package_id": "cd"},
    {"gaps": [0]},
    {"gaps": list(range(1, 1002))},
    {"findings": [{"message": "x"}]},
    {"findings": [{**LINE["findings"][0], "colour": 1}]},
    {"findings": "none"},
    {"deadline": "15/7"},
    {"note": None},
    {"new": -1},
]


@pytest.mark.parametrize("changes", RECEIPTS)
def test_what_a_receipt_may_not_say(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        Receipt.of_line(changed(LINE, **changes))


def test_a_wrong_receipt_is_not_written() -> None:
    with pytest.raises(Malformed):
        replace(RECEIPT, verdict="maybe").line()
