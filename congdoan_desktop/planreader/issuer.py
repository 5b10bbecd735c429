"""Which union issued a paper: in the letterhead, or inferred from body, place and signature (A13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from congdoan_desktop.planreader.draft import Confidence, Said, Signatory, Span
from congdoan_desktop.planreader.layout import PlanText, is_capitals
from congdoan_desktop.planreader.letters import UPPER
from congdoan_desktop.planreader.zones import Zones

_CAPITAL_WORD = rf"[{UPPER}]\w*"
_NAME = rf"{_CAPITAL_WORD}(?: {_CAPITAL_WORD}| - {_CAPITAL_WORD}){{0,4}}"
_KINDS = "tỉnh|thành phố|huyện|thị xã|quận|xã|phường|đặc khu|ngành|thị trấn"
_FEDERATION = "Liên đoàn Lao động|Liên đoàn lao động|LĐLĐ"
_NATIONAL = ("Tổng Liên đoàn", "Tổng LĐLĐ", "TLĐ")
_ORGANS = {
    "Ban Thường vụ": "Ban Thường vụ", "BTV": "Ban Thường vụ", "Ban thường vụ": "Ban Thường vụ",
    "Ban Chấp hành": "Ban Chấp hành", "BCH": "Ban Chấp hành", "Ban chấp hành": "Ban Chấp hành",
    "Đoàn Chủ tịch": "Đoàn Chủ tịch", "Thường trực": "Thường trực",
}  # fmt: skip
_DOES = (
    "xây dựng|ban hành|phát động|triển khai|hướng dẫn|đề nghị|yêu cầu|tổ chức|kêu gọi|thông báo|lập|đề ra|giao|chỉ đạo"
)
# "Ban Thường vụ Liên đoàn Lao động huyện xây dựng kế hoạch": who acts in the paper, often without the place's name.
_ACTOR = re.compile(
    rf"(?:(?P<organ>{'|'.join(_ORGANS)})(?: \([^()\n]{{1,20}}\))? )?"
    rf"(?P<body>(?:Tổng Liên đoàn|Tổng LĐLĐ|TLĐ|{_FEDERATION}|Công đoàn|CĐCS|CĐ|Nghiệp đoàn)"
    rf"[^.,;:()\n“”]{{0,80}}?) (?:{_DOES}) "
)
_FULL = re.compile(rf"(?P<federation>{_FEDERATION}|Công đoàn) (?P<kind>{_KINDS}) (?P<name>{_NAME})")
_KINDED = re.compile(rf"(?P<kind>{_KINDS}) (?P<name>{_NAME})", re.IGNORECASE)
_BODY_LINE = re.compile(
    r"(?:(?:BCH|BTV|BAN CHẤP HÀNH|BAN THƯỜNG VỤ) (?=LĐLĐ|LIÊN|CĐ|CÔNG))?"
    r"(?:TỔNG LIÊN ĐOÀN|TỔNG LĐLĐ|LIÊN ĐOÀN LAO ĐỘNG|LĐLĐ|CÔNG ĐOÀN|CĐCS|CĐN|CĐ |NGHIỆP ĐOÀN|ĐẢNG BỘ"
    r"|ỦY BAN|UBND|SỞ |BỘ |TỔNG CÔNG TY"
    r"|Công đoàn|Liên đoàn|CĐCS |Tổng Liên|Tổng LĐLĐ)"
)
_ORGAN_LINE = re.compile(rf"BAN (?:THƯỜNG VỤ|CHẤP HÀNH)|BCH|BTV|BAN [{UPPER} ,\-]{{4,60}}$")
# Two bodies on one line: "LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ X CĐCS MẦM NON Y".
_SECOND_BODY = re.compile(
    r"(?<=\w) (?=CĐCS |CÔNG ĐOÀN (?:CƠ SỞ|XÃ|PHƯỜNG|TRƯỜNG) |LIÊN ĐOÀN LAO ĐỘNG (?:HUYỆN"
    r"|THỊ XÃ|THÀNH) )"
)
_ORGAN_BEFORE = re.compile(
    r"(?:BCH|BTV|Ban chấp hành|Ban thường vụ) (?=LĐLĐ|CĐ|liên đoàn|công đoàn|nghiệp đoàn)", re.IGNORECASE
)
_HEAD_LINES = 14
_NOT_LETTERHEAD = re.compile(r"CỘNG H|Độc lập|ĐỘC LẬP|Số|Kính gửi|V/v")
_SMALL_WORDS = (
    ("tổng liên đoàn lao động việt nam", "Tổng Liên đoàn Lao động Việt Nam"),
    ("liên đoàn lao động", "Liên đoàn Lao động"),
    ("công đoàn", "Công đoàn"),
    ("cđcs", "CĐCS"),
    ("lđlđ", "LĐLĐ"),
    ("việt nam", "Việt Nam"),
)
_BEFORE_NAME = re.compile(
    rf"\b(?:{_KINDS}|trường|tiểu học|mầm non|mẫu giáo|thcs|thpt|trung học cơ sở|trung học phổ thông|cao đẳng|đại học"
    r"|công ty(?: tnhh| cổ phần| cp)?|bệnh viện(?: đa khoa)?|trung tâm|cơ sở)\b"
)
_ALWAYS_UPPER = re.compile(r"\b(?:tnhh|thcs|thpt|ubnd|mtv|cp|kcn|y tế|ptdtnt|ptdtbt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Issuer:
    parent: Said | None
    body: Said | None
    organ: Said | None


def issuer_of(text: PlanText, zones: Zones, place: Said | None, signatory: Signatory) -> Issuer:
    printed = [_without_organ(said) for said in _letterhead(text, zones)]
    actor = _actor(text, national=any(said.text.startswith(_NATIONAL) for said in printed[-1:]))
    organ = _organ(signatory, actor, printed)
    bodies = [said for said in printed if not _ORGAN_LINE.match(said.text.upper())]
    if bodies:
        parent = bodies[-2] if len(bodies) > 1 else None
        return Issuer(parent, _whole_name(bodies[-1], parent), organ)
    body = _inferred(text, actor, place)
    return Issuer(_parent(text, body), body, organ)


def _without_organ(said: Said) -> Said:
    """The union alone where its organ stands on the same line: "BCH LĐLĐ THÀNH PHỐ CAM LỘ"."""
    organ = _ORGAN_BEFORE.match(said.text)
    if organ is None:
        return said
    words = said.text[organ.end() :]
    return Said(words[:1].upper() + words[1:], Span(said.span.start + organ.end(), said.span.end), said.confidence)


def _whole_name(body: Said, parent: Said | None) -> Said:
    """A union within a company prints "CÔNG ĐOÀN" alone under the company's name."""
    if parent is None or body.text != "Công đoàn":
        return body
    return Said(f"{body.text} {parent.text}", body.span, Confidence.LIKELY)


def sentence_case(line: str) -> str:
    """A line in capitals as it stands inside a sentence: names known here keep their capital letters."""
    lower = line.lower()
    for small, proper in _SMALL_WORDS:
        lower = lower.replace(small, proper)
    return lower[:1].upper() + lower[1:]


def body_case(line: str) -> str:
    """The name of a union set in capitals as it is written in text: LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU."""
    cased = sentence_case(line)
    found = [*_BEFORE_NAME.finditer(cased)]
    if found:
        cased = cased[: found[-1].end()] + cased[found[-1].end() :].title()
    cased = re.sub(r"\b(trường|công ty|bệnh viện|trung tâm)\b", lambda kind: kind[0].capitalize(), cased)
    cased = re.sub(r"\b(tiểu học|mầm non|mẫu giáo)\b", lambda kind: kind[0].capitalize(), cased)
    return _ALWAYS_UPPER.sub(lambda word: word[0].title() if " " in word[0] else word[0].upper(), cased)


def _letterhead(text: PlanText, zones: Zones) -> Iterator[Said]:
    """The bodies printed above number and date, outermost first; a name may run over several lines."""
    last = zones.type_line or min(zones.after_title, _HEAD_LINES)
    group: list[Span] = []
    for block in text.blocks[max(0, last - _HEAD_LINES) : last]:
        words = text.of(block)
        if _NOT_LETTERHEAD.match(words) or ", ngày" in words:
            continue
        if _BODY_LINE.match(words) or (_ORGAN_LINE.match(words) and group):
            yield from _joined(text, group)
            group = [block.span]
            if inner := _SECOND_BODY.search(words):
                yield from _joined(text, [Span(block.start, block.start + inner.start())])
                group = [Span(block.start + inner.end(), block.end)]
        elif group and is_capitals(words):
            group.append(block.span)
    yield from _joined(text, group)


def _joined(text: PlanText, group: list[Span]) -> Iterator[Said]:
    if group:
        span = Span(group[0].start, group[-1].end)
        words = " ".join(text.value[part.start : part.end] for part in group)
        yield Said(body_case(words) if is_capitals(words) else words, span)


def _actor(text: PlanText, *, national: bool) -> re.Match[str] | None:
    """The first sentence in which an organ of a union does something, else a union alone. What the Confederation does
    is cited by all, and is the paper's own act only under its letterhead (`national`).
    """
    acting = _ACTOR.finditer(text.value, 0, 12_000)
    found = [actor for actor in acting if national or not actor["body"].startswith(_NATIONAL)]
    return next((actor for actor in found if actor["organ"]), found[0] if found else None)


def _organ(signatory: Signatory, actor: re.Match[str] | None, printed: list[Said]) -> Said | None:
    """The organ that signs; where the text lets another one act, it is asked about (002)."""
    acts = _ORGANS[actor["organ"]] if actor is not None and actor["organ"] else None
    for said in (*signatory.authority, *reversed(printed)):
        upper = said.text.upper()
        signs = next((organ for words, organ in _ORGANS.items() if words.upper() in upper), None)
        if signs is not None:
            return Said(signs, said.span, Confidence.SURE if acts in {None, signs} else Confidence.ASK)
    if actor is not None and acts is not None:
        return Said(acts, Span(*actor.span("organ")), Confidence.LIKELY)
    return None


def _inferred(text: PlanText, actor: re.Match[str] | None, place: Said | None) -> Said | None:
    """The issuing union of a paper without letterhead."""
    if actor is None:
        return None
    span = Span(*actor.span("body"))
    words = actor["body"].strip()
    if full := _FULL.match(words):
        return Said(_spelled(full["federation"], full["kind"], full["name"]), span, Confidence.LIKELY)
    short = re.fullmatch(rf"(?P<federation>{_FEDERATION}|Công đoàn) (?P<kind>{_KINDS})", words)
    if short is None:
        return Said(words, span, Confidence.ASK) if len(words.split()) > 2 else None
    name = _name_of(text, short["kind"], short["federation"], place)
    return Said(_spelled(short["federation"], short["kind"], name), span, Confidence.LIKELY) if name else None


def _spelled(federation: str, kind: str, name: str) -> str:
    proper = "Công đoàn" if federation == "Công đoàn" else "Liên đoàn Lao động"
    return f"{proper} {kind} {name}"


def _name_of(text: PlanText, kind: str, federation: str, place: Said | None) -> str:
    """The name that the text gives its own tỉnh or huyện: after the same words, else from the place of the date."""
    if place is not None:
        bare = re.sub(rf"^(?:{_KINDS}|TP\.?) ", "", place.text, flags=re.IGNORECASE)
        if bare.isupper() and len(bare) <= 6:
            bare = _unabbreviated(text, kind, bare) or bare
        if kind == "tỉnh" or bare != place.text or f"{kind} {bare}" in text.value:
            return bare
    named = (found["name"] for found in _FULL.finditer(text.value) if found["kind"] == kind)
    return next(named, "") if federation else ""


def _unabbreviated(text: PlanText, kind: str, letters: str) -> str:
    """DMC -> Dương Minh Châu, where the text names such a huyện."""
    for found in _KINDED.finditer(text.value):
        words = found["name"].split()[: len(letters)]
        if found["kind"].lower() == kind and "".join(word[0] for word in words).upper() == letters:
            return " ".join(words)
    return ""


def _parent(text: PlanText, body: Said | None) -> Said | None:
    """The province above a huyện, xã or CĐCS, where the text names it."""
    if body is None or re.search(r"Liên đoàn Lao động (?:tỉnh|thành phố)", body.text):
        return None
    for found in _FULL.finditer(text.value):
        if found["kind"] in {"tỉnh", "thành phố"} and found["federation"] != "Công đoàn":
            words = _spelled(found["federation"], found["kind"], found["name"])
            return Said(words, Span(*found.span()), Confidence.LIKELY)
    return None
