"""The chair confirms at another computer of the union: the package travels there and back on a stick.

It lies where no receiver looks (`stick.TO_SIGN`), and leaves for its receiver out of the outbox that made it. What is
sealed in it opens only there; who, to whom, how much, the figures and the printed report stand in clear.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages import names
from congdoan_desktop.packages.acceptance import known_signers
from congdoan_desktop.packages.bodies import Figures
from congdoan_desktop.packages.cosigning import cosigned, merged
from congdoan_desktop.packages.envelope import Envelope, open_envelope
from congdoan_desktop.packages.refusals import PackageRefused, Reason, refusing
from congdoan_desktop.packages.trust import KeyEntry, TrustList
from congdoan_desktop.services import confirming, stick
from congdoan_desktop.services.confirming import CONFIRMED, Confirmation
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.projections import current


class Turn(StrEnum):
    """Whose turn it is with a package of our union that lies on a stick."""

    SIGN = "sign"
    """The chair at this desk may sign it now."""
    SIGNED = "signed"
    """A chair has signed; it is to go back to the computer that made it."""
    HOME = "home"
    """It was made here, and the copy brings a signature that ours has not."""
    WAITS = "waits"
    """It was made here, and nobody has signed it elsewhere."""
    NOT_OURS = "not-ours"
    """Made at another computer, and the officer at this desk is no chair."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A package of our union as its chair sees it before signing.

    `figures`: (wording of the target, numerator, denominator or None) of the union itself; `records`: how many
    revisions are sealed in it; `pdf`: the printed report inside, where there is one.
    """

    path: Path
    package_id: str
    kind: str
    about: str | None
    receiver: str
    officer: str
    subject: str
    period: str
    made_at: str
    records: int
    signers: tuple[str, ...]
    figures: tuple[tuple[str, int, int | None], ...]
    pdf: bytes | None
    turn: Turn


def carry(office: Office, package_id: str, folder: Path) -> Path:
    """Write a package of the outbox to a stick for the chair at another computer of ours. Its state stays.

    Raises: StickProblem, NotFound, NotAllowed, AppError where the kind is not confirmed.
    """
    office.require(Right.ISSUE)
    with office.read() as connection:
        package = confirming.to_be_confirmed(connection, package_id)
    path = stick.write_to_sign(folder, package.file_name, confirming.bytes_of(office, package))
    with office.write(Right.ISSUE) as work:
        work.note("carry:package", package_id)
    return path


def look(office: Office, path: Path) -> Carried | None:
    """What a file is to the chair; None where it is no package of our union that is confirmed.

    Raises: PackageRefused when it is damaged or a signature on it does not count, AppError when it cannot be read.
    """
    envelope = open_envelope(_read(office, path))
    if not _is_ours(office, envelope):
        return None
    keys, header = _signers(office, envelope), envelope.header
    with office.read() as connection:
        held = handoff.outgoing(connection, envelope.package_id)
        campaign = _campaign(connection, header.about or "")
    return Carried(
        path, envelope.package_id, header.kind, header.about, header.receiver.name if header.receiver else "",
        f"{header.officer_name}, {header.officer_title}".strip(", "), campaign.title if campaign else "",
        header.period.name if header.period else "", header.made_at, header.counts.get("revision", 0),
        tuple(f"{key.name}, {key.title}".strip(", ") for key in keys), _figures(envelope, campaign),
        envelope.clear.get(names.PDF), _turn(office, envelope, keys, held),
    )  # fmt: skip


def sign(office: Office, path: Path) -> Carried:
    """Add the signature of the chair at this desk to the file; it then goes back to the computer that made it.

    Raises: NotAllowed, StickProblem, PackageRefused, AppError where there is nothing to sign or our key does not count.
    """
    office.require(Right.TRUST)
    found = look(office, path)
    if found is None or found.turn is not Turn.SIGN:
        raise AppError(
            "Gói này không chờ anh (chị) ký xác nhận.",
            safe="Không có gì thay đổi.",
            todo="Chọn gói do máy khác của đơn vị lập và ghi ra USB cho chủ tịch.",
        )
    stick.rewrite(path, cosigned(_read(office, path), office.identity.key.signing_secret))
    with office.write(Right.TRUST) as work:
        work.note("sign:package", found.package_id)
    signed = look(office, path)
    assert signed is not None
    return signed


def bring_home(office: Office, path: Path) -> Confirmation:
    """Take the chair's signature out of a copy into the package of our outbox, which may then leave.

    The copy on the stick has done its work and goes.

    Raises: PackageRefused, NotFound, NotAllowed, AppError when the file cannot be read.
    """
    signed = _read(office, path)
    envelope = open_envelope(signed)
    _signers(office, envelope)
    with office.write(Right.ISSUE) as work:
        package = confirming.to_be_confirmed(work.connection, envelope.package_id)
        confirming.keep_signed(office, work, package, merged(confirming.bytes_of(office, package), signed))
    if path.parent.name == stick.TO_SIGN:
        with suppress(OSError):
            path.unlink()
    return confirming.of(office, package)


def _is_ours(office: Office, envelope: Envelope) -> bool:
    header, identity = envelope.header, office.identity
    return (header.realm, header.sender.unit) == (identity.realm, identity.unit) and header.kind in CONFIRMED


def _signers(office: Office, envelope: Envelope) -> tuple[KeyEntry, ...]:
    return known_signers(_trust(office), envelope.header, envelope.signers)


def _trust(office: Office) -> TrustList:
    if office.trust is None:
        raise PackageRefused(Reason.NO_TRUST)
    return office.trust


def _turn(office: Office, envelope: Envelope, keys: tuple[KeyEntry, ...], held: list[handoff.Outgoing]) -> Turn:
    if held:
        known = open_envelope(confirming.bytes_of(office, held[0])).signers
        return Turn.HOME if set(envelope.signers) - set(known) else Turn.WAITS
    if any(key.role == Role.CHAIR for key in keys):
        return Turn.SIGNED
    chair = office.identity.officer.role == Role.CHAIR
    return Turn.SIGN if chair and confirming.counts(office, _trust(office), envelope.header) else Turn.NOT_OURS


def _figures(envelope: Envelope, campaign: Campaign | None) -> tuple[tuple[str, int, int | None], ...]:
    data = envelope.clear.get(names.FIGURES)
    if data is None:
        return ()
    with refusing(Reason.BODY):
        found = Figures.from_bytes(data)
    named = {one.id: one.level_text or one.wording for one in campaign.targets} if campaign else {}
    own = (one for one in found.figures if one.unit == found.unit)
    return tuple((named.get(one.target, f"Chỉ tiêu {one.target}"), one.numerator, one.denominator) for one in own)


def _campaign(connection: Connection, id_: str) -> Campaign | None:
    found: Campaign | None = current(connection, Campaign.TYPE, id_)
    return found


def _read(office: Office, path: Path) -> bytes:
    try:
        return office.copies.read(path)
    except OSError as error:
        raise AppError(
            f"Không đọc được tệp {path.name}.",
            safe="Không có gì thay đổi.",
            todo="Xem lại đường dẫn, cắm lại USB, hoặc ghi lại gói từ máy đã lập.",
        ) from error
