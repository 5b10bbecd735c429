"""A province office with a district of 40 CĐCS, nine of them under ten members. The names are invented."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from congdoan_desktop.clock import VIETNAM, FixedClock
from congdoan_desktop.domain.reorganising import Decision, Found, NewUnit
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.services import opening, reorganisation, units
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui.entry_office import PASSPHRASE

FOUNDED = date(2020, 1, 1)
PLACES = ("Than Uyên", "Mường Kim", "Phúc Than", "Khoen On")
SMALL = (
    ("CĐCS Hội Nông dân huyện", "cdcs_hanh_chinh", 4),
    ("CĐCS Hội Liên hiệp Phụ nữ huyện", "cdcs_hanh_chinh", 5),
    ("CĐCS Huyện đoàn", "cdcs_hanh_chinh", 6),
    ("CĐCS Trường Mầm non Hua Nà xã Than Uyên", "cdcs_su_nghiep", 6),
    ("CĐCS Trường Mầm non Nậm Xe xã Mường Kim", "cdcs_su_nghiep", 7),
    ("CĐCS Công ty TNHH Gạch Tà Gia", "cdcs_dn_ngoai", 8),
    ("CĐCS Hợp tác xã Chè Phúc Than", "cdcs_hop_tac_xa", 9),
    ("CĐCS Trạm Khuyến nông", "cdcs_su_nghiep", 5),
    ("CĐCS Hạt Kiểm lâm", "cdcs_hanh_chinh", 7),
)
PLACED = tuple((f"CĐCS Trường số {n + 1} xã {PLACES[n % 4]}", "cdcs_su_nghiep", 12 + n) for n in range(31))
CDCS = (*SMALL, *PLACED)
DISTRICT = "LĐLĐ huyện Than Uyên"


def clock(year: int = 2026) -> FixedClock:
    return FixedClock(datetime(year, 3, 2, 8, 30, tzinfo=VIETNAM))


def form() -> FirstStart:
    return FirstStart(
        unit_name="Liên đoàn Lao động tỉnh Lai Châu", unit_short_name="LĐLĐ tỉnh Lai Châu", unit_code="LDLD-LC",
        level="tinh", kind="ldld_tinh", place="Lai Châu", abbreviation="LĐLĐ",
        parent_name="Tổng Liên đoàn Lao động Việt Nam", officer_name="Lò Thị Hoa", officer_title="Chủ tịch",
        role="chair", passphrase=PASSPHRASE, passphrase_again=PASSPHRASE,
    )  # fmt: skip


def found(folder: Path, cost: KdfCost, *, with_communes: bool = False, year: int = 2026) -> Office:
    """The office, open on this thread."""
    office = opening.found(folder, form(), clock=clock(year), cost=cost).office
    fill(office)
    if with_communes:
        add_communes(office)
    return office


def fill(office: Office) -> str:
    """The district and its CĐCS. Returns the district's id."""
    district = NewUnit(DISTRICT, DISTRICT, "LDLD-TU", "ldld_huyen", "cap_tren")
    reorganisation.decide(office, Found(district, office.identity.unit), Decision(FOUNDED, "1/QĐ-LĐLĐ"))
    (id_,) = (row.id for row in units.listing(office) if row.code == "LDLD-TU")
    for number, (name, kind, members) in enumerate(CDCS):
        unit = units.add(office, name=name, short_name=name, code=f"TU-{number:02}", kind=kind, parent=id_)
        units.set_headcount(office, Headcount(unit, date(2024, 1, 1), members + 1, members))
    return id_


def add_communes(office: Office) -> None:
    for place in PLACES:
        name = f"Công đoàn xã {place}"
        made = NewUnit(name, name, f"CDX-{PLACES.index(place)}", "cong_doan_xa", "cap_tren", place)
        reorganisation.decide(
            office, Found(made, office.identity.unit), Decision(date(2025, 7, 1), f"2{PLACES.index(place)}/QĐ-LĐLĐ")
        )


def open_in(runner: TaskRunner, folder: Path) -> Office:
    """The office, open on the runner's thread."""
    from congdoan_desktop.services import door as doors

    held: list[Office] = []

    def unlock() -> Office:
        door = doors.door(folder)
        assert door is not None
        return opening.unlock(folder, door.officers[0][0], PASSPHRASE, clock=clock())

    runner.run(unlock, done=held.append)
    assert runner.wait_idle()
    return held[0]
