"""A page whose records are about somebody: people suggested, namesakes asked about, the number shown on asking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.text import clean
from congdoan_desktop.services import persons, receivers
from congdoan_desktop.services.receivers import PersonHit
from congdoan_desktop.services.support import KnownAlready
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import EntryPage
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.support.receiver_form import OF_PERSON, ReceiverForm


class ReceiverPage(EntryPage):
    def __init__(self, context: Context, kind: RecordKind, columns: Sequence[Column], form: ReceiverForm) -> None:
        self.receiver_form = form
        super().__init__(context, kind, columns, form)
        form.desk = lambda: self.desk
        form.receiver.asked.connect(self._find_people)
        form.citizen_id.reveal_asked.connect(self._reveal)
        form.left.connect(self._look_for_namesakes)
        form.left.connect(self._say_whom)
        self.editor.refused.connect(self._not_saved)

    def _find_people(self, typed: str) -> None:
        office, field = self.context.office, self.receiver_form.receiver
        if field.looks_up:
            self.context.runner.run(
                lambda: receivers.find_people(office(), typed),
                done=partial(field.offer, typed),
                settled=partial(field.settle, typed),
            )

    def passed_by(self, values: Values) -> Iterable[str]:
        return [name for name in super().passed_by(values) if name not in OF_PERSON]

    def _say_whom(self, left: str) -> None:
        receiver = self.receiver_form.receiver
        if left == receiver.name:
            self.editor.name_new(clean(receiver.line.text()))

    def _look_for_namesakes(self, left: str) -> None:
        """A name typed in full, without taking the suggestion, may be that of somebody known."""
        typed, receiver = text(self.receiver_form.receiver.line.text()), self.receiver_form.receiver
        if left != receiver.name or receiver.hit is not None or receiver.before is not None or not clean(typed):
            return
        office = self.context.office
        self.context.runner.run(lambda: receivers.namesakes(office(), typed), done=partial(self._take_namesakes, typed))

    def _take_namesakes(self, typed: str, hits: list[PersonHit]) -> None:
        if self.receiver_form.receiver.line.text() == typed:
            self.receiver_form.ask_whom(hits)

    def _not_saved(self, error: object) -> None:
        if isinstance(error, KnownAlready):
            self.receiver_form.ask_whom(error.hits)

    def _reveal(self) -> None:
        known = self.receiver_form.known_person()
        if known is not None:
            office = self.context.office
            self.context.runner.run(
                lambda: persons.reveal(office(), known.id),
                done=partial(self._show_number, known.id),
                failed=self.editor.banner.show_error,
            )

    def _show_number(self, asked: str, person: Person) -> None:
        known = self.receiver_form.known_person()
        if known is not None and known.id == asked:
            self.receiver_form.citizen_id.reveal(person.citizen_id)
