"""Every kind of package imported five times: after the first time no row of the database changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from congdoan_desktop.errors import AppError
from congdoan_desktop.services import doctor, incoming, outgoing, receipts, records, trusting
from congdoan_desktop.services.office import Office
from tests.services.conftest import (
    OTHER,
    PROVINCE,
    UNION,
    NewOffice,
    Offices,
    campaign,
    every_row,
    grassroots,
)
from tests.services.test_services_main_path import planned, recorded, reported

TIMES = 5
Import = Callable[[], object]


def unchanged(office: Office, again: Import) -> None:
    """The first time may change what it likes, every further time nothing at all."""
    again()
    digest, rows = doctor.digest(office), every_row(office)
    for _ in range(TIMES - 1):
        again()
        assert doctor.digest(office) == digest
        assert every_row(office) == rows
    assert doctor.check(office) == []
    assert doctor.rebuild(office) == digest


def test_a_plan(offices: Offices) -> None:
    plan = outgoing.make_plan(offices.province, campaign(offices.province), offices.union.identity.unit)
    path = offices.carry(offices.province, plan)
    unchanged(offices.union, lambda: incoming.apply(offices.union, path))


def test_reports_in_any_order(offices: Offices) -> None:
    """Three of one feed, with an edit and a deletion between, again and again from the last to the first."""
    id_ = planned(offices)
    done, _ = recorded(offices.union, id_)
    paths = [offices.carry(offices.union, reported(offices, id_))]
    grassroots(offices.union, "CĐCS Trạm Y tế", "CDCS-YT")
    paths.append(offices.carry(offices.union, reported(offices, id_)))
    records.delete(offices.union, done, "ghi nhầm")
    paths.append(offices.carry(offices.union, reported(offices, id_)))

    def again() -> None:
        for path in reversed(paths):
            incoming.apply(offices.province, path)

    unchanged(offices.province, again)


def test_a_receipt(offices: Offices) -> None:
    id_ = planned(offices)
    recorded(offices.union, id_)
    result = incoming.apply(offices.province, offices.carry(offices.union, reported(offices, id_)))
    path = offices.carry(offices.province, receipts.write_receipt(offices.province, result))
    unchanged(offices.union, lambda: incoming.apply(offices.union, path))


@pytest.fixture
def strangers(new_office: NewOffice, tmp_path: Path) -> tuple[Office, Office, Path]:
    stick = tmp_path / "stick"
    stick.mkdir()
    return new_office("province", PROVINCE), new_office("union", UNION), stick


def test_an_enrolment_and_a_trust_list(strangers: tuple[Office, Office, Path]) -> None:
    province, union, stick = strangers
    made = trusting.write_enrolment(union)
    enrolment = outgoing.write_to_stick(union, made.package_id, stick).path
    words = " ".join(trusting.enrolment_words(union, made))
    unchanged(province, lambda: trusting.approve(province, enrolment, words))
    answer = trusting.write_trust(province, union.identity.unit)
    trust = outgoing.write_to_stick(province, answer.package_id, stick).path
    root = " ".join(trusting.root_words(province))
    unchanged(union, lambda: trusting.accept_trust(union, trust, root))
    with pytest.raises(AppError):
        incoming.apply(province, enrolment)


def test_an_older_trust_list_changes_nothing(strangers: tuple[Office, Office, Path], new_office: NewOffice) -> None:
    province, union, stick = strangers
    other = new_office("other", OTHER)
    trusts = []
    for office in (union, other):
        made = trusting.write_enrolment(office)
        path = outgoing.write_to_stick(office, made.package_id, stick).path
        trusting.approve(province, path, " ".join(trusting.enrolment_words(office, made)))
        answer = trusting.write_trust(province, union.identity.unit)
        trusts.append(outgoing.write_to_stick(province, answer.package_id, stick).path)
    root = " ".join(trusting.root_words(province))
    trusting.accept_trust(union, trusts[1], root)

    def again() -> None:
        with pytest.raises(AppError):
            trusting.accept_trust(union, trusts[0], root)

    unchanged(union, again)


def test_a_row_that_changes_is_noticed(offices: Offices) -> None:
    with pytest.raises(AssertionError):
        unchanged(offices.union, lambda: campaign(offices.union))
