"""The pages of a scanned PDF as pictures: what is kept is what is seen, without scripts, links and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from congdoan_desktop.pictures import refusals

if TYPE_CHECKING:
    from PIL import Image

_PICTURE = re.compile(rb"/(Width|Height)\s+(\d{1,9})")
_WIDEST = 20_000


def pages_of_pdf(data: bytes, edge: int) -> Iterator[Image.Image]:
    """Every page with its longer side `edge` pixels long.

    Raises: PictureRefused.
    """
    import pypdfium2

    if any(int(found[2]) > _WIDEST for found in _PICTURE.finditer(data)):
        raise refusals.too_large("trang quét quá nhiều điểm ảnh")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise refusals.PictureRefused(
            "Tệp PDF bị hỏng hoặc có mật khẩu.", "Mở tệp bằng phần mềm đọc PDF, bỏ mật khẩu, lưu lại rồi đính kèm lại."
        ) from error
    try:
        count = len(document)
        if not 1 <= count <= refusals.MOST_PAGES:
            raise refusals.too_large(f"{count} trang; nhiều nhất {refusals.MOST_PAGES}")
        for number in range(count):
            yield _page(document[number], edge)
    except pypdfium2.PdfiumError as error:
        raise refusals.damaged() from error
    finally:
        document.close()


def _page(page: object, edge: int) -> Image.Image:
    import pypdfium2

    assert isinstance(page, pypdfium2.PdfPage)
    try:
        longest = max(page.get_size())
        if longest <= 0:
            raise refusals.damaged()
        found: Image.Image = page.render(scale=edge / longest).to_pil().convert("RGB")
        return found
    finally:
        page.close()
