"""Every dialog by keys alone: where the cursor begins, where Tab goes, what Enter and Escape do.

The dialogs are found, not listed: one that is new is built here, or the test says that nobody did.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.indicators import Definition
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import activities, campaign_ledger, definitions, units
from congdoan_desktop.services.campaign_ledger import CampaignView
from congdoan_desktop.services.chair_away import Carried, Turn
from congdoan_desktop.services.exchanging import Partner
from congdoan_desktop.services.incoming import Seen
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.reporting import ReportRequest
from congdoan_desktop.services.root_holders import Holder
from congdoan_desktop.services.stick_summary import Group, Left, Summary, Survey
from congdoan_desktop.services.trusting import KeyRow
from congdoan_desktop.ui.help_dialog import HelpDialog
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog, ErrorDialog
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.pages.attachments.viewer import PictureDialog
from congdoan_desktop.ui.pages.campaigns.entered_dialog import EnteredDialog
from congdoan_desktop.ui.pages.campaigns.entered_grid import Grid
from congdoan_desktop.ui.pages.handoff.exchange_dialog import ExchangeDialog
from congdoan_desktop.ui.pages.handoff.holders_dialog import HoldersDialog
from congdoan_desktop.ui.pages.handoff.key_dialogs import RevokeDialog
from congdoan_desktop.ui.pages.handoff.new_package import Choices, NewPackageDialog
from congdoan_desktop.ui.pages.handoff.package_dialog import PackageDialog
from congdoan_desktop.ui.pages.handoff.run_dialogs import SummaryDialog, SurveyDialog
from congdoan_desktop.ui.pages.handoff.shared_dialog import SharedDialog
from congdoan_desktop.ui.pages.handoff.sign_dialog import SignDialog
from congdoan_desktop.ui.pages.history import HistoryDialog
from congdoan_desktop.ui.pages.paper_dialog import PaperDialog
from congdoan_desktop.ui.pages.reports.pack_dialog import PackDialog
from congdoan_desktop.ui.recovery_dialog import RecoveryDialog
from congdoan_desktop.ui.sample_dialog import SampleDialog
from congdoan_desktop.ui.staff_dialog import StaffDialog
from congdoan_desktop.ui.tasks import TaskRunner
from tests.ui import entry_office
from tests.ui.entry_office import Given, ask
from tests.ui.hands import Press, Show
from tests.ui.test_keyboard_reach import ENOUGH, chosen_with, used
from tests.ui.test_unikey import dialogs as with_text
from tests.ui.test_unikey import inputs, kinds, nothing

KEY = KeyRow("CĐ xã Than Uyên", "Lò Thị Hoa", "Chủ tịch", "A1", False, False, "khoa", False)
CARRIED = Carried(
    Path("a.cdpkg"), "1", "report", None, "LĐLĐ tỉnh", "Lò Thị Hoa", "39/KH-LĐLĐ", "quý II",
    "2024-07-29T08:30:00+07:00", 3, ("Lò Thị Hoa",), (), None, Turn.SIGN,
)  # fmt: skip
SURVEY = Survey((Group("CĐCS Chè", "Báo cáo", 1, 1, 9),), (Left("a.cdpkg", "Hỏng", "Ghi lại"),), 0)
SUMMARY = Summary((), 0, 0, (Left("a.cdpkg", "Hỏng", "Ghi lại"),), 0, 1, None, stopped=False)
ERROR = AppError("Không ghi được.", safe="Dữ liệu còn nguyên.", todo="Thử lại.")


def without_text(parent: QWidget, given: Given, runner: TaskRunner, folder: Path) -> Iterator[QDialog]:
    context = given.context
    record = ask(runner, lambda: activities.listing(given.office))[0].id
    yield ErrorDialog(parent, ERROR)
    yield ConfirmDialog(parent, "Gửi gói?", "Hai gói.", "Gửi 2 gói", nothing)
    yield ConfirmDialog(parent, "Bỏ?", "Hai gói.", "Bỏ 2 gói", nothing, danger=True)
    yield HelpDialog(parent, "Chăm lo")
    yield PaperDialog(parent, context, Paper("Kế hoạch", "ke-hoach", "1", SimpleNamespace(sections=())), b"", ())  # type: ignore[arg-type]
    yield HistoryDialog(parent, context, record, "Giải", lambda _f, _v: ("", ""), frozenset({Activity.TYPE}))
    yield RecoveryDialog(parent, runner, ("một", "hai"), bytes)
    yield ExchangeDialog(parent, context, [Partner("1", "Máy khác", True, 1)])
    yield SignDialog(parent, context, CARRIED, ())
    yield PackageDialog(parent, Seen(Path("a.cdpkg"), None, ERROR), can_import=False)
    yield NewPackageDialog(parent, context, Choices([("1", "39/KH-LĐLĐ")], [("2", "CĐ xã")]))
    yield SurveyDialog(parent, SURVEY, "USB")
    yield SummaryDialog(parent, SUMMARY)
    yield SharedDialog(parent, context)
    yield RevokeDialog(parent, context, KEY)
    yield HoldersDialog(parent, context, [Holder("k", "Lò Thị Hoa", "Chủ tịch", "A2", named=False)])
    yield SampleDialog(parent, runner, folder, entry_office.clock())
    yield from of_a_plan(parent, given, runner)
    yield PictureDialog(parent, context, [("00", None)], 0, locked=False)


def of_a_plan(parent: QWidget, given: Given, runner: TaskRunner) -> Iterator[QDialog]:
    def look() -> tuple[CampaignView, Definition]:
        view = campaign_ledger.look(given.office, given.campaign)
        return view, definitions.known_to(view.campaign)["I17"]

    view, definition = ask(runner, look)
    yield EnteredDialog(parent, given.context, view, view.campaign.targets[0], definition)
    day = view.campaign.ends
    request = ReportRequest(given.campaign, "tháng 7", day, day, day, "Chủ tịch", "Lò Thị Hoa")
    about = SimpleNamespace(report=SimpleNamespace(receiver="LĐLĐ tỉnh", period_name="tháng 7"))
    yield PackDialog(parent, given.context, about, request, nothing)  # type: ignore[arg-type]


def every(parent: QWidget, given: Given, runner: TaskRunner, folder: Path) -> Iterator[QDialog]:
    """One of each kind, open, with the keys."""
    unit = ask(runner, lambda: units.own(given.office))
    seen: set[type[QDialog]] = set()
    for dialog in (*with_text(parent, given, unit), *without_text(parent, given, runner, folder)):
        if type(dialog) in seen:
            continue
        seen.add(type(dialog))
        dialog.open()
        assert runner.wait_idle()
        yield dialog
        dialog.done(0)
    assert set(kinds(QDialog)) - seen == set(), "build what is new in without_text"


def buttons(dialog: QDialog) -> list[QPushButton]:
    return [one for one in dialog.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]


def is_bare(widget: QWidget) -> bool:
    """A list without a row."""
    return isinstance(widget, QAbstractItemView) and widget.model().rowCount() == 0


def begins(dialog: QDialog) -> None:
    """Where somebody writes, else at what Enter does, or at a list; never at what does harm."""
    first = dialog.focusWidget()
    assert first is not None, dialog
    assert first.property("role") != "danger", dialog
    writes = [one for one in inputs(dialog) if not one.isHidden()]
    if writes and not isinstance(dialog, (StaffDialog, RevokeDialog, HelpDialog)):
        assert not isinstance(first, QPushButton), dialog


def goes_round(dialog: QDialog, press: Press) -> None:
    for grid in dialog.findChildren(Grid):
        assert grid.hasFocus()  # within it Tab goes from cell to cell
        press(Qt.Key.Key_F6)
        assert not grid.hasFocus(), "no key leads out of the grid"
    wanted = [one for one in used(dialog) if not is_bare(one) and not isinstance(one, Grid)]
    stops: list[QWidget] = []
    for _ in range(ENOUGH):
        here = dialog.focusWidget()
        assert here is not None
        if here is not (stops[-1] if stops else None):
            if here in stops:
                break
            stops.append(here)
        press(Qt.Key.Key_Tab)
        if len(stops) == len(wanted) == 1:
            break
    missed = [one for one in wanted if one not in stops and not chosen_with(stops, one)]
    assert missed == [], dialog
    for grid in dialog.findChildren(Grid):
        press(Qt.Key.Key_F6)
        assert grid.hasFocus()
    assert [one for one in stops if not (one.accessibleName() or getattr(one, "text", str)())] == [], dialog


def enter_is_heard(dialog: QDialog, press: Press) -> None:
    """A button that has the cursor is pressed, and none besides; a form that is through goes on to one."""
    pressed: list[str] = []
    for one in buttons(dialog):
        one.blockSignals(True)  # what it does is not wanted here
    for one in buttons(dialog):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus.value:
            one.blockSignals(False)
            one.clicked.disconnect()
            one.clicked.connect(partial(pressed.append, one.text()))
            press(Qt.Key.Key_Return, on=one)
            assert pressed == [one.text()], dialog
            pressed.clear()
            one.blockSignals(True)
    through = dialog.findChildren(Form)
    assert not through or any(b.isDefault() for b in buttons(dialog)) or any(
        form.receivers(SIGNAL("last_left()")) for form in through
    ), dialog  # fmt: skip


def test_each_dialog_is_used_by_keys_alone(
    given: Given, runner: TaskRunner, show: Show, qtbot: QtBot, press: Press, tmp_path: Path
) -> None:
    parent = show(QWidget())
    for dialog in every(parent, given, runner, tmp_path):
        qtbot.waitUntil(dialog.isActiveWindow)
        begins(dialog)
        goes_round(dialog, press)
        enter_is_heard(dialog, press)
        press(Qt.Key.Key_Escape)
        assert dialog.isHidden() != isinstance(dialog, RecoveryDialog), dialog


def test_enter_on_the_way_out_is_no_agreement(show: Show, press: Press, qtbot: QtBot) -> None:
    """The cursor stands on "Thôi", and the default button beside it is not pressed."""
    agreed: list[int] = []
    dialog = ConfirmDialog(show(QWidget()), "Gửi gói?", "Hai gói.", "Gửi 2 gói", lambda: agreed.append(1))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Qt.Key.Key_Tab)
    assert dialog.cancel.hasFocus()
    press(Qt.Key.Key_Return)
    assert dialog.isHidden()
    assert agreed == []
