"""Emulation (thi đua): what a movement came to phase by phase, and its lists by union and person as papers.

Every step is an activity of its own kind, so that targets count it as they count all activities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from congdoan_desktop.domain.activities import DONE, Activity
from congdoan_desktop.domain.activity_kinds import fields_of, value_of
from congdoan_desktop.domain.authority import printed_title
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.dates import cited_date, short_date
from congdoan_desktop.domain.list_paper import ListColumn, ListPaper
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import activities, letterheads
from congdoan_desktop.services.activities import ActivityRow, Wanted
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.door import SAMPLE
from congdoan_desktop.services.funds import AUTHORITY
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.units import under
from congdoan_desktop.storage.projections import TABLES
from congdoan_desktop.storage.projections import value_of as record_of

LAUNCHED, REGISTERED, INITIATIVE, PROPOSED, AWARDED, REVIEWED, CLOSED = (
    "phat_dong", "dang_ky_thi_dua", "sang_kien", "de_nghi_khen", "khen_thuong", "so_ket", "tong_ket",
)  # fmt: skip
STEPS = (LAUNCHED, REGISTERED, INITIATIVE, PROPOSED, AWARDED, REVIEWED, CLOSED)
"""Kinds of activities, in the order in which a movement goes."""
LISTS: Mapping[str, str] = {
    REGISTERED: "đăng ký thi đua",
    INITIATIVE: "sáng kiến, cải tiến",
    PROPOSED: "đề nghị khen thưởng",
    AWARDED: "được khen thưởng",
}
"""Kinds of which there are lists, with what each list is called."""
WHOLE = "Cả phong trào"
KINDS = "activity_kinds"
_T = TABLES[Activity.TYPE].c
_COLUMNS = (
    ListColumn("Đơn vị", 52),
    ListColumn("Cá nhân, tập thể", 52),
    ListColumn("Nội dung", 62),
    ListColumn("Danh hiệu, hình thức", 38),
    ListColumn("Số lượng", 20, "center", total=True),
    ListColumn("Ngày", 22, "center"),
)
_BENEFIT = ListColumn("Làm lợi (đồng)", 38, "right", total=True)


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase of a movement: of each step how many were counted, and how many unions have done it."""

    name: str
    starts: date
    ends: date
    counts: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a list is about: a step of a movement (None: all of them) within days, of a union and those below it."""

    step: str
    campaign: str | None
    starts: date
    ends: date
    unit: str | None = None


def phases(office: Office, campaign: str, unit: str | None = None) -> list[PhaseRow]:
    """The phases of a movement, and the whole of it at the end; only what was done counts.

    Raises: AppError when the plan is no longer there.
    """
    with office.read() as connection:
        table = TABLES[Campaign.TYPE]
        row = connection.execute(select(table).where(table.c.record == campaign)).mappings().one_or_none()
        if row is None:
            raise AppError("Không còn kế hoạch này trong máy.", todo="Chọn kế hoạch khác.")
        plan: Campaign = record_of(Campaign.TYPE, row)
        query = select(_T.kind, _T.unit, _T.starts, _T.count.label("things")).where(
            _T.kind.in_(STEPS), _T.campaign == campaign, _T.state == DONE
        )
        if unit:
            query = query.where(_T.unit.in_(under(office, connection, unit)))
        held = connection.execute(query).all()
    spans = [(phase.name, phase.starts, phase.ends) for phase in plan.phases] + [(WHOLE, plan.starts, plan.ends)]
    found = []
    for name, starts, ends in spans:
        within = [one for one in held if starts <= one.starts <= ends]
        counts = {step: sum(one.things or 1 for one in within if one.kind == step) for step in STEPS}
        units = {step: len({one.unit for one in within if one.kind == step}) for step in STEPS}
        found.append(PhaseRow(name, starts, ends, counts, units))
    return found


def entries(office: Office, chosen: Chosen) -> list[ActivityRow]:
    """What was recorded of a step, the latest first."""
    listed = activities.all_of(office, Wanted(chosen.campaign, chosen.unit, chosen.step))
    return [row for row in listed if chosen.starts <= row.activity.starts <= chosen.ends]


def form_of(activity: Activity) -> str:
    """The title or award it is about, or the level that recognised it; "" where none was chosen."""
    kind = catalogue().entry(KINDS, activity.kind)
    for own in fields_of(kind) if kind else ():
        value = value_of(activity, own)
        if value and own.name == "form":
            return dict(own.choices).get(value, "")
        if value and own.type == "level":
            return f"Cấp công nhận: {catalogue().name('levels', value)}"
    return ""


def paper(office: Office, chosen: Chosen, signer: tuple[str, str]) -> Paper:
    """The list of a step by union and person; `signer` is (name, title).

    Raises: AppError when there is nothing to list.
    """
    from congdoan_desktop.reports.list_layout import list_document

    found = [row for row in entries(office, chosen) if row.activity.state == DONE]
    if not found:
        raise AppError(f"Chưa có gì trong danh sách {LISTS[chosen.step]}.", todo="Ghi trước, rồi in lại.")
    with_benefit = chosen.step == INITIATIVE
    rows = [line for row in sorted(found, key=_place) for line in _lines(row, with_benefit=with_benefit)]
    today = office.clock.today()
    subject = f"{LISTS[chosen.step]} từ {cited_date(chosen.starts)} đến {cited_date(chosen.ends)}"
    with office.read() as connection:
        made = ListPaper(
            letterhead=letterheads.own(office, connection, today, "DS"),
            subject=f"{subject[:1].upper()}{subject[1:]}",
            columns=(*_COLUMNS[:-1], _BENEFIT) if with_benefit else _COLUMNS,
            rows=tuple(rows),
            dated=today,
            maker=office.identity.officer.name,
            authority=AUTHORITY,
            signer_title=printed_title(signer[1]),
            signer=signer[0],
            sample=office.identity.realm == SAMPLE,
        )
    title = f"Danh sách {LISTS[chosen.step]}"
    return Paper(title, f"danh-sach-{chosen.step.replace('_', '-')}", f"emulation:{chosen.step}", list_document(made))


def _place(row: ActivityRow) -> tuple[str, date, str]:
    return sort_key(row.unit_name), row.activity.starts, row.id


def _lines(row: ActivityRow, *, with_benefit: bool) -> list[tuple[str | int | None, ...]]:
    """One for each person who is named, and one for those who are not; an initiative stands in one line with its
    authors.
    """
    activity, what = row.activity, (row.activity.title, form_of(row.activity))
    names = [name or "–" for _, name in row.people]
    if with_benefit:
        authors = ", ".join(names) or "Tập thể"
        return [(row.unit_name, authors, *what, activity.count, _benefit(activity))]
    on = short_date(activity.starts)
    lines: list[tuple[str | int | None, ...]] = [(row.unit_name, name, *what, 1, on) for name in names]
    unnamed = max((activity.count or 0) - len(names), 0)
    if unnamed or not lines:
        lines.append((row.unit_name, "Tập thể, cá nhân không ghi tên", *what, unnamed or None, on))
    return lines


def _benefit(activity: Activity) -> int | None:
    return next((int(one.value) for one in activity.details if one.name == "benefit" and one.value.isdigit()), None)
