"""Chăm lo: who was helped, why, with what; gift lists; the funds it comes out of."""

from congdoan_desktop.ui.pages.support.care import CarePage as CarePage
from congdoan_desktop.ui.pages.support.page import SupportPage as SupportPage
