"""The field of the receiver: a name that known people are suggested for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from PySide6.QtCore import Signal

from congdoan_desktop.domain.text import clean, search_key
from congdoan_desktop.services.receivers import PersonHit
from congdoan_desktop.ui.kit.lookup_field import LookupField
from congdoan_desktop.ui.kit.suggestions import Option


class ReceiverField(LookupField):
    """A name. `hit` is the known person it stands for, None for somebody new.

    Enter takes the person who is meant: the only one whom a few small letters find, or the only one of a name written
    in full. Whoever writes another name in capitals as on paper means somebody new.
    """

    person_changed = Signal()
    """Another known person, or none, is meant now."""

    def __init__(self, name: str, text: str) -> None:
        self.hit: PersonHit | None = None
        self.before: PersonHit | None = None
        """Whom the text stood for until it was changed by typing."""
        super().__init__(name, text, free=True, required=True)

    def is_known(self) -> bool:
        return self.hit is not None

    def offer(self, typed: str, hits: Sequence[PersonHit]) -> None:
        """Suggestions for `typed`; dropped when the text has changed since or the officer went on."""
        if typed != self.line.text() or not self.line.hasFocus() or self.hit:
            return
        same = [hit for hit in hits if search_key(hit.name) == search_key(typed)]
        meant = same or (list(hits) if typed == typed.lower() else [])
        shown = [*meant, *(hit for hit in hits if hit not in meant)]
        self.present([Option(hit, hit.name, described(hit)) for hit in shown], len(meant))

    def take(self, hit: PersonHit | None) -> None:
        """Stand for a known person (or nobody), as set by the program."""
        self.hit, self.before = hit, None
        self.set_hint(f"{described(hit)} · {_times(hit)}" if hit else "")

    def set_value(self, value: object) -> None:
        """A `PersonHit`, a bare name, or None."""
        hit = value if isinstance(value, PersonHit) else None
        self.line.setText(hit.name if hit else "" if value is None else str(value))
        self.line.setCursorPosition(0)
        self.take(hit)

    def raw(self) -> object:
        return [self.line.text(), *(asdict(hit) if hit else None for hit in (self.hit, self.before))]

    def set_raw(self, raw: object) -> None:
        text, hit, before = raw if isinstance(raw, list) and len(raw) == 3 else (raw, None, None)
        self.set_value(PersonHit(**hit) if isinstance(hit, dict) else text)
        self.before = PersonHit(**before) if isinstance(before, dict) else None

    def repeat(self, raw: object) -> None:
        super().repeat(raw)
        self.person_changed.emit()

    def _choose(self, option: Option) -> None:
        assert isinstance(option.value, PersonHit)
        self.line.setText(option.value.name)
        self.take(option.value)
        self.edited.emit()
        self.person_changed.emit()

    def _edited(self) -> None:
        if self.hit is not None and clean(self.line.text()) != self.hit.name:
            self.before, self.hit = self.hit, None
            self.set_hint("")
            self.person_changed.emit()
        self.typed_on()
        self.edited.emit()

    def _show_matching(self) -> None:
        self.asked.emit(self.line.text())


def described(hit: PersonHit) -> str:
    """What tells namesakes apart: "THCS Mường Cang · 1985"."""
    return " · ".join(str(part) for part in (hit.unit_name, hit.birth_year) if part)


def _times(hit: PersonHit) -> str:
    return f"đã nhận {hit.times_this_year} lần trong năm" if hit.times_this_year else "chưa nhận lần nào trong năm"
