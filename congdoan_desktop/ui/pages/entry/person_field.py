"""A field for somebody known, found in the database while a part of the name is typed."""

from __future__ import annotations

from functools import partial

from congdoan_desktop.services import receivers
from congdoan_desktop.services.receivers import PersonHit
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.lookup_field import LookupField
from congdoan_desktop.ui.kit.suggestions import Option


class PersonField(LookupField):
    """The value is the id of a person."""

    def __init__(self, name: str, text: str, context: Context, *, required: bool = False) -> None:
        super().__init__(name, text, required=required)
        self._context = context
        self.asked.connect(self._look_up)

    def stand_for(self, id_: str, name: str, second: str = "") -> None:
        """Make somebody known to the field, so that `set_value` can name him or her."""
        self.set_options([Option(id_, name, second)])

    def raw(self) -> object:
        """With the id, so that a draft about somebody who is erased goes too."""
        text, second = self.line.text(), self._chosen.second if self._chosen else ""
        return [text, second, self.value()]

    def set_raw(self, raw: object) -> None:
        if isinstance(raw, list) and len(raw) == 3:
            text, second, id_ = raw
            if id_ is not None:
                self.stand_for(str(id_), str(text), str(second))
            raw = [text, second]
        super().set_raw(raw)

    def _edited(self) -> None:
        self.typed_on()
        super()._edited()

    def _look_up(self, typed: str) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: receivers.find_people(office(), typed),
            done=partial(self._offer, typed),
            settled=partial(self.settle, typed),
        )

    def _offer(self, typed: str, hits: list[PersonHit]) -> None:
        if typed != self.line.text() or self._chosen is not None:
            return
        options = [Option(hit.id, hit.name, _second(hit)) for hit in hits]
        self.set_options(options)
        if self.line.hasFocus():
            self.present(options, len(options))


def _second(hit: PersonHit) -> str:
    return " · ".join(str(part) for part in (hit.unit_name, hit.birth_year) if part)
