"""Đoàn viên: who belongs to our unions, and the others whom they know."""

from congdoan_desktop.ui.pages.members.page import MembersPage as MembersPage
