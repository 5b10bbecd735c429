"""2024 → 2026 in the real windows: small CĐCS are merged, the district ends, its units go to four commune unions.

Nothing here calls a service while the story runs; what the year 2024 reported is compared before and after.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from congdoan_desktop.clock import VIETNAM
from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.services import activities, campaigns, door, opening, reporting, units
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.ui import theme
from tests.demo.camera import Camera
from tests.demo.hands import Hands
from tests.demo.machine import Calendar, Machine, page
from tests.ui import org_office
from tests.ui.entry_office import PASSPHRASE
from tests.ui.org_office import DISTRICT, PLACES

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
OWN = "LĐLĐ tỉnh Lai Châu"
_PREVIEW_MS = 350
_LAST_WORDS_MS = 500


@pytest.fixture
def folder(tmp_path: Path, cheap_kdf: KdfCost) -> Path:
    """A province with a district of 40 CĐCS, nine under ten members, and what twenty of them did in 2024."""
    made = tmp_path / "data"
    office = org_office.found(made, cheap_kdf, year=2024)
    target = Target("", "Mỗi CĐCS ít nhất 01 hoạt động", "I17", "gte", 1, "hoạt động", "Ít nhất 01 hoạt động/CĐCS")
    plan = Campaign(
        "", "Thi đua năm 2024", "Kế hoạch", "14/KH-LĐLĐ", YEAR[0], "Lai Châu", "Ban Thường vụ", *YEAR, targets=(target,)
    )
    id_ = campaigns.add(office, plan).ids[0]
    for number, (unit, _) in enumerate(units.grassroots(office)[:20]):
        on = date(2024, 1 + number % 12, 10)
        held = Activity("", id_, "the_thao", on, on, 10 + number, 4, 0, None, True, "Giải cầu lông", "Nhà văn hóa")
        activities.add(office, held, (unit,))
    office.close()
    return made


@pytest.fixture
def machine(folder: Path, tmp_path: Path, qapp: QApplication) -> Iterator[tuple[Machine, Calendar]]:
    theme.apply(qapp)
    calendar = Calendar()
    made = Machine(folder, calendar, Camera(tmp_path / "pictures"), PASSPHRASE)
    yield made, calendar
    if made._program is not None:
        made.leave()


def opened(folder: Path) -> Office:
    known = door.door(folder)
    assert known is not None
    return opening.unlock(folder, known.officers[0][0], PASSPHRASE, clock=org_office.clock())


def year_2024(folder: Path) -> bytes:
    """The report on 2024 as it goes onto paper."""
    office = opened(folder)
    try:
        campaign = campaigns.listing(office)[0].id
        request = ReportRequest(campaign, "năm 2024", *YEAR, date(2025, 1, 10), "Chủ tịch", "Lò Thị Hoa")
        return reporting.pdf(office, reporting.prepare(office, request))
    finally:
        office.close()


def tree(hands: Hands) -> list[tuple[str, str, str]]:
    """(name, CĐCS, members) of the rows in sight."""
    return [(row[0], row[2], row[3]) for row in hands.rows("tree")]


def as_of(hands: Hands, typed: str) -> None:
    hands.fill("as_of", typed)
    hands.rest(100)


def merge_three(hands: Hands, paper: Path) -> None:
    page(hands, "units")
    hands.tab("Ghép CĐCS nhỏ")
    hands.rest(100)
    assert any("9 CĐCS dưới mức" in label.text() for label in hands.all(QLabel))
    hands.click("freeze")
    hands.click("suggest")
    assert len(hands.rows("groups")) == 4
    hands.click("merge_list")
    hands.rest(200)
    hands.click("paper_word")
    hands.save_as(paper)
    hands.key(Qt.Key.Key_Escape)
    hands.rest(200)
    for name in ("CĐCS Khối Mặt trận", "CĐCS Khối nông nghiệp", "CĐCS Khối trường học"):
        hands.open_row("groups", name)
        hands.fill("number", "12/QĐ-LĐLĐ")
        hands.rest(_PREVIEW_MS)
        assert hands.sees(f"{DISTRICT}: ")
        hands.click("decide")
        hands.rest(100)
    assert len(hands.rows("groups")) == 1
    assert any("đã ghép 7/9" in label.text() for label in hands.all(QLabel))


def found_communes(hands: Hands) -> None:
    page(hands, "units")
    hands.tab("Cơ cấu tổ chức")
    hands.rest(100)
    for number, place in enumerate(PLACES):
        hands.cell("tree", OWN)
        hands.click("orders")
        hands.menu("Thành lập đơn vị…")
        hands.fill("name", f"Công đoàn xã {place}")
        hands.choose("kind", "Công đoàn xã, phường")
        hands.fill("code", f"CDX-{number}")
        hands.fill("number", "299/QĐ-LĐLĐ")
        hands.rest(_PREVIEW_MS)
        hands.click("decide")
        hands.rest(100)


def end_the_district(hands: Hands) -> None:
    hands.cell("tree", DISTRICT)
    hands.click("orders")
    hands.menu("Chuyển tất cả đơn vị trực thuộc…")
    hands.choose("rest", "Công đoàn xã Than Uyên")
    hands.fill("number", "300/QĐ-LĐLĐ")
    hands.fill("reason", "Kết thúc hoạt động công đoàn cấp huyện")
    hands.rest(_PREVIEW_MS)
    assert hands.sees(f"{DISTRICT}: 36 → 0 CĐCS, 894 → 0 đoàn viên")
    hands.click("decide")
    hands.rest(100)


def test_a_district_of_lai_chau_from_2024_to_2026(
    machine: tuple[Machine, Calendar], folder: Path, tmp_path: Path
) -> None:
    laptop, calendar = machine
    whole = year_2024(folder)
    calendar.turn_to(datetime(2025, 3, 3, 8, tzinfo=VIETNAM))
    hands = laptop.unlock()
    merge_three(hands, tmp_path / "danh-sach.docx")
    hands.rest(_LAST_WORDS_MS)
    laptop.leave()
    assert year_2024(folder) == whole

    calendar.turn_to(datetime(2025, 7, 1, 8, tzinfo=VIETNAM))
    hands = laptop.unlock()
    found_communes(hands)
    assert tree(hands)[-1] == (DISTRICT, "36", "894")
    end_the_district(hands)
    hands.rest(_LAST_WORDS_MS)
    laptop.leave()
    assert year_2024(folder) == whole

    calendar.turn_to(datetime(2026, 2, 2, 8, tzinfo=VIETNAM))
    hands = laptop.unlock()
    page(hands, "units")
    hands.tab("Cơ cấu tổ chức")
    hands.rest(100)
    communes = {name: (int(below), int(members)) for name, below, members in tree(hands)[1:]}
    assert set(communes) == {f"Công đoàn xã {place}" for place in PLACES}
    assert tuple(map(sum, zip(*communes.values(), strict=True))) == (36, 894)
    as_of(hands, "31/12/2024")
    assert tree(hands) == [(OWN, "40", "894"), (DISTRICT, "40", "894")]
    as_of(hands, "30/6/2025")
    assert tree(hands) == [(OWN, "36", "894"), (DISTRICT, "36", "894")]
    hands.rest(_LAST_WORDS_MS)
    laptop.leave()

    words = {cell.text for t in docx.Document(str(tmp_path / "danh-sach.docx")).tables for cell in t._cells}
    assert {"CĐCS Huyện đoàn", "CĐCS Khối Mặt trận, đoàn thể", "Cùng khối trường học"} <= words
