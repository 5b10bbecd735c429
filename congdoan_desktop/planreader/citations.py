"""Documents cited by number and code (rules A04, A10): State and union style 14/KH-LĐLĐ, Party style 39-CTr/TU."""

from __future__ import annotations

import re
from collections.abc import Iterator

from congdoan_desktop.planreader.draft import Citation, Confidence, Said, Span
from congdoan_desktop.planreader.layout import PlanText

_GROUP = r"[A-ZĐƯ][A-Za-zĐđƯư0-9&]{0,11}"
CODE = re.compile(
    r"(?<![\w/.-])(?:"
    # 50/2024/QH15, 191/2013/NĐ-CP, 07/2013/CT-UBND
    rf"(?P<dated>\d{{1,5}}[a-z]?/\d{{4}}/{_GROUP}(?:[-–]{_GROUP}){{0,3}})"
    # 14/KH-LĐLĐ, 07c/NQ-BCH, 33/CT-TTg
    rf"|(?P<state>\d{{1,5}}[a-z]? ?/ ?{_GROUP}(?: ?[-–] ?{_GROUP}){{1,3}})"
    # 39-CTr/TU, 01-CTHĐ/ĐĐTLĐ, 191-NĐ/CP
    rf"|(?P<party>\d{{1,5}}[a-z]? ?[-–] ?{_GROUP} ?/ ?{_GROUP})"
    r")(?![\w/])"
)
OWN_NUMBER = re.compile(
    rf"Số ?:? ?(?P<full>(?P<number>\d{{1,5}}[a-z]?)?(?: ?/ ?20\d{{2}})?[ .…_]{{0,20}}(?:/|[-–](?=CTr|CTHĐ|KH/)) ?"
    rf"(?P<code>{_GROUP}(?: ?[-–/] ?{_GROUP}){{0,3}}))"
)
_BASIS = re.compile(r"(?:[-–+] ?)?(?:Căn cứ|Thực hiện|Theo|Triển khai|Tiếp tục thực hiện|Xét|Để |Nhằm |Trên cơ sở)\b")
_INTRODUCES = re.compile(r"như sau ?:?$|cụ thể(?: như)? sau ?:?$|sau đây ?:?$")


def plain_code(found: str) -> str:
    """A code without the spaces of careless typing."""
    return re.sub(r" ?([/–-]) ?", lambda match: match[1].replace("–", "-"), found)


def codes_in(text: PlanText, start: int, end: int) -> Iterator[Citation]:
    """Every numbered document between two offsets, in order, repeated ones too."""
    for found in CODE.finditer(text.value, start, end):
        span = Span(found.start(), found.end())
        yield Citation(plain_code(found[0]), Said(found[0], span))


def cited(text: PlanText, title_end: int, body_start: int, closing: int) -> tuple[tuple[Citation, ...], ...]:
    """(bases, references). Bases stand between the title and the first heading, in sentences that call on them; what
    a later part cites is a reference, each document once.
    """
    bases = _first_of_each(_in_bases(text, title_end, body_start))
    known = {basis.code for basis in bases}
    rest = (*codes_in(text, title_end, body_start), *codes_in(text, body_start, closing))
    return bases, tuple(citation for citation in _first_of_each(rest) if citation.code not in known)


def _in_bases(text: PlanText, start: int, end: int) -> Iterator[Citation]:
    for block in text.blocks:
        words = text.of(block)
        if start <= block.start and block.end <= end and (_BASIS.match(words) or _INTRODUCES.search(words)):
            for citation in codes_in(text, block.start, block.end):
                said = Said(words, block.span, Confidence.SURE)
                yield Citation(citation.code, said)


def _first_of_each(citations: Iterator[Citation] | tuple[Citation, ...]) -> tuple[Citation, ...]:
    found: dict[str, Citation] = {}
    for citation in citations:
        found.setdefault(citation.code, citation)
    return tuple(found.values())
