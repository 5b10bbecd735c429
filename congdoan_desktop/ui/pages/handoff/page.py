"""Gửi – nhận: five tabs under one bar for the stick."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from congdoan_desktop.services import chair_away, exchanging, stick_run
from congdoan_desktop.services.exchanging import Partner
from congdoan_desktop.services.stick_summary import Summary, Survey
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.pages.handoff import words
from congdoan_desktop.ui.pages.handoff.coverage import CoverageTab
from congdoan_desktop.ui.pages.handoff.exchange_dialog import ExchangeDialog
from congdoan_desktop.ui.pages.handoff.inbox import InboxTab
from congdoan_desktop.ui.pages.handoff.new_package import Choices, NewPackageDialog, load_choices
from congdoan_desktop.ui.pages.handoff.outbox import OutboxTab
from congdoan_desktop.ui.pages.handoff.run_dialogs import SummaryDialog, SurveyDialog
from congdoan_desktop.ui.pages.handoff.sending import SendingTab
from congdoan_desktop.ui.pages.handoff.shared_dialog import SharedDialog
from congdoan_desktop.ui.pages.handoff.stick_bar import StickBar
from congdoan_desktop.ui.pages.handoff.trust import TrustTab

TABS = ("sending", "inbox", "outbox", "coverage", "trust")
_TITLES = ("Gửi bằng USB", "Hộp nhận", "Hộp gửi", "Độ phủ", "Khoá và tin cậy")
_SENDING, _INBOX, _OUTBOX, _COVERAGE, _TRUST = range(5)
_WITH_STICK = frozenset({_SENDING, _INBOX, _OUTBOX, _TRUST})
_TO_CHAIR = "Ở máy của chủ tịch: Hộp nhận, chọn gói, “Ký xác nhận”. Cắm lại USB ở máy này rồi bấm “Nhận và gửi tất cả”."
_CONCERNS = frozenset({"package", "trust", "unit", "org_event", "activity", "support"})


class HandoffPage(PageFrame):
    """`open_object` takes the name of a tab."""

    def __init__(self, context: Context) -> None:
        super().__init__("Gửi – nhận")
        self._context = context
        self.stick = StickBar(context.runner)
        self.sending = SendingTab(context, self.stick)
        self.inbox = InboxTab(context, self.stick, self.banner)
        self.outbox = OutboxTab(context, self.banner)
        self.coverage = CoverageTab(context)
        self.trust = TrustTab(context, self.stick, self.banner)
        self._parts = (self.sending, self.inbox, self.outbox, self.coverage, self.trust)
        self._stack = QStackedWidget()
        for part in self._parts:
            self._stack.addWidget(part)
        self.new = self.set_primary(Button("Gửi gói mới", "paper-plane-tilt", "primary", on_click=self._ask_choices))
        self.new.setObjectName("newPackageButton")
        self.exchange = self.add_action(Button("Trao hồ sơ", "arrows-horizontal", on_click=self._ask_partners))
        self.exchange.setObjectName("exchangeButton")
        self.shared = self.add_action(Button("Danh mục, biểu mẫu", "list-checks", on_click=self._open_shared))
        self.shared.setObjectName("sharedButton")
        tabs = self.add_tabs(list(_TITLES))
        tabs.setObjectName("tabs")
        tabs.setAccessibleName("Các phần của trang Gửi – nhận")
        tabs.currentChanged.connect(self._turn)
        self.set_body(self._body_widget())
        self.setFocusProxy(tabs)
        self._connect()
        self._reload_all()

    def _body_widget(self) -> QWidget:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.stick)
        layout.addWidget(self._stack, 1)
        return body

    def _connect(self) -> None:
        self.stick.chosen.connect(self._stick_chosen)
        self.stick.all_wanted.connect(self._survey)
        self.inbox.counted.connect(lambda count: self._name(_INBOX, str(count) if count else ""))
        self.outbox.counted.connect(lambda count: self._name(_OUTBOX, str(count) if count else ""))
        self.coverage.counted.connect(lambda heard, of: self._name(_COVERAGE, f"{heard}/{of}" if of else ""))
        self.inbox.trust_wanted.connect(lambda: self.turn_to(_TRUST))
        self.trust.send_wanted.connect(lambda: self.turn_to(_SENDING))
        self.outbox.send_wanted.connect(self._send)
        self.outbox.carry_wanted.connect(self._carry)
        self._context.runner.changed.connect(self._changed)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.sending.start)

    def open_object(self, tab: str) -> None:
        """Show a tab by its name in TABS; any other object is among the packages that came in."""
        self.turn_to(TABS.index(tab) if tab in TABS else _INBOX)

    def turn_to(self, tab: int) -> None:
        assert self.tabs is not None
        self.tabs.setCurrentIndex(tab)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_all()

    def _send(self, packages: tuple[str, ...]) -> None:
        self.sending.want(packages)
        self.turn_to(_SENDING)

    def _carry(self, package: str) -> None:
        path = self.stick.path
        if path is None:
            self.stick.look_for_drives()
            self.banner.show_text("warn", "Chưa chọn USB.", "Chọn USB ở thanh trên rồi bấm lại.")
            return
        self._context.runner.run(
            lambda: chair_away.carry(self._context.office(), package, path),
            done=lambda _: self.banner.show_text("ok", "Đã ghi gói cho chủ tịch ký. Có thể rút USB.", _TO_CHAIR),
            failed=self.banner.show_error, title="Đang ghi USB cho chủ tịch",
        )  # fmt: skip

    def _turn(self, tab: int) -> None:
        self._stack.setCurrentIndex(tab)
        self.stick.setVisible(tab in _WITH_STICK)
        if tab == _TRUST:
            self.trust.look_at_stick()

    def _name(self, tab: int, count: str) -> None:
        assert self.tabs is not None
        self.tabs.setTabText(tab, f"{_TITLES[tab]} {count}".strip())

    def _stick_chosen(self, _path: object) -> None:
        self.banner.clear()
        self.sending.take_stick()
        self.inbox.look_at_stick()

    def _changed(self, changes: frozenset[str]) -> None:
        if changes & _CONCERNS and self.isVisible():
            self._reload_all()

    def _reload_all(self) -> None:
        for part in self._parts:
            part.reload()

    # A whole stick in one go

    def _survey(self) -> None:
        path = self.stick.path
        if path is None:
            self.stick.look_for_drives()
            return
        self._context.runner.run(
            lambda progress: stick_run.survey(self._context.office(), path, progress), done=self._ask_to_run,
            failed=self.banner.show_error, title="Đang kiểm tra USB", with_progress=True,
        )  # fmt: skip

    def _ask_to_run(self, survey: Survey) -> None:
        dialog = SurveyDialog(self, survey, self.stick.name)
        dialog.agreed.connect(self._run)
        dialog.open()

    def _run(self) -> None:
        path = self.stick.path
        assert path is not None
        self._context.runner.run(
            lambda progress: stick_run.take_and_write(self._context.office(), path, progress), done=self._ran,
            failed=self.banner.show_error, title="Đang nhận và gửi, chưa rút USB", with_progress=True,
            changes=words.ALL_RECORDS,
        )  # fmt: skip

    def _ran(self, summary: Summary) -> None:
        SummaryDialog(self, summary).open()
        self._reload_all()
        self.sending.look_at_stick()
        self.inbox.look_at_stick()

    def _open_shared(self) -> None:
        SharedDialog(self, self._context).open()

    # Whole records, to our own other computer or back to a union below

    def _ask_partners(self) -> None:
        self._context.runner.run(lambda: exchanging.partners(self._context.office()), done=self._offer_partners)

    def _offer_partners(self, partners: list[Partner]) -> None:
        dialog = ExchangeDialog(self, self._context, partners)
        dialog.made.connect(lambda: self.turn_to(_SENDING))
        dialog.open()

    # A new package

    def _ask_choices(self) -> None:
        self._context.runner.run(lambda: load_choices(self._context.office()), done=self._offer)

    def _offer(self, choices: Choices) -> None:
        if not choices.campaigns:
            self._context.go("reports", "")
            return
        dialog = NewPackageDialog(self, self._context, choices)
        dialog.made.connect(lambda: self.turn_to(_SENDING))
        dialog.open()
