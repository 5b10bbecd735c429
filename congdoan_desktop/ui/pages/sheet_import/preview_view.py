"""Step 3: every row with what becomes of it, its cell and its mend; what is nearly known waits for a choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.services.sheet_columns import untaken
from congdoan_desktop.services.sheet_preview import Choice, Line, Preview, State
from congdoan_desktop.services.sheet_sections import Section
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.sheet_import.words import COUNTED, PREVIEWS, STATES, preview_row

_MOST_LEFT = 4
_CHOICES = (
    (Choice.ADD, "Nhập mới", "plus"),
    (Choice.UPDATE, "Cập nhật người đã có", "arrow-clockwise"),
    (Choice.SKIP, "Không nhập", "minus-circle"),
)


class PreviewView(QWidget):
    """The rows of a preview; `chosen` says that a choice for rows changed."""

    chosen = Signal()
    naming_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[int, Choice] = {}
        self._preview: Preview | None = None
        self._units: Mapping[str, str] = {}
        self.chips: dict[State, FilterChip] = {}
        self._bar = QHBoxLayout()
        self._bar.setSpacing(8)
        self._bar.addStretch(1)
        self.names = Button("", "buildings", on_click=self.naming_asked.emit)
        self.names.setObjectName("ask_unions")
        self.names.setToolTip("Chọn đơn vị cho những tên mà sổ không có; chương trình nhớ cho lần sau")
        self._bar.addWidget(self.names)
        self.left = label("", "second", wrap=True)
        self.told = label("", "second", wrap=True)
        self.buttons = {choice: self._button(choice, words, icon) for choice, words, icon in _CHOICES}
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.told, 1)
        for button in self.buttons.values():
            self._foot.addWidget(button)
        self.card: TableCard | None = None
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(8)
        self._whole.addLayout(self._bar)
        self._whole.addWidget(self.left)
        self._whole.addLayout(self._foot)

    def _button(self, choice: Choice, words: str, icon: str) -> Button:
        button = Button(words, icon, on_click=partial(self._choose, choice))
        button.setObjectName(f"choice_{choice}")
        return button

    def show_preview(self, preview: Preview, units: Mapping[str, str], choices: Mapping[int, Choice]) -> None:
        """`units`: short names of unions by id. `choices` that were made before for rows by number, while they wait."""
        near = {line.number for line in preview.lines if line.state is State.NEAR}
        self._preview, self._units = preview, units
        self.choices = {number: choice for number, choice in choices.items() if number in near}
        self._name_names(preview)
        self.left.setText("\n".join(_left(preview)))
        self.left.setVisible(bool(self.left.text()))
        self._renew_table(preview)
        self._renew_chips(preview)
        self._show()

    def _name_names(self, preview: Preview) -> None:
        unknown = sum(not one.union for one in preview.named)
        self.names.setVisible(bool(preview.named))
        self.names.set_text(f"{unknown} đơn vị chưa nhận ra…" if unknown else "Tên đơn vị đã nhớ…")

    def _renew_table(self, preview: Preview) -> None:
        if self.card is not None:
            self.card.deleteLater()
        columns = PREVIEWS[preview.matching.kind]
        self.card = TableCard(columns, Empty("table", "Trang tính không có dòng nào dưới tiêu đề."), multi=True)
        table = self.card.table
        table.setObjectName("preview")
        table.setAccessibleName("Các dòng của danh sách")
        table.selectionModel().selectionChanged.connect(self._follow)
        self.card.filter_cleared.connect(self._clear)
        self._whole.insertWidget(1, self.card, 1)
        self.setFocusProxy(table)

    def _renew_chips(self, preview: Preview) -> None:
        for chip in self.chips.values():
            chip.deleteLater()
        self.chips = {}
        for at, (state, count) in enumerate((s, n) for s, n in preview.counts.items() if n):
            chip = FilterChip(f"{count:,} {COUNTED[state]}".replace(",", "."), self._filtered, icon=STATES[state].icon)
            chip.setObjectName(f"only_{state}")
            self.chips[state] = chip
            self._bar.insertWidget(at, chip)

    def _show(self) -> None:
        assert self._preview is not None
        assert self.card is not None
        rows = [preview_row(line, self.choices.get(line.number), self._units) for line in self._preview.lines]
        self.card.set_rows(rows)
        self._follow()

    def _filtered(self, _on: object) -> None:
        assert self.card is not None
        wanted = {state for state, chip in self.chips.items() if chip.isChecked()}
        self.card.set_filter(keep=(lambda row: _line(row).state in wanted) if wanted else None)

    def _clear(self) -> None:
        for chip in self.chips.values():
            chip.clear()
        self._filtered(None)

    def _lines(self) -> list[Line]:
        rows = self.card.table.selected_rows() if self.card is not None else []
        return [_line(row) for row in rows]

    def _follow(self, *_: QItemSelection) -> None:
        """Say all about the row under the cursor, and offer what can be chosen for the selected ones."""
        lines = self._lines()
        near = [line for line in lines if line.state is State.NEAR]
        for choice, button in self.buttons.items():
            button.setVisible(bool(near))
            button.setEnabled(choice is not Choice.UPDATE or all(line.id for line in near))
        notes = [f"Dòng {line.number}: {note}" for line in lines[:3] for note in line.notes]
        self.told.setText("\n".join(notes))

    def _choose(self, choice: Choice) -> None:
        assert self.card is not None
        near = [line for line in self._lines() if line.state is State.NEAR]
        for line in near:
            self.choices[line.number] = choice
        self._show()
        self.chosen.emit()


def _left(preview: Preview) -> Iterator[str]:
    """What of the sheet is not imported: columns, and rows that are none of the list."""
    if columns := untaken(preview.matching):
        yield f"Cột không nhập: {' '.join(columns)}"
    yield from _sections(preview.sections)
    if rows := sorted(preview.left_out, key=lambda one: one.is_label):
        some = "; ".join(f"dòng {one.number} “{one.text}” ({one.reason})" for one in rows[:_MOST_LEFT])
        more = f" và {len(rows) - _MOST_LEFT} dòng khác" if len(rows) > _MOST_LEFT else ""
        yield f"Không phải dòng của danh sách: {some}{more}."


def _sections(sections: Sequence[Section]) -> Iterator[str]:
    """Which labels are no unions, and where the rows under them go."""
    for union in dict.fromkeys(one.union for one in sections):
        held = [one for one in sections if one.union == union]
        some = ", ".join(f"“{one.name}” ({group_thousands(one.rows)} dòng)" for one in held[:_MOST_LEFT])
        more = f" và {len(held) - _MOST_LEFT} mục khác" if len(held) > _MOST_LEFT else ""
        yield f"Tên mục, không phải đơn vị: {some}{more}. Các dòng dưới những mục này ghi vào {union}."


def _line(row: object) -> Line:
    assert isinstance(row, dict)
    line: Line = row["line"]
    return line
