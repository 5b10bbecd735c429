"""How far the making of a long paper is, told while its rows are set and drawn; there it can be stopped."""

from __future__ import annotations

from dataclasses import dataclass, field

from congdoan_desktop.progress import Progress
from congdoan_desktop.reports.document import Document, Table

_EVERY = 100
_SAID = "Đang dàn trang"


@dataclass(slots=True)
class Pace:
    """Counts rows of tables; `ways` is how often each is gone through."""

    total: int
    progress: Progress = field(default_factory=Progress)
    _done: int = 0

    @classmethod
    def of(cls, document: Document, ways: int, progress: Progress | None) -> Pace:
        tables = (block for section in document.sections for block in section.blocks if isinstance(block, Table))
        return cls(ways * sum(len(table.rows) for table in tables), progress or Progress())

    def row(self) -> None:
        """One more row is done.

        Raises: Cancelled when somebody asked to stop.
        """
        self._done += 1
        if self._done % _EVERY == 0:
            self.progress.step(min(self._done, self.total), self.total, _SAID)
