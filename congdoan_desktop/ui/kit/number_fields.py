"""Fields whose text is read by a parser: money, counts, and the base that dates share.

Text is written out in full only when the field is left; while someone types it stays as typed (rule D15).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt

from congdoan_desktop.domain.text import clean
from congdoan_desktop.errors import AppError, Finding
from congdoan_desktop.ui.kit.basics import label
from congdoan_desktop.ui.kit.text_fields import TextField

Parser = Callable[[str], object]
"""From the text as typed to the value. Raises: ValueError or AppError with a Vietnamese sentence."""


def dotted(value: object) -> str:
    """1234567 -> "1.234.567"."""
    return f"{value:,}".replace(",", ".")


def whole_number(text: str) -> int:
    """Digits, with dots or spaces between groups of three. Raises: ValueError."""
    if not re.fullmatch(r"[0-9]+|[0-9]{1,3}([. ][0-9]{3})+", text):
        raise ValueError("Chỉ nhập chữ số, ví dụ 1.500.")
    return int(re.sub(r"[. ]", "", text))


class ParsedField(TextField):
    """A line read by `parse` and written out by `show` when it is left."""

    def __init__(
        self,
        name: str,
        text: str,
        parse: Parser,
        show: Callable[[object], str] = str,
        *,
        required: bool = False,
        hint: str = "",
        placeholder: str = "",
    ) -> None:
        self._parse = parse
        self._show = show
        super().__init__(name, text, required=required, hint=hint, placeholder=placeholder, limit=60)

    def value(self) -> object:
        return self._read()[0]

    def is_empty(self) -> bool:
        return not clean(self.line.text())

    def set_value(self, value: object) -> None:
        self.set_raw("" if value is None else self._show(value))

    def findings(self) -> tuple[Finding, ...]:
        _, problem = self._read()
        return (Finding(self.name, problem),) if problem else super().findings()

    def move_on(self) -> None:
        value, problem = self._read()
        if value is None or problem or self.line.isReadOnly():
            return
        full = self._show(value)
        if full != self.line.text():
            self.line.type_over(full)

    def _read(self) -> tuple[object, str]:
        text = clean(self.line.text())
        if not text:
            return None, ""
        try:
            return self._parse(text), ""
        except (ValueError, AppError) as problem:
            return None, str(problem)


class CountField(ParsedField):
    """A whole number from 0 up, at the right, with dots after leaving."""

    def __init__(
        self, name: str, text: str, *, parse: Parser = whole_number, required: bool = False, hint: str = ""
    ) -> None:
        super().__init__(name, text, parse, dotted, required=required, hint=hint)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class MoneyField(CountField):
    """An amount in đồng with its words under it; `words` turns the int into a sentence."""

    def __init__(
        self,
        name: str,
        text: str,
        words: Callable[[int], str],
        *,
        parse: Parser = whole_number,
        required: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(name, text, parse=parse, required=required, hint=hint)
        self._in_words = words
        self._words = label("", "words", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._words.hide()
        self._layout.insertWidget(2, self._words)
        self.line.textChanged.connect(self._say)

    def words(self) -> str:
        return self._words.text()

    def _say(self) -> None:
        amount = self.value()
        text = self._in_words(amount) if isinstance(amount, int) else ""
        self._words.setText(text)
        self._words.setVisible(bool(text))
