"""From a start on an empty folder to the open window, and back through the locked door."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.clock import VIETNAM, FixedClock
from congdoan_desktop.services import door as doors
from congdoan_desktop.services import sample, sample_province, sample_years
from congdoan_desktop.services.opening import KdfCost
from congdoan_desktop.ui import instance
from congdoan_desktop.ui.application import Program
from congdoan_desktop.ui.first_start import FirstStartWindow
from congdoan_desktop.ui.instance import Instance
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.main_window import MainWindow
from congdoan_desktop.ui.recovery_dialog import RecoveryDialog
from congdoan_desktop.ui.sample_dialog import SampleDialog
from congdoan_desktop.ui.unlock import UnlockWindow

PASSPHRASE = "mat khau 2026"
FORM = {
    "unit_name": "Công đoàn xã Than Uyên",
    "officer_name": "Lò Thị Hoa",
    "officer_title": "Phó Chủ tịch",
    "passphrase": PASSPHRASE,
    "passphrase_again": PASSPHRASE,
}

Start = Callable[[], Program]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "so"
    made.mkdir()
    return made


@pytest.fixture
def start(folder: Path, cheap_kdf: KdfCost, qtbot: QtBot) -> Iterator[Start]:
    """A run of the program over the folder; the one before it is closed first."""
    running: list[Program] = []

    def end() -> None:
        while running:
            program = running.pop()
            if program.window is not None:
                program.window.close()
            program.shutdown()

    def begin() -> Program:
        end()
        program = Program(folder, FixedClock(datetime(2026, 11, 20, 8, 0, tzinfo=VIETNAM)), cheap_kdf)
        running.append(program)
        program.start()
        assert program.window is not None
        qtbot.waitUntil(program.window.isActiveWindow)
        return program

    yield begin
    end()


def click(qtbot: QtBot, parent: QWidget | None, name: str) -> None:
    assert parent is not None
    button = parent.findChild(Button, name)
    assert button is not None, name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def fill(qtbot: QtBot, window: FirstStartWindow, values: dict[str, str]) -> None:
    """Each field is given its text as an input method commits it, and left by Tab."""
    for name, text in values.items():
        line = window.form.field(name).control
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.selectAll()
        line.insert(text)
        line.textEdited.emit(line.text())
        QTest.keyClick(line, Qt.Key.Key_Tab)


def found(qtbot: QtBot, program: Program) -> RecoveryDialog:
    window = program.window
    assert isinstance(window, FirstStartWindow)
    fill(qtbot, window, FORM)
    click(qtbot, window, "start")
    qtbot.waitUntil(lambda: window.findChild(RecoveryDialog) is not None, timeout=20_000)
    dialog = window.findChild(RecoveryDialog)
    assert dialog is not None
    return dialog


def words_on(dialog: QDialog) -> str:
    found = [dialog.findChild(QLabel, f"word{number}") for number in range(1, 15)]
    return " ".join(label.text() for label in found if label is not None)


def into_books(qtbot: QtBot, program: Program, dialog: RecoveryDialog) -> MainWindow:
    QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton, pos=QPoint(12, dialog.agree.height() // 2))
    click(qtbot, dialog, "goOn")
    return main_window(qtbot, program)


def main_window(qtbot: QtBot, program: Program) -> MainWindow:
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=20_000)
    assert isinstance(program.window, MainWindow)
    qtbot.waitUntil(lambda: program.runner.idle, timeout=20_000)
    return program.window


def test_three_things_make_an_office(qtbot: QtBot, start: Start, folder: Path) -> None:
    program = start()
    dialog = found(qtbot, program)
    assert len(words_on(dialog).split()) == 14
    window = into_books(qtbot, program, dialog)
    assert window.status.unit.text() == FORM["unit_name"]
    assert window.status.officer.text() == "Lò Thị Hoa · Phó Chủ tịch"
    door = doors.door(folder)
    assert door is not None
    assert [name for _, name in door.officers] == ["Lò Thị Hoa"]


def test_the_name_fills_what_it_tells(qtbot: QtBot, start: Start) -> None:
    window = start().window
    assert isinstance(window, FirstStartWindow)
    fill(qtbot, window, {"unit_name": FORM["unit_name"]})
    values = window.form.values()
    assert (values["kind"], values["unit_code"], values["place"]) == ("cong_doan_xa", "CDX-THANUYEN", "Than Uyên")


FAULTS = (
    ({"passphrase_again": "khac"}, "passphrase_again", "Chưa giống ô bên trái."),
    ({"passphrase": "ngan", "passphrase_again": "ngan"}, "passphrase", "Mật khẩu cần ít nhất 8 ký tự."),
    ({"unit_code": "Mã có dấu"}, "unit_code", "Mã đơn vị chỉ gồm chữ không dấu, số và gạch nối, tối đa 20 ký tự."),
    ({"officer_name": ""}, "officer_name", "Chưa nhập họ và tên."),
)


@pytest.mark.parametrize(("changes", "field", "said"), FAULTS)
def test_a_fault_stands_beside_its_field_and_nothing_is_made(
    qtbot: QtBot, start: Start, folder: Path, changes: dict[str, str], field: str, said: str
) -> None:
    program = start()
    window = program.window
    assert isinstance(window, FirstStartWindow)
    fill(qtbot, window, FORM | changes)
    click(qtbot, window, "start")
    qtbot.waitUntil(lambda: program.runner.idle)
    assert window.form.field(field).finding_text() == said
    assert window.form.field(field).control.hasFocus()
    assert doors.door(folder) is None


def test_the_recovery_sheet_must_be_put_away(qtbot: QtBot, start: Start) -> None:
    program = start()
    dialog = found(qtbot, program)
    assert not dialog.go_on.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert isinstance(program.window, FirstStartWindow)
    into_books(qtbot, program, dialog)


def test_the_recovery_sheet_is_saved_as_pdf(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    program = start()
    dialog = found(qtbot, program)
    click(qtbot, dialog, "savePdf")
    qtbot.waitUntil(lambda: dialog.findChild(QFileDialog) is not None, timeout=20_000)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    target = tmp_path / "phieu.pdf"
    name = chooser.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.setText(str(target))
    QTest.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(target.exists)
    assert target.read_bytes().startswith(b"%PDF-")
    assert "phieu.pdf" in dialog.notice.text()
    into_books(qtbot, program, dialog)


def unlock_window(program: Program) -> UnlockWindow:
    assert isinstance(program.window, UnlockWindow)
    return program.window


def main_windows() -> set[QWidget]:
    return {window for window in QApplication.topLevelWidgets() if isinstance(window, MainWindow)}


def test_the_window_is_built_while_the_passphrase_is_typed(qtbot: QtBot, start: Start) -> None:
    first = start()
    into_books(qtbot, first, found(qtbot, first))
    before = main_windows()
    program = start()
    qtbot.waitUntil(lambda: bool(main_windows() - before), timeout=20_000)
    (built,) = main_windows() - before
    assert not built.isVisible()
    field = unlock_window(program).form.field("passphrase")
    field.set_value(PASSPHRASE)
    QTest.keyClick(field.control, Qt.Key.Key_Return)
    assert main_window(qtbot, program) is built
    assert built.isVisible()


def test_unlocking(qtbot: QtBot, start: Start, type_keys: Callable[[str], None]) -> None:
    first = start()
    into_books(qtbot, first, found(qtbot, first))
    program = start()
    window = unlock_window(program)
    type_keys("sai mat khau")
    QTest.keyClick(window.form.field("passphrase").control, Qt.Key.Key_Return)
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.text().startswith("Mật khẩu chưa đúng.")
    qtbot.waitUntil(window.form.field("passphrase").control.hasFocus)
    type_keys(PASSPHRASE)
    QTest.keyClick(window.form.field("passphrase").control, Qt.Key.Key_Return)
    main_window(qtbot, program)


def test_a_wrong_passphrase_is_told_once(
    qtbot: QtBot, start: Start, type_keys: Callable[[str], None], click: Callable[..., None]
) -> None:
    """By the button: the field that is emptied for another try is not called empty."""
    first = start()
    into_books(qtbot, first, found(qtbot, first))
    window = unlock_window(start())
    type_keys("sai mat khau")
    click(window.open_button)
    qtbot.waitUntil(window.banner.isVisible)
    field = window.form.field("passphrase")
    qtbot.waitUntil(field.control.hasFocus)
    QApplication.processEvents()
    assert field.finding_text() == ""


def test_a_forgotten_passphrase(qtbot: QtBot, start: Start) -> None:
    first = start()
    dialog = found(qtbot, first)
    words = words_on(dialog)
    into_books(qtbot, first, dialog)
    program = start()
    window = unlock_window(program)
    click(qtbot, window, "forgot")
    fields = {"words": words.rsplit(" ", 1)[0], "passphrase": "mat khau moi", "passphrase_again": "mat khau moi"}
    window.recovery.set_raw(fields)
    click(qtbot, window, "recover")
    qtbot.waitUntil(lambda: "13 từ" in window.recovery.field("words").finding_text())
    qtbot.waitUntil(window.recover_button.isEnabled)
    window.recovery.set_raw({"words": words})
    click(qtbot, window, "recover")
    main_window(qtbot, program)
    again = start()
    unlock_window(again).form.field("passphrase").set_value("mat khau moi")
    click(qtbot, again.window, "open")
    main_window(qtbot, again)


def test_the_sample_opens_and_says_so(qtbot: QtBot, start: Start, folder: Path) -> None:
    program = start()
    click(qtbot, program.window, "sample")
    assert program.window is not None
    dialog = program.window.findChild(SampleDialog)
    click(qtbot, dialog, "xa")
    window = main_window(qtbot, program)
    assert "DỮ LIỆU MẪU" in window.windowTitle()
    assert sample.exists(folder)
    assert doors.door(folder) is None


def test_the_big_province_opens_beside_the_sample(
    qtbot: QtBot, start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_province, "MEMBERS", 30)
    monkeypatch.setattr(sample_province, "WORKPLACES", 10)
    monkeypatch.setattr(sample_province, "GRASSROOTS_UNIONS", 5)
    monkeypatch.setattr(sample_years, "ACTIVITIES", 60)
    monkeypatch.setattr(sample_years, "SUPPORTS", 20)
    program = start()
    click(qtbot, program.window, "sample")
    assert program.window is not None
    click(qtbot, program.window.findChild(SampleDialog), sample.BIG)
    window = main_window(qtbot, program)
    assert "DỮ LIỆU MẪU" in window.windowTitle()
    assert sample.big_exists(folder)
    assert not sample.exists(folder)


def test_one_window_over_a_folder(qtbot: QtBot, folder: Path) -> None:
    first, second = Instance(folder), Instance(folder)
    assert first.claim()
    first.listen()
    with qtbot.waitSignal(first.wanted):
        assert not second.claim()
    other = Instance(folder.parent)
    assert other.claim()
    first.release()
    assert second.claim()
    for one in (second, other):
        one.release()


def test_a_window_that_never_answers_keeps_nobody_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "_PATIENCE_S", 0.2)
    first, second = Instance(folder), Instance(folder)
    assert first.claim()
    assert second.claim()
    first.release()


def test_the_window_is_painted_before_the_heavy_libraries_are_read(folder: Path) -> None:
    code = """
import sys
from pathlib import Path
from congdoan_desktop.clock import Clock
from congdoan_desktop.ui.application import Program, make_application
app = make_application()
program = Program(Path(sys.argv[1]), Clock())
program.start()
app.processEvents()
assert program.window.isVisible()
heavy = {"sqlalchemy", "alembic", "reportlab", "cryptography", "pypdfium2", "sqlcipher3"} & set(sys.modules)
program.shutdown()
sys.exit(str(sorted(heavy)) if heavy else 0)
"""
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_source_is_read_while_the_window_is() -> None:
    code = """
import linecache, sys
import congdoan_desktop.ui.application
kept = [name for name in linecache.cache if "congdoan_desktop" in name]
sys.exit(str(kept) if kept else 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
