"""A union's office for the tests of the pages: CĐCS, a campaign, activities, support. Names are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from congdoan_desktop.clock import VIETNAM, FixedClock
from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Campaign, Phase, Target
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.roles import Role
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services import activities, campaigns, opening, support, units
from congdoan_desktop.services import door as doors
from congdoan_desktop.services.campaigns import CampaignRow
from congdoan_desktop.services.entrance import FirstStart
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.tasks import TaskRunner

PASSPHRASE = "bưởi đường lá cam"
SCHOOL, CLINIC, TEA, POWER = "THCS Mường Cang", "Y tế Mường Kim", "Chè Phúc Than", "Điện lực"
SHORT_NAMES = (SCHOOL, CLINIC, TEA, POWER, "Tiểu học số 2", "UBND xã", "Gạch Tà Gia", "Mầm non Hua Nà")
GIVEN = (
    ("Vàng A Páo", SCHOOL, "om_dau", "quy_xa_hoi", 5_000_000, "12/QĐ-CĐX", 18),
    ("Lò Văn Inh", TEA, "tai_nan_lao_dong", "quy_xa_hoi", 3_000_000, "", 17),
    ("Nguyễn Thị Hạnh", CLINIC, "thai_san", "tai_chinh_cong_doan", 500_000, "11/QĐ-CĐX", 16),
    ("Hoàng Thị Mai", "Tiểu học số 2", "hieu", "tai_chinh_cong_doan", 500_000, "11/QĐ-CĐX", 14),
    ("Tòng Văn Định", "Gạch Tà Gia", "thien_tai", "quy_xa_hoi", 10_000_000, "10/QĐ-CĐX", 12),
    ("Giàng Thị Sua", "Mầm non Hua Nà", "kho_khan", "van_dong", 50_000_000, "", 11),
    ("Vàng A Páo", SCHOOL, "kho_khan", "tai_chinh_cong_doan", 500_000, "9/QĐ-CĐX", 10),
)
HELD = (
    ("Giải cầu lông chào mừng 28/7", SCHOOL, "the_thao", 24, 48, 20, 4_500_000),
    ("Bữa cơm Công đoàn", TEA, "bua_com", 25, 120, 64, 9_600_000),
    ("Hội thi cán bộ công đoàn giỏi", CLINIC, "hoi_thi", 26, 36, 25, 2_000_000),
    ("Sinh hoạt 95 năm Công đoàn Việt Nam", POWER, "tuyen_truyen", 22, 55, 9, 0),
)


@dataclass
class Given:
    """The office, to be used on the runner's thread alone, and the ids of what is in it."""

    office: Office
    context: Context
    campaign: str
    units: dict[str, str]
    went: list[tuple[str, str]]
    """Where the page wanted to go."""


def found(folder: Path, cost: KdfCost, *, empty: bool = False) -> str:
    """Make the office with its records in `folder`, and close it. Returns the campaign's id."""
    start = FirstStart(
        unit_name="Công đoàn xã Than Uyên", unit_short_name="CĐ xã Than Uyên", unit_code="CDX-TU", level="cap_tren",
        kind="cong_doan_xa", place="Than Uyên", abbreviation="CĐX", parent_name="Liên đoàn Lao động tỉnh Lai Châu",
        officer_name="Lò Thị Hoa", officer_title="Phó Chủ tịch", role=Role.CHAIR,
        passphrase=PASSPHRASE, passphrase_again=PASSPHRASE,
    )  # fmt: skip
    office = opening.found(folder, start, clock=clock(), cost=cost).office
    try:
        return _fill(office, empty=empty)
    finally:
        office.close()


def _fill(office: Office, *, empty: bool) -> str:
    made = {
        name: units.add(office, name=f"CĐCS {name}", short_name=name, code=f"CS-{n:02}", kind="cdcs_su_nghiep")
        for n, name in enumerate(SHORT_NAMES)
    }
    campaign = campaigns.add(office, campaign_of_july()).ids[0]
    if empty:
        return campaign
    people: dict[str, str] = {}
    for name, unit, cause, fund, cash, decision, on in GIVEN:
        person = None if name in people else Person(made[unit], True, name, 1985, "012085000123")
        record = SupportRecord(
            made[unit], people.get(name, ""), campaign, cause, "tham_hoi", cash, 0, fund, date(2024, 7, on), decision
        )
        saved = support.add(office, record, person).ids[0]
        people.setdefault(name, next(r.record.person for r in support.listing(office) if r.id == saved))
    for title, unit, kind, on, people_there, women, cost in HELD:
        held = date(2024, 7, on)
        activity = Activity(
            "", campaign, kind, held, held, people_there, women, cost, "tai_chinh_cong_doan" if cost else None,
            kind in {"the_thao", "hoi_thi"}, title, "Hội trường xã",
        )  # fmt: skip
        activities.add(office, activity, (made[unit],))
    return campaign


def campaign_of_july() -> Campaign:
    target = Target(
        "", "Mỗi công đoàn cơ sở tổ chức ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động",
        "Ít nhất 01 hoạt động/CĐCS",
    )  # fmt: skip
    return Campaign(
        unit="", title="Kỷ niệm 95 năm Ngày thành lập Công đoàn Việt Nam", doc_type="Kế hoạch", number="39/KH-LĐLĐ",
        issued_on=date(2024, 4, 15), place="Lai Châu", organ="Ban Thường vụ", starts=date(2024, 4, 15),
        ends=date(2024, 7, 31), targets=(target,),
        phases=(Phase("Tuần Bữa cơm Công đoàn", date(2024, 7, 22), date(2024, 7, 28)),),
    )  # fmt: skip


def clock() -> FixedClock:
    return FixedClock(datetime(2024, 7, 29, 8, 30, tzinfo=VIETNAM))


def open_in(runner: TaskRunner, folder: Path, campaign: str) -> Given:
    """Unlock on the runner's thread, as the window does."""
    held: dict[str, Any] = {}

    def unlock() -> tuple[Office, dict[str, str]]:
        door = doors.door(folder)
        assert door is not None
        office = opening.unlock(folder, door.officers[0][0], PASSPHRASE, clock=clock())
        return office, {row.short_name: row.id for row in units.listing(office)}

    def opened(found: tuple[Office, dict[str, str]]) -> None:
        held["office"], held["units"] = found

    runner.run(unlock, done=opened)
    assert runner.wait_idle()
    went: list[tuple[str, str]] = []
    office: Office = held["office"]
    context = Context(runner, lambda: office, lambda page, id_: went.append((page, id_)))
    return Given(office, context, campaign, held["units"], went)


def ask(runner: TaskRunner, call: Any) -> Any:
    """The answer of a service, asked on the runner's thread."""
    found: list[Any] = []
    runner.run(call, done=found.append)
    assert runner.wait_idle()
    return found[0]


def child(parent: QWidget, kind: type, name: str) -> Any:
    made: list[QWidget] = parent.findChildren(kind, name)
    assert len(made) == 1, (name, made)
    return made[0]


def text_fields(form: Form) -> dict[str, TextField | NoteField]:
    """The fields of a form into which letters go."""
    found = (form.field(name) for name in form.raw())
    return {field.name: field for field in found if isinstance(field, (TextField, NoteField))}


def text_of(field: TextField | NoteField) -> str:
    return field.line.text() if isinstance(field, TextField) else field.note.toPlainText()


def caret_of(field: TextField | NoteField) -> int:
    return field.line.cursorPosition() if isinstance(field, TextField) else field.note.textCursor().position()


def listed_campaigns(given: Given, runner: TaskRunner) -> list[CampaignRow]:
    found: list[CampaignRow] = ask(runner, lambda: campaigns.listing(given.office))
    return found
