"""What the lists of posts and trainings share: the unions to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from congdoan_desktop.services import units
from congdoan_desktop.ui.kit.pick_chip import PickChip
from congdoan_desktop.ui.pages.entry.listed import ListedPage
from congdoan_desktop.ui.pages.officers.forms import PostForm, TrainingForm

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office


class OfficersPage(ListedPage):
    own_form: PostForm | TrainingForm

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
