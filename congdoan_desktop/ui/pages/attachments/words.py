"""How pictures are spoken of."""

from __future__ import annotations

from congdoan_desktop.domain.attachments import KINDS, PHOTO, SCAN, Attachment
from congdoan_desktop.domain.dates import short_date

FILES = "Ảnh và bản quét (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.pdf *.heic)"
TYPE = Attachment.TYPE
CHANGES = frozenset({TYPE})
NOT_HERE = "Ảnh chưa có trên máy này"
IN_CLEAR = (
    "Bản sao ghi ra ngoài không được mã hoá: ai mở được thư mục đó đều xem được. Ảnh trong chương trình vẫn mã hoá. "
    "Dùng xong thì xoá bản sao."
)


def named(one: Attachment) -> str:
    """What a picture is called: its caption, else its kind and day."""
    if one.caption:
        return one.caption
    kind = KINDS.get(one.kind, one.kind).capitalize()
    return f"{kind} ngày {short_date(one.taken)}" if one.taken else kind


def written(field: str, value: object) -> tuple[str, str]:
    """(label, text) of a field in the history; what an officer cannot change is left out."""
    labels = {"kind": "Loại", "caption": "Chú thích", "taken": "Ngày chụp"}
    if field not in labels:
        return "", ""
    if value in (None, ""):
        return labels[field], "–"
    shown = KINDS.get(str(value), str(value)) if field == "kind" else str(value)
    return labels[field], shown if field != "taken" else short_date(value)  # type: ignore[arg-type]  # a date


KIND_CHOICES = ((PHOTO, "Ảnh"), (SCAN, "Bản quét (giữ chữ rõ nét)"))
