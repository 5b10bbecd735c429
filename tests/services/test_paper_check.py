"""Kiểm tra bản in: the code of a printed report, as people type it, against what is known here."""

from __future__ import annotations

from pathlib import Path

import pytest

from congdoan_desktop.errors import AppError
from congdoan_desktop.packages.codes import code12
from congdoan_desktop.services import activities, incoming, outgoing, paper_check, reporting, units
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.paper_check import Standing
from congdoan_desktop.services.reporting import Prepared
from tests.services.conftest import Offices, activity, campaign, request

WAYS = (
    ("as printed", lambda code, _id: code),
    ("typed together and small", lambda code, _id: code.replace(" ", "").lower()),
    ("with hyphens", lambda code, _id: f"  {code.replace(' ', '-')}\n"),
    ("with figures for letters", lambda code, _id: code.replace("O", "0").replace("I", "1").replace("B", "8")),
    ("the QR code", lambda _code, id_: id_),
    ("the QR code in capitals", lambda _code, id_: id_.upper()),
)


def reported(offices: Offices) -> tuple[str, Prepared]:
    """A report of the union that has come to the province."""
    plan = campaign(offices.province)
    receiver = offices.union.identity.unit
    incoming.apply(offices.union, offices.carry(offices.province, outgoing.make_plan(offices.province, plan, receiver)))
    return plan, sent(offices, plan)


def sent(offices: Offices, plan: str) -> Prepared:
    made, prepared = outgoing.make_report(offices.union, request(plan), offices.province.identity.unit)
    incoming.apply(offices.province, offices.carry(offices.union, made))
    return prepared


def do_something(office: Office, plan: str) -> None:
    unit = units.add(office, name="CĐCS Trường Mường Kim", short_name="", code="CDCS-MK", kind="truong_hoc")
    activities.add(office, activity(plan), (unit,))


def test_a_report_is_found_by_its_code_on_both_sides(offices: Offices) -> None:
    _, prepared = reported(offices)
    id_ = prepared.report.report_id
    for office in (offices.union, offices.province):
        for way, typed in WAYS:
            found = paper_check.check(office, typed(code12(id_), id_))
            assert (way, found.standing, found.code) == (way, Standing.CURRENT, code12(id_))
        assert found.unit_name == "Công đoàn xã Mường Kim"
        assert found.plan == "39/KH-LĐLĐ Kỷ niệm 95 năm"
        shown = [(one.wording, one.numerator, one.denominator) for one in found.figures]
        assert shown == [(one.wording, one.numerator, one.denominator) for one in prepared.report.targets]


def test_after_a_new_report_the_old_paper_is_an_old_one(offices: Offices) -> None:
    plan, old = reported(offices)
    do_something(offices.union, plan)
    new = sent(offices, plan)
    assert new.report.report_id != old.report.report_id
    for office in (offices.union, offices.province):
        assert paper_check.check(office, old.report.report_id).standing is Standing.REPLACED
        assert paper_check.check(office, new.report.report_id).standing is Standing.CURRENT


def test_a_copy_saved_and_never_sent_is_told_from_an_unknown_one(offices: Offices, tmp_path: Path) -> None:
    plan = campaign(offices.union)
    prepared = reporting.prepare(offices.union, request(plan))
    id_ = prepared.report.report_id
    assert paper_check.check(offices.union, id_).standing is Standing.UNKNOWN
    reporting.save(offices.union, prepared, tmp_path / "bao-cao.pdf")
    found = paper_check.check(offices.union, code12(id_))
    assert (found.standing, found.on, found.figures) == (Standing.PRINTED, "2024-07-29", ())
    assert paper_check.check(offices.province, id_).standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "L5PV 6X27 L5P",
        "L5PV 6X27 L5PVA",
        "L5PV 6X29 L5PV",
        "Â5PV 6X27 L5PV",
        "5f" * 31,
        "5f" * 33,
        "\x00" * 12,
    ],
)
def test_what_is_no_code_is_refused(offices: Offices, typed: str) -> None:
    with pytest.raises(AppError, match="không phải mã báo cáo"):
        paper_check.check(offices.union, typed)
