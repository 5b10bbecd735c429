"""Đơn vị – đoàn viên: the organisation, and who belongs to it."""

from congdoan_desktop.ui.pages.units.page import UnitsPage as UnitsPage
from congdoan_desktop.ui.pages.units.registry import RegistryPage as RegistryPage
