"""What the lists of posts and trainings share: the unions to choose from, and the person under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from congdoan_desktop.services import units
from congdoan_desktop.ui.kit.pick_chip import PickChip
from congdoan_desktop.ui.pages.entry.page import EntryPage
from congdoan_desktop.ui.pages.officers.forms import PostForm, TrainingForm


class OfficersPage(EntryPage):
    own_form: PostForm | TrainingForm

    def add_unit_filter(self) -> PickChip:
        self._units: tuple[tuple[str, str], ...] = ()
        chip = PickChip("Đơn vị", lambda _: self.reload())
        chip.setObjectName("filter_unit")
        self.add_filter(chip)
        self.unit_chip = chip
        return chip

    def choices_changed(self) -> None:
        office = self.context.office
        self.context.runner.run(
            lambda: tuple((row.id, row.short_name) for row in units.listing(office())), done=self._take_units
        )

    def unit_name(self, unit: object) -> str:
        return dict(self._units).get(str(unit), "–")

    def _take_units(self, found: Sequence[tuple[str, str]]) -> None:
        self._units = tuple(found)
        self.unit_chip.set_choices(list(found))
        self.own_form.take_choices(self._units)
