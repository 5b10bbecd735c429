"""What makes a PDF fit to be kept for decades (PDF/A-2b, ISO 19005-2): who it is, in XMP; what its grey means; and a
line end before every `endstream`, which ReportLab leaves out (clause 6.1.7.1).

The faces are embedded by ReportLab and nothing of ours is transparent, so no more is asked of level b.
"""

from __future__ import annotations

import re
import struct
from itertools import pairwise
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

_CONDITION = "Grey, gamma 2.2"
_D50 = (0xF6D6, 0x10000, 0xD32D)
"""White of the profile's connection space, in 65536ths (ICC.1, 7.2.16)."""
_GAMMA = round(2.2 * 256)
_IN_USE = re.compile(rb"(\d{10})( \d{5} n)")
_XMP = """<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>{program}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
"""
_MADE = "2000-01-01T00:00:00+00:00"
"""The time that ReportLab writes into files that must not differ."""


def name(canvas: Canvas, title: str, author: str, program: str) -> None:
    """Give the file its properties, in the information dictionary and, saying the same, in XMP."""
    canvas.setTitle(title)
    canvas.setSubject(title)
    canvas.setAuthor(author)
    canvas.setCreator(program)
    inside = canvas._doc  # noqa: SLF001 - ReportLab has no door to the catalogue
    words = {"title": title, "author": author, "program": program, "producer": inside.info.producer}
    xmp = _XMP.format(made=_MADE, **{key: escape(text) for key, text in words.items()})
    catalog = inside.Catalog
    catalog.Metadata = _stream(xmp.encode(), Type=PDFName("Metadata"), Subtype=PDFName("XML"))
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = PDFArray([_intent(inside.Reference(_stream(_grey_profile(), N=1)))])


def kept(pdf: bytes) -> bytes:
    """The same file with a line end before each `endstream`; its objects move, so the table of them is written anew."""
    start = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    end = pdf.index(b"trailer", start)
    offsets = sorted(int(found[1]) for found in _IN_USE.finditer(pdf, start, end))
    moved, out = dict[int, int](), [pdf[: offsets[0]]]
    size = offsets[0]
    for at, following in pairwise([*offsets, start]):
        moved[at] = size
        out.append(_ended(pdf[at:following]))
        size += len(out[-1])
    table = _IN_USE.sub(lambda found: b"%010d%s" % (moved[int(found[1])], found[2]), pdf[start:end])
    tail = pdf[end : pdf.rindex(b"startxref")]
    return b"".join([*out, table, tail, b"startxref\n%d\n%%%%EOF\n" % size])


def _ended(piece: bytes) -> bytes:
    body, found, rest = piece.rpartition(b"endstream\nendobj")
    return body + b"\n" + found + rest if found else piece


def _stream(content: bytes, **entries: object) -> PDFStream:
    return PDFStream(PDFDictionary(entries), content)


def _intent(profile: object) -> PDFDictionary:
    entries = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString("Custom"),
        "Info": PDFString(_CONDITION),
        "DestOutputProfile": profile,
    }
    return PDFDictionary(entries)


def _grey_profile() -> bytes:
    """An ICC profile of version 2.1 for a grey monitor: all that stands on a paper is black, white or between."""
    text = _CONDITION.encode("ascii") + b"\0"
    tags = {
        b"desc": struct.pack(">4s4xI", b"desc", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67),
        b"wtpt": struct.pack(">4s4x3i", b"XYZ ", *_D50),
        b"kTRC": struct.pack(">4s4xIH", b"curv", 1, _GAMMA) + bytes(2),
        b"cprt": b"text\0\0\0\0Public domain\0" + bytes(2),
    }
    at, table, data = 128 + 4 + 12 * len(tags), b"", b""
    for tag, content in tags.items():
        padded = content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", tag, at + len(data), len(content))
        data += padded
    size = at + len(data)
    head = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI3i4s44x",
        size, b"\0\0\0\0", 0x02100000, b"mntr", b"GRAY", b"XYZ ", 2000, 1, 1, 0, 0, 0, b"acsp", b"\0\0\0\0", 0,
        b"\0\0\0\0", b"\0\0\0\0", 0, 0, *_D50, b"\0\0\0\0",
    )  # fmt: skip
    return head + struct.pack(">I", len(tags)) + table + data
