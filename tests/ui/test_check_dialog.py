"""Kiểm tra bản in from the page of reports: a code typed with keys, Enter, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import segno
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from congdoan_desktop.packages.codes import code12
from congdoan_desktop.services import paper_check, reporting
from congdoan_desktop.services.paper_check import CheckedFigure, PaperCheck, Standing
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.pages.reports import ReportsPage
from congdoan_desktop.ui.pages.reports.check_dialog import CheckDialog, lines
from congdoan_desktop.ui.tasks import TaskRunner
from tests.pictures.photos import photo
from tests.ui.entry_office import Given, ask, child
from tests.ui.hands import Click, Press, Show, Type, modal, open_page


@pytest.fixture
def dialog(given: Given, show: Show, click: Click, qtbot: QtBot) -> CheckDialog:
    page = open_page(ReportsPage, given.context, show)
    click(child(page, Button, "check_paper"))
    found: CheckDialog = modal(CheckDialog, qtbot)
    return found


def test_a_code_typed_and_enter(
    dialog: CheckDialog, given: Given, type_keys: Type, press: Press, runner: TaskRunner
) -> None:
    page: Any = dialog.parent()
    made = page.findChild(ReportsPage) or page
    id_ = made.shown.prepared.report.report_id
    ask(runner, lambda: reporting.note_print(given.office, made.shown.prepared))
    type_keys(code12(id_).replace(" ", "").lower())
    press(Qt.Key.Key_Return)
    assert runner.wait_idle()
    assert dialog.banner.accessibleName().startswith(f"{code12(id_)}: Bản này từng in")


def test_what_is_no_code_says_what_to_type(dialog: CheckDialog, click: Click, runner: TaskRunner) -> None:
    click(child(dialog, Button, "check_code"))
    assert runner.wait_idle()
    assert "Đây không phải mã báo cáo." in dialog.banner.accessibleName()


def test_each_figure_stands_as_it_must_on_paper(
    dialog: CheckDialog, runner: TaskRunner, type_keys: Type, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = (CheckedFigure("CĐCS tổ chức hoạt động", 1013, 1014), CheckedFigure("Đoàn viên ưu tú", 9, None))
    found = PaperCheck("L5PV 6X27 L5PV", Standing.CURRENT, "Công đoàn xã", "39/KH", "quý I", None, None, figures)
    monkeypatch.setattr(paper_check, "check", lambda *_: found)
    type_keys("l")
    press(Qt.Key.Key_Return)
    assert runner.wait_idle()
    assert list(lines(found))[3:] == [("CĐCS tổ chức hoạt động", "1.013/1.014"), ("Đoàn viên ưu tú", "9")]
    assert "Mã khớp với báo cáo đang được tính." in dialog.banner.accessibleName()


def test_a_photo_without_a_code_is_told(dialog: CheckDialog, runner: TaskRunner, tmp_path: Path) -> None:
    picture = tmp_path / "anh.jpg"
    picture.write_bytes(photo())
    dialog.read_picture(picture)
    assert runner.wait_idle()
    assert "Không thấy mã QR" in dialog.banner.accessibleName()


def test_a_photo_of_a_code_is_checked(dialog: CheckDialog, runner: TaskRunner, tmp_path: Path) -> None:
    picture = tmp_path / "ma.png"
    segno.make_qr("ab" * 32).save(str(picture), scale=6)
    dialog.read_picture(picture)
    assert runner.wait_idle()
    assert "Không có báo cáo nào mang mã này" in dialog.banner.accessibleName()
