"""The page "Đơn vị – đoàn viên"."""

from __future__ import annotations

from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.pages.tabbed import TabbedPage
from congdoan_desktop.ui.pages.units.tabs import TABS

TITLE = "Đơn vị – đoàn viên"


class RegistryPage(TabbedPage):
    def __init__(self, context: Context) -> None:
        super().__init__(context, TITLE, TABS)
