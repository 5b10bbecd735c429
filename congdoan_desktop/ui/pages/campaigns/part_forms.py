"""Entering phases, events and reports owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from congdoan_desktop.domain.campaigns import Phase, PlannedEvent
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.text import clean
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.multi_unit_field import MultiUnitField
from congdoan_desktop.ui.kit.search_choice_field import SearchChoiceField
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.campaigns import words
from congdoan_desktop.ui.pages.campaigns.duty_form import DutyForm, duty_of, values_of
from congdoan_desktop.ui.pages.campaigns.part_kind import PartKind, Today, day_field, departments, one_line
from congdoan_desktop.ui.pages.entry.values import day, text


class PhaseForm(Form):
    def __init__(self, today: Today) -> None:
        super().__init__(_check_phase)
        kinds = [(entry.code, entry.name) for entry in catalogue().entries(words.ACTIVITY_KINDS)]
        self.add(TextField("phase_name", "Tên đợt", required=True, placeholder="Tuần “Bữa cơm Công đoàn”"))
        self.add(
            day_field("phase_starts", "Từ ngày", today, required=True),
            day_field("phase_ends", "Đến ngày", today, required=True),
        )
        self.kinds = MultiUnitField("phase_kinds", "Loại hoạt động của đợt", kinds, rows=5)
        self.kinds.search.setPlaceholderText("Tìm loại, không cần dấu")
        self.kinds.search.setAccessibleName("Tìm loại hoạt động")
        self.kinds.search.setObjectName("phase_kinds_search")
        self.kinds.all.setObjectName("phase_kinds_all")
        self.add(self.kinds)


def _check_phase(values: Values) -> tuple[Finding, ...]:
    starts, ends = values["phase_starts"], values["phase_ends"]
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        return (Finding("phase_ends", "Ngày cuối trước ngày đầu. Xem lại hai ngày."),)
    return ()


def _phase(values: Values, _: Phase | None) -> Phase:
    kinds = values["phase_kinds"]
    codes = tuple(str(code) for code in kinds) if isinstance(kinds, tuple) else ()
    return Phase(text(values["phase_name"]), day(values["phase_starts"]), day(values["phase_ends"]), codes)


PHASES = PartKind(
    key="phases",
    title="Đợt",
    one="đợt",
    icon="calendar-blank",
    belongs="Đợt, tuần, tháng cao điểm mà kế hoạch nêu ngày.",
    columns=(
        Column("number", "Số", 52, "number"),
        Column("name", "Đợt", None, "name", under="kinds", least=200),
        Column("span", "Thời gian", 190),
    ),
    form=PhaseForm,
    row=lambda one: {
        "name": one.name,
        "span": words.span(one.starts, one.ends),
        "kinds": words.kind_names(one.kinds),
    },
    part=_phase,
    values=lambda one: {
        "phase_name": one.name,
        "phase_starts": one.starts,
        "phase_ends": one.ends,
        "phase_kinds": one.kinds,
    },
)


class EventForm(Form):
    def __init__(self, today: Today) -> None:
        super().__init__()
        self.add(NoteField("event_name", "Tên sự kiện", required=True, lines=3))
        self.add(SearchChoiceField("event_lead", "Ban chủ trì", departments(), free=True, placeholder=""))
        self.add(
            SearchChoiceField(
                "event_others", "Cùng chủ trì", departments(), free=True, placeholder="",
                hint="Nhiều ban thì cách nhau bằng dấu chấm phẩy.",
            )
        )  # fmt: skip
        self.add(day_field("event_on", "Ngày (nếu kế hoạch nêu)", today))
        self.add(
            TextField("event_printed", "Thời gian như in, khi không có ngày", placeholder="trong tháng 6", limit=80)
        )
        self.plan = ChoiceField("event_plan", "Kế hoạch riêng của sự kiện", ())
        self.add(self.plan)
        self.field("event_name").enter_moves = True

    def offer(self, plans: Sequence[tuple[str, str]]) -> None:
        """Plans held here, of which one may be this event's own."""
        self.plan.set_choices(plans)
        self.plan.setVisible(bool(plans))


def _event(values: Values, old: PlannedEvent | None) -> PlannedEvent:
    named = (clean(lead) for lead in f"{text(values['event_lead'])};{text(values['event_others'])}".split(";"))
    on = values["event_on"]
    leads = tuple(dict.fromkeys(lead for lead in named if lead))
    base = old or PlannedEvent("", ())
    return replace(
        base,
        name=one_line(values["event_name"]),
        leads=leads,
        on=on if isinstance(on, date) else None,
        printed_date=one_line(values["event_printed"]),
        plan=text(values["event_plan"]) or None,
    )


EVENTS = PartKind(
    key="events",
    title="Sự kiện",
    one="sự kiện",
    icon="megaphone",
    belongs="Sự kiện mà kế hoạch nêu tên, với ban chủ trì.",
    columns=(
        Column("number", "Số", 52, "number"),
        Column("name", "Sự kiện", None, "name", under="leads", least=240),
        Column("on", "Ngày", 100),
    ),
    form=EventForm,
    row=lambda one: {
        "name": one.name,
        "leads": ", ".join(one.leads),
        "on": short_date(one.on) if one.on else one.printed_date or None,
    },
    part=_event,
    values=lambda one: {
        "event_name": one.name,
        "event_lead": one.leads[0] if one.leads else None,
        "event_others": "; ".join(one.leads[1:]) or None,
        "event_on": one.on,
        "event_printed": one.printed_date or None,
        "event_plan": one.plan,
    },
)


DUTIES = PartKind(
    key="duties",
    title="Báo cáo",
    one="hạn báo cáo",
    icon="file-text",
    belongs="Hạn báo cáo, có ngày hay định kỳ, mà kế hoạch đặt cho đơn vị dưới.",
    columns=(
        Column("number", "Số", 52, "number"),
        Column("who", "Ai báo cáo", None, "name", under="where", least=220),
        Column("wording", "Hạn", 190),
    ),
    form=DutyForm,
    row=lambda one: {
        "who": one.who,
        "where": f"Nộp {one.to}" + (f", qua {one.via}" if one.via else ""),
        "wording": one.wording,
    },
    part=duty_of,
    values=values_of,
)
