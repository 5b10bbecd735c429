"""What an officer writes into a period's report beside the figures: results by section of the plan, difficulties,
proposals, the next period's work. Kept for each union, campaign and period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.domain.campaigns import Section
from congdoan_desktop.domain.text import clean, search_key, upper
from congdoan_desktop.errors import Finding

LONGEST = 30_000
"""Letters of one part: some ten pages."""
GENERAL = "Đánh giá chung"
_NUMBERED = re.compile(r"^\s*(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])\s*[.)/-]+\s*")
_NO_RESULTS = ("muc dich", "yeu cau", "can cu", "noi nhan")
"""Sections of which nobody reports a result."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What was done of one section of the plan; `heading` as the report prints it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """The officer's words for one campaign and period. People write names into any of it."""

    TYPE: ClassVar[str] = "narrative"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"passages", "difficulties", "proposals", "next_period"})

    unit: str
    campaign: str
    starts: date
    ends: date
    passages: tuple[Passage, ...] = ()
    difficulties: str = ""
    proposals: str = ""
    next_period: str = ""

    def texts(self) -> Iterator[tuple[str, str]]:
        """(name of the part, what is written there), the empty ones too."""
        yield from ((f"“{passage.heading}”", passage.text) for passage in self.passages)
        yield "khó khăn, vướng mắc", self.difficulties
        yield "kiến nghị, đề xuất", self.proposals
        yield "nhiệm vụ kỳ tới", self.next_period

    @property
    def empty(self) -> bool:
        return not any(text for _, text in self.texts())


def headings(sections: Iterable[Section]) -> tuple[str, ...]:
    """What results are written about: a general judgement, then the plan's sections without their numbers."""
    found = (printed_heading(section.heading) for section in sections)
    asked = (heading for heading in found if heading and not search_key(heading).startswith(_NO_RESULTS))
    return tuple(dict.fromkeys((GENERAL, *asked)))


def printed_heading(heading: str) -> str:
    """Without its number: "II. NỘI DUNG" -> "Nội dung"; what is not all in capitals stays as the plan writes it."""
    bare = clean(_NUMBERED.sub("", heading, count=1)).rstrip(".:; ")
    return bare[:1] + bare[1:].lower() if bare == upper(bare) else bare


def tidy(written: str) -> str:
    """Lines without spaces at their ends and without empty ones, each in NFC."""
    return "\n".join(line for line in map(clean, written.splitlines()) if line)


def check(narrative: Narrative) -> tuple[Finding, ...]:
    """All findings of what is written."""
    found = [
        Finding("", f"Phần {name} dài {len(text)} chữ; nhiều nhất {LONGEST}. Rút gọn, hoặc chuyển sang phụ lục riêng.")
        for name, text in narrative.texts()
        if len(text) > LONGEST
    ]
    if narrative.ends < narrative.starts:
        found.append(Finding("ends", "Ngày cuối trước ngày đầu. Xem lại hai ngày."))
    return tuple(found)
