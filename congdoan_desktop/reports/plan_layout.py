"""A plan as a paper: "Kế hoạch" of a union, with căn cứ, chapters, progress, Nơi nhận; no Kính gửi (rules A07, A14)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.campaigns import Campaign, PlannedEvent
from congdoan_desktop.domain.dates import cited_date, official_date
from congdoan_desktop.domain.period_report import PlanCitation
from congdoan_desktop.domain.plan_paper import GivenMark, PlanPaper
from congdoan_desktop.reports.document import (
    AnnexHead,
    Block,
    Cell,
    Column,
    Document,
    Letterhead,
    Paragraph,
    Run,
    Section,
    Signature,
    Table,
    Title,
    head_row,
)
from congdoan_desktop.reports.grounds import grounds
from congdoan_desktop.reports.plan_chapters import blocks, chapters, roman
from congdoan_desktop.reports.wording import (
    LAUNCH,
    NO_BREAK,
    blank_date,
    capitalised,
    inside_sentence,
    joined,
    number_line,
    plan_cited,
    plan_subject,
)

DEFAULT_TYPE, DEFAULT_AUTHORITY, LAST_RECIPIENT = "Kế hoạch", "TM. BAN THƯỜNG VỤ", "Lưu: VT"
_CITING = ("căn cứ", "thực hiện", "theo ", "trên cơ sở", "xét ", "tiếp tục")
_PROGRESS = (("TT", 9.0), ("Nội dung", 60.5), ("Thời gian", 43.5), ("Chủ trì", 52.0))
_PROGRESS_WIDE = (("TT", 10.0), ("Nội dung", 122.0), ("Thời gian", 50.0), ("Chủ trì", 70.0))
_MARKS = (("TT", 10.0), ("Đơn vị", 80.0), ("Chỉ tiêu", 122.0), ("Mức giao", 40.0))
_MOST_ROWS = 12
"""A longer schedule goes into an annex, so that the plan's own text stays together."""
_LONG_SUBJECT = 200
"""Letters of a subject that the closing sentence does not say once more."""
_KEPT = re.compile(r"^Lưu[ :]+")
_EVERYBODY = "Các đơn vị"
_END = "./."


@dataclass(frozen=True, slots=True)
class _Step:
    """A row of the schedule; `until` None where the plan prints no day."""

    what: str
    when: str
    who: str
    until: date | None


def plan_document(paper: PlanPaper) -> Document:
    """The paper, with the schedule as an annex when it is long, and the marks given to single unions."""
    campaign = paper.campaign
    steps = _steps(campaign)
    annexed = len(steps) > _MOST_ROWS
    annexes = [_schedule(steps)] if annexed else []
    if paper.marks:
        annexes.append(("Chỉ tiêu giao cho từng đơn vị", _marks(paper.marks)))
    head: list[Block] = [_letterhead(paper), Title(_type(campaign), joined(_subject(campaign))), *_bases(campaign)]
    progress = _table(steps, _PROGRESS, "Bảng 1. Tiến độ và phân công") if steps and not annexed else None
    body = blocks(chapters(campaign, progress, _where(steps, annexed=annexed, several=len(annexes) > 1)))
    sections = [Section((*head, _opening(paper), *_closed(paper, body), _signature(campaign)))]
    sections += [_annex(paper, at, len(annexes), *annex) for at, annex in enumerate(annexes, 1)]
    return Document(
        f"{_type(campaign)} {inside_sentence(campaign.title)}", paper.unit_name, tuple(sections), paper.sample
    )


def _type(campaign: Campaign) -> str:
    return campaign.doc_type or DEFAULT_TYPE


def _subject(campaign: Campaign) -> str:
    """The title without the type, which stands above it; as it was written where it does not begin with that."""
    subject, title = plan_subject(campaign.title, _type(campaign)), campaign.title.strip()
    return capitalised(subject) if title.lower().endswith(subject.lower()) and len(subject) < len(title) else title


def _letterhead(paper: PlanPaper) -> Letterhead:
    """The number as the clerk gave it (rule A09: a printed string), else room for it (rule A11)."""
    head, campaign = paper.letterhead, paper.campaign
    number = campaign.number.strip()
    given = number and not number.startswith("/")
    place = campaign.place or head.place
    day = f"{place}, {official_date(campaign.issued_on)}" if campaign.issued_on else campaign.date_text
    return Letterhead(
        head.parent,
        head.parent_short,
        head.issuer,
        f"Số: {number}" if given else number_line(number.lstrip("/") or head.code),
        day or blank_date(place, paper.made_on.year),
    )


def _bases(campaign: Campaign) -> list[Paragraph]:
    cited = list(campaign.bases) or [
        plan_cited(PlanCitation(one.number, None, "", one.title))
        for one in campaign.related
        if one.relation in {"parent", "basis"}
    ]
    lines = [line if line.lower().startswith(_CITING) else f"Căn cứ {line}" for line in cited]
    return grounds([capitalised(line.strip()) for line in lines])


def _opening(paper: PlanPaper) -> Paragraph:
    campaign = paper.campaign
    theme = f" với chủ đề “{campaign.theme.strip(' “”.')}”" if campaign.theme else ""
    who = f"{campaign.organ} {paper.unit_name}".strip()
    kind = _type(campaign)
    does = "phát động phong trào" if kind == LAUNCH else f"ban hành {kind.lower()}"
    return Paragraph((Run(joined(f"{who} {does}{theme} như{NO_BREAK}sau:")),))


def _closed(paper: PlanPaper, body: list[Block]) -> list[Block]:
    """The closing sentence of the plan's own text, else one made here; the text ends with "./."."""
    last = body[-1] if body else None
    if isinstance(last, Paragraph) and last.runs[-1].text.endswith(_END):
        return [*body[:-1], Paragraph(last.runs, closing=True)]
    campaign = paper.campaign
    kind = _type(campaign)
    subject = plan_subject(campaign.title, kind)
    named = kind if len(subject) > _LONG_SUBJECT else f"{kind} {subject}"
    return [*body, Paragraph((Run(joined(f"Trên đây là {named} của {paper.unit_name}{_END}")),), closing=True)]


def _signature(campaign: Campaign) -> Signature:
    recipients = [_KEPT.sub("Lưu: ", name.strip().rstrip(".;")) for name in campaign.recipients] or [LAST_RECIPIENT]
    ends = [";"] * (len(recipients) - 1) + ["."]
    lines = (campaign.signer_authority or DEFAULT_AUTHORITY, campaign.signer_title.upper())
    printed = tuple(name + end for name, end in zip(recipients, ends, strict=True))
    return Signature(tuple(line for line in lines if line), campaign.signer_name, printed)


# The schedule


def _steps(campaign: Campaign) -> list[_Step]:
    """Phases, events and dated duties by their last day; what has no day follows in the plan's order."""
    steps = [
        *(
            _Step(phase.name, f"{cited_date(phase.starts)} - {cited_date(phase.ends)}", _EVERYBODY, phase.ends)
            for phase in campaign.phases
        ),
        *(
            _Step(
                event.name,
                _when(campaign, event),
                "; ".join(lead.strip() for lead in event.leads) or _EVERYBODY,
                event.on,
            )
            for event in campaign.events
        ),
        *(
            _Step(
                f"Gửi báo cáo về {duty.to}" if duty.to else "Gửi báo cáo",
                f"{'Trước' if duty.relation == 'before' else 'Đến'} ngày {cited_date(duty.due)}",
                duty.who or _EVERYBODY,
                duty.due,
            )
            for duty in campaign.duties
            if duty.due
        ),
    ]  # fmt: skip
    return sorted(steps, key=lambda step: step.until or date.max)


def _when(campaign: Campaign, event: PlannedEvent) -> str:
    """As printed; an event without any day is held some time while the plan runs."""
    if event.on:
        return f"Ngày {cited_date(event.on)}"
    first, last = campaign.starts.year, campaign.ends.year
    return capitalised(event.printed_date.strip()) or f"Trong năm {first if first == last else f'{first} - {last}'}"


def _where(steps: list[_Step], *, annexed: bool, several: bool) -> str:
    if not steps:
        return ""
    if annexed:
        return f"Tiến độ và phân công thực hiện nêu tại Phụ lục{' I' if several else ''} kèm theo."
    return "Tiến độ và phân công thực hiện theo Bảng 1."


def _table(steps: list[_Step], columns: tuple[tuple[str, float], ...], caption: str = "") -> Table:
    return Table(
        tuple(Column(width, "left" if at else "center") for at, (_, width) in enumerate(columns)),
        head_row(name for name, _ in columns),
        tuple(
            (
                Cell(str(at)),
                Cell(joined(capitalised(step.what))),
                Cell(joined(step.when)),
                Cell(joined(capitalised(step.who))),
            )
            for at, step in enumerate(steps, 1)
        ),
        caption=joined(caption),
    )


def _schedule(steps: list[_Step]) -> tuple[str, Table]:
    return "Tiến độ và phân công thực hiện", _table(steps, _PROGRESS_WIDE)


def _marks(marks: tuple[GivenMark, ...]) -> Table:
    return Table(
        tuple(Column(width, "left" if at in {1, 2} else "center") for at, (_, width) in enumerate(_MARKS)),
        head_row(name for name, _ in _MARKS),
        tuple(
            (Cell(str(at)), Cell(joined(one.unit_name)), Cell(joined(capitalised(one.wording))), Cell(one.mark))
            for at, one in enumerate(marks, 1)
        ),
    )


def _annex(paper: PlanPaper, number: int, of: int, title: str, table: Table) -> Section:
    """Numerals from two annexes on; the reference names the plan's number and day as far as they are known."""
    campaign = paper.campaign
    label = f"Phụ{NO_BREAK}lục{f'{NO_BREAK}{roman(number)}' if of > 1 else ''}"
    numbered = campaign.number and not campaign.number.startswith("/")
    code = campaign.number if numbered else f"{NO_BREAK * 8}/{campaign.number.lstrip('/') or paper.letterhead.code}"
    day = f" {official_date(campaign.issued_on)}" if campaign.issued_on else ""
    reference = f"(Kèm theo {_type(campaign)} số{NO_BREAK}{code}{day} của {paper.unit_name})"
    return Section((AnnexHead(label, title, reference), table), landscape=True)
