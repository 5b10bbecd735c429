"""What UniKey sends, letters taken back and typed again, gives the right word wherever letters go (rule D15).

The forms and dialogs are found, not listed: one that is new is typed into, or the test says that nobody did.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from congdoan_desktop import ui
from congdoan_desktop.domain.periods import free
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.services import door as doors
from congdoan_desktop.services import units
from congdoan_desktop.services.entered import EnteredRow
from congdoan_desktop.services.reviews import Look
from congdoan_desktop.services.sheet_names import NamedUnion
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.first_start import FirstStartWindow
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.day_chip import DayDialog
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog, ErrorDialog, ReasonDialog
from congdoan_desktop.ui.kit.field import Field
from congdoan_desktop.ui.kit.find_box import FindBox
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.kit.pick_chip import PickDialog
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages import PAGES
from congdoan_desktop.ui.pages.attachments.viewer import PictureDialog
from congdoan_desktop.ui.pages.campaigns.entered_dialog import EnteredDialog
from congdoan_desktop.ui.pages.campaigns.entered_grid import NOTE, Grid, GridModel
from congdoan_desktop.ui.pages.handoff.review_dialog import ReviewDialog
from congdoan_desktop.ui.pages.members.changes import CHANGES, ChangeDialog
from congdoan_desktop.ui.pages.members.erasure import EraseDialog
from congdoan_desktop.ui.pages.plan_reading.start_view import StartView
from congdoan_desktop.ui.pages.reports.check_dialog import CheckDialog
from congdoan_desktop.ui.pages.reports.statistics_dialog import StatisticsDialog
from congdoan_desktop.ui.pages.sheet_import.naming_dialog import NamingDialog
from congdoan_desktop.ui.pages.support.ask import AskDialog
from congdoan_desktop.ui.pages.support.gifts import GiftsPage
from congdoan_desktop.ui.pages.support.lines_field import LineColumn, LinesField
from congdoan_desktop.ui.pages.tabbed import TabbedPage
from congdoan_desktop.ui.pages.template_dialog import TemplateDialog
from congdoan_desktop.ui.pages.units.department_dialog import DepartmentDialog
from congdoan_desktop.ui.pages.units.order_dialog import OrderDialog
from congdoan_desktop.ui.pages.units.order_kinds import KINDS, Known
from congdoan_desktop.ui.staff_dialog import StaffDialog
from congdoan_desktop.ui.tasks import TaskRunner
from congdoan_desktop.ui.unlock import UnlockWindow
from tests.ui import entry_office
from tests.ui.entry_office import SCHOOL, Given, ask
from tests.ui.hands import Press, Show, open_page

SHOWN = (
    "d đ đu đuo đuon đuong đuòng đường",  # "dduongfw": the tone and the horn come last
    "n ng ngu nguo nguoi ngươi người",
    "N Ng Ngu Nguy Nguye Nguyê Nguyên Nguyễn",
    "5 6",
)
"""What stands in the field after each key of a word, as UniKey makes it."""
WORDS = " ".join(word.split()[-1] for word in SHOWN)
Line = QLineEdit | QPlainTextEdit
_NOT_ALONE = frozenset({"Dialog", "LeavingDialog", "ReceiverForm", "_PersonsForm", "RatingForm"})
"""Common parts, and a form that is nothing without the year of its page, where it is typed into."""


def stream(states: list[str]) -> Iterator[str]:
    """The keys from one state to the next: Backspace as far back as the letters differ, and these again."""
    for before, after in pairwise(["", *states]):
        kept = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
        yield from "\b" * (len(before) - kept)
        yield from after[kept:]


KEYS = " ".join("".join(stream(word.split())) for word in SHOWN)


def send(keys: str) -> None:
    """To the open list, else to whoever has the cursor; a letter has no code, as Windows sends what UniKey puts in."""
    for letter in keys:
        goal = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert goal is not None
        key = Qt.Key.Key_Backspace if letter == "\b" else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(goal, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))


def text_of(line: Line) -> str:
    return line.text() if isinstance(line, QLineEdit) else line.toPlainText()


def caret_of(line: Line) -> int:
    return line.cursorPosition() if isinstance(line, QLineEdit) else line.textCursor().position()


def inputs(root: QWidget) -> list[Line]:
    found: list[Line] = [*root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit)]
    live = [line for line in found if line.isVisible() and line.isEnabled() and not line.isReadOnly()]
    return [line for line in live if not _is_for_digits(line)]


def _is_for_digits(line: Line) -> bool:
    short = isinstance(line, QLineEdit) and line.maxLength() < len(WORDS)
    return short or isinstance(line.parent(), QAbstractSpinBox)


def type_into(line: Line) -> None:
    line.clear()
    line.window().activateWindow()
    line.setFocus(Qt.FocusReason.OtherFocusReason)
    assert line.hasFocus(), line.objectName()
    send(KEYS)
    QCoreApplication.sendPostedEvents()
    name = line.objectName() or line.accessibleName()
    assert text_of(line) == WORDS, name
    assert caret_of(line) == len(WORDS), name
    if (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
    line.clear()


def modules() -> list[str]:
    return [module.name for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}.")]


def kinds(base: type[QWidget]) -> list[type[Any]]:
    """All below `base` that the window is made of, but those that only others are made of."""
    for name in modules():
        importlib.import_module(name)
    waiting, found = [base], dict[type[Any], None]()
    while waiting:
        below = [kind for kind in waiting.pop().__subclasses__() if kind.__module__.startswith(ui.__name__)]
        found |= dict.fromkeys(below)
        waiting += below
    return [kind for kind in found if kind.__name__ not in _NOT_ALONE]


def made(kind: type[Any], context: Context) -> QWidget:
    """A form with what it asks for; it does not know a desk yet."""
    known = {
        "context": context,
        "today": lambda: date(2024, 7, 29),
        "_today": lambda: date(2024, 7, 29),
        "validator": lambda _values: (),
        "questions": (),
    }
    asked = [name for name in inspect.signature(kind.__init__).parameters if name != "self"]
    built: QWidget = kind(*(known[name] for name in asked if name in known))
    return built


def test_every_form_takes_it_in_every_field(given: Given, show: Show) -> None:
    typed = 0
    for kind in kinds(Form):
        form = made(kind, given.context)
        for field in form.findChildren(Field):
            field.show()
        show(form)
        for line in inputs(form):
            type_into(line)
            typed += 1
        form.close()
    assert typed > 150


TODAY = date(2024, 7, 29)


def nothing(*_: object) -> None:
    return None


def a_form() -> Form:
    form = Form()
    form.add(TextField("reason", "Lý do"))
    return form


def orders(parent: QWidget, given: Given, unit: Unit) -> Iterator[QDialog]:
    known = Known((), (given.units[SCHOOL],), unit)
    yield from (OrderDialog(parent, given.context, kind, known, TODAY) for kind in KINDS)


def dialogs(parent: QWidget, given: Given, unit: Unit) -> Iterator[QDialog]:
    """One at least of each dialog that has a text field."""
    context = given.context
    yield AskDialog(parent, "Hỏi", "", a_form(), "Ghi", nothing)
    yield from (ChangeDialog(parent, change, ["Lò Thị Hoa"], TODAY, ()) for change in CHANGES)
    yield CheckDialog(parent, context)
    yield DayDialog(parent, "Ngày", TODAY, nothing)
    yield DepartmentDialog(parent, context, unit.unit, None, TODAY)
    yield EraseDialog(parent, "Lò Thị Hoa")
    yield NamingDialog(parent, [NamedUnion("CĐ Chè", 3, "", "")], {"1": "Chè Phúc Than"})
    yield from orders(parent, given, unit)
    yield PickDialog(parent, "Đơn vị", [Option("1", "Chè Phúc Than")], None, nothing)
    yield ReasonDialog(parent, "mục này", nothing)
    yield ReviewDialog(parent, context, Look("", "Chè", "", "quý III", None, False, (), (), ()), lambda: TODAY)
    yield StaffDialog(parent, context)
    yield StatisticsDialog(parent, context)
    yield TemplateDialog(parent, context)


def test_every_dialog_takes_it(given: Given, runner: TaskRunner, show: Show, qtbot: QtBot) -> None:
    parent = show(QWidget())
    unit = ask(runner, lambda: units.own(given.office))
    seen: set[type[QDialog]] = set()
    for dialog in dialogs(parent, given, unit):
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        assert runner.wait_idle()
        lines = inputs(dialog)
        assert lines or isinstance(dialog, (OrderDialog, StatisticsDialog)), type(dialog)
        for line in lines:
            type_into(line)
        seen.add(type(dialog))
        dialog.done(0)
    has_text = ("TextField(", "NoteField(", "DateField(", "SearchChoiceField(", "ParsedField(", "Edit(")
    elsewhere = {EnteredDialog, PictureDialog}  # a grid, see below; it asks with an AskDialog
    for kind in set(kinds(QDialog)) - seen - elsewhere:
        module = inspect.getsource(sys.modules[kind.__module__])
        assert kind in (ErrorDialog, ConfirmDialog) or not any(word in module for word in has_text), (
            f"add {kind} to dialogs()"
        )


@pytest.mark.parametrize(
    "key", [pytest.param(e.key, marks=() if e.key == "support" else pytest.mark.long) for e in PAGES]
)
def test_every_page_takes_it(key: str, given: Given, runner: TaskRunner, show: Show) -> None:
    """In the form of a blank record and where one looks for records, tab by tab."""
    entry = next(entry for entry in PAGES if entry.key == key)
    page = open_page(entry.build, given.context, show)
    parts = [page.part(tab.key) for tab in page._tabs] if isinstance(page, TabbedPage) else [page]
    for tab, here in enumerate(parts):
        if isinstance(page, TabbedPage):
            page.part(page._tabs[tab].key)
        if hasattr(here, "open_new"):
            here.open_new()
        assert runner.wait_idle()
        front = QApplication.activeModalWidget()
        for line in inputs(front or here):
            if line.isVisible():  # a field may go with what was typed before it
                type_into(line)
        if isinstance(front, QDialog):
            front.done(0)
            page.activateWindow()


def test_the_windows_before_the_desk_take_it(given: Given, runner: TaskRunner, show: Show, tmp_path: Path) -> None:
    """Founding an office, its passphrases too; and a plan that is pasted."""
    door = doors.door(given.office.folder)
    assert door is not None
    clock = entry_office.clock()
    for window in (
        FirstStartWindow(runner, tmp_path / "new", clock),
        UnlockWindow(runner, given.office.folder, door, clock),
        StartView(),
    ):
        show(window)
        lines = inputs(window)
        assert lines
        for line in lines:
            type_into(line)
        window.close()


def test_the_find_box_takes_it(show: Show) -> None:
    box = FindBox()
    box.set_options([Option("1", "Đường người Nguyễn 6"), Option("2", "Điện lực")])
    show(box)
    type_into(box)


CELLS = {"gift_grid": 5, "entered_grid": 1, "lines_field": 1}
"""Modules whose cells are typed into."""


def test_no_grid_is_typed_into_that_is_not_tested_here() -> None:
    sources = {name: inspect.getsource(importlib.import_module(name)) for name in modules()}
    assert {name.rpartition(".")[2] for name, text in sources.items() if "AnyKeyPressed" in text} == set(CELLS)


def typed_in_cell(grid: QAbstractItemView, row: int, column: int, press: Press) -> str:
    """Typing begins the cell; Enter ends it."""
    index = grid.model().index(row, column)
    grid.setFocus()
    grid.setCurrentIndex(index)
    send(KEYS)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert (editor.text(), editor.cursorPosition()) == (WORDS, len(WORDS))
    press(Qt.Key.Key_Return)
    QCoreApplication.sendPostedEvents()  # a cell is read in the next turn
    return str(grid.model().index(row, column).data())


def test_cells_of_gifts_take_it(given: Given, show: Show, press: Press) -> None:
    page = open_page(GiftsPage, given.context, show)
    for column in range(5):
        assert typed_in_cell(page.grid, column, column, press) == WORDS


def test_cells_of_lines_take_it_and_their_choices_are_found(show: Show, press: Press) -> None:
    choices = (("om", "Ốm đau"), ("on", "Ôn tập"), ("nguoi", "Người cao tuổi"))
    field = LinesField(
        "asks", "Danh sách", (LineColumn("why", "Lý do"), LineColumn("what", "Loại", 0, "choice", choices)), grows=True
    )
    show(field)
    assert typed_in_cell(field.grid, 0, 0, press) == WORDS
    field.grid.setCurrentCell(0, 1)
    press(Qt.Key.Key_F2)
    send("".join(stream(["n", "ng", "ngu", "nguo", "nguoi", "ngươi", "người"])))
    press(Qt.Key.Key_Return)
    QCoreApplication.sendPostedEvents()
    assert field.lines()[0]["what"] == "nguoi"


def test_cells_of_figures_take_it(show: Show, press: Press) -> None:
    model = GridModel("I03")
    model.begin([EnteredRow("1", "Chè Phúc Than", True, None, None, False)], free(date(2024, 4, 15), date(2024, 6, 30)))
    grid = Grid(model)
    show(grid)
    assert typed_in_cell(grid, 0, NOTE, press) == WORDS


def test_what_is_typed_finds_what_is_meant(show: Show, press: Press) -> None:
    """In a list that is searched, and in one that letters lead through."""
    names = ("Ốm đau", "Tai nạn lao động", "Người cao tuổi", "Đường dây Nguyễn")
    search, choice = SearchChoiceField("unit", "Đơn vị", [Option(n, n) for n in names]), ChoiceField("cause", "Lý do", [
        (name, name) for name in names
    ])  # fmt: skip
    form = Form()
    form.add(search)
    form.add(choice)
    show(form)
    form.go_to("unit")
    send("".join(stream(SHOWN[0].split())))
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert search.value() == "Đường dây Nguyễn"
    form.go_to("cause")
    send("".join(stream(["o", "ô", "ôm", "ốm"])))
    assert choice.value() == "Ốm đau"
