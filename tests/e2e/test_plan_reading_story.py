"""A plan out of Word in the real windows: read, gone through, saved; its ledger, and from a figure to the records.

Nothing here calls a service while the story runs. The plan of our own wording is always read; the one of Lai Châu when
the seeds are beside the project.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTableView

from congdoan_desktop.clock import VIETNAM
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui import theme
from tests.demo.camera import Camera
from tests.demo.hands import CONTROL, Hands
from tests.demo.machine import Calendar, Machine, page
from tests.planreader.papers import as_word
from tests.ui import entry_office
from tests.ui.entry_office import PASSPHRASE, POWER, SCHOOL

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
_LAST_WORDS_MS = 500
_ANY = "Tổng số hoạt động được tính"
OWN = """LĐLĐ TỈNH HẢI LƯU
CÔNG ĐOÀN XÃ THAN UYÊN

Số: 21/KH-CĐX
Than Uyên, ngày 01 tháng 7 năm 2024

KẾ HOẠCH
Thi đua chào mừng Ngày thành lập Công đoàn Việt Nam năm 2024

Căn cứ Kế hoạch số 05/KH-LĐLĐ ngày 10/6/2024 của Liên đoàn Lao động tỉnh Hải Lưu, Công đoàn xã ban hành kế hoạch sau:

I. CHỈ TIÊU
1. Mỗi công đoàn cơ sở tổ chức ít nhất 01 hoạt động chào mừng 95 năm Công đoàn Việt Nam.
2. Phấn đấu tổ chức trên 12 hoạt động trong toàn xã.

II. TỔ CHỨC THỰC HIỆN
Các công đoàn cơ sở báo cáo kết quả về Công đoàn xã trước ngày 10/8/2024.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Lò Văn Pâng
"""


@pytest.fixture
def machine(tmp_path: Path, cheap_kdf: KdfCost, qapp: QApplication) -> Iterator[Machine]:
    theme.apply(qapp)
    entry_office.found(tmp_path / "data", cheap_kdf)
    calendar = Calendar()
    calendar.turn_to(datetime(2024, 7, 29, 8, tzinfo=VIETNAM))
    made = Machine(tmp_path / "data", calendar, Camera(tmp_path / "pictures"), PASSPHRASE)
    yield made
    if made._program is not None:
        made.leave()


def word_file(folder: Path, text: str) -> Path:
    plain = folder / "ke-hoach.txt"
    plain.write_text(text, "utf-8")
    made = folder / "ke-hoach.docx"
    made.write_bytes(as_word(plain))
    return made


def read(hands: Hands, plan: Path) -> None:
    page(hands, "campaigns")
    hands.key(Qt.Key.Key_O, CONTROL)
    hands.save_as(plan)
    hands.rest(100)


def confirm_all(hands: Hands) -> int:
    """What is sure at once, the rest by Enter; where no way of counting was found the officer picks one."""
    if hands.button("take_sure").isEnabled():
        hands.click("take_sure")
    hands.find(QTableView, "items").setFocus()
    picked = 0
    for _ in range(200):
        if "· 0 chờ" in " ".join(label.text() for label in hands.all(QLabel)):
            return picked
        hands.key(Qt.Key.Key_Return)
        if hands.all(QComboBox, "target_indicator"):
            picked += 1
            if not hands.find(QComboBox, "target_indicator").currentText():
                hands.choose("target_indicator", _ANY)
            hands.key(Qt.Key.Key_Return, CONTROL)
        hands.rest()
    raise AssertionError("the reading never ends")


def save(hands: Hands) -> None:
    hands.key(Qt.Key.Key_S, CONTROL)
    hands.rest(100)
    assert hands.sees("Đã lưu kế hoạch vừa đọc.")


def record_an_activity(
    hands: Hands, unit: str, plan: str, kind: tuple[str, str] = ("the thao", "Thể thao"), **more: str
) -> None:
    page(hands, "activities")
    hands.click("new")
    hands.choose("campaign", plan)
    hands.search("kind", *kind)
    hands.fill("title", "Kéo co mừng ngày thành lập")
    hands.fill_all(tuple(more.items()))
    hands.tick("units", [unit])
    hands.fill_all((("starts", "20/7/2024"), ("participants", "24"), ("women", "9")))
    hands.click("save")
    hands.rest(350)


def test_our_own_plan_from_word_to_the_record_behind_a_figure(machine: Machine, tmp_path: Path) -> None:
    plan = word_file(tmp_path, OWN)
    hands = machine.unlock()
    read(hands, plan)
    assert hands.rows("items"), "the head is shown first"
    hands.tab("Chỉ tiêu", "item_groups")
    assert [row[1] for row in hands.rows("items")] == [
        "Mỗi công đoàn cơ sở tổ chức ít nhất 01 hoạt động chào mừng 95 năm Công đoàn Việt Nam",
        "Phấn đấu tổ chức trên 12 hoạt động trong toàn xã",
    ]
    confirm_all(hands)
    save(hands)
    assert hands.sees("21/KH-CĐX")
    assert len(hands.rows("targets")) == 2
    record_an_activity(hands, POWER, "21/KH-CĐX")
    page(hands, "campaigns")
    hands.rest(300)
    first = hands.rows("targets")[0]
    assert "1" in first, first
    hands.cell("targets", "Mỗi công đoàn cơ sở")
    hands.tab("CĐCS đã đạt", "target_tabs")
    assert [row[0] for row in hands.rows("target_grassroots")] == [POWER]
    hands.open_row("target_grassroots", POWER)
    assert hands.rows("target_records")[0][1] == "Thể thao · 24 người"
    hands.key(Qt.Key.Key_Escape)
    hands.rest()
    assert [row[0] for row in hands.rows("target_grassroots")] == [POWER], "back at the units"
    hands.tab("CĐCS còn thiếu", "target_tabs")
    assert SCHOOL in {row[0] for row in hands.rows("target_grassroots")}
    hands.rest(_LAST_WORDS_MS)


def test_the_plan_of_lai_chau_becomes_twelve_targets(machine: Machine, tmp_path: Path) -> None:
    seeds = sorted(SEEDS.glob("000_*.txt"))
    if not seeds:
        pytest.skip("the seed plans are not beside the project (../shared/seeds)")
    plan = word_file(tmp_path, seeds[0].read_text("utf-8"))
    hands = machine.unlock()
    read(hands, plan)
    confirm_all(hands)
    save(hands)
    assert hands.sees("14/KH-LĐLĐ")
    targets = hands.rows("targets")
    assert len(targets) == 12
    assert any("trên 85% doanh nghiệp có từ 10 lao động trở lên" in row[1] for row in targets)
    hands.tab("Báo cáo", "campaign_tabs")
    assert len(hands.rows("duties")) == 2
    hands.tab("Liên quan", "campaign_tabs")
    assert "39-CTr/TU" in {row[1] for row in hands.rows("links")}
    record_an_activity(hands, POWER, "14/KH-LĐLĐ", ("gioi thieu", "Giới thiệu"), count="3")
    page(hands, "campaigns")
    hands.rest(300)
    hands.tab("Chỉ tiêu", "campaign_tabs")
    introduced = next(row for row in hands.rows("targets") if "500 đoàn viên" in row[1])
    assert "3" in introduced, introduced
    hands.cell("targets", introduced[1])
    hands.tab("Theo đơn vị", "target_tabs")
    hands.open_row("target_grassroots", POWER)
    assert [row[2] for row in hands.rows("target_records")] == [POWER]
    hands.key(Qt.Key.Key_Escape)
    hands.rest()
    assert [row[0] for row in hands.rows("target_grassroots")] == [POWER], "back at the units"
    hands.rest(_LAST_WORDS_MS)
