"""The end of a paper: who signs with which authority, and who receives it (rules A12, A14)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from congdoan_desktop.planreader.draft import Confidence, Recipient, Said, Signatory, Span
from congdoan_desktop.planreader.layout import Block, PlanText, is_capitals
from congdoan_desktop.planreader.letters import LOWER, UPPER
from congdoan_desktop.planreader.zones import Zones

_OFFICE = (
    r"(?:Q\. ?)?(?:PHÓ )?(?:CHỦ TỊCH(?: THƯỜNG TRỰC)?|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|BÍ THƯ|GIÁM ĐỐC|HIỆU TRƯỞNG"
    r"|TỔNG GIÁM ĐỐC"
    r"|TRƯỞNG PHÒNG|VĂN PHÒNG)|ỦY VIÊN(?: BAN THƯỜNG VỤ)?|TỔ TRƯỞNG"
)
_AUTHORITY = re.compile(rf"(?:T/?M|TL|TUQ|K/?T)[./]? ?(?=[A-ZĐ]{{2}})[{UPPER}0-9 ,\-–&/]{{3,120}}")
_TITLE = re.compile(rf"(?:{_OFFICE})(?: [{UPPER} ,\-–]{{2,80}})?")
_TITLE_AT_END = re.compile(rf"(?<!ĐOÀN) (?P<title>(?:{_OFFICE}))$")
_WORD = rf"(?:[{UPPER}]['’])?[{UPPER}][{LOWER}]{{0,7}}|[{UPPER}]['’]"
_NAME = re.compile(rf"(?:(?:TS|ThS|Ths|GS|PGS|BS)\. ?)?(?P<name>(?:{_WORD})(?:[- ](?:{_WORD})){{1,5}})")
_NAME_IN_CAPITALS = re.compile(rf"[{UPPER}]{{2,7}}(?: [{UPPER}]{{1,7}}){{1,4}}")
_NOT_NAMES = re.compile(
    r"Nơi nhận|Như |Lưu(?: ?:| V[TP])|Kính|Đã ký|Ban |Các |Công đoàn|Liên đoàn|Văn phòng|Phụ lục|Độc lập"
)
_BULLET = re.compile(r"[-–—+•*] ?")
_FILED = re.compile(r"[-–—+•]? ?Lưu\b")
_AFTER_LAST = re.compile(r"[\s;.,]+$")
_COPIES = re.compile(r"\d{1,3} ?(?:KH|bản|b)\.?")
_ROLES = (
    ("file", re.compile(r"^Lưu\b")),
    ("report", re.compile(r"\((?:để )?(?:báo cáo|b/c|bc)\)", re.IGNORECASE)),
    ("inform", re.compile(r"\((?:để biết|đ/b|để b/c|p/h|phối hợp|biết)\)", re.IGNORECASE)),
    ("act", re.compile(r"\((?:thực hiện|t/h|để thực hiện|th)\)", re.IGNORECASE)),
)


def signatory_in(text: PlanText, zones: Zones) -> Signatory:
    """Authority lines, title and name, each None or empty when it is not printed."""
    blocks = text.blocks[zones.closing :]
    authority = tuple(said for block in blocks for said in _authority(text, block))
    title = next((said for block in blocks for said in _title(text, block)), None)
    return Signatory(authority, title, _name(text, blocks, authority, title))


def recipients_in(text: PlanText, zones: Zones) -> tuple[Recipient, ...]:
    if zones.recipients is None:
        return ()
    found = []
    for block in _recipient_blocks(text, zones.recipients):
        said = _trimmed(text, block)
        if said is not None:
            found.append(Recipient(said, _role(said.text)))
    return tuple(found)


def _recipient_blocks(text: PlanText, at: int) -> Iterator[Block]:
    """The lines under "Nơi nhận", without those of a signature printed beside them."""
    rest = text.blocks[at + 1 :]
    dashed = any(_BULLET.match(text.of(block)) for block in rest[:4])
    for block in rest:
        words = text.of(block)
        if _is_signature(words):
            continue
        if dashed and not _BULLET.match(words):
            continue
        if not dashed and (len(words) > 200 or words.startswith("(")):
            return
        yield block
        if _FILED.match(words):
            return


def _is_signature(words: str) -> bool:
    return bool(_AUTHORITY.match(words) or _TITLE.fullmatch(words))


def _trimmed(text: PlanText, block: Block) -> Said | None:
    words = text.of(block)
    bullet = _BULLET.match(words)
    start = bullet.end() if bullet else 0
    end = len(_AFTER_LAST.sub("", words))
    if end <= start or _COPIES.fullmatch(words[start:end]):
        return None
    return Said(words[start:end], Span(block.start + start, block.start + end))


def _role(line: str) -> str:
    return next((role for role, pattern in _ROLES if pattern.search(line)), "")


def _authority(text: PlanText, block: Block) -> Iterator[Said]:
    """An authority line, without a title that stands behind it on the same line."""
    found = _AUTHORITY.match(text.of(block))
    if found is None or not is_capitals(found[0]):
        return
    words = found[0]
    title = _TITLE_AT_END.search(words)
    if title and not words.startswith("K"):
        words = words[: title.start()]
    words = words.rstrip(" ,-")
    yield Said(words, Span(block.start, block.start + len(words)))


def _title(text: PlanText, block: Block) -> Iterator[Said]:
    words = text.of(block)
    if _TITLE.fullmatch(words):
        yield Said(words, block.span)
    elif (found := _AUTHORITY.match(words)) and not words.startswith("K") and (tail := _TITLE_AT_END.search(found[0])):
        yield Said(tail["title"], Span(block.start + tail.start("title"), block.start + tail.end("title")))


def _name(text: PlanText, blocks: tuple[Block, ...], authority: tuple[Said, ...], title: Said | None) -> Said | None:
    """The first line behind the title, or behind the authority, that is a person's name and nothing else."""
    signed = [said.span.end for said in (*authority, title) if said is not None]
    if not signed:
        return None
    for block in blocks:
        words = text.of(block)
        found = _NAME.fullmatch(words)
        if block.start >= min(signed) and found and not _NOT_NAMES.match(words):
            sure = Confidence.SURE if title is not None else Confidence.LIKELY
            return Said(found["name"], Span(block.start + found.start("name"), block.end), sure)
    return _name_in_capitals(text, blocks[-1]) if blocks else None


def _name_in_capitals(text: PlanText, last: Block) -> Said | None:
    """The last line of all, where it is set in capitals and is neither authority nor title."""
    words = text.of(last)
    if not _NAME_IN_CAPITALS.fullmatch(words) or _is_signature(words) or re.search(_OFFICE, words):
        return None
    return Said(words, last.span, Confidence.ASK)
