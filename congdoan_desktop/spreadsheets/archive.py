"""The ZIP around .xlsx and .ods, judged by its directory before anything is unpacked, then read in bounded pieces.

Sizes in the directory are only claims, so every part is inflated once by ourselves and must come out exactly as long
as claimed: the libraries that read it afterwards cannot meet a bomb. Nothing is written to a disk.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from congdoan_desktop.spreadsheets.refusals import SheetRefused, damaged, protected, too_big

MOST_UNPACKED = 100_000_000
"""Bytes; a workbook that would unpack to this or more is refused by its directory."""
MOST_ENTRIES = 4_000
_LARGEST_DIRECTORY = 1_000_000
_MOST_SWOLLEN = 400
"""Times its packed size; sheets of repeated rows reach about 100."""
_SWELLING_COUNTS_FROM = 10_000_000
_PIECE = 1 << 18
_END = struct.Struct("<4s4H2IH")
_LONG_END = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_LOCAL = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1


def directory(path: Path) -> dict[str, zipfile.ZipInfo]:
    """The parts of the archive by name.

    Raises: SheetRefused for what is damaged, encrypted or would swell; a word about what it is otherwise.
    """
    _check_end(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError) as error:
        raise damaged() from error
    _check_sizes(entries)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise protected()
    found = {entry.filename: entry for entry in entries}
    if len(found) != len(entries) or any(e.compress_type not in (0, 8) or e.header_offset < 0 for e in entries):
        raise damaged()
    return found


def pieces(path: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of one part, piece by piece.

    Raises: SheetRefused when it is not exactly as long as the directory says, or its check sum differs.
    """
    left, check = entry.file_size, 0
    for piece in _inflated(path, entry):
        left -= len(piece)
        check = zlib.crc32(piece, check)
        if left < 0:
            raise damaged()
        yield piece
    if left or check != entry.CRC:
        raise damaged()


def content(path: Path, entry: zipfile.ZipInfo) -> bytes:
    """A whole part. Raises: SheetRefused."""
    return b"".join(pieces(path, entry))


def _check_end(path: Path) -> None:
    """The record at the end tells how long the directory is, before a library reads all of it."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 0x10000 - _END.size - _LOCATOR.size - _LONG_END.size))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END.size:
        raise damaged()
    entries, length = _long_end(tail, at) or _END.unpack_from(tail, at)[4:6]
    if entries > MOST_ENTRIES or length > _LARGEST_DIRECTORY:
        raise too_big("Tệp chứa quá nhiều phần bên trong, không giống một bảng tính.")


def _long_end(tail: bytes, at: int) -> tuple[int, int] | None:
    """(entries, length) of the longer record (ZIP64) before the one at `at`, which a library then believes."""
    locator = at - _LOCATOR.size
    record = locator - _LONG_END.size
    if record < 0 or not tail.startswith(b"PK\x06\x07", locator) or not tail.startswith(b"PK\x06\x06", record):
        return None
    entries, length = _LONG_END.unpack_from(tail, record)[7:9]
    return entries, length


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if total >= MOST_UNPACKED:
        raise too_big(f"Tệp khi mở ra chiếm {total // 1_000_000} MB, nhiều hơn mức 100 MB chương trình nhận.")
    for entry in entries:
        swollen = entry.file_size > _MOST_SWOLLEN * max(entry.compress_size, 1)
        if swollen and entry.file_size > _SWELLING_COUNTS_FROM:
            raise SheetRefused("Tệp được nén bất thường, có thể là tệp phá hoại.", "Hỏi lại nơi gửi tệp.")


def _inflated(path: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(entry.header_offset)
        local = file.read(_LOCAL.size)
        if len(local) < _LOCAL.size or not local.startswith(b"PK\x03\x04"):
            raise damaged()
        file.seek(sum(_LOCAL.unpack(local)[-2:]), 1)
        left = entry.compress_size
        unpacker = zlib.decompressobj(-15) if entry.compress_type else None
        while left and (packed := file.read(min(left, _PIECE))):
            left -= len(packed)
            yield from _unpacked(unpacker, packed) if unpacker else (packed,)
        if left or (unpacker and not unpacker.eof):
            raise damaged()


def _unpacked(unpacker: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    try:
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, 8 * _PIECE)
            packed = unpacker.unconsumed_tail
    except zlib.error as error:
        raise damaged() from error
