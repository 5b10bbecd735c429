"""Eight words in numbered cells, to be read aloud or compared with a sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from congdoan_desktop.ui.kit.basics import label

_COLUMNS = 4


class WordGrid(QFrame):
    """Hidden while there are no words."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("words")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(8)
        self.hide()

    def show_words(self, words: tuple[str, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for at, word in enumerate(words):
            self._grid.addWidget(_cell(at + 1, word), at // _COLUMNS, at % _COLUMNS)
        self.setAccessibleName("Tám từ: " + ", ".join(words))
        self.setVisible(bool(words))


def _cell(number: int, word: str) -> QFrame:
    cell = QFrame()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(str(number), "second"))
    column.addWidget(label(word, "step"))
    return cell
