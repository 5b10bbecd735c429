"""A disk that is full, a folder that is only read, a file that somebody holds: the form stays as typed and says so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from congdoan_desktop.services import drafts, support
from congdoan_desktop.storage.engine import connect
from congdoan_desktop.storage.folder import DATABASE
from congdoan_desktop.ui.pages.support import SupportPage
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import SCHOOL, Given
from tests.ui.hands import CONTROL, Press, Show, open_page

VALUES = {"name": "Lò Thị Đào", "birth_year": "1991", "on": "20/7/2024", "cash": "500.000", "note": "nhà cháy, " * 4000}


@pytest.fixture
def page(given: Given, show: Show) -> SupportPage:
    return open_page(SupportPage, given.context, show)


def full(given: Given) -> Callable[[], None]:
    """No page more than there are."""
    with given.office.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def mend() -> None:
        with given.office.read() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000000")

    return mend


def read_only(given: Given) -> Callable[[], None]:
    with given.office.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    def mend() -> None:
        with given.office.read() as connection:
            connection.exec_driver_sql("PRAGMA query_only = OFF")

    return mend


def held(given: Given) -> Callable[[], None]:
    """Another program has the file, until it is told to let go."""
    with given.office.read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    began, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(connect(given.office.folder / DATABASE, given.office.database_key)) as other:
            other.execute("BEGIN EXCLUSIVE")
            began.set()
            let_go.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    assert began.wait(10)

    def mend() -> None:
        let_go.set()
        holder.join(10)

    return mend


@pytest.mark.parametrize(
    ("fault", "reason", "todo"),
    [
        (full, "hết chỗ", "Giải phóng chỗ trống"),
        (read_only, "chỉ cho đọc", "Bỏ chế độ chỉ đọc"),
        (held, "chương trình khác giữ", "Đóng chương trình đang giữ tệp"),
    ],
)
def test_the_form_stays_as_typed_and_says_what_to_do(
    page: SupportPage, given: Given, runner: TaskRunner, press: Press, qtbot: QtBot,
    fault: Callable[[Given], Callable[[], None]], reason: str, todo: str,
) -> None:  # fmt: skip
    press(Qt.Key.Key_N, CONTROL)
    page.form.set_raw(VALUES)
    for name, value in (
        ("unit", given.units[SCHOOL]), ("cause", "hoa_hoan"), ("kind", "tham_hoi"), ("fund", "quy_xa_hoi")
    ):  # fmt: skip
        page.form.field(name).set_value(value)
    page.form.field("note").setFocus()
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_X)
    before, typed = len(page.table.rows.rows()), page.form.raw()
    mend = entry_office.ask(runner, lambda: fault(given))
    try:
        press(Qt.Key.Key_S, CONTROL)
        assert runner.wait_idle(20_000)
        assert page.form.raw() == typed
        assert page.editor.record == ""
        said = page.editor.banner.text()
        assert reason in said
        assert todo in said
        assert page.editor.banner.isVisible()
        assert page.editor.save_button.isEnabled()
        page.editor.keep_now()
    finally:
        entry_office.ask(runner, mend)
    assert drafts.find(given.office, "support") is not None
    press(Qt.Key.Key_S, CONTROL)
    assert runner.wait_idle(20_000)
    found = entry_office.ask(runner, lambda: support.listing(given.office))
    assert len(found) == before + 1
    assert drafts.find(given.office, "support") is None
