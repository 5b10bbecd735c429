"""Pictures of a record made small on the database thread, so that the window never waits for a decoder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from congdoan_desktop.errors import AppError
from congdoan_desktop.services import attachments
from congdoan_desktop.services.attachments import AttachmentRow
from congdoan_desktop.ui.pages.attachments import words
from congdoan_desktop.ui.pages.attachments.thumbnails import Thumbnail, decoded

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class Loaded:
    """The attachments of the record `owner`, and by their ids what stands for them."""

    owner: str
    rows: list[AttachmentRow]
    images: Mapping[str, Thumbnail]


def loaded(office: Office, owner: str, side: int) -> Loaded:
    """Those that were erased are left out: nothing is left to be seen."""
    rows = [row for row in attachments.listing(office, owner) if not row.erased]
    images = {row.id: _thumbnail(office, row.attachment.digest, words.named(row.attachment), side) for row in rows}
    return Loaded(owner, rows, images)


def staged(office: Office, digests: Iterable[str], side: int) -> Mapping[str, Thumbnail]:
    return {digest: _thumbnail(office, digest, "Ảnh sẽ đính kèm khi lưu", side) for digest in digests}


def _thumbnail(office: Office, digest: str, name: str, side: int) -> Thumbnail:
    try:
        return Thumbnail(name, decoded(attachments.picture(office, digest), side))
    except AppError:
        return Thumbnail(f"{name} · {words.NOT_HERE.lower()}", None)
