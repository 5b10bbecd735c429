"""A list that a service gives in pages: what its pages ask, whatever they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from congdoan_desktop.ui.kit.paged_model import PAGE
from congdoan_desktop.ui.pages.entry.page import Query, Row
from congdoan_desktop.ui.pages.entry.paged import Begin, Begun, PagedEntryPage

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office


class ListedPage(PagedEntryPage):
    service: Any
    """The module whose `page`, `rows`, `place` and `listing` give the list."""
    many_at_once = False

    # For the subclass

    def wanted(self) -> Any:
        """What the filters ask the service for."""
        raise NotImplementedError

    def listed(self, office: Office, found: Iterable[Any]) -> list[Row]:
        """The service's rows as lines of the list."""
        raise NotImplementedError

    # The list

    def begin(self, goal: str | None) -> Begin:
        wanted, service = self.wanted(), self.service

        def ask(office: Office) -> Begun:
            found = service.page(office, wanted, 0, PAGE)
            at = service.place(office, wanted, goal) if goal else None
            starts = (at or 0) // PAGE * PAGE
            further = {starts: self.listed(office, service.rows(office, wanted, starts, PAGE))} if starts else {}
            return Begun(found.counted.listed, self.listed(office, found.rows), found.counted, further)

        return ask

    def further(self, starts: int) -> Query:
        wanted, service = self.wanted(), self.service
        return lambda office: self.listed(office, service.rows(office, wanted, starts, PAGE))

    def all_rows(self) -> Callable[[Office], Iterable[object]]:
        wanted, service = self.wanted(), self.service
        return lambda office: self.listed(office, service.listing(office, wanted))

    def rows_shown(self, rows: Sequence[Row]) -> None:
        """The foot is filled by `begun`."""
