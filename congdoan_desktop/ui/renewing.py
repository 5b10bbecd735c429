"""Pages that were built before catalogues from above came are built anew when they are next opened.

What is typed there and kept as a draft is offered again; a page where something stands that is not, waits until it is
closed.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.form import Form
from congdoan_desktop.ui.main_window import MainWindow


class Renewing:
    """`keys`: the pages that choose from catalogues."""

    def __init__(self, window: MainWindow, keys: Iterable[str]) -> None:
        self._window, self._keys = window, tuple(keys)
        self._used, self._stale = catalogue(), frozenset[str]()
        window.set_renewal(self.is_due)

    def take_note(self) -> None:
        """Something was imported or put out of use: are the catalogues others now?"""
        if catalogue() is not self._used:
            self._used = catalogue()
            self._stale |= self._window.built() & {*self._keys}

    def is_due(self, key: str, page: QWidget) -> bool:
        """Whether a page is to be built anew before it is shown."""
        if key not in self._stale or _holds_typed(page):
            return False
        self._stale -= {key}
        _keep_drafts(page)
        return True


def _holds_typed(page: QWidget) -> bool:
    """Whether a form is open that keeps no draft."""
    return any(form.isVisibleTo(page) and not _keeps_draft(form, page) for form in page.findChildren(Form))


def _keep_drafts(page: QWidget) -> None:
    """What was typed last, which the timers of the drafts have not kept yet."""
    for part in page.findChildren(QWidget):
        if (keep := getattr(part, "keep_now", None)) is not None:
            keep()


def _keeps_draft(form: QWidget, page: QWidget) -> bool:
    above = form.parentWidget()
    while above is not None and above is not page:
        if hasattr(above, "keep_now"):
            return True
        above = above.parentWidget()
    return False
