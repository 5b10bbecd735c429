"""A package as bytes: whole, unchanged, signed by somebody and consistent. Whether he is trusted is for `reader`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from congdoan_desktop.domain.canonical import sha256_hex
from congdoan_desktop.packages import bag, container, names, sshsig
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason, refusing

CONTENTS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    names.ENROLMENT: (frozenset({names.ENROLMENT_BODY}), frozenset()),
    names.TRUST: (frozenset({names.TRUST_BODY}), frozenset({names.RECORDS})),
    names.PLAN: (frozenset(), frozenset({names.RECORDS, names.PDF})),
    names.CASCADE: (frozenset(), frozenset({names.RECORDS, names.PDF})),
    names.REPORT: (frozenset({names.FIGURES}), frozenset({names.PDF, names.RECORDS, names.SOURCES})),
    names.RECEIPT: (frozenset({names.RECORDS}), frozenset()),
    names.EXCHANGE: (frozenset({names.RECORDS}), frozenset()),
    names.UPDATE: (frozenset({names.UPDATE_BODY, names.PROGRAM}), frozenset()),
}
"""kind -> (what it must have beside the header, what it may have)"""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A package that is whole and signed. `signers` are raw public keys in the order of the signature files."""

    package_id: str
    header: Header
    header_bytes: bytes
    signers: tuple[bytes, ...]
    clear: Mapping[str, bytes]
    """Name -> content of everything in `data/` but header and sealed records."""
    sealed: bytes | None
    tagmanifest: bytes
    manifest: bytes
    signature: bytes


def open_envelope(data: bytes) -> Envelope:
    """Check everything that can be checked without knowing anybody, in the order of FORMAT.md, section 13.

    Raises: PackageRefused, and nothing else, for any bytes.
    """
    top, entries = container.unpack(data)
    bag.verify(top, entries)
    signers = _signers(names.parse_top(top).kind, entries)
    payload = bag.payload_of(entries)
    header_bytes = payload.pop(names.HEADER)
    with refusing(Reason.HEADER):
        header = Header.from_bytes(header_bytes)
        check_contents(header, payload)
        _check_identity(header, top, signers[0])
    return Envelope(
        package_id=sha256_hex(entries[names.TAGMANIFEST]),
        header=header,
        header_bytes=header_bytes,
        signers=signers,
        clear={name: content for name, content in payload.items() if name != names.RECORDS},
        sealed=payload.get(names.RECORDS),
        tagmanifest=entries[names.TAGMANIFEST],
        manifest=entries[names.MANIFEST],
        signature=entries[names.SIGNATURE],
    )


def check_contents(header: Header, payload: Mapping[str, bytes]) -> None:
    """Whether the files (without the header) are those of the kind, and the header's statements about them hold.

    Raises: PackageRefused, Malformed.
    """
    needed, allowed = CONTENTS[header.kind]
    if not needed <= set(payload) <= needed | allowed:
        raise PackageRefused(Reason.CONTENTS, f"{header.kind}: {', '.join(sorted(payload))}")
    figures = payload.get(names.FIGURES)
    if header.report_id != (None if figures is None else sha256_hex(figures)):
        raise Malformed("report_id is not that of the figures")
    if (header.sealed_size is None) != (names.RECORDS not in payload):
        raise Malformed("sealed_size without sealed records, or the reverse")


def _signers(kind: str, entries: Mapping[str, bytes]) -> tuple[bytes, ...]:
    armours = [entries[name] for name in sorted(entries) if name.endswith(".sig")]
    with refusing(Reason.SIGNATURE):
        found = [sshsig.verify(armour, entries[names.TAGMANIFEST], names.namespace(kind)) for armour in armours]
        if len(set(found)) != len(found):
            raise Malformed("one key signed twice")
    return tuple(found)


def _check_identity(header: Header, top: str, signer: bytes) -> None:
    if header.top != top:
        raise Malformed("the top folder is named otherwise")
    if header.key_id != sshsig.key_id(signer):
        raise Malformed("another key signed")
