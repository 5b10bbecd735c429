"""Step 2: which column brings which field, and in which writing the sheet was typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from congdoan_desktop.services.sheet_columns import (
    IGNORED,
    UNMATCHED,
    Answer,
    ColumnView,
    Matching,
    answered,
    choices,
    columns_of,
    with_encoding,
    with_field,
)
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import ElidedLabel, card, label
from congdoan_desktop.ui.kit.chips import ChipLabel
from congdoan_desktop.ui.kit.choice_fields import Combo
from congdoan_desktop.ui.pages.sheet_import.words import ENCODINGS, MATCHES

_WHOLE = -1
"""In the place of a column: the whole sheet."""
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
        self.scope = Combo()
        self.scope.setObjectName("writing_scope")
        self.scope.setAccessibleName("Bảng mã của cả trang tính hay của một cột")
        self.scope.activated.connect(lambda _at: self._show_writing())
        self._right.addWidget(self.scope)
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

    def hasHeightForWidth(self) -> bool:
        """Else Qt takes the height that it would like for the least one, and what stands below is laid over it."""
        return False

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
        self._group.idClicked.connect(self._write)
        return holder

    def show_matching(self, matching: Matching) -> None:
        """Show all columns; the cursor stays on the column where it was."""
        held = next((column for column, combo in self.combos.items() if combo.hasFocus()), None)
        self._matching = matching
        columns = columns_of(matching)
        self._renew_scope(columns)
        matched = sum(column.field not in (IGNORED, UNMATCHED) for column in columns)
        self.told.setText(f"{matched}/{len(columns)} cột đã ghép")
        self._area.setWidget(self._grid(columns))
        self._renew_samples(columns)
        if held in self.combos:
            self.combos[held].setFocus()

    def _renew_scope(self, columns: list[ColumnView]) -> None:
        """The whole sheet, or one of the columns in which letters are written."""
        held = self.scope.currentData()
        self.scope.clear()
        self.scope.addItem("Cả trang tính", _WHOLE)
        for one in columns:
            if any(not before.isascii() for before, _ in one.samples):
                self.scope.addItem(f"Cột {one.letters} – {one.title or '–'}", one.column)
        self.scope.setCurrentIndex(max(0, self.scope.findData(held)))
        self._show_writing()

    def _show_writing(self) -> None:
        assert self._matching is not None
        column = self.scope.currentData()
        found = [one.encoding for one in columns_of(self._matching) if one.column == column]
        shown = found[0] if found else self._matching.encoding
        at = next((n for n, (encoding, _) in enumerate(ENCODINGS) if encoding is shown), 2)
        self._group.button(at).setChecked(True)

    def _write(self, at: int) -> None:
        assert self._matching is not None
        column, encoding = self.scope.currentData(), ENCODINGS[at][0]
        if column == _WHOLE:
            self.writing_chosen.emit(encoding)
        else:
            self.changed.emit(with_encoding(self._matching, column, encoding))

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
        grid.addWidget(self._question(match) if match.answers else chip, row, 4, Qt.AlignmentFlag.AlignLeft)

    def _question(self, match: ColumnView) -> Combo:
        """What the values leave open, in the place of the state."""
        combo = Combo()
        combo.setAccessibleName(f"{match.title}: {match.note}")
        combo.setObjectName(f"answer_{match.letters}")
        combo.setToolTip(match.note)
        combo.addItem("Cần chọn…")
        for answer in match.answers:
            combo.addItem(answer.text, answer)
        combo.setMinimumContentsLength(7 if self._narrow else 12)
        combo.activated.connect(lambda at: self._answered(match.column, combo.itemData(at)))
        return combo

    def _combo(self, match: ColumnView) -> Combo:
        assert self._matching is not None
        combo = Combo()
        combo.setAccessibleName(f"Trường của cột {match.letters}, {match.title}")
        combo.setObjectName(f"field_{match.letters}")
        combo.setMinimumContentsLength(10 if self._narrow else 15)
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

    def _answered(self, column: int, answer: Answer | None) -> None:
        assert self._matching is not None
        if answer is not None:
            self.changed.emit(answered(self._matching, column, answer))

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
