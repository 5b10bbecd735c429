"""Trang chính: what now, in lists and cards."""

from congdoan_desktop.ui.pages.home.page import HomePage as HomePage
