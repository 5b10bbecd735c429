"""The first rows as they would come in, under the columns that bring them: each choice shows at once what it does."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.services.sheet_columns import ListKind
from congdoan_desktop.services.sheet_preview import Preview, State
from congdoan_desktop.ui.kit.basics import label
from congdoan_desktop.ui.kit.chips import ChipLabel, FilterChip
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.sheet_import.words import COUNTED, PREVIEWS, STATES, preview_row

MOST = 500
"""Rows looked at; most lists have fewer."""
_SEEN = frozenset({State.NEW, State.CHANGED, State.SAME})
"""What needs nobody's eye."""


class GlanceView(QWidget):
    """A preview without choices; what is faulty is said in its row."""

    def __init__(self) -> None:
        super().__init__()
        self.told = label("", "card")
        self.missing = label("", "second", wrap=True)
        self.only = FilterChip("Chỉ dòng cần xem", self._filtered, icon="warning")
        self.only.setObjectName("only_doubtful")
        self._kind: ListKind | None = None
        self._counts = QHBoxLayout()
        self._counts.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.told)
        head.addWidget(self.missing, 1)
        head.addLayout(self._counts)
        head.addWidget(self.only)
        self.card: TableCard | None = None
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(6)
        self._whole.addLayout(head)
        self._show_counts({})

    def hasHeightForWidth(self) -> bool:
        """Else Qt takes the height that it would like for the least one, and what stands below is laid over it."""
        return False

    def show_preview(self, preview: Preview, units: Mapping[str, str]) -> None:
        """`units`: short names of unions by id."""
        self.missing.setText("")
        first = f" – {MOST} dòng đầu" if len(preview.lines) == MOST else ""
        self.told.setText(f"Xem trước sau khi đổi{first}")
        self._show_counts(preview.counts)
        self._table(preview.matching.kind).set_rows([preview_row(line, None, units) for line in preview.lines])
        self._filtered(None)

    def show_missing(self, kind: ListKind, said: str) -> None:
        """What must be chosen before any row can be shown."""
        self.told.setText("Xem trước sau khi đổi")
        self.missing.setText(said)
        self._show_counts({})
        self._table(kind).set_rows([])

    def _table(self, kind: ListKind) -> TableCard:
        if self.card is not None and self._kind is kind:
            return self.card
        if self.card is not None:
            self.card.deleteLater()
        card = self.card = TableCard(PREVIEWS[kind], Empty("table", "Chưa có dòng nào để xem trước."))
        self._kind = kind
        card.table.setObjectName("glance")
        card.table.setAccessibleName("Các dòng đầu của danh sách sau khi đổi")
        card.filter_cleared.connect(self._clear)
        self._whole.addWidget(card, 1)
        return card

    def _show_counts(self, counts: Mapping[State, int]) -> None:
        while (item := self._counts.takeAt(0)) is not None:
            if (chip := item.widget()) is not None:
                chip.deleteLater()
        for state, count in counts.items():
            if count:
                self._counts.addWidget(ChipLabel(STATES[state].with_word(f"{count} {COUNTED[state]}")))
        self.only.setVisible(any(count for state, count in counts.items() if state not in _SEEN))

    def _filtered(self, _on: object) -> None:
        if self.card is not None:
            doubtful = self.only.isChecked() and not self.only.isHidden()
            self.card.set_filter(keep=_is_doubtful if doubtful else None)

    def _clear(self) -> None:
        self.only.clear()
        self._filtered(None)


def _is_doubtful(row: object) -> bool:
    assert isinstance(row, dict)
    return row["line"].state not in _SEEN
