"""Photos and scans that hang on a record: what is known of each; the picture itself lies in a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from congdoan_desktop.errors import Finding

PHOTO, SCAN = "photo", "scan"
KINDS: Mapping[str, str] = {PHOTO: "ảnh", SCAN: "bản quét"}
"""What a picture may be -> what it is called."""
LARGEST = 300_000
"""Bytes of a picture as it is kept."""
LONGEST_EDGE = 4096
"""Pixels of its longer side that nobody's picture exceeds."""
LONGEST_CAPTION = 200
MOST_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Attachment:
    """One picture and the records it belongs to. `size` in bytes, `width` and `height` in pixels.

    The digest (SHA-256 of the kept bytes, hex) is personal: once it is erased nothing says which picture it was, and a
    file that no digest names is removed.
    """

    TYPE: ClassVar[str] = "attachment"
    PERSONAL: ClassVar[frozenset[str]] = frozenset({"caption", "digest"})

    unit: str
    owner_type: str
    owners: tuple[str, ...]
    """Ids of the records: a scanned list that hundreds signed belongs to the support of each of them."""
    kind: str
    size: int
    width: int
    height: int
    taken: date | None = None
    caption: str = ""
    digest: str = ""


def validate_attachment(attachment: Attachment, today: date) -> tuple[Finding, ...]:
    """All findings of an attachment."""
    found: list[Finding] = []
    if not attachment.owners:
        found.append(Finding("owners", "Chọn mục để đính kèm ảnh."))
    if attachment.kind not in KINDS:
        found.append(Finding("kind", "Chọn ảnh hay bản quét."))
    if len(attachment.caption) > LONGEST_CAPTION:
        found.append(Finding("caption", f"Chú thích dài quá {LONGEST_CAPTION} ký tự; viết ngắn lại."))
    if attachment.taken is not None and attachment.taken > today:
        found.append(Finding("taken", "Ngày chụp ở tương lai; xem lại ngày.", warning=True))
    return tuple(found)


def is_digest(value: object) -> bool:
    """Whether it can be a digest: a sender's defect must stop nobody."""
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")
