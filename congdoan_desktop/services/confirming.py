"""The chair's confirmation of a package that an officer made: a second signature, where the province asks for one."""

from __future__ import annotations

from dataclasses import dataclass

from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.packages import names, sshsig
from congdoan_desktop.packages.cosigning import cosigned
from congdoan_desktop.packages.envelope import open_envelope
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff, rows
from congdoan_desktop.storage.files import write_atomically

CONFIRMED = frozenset({names.REPORT, names.CASCADE, names.PLAN})
"""Kinds that a chair may confirm; the others are signed by whoever makes them."""


class ChairMissing(AppError):
    def __init__(self, file_name: str) -> None:
        super().__init__(
            f"Gói {file_name} chưa có xác nhận của chủ tịch, là điều tỉnh yêu cầu.",
            safe="Gói vẫn còn nguyên trong hộp gửi của máy này.",
            todo="Chủ tịch (hoặc phó chủ tịch) mở chương trình bằng tên mình, vào Hộp gửi, bấm “Xác nhận gói”.",
        )


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who signed a package of the outbox, the maker first; `wanted`: it must not leave before a chair has signed."""

    signers: tuple[str, ...]
    wanted: bool
    can_confirm: bool
    """Whether the officer at this desk may add his signature now."""


def of(office: Office, package: handoff.Outgoing) -> Confirmation:
    """How a package of the outbox stands.

    Raises: NotFound when its file is gone.
    """
    publics = open_envelope(_data(office, package)).signers
    known = _known(office)
    entries = [known.get(sshsig.key_line(public), ("Mã không rõ", "")) for public in publics]
    chair = any(role == Role.CHAIR for _, role in entries)
    own = sshsig.public_of(office.identity.key.signing_secret)
    may = office.identity.officer.role == Role.CHAIR and own not in publics and package.kind in CONFIRMED
    return Confirmation(tuple(name for name, _ in entries), not chair and is_asked(office, package.kind), may)


def is_asked(office: Office, kind: str) -> bool:
    """Whether the province asks for a chair's confirmation of such packages."""
    return office.trust is not None and kind in office.trust.chair_signs


def confirm(office: Office, package_id: str) -> Confirmation:
    """Add the signature of the chair at this desk. What was written to a stick before is to be written again.

    Raises: NotAllowed, NotFound, AppError where the kind is not confirmed.
    """
    with office.write(Right.TRUST) as work:
        found = handoff.outgoing(work.connection, package_id)
        if not found:
            raise NotFound("Gói này không còn trong hộp gửi.", todo="Làm lại gói.")
        if found[0].kind not in CONFIRMED:
            raise AppError("Loại gói này không cần chủ tịch xác nhận.", todo="Ghi gói ra USB như thường.")
        before = _data(office, found[0])
        after = cosigned(before, office.identity.key.signing_secret)
        if after != before:
            write_atomically(office.outbox / found[0].file_name, after)
            if found[0].state == handoff.SENT:
                handoff.update_outgoing(work.connection, package_id, state=handoff.MADE)
            work.note("confirm:package", package_id)
    return of(office, found[0])


def refuse_unconfirmed(office: Office, package: handoff.Outgoing) -> None:
    """Raises: ChairMissing where the receiver would refuse the package for want of a chair."""
    if is_asked(office, package.kind) and of(office, package).wanted:
        raise ChairMissing(package.file_name)


def _data(office: Office, package: handoff.Outgoing) -> bytes:
    path = office.outbox / package.file_name
    if not path.is_file():
        raise NotFound("Gói này không còn trong hộp gửi.", todo="Làm lại gói.")
    return path.read_bytes()


def _known(office: Office) -> dict[str, tuple[str, str]]:
    """Key line -> (name and title, role), of the list and of the officers of this computer."""
    listed = (
        {key.signing: (f"{key.name}, {key.title}".strip(", "), key.role) for key in office.trust.keys}
        if office.trust
        else {}
    )
    with office.read() as connection:
        people = {one.id: one for one in rows.officers(connection)}
        here = {
            sshsig.key_line(sshsig.public_of(key.signing_secret)): people[key.officer]
            for key in rows.officer_keys(connection)
        }
    return listed | {line: (f"{one.name}, {one.title}", one.role) for line, one in here.items()}
