"""A field for somebody known, found in the database while a part of the name is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer

from congdoan_desktop.services import receivers
from congdoan_desktop.services.receivers import PersonHit
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.suggestions import Option

_PAUSE_MS = 150


class PersonField(SearchChoiceField):
    """The value is the id of a person."""

    def __init__(self, name: str, text: str, context: Context, *, required: bool = False) -> None:
        super().__init__(name, text, required=required, placeholder="Gõ tên, không cần dấu")
        self._context = context
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.wanted.connect(lambda _: self._pause.start())

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

    def _ask(self) -> None:
        typed, office = self.line.text(), self._context.office
        self._context.runner.run(lambda: receivers.find_people(office(), typed), done=partial(self._offer, typed))

    def _offer(self, typed: str, hits: list[PersonHit]) -> None:
        if typed != self.line.text() or self._chosen is not None:
            return
        self.set_options([Option(hit.id, hit.name, _second(hit)) for hit in hits])
        if self.line.hasFocus():
            self._show_matching()


def _second(hit: PersonHit) -> str:
    return " · ".join(str(part) for part in (hit.unit_name, hit.birth_year) if part)
