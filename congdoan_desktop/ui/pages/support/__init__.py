"""Chăm lo: who was helped, why, with what, out of which fund."""

from congdoan_desktop.ui.pages.support.page import SupportPage as SupportPage
