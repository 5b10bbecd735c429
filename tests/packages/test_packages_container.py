"""The container: one form for each content, and nothing else is read."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import hypothesis.strategies as st
import pytest
from hypothesis import given

from congdoan_desktop.packages import container, names
from congdoan_desktop.packages.container import pack, unpack
from congdoan_desktop.packages.refusals import PackageRefused, Reason

TOP = "report-CDX-A-1b2c3d4e-3"
ENTRIES = {"bagit.txt": b"one", "data/header.json": b"{}", "signatures/1.sig": b"sign", "data/report.pdf": b""}
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
GOOD = pack(TOP, ENTRIES)


def refusal(data: bytes) -> Reason:
    with pytest.raises(PackageRefused) as caught:
        unpack(data)
    return caught.value.reason


@given(st.dictionaries(st.sampled_from(sorted(names.LARGEST)), st.binary(max_size=200), min_size=1))
def test_what_is_packed_is_unpacked(entries: dict[str, bytes]) -> None:
    assert unpack(pack(TOP, entries)) == (TOP, entries)


@given(st.permutations(sorted(ENTRIES)))
def test_same_content_gives_the_same_bytes(order: list[str]) -> None:
    assert pack(TOP, {name: ENTRIES[name] for name in order}) == GOOD


def test_others_read_it_as_a_plain_zip() -> None:
    archive = zipfile.ZipFile(io.BytesIO(GOOD))
    assert archive.testzip() is None
    assert {info.filename: archive.read(info) for info in archive.infolist()} == {
        f"{TOP}/{name}": content for name, content in ENTRIES.items()
    }
    assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_every_truncation_is_called_one() -> None:
    for length in range(len(GOOD)):
        assert refusal(GOOD[:length]) is Reason.TRUNCATED, length


def test_every_changed_bit_is_noticed() -> None:
    for position in range(len(GOOD) * 8):
        damaged = bytearray(GOOD)
        damaged[position // 8] ^= 1 << position % 8
        refusal(bytes(damaged))


def test_every_lost_or_doubled_byte_is_noticed() -> None:
    for position in range(len(GOOD)):
        refusal(GOOD[:position] + GOOD[position + 1 :])
        refusal(GOOD[: position + 1] + GOOD[position:])


def zipped(*files: tuple[str, bytes], change: Callable[[zipfile.ZipInfo], None] = lambda info: None) -> bytes:
    """A ZIP as the standard library writes it, each entry changed before writing."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name)
            change(info)
            archive.writestr(info, content)
    return target.getvalue()


def patched(offset_of: bytes, offset: int, form: str, value: int) -> bytes:
    data = bytearray(GOOD)
    struct.pack_into(form, data, GOOD.index(offset_of) + offset, value)
    return bytes(data)


FIELDS = [
    (mark, offset, form)
    for mark, layout in (
        (LOCAL, "HHHHHIIIHH"),
        (CENTRAL, "HHHHHHIIIHHHHHII"),
        (END, "HHHHIIH"),
    )
    for offset, form in zip(
        [4 + struct.calcsize("<" + layout[:n]) for n in range(len(layout))], [f"<{c}" for c in layout], strict=True
    )
]


@pytest.mark.parametrize(("mark", "offset", "form"), FIELDS)
@pytest.mark.parametrize("value", [1, 0xFFFF])
def test_every_field_has_one_value(mark: bytes, offset: int, form: str, value: int) -> None:
    refusal(patched(mark, offset, form, value))


def _named(*entry_names: str) -> bytes:
    return zipped(*((name, b"x") for name in entry_names))


def _nested() -> bytes:
    return pack(TOP, {"data/report.pdf": GOOD}).replace(b"report.pdf", b"report.zip")


STRUCTURES: dict[str, bytes] = {
    "empty": b"",
    "text": b"Plain text, longer than any header of a container could be.",
    "no entries": zipped(),
    "prefix": b"MZ" + GOOD,
    "self-extracting": b"#!/bin/sh\n" + GOOD,
    "suffix": GOOD + b"\0",
    "twice": GOOD + GOOD,
    "comment": GOOD[:-2] + b"\x01\0!",
    "gap before the directory": GOOD.replace(CENTRAL, b"\0" + CENTRAL, 1),
    "gap between entries": GOOD.replace(LOCAL, b"\0" + LOCAL, 2)[1:],
    "no directory": GOOD[: GOOD.index(CENTRAL)] + GOOD[GOOD.index(END) :],
    "only a directory": GOOD[GOOD.index(CENTRAL) :],
    "directory in front": GOOD[GOOD.index(CENTRAL) :] + GOOD[: GOOD.index(CENTRAL)],
    "ZIP64 end record": GOOD[: GOOD.index(END)] + b"PK\x06\x06" + bytes(52) + GOOD[GOOD.index(END) :],
    "no top folder": _named("bagit.txt"),
    "two top folders": _named(f"{TOP}/bagit.txt", f"{TOP.replace('-3', '-4')}/bagit.txt"),
    "unknown kind": _named("letter-A-1b2c3d4e-1/bagit.txt"),
    "duplicate": GOOD.replace(b"header.json", b"report.pdfx").replace(b"pdfx", b"pdf"),
    "not in order": zipped((f"{TOP}/data/report.pdf", b""), (f"{TOP}/bagit.txt", b"")),
    "case twin": _named(f"{TOP}/bagit.txt", f"{TOP}/Bagit.txt"),
    "folder entry": _named(f"{TOP}/data/"),
    "parent folder": _named(f"{TOP}/../bagit.txt"),
    "parent folder as top": _named("../bagit.txt"),
    "absolute": _named("/etc/passwd"),
    "drive": _named("C:/bagit.txt"),
    "backslashes": _named(f"{TOP}\\bagit.txt"),
    "backslashes inside": _named(f"{TOP}/data\\header.json"),
    "reserved word": _named(f"{TOP}/CON"),
    "reserved word with ending": _named(f"{TOP}/data/aux.json"),
    "double slash": _named(f"{TOP}//bagit.txt"),
    "dot": _named(f"{TOP}/./bagit.txt"),
    "trailing dot": _named(f"{TOP}/bagit.txt."),
    "trailing space": _named(f"{TOP}/bagit.txt "),
    "stream": _named(f"{TOP}/bagit.txt:x"),
    "not ASCII": _named(f"{TOP}/bagít.txt"),
    "homoglyph": _named(f"{TOP}/bаgit.txt"),
    "a program": _named(f"{TOP}/data/setup.exe"),
    "unknown data file": _named(f"{TOP}/data/other.json"),
    "tenth signature": _named(f"{TOP}/signatures/10.sig"),
    "signature zero": _named(f"{TOP}/signatures/0.sig"),
    "package inside": _nested(),
    "compressed": zipped((f"{TOP}/bagit.txt", b"x" * 99), change=lambda info: setattr(info, "compress_type", 8)),
    "bzip2": zipped((f"{TOP}/bagit.txt", b"x" * 99), change=lambda info: setattr(info, "compress_type", 12)),
    "lzma": zipped((f"{TOP}/bagit.txt", b"x" * 99), change=lambda info: setattr(info, "compress_type", 14)),
    "extra field": zipped((f"{TOP}/bagit.txt", b"x"), change=lambda info: setattr(info, "extra", b"ux\0\0")),
    "entry comment": zipped((f"{TOP}/bagit.txt", b"x"), change=lambda info: setattr(info, "comment", b"hi")),
    "time": zipped((f"{TOP}/bagit.txt", b"x"), change=lambda info: setattr(info, "date_time", (2025, 6, 30, 8, 0, 0))),
    "symbolic link": zipped(
        (f"{TOP}/bagit.txt", b"/etc"), change=lambda info: setattr(info, "external_attr", 0o120777 << 16)
    ),
    "executable": zipped(
        (f"{TOP}/bagit.txt", b"x"), change=lambda info: setattr(info, "external_attr", 0o100755 << 16)
    ),
    "host": zipped((f"{TOP}/bagit.txt", b"x"), change=lambda info: setattr(info, "create_system", 3)),
    "encrypted flag": patched(LOCAL, 6, "<H", 1),
    "data descriptor flag": patched(LOCAL, 6, "<H", 8),
    "UTF-8 flag": patched(LOCAL, 6, "<H", 0x800),
    "overlap: size over the next entry": patched(LOCAL, 18, "<I", 60),
    "size past the end": patched(LOCAL, 22, "<I", 0x7FFFFFFF),
}


@pytest.mark.parametrize("case", STRUCTURES)
def test_other_structures_are_refused(case: str) -> None:
    refusal(STRUCTURES[case])


def test_the_standard_writer_comes_close_but_not_near_enough() -> None:
    """Teeth of the table above: its ZIPs are refused for the one thing changed, so the unchanged one must pass."""
    plain = zipped((f"{TOP}/bagit.txt", b"x"), change=lambda info: setattr(info, "create_system", 0))
    info = bytearray(plain)
    struct.pack_into("<I", info, plain.index(CENTRAL) + 38, 0)  # external attributes
    assert unpack(bytes(info)) == (TOP, {"bagit.txt": b"x"})


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "LARGEST_PACKAGE", len(GOOD))
    assert unpack(GOOD)[0] == TOP
    monkeypatch.setattr(container, "LARGEST_PACKAGE", len(GOOD) - 1)
    assert refusal(GOOD) is Reason.TOO_BIG
    with pytest.raises(PackageRefused):
        pack(TOP, ENTRIES)


def test_number_of_entries_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_ENTRIES", 3)
    assert refusal(GOOD) is Reason.TOO_BIG


def test_each_name_has_its_largest_size() -> None:
    with pytest.raises(PackageRefused) as caught:
        pack(TOP, {"data/header.json": bytes(65_537)})
    assert caught.value.reason is Reason.TOO_BIG


@pytest.mark.parametrize(("top", "name"), [(TOP, "data/x"), ("other", "bagit.txt"), (TOP, "../bagit.txt")])
def test_nothing_else_is_written_either(top: str, name: str) -> None:
    with pytest.raises(PackageRefused) as caught:
        pack(top, {name: b""})
    assert caught.value.reason is Reason.NAMES
