"""One thing read out of a plan, that a person takes, changes or leaves out, with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congdoan_desktop.domain.campaigns import Duty, Phase, PlannedEvent, RelatedDocument, Target
from congdoan_desktop.planreader.draft import Confidence, Span

__all__ = ["Confidence", "Group", "HeaderValue", "Item", "Part", "Span"]  # the window sees the reader through here


class Group(StrEnum):
    """The parts of the reading, in the order in which they are gone through."""

    HEADER = "header"
    TARGETS = "targets"
    PHASES = "phases"
    DUTIES = "duties"
    EVENTS = "events"
    AMOUNTS = "amounts"
    NUMBERS = "numbers"
    CORRECTIONS = "corrections"


@dataclass(frozen=True, slots=True)
class HeaderValue:
    """One value of the head. `field`: a field of Campaign; those that are lists get one value more."""

    field: str
    value: str | date | RelatedDocument


Part = HeaderValue | Target | Phase | Duty | PlannedEvent | str | None
"""The piece of a campaign that an item becomes; the suggestion (str) of a correction; None for a number."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing read. `label` says what it is, `text` how it is printed, `question` what must be decided first."""

    id: str
    group: Group
    label: str
    text: str
    span: Span
    confidence: Confidence
    part: Part = None
    question: str = ""
    must_change: bool = False
    """Whether it lacks something that only a person can give."""

    @property
    def asks(self) -> bool:
        return self.confidence is Confidence.ASK or bool(self.question)
