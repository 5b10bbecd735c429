"""Pictures on the sample province, first the tabs of "Đơn vị – đoàn viên": `python -m tests.demo.tabs FOLDER`."""

from __future__ import annotations

import itertools
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.demo.camera import CLIENT, Camera

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from congdoan_desktop.services.office import Office
    from congdoan_desktop.ui.tasks import TaskRunner

_LONGEST_MS = 300_000
_OTHERS = (
    ("xa", "home", ""), ("xa", "activities", "calendar"), ("xa", "support", "needs"), ("xa", "support", "decisions"),
)  # fmt: skip
"""(office of the sample, page, what is opened there)."""
_LIST = (
    ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Công đoàn cơ sở"),
    (1, "Tòng Thị Ơn", "12/03/1990", "Nữ", "012190000001", "CĐCS Trường THPT Hua Bum"),
    (2, "Mùa A Dế", "05/1985", "Nam", 12085000002, "CĐCS Trường THPT Hua Bum"),
    (3, "Lý A Sử", "31/02/1979", "Nam", "", "CĐCS Trường THPT Hua Bum"),
    (4, "Vàng A Pảo", "1985", "Nam", "1.2E+10", "CĐCS Trường THPT Hua Bum"),
    (5, "Lường Thị Bun", "1990", "Nữ", "", "HTX XD Nậm Sò"),
)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out = Path(sys.argv[1]).resolve()
    camera = Camera(out / "the")

    from congdoan_desktop.services import sample
    from congdoan_desktop.ui.application import make_application
    from congdoan_desktop.ui.desk import Desk
    from congdoan_desktop.ui.pages.units.tabs import TABS
    from congdoan_desktop.ui.preferences import Preferences
    from congdoan_desktop.ui.tasks import TaskRunner

    app = make_application()
    preferences = Preferences(out / "the")
    preferences.dress(app)
    data = out / "tinh"
    if not sample.big_exists(data):
        sample.make_big(data)
    shown: list[tuple[str, str, str]] = [(sample.BIG, "units", tab.key) for tab in TABS]
    for side, places in itertools.groupby([*shown, *_OTHERS], key=lambda one: one[0]):
        runner = TaskRunner()
        offices: list[Office] = []
        runner.run(partial(sample.enter, data, side), done=offices.append)
        runner.wait_idle(_LONGEST_MS)
        desk = Desk(runner, preferences)
        desk.enter(offices[0])
        desk.window.show()
        for _, page, inner in places:
            desk.go(page, inner)
            runner.wait_idle(_LONGEST_MS)
            _prepare(desk.window, runner, inner, out)
            runner.wait_idle(_LONGEST_MS)
            camera.take(desk.window, f"{'the' if page == 'units' else 'trang'}-{inner or page}", CLIENT)
        desk.close()
        desk.window.hide()
        runner.shutdown()


def _prepare(window: QWidget, runner: TaskRunner, tab: str, out: Path) -> None:
    """What an officer would have done there before looking."""
    from congdoan_desktop.ui.pages.sheet_import.page import ImportPage
    from congdoan_desktop.ui.pages.units.merging import MergingTab

    for merging in window.findChildren(MergingTab) if tab == "merging" else ():
        merging.suggest()
    for page in window.findChildren(ImportPage) if tab == "import" else ():
        page.open_path(_list(out / "danh-sach.xlsx"))
        runner.wait_idle(_LONGEST_MS)
        page.go.click()


def _list(path: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in _LIST:
        sheet.append(row)
    book.save(path)
    return path


if __name__ == "__main__":
    main()
