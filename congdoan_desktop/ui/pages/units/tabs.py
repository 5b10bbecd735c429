"""The tabs of the page "Đơn vị – đoàn viên" in their order."""

from __future__ import annotations

from congdoan_desktop.ui.pages.tabbed import Tab

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
