"""What a level above says about a period that a unit reported: sent back with findings, locked, or opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.errors import Finding

RETURNED, LOCKED, REOPENED = "returned", "locked", "reopened"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is to be mended: a sentence, and the record or target (and the field) that it is about."""

    message: str
    record: str = ""
    target: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """The word of `unit` about what `of` reported for a campaign and a period, in the package that it names."""

    TYPE: ClassVar[str] = "review"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"note", "faults"})

    unit: str
    of: str
    campaign: str
    starts: date
    ends: date
    package: str
    verdict: str
    deadline: date | None = None
    note: str = ""
    faults: tuple[Fault, ...] = ()


def validate_review(review: Review) -> tuple[Finding, ...]:
    """What a person must still say: why something goes back or is opened again, and until when it is mended."""
    found = []
    if review.verdict == RETURNED and not review.faults and not review.note:
        found.append(Finding("note", "Ghi ít nhất một chỗ cần sửa hoặc một lời dặn."))
    if review.verdict == RETURNED and review.deadline is None:
        found.append(Finding("deadline", "Ghi hạn gửi lại."))
    if review.verdict == REOPENED and not review.note:
        found.append(Finding("note", "Ghi lý do mở lại kỳ đã khoá."))
    return tuple(found)
