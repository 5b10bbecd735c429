"""Real packages of several offices: in whatever order and repetition they come, the province shows the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from congdoan_desktop.services import activities, backup, doctor, erasing, incoming, outgoing, records, support
from congdoan_desktop.services.office import Office
from tests.services.conftest import Offices, activity, campaign, grassroots, person, request, unlocked
from tests.services.conftest import support as support_record


@dataclass(frozen=True)
class Sent:
    """A province that has received nothing yet, and what two unions sent it, in the order of making."""

    province: Path
    packages: tuple[Path, ...]


@pytest.fixture(scope="module")
def sent(offices_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    folder = tmp_path_factory.mktemp("sent") / "offices"
    shutil.copytree(offices_template, folder)
    province, union, other = (unlocked(folder / name) for name in ("province", "union", "other"))
    offices = Offices(province, union, other, folder / "stick")
    id_ = campaign(province)
    for office in (union, other):
        plan = outgoing.make_plan(province, id_, office.identity.unit)
        incoming.apply(office, offices.carry(province, plan))
    packages = [path for office in (union, other) for path in written(offices, office, id_, folder)]
    for office in (province, union, other):
        office.close()
    return Sent(folder / "province", tuple(packages))


def written(offices: Offices, office: Office, campaign_id: str, folder: Path) -> list[Path]:
    """A union's year: it enters, corrects, restores an old backup, deletes and erases, and reports after each."""

    def report() -> Path:
        made = outgoing.make_report(office, request(campaign_id), offices.province.identity.unit)[0]
        return offices.carry(office, made)

    unit = grassroots(office)
    (done,) = activities.add(office, activity(campaign_id), (unit,)).ids
    (given,) = support.add(office, support_record(unit, campaign_id), person(unit)).ids
    found = [report()]
    who = support.listing(office)[0].record.person
    activities.edit(office, done, replace(activity(campaign_id, participants=99), unit=unit))
    source = backup.back_up(office, folder)
    found.append(report())
    support.edit(office, given, support_record(unit, campaign_id, person=who, cash=5))
    found.append(report())
    office.close()
    backup.restore(source, office.folder, replace=True)
    reopened = unlocked(office.folder)
    office.__dict__.update(reopened.__dict__)
    support.edit(office, given, support_record(unit, campaign_id, person=who, cash=7))
    records.delete(office, done, "ghi nhầm")
    found.append(report())
    erasing.erase_person(office, who)
    return [*found, report()]


def digest_after(sent: Sent, folder: Path, order: list[Path]) -> str:
    shutil.copytree(sent.province, folder)
    office = unlocked(folder)
    try:
        for path in order:
            incoming.apply(office, path)
        return doctor.digest(office)
    finally:
        office.close()
        shutil.rmtree(folder)


def test_any_order_and_repetition_of_packages(sent: Sent, rounds: Callable[..., int], tmp_path: Path) -> None:
    expected = digest_after(sent, tmp_path / "in-order", list(sent.packages))
    count = rounds("orders in which ten packages arrive", first=6, build=100, soak=20_000)

    @settings(max_examples=count, phases=(Phase.generate,), suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.permutations(sent.packages), st.lists(st.sampled_from(sent.packages), max_size=5))
    def in_any_order(order: list[Path], again: list[Path]) -> None:
        assert digest_after(sent, tmp_path / "any-order", [*again, *order]) == expected

    in_any_order()


def test_a_lost_package_costs_an_alert_and_no_data(sent: Sent, tmp_path: Path) -> None:
    expected = digest_after(sent, tmp_path / "all", list(sent.packages))
    lost = [path for number, path in enumerate(sent.packages) if number not in (0, 5)]
    assert digest_after(sent, tmp_path / "without", lost) == expected
