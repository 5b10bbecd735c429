"""The JSON of `congdoan plan read --json`: one object whose keys never change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from congdoan_desktop.domain.dates import Precision
from congdoan_desktop.planreader.draft import (
    DocumentDate,
    DutyDraft,
    EventDraft,
    Header,
    NumberDraft,
    PhaseDraft,
    PlanDraft,
    Said,
    TargetDraft,
)

Json = dict[str, Any]
_DATE_CHARS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


def shaped(draft: PlanDraft) -> Json:
    """Fields that the document lacks are None or empty. `span` counts characters of `text`."""
    return {
        **_header(draft.header),
        "targets": [_target(target) for target in draft.targets],
        "deadlines": [_deadline(duty) for duty in draft.duties if duty.relation],
        "reporting": [_reporting(duty) for duty in draft.duties if not duty.relation],
        "phases": [_phase(phase) for phase in draft.phases],
        "activities": [_event(event) for event in draft.events],
        "distractors": list(dict.fromkeys(number.said.text for number in draft.numbers)),
        "numbers": [_number(number) for number in draft.numbers],
        "corrections": [_where(item.said) | {"suggestion": item.suggestion} for item in draft.corrections],
        "typed_in": draft.typed_in or None,
        "header": _header_places(draft.header),
        "text": draft.text,
    }


def _header(header: Header) -> Json:
    return {
        "so_ky_hieu": _text(header.full_number),
        "so": _text(header.number),
        "ky_hieu": _text(header.code),
        "doc_type": _text(header.doc_type),
        "parent_body": _text(header.parent_body),
        "issuing_body": _text(header.issuing_body),
        "organ": _text(header.organ),
        "place": _text(header.place),
        **_date(header.date),
        "title": _text(header.title),
        "can_cu": [citation.code for citation in header.bases],
        "references": [citation.code for citation in header.references],
        "recipients": [recipient.said.text for recipient in header.recipients],
        "signatory": {
            "authority": _texts(header.signatory.authority),
            "title": _text(header.signatory.title),
            "name": _text(header.signatory.name),
        },
    }


def _date(dated: DocumentDate | None) -> Json:
    if dated is None:
        return {"date": None, "date_precision": None}
    return {"date": dated.value.isoformat()[: _DATE_CHARS[dated.precision]], "date_precision": str(dated.precision)}


def _header_places(header: Header) -> Json:
    """Where each field of the header was read and how surely, and what recipients receive it for."""
    single = {
        "so_ky_hieu": header.full_number, "so": header.number, "ky_hieu": header.code, "doc_type": header.doc_type,
        "parent_body": header.parent_body, "issuing_body": header.issuing_body, "organ": header.organ,
        "place": header.place,
        "date": header.date.said if header.date else None, "title": header.title,
        "signatory.title": header.signatory.title, "signatory.name": header.signatory.name,
    }  # fmt: skip
    places: Json = {name: _where(said) for name, said in single.items() if said is not None}
    places["signatory.authority"] = [_where(said) for said in header.signatory.authority]
    places["can_cu"] = [_where(citation.said) for citation in header.bases]
    places["references"] = [_where(citation.said) for citation in header.references]
    places["recipients"] = [_where(recipient.said) | {"role": recipient.role} for recipient in header.recipients]
    return places


def _target(target: TargetDraft) -> Json:
    return {
        "id": target.id,
        **_where(target.said),
        "number": [target.number.start, target.number.end],
        "op": target.op,
        "op_phrase": target.op_phrase,
        "implicit": target.implicit,
        "value": _number_of(target.value),
        "value2": _number_of(target.value2) if target.value2 is not None else None,
        "unit": target.unit,
        "population": target.population or None,
        "per_unit": target.per_unit or None,
        "by": target.by or None,
        "period": target.period or None,
        "baseline": target.baseline or None,
        "within": target.within or None,
        "compound": list(target.criteria),
        "role": "target",
        "ambiguous": target.ambiguous,
        "notes": target.notes or None,
    }


def _number_of(value: str) -> int | float | str:
    """An exact decimal as a JSON number; a fraction ("3/4") stays text."""
    if "/" in value:
        return value
    return float(value) if "." in value else int(value)


def _deadline(duty: DutyDraft) -> Json:
    return {
        **_duty(duty),
        "date": duty.due.isoformat() if duty.due else None,
        "relation": duty.relation,
        "time": duty.time or None,
        "recurring": duty.recurring or None,
    }


def _reporting(duty: DutyDraft) -> Json:
    return {**_duty(duty), "cadence": list(duty.cadence), "date": None}


def _duty(duty: DutyDraft) -> Json:
    return {**_where(duty.said), "who": duty.who or None, "to": duty.to or None, "via": duty.via or None}


def _phase(phase: PhaseDraft) -> Json:
    return {
        "name": phase.name,
        **_where(phase.said),
        "start": phase.starts.isoformat() if phase.starts else None,
        "end": phase.ends.isoformat() if phase.ends else None,
    }


def _event(event: EventDraft) -> Json:
    return {
        **_where(event.said),
        "lead": " + ".join(event.leads) or None,
        "start": event.on.isoformat() if event.on else None,
    }


def _number(number: NumberDraft) -> Json:
    return _where(number.said) | {"role": str(number.role)}


def _where(said: Said) -> Json:
    return {"text": said.text, "span": [said.span.start, said.span.end], "confidence": str(said.confidence)}


def _text(said: Said | None) -> str | None:
    return said.text if said is not None else None


def _texts(found: Iterable[Said]) -> list[str]:
    return [said.text for said in found]
