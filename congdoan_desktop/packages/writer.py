"""From header and content to the bytes of a package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from congdoan_desktop.domain.canonical import canonical, sha256_hex
from congdoan_desktop.packages import bag, container, names, sealing, sshsig
from congdoan_desktop.packages import lines as sealed_lines
from congdoan_desktop.packages.envelope import check_contents
from congdoan_desktop.packages.header import Header


@dataclass(frozen=True, slots=True)
class BuiltPackage:
    """A finished package. `report_id` is None where it has no figures; `header` holds the exact bytes inside."""

    data: bytes
    package_id: str
    report_id: str | None
    file_name: str
    header: bytes


def build(
    header: Header,
    *,
    signer: bytes,
    cosigners: Sequence[bytes] = (),
    recipients: Iterable[str] = (),
    figures: Mapping[str, Any] | None = None,
    pdf: bytes | None = None,
    lines: Iterable[dict[str, Any]] | None = None,
    clear: Mapping[str, bytes] | None = None,
) -> BuiltPackage:
    """Seal, describe, sign and pack.

    `signer` and `cosigners` are raw Ed25519 secrets; `lines` the sealed lines without the binding; `clear` further
    files by their full name (`data/trust.json`). `report_id` and `sealed_size` of the header are filled in.

    Raises: Malformed (a ValueError) or PackageRefused when the content is not what FORMAT.md allows.
    """
    payload = dict(clear or {})
    if figures is not None:
        payload[names.FIGURES] = canonical(dict(figures))
        header = replace(header, report_id=sha256_hex(payload[names.FIGURES]))
    if pdf is not None:
        payload[names.PDF] = pdf
    if lines is not None:
        opened = _checked_lines(header, lines)
        payload[names.RECORDS] = sealing.seal(opened, recipients)
        header = replace(header, sealed_size=len(opened))
    check_contents(header, payload)
    return _pack(header, payload, (signer, *cosigners))


def _checked_lines(header: Header, content: Iterable[dict[str, Any]]) -> bytes:
    opened = sealed_lines.join((header.binding(), *content))
    sealed_lines.check(opened)
    return opened


def _pack(header: Header, payload: dict[str, bytes], secrets: Sequence[bytes]) -> BuiltPackage:
    header_bytes = header.to_bytes()
    payload = {**payload, names.HEADER: header_bytes}
    tags = bag.tag_files(header.top, payload)
    space = names.namespace(header.kind)
    signatures = {
        f"signatures/{number}.sig": sshsig.sign(secret, tags[names.TAGMANIFEST], space).encode()
        for number, secret in enumerate(secrets, 1)
    }
    return BuiltPackage(
        data=container.pack(header.top, {**payload, **tags, **signatures}),
        package_id=sha256_hex(tags[names.TAGMANIFEST]),
        report_id=header.report_id,
        file_name=header.top + names.SUFFIX,
        header=header_bytes,
    )
