"""Somebody who types a day's work: keys as UniKey sends them, counted, and nothing else in the hand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_CROSSED = {"đ": "d", "Đ": "D"}
_PLAIN = Qt.KeyboardModifier.NoModifier
_BACK = "\b"


class Typist:
    """`keys`: how many were pressed; letters by Telex, where a mark or a tone is a key of its own."""

    def __init__(self) -> None:
        self.keys = 0

    def write(self, text: str) -> None:
        """UniKey takes letters back and types them again for every mark, and for the tone at the end of a word."""
        for number, word in enumerate(text.split(" ")):
            for sent in [*([" "] if number else []), *_telex(word)]:
                self._send(sent)
            self.keys += bool(number) + sum(map(_strokes, word))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN, times: int = 1) -> None:
        for _ in range(times):
            self.keys += 1
            QTest.keyClick(_goal(), key, modifier)
            QCoreApplication.processEvents()

    def enter(self, *texts: str) -> None:
        """Each text and Enter; an empty one is Enter alone."""
        for text in texts:
            if text:
                self.write(text)
            self.press(Qt.Key.Key_Return)

    def _send(self, letter: str) -> None:
        key = Qt.Key.Key_Backspace if letter == _BACK else _key(letter)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(_goal(), QKeyEvent(kind, key, _PLAIN, letter))
        QCoreApplication.processEvents()


def _goal() -> QWidget:
    """Where the system sends keys: to an open pop-up, else to the widget with the focus."""
    popup = QApplication.activePopupWidget()
    inside = popup.focusWidget() if popup is not None else None
    goals = (inside, popup, QApplication.focusWidget(), QApplication.activeWindow())
    return next(goal for goal in goals if isinstance(goal, QWidget))


def _telex(word: str) -> Iterator[str]:
    toneless = [_without_tone(letter) for letter in word]
    for letter in toneless:
        bare = _CROSSED.get(letter, unicodedata.normalize("NFD", letter)[0])
        yield from (bare, _BACK, letter) if bare != letter else letter
    toned = next((at for at, letter in enumerate(word) if letter != toneless[at]), None)
    if toned is not None:
        yield from _BACK * (len(word) - toned)
        yield from word[toned:]


def _without_tone(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))


def _strokes(letter: str) -> int:
    return 2 if letter in _CROSSED else len(unicodedata.normalize("NFD", letter))


def _key(letter: str) -> Qt.Key:
    return Qt.Key(ord(letter.upper())) if letter.isascii() and letter.isalnum() else Qt.Key.Key_unknown
