"""Mẫu văn bản in the window: the paper follows the file, a wrong file is told with its line, the old one stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from congdoan_desktop.services import paper_templates
from congdoan_desktop.ui.pages.settings import SettingsPage
from congdoan_desktop.ui.pages.template_dialog import TemplateDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import Given
from tests.ui.hands import Click, Show, open_page


@pytest.fixture
def dialog(given: Given, show: Show, runner: TaskRunner, click: Click, qtbot: QtBot) -> TemplateDialog:
    page = open_page(SettingsPage, given.context, show)
    click(page.template)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), TemplateDialog))
    assert runner.wait_idle()
    made = QApplication.activeModalWidget()
    assert isinstance(made, TemplateDialog)
    return made


def written(dialog: TemplateDialog, runner: TaskRunner, text: str) -> None:
    dialog.text.setPlainText(text)
    dialog.renew()
    assert runner.wait_idle()


def kept(given: Given, runner: TaskRunner) -> str:
    desk: paper_templates.TemplateDesk = entry_office.ask(runner, lambda: paper_templates.look(given.office))
    return desk.text


def test_the_paper_is_there_at_once_and_turns_with_the_file(dialog: TemplateDialog, runner: TaskRunner) -> None:
    assert dialog.view.number.maximum() >= 2
    written(dialog, runner, "[body]\nsize = 20\nline = 40\n")
    assert dialog.view.number.maximum() >= 3
    assert "Nghị định 30" in dialog.banner.accessibleName()


def test_a_wrong_line_is_told_and_cannot_be_saved(dialog: TemplateDialog, given: Given, runner: TaskRunner) -> None:
    before, pages = kept(given, runner), dialog.view.number.maximum()
    written(dialog, runner, "[page]\ntop = 20\nleft = 3\n")
    assert "dòng 3: page.left phải từ 10 đến 60" in dialog.banner.accessibleName()
    assert not dialog.save_button.isEnabled()
    assert dialog.view.number.maximum() == pages
    dialog.save()
    assert runner.wait_idle()
    assert kept(given, runner) == before
    written(dialog, runner, "[page]\nleft = 30\n")
    assert dialog.save_button.isEnabled()


def test_saving_and_going_back(dialog: TemplateDialog, given: Given, runner: TaskRunner, click: Click) -> None:
    written(dialog, runner, "[page]\nleft = 35\n")
    click(dialog.save_button)
    assert runner.wait_idle()
    assert dialog.banner.text().startswith("Đã lưu mẫu văn bản.")
    assert kept(given, runner) == "[page]\nleft = 35\n"
    dialog.show_shipped()
    assert dialog.text.toPlainText() == paper_templates.shipped_text()
    dialog.back()
    assert runner.wait_idle()
    assert "[page]\nleft = 35" not in kept(given, runner)


def test_a_file_is_written_and_read_back(
    dialog: TemplateDialog, runner: TaskRunner, tmp_path: Path, qtbot: QtBot
) -> None:
    written(dialog, runner, "[page]\nleft = 33\n")
    for deed, path in ((dialog._ask_target, tmp_path / "mau.toml"), (dialog._ask_file, tmp_path / "mau.toml")):
        deed()
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
        box = QApplication.activeModalWidget()
        assert isinstance(box, QFileDialog)
        box.fileSelected.emit(str(path))
        box.reject()
        assert runner.wait_idle()
        assert path.read_text("utf-8") == "[page]\nleft = 33\n"
        dialog.text.setPlainText("" if deed == dialog._ask_target else dialog.text.toPlainText())
    assert dialog.text.toPlainText() == "[page]\nleft = 33\n"
    (tmp_path / "hong.toml").write_bytes(b"\xff\xfe\x00")
    dialog._load(tmp_path / "hong.toml")
    assert "Không đọc được hong.toml" in dialog.banner.accessibleName()
