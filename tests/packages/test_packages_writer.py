"""The writer: the same content gives the same bytes, and a package the reader would refuse is not written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from congdoan_desktop.domain.canonical import sha256_hex
from congdoan_desktop.domain.figures import report_id_of
from congdoan_desktop.packages import container, names, writer
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason
from tests.packages.offices import (
    PERIOD,
    PROVINCE,
    UNION,
    enrolment,
    figures,
    header,
    plan,
    read_at,
    receipt,
    report,
    revision_line,
)


def test_same_content_same_bytes() -> None:
    assert enrolment().data == enrolment().data


def test_only_the_sealed_part_differs() -> None:
    one, two = container.unpack(report().data)[1], container.unpack(report().data)[1]
    differing = {name for name in one if one[name] != two[name]}
    sized = {names.BAG_INFO}  # age adds a few random bytes, so the sum of sizes may differ
    assert differing - sized == {names.RECORDS, names.MANIFEST, names.TAGMANIFEST, names.SIGNATURE}


def test_what_is_returned_is_what_is_inside() -> None:
    built = report()
    top, entries = container.unpack(built.data)
    assert built.file_name == f"{top}.cdpkg" == "report-CDX-THANUYEN-00000202-1.cdpkg"
    assert built.header == entries[names.HEADER]
    assert built.package_id == sha256_hex(entries[names.TAGMANIFEST])
    assert built.report_id == sha256_hex(entries[names.FIGURES]) == report_id_of(figures())
    assert plan().report_id is None


@given(st.lists(st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=3), max_size=5))
def test_any_personal_content_arrives(personals: list[dict[str, str]]) -> None:
    content = [revision_line(UNION.unit, personal) for personal in personals]
    assert [line["personal"] for line in read_at(PROVINCE, report(content).data).lines] == personals


def bare_report(**changes: Any) -> object:
    made = header(UNION, PROVINCE, "report", **{"period": PERIOD, **changes})
    return writer.build(made, signer=UNION.secret, figures=figures())


WRONG: dict[str, Callable[[], object]] = {
    "no figures": lambda: writer.build(header(UNION, PROVINCE, "report", period=PERIOD), signer=UNION.secret),
    "figures in a plan": lambda: writer.build(
        header(PROVINCE, None, "plan"), signer=PROVINCE.secret, figures=figures()
    ),
    "records for nobody": lambda: writer.build(header(PROVINCE, None, "plan"), signer=PROVINCE.secret, lines=[]),
    "a line that is none": lambda: report([{"x": 1}]),
    "a fraction": lambda: report([{"line": "x", "share": "0.5", "n": 0.5}]),
    "an officer without a name": lambda: bare_report(officer_name=""),
    "a name with a control character": lambda: bare_report(officer_title="a\nb"),
    "a feed that is no uuid": lambda: bare_report(feed="feed"),
    "a unit code with diacritics": lambda: bare_report(sender=replace(UNION.party, code="CĐX")),
    "an unknown file": lambda: writer.build(
        header(PROVINCE, None, "plan"), signer=PROVINCE.secret, clear={"data/x.json": b""}
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_content_is_not_written(case: str) -> None:
    with pytest.raises((ValueError, TypeError, PackageRefused)):
        WRONG[case]()


def test_the_right_content_is_written() -> None:
    """Teeth of the table above."""
    bare_report()
    receipt()


def test_mistakes_of_content_are_told_apart() -> None:
    with pytest.raises(PackageRefused) as caught:
        WRONG["no figures"]()
    assert caught.value.reason is Reason.CONTENTS
    with pytest.raises(Malformed):
        WRONG["a name with a control character"]()
