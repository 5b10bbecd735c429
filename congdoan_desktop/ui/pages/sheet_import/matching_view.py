"""Step 2: which column brings which field, and in which writing the sheet was typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from congdoan_desktop.services.sheet_columns import (
    IGNORED,
    UNMATCHED,
    ColumnView,
    Matching,
    choices,
    columns_of,
    with_centuries,
    with_field,
)
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, card, label
from congdoan_desktop.ui.kit.chips import ChipLabel
from congdoan_desktop.ui.kit.choice_fields import Combo
from congdoan_desktop.ui.pages.sheet_import.words import ENCODINGS, MATCHES

_SAMPLES = 8
_SAMPLE = 2
"""The place of the column with the first values."""
_RIGHT_WIDTH, _LEAST_RIGHT, _COLUMNS_WIDTH, _WITH_SAMPLES = 350, 226, 462, 560
"""The card of writings gives way to the columns; where these have less than the last, their samples are left out."""


class MatchingView(QWidget):
    """The columns of a sheet with their fields; `changed` tells what a person chose."""

    changed = Signal(object)
    """The corrected Matching."""
    writing_chosen = Signal(object)
    """An Encoding for the whole sheet: the columns are guessed anew."""

    def __init__(self) -> None:
        super().__init__()
        self._matching: Matching | None = None
        self._narrow = False
        self.combos: dict[int, Combo] = {}
        left, self._left = card()
        self.told = label("", "second")
        head = QHBoxLayout()
        head.addWidget(label("Ghép cột", "card"))
        head.addStretch(1)
        head.addWidget(self.told)
        self._left.addLayout(head)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._left.addWidget(self._area, 1)
        right, self._right = card()
        self._right.addWidget(label("Bảng mã chữ Việt", "card"))
        self._right.addWidget(self._radios())
        self._right.addWidget(label("Chương trình đổi sang Unicode khi nhập, tệp gốc giữ nguyên.", "second", wrap=True))
        self._samples = QWidget()
        self._right.addWidget(self._samples)
        self._right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(left, 1)
        layout.addWidget(right)
        self._side = right

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look, narrow = theme.current(), self._narrow
        right = max(look.px(_LEAST_RIGHT), min(look.px(_RIGHT_WIDTH), self.width() - look.px(_COLUMNS_WIDTH)))
        self._side.setFixedWidth(right)
        self._narrow = self.width() - right < look.px(_WITH_SAMPLES)
        if self._narrow != narrow and self._matching is not None:
            self.show_matching(self._matching)

    def _radios(self) -> QWidget:
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(holder)
        for at, (encoding, words) in enumerate(ENCODINGS):
            button = QRadioButton(words)
            button.setObjectName(f"writing_{encoding}")
            self._group.addButton(button, at)
            lines.addWidget(button)
        self._group.idClicked.connect(lambda at: self.writing_chosen.emit(ENCODINGS[at][0]))
        return holder

    def show_matching(self, matching: Matching) -> None:
        """Show all columns; the cursor stays on the column where it was."""
        held = next((column for column, combo in self.combos.items() if combo.hasFocus()), None)
        self._matching = matching
        at = next((n for n, (encoding, _) in enumerate(ENCODINGS) if encoding is matching.encoding), 2)
        self._group.button(at).setChecked(True)
        columns = columns_of(matching)
        matched = sum(column.field not in (IGNORED, UNMATCHED) for column in columns)
        self.told.setText(f"{matched}/{len(columns)} cột đã ghép")
        self._area.setWidget(self._grid(columns))
        self._renew_samples(columns)
        if held in self.combos:
            self.combos[held].setFocus()

    def _grid(self, columns: list[ColumnView]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for column, title in enumerate(("Cột", "Tiêu đề trong tệp", "Dòng đầu", "Trường trong chương trình", "")):
            if column != _SAMPLE or not self._narrow:
                grid.addWidget(label(title, "label"), 0, column)
        self.combos = {}
        for row, match in enumerate(columns, 1):
            self._line(grid, row, match)
        grid.setRowStretch(len(columns) + 1, 1)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(_SAMPLE, 0 if self._narrow else 2)
        return holder

    def _line(self, grid: QGridLayout, row: int, match: ColumnView) -> None:
        grid.addWidget(label(match.letters, "second"), row, 0)
        grid.addWidget(ElidedLabel(match.title or "–", "strong"), row, 1)
        if not self._narrow:
            grid.addWidget(ElidedLabel(match.samples[0][1] if match.samples else "–", "second"), row, _SAMPLE)
        combo = self.combos[match.column] = self._combo(match)
        grid.addWidget(combo, row, 3)
        state = MATCHES[match.state]
        chip = ChipLabel(state.with_word(match.note) if match.note and len(match.note) < 24 else state)
        chip.setToolTip(match.note)
        if match.asks_century:
            button = Button("Năm 30–99 là 19xx", role="flat", on_click=partial(self._centuries, match.column))
            button.setObjectName(f"century_{match.letters}")
            button.setToolTip("Năm ghi hai chữ số: 30–99 hiểu là 1930–1999, 00–29 là 2000–2029")
            grid.addWidget(button, row, 4, Qt.AlignmentFlag.AlignLeft)
        else:
            grid.addWidget(chip, row, 4, Qt.AlignmentFlag.AlignLeft)

    def _combo(self, match: ColumnView) -> Combo:
        assert self._matching is not None
        combo = Combo()
        combo.setAccessibleName(f"Trường của cột {match.letters}, {match.title}")
        combo.setObjectName(f"field_{match.letters}")
        combo.setMinimumContentsLength(15)
        combo.addItem("Chọn trường…", UNMATCHED)
        combo.addItem("Bỏ cột này", IGNORED)
        for code, name in choices(self._matching.kind):
            combo.addItem(name, code)
        combo.setCurrentIndex(max(0, combo.findData(match.field)))
        combo.setToolTip(match.note)
        combo.activated.connect(partial(self._chosen, match.column))
        return combo

    def _chosen(self, column: int, _at: int) -> None:
        assert self._matching is not None
        field = str(self.combos[column].currentData())
        self.changed.emit(with_field(self._matching, column, field))

    def _centuries(self, column: int) -> None:
        assert self._matching is not None
        self.changed.emit(with_centuries(self._matching, column))

    def _renew_samples(self, columns: list[ColumnView]) -> None:
        pairs = [pair for column in columns for pair in column.samples[:2] if not pair[0].isascii()]
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.addWidget(label("Trước (trong tệp)", "label"), 0, 0)
        grid.addWidget(label("Sau (Unicode)", "label"), 0, 1)
        for row, (before, after) in enumerate(dict(pairs[:_SAMPLES]).items(), 1):
            grid.addWidget(ElidedLabel(before, "second"), row, 0)
            grid.addWidget(ElidedLabel(after, "strong"), row, 1)
        self._right.replaceWidget(self._samples, fresh)
        self._samples.deleteLater()
        self._samples = fresh
