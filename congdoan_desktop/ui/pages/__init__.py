"""The pages of the window in their order. A page's code is read when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QWidget

from congdoan_desktop.ui.context import Context


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the navigation; `place` is "module:class" below this package."""

    key: str
    icon: str
    title: str
    place: str
    bottom: bool = False
    ahead: bool = False
    """Whether it is built before it is opened; these are opened every day."""
    chooses: bool = False
    """Whether it lets choose from catalogues, which may come from above while it stands there."""

    def build(self, context: Context) -> QWidget:
        module, name = self.place.split(":")
        made: QWidget = getattr(import_module(f"{__name__}.{module}"), name)(context)
        return made


PAGES = (
    Entry("home", "house", "Trang chính", "home:HomePage"),
    Entry("campaigns", "flag", "Kế hoạch – phong trào", "campaigns:CampaignsPage", chooses=True),
    Entry("activities", "calendar-blank", "Hoạt động", "activities:ActivitiesPage", ahead=True, chooses=True),
    Entry("support", "heart", "Chăm lo", "support:CarePage", ahead=True, chooses=True),
    Entry("units", "tree-structure", "Đơn vị – đoàn viên", "units:RegistryPage", ahead=True, chooses=True),
    Entry("reports", "file-text", "Báo cáo", "reports:ReportsPage"),
    Entry("handoff", "paper-plane-tilt", "Gửi – nhận", "handoff:HandoffPage"),
    Entry("settings", "gear", "Thiết lập", "settings:SettingsPage", bottom=True),
)
