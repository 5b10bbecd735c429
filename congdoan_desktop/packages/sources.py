"""`data/sources.json`: the packages a consolidated report was summed up from (FORMAT.md, section 8).

Of each source stand here what its sender signed and the two files that say who reported what, so that the level above
checks the signature itself and need not take the word of the level between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from congdoan_desktop.domain.canonical import canonical, sha256_hex
from congdoan_desktop.packages import fields, names, sshsig
from congdoan_desktop.packages.bodies import Figures
from congdoan_desktop.packages.fields import Fields, listed
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason
from congdoan_desktop.packages.trust import TrustList

MOST = 1000
_tag_file = fields.text(64 * 1024, several_lines=True)


@dataclass(frozen=True)
class Source:
    """One package that a report rests on: three of its tag files and two of its payload, in their exact bytes."""

    tagmanifest: bytes
    manifest: bytes
    signature: bytes
    header: bytes
    figures: bytes

    @cached_property
    def package_id(self) -> str:
        return sha256_hex(self.tagmanifest)

    @cached_property
    def told(self) -> Header:
        """Raises: Malformed, PackageRefused when a newer program is needed."""
        return Header.from_bytes(self.header)

    @cached_property
    def counted(self) -> Figures:
        """Raises: Malformed, PackageRefused when a newer program is needed."""
        return Figures.from_bytes(self.figures)

    @cached_property
    def signer(self) -> bytes:
        """The raw public key that signed. Raises: Malformed when it does not verify."""
        return sshsig.verify(self.signature, self.tagmanifest, names.namespace(names.REPORT))

    def check(self) -> None:
        """Whether it is one report that its sender signed. Raises: Malformed, PackageRefused."""
        named = f"{sha256_hex(self.manifest)}  {names.MANIFEST}\n".encode()
        rows = self.manifest.splitlines(keepends=True)
        files = ((names.HEADER, self.header), (names.FIGURES, self.figures))
        if named not in self.tagmanifest.splitlines(keepends=True):
            raise Malformed("the manifest is not the one that was signed")
        if any(f"{sha256_hex(content)}  {name}\n".encode() not in rows for name, content in files):
            raise Malformed("header or figures are not those of the manifest")
        header, figures, period = self.told, self.counted, self.told.period
        if header.kind != names.REPORT or period is None or header.key_id != sshsig.key_id(self.signer):
            raise Malformed("no report of the one who signed it")
        if (figures.unit, figures.starts, figures.ends) != (header.sender.unit, period.starts, period.ends):
            raise Malformed("figures of another unit or period")


def to_bytes(sources: Iterable[Source]) -> bytes:
    """The file, in the order of unit and package. Raises: Malformed when one of them is no signed report."""
    ordered = sorted(sources, key=lambda one: (one.told.sender.unit, one.package_id))
    data = canonical({"schema": fields.SCHEMA, "sources": [_plain(one) for one in ordered]})
    from_bytes(data)
    return data


def from_bytes(data: bytes) -> tuple[Source, ...]:
    """Raises: Malformed; PackageRefused when a newer program is needed."""
    raw = Fields(fields.parse(data))
    raw.take("schema", fields.schema)
    found = raw.take("sources", listed(_source, MOST))
    order = [(one.told.sender.unit, one.package_id) for one in found]
    if order != sorted(set(order)):
        raise Malformed("a source twice, or out of order")
    return found


def check_origin(sources: Iterable[Source], header: Header, trust: TrustList) -> None:
    """Whether each source was sent to the one who sums up, by a key that the list knows as its sender's.

    A key revoked since does no harm: the level between accepted the package before. Raises: PackageRefused.
    """
    for one in sources:
        told, entry = one.told, trust.key(one.signer)
        to = told.receiver.unit if told.receiver else None
        if (told.realm, to) != (header.realm, header.sender.unit):
            raise PackageRefused(Reason.SOURCES, "sent to somebody else")
        if entry is None or (entry.unit, entry.installation) != (told.sender.unit, told.installation):
            raise PackageRefused(Reason.SOURCES, shown=told.sender.name)


def _plain(one: Source) -> dict[str, Any]:
    return {
        "tagmanifest": one.tagmanifest.decode(),
        "manifest": one.manifest.decode(),
        "signature": one.signature.decode(),
        "header": fields.parse(one.header),
        "figures": fields.parse(one.figures),
    }


def _source(value: object) -> Source:
    raw = Fields(value)
    texts = {name: raw.take(name, _tag_file).encode() for name in ("tagmanifest", "manifest", "signature")}
    bodies = {name: raw.take(name, fields.form) for name in ("header", "figures")}
    raw.close()
    found = Source(**texts, **bodies)
    found.check()
    return found
