"""How pictures are spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from congdoan_desktop.domain.attachments import KINDS, PHOTO, SCAN, Attachment
from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.services.attachments import Source, Taken

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


TOO_LATE = (
    "Chưa đính kèm ảnh vừa chọn.",
    "Mục đó đã được lưu hoặc đóng trước khi ảnh chuẩn bị xong. Mở lại mục đó rồi đính kèm.",
)
KIND_CHOICES = ((PHOTO, "Ảnh"), (SCAN, "Bản quét (giữ chữ rõ nét)"))


def attached(
    taken: Taken, sources: Sequence[Source], whither: str = "", *, waiting: bool = False
) -> tuple[str, str, str]:
    """(tone, sentence, rest) of a banner: how many were taken, and each file that was not, with the reason.

    waiting: they hang on a record that is not saved yet.
    """
    count = len(taken.pictures if waiting else taken.ids)
    if taken.unfit:
        rest = "\n".join(f"{_source_name(sources[bad.at])}: {bad.error.what} {bad.error.todo}" for bad in taken.unfit)
        return "warn", f"Đã nhận {count} ảnh{whither}; {len(taken.unfit)} tệp không nhận được.", rest
    if not count:
        return "info", "Ảnh này đã đính kèm từ trước.", ""
    return "ok", f"Đã đính kèm {count} ảnh{whither}.", ""


def _source_name(source: Source) -> str:
    return source.name if isinstance(source, Path) else "Ảnh dán"
