"""Đơn vị – đoàn viên: our union, the CĐCS below it, their headcounts."""

from congdoan_desktop.ui.pages.units.page import UnitsPage as UnitsPage
