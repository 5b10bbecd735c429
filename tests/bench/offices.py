"""An office with data to measure on, at the standard cost of its passphrase."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services import activities, campaigns, opening, support, units
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.services.office import Office
from tests.bench.secret import PASSPHRASE

UNITS, PER_UNIT = 12, 20


def made(folder: Path) -> tuple[Office, str, list[str]]:
    """A union with CĐCS, a campaign, activities and support; the office, the campaign's id and the ids of the CĐCS."""
    office = founded(folder)
    campaign = campaigns.add(office, _campaign()).ids[0]
    below = [
        units.add(office, name=f"CĐCS Trường số {n}", short_name=f"Trường số {n}", code=f"CS{n}", kind="cdcs_su_nghiep")
        for n in range(UNITS)
    ]
    for number in range(PER_UNIT):
        activities.add(office, _activity(campaign, number), tuple(below))
        for unit in below:
            support.add(office, record(campaign, unit), Person(unit, True, "Vàng A Páo", 1985))
    return office, campaign, below


def founded(folder: Path) -> Office:
    """A union's office without records."""
    return opening.found(
        folder,
        FirstStart(
            unit_name="Công đoàn xã Nậm Xuân", unit_short_name="CĐ xã Nậm Xuân", unit_code="CDX-NX", level="cap_tren",
            kind="cong_doan_xa", place="Nậm Xuân", abbreviation="CĐX",
            parent_name="Liên đoàn Lao động tỉnh Lai Châu", officer_name="Lò Thị Hoa", officer_title="Chủ tịch",
            role="chair", passphrase=PASSPHRASE, passphrase_again=PASSPHRASE,
        ),
    ).office  # fmt: skip


def province() -> FirstStart:
    """A province that receives."""
    return FirstStart(
        unit_name="Liên đoàn Lao động tỉnh Lai Châu", unit_short_name="LĐLĐ tỉnh", unit_code="LDLD-LC", level="tinh",
        kind="ldld_tinh", place="Lai Châu", abbreviation="LĐLĐ", parent_name="Tổng Liên đoàn Lao động Việt Nam",
        officer_name="Hoàng Thọ Trung", officer_title="Chủ tịch", role="chair",
        passphrase=PASSPHRASE, passphrase_again=PASSPHRASE,
    )  # fmt: skip


def record(campaign: str, unit: str, person: str = "") -> SupportRecord:
    day = date(2024, 7, 10)
    return SupportRecord(unit, person, campaign, "om_dau", "tham_hoi", 500_000, 0, "quy_xa_hoi", day, note="Nằm viện")


def _campaign() -> Campaign:
    target = Target("", "mỗi CĐCS ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động/CĐCS", "Ít nhất 01 hoạt động/CĐCS")
    return Campaign(
        "", "Chào mừng 95 năm", "Kế hoạch", "39/KH-LĐLĐ", date(2024, 2, 23), "Lai Châu", "Ban Thường vụ",
        date(2024, 1, 1), date(2024, 12, 31), targets=(target,),
    )  # fmt: skip


def _activity(campaign: str, number: int) -> Activity:
    day = date(2024, 1, 15) + timedelta(days=15 * number)
    return Activity("", campaign, "the_thao", day, day, 40, 18, 500_000, "quy_xa_hoi", True, f"Giải cầu lông {number}")
