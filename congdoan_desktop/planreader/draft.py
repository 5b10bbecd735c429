"""What was read out of a plan: frozen, unconfirmed, every part with its place in the text and how sure it is.

Offsets count characters of `PlanDraft.text`, the text as it was put in order (`layout`). What is quoted stands there
word for word; what is inferred (an issuing body that no line prints) points at the words it was inferred from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congdoan_desktop.domain.dates import Precision


class Confidence(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    ASK = "ask"


class Role(StrEnum):
    """What a number is that is no target (rule D27)."""

    ANNIVERSARY = "anniversary"
    PROGRAMME = "programme"
    QUOTA = "quota"
    CEILING = "ceiling"
    CRITERION = "criterion"
    AMOUNT = "amount"
    AWARD = "award"
    RATE = "rate"
    RESULT = "result"
    BASELINE = "baseline"
    EQUIVALENT = "equivalent"
    DURATION = "duration"
    PLANNED = "planned"
    NONE_AT_ALL = "none_at_all"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of the text."""

    start: int
    end: int

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Said:
    """One thing read. `text` is the wording, or the value inferred from the words at `span`."""

    text: str
    span: Span
    confidence: Confidence = Confidence.SURE


@dataclass(frozen=True, slots=True)
class Citation:
    """A document named by number and code: "02-NQ/TW". `said` spans the sentence of a basis, else the code."""

    code: str
    said: Said


@dataclass(frozen=True, slots=True)
class DocumentDate:
    """`value` is the first day that the printed date may mean, by its `precision`."""

    value: date
    precision: Precision
    said: Said


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of "Nơi nhận". role: "report" (báo cáo), "inform" (để biết), "file" (lưu) or ""."""

    said: Said
    role: str


@dataclass(frozen=True, slots=True)
class Signatory:
    authority: tuple[Said, ...] = ()
    title: Said | None = None
    name: Said | None = None


@dataclass(frozen=True, slots=True)
class Header:
    full_number: Said | None = None
    number: Said | None = None
    code: Said | None = None
    doc_type: Said | None = None
    parent_body: Said | None = None
    issuing_body: Said | None = None
    organ: Said | None = None
    place: Said | None = None
    date: DocumentDate | None = None
    title: Said | None = None
    bases: tuple[Citation, ...] = ()
    references: tuple[Citation, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    signatory: Signatory = Signatory()


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A mark to reach. `value` and `value2` are exact decimal strings ("97.5"); `op_phrase` "" means implicit.

    op: gt, gte, lt, lte, eq or between. `within`: id of the target that "trong đó" narrows. `number`: where the
    figure itself stands.
    """

    id: str
    said: Said
    number: Span
    op: str
    op_phrase: str
    value: str
    unit: str
    value2: str | None = None
    population: str = ""
    per_unit: str = ""
    by: str = ""
    period: str = ""
    baseline: str = ""
    within: str = ""
    criteria: tuple[str, ...] = ()
    ambiguous: bool = False
    notes: str = ""

    @property
    def implicit(self) -> bool:
        return not self.op_phrase


@dataclass(frozen=True, slots=True)
class NumberDraft:
    """A number that looks like a target and is offered with another role."""

    said: Said
    role: Role


@dataclass(frozen=True, slots=True)
class PhaseDraft:
    name: str
    said: Said
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """A report owed. relation: before, no_later_than, in_month, or "" where no calendar date is printed.

    `recurring`: the printed day comes back every year, quarter or month, so `due` may be None beside a relation.
    """

    said: Said
    who: str = ""
    to: str = ""
    via: str = ""
    cadence: tuple[str, ...] = ()
    due: date | None = None
    relation: str = ""
    time: str = ""
    recurring: str = ""


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An activity the plan names, with its lead departments; `on` None where no day is printed."""

    said: Said
    leads: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """Damage in the text: what is printed and what was probably meant. Never mended by the program."""

    said: Said
    suggestion: str


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """Everything read from one plan. Empty tuples are normal answers (rule D28).

    `typed_in`: the name of the encoding of before Unicode out of which the text was turned, "" for Unicode (D17).
    """

    text: str
    header: Header
    targets: tuple[TargetDraft, ...] = ()
    numbers: tuple[NumberDraft, ...] = ()
    phases: tuple[PhaseDraft, ...] = ()
    duties: tuple[DutyDraft, ...] = ()
    events: tuple[EventDraft, ...] = ()
    corrections: tuple[CorrectionDraft, ...] = ()
    typed_in: str = ""
