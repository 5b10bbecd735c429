"""From bytes to a package that may be used. The only maker of `VerifiedPackage` (FORMAT.md, section 13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from congdoan_desktop.packages import lines, names, sealing, sources, sshsig
from congdoan_desktop.packages.acceptance import accept_next, check_direction, signers
from congdoan_desktop.packages.bodies import Enrolment, Figures, Receipt
from congdoan_desktop.packages.envelope import Envelope, open_envelope
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.lines import Told
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason, refusing
from congdoan_desktop.packages.sources import Source
from congdoan_desktop.packages.trust import KeyEntry, TrustList
from congdoan_desktop.turns import with_pauses

_MOST_TOLD = 1024 * 1024
"""Bytes of sealed lines up to which they are kept as read: a quarter of a union takes a tenth of it."""
_LET_IN_EVERY = 64
"""Lines: some milliseconds."""


@dataclass(frozen=True, slots=True)
class VerifiedPackage:
    """A package that is whole, signed by a key that may sign it, for us, and opened.

    A first trust list and an enrolment are signed by a key inside them: they count only after a person compared the
    eight words. `keys` are the signers' entries, the sender's own first.
    """

    envelope: Envelope
    keys: tuple[KeyEntry, ...]
    enrolment: Enrolment | None
    trust: TrustList | None
    figures: Figures | None
    sources: tuple[Source, ...]
    """The packages that a consolidated report was summed up from."""
    receipt: Receipt | None
    opened: bytes | None
    """The sealed lines, unpacked."""
    told: tuple[Told, ...] | None
    """What the revisions among them tell, where they are few."""

    @property
    def package_id(self) -> str:
        return self.envelope.package_id

    @property
    def header(self) -> Header:
        return self.envelope.header

    @property
    def header_bytes(self) -> bytes:
        return self.envelope.header_bytes

    @property
    def key(self) -> KeyEntry:
        """The sender's key."""
        return self.keys[0]

    @property
    def clear(self) -> Mapping[str, bytes]:
        """Name (`data/...`) -> content of the clear files but the header."""
        return self.envelope.clear

    @property
    def pdf(self) -> bytes | None:
        return self.clear.get(names.PDF)

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """The sealed lines after the binding, parsed one by one as they are asked for."""
        return iter(()) if self.opened is None else lines.parsed(self.opened)

    @property
    def revisions(self) -> Iterable[Told]:
        """What the revisions among the sealed lines tell; many are read again, one by one."""
        if self.opened is None or self.told is not None:
            return self.told or ()
        return (line for line in lines.read(self.opened) if isinstance(line, Told))


@dataclass(frozen=True, slots=True)
class _Bodies:
    enrolment: Enrolment | None
    trust: TrustList | None


def read(
    data: bytes,
    *,
    trust: TrustList | None,
    realm: str,
    receiver: str,
    identities: Sequence[str],
    let_in: Callable[[], object] = lambda: None,
) -> VerifiedPackage:
    """Verify and open a package for the unit `receiver`, whose age identities are given.

    let_in: called now and then, where somebody who waits may be served.

    Raises: PackageRefused, and nothing else, for any bytes.
    """
    envelope = open_envelope(data)
    header = envelope.header
    if header.realm != realm:
        raise PackageRefused(Reason.REALM)
    bodies = _bodies(envelope)
    keys = _trusted(envelope, bodies, trust)
    if header.receiver is not None and header.receiver.unit != receiver:
        raise PackageRefused(Reason.RECEIVER, shown=header.receiver.name)
    if trust is not None and header.kind not in (names.ENROLMENT, names.TRUST):
        check_direction(trust, header, receiver)
    figures, rests_on = _figures(envelope), _sources(envelope, trust)
    opened = _opened(envelope, identities)
    told, receipt = _read(header, opened, let_in)
    return VerifiedPackage(envelope, keys, bodies.enrolment, bodies.trust, figures, rests_on, receipt, opened, told)


def read_ahead(package: VerifiedPackage, let_in: Callable[[], object]) -> VerifiedPackage:
    """The package with what its revisions tell, also of many: an import that is begun again does not read them again.

    let_in: as of `read`.
    """
    return replace(package, told=tuple(with_pauses(package.revisions, let_in, _LET_IN_EVERY)))


def check_own(data: bytes, package_id: str) -> Envelope:
    """Check a package made here, after building it or reading it back: whole, signed, and the very one.

    Raises: PackageRefused.
    """
    envelope = open_envelope(data)
    if envelope.package_id != package_id:
        raise PackageRefused(Reason.CHANGED, "another package_id")
    return envelope


def _bodies(envelope: Envelope) -> _Bodies:
    """The files that carry keys: they are looked at before trust, because trust comes out of them."""
    enrolment, trust = envelope.clear.get(names.ENROLMENT_BODY), envelope.clear.get(names.TRUST_BODY)
    with refusing(Reason.BODY):
        return _Bodies(
            Enrolment.from_bytes(enrolment) if enrolment is not None else None,
            TrustList.from_bytes(trust) if trust is not None else None,
        )


def _trusted(envelope: Envelope, bodies: _Bodies, trust: TrustList | None) -> tuple[KeyEntry, ...]:
    header = envelope.header
    if bodies.enrolment is not None:
        return _self_signed(envelope, bodies.enrolment)
    if bodies.trust is not None:
        return _by_its_root(envelope, bodies.trust, trust)
    if trust is None:
        raise PackageRefused(Reason.NO_TRUST)
    return signers(trust, header, envelope.signers)


def _self_signed(envelope: Envelope, enrolment: Enrolment) -> tuple[KeyEntry, ...]:
    """Every key listed has signed, so that nobody enrols a key he does not hold."""
    by_line = {key.signing: key for key in enrolment.keys}
    lines_ = [sshsig.key_line(public) for public in envelope.signers]
    if set(lines_) != set(by_line):
        raise PackageRefused(Reason.UNKNOWN_KEY, "the signers are not the keys enrolled")
    keys = tuple(by_line[line] for line in lines_)
    _check_owner(envelope.header, keys[0])
    return keys


def _by_its_root(envelope: Envelope, new: TrustList, current: TrustList | None) -> tuple[KeyEntry, ...]:
    if new.realm != envelope.header.realm:
        raise PackageRefused(Reason.REALM)
    if current is not None:
        accept_next(current, new)
    if sshsig.key_line(envelope.signers[0]) != new.root:
        raise PackageRefused(Reason.TRUST_ROOT)
    return signers(new, envelope.header, envelope.signers)


def _check_owner(header: Header, key: KeyEntry) -> None:
    if (key.realm, key.unit, key.installation) != (header.realm, header.sender.unit, header.installation):
        raise PackageRefused(Reason.WRONG_UNIT)


def _figures(envelope: Envelope) -> Figures | None:
    data, header = envelope.clear.get(names.FIGURES), envelope.header
    if data is None:
        return None
    with refusing(Reason.BODY):
        figures = Figures.from_bytes(data)
        period = header.period
        if period is None or (figures.starts, figures.ends) != (period.starts, period.ends):
            raise Malformed("figures of another period")
        if figures.unit != header.sender.unit:
            raise Malformed("figures of another unit")
    return figures


def _sources(envelope: Envelope, trust: TrustList | None) -> tuple[Source, ...]:
    data = envelope.clear.get(names.SOURCES)
    if data is None or trust is None:
        return ()
    with refusing(Reason.BODY):
        found = sources.from_bytes(data)
    sources.check_origin(found, envelope.header, trust)
    return found


def _opened(envelope: Envelope, identities: Sequence[str]) -> bytes | None:
    header = envelope.header
    if envelope.sealed is None or header.sealed_size is None:
        return None
    opened = sealing.unseal(envelope.sealed, identities, header.sealed_size)
    with refusing(Reason.LINES):
        if lines.binding(opened) != header.binding():
            raise PackageRefused(Reason.BINDING)
    return opened


def _read(
    header: Header, opened: bytes | None, let_in: Callable[[], object]
) -> tuple[tuple[Told, ...] | None, Receipt | None]:
    """Look at every line; what is kept of it is little, or as little as the lines are."""
    if opened is None:
        return None, None
    with refusing(Reason.LINES):
        checked = with_pauses(lines.read(opened), let_in, _LET_IN_EVERY)
        if len(opened) > _MOST_TOLD:
            return None, _receipt(header, lines.receipts(checked))
        found = list(checked)
        told = tuple(line for line in found if isinstance(line, Told))
        return told, _receipt(header, lines.receipts(found))


def _receipt(header: Header, found: list[dict[str, Any]]) -> Receipt | None:
    if len(found) != (1 if header.kind == names.RECEIPT else 0):
        raise Malformed("a receipt has one receipt line, other packages none")
    receipt = Receipt.of_line(found[0]) if found else None
    if receipt is not None and receipt.package_id != header.about:
        raise Malformed("the receipt answers another package than it says")
    return receipt
