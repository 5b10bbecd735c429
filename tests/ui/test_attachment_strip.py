"""Photos and scans in the editors, driven with keys, mouse, dropping and pasting over a real office."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.needs import Need
from congdoan_desktop.services import activities, attachments, drafts, needs, support
from congdoan_desktop.services.attachments import AttachmentRow
from congdoan_desktop.services.gift_lists import SavedGifts
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog, ReasonDialog
from congdoan_desktop.ui.pages.activities import ActivitiesPage
from congdoan_desktop.ui.pages.attachments.strip import AttachmentStrip
from congdoan_desktop.ui.pages.attachments.viewer import PictureDialog
from congdoan_desktop.ui.pages.support.gifts import GiftsPage
from congdoan_desktop.ui.pages.support.needs import NeedsPage
from congdoan_desktop.ui.pages.support.page import SupportPage
from congdoan_desktop.ui.tasks import Task, TaskRunner
from tests.pictures.photos import photo
from tests.ui import entry_office
from tests.ui.entry_office import SCHOOL, Given
from tests.ui.hands import CONTROL, Click, Press, Show, Type, modal, open_page
from tests.ui.test_activities_page import fill

PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(given: Given, show: Show) -> ActivitiesPage:
    return open_page(ActivitiesPage, given.context, show)


@pytest.fixture
def card(tmp_path: Path) -> list[Path]:
    made = [tmp_path / f"IMG_{number}.jpg" for number in (1, 2)]
    for number, path in enumerate(made):
        path.write_bytes(photo(300 + 20 * number, 200, 6))
    return made


def attached(given: Given, runner: TaskRunner, owner: str = "") -> list[AttachmentRow]:
    found: list[AttachmentRow] = entry_office.ask(runner, lambda: attachments.listing(given.office, owner))
    return found


def first(page: ActivitiesPage, press: Press, runner: TaskRunner) -> AttachmentStrip:
    """The strip of the first record of the list."""
    page.table.setFocus()
    press(Qt.Key.Key_Home)
    page.table.selectRow(0)
    assert runner.wait_idle()
    assert page.editor.pictures is not None
    return page.editor.pictures


def settled(strip: AttachmentStrip, count: int, qtbot: QtBot, runner: TaskRunner) -> None:
    qtbot.waitUntil(lambda: strip.list.count() == count and runner.idle)


def drop(strip: AttachmentStrip, mime: QMimeData) -> None:
    """As Qt delivers it: first the pointer comes in, then it lets go."""
    at, copy, left, plain = strip.rect().center(), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, PLAIN
    enter = QDragEnterEvent(at, copy, mime, left, plain)
    QApplication.sendEvent(strip, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(at), copy, mime, left, plain)
    QApplication.sendEvent(strip, event)
    assert event.isAccepted()


def files(paths: list[Path]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_dropped_files_are_attached_and_opened_with_enter(
    page: ActivitiesPage, given: Given, runner: TaskRunner, qtbot: QtBot, press: Press, card: list[Path]
) -> None:
    strip = first(page, press, runner)
    drop(strip, files(card))
    settled(strip, 2, qtbot, runner)
    assert len(attached(given, runner, page.editor.record or "")) == 2
    assert strip.list.hasFocus()
    press(Qt.Key.Key_Return)
    dialog = modal(PictureDialog, qtbot)
    qtbot.waitUntil(lambda: not dialog.picture.pixmap().isNull())
    assert dialog.place.text() == "1 / 2"
    fitted, upright = dialog.scale(), dialog.picture.size()
    press(Qt.Key.Key_R)
    assert dialog.picture.width() > dialog.picture.height()
    assert upright.height() > upright.width()
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_Plus)
    assert dialog.scale() > fitted or dialog.percent.text()
    press(Qt.Key.Key_Right)
    assert dialog.place.text() == "2 / 2"
    assert runner.wait_idle()
    press(Qt.Key.Key_Escape)


def test_delete_asks_why_and_ctrl_z_brings_back(
    page: ActivitiesPage,
    given: Given,
    runner: TaskRunner,
    qtbot: QtBot,
    press: Press,
    type_keys: Type,
    card: list[Path],
) -> None:
    strip = first(page, press, runner)
    drop(strip, files(card))
    settled(strip, 2, qtbot, runner)
    press(Qt.Key.Key_Delete)
    dialog = modal(ReasonDialog, qtbot)
    type_keys("mo")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not dialog)
    settled(strip, 1, qtbot, runner)
    assert "Đã gỡ" in page.editor.banner.text()
    page.activateWindow()
    qtbot.waitUntil(strip.list.hasFocus)
    press(Qt.Key.Key_Z, CONTROL)
    settled(strip, 2, qtbot, runner)
    assert len(attached(given, runner)) == 2


def test_a_pasted_picture(
    page: ActivitiesPage, given: Given, runner: TaskRunner, qtbot: QtBot, press: Press, click: Click
) -> None:
    strip = first(page, press, runner)
    image = QImage(120, 80, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    click(strip.paste_button)
    settled(strip, 1, qtbot, runner)
    strip.list.setFocus()
    press(Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: "từ trước" in page.editor.banner.text())
    QGuiApplication.clipboard().setText("chữ")
    click(strip.paste_button)
    assert "Chưa có ảnh" in page.editor.banner.text()
    assert len(attached(given, runner)) == 1


def test_a_new_activity_of_two_units_takes_its_pictures_along(
    page: ActivitiesPage,
    given: Given,
    runner: TaskRunner,
    qtbot: QtBot,
    click: Click,
    press: Press,
    type_keys: Type,
    card: list[Path],
) -> None:
    fill(page, click, press, type_keys)
    strip = page.editor.pictures
    assert strip is not None
    drop(strip, files(card))
    settled(strip, 2, qtbot, runner)
    assert attached(given, runner) == []
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle()
    rows = attached(given, runner)
    assert [len(row.attachment.owners) for row in rows] == [2, 2]
    assert all(row.here for row in rows)


def test_pictures_of_an_unsaved_record_are_in_its_draft(
    page: ActivitiesPage, given: Given, runner: TaskRunner, qtbot: QtBot, press: Press, card: list[Path]
) -> None:
    press(Qt.Key.Key_N, CONTROL)
    strip = page.editor.pictures
    assert strip is not None
    drop(strip, files(card))
    settled(strip, 2, qtbot, runner)
    strip.list.setFocus()
    press(Qt.Key.Key_Delete)
    assert strip.list.count() == 1
    page.editor.shut()
    draft = drafts.find(given.office, "activity")
    assert draft is not None
    assert len(draft.values["pictures"]) == 1
    page.open_new()
    settled(strip, 1, qtbot, runner)
    assert strip.list.item(0).icon().isNull() is False


def test_files_that_cannot_be_read_are_named(
    page: ActivitiesPage, runner: TaskRunner, qtbot: QtBot, press: Press, card: list[Path], tmp_path: Path
) -> None:
    strip = first(page, press, runner)
    (tmp_path / "thu.heic").write_bytes(b"\x00\x00\x00\x18ftypheic" + bytes(50))
    drop(strip, files([tmp_path / "thu.heic", card[0]]))
    settled(strip, 1, qtbot, runner)
    assert "thu.heic: Ảnh HEIC" in page.editor.banner.text()


def test_stopping_attaches_nothing(
    page: ActivitiesPage, given: Given, runner: TaskRunner, qtbot: QtBot, press: Press, card: list[Path]
) -> None:
    strip, seen = first(page, press, runner), []

    def stop(task: Task) -> None:
        seen.append(task.title)
        if task.title == "Đang đính kèm ảnh":
            assert task.cancellable
            task.cancel()

    runner.started.connect(stop)
    drop(strip, files(card))
    assert runner.wait_idle()
    qtbot.waitUntil(lambda: "Đã dừng" in page.editor.banner.text())
    assert "Đang đính kèm ảnh" in seen
    assert runner.wait_idle()
    assert attached(given, runner) == []
    assert strip.list.count() == 0


def test_a_copy_is_written_only_after_a_word_about_it(
    page: ActivitiesPage,
    given: Given,
    runner: TaskRunner,
    qtbot: QtBot,
    press: Press,
    click: Click,
    card: list[Path],
    tmp_path: Path,
) -> None:
    strip = first(page, press, runner)
    drop(strip, files(card[:1]))
    settled(strip, 1, qtbot, runner)
    strip.open(0)
    dialog = modal(PictureDialog, qtbot)
    qtbot.waitUntil(lambda: not dialog.picture.pixmap().isNull())
    press(Qt.Key.Key_S, CONTROL)
    asked = modal(ConfirmDialog, qtbot)
    click(asked.yes)
    chooser = modal(QFileDialog, qtbot)
    chooser.fileSelected.emit(str(tmp_path / "sao.jpg"))
    chooser.close()
    qtbot.waitUntil(lambda: (tmp_path / "sao.jpg").exists() and runner.idle)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    click(dialog.erase_button)
    click(modal(ConfirmDialog, qtbot).yes)
    settled(strip, 0, qtbot, runner)
    assert not list((given.office.folder / "attachments").glob("*.cdimg"))


def test_support_shows_its_scans_too(
    given: Given, show: Show, runner: TaskRunner, qtbot: QtBot, press: Press, card: list[Path]
) -> None:
    page = open_page(SupportPage, given.context, show)
    page.table.selectRow(0)
    assert runner.wait_idle()
    strip = page.editor.pictures
    assert strip is not None
    strip.attach(card, "scan")
    settled(strip, 2, qtbot, runner)
    rows = attached(given, runner, page.editor.record or "")
    assert [row.attachment.kind for row in rows] == ["scan"] * 2
    assert entry_office.ask(runner, lambda: len(support.listing(given.office))) > 1


def test_the_scan_of_a_signed_list_hangs_on_all_in_sight(
    given: Given, show: Show, runner: TaskRunner, qtbot: QtBot, click: Click, card: list[Path]
) -> None:
    page = open_page(SupportPage, given.context, show)
    click(entry_office.child(page, Button, "attach_signed"))
    chooser = modal(QFileDialog, qtbot)
    chooser.filesSelected.emit([str(card[0])])
    chooser.close()
    qtbot.waitUntil(lambda: runner.idle and "Đã đính kèm 1 ảnh" in page.banner.text())
    (row,) = attached(given, runner)
    assert row.attachment.kind == "scan"
    assert set(row.attachment.owners) == {
        one.id for one in entry_office.ask(runner, lambda: support.listing(given.office))
    }


def test_a_saved_gift_list_takes_its_scan(
    given: Given, show: Show, runner: TaskRunner, qtbot: QtBot, card: list[Path]
) -> None:
    page = open_page(GiftsPage, given.context, show)
    assert page.pictures.isHidden()
    saved = [row.id for row in entry_office.ask(runner, lambda: support.listing(given.office))][:3]
    page._stored(SavedGifts(tuple(saved), ()))
    assert page.pictures.isVisible()
    page.pictures.attach(card[:1], "scan")
    settled(page.pictures, 1, qtbot, runner)
    (row,) = attached(given, runner)
    assert sorted(row.attachment.owners) == sorted(saved)


def test_a_need_takes_its_papers(given: Given, show: Show, runner: TaskRunner, qtbot: QtBot, card: list[Path]) -> None:
    made = Need(
        given.units[SCHOOL], None, "tap_the", "thien_tai", "tro_cap", date(2024, 7, 1), 5_000_000, group="Tổ chế biến"
    )
    (id_,) = entry_office.ask(runner, lambda: needs.add(given.office, made)).ids
    page = open_page(NeedsPage, given.context, show)
    page.table.selectRow(0)
    assert runner.wait_idle()
    strip = page.editor.pictures
    assert strip is not None
    strip.attach(card, "scan")
    settled(strip, 2, qtbot, runner)
    assert len(attached(given, runner, id_)) == 2


def test_a_save_answers_while_pictures_are_prepared(
    page: ActivitiesPage, given: Given, card: list[Path], runner: TaskRunner, press: Press,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    """Nobody waits for a decoder: the pictures are still being prepared when the list is there with what was saved."""
    strip, let_go, prepare = first(page, press, runner), threading.Event(), attachments.make_ready

    def slowly(*args: Any) -> Any:
        assert let_go.wait(20)
        return prepare(*args)

    monkeypatch.setattr(attachments, "make_ready", slowly)
    strip.attach(card, "photo")
    page.form.go_to("note")
    press(Qt.Key.Key_A)
    press(Qt.Key.Key_S, CONTROL)
    answered: list[list[str]] = []
    runner.run(lambda: [row.activity.note for row in activities.listing(given.office)], done=answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert any(note.endswith("a") for note in answered[0])
    assert not runner.idle
    let_go.set()
    assert runner.wait_idle()
    assert len(attached(given, runner, strip._owners[0])) == 2


def test_a_picture_still_prepared_when_its_record_is_saved_goes_to_no_other(
    page: ActivitiesPage, runner: TaskRunner, press: Press, click: Click, type_keys: Type, card: list[Path],
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    let_go, prepare = threading.Event(), attachments.make_ready

    def slowly(*args: Any) -> Any:
        assert let_go.wait(20)
        return prepare(*args)

    monkeypatch.setattr(attachments, "make_ready", slowly)
    fill(page, click, press, type_keys)
    strip = page.editor.pictures
    assert strip is not None
    strip.attach(card, "photo")
    held = strip._held
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: strip._held != held)
    let_go.set()
    assert runner.wait_idle()
    assert strip.list.count() == 0
    assert strip.raw() == []
    assert "Chưa đính kèm" in page.editor.banner.text()
