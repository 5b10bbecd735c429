"""Offices through the real services: a province and a union that enrolled with it. Made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from congdoan_desktop.clock import VIETNAM, FixedClock
from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Role
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services import campaigns, opening, outgoing, trusting, units
from congdoan_desktop.services import door as doors
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.storage.handoff import Outgoing

PASSPHRASE = "bưởi đường lá cam"


def first_start(name: str, code: str, **changes: Any) -> FirstStart:
    made = FirstStart(
        unit_name=name, unit_short_name=name, unit_code=code, level="cap_tren_co_so", kind="cong_doan_xa",
        place="Mường Kim", abbreviation="CĐX", parent_name="Liên đoàn Lao động tỉnh Lai Châu",
        officer_name="Lò Thị Hoa", officer_title="Chủ tịch", role=Role.CHAIR,
        passphrase=PASSPHRASE, passphrase_again=PASSPHRASE,
    )  # fmt: skip
    return replace(made, **changes)


PROVINCE = first_start(
    "Liên đoàn Lao động tỉnh Lai Châu", "LDLD-LC", level="tinh", kind="ldld_tinh", place="Lai Châu",
    abbreviation="LĐLĐ", parent_name="Tổng Liên đoàn Lao động Việt Nam", officer_name="Hoàng Thọ Trung",
)  # fmt: skip
UNION = first_start("Công đoàn xã Mường Kim", "CDX-MK")
OTHER = first_start("Công đoàn xã Nậm Xuân", "CDX-NX", officer_name="Vàng A Dũng")


@dataclass
class Offices:
    """A province and two unions under it, all enrolled, with a folder that stands for the stick."""

    province: Office
    union: Office
    other: Office
    stick: Path
    opened: list[Office] = field(default_factory=list)

    def carry(self, sender: Office, package: Outgoing) -> Path:
        """Write a package to the stick; returns its file."""
        return outgoing.write_to_stick(sender, package.package_id, self.stick).path

    def reopen(self, office: Office) -> Office:
        office.close()
        return unlocked(office.folder, office.clock)


def unlocked(folder: Path, clock: Any = None) -> Office:
    door = doors.door(folder)
    assert door is not None
    return opening.unlock(folder, door.officers[0][0], PASSPHRASE, clock=clock or fixed_clock())


def fixed_clock() -> FixedClock:
    return FixedClock(datetime(2024, 7, 29, 8, 30, tzinfo=VIETNAM))


def enrol(province: Office, union: Office, stick: Path) -> None:
    """Both files walk over the stick, both sides type the words of the other's sheet."""
    made = trusting.write_enrolment(union)
    path = outgoing.write_to_stick(union, made.package_id, stick).path
    trusting.approve(province, path, " ".join(trusting.enrolment_words(union, made)))
    answer = trusting.write_trust(province, union.identity.unit)
    path = outgoing.write_to_stick(province, answer.package_id, stick).path
    trusting.accept_trust(union, path, " ".join(trusting.root_words(province)))


@pytest.fixture(scope="session")
def offices_template(tmp_path_factory: pytest.TempPathFactory, cheap_kdf: KdfCost) -> Path:
    folder = tmp_path_factory.mktemp("offices")
    stick = folder / "stick"
    stick.mkdir()
    made = [
        opening.found(folder / name, form, clock=fixed_clock(), cost=cheap_kdf).office
        for name, form in (("province", PROVINCE), ("union", UNION), ("other", OTHER))
    ]
    for union in made[1:]:
        enrol(made[0], union, stick)
    for office in made:
        office.close()
    shutil.rmtree(stick)
    stick.mkdir()
    return folder


@pytest.fixture
def offices(offices_template: Path, tmp_path: Path) -> Iterator[Offices]:
    folder = tmp_path / "offices"
    shutil.copytree(offices_template, folder)
    province, union, other = (unlocked(folder / name) for name in ("province", "union", "other"))
    made = Offices(province, union, other, folder / "stick")
    yield made
    for office in (made.province, made.union, made.other, *made.opened):
        office.close()


NewOffice = Callable[..., Office]


@pytest.fixture
def new_office(tmp_path: Path, cheap_kdf: KdfCost) -> Iterator[NewOffice]:
    """`new_office("name", form)`: a further office, not enrolled."""
    made: list[Office] = []

    def found(name: str = "alone", form: FirstStart = UNION) -> Office:
        made.append(opening.found(tmp_path / name, form, clock=fixed_clock(), cost=cheap_kdf).office)
        return made[-1]

    yield found
    for office in made:
        office.close()


def as_role(office: Office, role: Role) -> Office:
    """The same open office seen by an officer of another role."""
    identity = replace(office.identity, officer=replace(office.identity.officer, role=role))
    return replace(office, identity=identity)


def grassroots(office: Office, name: str = "CĐCS Trường Mầm non số 1", code: str = "CDCS-MN1") -> str:
    return units.add(office, name=name, short_name=name, code=code, kind="su_nghiep")


def campaign(office: Office) -> str:
    target = Target("", "Mỗi CĐCS ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01 hoạt động/CĐCS")
    made = Campaign(
        "", "Kỷ niệm 95 năm", "Kế hoạch", "39/KH-LĐLĐ", date(2024, 2, 23), "Lai Châu", "Ban Thường vụ",
        date(2024, 3, 1), date(2024, 7, 28), targets=(target,),
    )  # fmt: skip
    return campaigns.add(office, made).ids[0]


def activity(campaign_id: str | None = None, **changes: Any) -> Activity:
    made = Activity(
        "", campaign_id, "the_thao", date(2024, 7, 22), date(2024, 7, 22), 30, 12, 2_000_000, "kinh_phi_cong_doan",
        True, "Giải cầu lông", "Nhà văn hóa",
    )  # fmt: skip
    return replace(made, **changes)


def person(unit: str, name: str = "Lò Thị Ương") -> Person:
    return Person(unit, True, name, 1990, "")


def support(unit: str, campaign_id: str | None = None, **changes: Any) -> SupportRecord:
    made = SupportRecord(
        unit, "", campaign_id, "benh_hiem_ngheo", "tham_hoi", 1_000_000, 0, "xa_hoi", date(2024, 7, 1), "12/QĐ-CĐX",
        "", "gia đình đông con",
    )  # fmt: skip
    return replace(made, **changes)


def need(unit: str, **changes: Any) -> Need:
    made = Need(
        unit, None, "doan_vien", "benh_hiem_ngheo", "tro_cap", date(2024, 7, 1), 5_000_000, None, date(2024, 7, 1),
        "van_ban", circumstances="điều trị dài ngày", reporter="tổ trưởng công đoàn",
    )  # fmt: skip
    return replace(made, **changes)


def request(campaign_id: str) -> ReportRequest:
    return ReportRequest(
        campaign_id, "đợt 1", date(2024, 3, 1), date(2024, 7, 28), date(2024, 7, 29), "Chủ tịch", "Lò Thị Hoa"
    )


def every_row(office: Office) -> list[tuple[object, ...]]:
    with office.database.read() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        names = list(tables.scalars())
        return [tuple(row) for name in names for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
