"""Files that are no workbook, or none that may be opened: each is refused in words, quickly, before it is unpacked."""

from __future__ import annotations

import re
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from congdoan_desktop.errors import Cancelled, NotFound
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.spreadsheets import archive, facts, guard, reading
from congdoan_desktop.spreadsheets.refusals import SheetRefused
from tests.spreadsheets.books import book, rezipped

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return book(tmp_path / "good.xlsx", [["TT", "Họ và tên"], [1, "Lò Thị Hoa"]])


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def compound(path: Path, *names: str) -> Path:
    """A compound file with empty streams of these names: header, one sector of the table, one of the directory."""
    head = OLE + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack(
        "<109I", 0, *[0xFFFFFFFF] * 108
    )
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b""
    for name, kind in [("Root Entry", 5), *((name, 2) for name in names)]:
        wide = name.encode("utf-16-le") + b"\0\0"
        entries += wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1) + bytes(48)
        entries += struct.pack("<IQ", 0xFFFFFFFE, 0)
    path.write_bytes(head + table + entries.ljust(512, b"\0"))
    return path


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty": (lambda p: write(p, b""), "Tệp rỗng"),
    "word": (lambda p: zipped(p, {"word/document.xml": b"<a/>"}), "văn bản Word"),
    "old word": (lambda p: compound(p, "WordDocument"), "văn bản Word"),
    "writer": (
        lambda p: zipped(p, {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}),
        "LibreOffice Writer",
    ),
    "xlsb": (lambda p: zipped(p, {"xl/workbook.bin": b""}), ".xlsb"),
    "zip with a workbook": (lambda p: zipped(p, {"DS.xlsx": b"PK"}), "tệp nén"),
    "another zip": (lambda p: zipped(p, {"a.txt": b"a"}), "không phải bảng tính"),
    "password": (lambda p: compound(p, "EncryptionInfo", "EncryptedPackage"), "mật khẩu"),
    "another compound file": (lambda p: compound(p, "Contents"), "không phải bảng tính"),
    "cut compound file": (lambda p: write(p, OLE + bytes(100)), "hỏng"),
    "web page": (lambda p: write(p, b"\xef\xbb\xbf <html><table><tr><td>1</td></tr></table>"), "trang web"),
    "xml": (lambda p: write(p, b'<?xml version="1.0"?><Workbook/>'), "XML"),
    "pdf": (lambda p: write(p, b"%PDF-1.7"), "PDF"),
    "excel 4": (lambda p: write(p, b"\x09\x04\x06\x00\x00\x00\x10\x00"), "quá cũ"),
    "noise": (lambda p: write(p, bytes(range(256)) * 20), "hỏng"),
    "text": (lambda p: write(p, b"Ho ten; Nam sinh"), "không phải bảng tính"),
    "encrypted ods": (
        lambda p: zipped(p, {"content.xml": b"x", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        "mật khẩu",
    ),
}


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_words(name: str, tmp_path: Path) -> None:
    make, said = REFUSED[name]
    path = make(tmp_path / "list.xlsx")
    with pytest.raises(SheetRefused, match=said) as refusal:
        reading.open_book(path)
    assert refusal.value.safe
    assert refusal.value.todo


def test_a_missing_file() -> None:
    with pytest.raises(NotFound, match="Không mở được"):
        reading.open_book(Path("/nowhere/list.xlsx"))


@pytest.mark.parametrize("size", [archive.MOST_UNPACKED, archive.MOST_UNPACKED * 20])
def test_a_workbook_that_would_unpack_to_100_mb_is_refused_by_its_header_in_under_a_second(
    good: Path, tmp_path: Path, size: int
) -> None:
    """The second is true bytes of that length; the first only claims them."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb:
        bomb.writestr("xl/workbook.xml", b"<workbook/>")
        with bomb.open(SHEET, "w", force_zip64=True) as part:
            for _ in range(archive.MOST_UNPACKED // 1_000_000):
                part.write(bytes(1_000_000))
    if size > archive.MOST_UNPACKED:
        path.write_bytes(path.read_bytes().replace(struct.pack("<I", archive.MOST_UNPACKED), struct.pack("<I", size)))
    began = time.perf_counter()
    with pytest.raises(SheetRefused, match="100 MB"):
        reading.open_book(path)
    assert time.perf_counter() - began < 1


def test_a_part_that_is_longer_than_claimed_is_refused(good: Path, tmp_path: Path) -> None:
    path = rezipped(good, tmp_path / "liar.xlsx", lambda name, data: data + bytes(3_000_000) if name == SHEET else data)
    with zipfile.ZipFile(path) as file:
        claimed = struct.pack("<I", file.getinfo(SHEET).file_size)
    path.write_bytes(path.read_bytes().replace(claimed, struct.pack("<I", 1000)))
    with pytest.raises(SheetRefused, match="hỏng"):
        reading.open_book(path)


def test_swelling_is_refused_though_small(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<a/>", SHEET: bytes(20_000_000)})
    with pytest.raises(SheetRefused, match="nén bất thường"):
        reading.open_book(path)


def test_too_many_parts(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.xlsx", {f"xl/{n}.xml": b"" for n in range(archive.MOST_ENTRIES + 1)})
    with pytest.raises(SheetRefused, match="quá nhiều phần"):
        reading.open_book(path)


def test_an_encrypted_part(good: Path) -> None:
    data = bytearray(good.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(SheetRefused, match="mật khẩu"):
        reading.open_book(write(good, bytes(data)))


def test_two_parts_of_one_name(good: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(good, "a") as file:
        file.writestr(SHEET, b"<other/>")
    with pytest.raises(SheetRefused, match="hỏng"):
        reading.open_book(good)


def test_a_file_too_heavy(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(guard.LARGEST_FILE + 1)
    with pytest.raises(SheetRefused, match="64 MB"):
        reading.open_book(path)


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="9"><c r="A9"><v>1</v></c><c\tr="XFD1048576"><v>1</v></c></row>',
        b'<row r="1">' + b"<c><v>1</v></c>" * 4 + b'</row><row r="1048576"><c><v>1</v></c></row>',
        b'<row r="1"><c r = "XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><c r="D4294967295"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><c r="xfd99999"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZZ99"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576" x="/>"><v>1</v></c></row>',
        b'<row r="1048576">' + b"<c/>" * 16383 + b"<c><v>1</v></c></row>",
        b'<row r ="1048576">' + b"<c><v>1</v></c>" * 40 + b"</row>",
        b'<row r="1"><c r="A1"><v x=" r=\'B1\'">1</v></c><c r ="XFD99999"><v>1</v></c></row>',
    ],
)
def test_a_sheet_that_reaches_too_far_is_refused_before_it_is_built(good: Path, tmp_path: Path, cells: bytes) -> None:
    def wide(name: str, data: bytes) -> bytes:
        start, end = data.find(b"<sheetData>") + len(b"<sheetData>"), data.find(b"</sheetData>")
        return data[:start] + cells + data[end:] if name == SHEET else data

    with pytest.raises(SheetRefused, match=r"nhiều quá mức|hỏng"):
        reading.open_book(rezipped(good, tmp_path / "wide.xlsx", wide))


def test_empty_cells_with_a_look_do_not_count(good: Path, tmp_path: Path) -> None:
    styled = (
        b'<row r="900000">'
        + b"".join(b'<c r="%s900000" s="0"/>' % name for name in (b"A", b"XFD"))
        + b"</row></sheetData>"
    )

    def dressed(name: str, data: bytes) -> bytes:
        return data.replace(b"</sheetData>", styled) if name == SHEET else data

    with reading.open_book(rezipped(good, tmp_path / "dressed.xlsx", dressed)) as opened:
        assert (opened.sheets[0].rows, opened.sheets[0].columns) == (2, 2)


def test_a_rectangle_of_the_most_cells_is_read() -> None:
    assert not facts.SheetFacts(100_000, 40).too_wide
    assert facts.SheetFacts(100_001, 40).too_wide


def test_opening_can_be_stopped(good: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        reading.open_book(good, Progress(token=token))


def heavy(cells: str) -> bytes:
    """A sheet of an .ods that holds this."""
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    spaces += ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    return (
        f'<office:spreadsheet {spaces}><table:table table:name="DS">{cells}</table:table></office:spreadsheet>'.encode()
    )


STYLES = "xl/styles.xml"
MANY = b"<a/>" * 2_100_000


@pytest.mark.parametrize(
    "parts", [{STYLES: b"<styleSheet>" + MANY + b"</styleSheet>"}, {"xl/workbook.xml": b"<w>" + MANY}]
)
def test_a_part_of_empty_elements_is_not_made_a_tree(good: Path, tmp_path: Path, parts: dict[str, bytes]) -> None:
    path = rezipped(good, tmp_path / "a.xlsx", lambda name, data: {name: data, **parts}[name])
    with pytest.raises(SheetRefused, match="quá nhiều định dạng"):
        reading.open_book(path)


def test_a_row_without_end_is_not_made_a_tree(tmp_path: Path) -> None:
    row = heavy("<table:table-row>" + "<a/>" * 600_000 + "</table:table-row>")
    with pytest.raises(SheetRefused, match="một dòng"):
        reading.open_book(zipped(tmp_path / "a.ods", {"content.xml": row}))


@pytest.mark.parametrize("name", ["fontId", "numFmtId"])
def test_a_look_that_is_no_number(good: Path, tmp_path: Path, name: str) -> None:
    def odd(part: str, data: bytes) -> bytes:
        return re.sub(rb'%s="\d+"' % name.encode(), b'%s="x"' % name.encode(), data) if part == STYLES else data

    with pytest.raises(SheetRefused, match="hỏng"):
        reading.open_book(rezipped(good, tmp_path / "a.xlsx", odd))


def test_the_longer_end_of_a_zip_is_believed(tmp_path: Path) -> None:
    """A library reads as many entries as it says, whatever the usual one claims."""
    count, size = archive.MOST_ENTRIES + 1, 46
    entry = b"PK\x01\x02" + bytes(size - 4)
    head = b"PK\x03\x04" + bytes(26)
    at = len(head) + count * size
    long = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, count * size, len(head))
    long += struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, size, 0, 0)
    with pytest.raises(SheetRefused, match="quá nhiều phần"):
        guard.check(write(tmp_path / "a.xlsx", head + entry * count + long + end))


def test_a_compound_file_that_names_one_sector_again_and_again(tmp_path: Path) -> None:
    """Of a megabyte its table of sectors would take 130."""
    sectors = 2_000
    head = bytearray(compound(tmp_path / "a.xls", "Workbook").read_bytes()[:512])
    struct.pack_into("<II", head, 68, 1, sectors)
    table = [struct.pack("<128I", *[0] * 127, at + 2) for at in range(sectors)]
    path = write(tmp_path / "a.xls", bytes(head) + bytes(512) + b"".join(table))
    tracemalloc.start()
    with pytest.raises(SheetRefused, match="hỏng"):
        guard.check(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 30_000_000
