"""One campaign: overview, ledger of targets, phases, events and reports owed; from here it is sent down."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import campaign_ledger, coverage, drafts
from congdoan_desktop.services.campaign_ledger import CampaignView
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.table import TableView
from congdoan_desktop.ui.pages.campaigns import words
from congdoan_desktop.ui.pages.campaigns.ledger import LedgerTab
from congdoan_desktop.ui.pages.campaigns.overview import OverviewTab
from congdoan_desktop.ui.pages.campaigns.plan_tabs import PlanTabs
from congdoan_desktop.ui.pages.campaigns.removal import TOUCHES
from congdoan_desktop.ui.pages.history import HistoryDialog

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

OVERVIEW, TARGETS = 0, 1


class CampaignSheet(PageFrame):
    back_asked = Signal()
    edit_asked = Signal(str, object)
    """Id and content of our own plan."""
    gone = Signal(object)
    """The campaign is not here any more; carries the error that says so."""
    delete_asked = Signal(str, str)
    """Id, and how it is called in a sentence."""

    def __init__(self, context: Context) -> None:
        super().__init__("")
        self._context = context
        self._id = ""
        self._asked = 0
        self.view: CampaignView | None = None
        self.overview = OverviewTab(lambda page: context.go(page, ""))
        self.ledger = LedgerTab(context)
        self.ledger.opened.connect(context.go)
        self.plan = PlanTabs(self._report)
        self._add_buttons()
        tabs = self.add_tabs(["Tổng quan", "Chỉ tiêu", "Đợt", "Sự kiện", "Báo cáo"])
        tabs.setObjectName("campaign_tabs")
        tabs.setAccessibleName("Phần của kế hoạch")
        self._stack = QStackedWidget()
        for part in (self.overview, self.ledger, self.plan.phases, self.plan.events, self.plan.duties):
            self._stack.addWidget(part)
        tabs.currentChanged.connect(self._turn)
        self.set_body(self._stack)
        self.setFocusProxy(self.ledger.targets.table)
        for keys, slot in (("Esc", self._back_out), ("Ctrl+H", self.show_history), ("F2", self._edit)):
            self._shortcut(keys, slot)

    def _back_out(self) -> None:
        if not (self._stack.currentWidget() is self.ledger and self.ledger.go_back()):
            self.back_asked.emit()

    def _add_buttons(self) -> None:
        self._back = Button("Về danh sách (Esc)", "arrow-left", "icon", on_click=self.back_asked.emit)
        self._head.insertWidget(0, self._back)
        self._history = Button("Lịch sử (Ctrl+H)", "clock-counter-clockwise", "icon", on_click=self.show_history)
        self._delete = Button("Xoá kế hoạch", "trash", "icon", on_click=self._ask_delete)
        self._copy = Button("Chép sang Excel", "table", "icon", on_click=self._copy_shown)
        self._edit_button = Button("Sửa", "pencil-simple", on_click=self._edit)
        self._report_button = Button("Lập báo cáo", "file-text", on_click=self._report)
        self._main = Button("Gửi xuống", "paper-plane-tilt", "primary", on_click=self._act)
        names = ("back", "history", "delete", "copy_all", "edit", "report", "send_down")
        buttons = (
            self._back, self._history, self._delete, self._copy, self._edit_button, self._report_button, self._main
        )  # fmt: skip
        for button, name in zip(buttons, names, strict=True):
            button.setObjectName(name)
        for button in buttons[1:-1]:
            self.add_action(button)
        self.set_primary(self._main)

    # Showing

    def open(self, id_: str, target: str = "") -> None:
        """Show a campaign from its targets on."""
        fresh = id_ != self._id
        self._id = id_
        if fresh:
            self.view = None
            self.banner.clear()
        self.reload(fresh=fresh, target=target)

    def reload(self, *, fresh: bool = False, target: str = "") -> None:
        if not self._id:
            return
        self._asked += 1
        context, id_ = self._context, self._id

        def ask() -> tuple[CampaignView, str]:
            office = context.office()
            return campaign_ledger.look(office, id_), drafts.waiting(office, Campaign.TYPE).get(id_, "")

        context.runner.run(ask, done=partial(self._show, self._asked, fresh, target), failed=self._gone)

    def _show(self, asked: int, fresh: bool, target: str, found: tuple[CampaignView, str]) -> None:
        if asked != self._asked:
            return
        self.view, draft_at = found
        campaign = self.view.campaign
        self.title.setText(words.named(campaign))
        self.subtitle.set_text(campaign.title)
        self._name_tabs(campaign)
        self._offer_actions(own=self.view.own)
        for part in (self.overview, self.ledger, self.plan):
            part.show_view(self.view)
        if fresh and self.tabs is not None:
            self.tabs.setCurrentIndex(TARGETS if campaign.targets else OVERVIEW)
        if target:
            self.ledger.select(target)
        self._say(draft_at)

    def _name_tabs(self, campaign: Campaign) -> None:
        assert self.tabs is not None
        counts = (campaign.targets, campaign.phases, campaign.events, campaign.duties)
        for at, (name, parts) in enumerate(zip(("Chỉ tiêu", "Đợt", "Sự kiện", "Báo cáo"), counts, strict=True), 1):
            self.tabs.setTabText(at, f"{name} {len(parts)}" if parts else name)

    def _offer_actions(self, *, own: bool) -> None:
        self._edit_button.setVisible(own)
        self._delete.setVisible(own)
        self._report_button.setVisible(own)
        self._main.set_text("Gửi xuống" if own else "Lập báo cáo")
        self._main.set_icon("paper-plane-tilt" if own else "file-text")

    def _say(self, draft_at: str) -> None:
        assert self.view is not None
        if self.view.conflict:
            said = "Kế hoạch này có hai bản khác nhau."
            self.banner.show_text("warn", said, action="Xem và chọn", on_action=self.show_history)
        elif draft_at and self.view.own:
            said = f"Có bản sửa chưa lưu, giữ lúc {draft_at[11:16]}."
            self.banner.show_text("info", said, action="Viết tiếp", on_action=self._edit)

    def _gone(self, error: AppError) -> None:
        self._id = ""
        self.gone.emit(error)

    def _turn(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self._copy.setEnabled(at != OVERVIEW)

    # Acting

    def _act(self) -> None:
        if self.view is not None and self.view.own:
            self.send_down()
        else:
            self._report()

    def _report(self) -> None:
        self._context.go("reports", self._id)

    def _edit(self) -> None:
        if self.view is not None and self.view.own:
            self.edit_asked.emit(self._id, self.view.campaign)

    def _ask_delete(self) -> None:
        if self.view is not None and self.view.own:
            self.delete_asked.emit(self._id, f"kế hoạch “{words.named(self.view.campaign)}”")

    def send_down(self) -> None:
        """Ask for the receiver among the unions below, pack the plan, and go on to the stick."""
        context = self._context
        context.runner.run(lambda: _receivers(context.office()), done=self._offer_receivers)

    def _offer_receivers(self, receivers: list[tuple[str, str]]) -> None:
        from congdoan_desktop.ui.pages.handoff.new_package import Choices, NewPackageDialog

        assert self.view is not None
        plan = (self._id, f"{self.view.campaign.number} {self.view.campaign.title}".strip())
        dialog = NewPackageDialog(self, self._context, Choices([plan], receivers))
        dialog.made.connect(lambda: self._context.go("handoff", "sending"))
        dialog.open()

    def show_history(self) -> None:
        if self.view is None:
            return
        name = words.named(self.view.campaign)
        dialog = HistoryDialog(self, self._context, self._id, name, words.history_text, TOUCHES)
        dialog.restored.connect(self.banner.clear)
        dialog.open()

    def _copy_shown(self) -> None:
        """The table in sight, for Excel."""
        shown = self._stack.currentWidget()
        tables = [table for table in shown.findChildren(TableView) if table.isVisible()] if shown else []
        if not tables:
            return
        focused = next((table for table in tables if table.hasFocus()), tables[0])
        rows = focused.rows.rows()
        QGuiApplication.clipboard().setText(focused.as_tsv(rows))
        self._context.runner.notice.emit(f"Đã chép {len(rows)} dòng. Mở Excel rồi nhấn Ctrl+V.")


def _receivers(office: Office) -> list[tuple[str, str]]:
    return [(row.id, row.name) for row in coverage.coverage(office) if row.sends]
