"""Báo cáo: choose campaign and period, check, look at the pages, print, save, hand over."""

from congdoan_desktop.ui.pages.reports.page import ReportsPage as ReportsPage
