"""Đọc kế hoạch: a plan out of a file or the clipboard, gone through item by item, saved as a campaign."""

from congdoan_desktop.ui.pages.plan_reading.page import ReadingPage as ReadingPage
