"""The other tabs of a campaign: phases, events with who leads them, and the reports owed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from congdoan_desktop.domain.campaigns import Duty
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.duties import DAY_COUNTS, DAY_IS_LATE, Due, next_due
from congdoan_desktop.services.campaign_ledger import CampaignView
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.campaigns import words
from congdoan_desktop.ui.pages.campaigns.duty_form import BEFORE

_PHASES = (
    Column("name", "Đợt", None, "name", least=240),
    Column("span", "Thời gian", 190, sort="starts"),
    Column("kinds", "Loại hoạt động", 260, "quiet"),
    Column("count", "Hoạt động đã ghi", 130, "number"),
    Column("state", "Tình trạng", 150, "state"),
)
_EVENTS = (
    Column("number", "Số", 52, "number"),
    Column("name", "Sự kiện", None, "name", least=260),
    Column("leads", "Ban chủ trì", 330),
    Column("day", "Ngày", 100, "date", sort="on"),
)
_DUTIES = (
    Column("wording", "Hạn trong kế hoạch", 210, "name", under="same_day"),
    Column("who", "Ai báo cáo", None, least=220),
    Column("to", "Nộp về", 220, under="via"),
    Column("last", "Ngày cuối", 100, "date", sort="due"),
    Column("state", "Còn lại", 176, "state"),
    Column("action", "", 120, "action"),
)
_ASSIGNMENTS = (
    Column("number", "Số", 52, "number"),
    Column("who", "Ban, đơn vị", 300, "name"),
    Column("task", "Nhiệm vụ", None, least=300),
)


_SAME_DAY: Mapping[str, str] = {DAY_COUNTS: "nộp đúng ngày còn kịp", DAY_IS_LATE: "nộp đúng ngày đã trễ"}


class PlanTabs:
    """The tables, each to be put into the page's stack."""

    def __init__(self, on_report: Callable[[], object]) -> None:
        self.phases = TableCard(_PHASES, Empty("calendar-blank", "Kế hoạch không chia đợt."))
        self.events = TableCard(_EVENTS, Empty("megaphone", "Kế hoạch không nêu sự kiện riêng."))
        self.duties = TableCard(_DUTIES, Empty("file-text", "Kế hoạch không đặt hạn báo cáo."))
        self.assignments = TableCard(_ASSIGNMENTS, Empty("users-three", "Kế hoạch không phân công riêng."))
        self.tables = (self.phases, self.events, self.duties, self.assignments)
        for table, name, said in (
            (self.phases, "phases", "Đợt"),
            (self.events, "events", "Sự kiện"),
            (self.duties, "duties", "Chế độ báo cáo"),
            (self.assignments, "assignments", "Phân công"),
        ):
            table.table.setObjectName(name)
            table.table.setAccessibleName(said)
        self.duties.table.action_clicked.connect(lambda *_: on_report())

    def show_view(self, view: CampaignView) -> None:
        self.phases.set_rows(_phase_rows(view))
        self.events.set_rows(_event_rows(view))
        self.duties.set_rows(_duty_rows(view))
        self.assignments.set_rows(
            {"id": number, "number": number, "who": one.who, "task": one.task}
            for number, one in enumerate(view.campaign.assignments, 1)
        )


def _phase_rows(view: CampaignView) -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "name": phase.name,
            "span": words.span(phase.starts, phase.ends),
            "starts": phase.starts,
            "kinds": words.kind_names(phase.kinds) or None,
            "count": count,
            "state": words.stage(phase.starts, phase.ends, view.today),
        }
        for number, (phase, count) in enumerate(zip(view.campaign.phases, view.phase_counts, strict=True))
    ]


def _event_rows(view: CampaignView) -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "number": number,
            "name": event.name,
            "leads": ", ".join(event.leads) or None,
            "day": short_date(event.on) if event.on else None,
            "on": event.on,
        }
        for number, event in enumerate(view.campaign.events, 1)
    ]


def _duty_rows(view: CampaignView) -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "wording": duty.wording,
            "same_day": _same_day(duty),
            "who": duty.who,
            "to": duty.to,
            "via": f"qua {duty.via}" if duty.via else "",
            **_due(next_due(duty, view.campaign.starts, view.campaign.ends, view.today), view.today),
            "action": "" if view.own else "Lập báo cáo",
        }
        for number, duty in enumerate(view.campaign.duties)
    ]


def _same_day(duty: Duty) -> str:
    """What "trước ngày" means for the day itself, as it was decided; an open question is said."""
    if duty.relation != BEFORE or duty.due is None:
        return ""
    return _SAME_DAY.get(duty.choice, f"Nộp đúng ngày {short_date(duty.due)}: chưa rõ còn kịp hay trễ")


def _due(due: Due | None, today: date) -> dict[str, object]:
    if due is None:
        return {"last": None, "due": None, "state": None}
    return {"last": short_date(due.day), "due": due.day, "state": chips.days_left((due.day - today).days)}
