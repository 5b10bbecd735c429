"""Before any parsing: what a file is, and whether it may be opened at all. Reads heads and directories only."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from congdoan_desktop.errors import NotFound
from congdoan_desktop.spreadsheets import archive, ole
from congdoan_desktop.spreadsheets.refusals import SheetRefused, damaged, protected, too_big

LARGEST_FILE = 64_000_000
"""Bytes on the disk; the largest honest list measured, 50,000 members with 20 columns, takes about 8 MB."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_CSV_NAMES = (".csv", ".txt", ".tsv")
_DOCUMENT = "Tệp này là văn bản {}, không phải bảng tính."
_COPY = "Chép bảng trong văn bản sang một trang tính Excel mới, lưu lại rồi nhập."


class Format(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be read; `parts` are those of its ZIP, empty for the others."""

    path: Path
    format: Format
    parts: dict[str, zipfile.ZipInfo]


def check(path: Path) -> Checked:
    """What the file is, by its content and not by its name.

    Raises: SheetRefused with the reason in words; NotFound when there is no such file.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise NotFound(f"Không mở được tệp “{path.name}”.", todo="Chọn lại tệp, hoặc cắm lại USB.") from error
    if not size:
        raise SheetRefused("Tệp rỗng.", "Chọn tệp khác.")
    if size > LARGEST_FILE:
        raise too_big(f"Tệp nặng {size // 1_000_000} MB, nhiều hơn mức 64 MB chương trình nhận.")
    if head.startswith(_ZIP):
        return _zipped(path)
    if head.startswith(_OLE):
        return _compound(path)
    return _text(path, head)


def _zipped(path: Path) -> Checked:
    parts = archive.directory(path)
    if "xl/workbook.xml" in parts:
        return Checked(path, Format.XLSX, parts)
    if "xl/workbook.bin" in parts:
        raise SheetRefused("Tệp thuộc kiểu .xlsb mà chương trình không đọc.")
    if "word/document.xml" in parts:
        raise SheetRefused(_DOCUMENT.format("Word"), _COPY)
    if "content.xml" in parts:
        return _open_document(path, parts)
    if any(name.lower().endswith((".xlsx", ".xls", ".ods", ".csv")) for name in parts):
        raise SheetRefused("Đây là tệp nén có bảng tính bên trong.", "Giải nén tệp rồi chọn bảng tính cần nhập.")
    raise SheetRefused("Tệp không phải bảng tính.", "Chọn tệp .xlsx, .xls, .ods hoặc .csv.")


def _open_document(path: Path, parts: dict[str, zipfile.ZipInfo]) -> Checked:
    kind = archive.content(path, parts["mimetype"])[:100] if "mimetype" in parts else b""
    if b"opendocument.text" in kind:
        raise SheetRefused(_DOCUMENT.format("LibreOffice Writer"), _COPY)
    manifest = parts.get("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in archive.content(path, manifest):
        raise protected()
    return Checked(path, Format.ODS, parts)


def _compound(path: Path) -> Checked:
    with ole.opened(path) as file:
        names = file.names
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise protected()
    if "WordDocument" in names:
        raise SheetRefused(_DOCUMENT.format("Word"), _COPY)
    if not {"Workbook", "Book"} & names:
        raise SheetRefused("Tệp không phải bảng tính.", "Chọn tệp .xlsx, .xls, .ods hoặc .csv.")
    return Checked(path, Format.XLS, {})


def _text(path: Path, head: bytes) -> Checked:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")):
        raise SheetRefused("Tệp này là trang web mang đuôi của Excel.")
    if start.startswith(b"<?xml"):
        raise SheetRefused("Tệp này là XML, không phải bảng tính .xlsx.")
    if start.startswith(b"%pdf"):
        raise SheetRefused("Tệp này là PDF, không phải bảng tính.", _COPY)
    if head.startswith(_OLD_EXCEL):
        raise SheetRefused("Tệp thuộc kiểu Excel quá cũ (trước 1997).")
    if path.suffix.lower() not in _CSV_NAMES:
        raise damaged() if b"\x00" in head else SheetRefused("Tệp không phải bảng tính.")
    return Checked(path, Format.CSV, {})
