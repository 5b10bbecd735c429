"""A province and a union to practise on, made at run time with keys of their own, in the realm "sample".

Names, people and figures are invented. The passphrase is no secret: a real office refuses packages of this realm, and
every paper of it says "DỮ LIỆU MẪU".
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from congdoan_desktop.clock import Clock
from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Campaign, Duty, Phase, PlannedEvent, Target
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import (
    activities,
    campaigns,
    incoming,
    opening,
    outgoing,
    sample_province,
    support,
    trusting,
    units,
)
from congdoan_desktop.services import door as doors
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.services.sample_needs import Proposer, round_open, round_over

FOLDER = "mau"
PASSPHRASE = "du lieu mau"  # noqa: S105 - it guards nothing: the data are invented
PROVINCE, UNION, BIG = "tinh", "xa", "tinh-lon"
SIDES = ((UNION, "Công đoàn xã Nậm Mẫu"), (PROVINCE, "Liên đoàn Lao động tỉnh Mẫu"))
"""(side, name): which of the two offices to open."""
_READY = "san-sang"
_CHEAP = KdfCost(memory_kib=8 * 1024, passes=1, lanes=1)
_STEPS = 6

_GRASSROOTS = (
    ("Công đoàn cơ sở Trường THPT Nậm Mẫu", "CDCS-THPT", "cdcs_su_nghiep", 62, 61),
    ("Công đoàn cơ sở Trường THCS Bản Lùng", "CDCS-THCS", "cdcs_su_nghiep", 41, 41),
    ("Công đoàn cơ sở Trạm Y tế Nậm Mẫu", "CDCS-YTE", "cdcs_su_nghiep", 14, 14),
    ("Công đoàn cơ sở cơ quan xã Nậm Mẫu", "CDCS-COQUAN", "cdcs_hanh_chinh", 38, 38),
    ("Công đoàn cơ sở Hợp tác xã chè Nà Khoang", "CDCS-CHE", "cdcs_hop_tac_xa", 57, 49),
    ("Công đoàn cơ sở Công ty TNHH Gạch Nậm Mẫu", "CDCS-GACH", "cdcs_dn_ngoai", 88, 71),
)
_ACTIVITIES = (
    (0, "the_thao", "Giải cầu lông chào mừng", 48, 21, 4_500_000, 40),
    (1, "van_nghe", "Giao lưu văn nghệ", 62, 44, 3_200_000, 33),
    (3, "dang_huong", "Dâng hương nghĩa trang liệt sĩ", 35, 17, 800_000, 28),
    (4, "bua_com", "Bữa cơm Công đoàn", 49, 30, 5_880_000, 20),
    (0, "tuyen_truyen", "Sinh hoạt chuyên đề lịch sử Công đoàn", 55, 31, 0, 12),
    (2, "the_thao", "Giao hữu bóng chuyền hơi", 14, 9, 600_000, 9),
)
_SUPPORTS = (
    (4, "Lò Thị Mẫu", 1988, "kho_khan", "tang_qua", 500_000, 300_000, "tai_chinh_cong_doan", 26),
    (5, "Vàng A Thử", 1979, "tai_nan_lao_dong", "tham_hoi", 2_000_000, 0, "quy_xa_hoi", 18),
    (0, "Hoàng Thị Ví Dụ", 1991, "thai_san", "tham_hoi", 500_000, 0, "tai_chinh_cong_doan", 11),
    (1, "Tẩn Sử Mẫu", 1984, "om_dau", "tham_hoi", 1_000_000, 0, "tai_chinh_cong_doan", 6),
)
_NEEDY = (
    ("Giàng Thị Thí Dụ", 1986), ("Lò Văn Mẫu", 1979), ("Chẻo Sử Mẫu", 1990), ("Tòng Thị Thử", 1983),
    ("Vàng Thị Ví Dụ", 1994), ("Sùng A Mẫu", 1981), ("Hoàng Thị Thử", 1976), ("Lù Văn Ví Dụ", 1988),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pair:
    province: Office
    union: Office
    hand: Path
    """A folder that stands for the stick."""


def exists(folder: Path) -> bool:
    """Whether sample offices lie ready below a data folder."""
    return (folder / FOLDER / _READY).is_file()


def big_exists(folder: Path) -> bool:
    """Whether the big province lies ready below a data folder."""
    return (folder / FOLDER / BIG / _READY).is_file()


def make(folder: Path, *, clock: Clock | None = None, cost: KdfCost = _CHEAP, progress: Progress | None = None) -> None:
    """Make both offices below a data folder; what an interrupted attempt left is thrown away first.

    Raises: Cancelled.
    """
    home = folder / FOLDER
    clock, progress = clock or Clock(), progress or Progress()
    _clear(home)
    hand = home / "usb"
    hand.mkdir(parents=True)
    progress.step(0, _STEPS, "Tạo tỉnh mẫu")
    province = opening.found(home / PROVINCE, _province(), clock=clock, cost=cost).office
    with closing(province):
        progress.step(1, _STEPS, "Tạo công đoàn xã mẫu")
        union = opening.found(home / UNION, _union(), clock=clock, cost=cost).office
        with closing(union):
            _fill(_Pair(province, union, hand), progress)
    (home / _READY).touch()
    progress.step(_STEPS, _STEPS)


def make_big(
    folder: Path,
    *,
    seed: int = 1,
    scale: float = 1.0,
    clock: Clock | None = None,
    cost: KdfCost = _CHEAP,
    progress: Progress | None = None,
) -> sample_province.Built:
    """Make the big province below a data folder, beside the two offices; what was there of it is thrown away.

    Raises: Cancelled.
    """
    home = folder / FOLDER / BIG
    shutil.rmtree(home, ignore_errors=True)
    office = opening.found(home, _province(), clock=clock or Clock(), cost=cost).office
    with closing(office):
        built = sample_province.build(office, seed, scale, progress)
    (home / _READY).touch()
    return built


def enter(folder: Path, side: str, *, clock: Clock | None = None, progress: Progress | None = None) -> Office:
    """Open one of the offices, made first where it is not there yet.

    Raises: Cancelled.
    """
    if side == BIG and not big_exists(folder):
        make_big(folder, clock=clock, progress=progress)
    if side != BIG and not exists(folder):
        make(folder, clock=clock, progress=progress)
    return open_side(folder, side, clock=clock)


def open_side(folder: Path, side: str, *, clock: Clock | None = None) -> Office:
    """Open one of the offices; `side` is PROVINCE, UNION or BIG."""
    home = folder / FOLDER / side
    door = doors.door(home)
    assert door is not None
    return opening.unlock(home, door.officers[0][0], PASSPHRASE, clock=clock)


def _clear(home: Path) -> None:
    """Throw the two offices away; the big province stays."""
    (home / _READY).unlink(missing_ok=True)
    for part in (PROVINCE, UNION, "usb"):
        shutil.rmtree(home / part, ignore_errors=True)


def _fill(pair: _Pair, progress: Progress) -> None:
    progress.step(2, _STEPS, "Trao mã xác thực")
    _enrol(pair)
    progress.step(3, _STEPS, "Giao kế hoạch")
    campaign = campaigns.add(pair.province, _campaign(pair.province.clock.today())).ids[0]
    plan = outgoing.make_plan(pair.province, campaign, pair.union.identity.unit)
    incoming.apply(pair.union, outgoing.write_to_stick(pair.province, plan.package_id, pair.hand).path)
    progress.step(4, _STEPS, "Ghi đơn vị và hoạt động")
    below = _add_units(pair.union)
    _add_activities(pair.union, campaign, below)
    progress.step(5, _STEPS, "Ghi khoản chăm lo")
    _add_supports(pair.union, campaign, below)
    _add_needs(pair.union, pair.province.identity.unit, below)


def _enrol(pair: _Pair) -> None:
    enrolment = trusting.write_enrolment(pair.union)
    words = trusting.enrolment_words(pair.union, enrolment)
    carried = outgoing.write_to_stick(pair.union, enrolment.package_id, pair.hand).path
    seen = trusting.approve(pair.province, carried, " ".join(words))
    trust = trusting.write_trust(pair.province, seen.unit.unit)
    carried = outgoing.write_to_stick(pair.province, trust.package_id, pair.hand).path
    trusting.accept_trust(pair.union, carried, " ".join(trusting.root_words(pair.province)))


def _add_units(office: Office) -> list[str]:
    found = []
    day = date(office.clock.today().year, 1, 1)
    for name, code, kind, workers, members in _GRASSROOTS:
        short = name.replace("Công đoàn cơ sở", "CĐCS")
        unit = units.add(office, name=name, short_name=short, code=code, kind=kind)
        units.set_headcount(office, Headcount(unit, day, workers, members))
        found.append(unit)
    return found


def _add_activities(office: Office, campaign: str, below: list[str]) -> None:
    today = office.clock.today()
    for unit, kind, title, people, women, cost, ago in _ACTIVITIES:
        day = today - timedelta(days=ago)
        counts = kind not in {"tuyen_truyen", "bua_com"}
        source = "tai_chinh_cong_doan" if cost else None
        done = Activity(below[unit], campaign, kind, day, day, people, women, cost, source, counts, title, "Nậm Mẫu")
        activities.add(office, done, (below[unit],))


def _add_supports(office: Office, campaign: str, below: list[str]) -> None:
    today = office.clock.today()
    for unit, name, born, cause, kind, cash, in_kind, fund, ago in _SUPPORTS:
        record = SupportRecord(
            below[unit], "", campaign, cause, kind, cash, in_kind, fund, today - timedelta(days=ago), "12/QĐ-CĐX",
            "gạo, dầu ăn" if in_kind else "",
        )  # fmt: skip
        support.add(office, record, Person(below[unit], member=True, name=name, birth_year=born))


def _add_needs(office: Office, province: str, below: list[str]) -> None:
    """A round that is over and one that waits, in one transaction."""
    today, me = office.clock.today(), Proposer(office.identity.unit, province, "CĐX")
    with office.write(Right.ENTER) as work:
        whom = [Person(unit, True, name, year) for (name, year), unit in zip(_NEEDY, cycle(below), strict=False)]
        people = list(zip((person.unit for person in whom), work.put_many(whom), strict=True))
        round_over(work.put_many, me, people, today - timedelta(days=35))
        round_open(work.put_many, me, people[::-1], today - timedelta(days=2))


def _campaign(today: date) -> Campaign:
    starts, ends = today - timedelta(days=60), today + timedelta(days=30)
    return Campaign(
        unit="",
        title="Tổ chức các hoạt động thi đua chào mừng (kế hoạch mẫu)",
        doc_type="Kế hoạch",
        number="01/KH-LĐLĐ",
        issued_on=starts,
        place="Mẫu",
        organ="Ban Thường vụ",
        starts=starts,
        ends=ends,
        signer_authority="TM. BAN THƯỜNG VỤ",
        signer_title="CHỦ TỊCH",
        targets=(
            Target(
                "T01", "mỗi công đoàn cơ sở tổ chức được ít nhất 01 hoạt động chào mừng", "I17", "gte", 1,
                "hoạt động/CĐCS", "Ít nhất 01 hoạt động/CĐCS", "Ngoài tuyên truyền và Bữa cơm Công đoàn",
            ),
        ),
        phases=(Phase("Tuần “Bữa cơm Công đoàn”", ends - timedelta(days=6), ends, ("bua_com",)),),
        events=(PlannedEvent("Giải cầu lông công nhân, viên chức", ("Ban Tuyên giáo - Nữ công",)),),
        duties=(
            Duty(
                f"trước ngày {ends + timedelta(days=10):%d/%m/%Y}", "Công đoàn các xã, phường", "LĐLĐ tỉnh",
                "Ban Tuyên giáo - Nữ công", ends + timedelta(days=10), "before",
            ),
        ),
    )  # fmt: skip


def _province() -> FirstStart:
    return FirstStart(
        unit_name=SIDES[1][1],
        unit_short_name="LĐLĐ tỉnh Mẫu",
        unit_code="LDLD-MAU",
        level="tinh",
        kind="ldld_tinh",
        place="Mẫu",
        abbreviation="LĐLĐ",
        parent_name="Tổng Liên đoàn Lao động Việt Nam",
        officer_name="Lý Thị Mẫu",
        officer_title="Chủ tịch",
        role="chair",
        passphrase=PASSPHRASE,
        passphrase_again=PASSPHRASE,
        realm=SAMPLE,
    )


def _union() -> FirstStart:
    return FirstStart(
        unit_name=SIDES[0][1],
        unit_short_name=SIDES[0][1],
        unit_code="CDX-NAMMAU",
        level="cap_tren",
        kind="cong_doan_xa",
        place="Nậm Mẫu",
        abbreviation="CĐX",
        parent_name=SIDES[1][1],
        officer_name="Lò Văn Mẫu",
        officer_title="Phó Chủ tịch",
        role="chair",
        passphrase=PASSPHRASE,
        passphrase_again=PASSPHRASE,
        realm=SAMPLE,
    )
