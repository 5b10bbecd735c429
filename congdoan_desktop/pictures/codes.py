"""What the QR codes say that are seen in a photo or a scan."""

from __future__ import annotations

from congdoan_desktop.pictures.preparing import seen

_EDGE = 3000
"""Of a page of A4 that is photographed whole, a code of 25 mm then has some 250 pixels, six for each of its squares."""


def codes_in(data: bytes) -> tuple[str, ...]:
    """The texts of all codes in a picture or in the pages of a PDF, in the order in which they are met.

    Raises: PictureRefused.
    """
    import zxingcpp

    found, wanted = dict[str, None](), zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for image, _ in seen(data, _EDGE, _EDGE):
        for code in zxingcpp.read_barcodes(image, formats=wanted):
            found[code.text] = None
    return tuple(found)
