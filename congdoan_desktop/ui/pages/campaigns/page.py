"""The page "Kế hoạch – phong trào": the list, one campaign, or the editor of a plan, one at a time."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.errors import AppError
from congdoan_desktop.services.reading_drafts import RECORD as READING
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.pages.campaigns.editor import NEXT_YEAR, UNDER, PlanEditor, origin_of
from congdoan_desktop.ui.pages.campaigns.listing import CampaignList
from congdoan_desktop.ui.pages.campaigns.sheet import CampaignSheet

if TYPE_CHECKING:
    from congdoan_desktop.ui.pages.plan_reading import ReadingPage

_SHOWN_FROM = frozenset(
    {"campaign", "activity", "support", "unit", "org_event", "period_figures", "entered_figure", "package"}
)


class CampaignsPage(QStackedWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("campaigns_page")
        self._context = context
        self._stale = True
        self.list = CampaignList(context)
        self.sheet = CampaignSheet(context)
        for part in (self.list, self.sheet):
            self.addWidget(part)
        self.setFocusProxy(self.list)
        self.list.opened.connect(self.open_object)
        self.list.new_asked.connect(self.open_new)
        self.sheet.back_asked.connect(self.show_list)
        self.sheet.edit_asked.connect(self._edit)
        self.sheet.gone.connect(self._lost)
        self.sheet.delete_asked.connect(self._delete)
        self.sheet.opened.connect(self.open_object)
        self.sheet.next_year_asked.connect(self._next_year)
        self.sheet.under_asked.connect(self._under)
        for part in (self.list, self.sheet):
            part.reading_asked.connect(self.open_reading)
        context.runner.changed.connect(self._changed)

    def open_object(self, id_: str) -> None:
        """A campaign ("id", or "id:target" for one target), "new" or the record of a draft for the editor, or the
        type's name for its conflicts.
        """
        if id_ == "new":
            self.open_new()
        elif id_ == READING:
            self.open_reading()
        elif id_.startswith(NEXT_YEAR):
            self._next_year(origin_of(id_))
        elif id_.startswith(UNDER):
            self._under(origin_of(id_))
        elif id_ == Campaign.TYPE:
            self.show_list()
            self.list.show_conflicts()
        else:
            campaign, _, target = id_.partition(":")
            self.sheet.open(campaign, target)
            self._show(self.sheet)

    def open_new(self) -> None:
        self._show(self.editor)
        self.editor.open_new()

    def open_reading(self) -> None:
        """Where a plan is read; what was begun stands as it was left."""
        reading = self.reading
        self._show(reading)
        if reading.review is None:
            reading.open_left()

    @cached_property
    def editor(self) -> PlanEditor:
        """Made when it is first asked for: its nine forms cost more than the rest of the page."""
        made = PlanEditor(self._context)
        self.addWidget(made)
        made.closed.connect(self._after_editor)
        made.stored.connect(self._stored)
        return made

    def build_ahead(self) -> bool:
        """The editor, when nobody asks for anything; False when it is there already."""
        missing = "editor" not in self.__dict__
        return missing and self.editor is not None

    @cached_property
    def reading(self) -> ReadingPage:
        """Made when it is first asked for: few offices read a plan every day."""
        from congdoan_desktop.ui.pages.plan_reading import ReadingPage

        made = ReadingPage(self._context)
        self.addWidget(made)
        made.closed.connect(self.show_list)
        made.stored.connect(self._read)
        return made

    def show_list(self) -> None:
        self._show(self.list)
        self.list.reload()

    # What is in sight

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._reload()

    def _show(self, part: QWidget) -> None:
        self.setCurrentWidget(part)
        self.setFocusProxy(part)
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, changes: frozenset[str]) -> None:
        if not changes & _SHOWN_FROM:
            return
        if self.isVisible():
            self._reload()
        else:
            self._stale = True

    def _reload(self) -> None:
        self.list.reload()
        if self.currentWidget() is self.sheet:
            self.sheet.reload()

    # Between the parts

    def _edit(self, record: str, campaign: Campaign) -> None:
        assert self.sheet.view is not None
        self._show(self.editor)
        self.editor.open_plan(record, campaign, self.sheet.view.today)

    def _next_year(self, record: str) -> None:
        self._show(self.editor)
        self.editor.open_next_year(record)

    def _under(self, record: str) -> None:
        self._show(self.editor)
        self.editor.open_under(record)

    def _delete(self, record: str, what: str) -> None:
        self.list.removal.ask(record, what, gone=self.show_list)

    def _lost(self, error: AppError) -> None:
        self.show_list()
        self.list.banner.show_error(error)

    def _after_editor(self, record: str) -> None:
        if record:
            self.open_object(record)
            self.sheet.reload()
        else:
            self.show_list()

    def _stored(self, record: str) -> None:
        self.open_object(record)

    def _read(self, record: str) -> None:
        self.open_object(record)
        said = "Đã lưu kế hoạch vừa đọc."
        self.sheet.banner.show_text("ok", said, action="Hoàn tác", on_action=self._unread)

    def _unread(self) -> None:
        self.sheet.banner.clear()
        self.reading.undo_saving()
        self._show(self.reading)
