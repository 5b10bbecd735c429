"""Gửi – nhận: the stick, inbox and outbox, coverage, keys and trust."""

from congdoan_desktop.ui.pages.handoff.page import HandoffPage

__all__ = ["HandoffPage"]
