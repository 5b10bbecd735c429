"""Nhập Excel: lists out of workbooks, in four steps."""

from congdoan_desktop.ui.pages.sheet_import.page import ImportPage as ImportPage
