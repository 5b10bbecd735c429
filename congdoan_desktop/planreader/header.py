"""The head of a paper: number and code, place and date, type and title (rules A04, A09, A10, A17)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.dates import Precision
from congdoan_desktop.planreader import closing, issuer
from congdoan_desktop.planreader.citations import OWN_NUMBER, cited, plain_code
from congdoan_desktop.planreader.draft import Confidence, DocumentDate, Header, Said, Span
from congdoan_desktop.planreader.layout import PlanText, is_capitals
from congdoan_desktop.planreader.letters import UPPER
from congdoan_desktop.planreader.zones import SUBJECT_LINE, SUBJECT_SIGN, TYPE_LINE, Zones

_HEAD_CHARS = 6_000
_PLACE_AND_DATE = re.compile(
    rf"(?P<place>[{UPPER}][^\n,;:]{{1,39}}), ?ngày ?(?P<day>\d{{1,2}})?[ .…_]{{0,20}}"
    r"tháng ?(?P<month>\d{1,2})?[ .…_]{0,20}"
    r"năm ?(?P<year>\d{4})"
)
_SLASHED = re.compile(
    rf"(?P<place>[{UPPER}][^\n,;:]{{1,39}}), ?(?:ngày ?)?"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})$",
    re.MULTILINE,
)
# What a code's first group says the paper is; the names that plans carry in their title.
_TYPES = {
    "KH": "Kế hoạch", "CTr": "Chương trình", "CTHĐ": "Chương trình hành động", "HD": "Hướng dẫn",
    "PĐTĐ": "Phát động thi đua", "PĐ": "Phát động thi đua", "TB": "Thông báo", "CT": "Chỉ thị", "NQ": "Nghị quyết",
    "QĐ": "Quyết định", "ĐA": "Đề án", "PA": "Phương án", "QC": "Quy chế", "KL": "Kết luận", "BC": "Báo cáo",
    "TTr": "Tờ trình", "LKG": "Lời kêu gọi", "QyĐ": "Quy định",
}  # fmt: skip
_CODE_BEFORE = re.compile(r"(?:Số:? ?)?(?:\d{1,5}[a-z]? ?[/-] ?)?[^\W\d_&]{1,8}(?:[-/&][^\W_]{1,12}){1,3} ")
_OWN_TITLE = ("PHÁT ĐỘNG", "LỜI KÊU GỌI")
"""Types whose line is the beginning of the title itself."""
_QUOTED_END = re.compile(r"[-–_\s]+$")


@dataclass(frozen=True, slots=True)
class _Number:
    full: Said
    number: Said | None
    code: Said


def header_of(text: PlanText, zones: Zones) -> Header:
    number = _number(text)
    title = _title(text, zones)
    place, dated = _place_and_date(text)
    bases, references = cited(
        text, title.span.end if title else 0, _offset(text, zones.body), _offset(text, zones.closing)
    )
    signatory = closing.signatory_in(text, zones)
    issued = issuer.issuer_of(text, zones, place, signatory)
    return Header(
        full_number=number.full if number else None,
        number=number.number if number else None,
        code=number.code if number else None,
        doc_type=_doc_type(text, zones, number),
        parent_body=issued.parent,
        issuing_body=issued.body,
        organ=issued.organ,
        place=place,
        date=dated,
        title=title,
        bases=bases,
        references=references,
        recipients=closing.recipients_in(text, zones),
        signatory=signatory,
    )


def _offset(text: PlanText, at: int) -> int:
    return text.blocks[at].start if at < len(text.blocks) else len(text.value)


def _number(text: PlanText) -> _Number | None:
    """The paper's own number: the first "Số:" of the head that no cited document's words precede."""
    for found in OWN_NUMBER.finditer(text.value, 0, _HEAD_CHARS):
        line_start = text.value.rfind("\n", 0, found.start()) + 1
        if len(text.value[line_start : found.start()].strip()) > 60 or "số" in found[0][:2]:
            continue
        full = Span(*found.span("full"))
        code = Said(plain_code(found["code"]), Span(*found.span("code")))
        number = Said(found["number"], Span(*found.span("number"))) if found["number"] else None
        spelled = plain_code("".join(found["full"].replace("…", "").replace("_", "").split()).lstrip("."))
        return _Number(Said(re.sub(r"\.{2,}", "", spelled), full), number, code)
    return None


def _place_and_date(text: PlanText) -> tuple[Said | None, DocumentDate | None]:
    found = _PLACE_AND_DATE.search(text.value, 0, _HEAD_CHARS) or _SLASHED.search(text.value, 0, _HEAD_CHARS)
    if found is None:
        return None, None
    shift, words = _behind_code(found["place"])
    start = found.start("place") + shift
    place = Said(words, Span(start, found.end("place")))
    return place, _dated(found, Span(found.end("place") + 1, found.end()), text)


def _behind_code(place: str) -> tuple[int, str]:
    """The place alone where number and date share a line: "Số: 14/KH-LĐLĐ Lai Châu"."""
    code = _CODE_BEFORE.match(place)
    cut = code.end() if code else 0
    return cut, place[cut:]


def _dated(found: re.Match[str], span: Span, text: PlanText) -> DocumentDate | None:
    day, month, year = (int(found[name] or 0) for name in ("day", "month", "year"))
    precision = Precision.DAY if day and month else Precision.MONTH if month else Precision.YEAR
    try:
        value = date(year, month or 1, day or 1) if precision is Precision.DAY else date(year, month or 1, 1)
    except ValueError:
        return None
    said = Said(text.value[span.start : span.end].strip(), span, Confidence.SURE if day else Confidence.ASK)
    return DocumentDate(value, precision, said)


def _doc_type(text: PlanText, zones: Zones, number: _Number | None) -> Said | None:
    """The type as its code abbreviates it, else as its line prints it."""
    groups = re.split(r"[-/]", number.code.text) if number else []
    by_code = next((_TYPES[group] for group in groups if group in _TYPES), None)
    printed = _printed_type(text, zones)
    if number and by_code and not (printed and printed.text.startswith(by_code)):
        return Said(by_code, number.code.span)
    if printed is not None:
        return printed
    if number and zones.after_title:
        return Said("Công văn", number.code.span, Confidence.LIKELY)
    return None


def _printed_type(text: PlanText, zones: Zones) -> Said | None:
    if zones.type_line is None:
        return None
    block = text.blocks[zones.type_line]
    found = TYPE_LINE.match(text.of(block))
    assert found is not None
    words = found["type"] + (found["more"] or "")
    return Said(words.capitalize(), Span(block.start, block.start + len(words)))


def _title(text: PlanText, zones: Zones) -> Said | None:
    """The words behind the type, or behind "V/v" of an official letter."""
    if zones.type_line is None:
        return _subject(text, zones)
    first = text.blocks[zones.type_line]
    type_ = TYPE_LINE.match(text.of(first))
    assert type_ is not None
    keeps_type = type_["type"] in _OWN_TITLE
    start = first.start if keeps_type else first.start + type_.end()
    end = text.blocks[zones.after_title - 1].end
    words = text.value[start:end]
    start += len(words) - len(words.lstrip(" :\n-–"))
    subject = SUBJECT_SIGN.match(text.value, start)
    start = subject.end() if subject and subject.end() < end else start
    return _said_title(text, start, end, keeps_type)


def _subject(text: PlanText, zones: Zones) -> Said | None:
    if zones.after_title == 0:
        return None
    block = text.blocks[zones.after_title - 1]
    found = SUBJECT_LINE.match(text.of(block))
    return _said_title(text, block.start + found.end(), block.end, False) if found else None


def _said_title(text: PlanText, start: int, end: int, recased: bool) -> Said | None:
    raw = _QUOTED_END.sub("", text.value[start:end])
    words = " ".join(raw.split())
    if not words:
        return None
    first_line = raw.split("\n", 1)[0]
    if recased and is_capitals(first_line):
        words = issuer.sentence_case(first_line) + words[len(first_line) :]
    return Said(words, Span(start, start + len(raw)))
