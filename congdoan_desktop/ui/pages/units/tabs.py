"""The tabs of the page "Đơn vị – đoàn viên" in their order. A tab's code is read when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.page import PageFrame


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the page, a PageFrame; `place` is "module:class" below `ui.pages`."""

    key: str
    title: str
    place: str

    def build(self, context: Context) -> PageFrame:
        module, name = self.place.split(":")
        made: PageFrame = getattr(import_module(f"congdoan_desktop.ui.pages.{module}"), name)(context)
        return made


TABS = (
    Tab("units", "Đơn vị", "units.page:UnitsPage"),
    Tab("structure", "Cơ cấu tổ chức", "units.structure:StructureTab"),
    Tab("merging", "Ghép CĐCS nhỏ", "units.merging:MergingTab"),
    Tab("members", "Đoàn viên", "members:MembersPage"),
    Tab("officers", "Cán bộ", "officers:PostsPage"),
    Tab("trainings", "Tập huấn", "officers:TrainingsPage"),
    Tab("workplaces", "Nơi làm việc", "workplaces:WorkplacesPage"),
    Tab("rating", "Xếp loại", "rating:RatingPage"),
    Tab("import", "Nhập Excel", "sheet_import:ImportPage"),
)
