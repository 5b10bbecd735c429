"""A form: fields in rows, their values by name, and all findings beside their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from congdoan_desktop.errors import Finding
from congdoan_desktop.ui.kit.basics import label
from congdoan_desktop.ui.kit.field import Field
from congdoan_desktop.ui.kit.type_ahead import Command, TypeAhead

Values = dict[str, object]
Validator = Callable[[Values], Iterable[Finding]]
_DRAFT_AFTER_MS = 1500


class Form(QWidget):
    """Fields from top to bottom, several to a row where the paper has them so.

    `validator` is asked with the values whenever a field is left; its findings show at fields that were already
    left, and all of them after `check`.
    """

    edited = Signal()
    left = Signal(str)
    last_left = Signal()
    """Enter was pressed in the last field."""

    def __init__(self, validator: Validator | None = None) -> None:
        super().__init__()
        self._validator = validator
        self._fields: dict[str, Field] = {}
        self._group: tuple[QVBoxLayout, str] | None = None
        self._grouped: tuple[Field, ...] = ()
        self._visited: set[str] = set()
        self._given: tuple[Finding, ...] = ()
        self._passed: set[str] = set()
        self.commands: dict[int, Command] = {}
        """By combination of keys: what must not overtake the letters typed before it."""
        self.ahead = TypeAhead(self, self._command_of)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self._layout.addStretch(1)

    # Building

    def add(self, *fields: Field, stretch: tuple[int, ...] = ()) -> None:
        """One row; `stretch` shares out its width (evenly when not given)."""
        line = QHBoxLayout()
        line.setSpacing(12)
        self._layout.insertLayout(self._layout.count() - 1, line)
        for field, share in zip(fields, stretch or (1,) * len(fields), strict=True):
            line.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
            if self._fields:
                field.stand_after(list(self._fields.values())[-1].last_control())
            self._fields[field.name] = field
            self._listen_to(field)

    def add_heading(self, text: str) -> None:
        self.add_widget(label(text, "card"))

    def add_widget(self, widget: QWidget) -> None:
        """Anything between the fields that has no value of its own."""
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def add_group(self) -> None:
        """Here stand the fields of `fill_group`, which come and go while the form is in use."""
        place = QVBoxLayout()
        place.setSpacing(self._layout.spacing())
        self._layout.insertLayout(self._layout.count() - 1, place)
        self._group = (place, list(self._fields)[-1])

    def fill_group(self, fields: Iterable[Field]) -> None:
        """Other fields for the group, one in a row. Those there before go, with all that stood in them."""
        assert self._group is not None, "add_group comes first"
        place, before = self._group
        for gone in self._grouped:
            gone.blockSignals(True)
            gone.hide()
            place.removeWidget(gone)
            gone.deleteLater()
            del self._fields[gone.name]
            self._visited.discard(gone.name)
        self._grouped = tuple(fields)
        for field in self._grouped:
            place.addWidget(field)
            field.show()  # the layout would show it in the next turn only, and Enter would pass it by until then
            self._listen_to(field)
        common = list(self._fields.values())
        at = 1 + list(self._fields).index(before)
        whole = [*common[:at], *self._grouped, *common[at:]]
        self._fields = {field.name: field for field in whole}
        for earlier, later in pairwise(whole[at - 1 : at + len(self._grouped) + 1]):
            QWidget.setTabOrder(earlier.control, later.control)  # a field alone would move without its control

    def _listen_to(self, field: Field) -> None:
        field.edited.connect(partial(self._field_edited, field.name))
        field.entered.connect(partial(self._show_entered, field))
        field.left.connect(self._field_left)
        field.moved.connect(self._move)
        field.waiting.connect(partial(self._wait_for, field.name))

    def field(self, name: str) -> Field:
        """Raises: KeyError when the form has no such field."""
        return self._fields[name]

    # Values

    def values(self) -> Values:
        return {name: field.value() for name, field in self._fields.items()}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show a record; fields it does not name become empty, and all findings go."""
        for name, field in self._fields.items():
            field.set_value(values.get(name))
        self._passed.clear()
        self.clear_findings()

    def raw(self) -> Values:
        """What stands in the fields right now, for a draft (JSON values)."""
        return {name: field.raw() for name, field in self._fields.items()}

    def set_raw(self, raw: Mapping[str, object]) -> None:
        for name, text in raw.items():
            if name in self._fields:
                self._fields[name].set_raw(text)
        self._passed.clear()
        self.clear_findings()

    # Findings

    def findings(self) -> tuple[Finding, ...]:
        """What the fields and the validator find wrong now. A field that cannot be read is not asked about twice."""
        own = tuple(finding for field in self._live() for finding in field.findings())
        unreadable = {finding.field for finding in own}
        further = self._validator(self.values()) if self._validator else ()
        return own + tuple(finding for finding in further if finding.field not in unreadable)

    def check(self) -> bool:
        """Show all findings and move to the first; whether the form may be saved."""
        self._given = ()
        for field in self._fields.values():
            field.close_cell()
        found = self.findings()
        self._show_all(found)
        return all(finding.warning for finding in found)

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Put findings of others (a service) at their fields, until these are edited; go to the first that prevents
        saving.
        """
        self._given = tuple(findings)
        self._show_all(self._given)

    def _show_all(self, found: tuple[Finding, ...]) -> None:
        self._visited.update(self._fields)
        self._place(found)
        wrong = {finding.field for finding in found if not finding.warning}
        first = next((field for name, field in self._fields.items() if name in wrong), None)
        if first is not None:
            self.go_to(first.name)

    def remind(self, name: str) -> None:
        """Show what is wrong with a field that nobody may have been in yet."""
        self._visited.add(name)
        self._place(tuple(dict.fromkeys((*self.findings(), *self._given))))

    def clear_findings(self) -> None:
        self._visited.clear()
        self._given = ()
        self._place(())

    def go_to(self, name: str, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the cursor into a field and bring it into view; by the reason of Tab its text is marked to type over."""
        field = self._fields[name]
        field.setFocus(reason)
        self._show_entered(field)

    def _show_entered(self, field: Field) -> None:
        # The finding above or below has just appeared: the layout knows its height in the next turn.
        QTimer.singleShot(0, field, lambda: _bring_into_view(field))

    def go_to_finding(self, step: int) -> None:
        """To the next (+1) or previous (-1) field with a finding, around the end."""
        names = [field.name for field in self._live()]
        here = next((names.index(n) for n in names if self._fields[n].control.hasFocus()), -1 if step > 0 else 0)
        around = [names[(here + step * k) % len(names)] for k in range(1, len(names) + 1)] if names else []
        goal = next((name for name in around if self._fields[name].finding_text()), None)
        if goal is not None:
            self.go_to(goal)

    def focused(self) -> Field | None:
        """The field that has the cursor."""
        here = QApplication.focusWidget()
        return next((field for field in self._fields.values() if here is not None and field.isAncestorOf(here)), None)

    def focus_first(self) -> None:
        for field in self._live():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _place(self, findings: tuple[Finding, ...]) -> None:
        for name, field in self._fields.items():
            here = [f for f in findings if f.field == name] if name in self._visited else []
            field.show_findings(here)

    # Moving

    def pass_by(self, names: Iterable[str]) -> None:
        """Enter goes on past these, which hold what they should, until they are filled anew; Tab stops at each."""
        self._passed.update(names)

    def stop_at(self, names: Iterable[str]) -> None:
        self._passed.difference_update(names)

    def bind_access(self, letters: Mapping[str, str]) -> None:
        """Alt with a letter of its caption goes to a field."""
        for name, letter in letters.items():
            self._fields[name].show_access(letter)
            key = QKeyCombination(Qt.KeyboardModifier.AltModifier, Qt.Key(ord(letter)))
            self.commands[key.toCombined()] = self._fields[name].access

    def _command_of(self, event: QKeyEvent) -> Command | None:
        return self.commands.get(event.keyCombination().toCombined() & ~Qt.KeyboardModifier.KeypadModifier.value)

    def _wait_for(self, name: str, waits: bool) -> None:
        if waits:
            self.ahead.hold(name)
        else:
            self.ahead.release(name)

    def _live(self) -> list[Field]:
        return [field for field in self._fields.values() if field.isVisibleTo(self) and field.isEnabledTo(self)]

    def _field_edited(self, name: str) -> None:
        self._given = tuple(finding for finding in self._given if finding.field != name)
        self._take_back_finding(name)
        if (field := self._fields[name]).control.hasFocus():
            self._show_entered(field)  # what it says of itself, a sum in words, may need more room now
        self.edited.emit()

    def _take_back_finding(self, name: str) -> None:
        """What has just been mended is no longer said; a new finding waits until the field is left."""
        field = self._fields[name]
        if field.has_finding() and not any(finding.field == name for finding in self.findings()):
            field.show_findings(())

    def _field_left(self, name: str) -> None:
        self.remind(name)
        self.left.emit(name)

    def _move(self, name: str, step: int) -> None:
        names = [field.name for field in self._live()]
        goal = names.index(name) + step
        while step > 0 and goal < len(names) and self._is_passed(names[goal]):
            goal += 1
        if 0 <= goal < len(names):
            reason = Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
            self._fields[names[goal]].setFocus(reason)
        elif goal == len(names):
            self.last_left.emit()

    def _is_passed(self, name: str) -> bool:
        return name in self._passed and not self._fields[name].has_finding()


def _bring_into_view(field: Field) -> None:
    parent = field.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if isinstance(parent, QScrollArea):
        parent.ensureWidgetVisible(field, 0, 24)


class DraftTimer(QObject):
    """Hands the raw values to `keep` at most 2 seconds after the first change that was not kept yet."""

    def __init__(self, form: Form, keep: Callable[[Values], object]) -> None:
        super().__init__(form)
        self._form = form
        self._keep = keep
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        form.edited.connect(self._edited)
        form.installEventFilter(self)

    @property
    def waiting(self) -> bool:
        return self._timer.isActive()

    def flush(self) -> None:
        """Keep the draft now (also after the timer; a form that is hidden flushes by itself)."""
        self._timer.stop()
        self._keep(self._form.raw())

    def drop(self) -> None:
        """Forget what is waiting: the record itself was saved."""
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and self.waiting:
            self.flush()
        return False

    def _edited(self) -> None:
        # Not restarted by further keys: whoever types without pause is kept too.
        if not self._timer.isActive():
            self._timer.start()
