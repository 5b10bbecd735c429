"""The list of campaigns: the plans of the upper union and our own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.duties import dues
from congdoan_desktop.services import campaigns, drafts
from congdoan_desktop.services.campaigns import CampaignRow
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import ChipState, FilterChip
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages import newer
from congdoan_desktop.ui.pages.campaigns import words
from congdoan_desktop.ui.pages.campaigns.removal import Removal

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

TITLE = "Kế hoạch – phong trào"
_COLUMNS = (
    Column("number", "Số, ký hiệu", 120),
    Column("title", "Kế hoạch, phong trào", None, "name", under="organ", least=240, sort="title"),
    Column("span", "Thời gian", 180, sort="starts"),
    Column("targets", "Chỉ tiêu", 68, "number"),
    Column("due", "Hạn báo cáo", 174, "state", sort="due_on"),
    Column("state", "Tình trạng", 164, "state"),
)


class CampaignList(PageFrame):
    opened = Signal(str)
    """Id of the campaign to look at."""
    new_asked = Signal()
    reading_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(TITLE)
        self._context = context
        self._asked = 0
        empty = Empty(
            "flag", "Ở đây có kế hoạch của công đoàn cấp trên và kế hoạch của đơn vị mình.", "Lập kế hoạch đầu tiên",
            self.new_asked.emit, "Nhận kế hoạch từ USB", lambda: context.go("handoff", "inbox"),
        )  # fmt: skip
        self.list = TableCard(_COLUMNS, empty)
        self.table = self.list.table
        self.table.setObjectName("campaigns")
        self.table.setAccessibleName(TITLE)
        self.add_search("Tìm số, trích yếu…").setObjectName("search_campaigns")
        reading = Button("Đọc kế hoạch…", "file-text", on_click=self.reading_asked.emit)
        reading.setObjectName("read_plan")
        reading.setToolTip("Đọc kế hoạch từ Word, PDF hoặc văn bản (Ctrl+O)")
        self.add_action(reading)
        self.set_primary(Button("Lập kế hoạch", "plus", "primary", on_click=self.new_asked.emit))
        assert self.primary is not None
        self.primary.setObjectName("new_campaign")
        self.primary.setToolTip("Lập kế hoạch (Ctrl+N)")
        self._running = self._chip("running", "Đang thực hiện", "play")
        self._upper = self._chip("upper", "Cấp trên giao", "download-simple")
        self._below = self._chip("below", "Của cấp dưới", "tree-structure")
        self._own = self._chip("own", "Của đơn vị mình", "flag")
        self._conflicts = self._chip("conflict", "Mâu thuẫn", "git-merge")
        self.set_body(self.list)
        self.removal = Removal(self, context, self.banner)
        self._connect()

    def _chip(self, name: str, text: str, icon: str) -> FilterChip:
        chip = FilterChip(text, lambda _: self._narrow(), icon=icon)
        chip.setObjectName(f"filter_{name}")
        return self.add_filter(chip)

    def _connect(self) -> None:
        self.searched.connect(self._narrow)
        self.list.filter_cleared.connect(self._clear)
        self.table.row_opened.connect(self._open)
        self.table.delete_asked.connect(lambda rows: self._ask_delete(rows[0]))
        self._shortcut("Ctrl+Z", self.removal.undo)
        self._shortcut("Ctrl+O", self.reading_asked.emit)

    def reload(self) -> None:
        """Ask again; only the answer to the last question is shown."""
        self._asked += 1
        asked, context = self._asked, self._context

        def ask() -> tuple[int, list[dict[str, object]], str]:
            office = context.office()
            return asked, _rows(office), drafts.waiting(office, Campaign.TYPE).get("", "")

        context.runner.run(ask, done=self._show)

    def _show(self, found: tuple[int, list[dict[str, object]], str]) -> None:
        asked, rows, draft_at = found
        if asked != self._asked:
            return
        self.list.set_rows(rows)
        self._narrow()
        if draft_at:
            said = f"Còn một kế hoạch đang soạn dở, giữ lúc {draft_at[11:16]}."
            self.banner.show_text("info", said, action="Viết tiếp", on_action=self.new_asked.emit)

    def show_conflicts(self) -> None:
        self._conflicts.setChecked(True)

    def _narrow(self, *_: object) -> None:
        wanted: list[tuple[str, object]] = [
            (key, True)
            for key, chip in (("running", self._running), ("own", self._own), ("conflict", self._conflicts))
            if chip.value()
        ]
        wanted += [("upper", True)] if self._upper.value() else []
        wanted += [("below", True)] if self._below.value() else []

        def keep(row: object) -> bool:
            return isinstance(row, dict) and all(row.get(key) == value for key, value in wanted)

        self.list.set_filter(self.search.text() if self.search else "", keep if wanted else None)

    def _clear(self) -> None:
        self.clear_filters()
        self._narrow()

    def _open(self, row: dict[str, object]) -> None:
        if newer.is_newer(row):
            newer.explain(self.banner, row)
        else:
            self.opened.emit(row["id"])

    def _ask_delete(self, row: dict[str, object]) -> None:
        if newer.is_newer(row):
            newer.explain(self.banner, row)
        elif row["own"]:
            self.removal.ask(str(row["id"]), f"kế hoạch “{row['name']}”")
        else:
            said = "Kế hoạch của cấp trên không xoá được ở đây."
            self.banner.show_text("info", said, "Cần bỏ kế hoạch thì báo công đoàn cấp trên.")


def _rows(office: Office) -> list[dict[str, object]]:
    today = office.clock.today()
    unread = newer.rows(office, Campaign.TYPE, "kế hoạch", "title")
    return [*unread, *(_row(row, today) for row in campaigns.listing(office))]


def _row(row: CampaignRow, today: date) -> dict[str, object]:
    campaign = row.campaign
    stage = words.stage(campaign.starts, campaign.ends, today)
    days = sorted(due.day for duty in campaign.duties for due in dues(duty, campaign.starts, campaign.ends))
    where = row.issuer if row.below else campaign.place
    due = next((day for day in days if day >= today), days[-1] if days else None)
    return {
        "id": row.id,
        "name": words.named(campaign),
        "number": campaign.number or None,
        "title": campaign.title,
        "organ": " · ".join(part for part in (campaign.doc_type, campaign.organ, where) if part),
        "span": words.span(campaign.starts, campaign.ends),
        "starts": campaign.starts,
        "targets": len(campaign.targets) or None,
        "due": _due(due, today, own=row.own or row.below),
        "due_on": due,
        "state": chips.CONFLICT if row.conflict else stage,
        "running": stage is words.RUNNING,
        "own": row.own,
        "upper": not row.own and not row.below,
        "below": row.below,
        "conflict": row.conflict,
    }


def _due(due: date | None, today: date, *, own: bool) -> ChipState | None:
    """The day on which we owe a report; our own plan asks it of the units below."""
    if due is None:
        return None
    if own:
        return ChipState(f"Thu đến {due:%d/%m/%Y}", "tray", "neu")
    return chips.days_left((due - today).days)
