"""What the lists of posts and trainings share: the list in pages, the unions to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from congdoan_desktop.services import units
from congdoan_desktop.ui.kit.paged_model import PAGE
from congdoan_desktop.ui.kit.pick_chip import PickChip
from congdoan_desktop.ui.pages.entry.page import Query, Row
from congdoan_desktop.ui.pages.entry.paged import Begin, Begun, PagedEntryPage
from congdoan_desktop.ui.pages.officers.forms import PostForm, TrainingForm

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office


class OfficersPage(PagedEntryPage):
    own_form: PostForm | TrainingForm
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

    # Unions

    def add_unit_filter(self) -> PickChip:
        self._units: tuple[tuple[str, str], ...] = ()
        chip = PickChip("Đơn vị", lambda _: self.reload())
        chip.setObjectName("filter_unit")
        self.add_filter(chip)
        self.unit_chip = chip
        return chip

    def load_choices(self, office: Office) -> object:
        return tuple(units.choices(office))

    def take_choices(self, found: object) -> None:
        self._units = cast("tuple[tuple[str, str], ...]", found)

    def choices_changed(self) -> None:
        self.unit_chip.set_choices(list(self._units))
        self.own_form.take_choices(self._units)

    def unit_name(self, unit: object) -> str:
        return dict(self._units).get(str(unit), "–")
