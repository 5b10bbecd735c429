"""One campaign: overview, ledger of targets, phases, events and reports owed; from here it is sent down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar

from congdoan_desktop.clock import Clock
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import (
    campaign_ledger,
    campaigns,
    coverage,
    drafts,
    outgoing,
    plan_links,
    plan_papers,
    units,
)
from congdoan_desktop.services.campaign_ledger import CampaignView
from congdoan_desktop.services.consolidation import WHOLE, Scope
from congdoan_desktop.services.plan_links import Link
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.table import TableView
from congdoan_desktop.ui.pages.campaigns import words
from congdoan_desktop.ui.pages.campaigns.ledger import LedgerTab
from congdoan_desktop.ui.pages.campaigns.links_tab import LinksTab
from congdoan_desktop.ui.pages.campaigns.overview import OverviewTab
from congdoan_desktop.ui.pages.campaigns.plan_tabs import PlanTabs
from congdoan_desktop.ui.pages.campaigns.removal import TOUCHES
from congdoan_desktop.ui.pages.campaigns.scope_chips import ScopeChips
from congdoan_desktop.ui.pages.history import HistoryDialog
from congdoan_desktop.ui.pages.paper_dialog import show_paper

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

OVERVIEW, TARGETS = 0, 1
_TABS = ("Chỉ tiêu", "Đợt", "Sự kiện", "Báo cáo", "Phân công", "Liên quan")


@dataclass(frozen=True, slots=True)
class _Found:
    """What the sheet shows. `below`: it is the plan of a union under us."""

    view: CampaignView
    draft_at: str
    links: tuple[Link, ...]
    below: bool


class CampaignSheet(PageFrame):
    back_asked = Signal()
    edit_asked = Signal(str, object)
    """Id and content of our own plan."""
    gone = Signal(object)
    """The campaign is not here any more; carries the error that says so."""
    delete_asked = Signal(str, str)
    """Id, and how it is called in a sentence."""
    reading_asked = Signal()
    next_year_asked = Signal(str)
    under_asked = Signal(str)
    """Id of the upper union's plan for which we make our own."""
    opened = Signal(str)
    """Another plan was asked for."""

    def __init__(self, context: Context) -> None:
        super().__init__("")
        self._context = context
        self._id = ""
        self._asked = 0
        self._fresh, self._target = False, ""
        self._scope = WHOLE
        self.view: CampaignView | None = None
        self.overview = OverviewTab(lambda page: context.go(page, f"campaign:{self._id}"))
        self.ledger = LedgerTab(context)
        self.ledger.opened.connect(context.go)
        self.ledger.targets.filter_cleared.connect(self._show_met)
        self.plan = PlanTabs(self._report)
        self._add_buttons()
        self.links = LinksTab(self.opened.emit)
        tabs = self.add_tabs(["Tổng quan", *_TABS])
        tabs.setObjectName("campaign_tabs")
        tabs.setAccessibleName("Phần của kế hoạch")
        self.chips = ScopeChips(lambda: self.view.today if self.view else Clock().today(), self._narrow)
        self._beside_tabs(tabs)
        self._stack = QStackedWidget()
        for part in (self.overview, self.ledger, *self.plan.tables, self.links):
            self._stack.addWidget(part)
        tabs.currentChanged.connect(self._turn)
        self.set_body(self._stack)
        self.setFocusProxy(self.ledger.targets)
        for keys, slot in (("Esc", self._back_out), ("Ctrl+H", self.show_history), ("F2", self._edit)):
            self._shortcut(keys, slot)
        self._shortcut("Ctrl+P", self.show_paper)
        self._shortcut("Ctrl+O", self.reading_asked.emit)

    def _beside_tabs(self, tabs: QTabBar) -> None:
        """The chips stand in the row of the tabs: the ledger needs the height."""
        line = QHBoxLayout()
        self._column.removeWidget(tabs)
        line.addWidget(tabs, 1)
        line.addWidget(self.chips)
        self._column.insertLayout(1, line)

    def _narrow(self) -> None:
        self._scope = self.chips.scope()
        self.reload()

    def _show_met(self) -> None:
        self.chips.open.setChecked(False)

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
        self._paper = Button("In kế hoạch, lưu PDF, Word (Ctrl+P)", "printer", "icon", on_click=self.show_paper)
        self._next = Button("Lập cho năm sau", "calendar-plus", "icon", on_click=self._make_next_year)
        self._under = Button("Lập kế hoạch của đơn vị", "flag", on_click=self._make_under)
        self._up = Button("Báo lên cấp trên", "arrow-counter-clockwise", on_click=self.send_up)
        self._up.setToolTip("Đóng gói kế hoạch này gửi công đoàn cấp trên")
        buttons = {
            "back": self._back, "history": self._history, "delete": self._delete, "copy_all": self._copy,
            "print_plan": self._paper,
            "next_year": self._next, "edit": self._edit_button, "report": self._report_button, "under": self._under,
            "send_up": self._up, "send_down": self._main,
        }  # fmt: skip
        for name, button in buttons.items():
            button.setObjectName(name)
        for button in list(buttons.values())[1:-1]:
            self.add_action(button)
        self.set_primary(self._main)

    # Showing

    def open(self, id_: str, target: str = "") -> None:
        """Show a campaign from its targets on."""
        if id_ != self._id:
            self._fresh = True
            self.view = None
            self._show_all()
            self.banner.clear()
        if target:
            self._show_all()
        self._id, self._target = id_, target
        self.reload()

    def _show_all(self) -> None:
        self._scope = WHOLE
        self.chips.clear()

    def reload(self) -> None:
        if not self._id:
            return
        self._asked += 1
        context, id_, scope = self._context, self._id, self._scope

        context.runner.run(
            lambda: _found(context.office(), id_, scope), done=partial(self._show, self._asked),
            failed=self._gone,
        )  # fmt: skip

    def _show(self, asked: int, found: _Found) -> None:
        if asked != self._asked:
            return
        self.view = found.view
        campaign = self.view.campaign
        self.title.setText(words.named(campaign))
        self.subtitle.set_text(campaign.title)
        self._name_tabs(campaign, len(found.links))
        self.chips.offer(self.view)
        self._offer_actions(found)
        self.overview.show_view(self.view)
        self.plan.show_view(self.view)
        self.ledger.show_view(self.view, only_open=bool(self.chips.open.value()))
        self.links.show_links(found.links)
        # What was written last asks anew before the first answer: the campaign is still a fresh one then.
        if (self._fresh or self._target) and self.tabs is not None:
            self.tabs.setCurrentIndex(TARGETS if campaign.targets else OVERVIEW)
        if self._target:
            self.ledger.select(self._target)
        self._fresh, self._target = False, ""
        self._say(found.draft_at)

    def _name_tabs(self, campaign: Campaign, links: int) -> None:
        assert self.tabs is not None
        parts = (campaign.targets, campaign.phases, campaign.events, campaign.duties, campaign.assignments)
        for at, (name, count) in enumerate(zip(_TABS, (*map(len, parts), links), strict=True), 1):
            self.tabs.setTabText(at, f"{name} {count}" if count else name)

    def _offer_actions(self, found: _Found) -> None:
        own = found.view.own
        for button in (self._edit_button, self._delete, self._report_button, self._next, self._paper):
            button.setVisible(own)
        self._under.setVisible(not own and not found.below)
        self._up.setVisible(own and found.view.campaign.parent is not None)
        self._main.setVisible(not found.below)
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
        self.chips.setVisible(at == TARGETS)

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

    def _make_next_year(self) -> None:
        if self.view is not None and self.view.own:
            self.next_year_asked.emit(self._id)

    def _make_under(self) -> None:
        if self.view is not None and not self.view.own:
            self.under_asked.emit(self._id)

    def show_paper(self) -> None:
        """Our plan as it is printed."""
        if self.view is not None and self.view.own:
            id_ = self._id
            show_paper(self, self._context, lambda office: plan_papers.prepare(office, id_), self.banner.show_error)

    def send_up(self) -> None:
        """Pack our plan for the union above and go on to the stick."""
        context, id_ = self._context, self._id
        context.runner.run(
            lambda: _send_up(context.office(), id_), done=lambda _: context.go("handoff", "sending"),
            failed=self.banner.show_error, title="Đang đóng gói", changes=frozenset({"package"}),
        )  # fmt: skip

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


def _found(office: Office, id_: str, scope: Scope) -> _Found:
    row = next((row for row in campaigns.listing(office) if row.id == id_), None)
    return _Found(
        campaign_ledger.look(office, id_, scope), drafts.waiting(office, Campaign.TYPE).get(id_, ""),
        plan_links.links(office, id_), row is not None and row.below,
    )  # fmt: skip


def _receivers(office: Office) -> list[tuple[str, str]]:
    return [(row.id, row.name) for row in coverage.coverage(office) if row.sends]


def _send_up(office: Office, id_: str) -> None:
    upper = units.upper(office)
    if upper is None:
        raise AppError(
            "Chưa biết công đoàn cấp trên của đơn vị.",
            safe="Chưa có gói nào được lập.",
            todo="Làm bước “Khoá và tin cậy” trong trang Gửi – nhận trước.",
        )
    outgoing.make_cascade(office, id_, upper)
