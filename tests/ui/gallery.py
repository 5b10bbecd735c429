"""Every part of the kit on pictures: `python -m tests.ui.gallery` fills build/gallery/, light, dark and at 150 %.

Names and figures are invented.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.errors import AppError, Finding
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.application import make_application
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.bars import BarValue, MonthBars, ShareBar
from congdoan_desktop.ui.kit.basics import Button, card, label, row
from congdoan_desktop.ui.kit.choice_fields import CheckField, ChoiceField, RadioField
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.date_field import DateField
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog, ErrorDialog, ReasonDialog
from congdoan_desktop.ui.kit.editor import EditorPanel
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.kit.number_fields import CountField, MoneyField
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.paper_view import PaperView
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.steps import Step, StepBar
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.kit.text_fields import NoteField, PassphraseField, TextField
from congdoan_desktop.ui.kit.tree_table import TreeTable
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.tasks import TaskRunner

LOOKS = (
    ("sang", False, 100, (1366, 697)),
    ("toi", True, 100, (1366, 768)),
    ("150", False, 150, (1280, 672)),
)
ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = (
    "Vàng A Páo|THCS Mường Cang|Ốm đau dài ngày|Quỹ Xã hội|5000000",
    "Lò Văn Inh|Chè Phúc Than|Tai nạn lao động|Quỹ Xã hội|3000000",
    "Nguyễn Thị Hạnh|Y tế Mường Kim|Sinh con|Ngân sách|500000",
    "Hoàng Thị Mai|Tiểu học số 2|Việc hiếu|Ngân sách|500000",
    "Tòng Văn Định|Gạch Tà Gia|Cháy nhà|Quỹ Xã hội|10000000",
    "Giàng Thị Sua|Mầm non Hua Nà|Khó khăn nhà ở|Mái ấm|50000000",
    "Lường Văn Thân|Chè Phúc Than|Ốm đau|Ngân sách|500000",
)
STATES = (chips.OVERDUE.with_word("Vượt số dư"), chips.WAITING, chips.PAID, chips.PAID, chips.PAID, chips.DRAFT)
CDCS = ("Trường THCS Mường Cang", "Trạm Y tế Mường Kim", "Điện lực", "UBND xã", "HTX chè Phúc Than", "Gạch Tà Gia")
UNITS = tuple((number, f"CĐCS {name}") for number, name in enumerate(CDCS, 1))


def read_date(text: str) -> date:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007  # a calendar day has no zone
    except ValueError:
        raise ValueError("Tháng 11 có 30 ngày." if text.startswith("31/11") else "Ngày chưa đúng.") from None


def show_date(value: object) -> str:
    assert isinstance(value, date)
    return f"{value:%d/%m/%Y}"


def words(amount: int) -> str:
    return "Năm triệu đồng" if amount == 5_000_000 else f"{amount} đồng"


def support_rows() -> list[dict[str, object]]:
    made = []
    for n in range(24):
        person, unit, cause, fund, amount = NAMES[n % len(NAMES)].split("|")
        day = date(2026, 11, 18 - n % 17)
        made.append(
            {"id": n, "day": day, "person": person, "unit": unit, "cause": cause, "fund": fund}
            | {"amount": int(amount), "state": STATES[n % len(STATES)]}
        )
    return made


SUPPORT_COLUMNS = (
    Column("day", "Ngày", 70, "date", show=lambda d: f"{d:%d/%m}"),
    Column("person", "Người nhận", 124, "name"),
    Column("unit", "CĐCS", 132),
    Column("cause", "Nguyên nhân"),
    Column("fund", "Quỹ", 84),
    Column("amount", "Số tiền (đ)", 96, "money"),
    Column("state", "Tình trạng", 136, "state"),
)
TARGET_COLUMNS = (
    Column("name", "Chỉ tiêu", least=200, under="wording"),
    Column("bar", "Tiến độ so với mốc", 136, "bar"),
    Column("count", "Đã đạt", 96, "number"),
    Column("share", "Tỷ lệ", 64, "strong"),
    Column("state", "Tình trạng", 190, "state"),
    Column("next", "", 76, "action"),
)
TARGETS = (
    ("Hội nghị người lao động", "100% doanh nghiệp có Công đoàn", BarValue(41, 48, 100, "warn"), "41/48", "85,4%"),
    ("Thành lập CĐCS", "trên 85% doanh nghiệp ≥ 10 lao động", BarValue(48, 55, 85, "ok"), "48/55", "87,3%"),
    ("Người lao động vào Công đoàn", "trên 83% người lao động", BarValue(1912, 2343, 83), "1.912/2.343", "81,6%"),
    ("Cán bộ CĐCS được tập huấn", "trên 85% cán bộ CĐCS", BarValue(102, 175, 85, "bad"), "102/175", "58,3%"),
    ("CĐCS xếp loại hoàn thành tốt", "trên 95%", BarValue(0, 0, 95), None, None),
)
TARGET_STATES = (
    chips.BEHIND.with_word("Còn thiếu 7 doanh nghiệp"),
    chips.MET,
    chips.SHORT_OF.with_word("Còn thiếu 33 người"),
    chips.UNLIKELY,
    chips.NO_DATA,
)


def support_form() -> Form:
    form = Form()
    people = [Option(n, row.split("|")[0], f"CĐCS {row.split('|')[1]}") for n, row in enumerate(NAMES)]
    form.add(SearchChoiceField("person", "Người nhận", people, required=True))
    causes = [("sick", "Ốm đau dài ngày"), ("birth", "Sinh con")]
    day = DateField("day", "Ngày", read_date, show_date, required=True)
    form.add(day, ChoiceField("cause", "Nguyên nhân", causes, required=True))
    form.add(ChoiceField("fund", "Quỹ", [("xh", "Quỹ Xã hội Công đoàn")], required=True))
    form.add(MoneyField("amount", "Số tiền (đồng)", words, required=True))
    form.add(RadioField("form", "Hình thức", [("cash", "Tiền"), ("kind", "Hiện vật"), ("both", "Cả hai")]))
    form.add(NoteField("note", "Ghi chú"))
    return form


def filled_editor() -> EditorPanel:
    editor = EditorPanel(support_form(), history=True, delete=True)
    editor.set_heading("Thăm hỏi ốm đau dài ngày", "Bản nháp đã giữ lúc 10:32 · chưa lưu")
    editor.form.set_values(
        {"person": 0, "cause": "sick", "fund": "xh", "amount": 5_000_000, "form": "cash"}
        | {"note": "Điều trị tại Bệnh viện Đa khoa tỉnh từ 02/11, gia đình hộ cận nghèo."}
    )
    editor.form.field("day").set_raw("31/11/2026")
    over = "Vượt số dư: quỹ còn 3.200.000 đ. Giảm số tiền, hoặc chọn quỹ khác."
    editor.form.show_findings(
        (Finding("day", "Tháng 11 có 30 ngày."), Finding("amount", over), Finding("fund", "Quỹ sắp hết.", warning=True))
    )
    return editor


def support_page() -> PageFrame:
    page = PageFrame("Chăm lo", "Kế hoạch 39/KH-LĐLĐ")
    page.add_search("Tìm người nhận, đơn vị…")
    page.add_action(Button("Xuất Excel", "table"))
    page.set_primary(Button("Ghi khoản chăm lo", "plus", "primary"))
    page.add_tabs(["Khoản chăm lo", "Nhu cầu", "Quỹ"])
    year = page.add_filter(chips.FilterChip("Năm", lambda v: None, choices=[(2026, "Năm 2026")]))
    year._pick(2026, "Năm 2026")
    page.add_filter(chips.FilterChip("Nguyên nhân", lambda v: None, choices=[("a", "Ốm đau")]))
    page.add_filter(chips.FilterChip("Thiếu chứng từ", lambda v: None, icon="warning"))
    page.add_filter_action(Button("Cột", "columns", "flat"))
    table = TableCard(SUPPORT_COLUMNS, Empty("heart", "Chưa có khoản chăm lo nào."), totals=True)
    table.set_rows(support_rows())
    table.table.selectRow(0)
    table.foot.set_totals("128 khoản · 124 người", {"amount": "186.450.000 đ"})
    page.set_body(table, filled_editor())
    return page


def home_page() -> PageFrame:
    page = PageFrame("Trang chính", "Thứ Sáu, 20/11/2026")
    for text, icon in (("Ghi hoạt động", "calendar-plus"), ("Ghi chăm lo", "heart")):
        page.add_action(Button(text, icon, "tinted"))
    table = TableCard(TARGET_COLUMNS, Empty("flag", "Chưa có chỉ tiêu."))
    keys = ("name", "wording", "bar", "count", "share", "state")
    targets = [(*target, state) for target, state in zip(TARGETS, TARGET_STATES, strict=True)]
    table.set_rows([dict(zip(keys, t, strict=True)) | {"id": n, "next": "Mở sổ"} for n, t in enumerate(targets)])
    table.table.selectRow(1)
    side, layout = card()
    layout.addWidget(label("Độ phủ cấp dưới", "card"))
    line = row(label("43/58", "figure"), label("CĐCS đã gửi số liệu tháng 10\n74,1% · còn thiếu 15 CĐCS", "second"))
    layout.addLayout(line)
    share = ShareBar("Độ phủ")
    share.set_parts([(43, "ok"), (4, "warn")], 58)
    layout.addWidget(share)
    layout.addWidget(label("Hoạt động theo tháng", "card"))
    months = MonthBars("Hoạt động theo tháng")
    months.set_values((6, 9, 14, 8, 17, 12, 11, 15, 18, 13, 9, 0), 11)
    layout.addWidget(months)
    layout.addLayout(
        row(*(chips.ChipLabel(s) for s in (chips.days_left(-1), chips.CONFLICT, chips.RETURNED)), spacing=4)
    )
    layout.addStretch(1)
    side.setFixedWidth(338)
    page.set_body(table, side)
    return page


def hand_off_page() -> PageFrame:
    page = PageFrame("Gửi – nhận")
    page.set_primary(Button("Gửi gói mới", "paper-plane-tilt", "primary"))
    names = (
        ("Cắm USB", "usb"),
        ("Kiểm tra", "list-checks"),
        ("Ghi", "download-simple"),
        ("Đọc lại", "eye"),
        ("Rút USB", "eject"),
    )
    steps = StepBar([Step(title, icon, "chờ bước trước") for title, icon in names])
    for at, line in enumerate(("KINGSTON (E:)", "Đủ chỗ, ghi được", "2 gói, 4,8 MB")):
        steps.set_step(at, "done", line)
    steps.set_step(3, "active", "Đang so từng byte")
    body = QWidget()
    layout = QVBoxLayout(body)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(steps)
    for tone, what in (
        ("info", "Chữ trong tệp viết bằng TCVN3."),
        ("warn", "Chưa rút USB."),
        ("ok", "Có thể rút USB."),
    ):
        banner = Banner()
        banner.show_text(tone, what, "Màn hình sẽ báo khi xong.", action="Xem" if tone == "info" else "")
        layout.addWidget(banner)
    banner = Banner()
    banner.show_error(AppError("Gói không đọc được.", safe="Máy này chưa nhận gì.", todo="Xin đơn vị ghi lại."))
    layout.addWidget(banner)
    empty = Empty("tray", "Gói của đơn vị khác gửi tới nằm ở đây.", "Mở USB", None, "Mở từ thư mục")
    layout.addWidget(TableCard(SUPPORT_COLUMNS, empty), 1)
    page.set_body(body)
    return page


def units_page() -> PageFrame:
    page = PageFrame("Đơn vị – đoàn viên")
    page.set_primary(Button("Sắp xếp tổ chức", "tree-structure", "primary"))
    page.add_tabs(["Đơn vị", "Cơ cấu tổ chức", "Đoàn viên"])
    tree = TreeTable((Column("name", "Đơn vị", least=220), Column("members", "Đoàn viên", 90, "number")))
    rows = [{"id": "xa", "parent": None, "depth": 0, "name": "Công đoàn xã Than Uyên", "members": 214}]
    rows += [{"id": n, "parent": "xa", "depth": 1, "name": name, "members": 40 + n} for n, name in UNITS]
    tree.set_nodes(rows)
    tree.selectRow(2)
    page.set_body(tree)
    return page


def paper(page: int, width: int, give: Callable[[bytes], None]) -> None:
    image = QImage(width, round(width * 297 / 210), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignHCenter, f"\n\nBÁO CÁO – trang {page + 1}")
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt a str
    give(bytes(data.data()))


def report_page() -> PageFrame:
    page = PageFrame("Báo cáo", "Phong trào thi đua quý III/2026")
    page.add_action(Button("PDF", "file-pdf"))
    page.set_primary(Button("In", "printer", "primary"))
    left, layout = card()
    layout.addWidget(label("Lập báo cáo", "card"))
    form = Form()
    form.add(MultiUnitField("units", "Đơn vị", UNITS, rows=5))
    form.field("units").set_value((1, 3))
    form.add(TextField("place", "Địa danh"), CountField("people", "Số người"))
    form.add(PassphraseField("pass", "Mật khẩu"))
    form.field("pass").set_note("Đủ mạnh: 12 ký tự, có chữ và số.")
    form.add(CheckField("annex", "Phụ lục danh sách (dữ liệu cá nhân)"))
    layout.addWidget(form)
    layout.addStretch(1)
    left.setFixedWidth(theme.current().px(320))
    view = PaperView()
    view.set_pages(paper, [297 / 210] * 4)
    both = QWidget()
    line = QHBoxLayout(both)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(left)
    line.addWidget(view, 1)
    page.set_body(both)
    return page


def window(runner: TaskRunner) -> MainWindow:
    made = MainWindow(runner)
    made.add_page("home", "house", "Trang chính", home_page)
    made.add_page("plans", "flag", "Kế hoạch – phong trào", QWidget)
    made.add_page("support", "heart", "Chăm lo", support_page)
    made.add_page("reports", "file-text", "Báo cáo", report_page)
    made.add_page("units", "tree-structure", "Đơn vị – đoàn viên", units_page)
    made.add_page("hand_off", "paper-plane-tilt", "Gửi – nhận", hand_off_page)
    made.add_page("settings", "gear", "Thiết lập", QWidget, bottom=True)
    made.set_help(lambda page: None)
    made.set_unit("Công đoàn xã Than Uyên", "Lò Thị Hoa · Phó Chủ tịch")
    made.set_badge("home", 4, "việc")
    made.set_badge("hand_off", 3, "gói")
    made.status.saved.say("Đã lưu 10:32", "ok")
    made.status.backup.say("Sao lưu 12 phút trước")
    made.status.waiting.say("2 gói chờ biên nhận", "warn")
    return made


def dialogs(parent: QWidget) -> tuple[QWidget, ...]:
    error = AppError("Không ghi được vào USB.", safe="Gói vẫn ở hộp gửi.", todo="Cắm lại USB rồi bấm Ghi.")
    return (
        ErrorDialog(parent, error),
        ConfirmDialog(parent, "Gửi 2 gói?", "Gói sẽ ghi vào KINGSTON (E:).", "Gửi 2 gói", lambda: None),
        ReasonDialog(parent, "3 khoản chăm lo", lambda reason: None),
    )


def save(widget: QWidget, folder: Path, name: str) -> None:
    for _ in range(3):  # layouts with wrapped text settle in turns
        QApplication.processEvents()
    widget.grab().save(str(folder / f"{name}.png"))


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application()
    folder = ROOT / "build" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    for look, dark, scale, size in (
        ("sang", False, 100, (1366, 697)),
        ("toi", True, 100, (1366, 768)),
        ("150", False, 150, (1280, 672)),
    ):
        theme.apply(app, dark, scale)
        runner = TaskRunner()
        shown = window(runner)
        shown.resize(*size)
        shown.show()
        for key in ("home", "support", "reports", "units", "hand_off"):
            shown.show_page(key)
            save(shown, folder, f"{look}-{key}")
        for dialog in dialogs(shown):
            dialog.show()
            save(dialog, folder, f"{look}-{type(dialog).__name__}")
            dialog.close()
        shown.close()
        runner.shutdown()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main()
