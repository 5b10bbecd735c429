"""The BagIt bag inside the container: what its four tag files must say (FORMAT.md, section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from congdoan_desktop.domain.canonical import sha256_hex
from congdoan_desktop.packages.names import BAG_INFO, BAGIT, HEADER, MANIFEST, SIGNATURE, TAGMANIFEST
from congdoan_desktop.packages.refusals import PackageRefused, Reason

_BAGIT_TEXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_NEEDED = (BAGIT, BAG_INFO, MANIFEST, TAGMANIFEST, SIGNATURE, HEADER)


def tag_files(top: str, payload: Mapping[str, bytes]) -> dict[str, bytes]:
    """The four tag files over `payload` (names start with `data/`)."""
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    files = {
        BAGIT: _BAGIT_TEXT,
        BAG_INFO: f"External-Identifier: {top}\nPayload-Oxum: {oxum}\n".encode(),
        MANIFEST: _manifest(payload),
    }
    return {**files, TAGMANIFEST: _manifest(files)}


def payload_of(entries: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in entries.items() if name.startswith("data/")}


def verify(top: str, entries: Mapping[str, bytes]) -> None:
    """Check the tag files against the entries.

    Raises: PackageRefused naming the first file that is not what the manifests say.
    """
    if missing := [name for name in _NEEDED if name not in entries]:
        raise PackageRefused(Reason.INCOMPLETE, shown=missing[0])
    expected = tag_files(top, payload_of(entries))
    if entries[MANIFEST] != expected[MANIFEST]:
        raise PackageRefused(Reason.CHANGED, shown=_culprit(entries[MANIFEST], expected[MANIFEST]))
    for name in (BAGIT, BAG_INFO, TAGMANIFEST):
        if entries[name] != expected[name]:
            raise PackageRefused(Reason.CHANGED, shown=name)


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256_hex(files[name])}  {name}\n" for name in sorted(files)).encode()


def _culprit(stated: bytes, expected: bytes) -> str:
    """The payload file whose line is not in the stated manifest; the manifest itself when it has lines too many."""
    return next(_names_without(expected, stated.splitlines()), MANIFEST)


def _names_without(manifest: bytes, lines: Iterable[bytes]) -> Iterator[str]:
    known = set(lines)
    return (line[66:].decode() for line in manifest.splitlines() if line not in known)
