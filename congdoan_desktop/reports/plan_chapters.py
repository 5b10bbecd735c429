"""The chapters of a printed plan: its own text, with targets, progress and duties where their headings call for them.

What the text already says is not said again; what has no heading of its own gets one. Numbers of chapters and of
their parts are given anew, so that a plan changed in the program stays in order (rule A07, line 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from congdoan_desktop.domain.campaigns import Assignment, Campaign, Duty, Target
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.reports.document import Block, Heading, Paragraph, Run, Table
from congdoan_desktop.reports.wording import POINTS, capitalised, inside_sentence, joined

GOALS, PURPOSE, TASKS, PROGRESS, ORGANISATION = (
    re.compile(words)
    for words in (
        r"\bchi tieu\b",
        r"\b(?:muc dich|yeu cau|muc tieu|quan diem)\b",
        r"\b(?:nhiem vu|giai phap|noi dung|hoat dong|bien phap)\b",
        r"\b(?:tien do|thoi gian|lich)\b",
        r"\b(?:to chuc thuc hien|phan cong|trach nhiem)\b",
    )
)
"""What a heading is about, in letters folded as for searching."""
_NUMBER = re.compile(r"^\s*(?:[IVXLC]+|\d+(?:\.\d+)*)\s*[.)]\s*")
_PART = re.compile(r"^\s*\d")
_COUNTED = re.compile(r"^\s*(\d+)\s*[.)]")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LONG_WORDING = 60


@dataclass
class Part:
    """A numbered part of a chapter; the first one, without a title, is what stands right under the chapter's head."""

    title: str = ""
    lines: list[str] = field(default_factory=list)
    table: Table | None = None

    def add(self, lines: Iterable[str]) -> None:
        """More points, numbered on after those that the text has; a single one alone needs no number."""
        points = list(lines)
        if len(points) == 1 and not self.lines:
            self.lines = points[0].split("\n")
            return
        counted = [int(found[1]) for line in self.lines if (found := _COUNTED.match(line))]
        first = max(counted, default=0) + 1
        for at, line in enumerate(points, first):
            self.lines += [f"{at}. {one}" if number == 0 else one for number, one in enumerate(line.split("\n"))]


@dataclass
class Chapter:
    title: str
    parts: list[Part] = field(default_factory=lambda: [Part()])

    def about(self, words: re.Pattern[str]) -> bool:
        return bool(words.search(search_key(self.title)))


def chapters(campaign: Campaign, progress: Table | None, where: str) -> list[Chapter]:
    """All chapters. `progress` stands below the sentence `where`; without a table the sentence names the annex."""
    made = _own(campaign)
    _put_targets(made, campaign)
    if where:
        _put_progress(made, progress, where)
    points = [*_assigned(campaign.assignments), *(_owed(duty) for duty in campaign.duties)]
    if points:
        _chapter(made, ORGANISATION, "Tổ chức thực hiện", len(made)).parts[-1].add(points)
    return made


def blocks(made: list[Chapter]) -> list[Block]:
    found: list[Block] = []
    for at, chapter in enumerate(made, 1):
        found.append(Heading(f"{roman(at)}. {chapter.title}", 1))
        titled = [part for part in chapter.parts if part.title]
        for part in chapter.parts:
            if part.title:
                found.append(Heading(f"{titled.index(part) + 1}. {part.title}", 2))
            found += [Paragraph((Run(joined(line)),)) for line in part.lines]
            if part.table is not None:
                found.append(part.table)
    return found


def roman(number: int) -> str:
    """I to XXXIX."""
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


# The plan's own text


def _own(campaign: Campaign) -> list[Chapter]:
    """A heading that begins with a figure is a part of the chapter before it."""
    made: list[Chapter] = []
    for section in campaign.sections:
        lines = [line.strip() for line in section.text.splitlines() if line.strip()]
        title = _NUMBER.sub("", section.heading).strip().rstrip(".:")
        if _PART.match(section.heading) and made:
            made[-1].parts.append(Part(title, lines))
        else:
            made.append(Chapter(_sentence_case(title), [Part("", lines)]))
    return made


def _sentence_case(title: str) -> str:
    return capitalised(title.lower()) if title.isupper() else title


def _chapter(made: list[Chapter], words: re.Pattern[str], title: str, place: int) -> Chapter:
    """The chapter that is about it, else a new one at `place`."""
    for chapter in made:
        if chapter.about(words):
            return chapter
    made.insert(place, Chapter(title))
    return made[place]


def _first_after(made: list[Chapter], words: re.Pattern[str]) -> int:
    return max((at for at, chapter in enumerate(made, 1) if chapter.about(words)), default=0)


def _put_targets(made: list[Chapter], campaign: Campaign) -> None:
    """Where no text of the plan says them already."""
    said = search_key(" ".join(line for chapter in made for part in chapter.parts for line in part.lines))
    wanted = [one for one in campaign.targets if search_key(one.wording).rstrip(" .;") not in said]
    heads = [one for one in wanted if one.within not in {other.id for other in wanted} - {""}]
    if heads:
        chapter = _chapter(made, GOALS, "Chỉ tiêu", _first_after(made, PURPOSE))
        chapter.parts[-1].add(_target(one, wanted) for one in heads)


def _target(target: Target, wanted: list[Target]) -> str:
    """As printed in the plan, with what is a part of it ("trong đó ...") on lines of its own."""
    lines = [_ended(_noted(target))]
    lines += [f"- {_ended(_noted(part))}" for part in wanted if target.id and part.within == target.id]
    return "\n".join(lines)


def _noted(target: Target) -> str:
    note = target.note.strip().rstrip(".")
    known = not note or search_key(note) in search_key(target.wording)
    return capitalised(target.wording.strip().rstrip(".;")) + ("" if known else f" ({inside_sentence(note)})")


def _ended(text: str) -> str:
    return f"{text.strip().rstrip('.;:,')}."


# Progress and duties


def _put_progress(made: list[Chapter], progress: Table | None, where: str) -> None:
    at = next((at for at, one in enumerate(made) if one.about(ORGANISATION)), len(made))
    chapter = next((one for one in made if one.about(PROGRESS)), None) or _chapter(
        made, TASKS, "Nội dung, tiến độ thực hiện", at
    )
    part = next((part for part in chapter.parts if PROGRESS.search(search_key(part.title))), None)
    if part is None and chapter.parts == [Part()]:
        part = chapter.parts[0]
    elif part is None:
        part = Part("Tiến độ thực hiện")
        chapter.parts.append(part)
    part.lines.append(where)
    part.table = progress


def _assigned(assignments: tuple[Assignment, ...]) -> list[str]:
    """One point for each that has something to do, several tasks as a), b), c)."""
    points = []
    for who, given in groupby(assignments, lambda one: one.who.strip()):
        tasks = [one.task.strip().rstrip(".;") for one in given]
        if len(tasks) == 1:
            points.append(_ended(f"{who}: {inside_sentence(tasks[0])}"))
            continue
        lettered = [f"{letter}) {capitalised(task)};" for letter, task in zip(POINTS, tasks, strict=False)]
        rest = [f"- {capitalised(task)};" for task in tasks[len(POINTS) :]]
        lines = [*lettered, *rest]
        points.append("\n".join([f"{who}:", *lines[:-1], _ended(lines[-1])]))
    return points


def _owed(duty: Duty) -> str:
    """A duty in the plan's own words where they are a sentence, else who reports to whom by when."""
    if len(duty.wording) > _LONG_WORDING:
        return _ended(capitalised(duty.wording))
    via = f" (qua {duty.via})" if duty.via else ""
    to = f" về {duty.to}{via}" if duty.to else via
    return _ended(f"{capitalised(duty.who or 'các đơn vị')} gửi báo cáo{to} {inside_sentence(duty.wording)}")
