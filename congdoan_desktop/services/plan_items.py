"""A plan that was read, as items: head, targets, phases, reports owed, events, other numbers and damaged places.

Nothing here decides: what the reader is unsure of comes with a question, and what the text does not say is proposed
as unsure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from congdoan_desktop.domain.campaigns import Duty, Phase, PlannedEvent, RelatedDocument
from congdoan_desktop.domain.dates import PartialDate, Precision
from congdoan_desktop.planreader.draft import (
    Citation,
    Confidence,
    CorrectionDraft,
    DutyDraft,
    EventDraft,
    Header,
    NumberDraft,
    PhaseDraft,
    PlanDraft,
    Role,
    Said,
    Span,
)
from congdoan_desktop.services.plan_item import Group, HeaderValue, Item
from congdoan_desktop.services.plan_levels import proposed
from congdoan_desktop.services.plan_targets import target_items

_HEADER_LABELS: Mapping[str, str] = {
    "number": "Số, ký hiệu",
    "doc_type": "Loại văn bản",
    "organ": "Cơ quan ban hành",
    "place": "Nơi ban hành",
    "issued_on": "Ngày ban hành",
    "date_text": "Ngày như in",
    "title": "Trích yếu",
    "starts": "Ngày bắt đầu",
    "ends": "Ngày kết thúc",
    "signer_authority": "Thay mặt",
    "signer_title": "Chức vụ người ký",
    "signer_name": "Người ký",
    "bases": "Căn cứ",
    "related": "Văn bản nhắc tới",
    "recipients": "Nơi nhận",
}
_ROLE_LABELS: Mapping[Role, str] = {
    Role.ANNIVERSARY: "Năm kỷ niệm",
    Role.PROGRAMME: "Tên chương trình",
    Role.QUOTA: "Số phân bổ",
    Role.CEILING: "Mức trần",
    Role.CRITERION: "Điều kiện",
    Role.AMOUNT: "Số tiền",
    Role.AWARD: "Mức thưởng",
    Role.RATE: "Tỷ lệ, mức đóng",
    Role.RESULT: "Kết quả đã có",
    Role.BASELINE: "Mốc so sánh",
    Role.EQUIVALENT: "Số tương đương",
    Role.DURATION: "Thời lượng",
    Role.PLANNED: "Số dự kiến",
    Role.NONE_AT_ALL: "Không để xảy ra",
}
_MONEY = frozenset({Role.AMOUNT, Role.AWARD})
_CADENCES: Mapping[str, str] = {"tháng": "month", "quý": "quarter", "6 tháng": "half", "năm": "year"}
_RELATIONS = frozenset({"before", "no_later_than"})
_LONGEST = 500


def items_of(draft: PlanDraft, today: date) -> tuple[Item, ...]:
    """All items in the order of their groups, within a group as they stand in the text."""
    starts, ends = _time(draft, today)
    issued = draft.header.date.value if draft.header.date else None
    head = [*_header(draft.header), *_time_items(draft, starts, ends)]
    others = [
        *target_items(draft),
        *(_phase(n, phase, starts, ends) for n, phase in enumerate(draft.phases)),
        *(_duty(n, duty, issued) for n, duty in enumerate(draft.duties)),
        *(_event(n, event) for n, event in enumerate(draft.events)),
        *(_number(n, number) for n, number in enumerate(draft.numbers)),
        *(_correction(n, one) for n, one in enumerate(draft.corrections)),
    ]
    order = list(Group)
    return tuple(sorted([*head, *others], key=lambda item: (order.index(item.group), item.span.start)))


# The head


def _header(header: Header) -> Iterator[Item]:
    signed = header.signatory
    single: list[tuple[str, Said | None]] = [
        ("number", header.full_number),
        ("doc_type", header.doc_type),
        ("organ", header.organ),
        ("place", header.place),
        ("title", header.title),
        ("signer_authority", signed.authority[0] if signed.authority else None),
        ("signer_title", signed.title),
        ("signer_name", signed.name),
    ]
    yield from (_head(name, said, said.text) for name, said in single if said is not None)
    if header.date is not None:
        whole = header.date.precision is Precision.DAY
        name = "issued_on" if whole else "date_text"
        yield _head(name, header.date.said, header.date.value if whole else header.date.said.text)
    for number, basis in enumerate(header.bases):
        document = RelatedDocument("basis", basis.code, basis.said.text)
        yield _head("bases", basis.said, document, number)
    yield from _cited(header.references)
    for number, recipient in enumerate(header.recipients):
        yield _head("recipients", recipient.said, recipient.said.text, number)


def _cited(references: Iterable[Citation]) -> Iterator[Item]:
    for number, cited in enumerate(references):
        document = RelatedDocument("reference", cited.code, cited.said.text if cited.said.text != cited.code else "")
        yield _head("related", cited.said, document, number)


def _head(name: str, said: Said, value: str | date | RelatedDocument, number: int = 0) -> Item:
    return Item(
        f"header:{name}:{number}", Group.HEADER, _HEADER_LABELS[name], said.text, said.span, said.confidence,
        HeaderValue(name, value),
    )  # fmt: skip


def _time(draft: PlanDraft, today: date) -> tuple[date, date]:
    """From the first to the last day the plan speaks of, as far as that can be seen; else the year that it is for."""
    issued = draft.header.date.value if draft.header.date else None
    days = [day for phase in draft.phases for day in (phase.starts, phase.ends) if day]
    days += [day for day in (*(d.due for d in draft.duties), *(e.on for e in draft.events)) if day]
    year = _year_of(draft) or (max(days).year if days else (issued or today).year)
    first = issued if issued and issued.year == year and days else date(year, 1, 1)
    return first, max([date(year, 12, 31), *days]) if not days else max(days)


def _year_of(draft: PlanDraft) -> int | None:
    """The year that the title names."""
    title = draft.header.title.text if draft.header.title else ""
    years = [int(word) for word in title.replace(",", " ").split() if word.isdigit() and len(word) == 4]
    return years[-1] if years and 2000 <= years[-1] < 2100 else None


def _time_items(draft: PlanDraft, starts: date, ends: date) -> Iterator[Item]:
    title = draft.header.title
    span = title.span if title else Span(0, 0)
    asked = "Văn bản không in rõ thời gian thực hiện. Xem lại ngày này rồi nhận."
    for name, day in (("starts", starts), ("ends", ends)):
        yield Item(
            f"header:{name}:0", Group.HEADER, _HEADER_LABELS[name], f"{day:%d/%m/%Y}", span, Confidence.ASK,
            HeaderValue(name, day), asked,
        )  # fmt: skip


# The other groups


def _phase(number: int, phase: PhaseDraft, starts: date, ends: date) -> Item:
    given = phase.starts is not None and phase.ends is not None
    part = Phase(phase.name[:_LONGEST], phase.starts or starts, phase.ends or max(ends, phase.starts or starts))
    return Item(
        f"phase:{number}", Group.PHASES, "Đợt", f"{phase.name}: {phase.said.text}", phase.said.span,
        phase.said.confidence if given else Confidence.ASK, part,
        "" if given else "Văn bản không in đủ ngày của đợt này. Sửa lại hai ngày rồi nhận.",
        must_change=not given,
    )  # fmt: skip


def _duty(number: int, duty: DutyDraft, issued: date | None) -> Item:
    cadence = tuple(code for word, code in _CADENCES.items() if word in duty.cadence)
    due, relation = duty.due, duty.relation
    if due and relation not in _RELATIONS:
        due, relation = PartialDate(due, Precision.MONTH, "").last, "no_later_than"
    part = Duty(
        duty.said.text, duty.who, duty.to, duty.via, due, relation if due else "", cadence, proposed(duty.who, issued)
    )
    lacks = [word for word, said in (("ai báo cáo", duty.who), ("nộp về đâu", duty.to)) if not said]
    question = f"Văn bản không nói rõ {' và '.join(lacks)}. Sửa rồi nhận." if lacks else ""
    label = "Hạn báo cáo" if duty.due else "Chế độ báo cáo"
    return Item(
        f"duty:{number}", Group.DUTIES, label, duty.said.text, duty.said.span, duty.said.confidence, part, question
    )


def _event(number: int, event: EventDraft) -> Item:
    part = PlannedEvent(event.said.text, event.leads, event.on)
    return Item(
        f"event:{number}", Group.EVENTS, "Sự kiện", event.said.text, event.said.span, event.said.confidence, part
    )


def _number(number: int, one: NumberDraft) -> Item:
    group = Group.AMOUNTS if one.role in _MONEY else Group.NUMBERS
    return Item(f"number:{number}", group, _ROLE_LABELS[one.role], one.said.text, one.said.span, one.said.confidence)


def _correction(number: int, one: CorrectionDraft) -> Item:
    return Item(
        f"correction:{number}", Group.CORRECTIONS, "Chỗ có thể in sai", one.said.text, one.said.span,
        Confidence.ASK, one.suggestion, f"Có lẽ là “{one.suggestion}”. Nhận thì sửa; bỏ qua thì giữ như in.",
    )  # fmt: skip
