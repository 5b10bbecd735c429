"""Liên quan: the upper union's plan, those of unions below and of single events, and the documents a plan cites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from congdoan_desktop.services.plan_links import CHILD, Link
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.campaigns.further_parts import RELATIONS

_NAMES: Mapping[str, str] = {**RELATIONS, CHILD: "Kế hoạch của cấp dưới"}
_COLUMNS = (
    Column("relation", "Quan hệ", 190, "quiet"),
    Column("number", "Số, ký hiệu", 130),
    Column("title", "Văn bản", None, "name", under="unit", least=240),
    Column("action", "", 100, "action"),
)


class LinksTab(TableCard):
    """Enter, a double click or "Mở" opens a plan that is held here."""

    def __init__(self, on_open: Callable[[str], object]) -> None:
        super().__init__(_COLUMNS, Empty("file-text", "Kế hoạch này chưa gắn với văn bản nào."))
        self._on_open = on_open
        self.table.setObjectName("links")
        self.table.setAccessibleName("Văn bản liên quan")
        self.table.action_clicked.connect(lambda row, _key: self._open(row))
        self.table.row_opened.connect(self._open)

    def show_links(self, links: Iterable[Link]) -> None:
        self.set_rows([_row(number, link) for number, link in enumerate(links)])

    def _open(self, row: object) -> None:
        if isinstance(row, dict) and row["campaign"]:
            self._on_open(row["campaign"])


def _row(number: int, link: Link) -> dict[str, object]:
    return {
        "id": number,
        "relation": _NAMES.get(link.relation, link.relation),
        "number": link.number or None,
        "title": link.title or None,
        "unit": link.unit,
        "campaign": link.campaign,
        "action": "Mở" if link.campaign else "",
    }
