"""Damage that scanners and hurry leave in a text: suggested to the reader, never mended (seed-facts, section 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from congdoan_desktop.domain.dates import lunar_year_name
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.planreader import words
from congdoan_desktop.planreader.draft import Confidence, CorrectionDraft, Said, Span

_KNOWN = words.misprints()
_DAMAGED = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_KNOWN, key=len, reverse=True)))})(?!\w)")
# Words that nobody says twice; others are doubled on purpose ("luôn luôn", "người người").
_DOUBLED = re.compile(
    r"(?<!\w)(?P<word>trong|của|và|các|được|cho|với|về|để|có|là|theo|tại|những|trên|chào mừng|công đoàn|đoàn viên"
    r"|thực hiện|tổ chức)"
    r" (?P=word)(?!\w)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.,/])(?:[lI][0Oo]{2}|\d[Oo]{1,2}|[lI]\d)(?= ?%)")
_LUNAR = re.compile(r"(?<!\w)(?P<name>[^\W\d_]{2,5} [^\W\d_]{2,5})(?= (?:năm )?(?P<year>20\d\d)(?!\d))")
_NAMES = frozenset(search_key(lunar_year_name(year)) for year in range(2000, 2060))
_REPAIRED = str.maketrans("lIOo", "1100")
_MOST = 500


def corrections_in(text: str) -> Iterator[CorrectionDraft]:
    """In the order of the text, not more than a reader would look through."""
    found = [
        *((match, _KNOWN[match[0]]) for match in _DAMAGED.finditer(text)),
        *((match, match["word"]) for match in _DOUBLED.finditer(text)),
        *((match, match[0].translate(_REPAIRED)) for match in _DIGITS.finditer(text)),
        *_lunar_years(text),
    ]
    for match, suggestion in sorted(found, key=lambda pair: pair[0].start())[:_MOST]:
        yield CorrectionDraft(Said(match[0], Span(*match.span()), Confidence.ASK), suggestion)


def _lunar_years(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Lunar years beside a solar one that has another name (D25): last year's plan was copied."""
    for match in _LUNAR.finditer(text):
        key, name = search_key(match["name"]), lunar_year_name(int(match["year"]))
        if key in _NAMES and key != search_key(name):
            yield match, name
