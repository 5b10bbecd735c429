"""The page "Chăm lo" with its tabs."""

from __future__ import annotations

from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.pages.tabbed import Tab, TabbedPage

TITLE = "Chăm lo"
TABS = (
    Tab("records", "Khoản chăm lo", "support.page:SupportPage"),
    Tab("gifts", "Danh sách quà", "support.gifts:GiftsPage"),
    Tab("needs", "Nhu cầu", "support.needs:NeedsPage"),
    Tab("proposals", "Tờ trình", "support.proposals:ProposalsPage"),
    Tab("meetings", "Họp xét", "support.meetings:MeetingsPage"),
    Tab("decisions", "Quyết định", "support.decisions:DecisionsPage"),
    Tab("funds", "Quỹ", "support.funds:FundsPage"),
)


class CarePage(TabbedPage):
    def __init__(self, context: Context) -> None:
        super().__init__(context, TITLE, TABS)
