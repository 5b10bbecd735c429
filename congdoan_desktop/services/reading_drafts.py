"""The draft of a reading: the text, what was decided and what was changed, kept until the plan is saved."""

from __future__ import annotations

from datetime import date
from typing import Any

from congdoan_desktop.domain.campaigns import Campaign, Duty, Phase, PlannedEvent, RelatedDocument, Target
from congdoan_desktop.domain.records import join, plain
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import drafts, plan_desk
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.plan_desk import Reading
from congdoan_desktop.services.plan_item import HeaderValue, Part
from congdoan_desktop.services.plan_review import Decision, Review

FORM, RECORD = "plan_reading", "reading"
_NO_DAY = date(2000, 1, 1)
_BLANK = Campaign("", "", "", "", None, "", "", _NO_DAY, _NO_DAY)
_FIELDS: dict[type, str] = {
    Target: "targets", Phase: "phases", PlannedEvent: "events", Duty: "duties", RelatedDocument: "related",
}  # fmt: skip


def keep(office: Office, reading: Reading, review: Review) -> None:
    """Keep the reading as it stands. Safe from any thread."""
    decided = [item for item in review.items if review.decision(item.id) is not Decision.WAITING]
    kept = [
        {
            "id": item.id,
            "text": item.text,
            "decision": review.decision(item.id).value,
            "part": _plain(review.part(item.id)) if review.is_changed(item.id) else None,
        }
        for item in decided
    ]
    drafts.keep(office, FORM, RECORD, {"name": reading.name, "text": reading.text, "decided": kept})


def drop(office: Office) -> None:
    drafts.drop(office, FORM, RECORD)


def restore(office: Office, progress: Progress) -> tuple[Reading, Review] | None:
    """The reading that was left, None when there is none. A decision counts only for the words it was made on.

    Raises: Cancelled.
    """
    draft = drafts.find(office, FORM, RECORD)
    if draft is None:
        return None
    reading = plan_desk.read_pasted(office, draft.values["text"], progress, draft.values["name"])
    review = Review(reading.items)
    texts = {item.id: item.text for item in reading.items}
    for one in draft.values["decided"]:
        if texts.get(one["id"]) != one["text"]:
            continue
        if one["part"] is not None:
            review.change(one["id"], _part(one["part"]))
        if Decision(one["decision"]) is Decision.LEFT:
            review.leave(one["id"])
        elif one["part"] is None:
            review.take(one["id"])
    return reading, review


def _plain(part: Part) -> dict[str, Any]:
    if isinstance(part, HeaderValue):
        return {"header": part.field, "value": _plain_value(part.value)}
    return _plain_value(part)


def _plain_value(value: Any) -> dict[str, Any]:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, str) or value is None:
        return {"words": value}
    return {"field": _FIELDS[type(value)], "body": plain(value)}


def _part(kept: dict[str, Any]) -> Part:
    if "header" in kept:
        return HeaderValue(kept["header"], _value(kept["value"]))
    found: Part = _value(kept)
    return found


def _value(kept: dict[str, Any]) -> Any:
    if "day" in kept:
        return date.fromisoformat(kept["day"])
    if "words" in kept:
        return kept["words"]
    held = join(Campaign, "", {**plain(_BLANK), kept["field"]: [kept["body"]]}, None)
    return getattr(held, kept["field"])[0]
