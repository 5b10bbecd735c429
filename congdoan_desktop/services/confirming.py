"""The chair's confirmation of a package that an officer made: a second signature, where the province asks for one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.packages import names, sshsig
from congdoan_desktop.packages.acceptance import key_for
from congdoan_desktop.packages.cosigning import cosigned
from congdoan_desktop.packages.envelope import open_envelope
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.reader import check_own
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff, rows
from congdoan_desktop.storage.files import write_atomically
from congdoan_desktop.storage.unit_of_work import UnitOfWork

CONFIRMED = frozenset({names.REPORT, names.CASCADE, names.PLAN})
"""Kinds that a chair may confirm; the others are signed by whoever makes them."""


class ChairMissing(AppError):
    def __init__(self, file_name: str) -> None:
        super().__init__(
            f"Gói {file_name} chưa có xác nhận của chủ tịch, là điều tỉnh yêu cầu.",
            safe="Gói vẫn còn nguyên trong hộp gửi của máy này.",
            todo="Chủ tịch (hoặc phó chủ tịch) mở chương trình bằng tên mình, vào Hộp gửi, bấm “Xác nhận gói”. Chủ "
            "tịch ở máy khác: bấm “Ghi USB cho chủ tịch ký”.",
        )


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who signed a package of the outbox, the maker first; `wanted`: it must not leave before a chair has signed."""

    signers: tuple[str, ...]
    wanted: bool
    can_confirm: bool
    """Whether the officer at this desk may add his signature now."""
    can_carry: bool
    """Whether a chair who has not signed works at another computer of ours."""


def of(office: Office, package: handoff.Outgoing) -> Confirmation:
    """How a package of the outbox stands.

    Raises: NotFound when its file is gone or damaged.
    """
    publics = open_envelope(bytes_of(office, package)).signers
    known = _known(office)
    entries = [known.get(sshsig.key_line(public), ("Mã không rõ", "")) for public in publics]
    chair = any(role == Role.CHAIR for _, role in entries)
    own = sshsig.public_of(office.identity.key.signing_secret)
    confirmed = package.kind in CONFIRMED
    may = (
        confirmed and office.identity.officer.role == Role.CHAIR and own not in publics and own_counts(office, package)
    )
    away = confirmed and not chair and _has_chair_elsewhere(office)
    return Confirmation(tuple(name for name, _ in entries), not chair and is_asked(office, package.kind), may, away)


def is_asked(office: Office, kind: str) -> bool:
    """Whether the province asks for a chair's confirmation of such packages."""
    return office.trust is not None and kind in office.trust.chair_signs


def confirm(office: Office, package_id: str) -> Confirmation:
    """Add the signature of the chair at this desk. What was written to a stick before is to be written again.

    Raises: NotAllowed, NotFound, AppError where the kind is not confirmed or our key does not count.
    """
    with office.write(Right.TRUST) as work:
        package = to_be_confirmed(work.connection, package_id)
        if not own_counts(office, package):
            raise AppError(
                "Mã của anh (chị) trên máy này chưa được công nhận, nên xác nhận sẽ làm gói bị từ chối.",
                safe="Không có gì thay đổi.",
                todo="Lập tệp đăng ký ở thẻ Khoá và tin cậy, chờ danh sách tin cậy mới rồi xác nhận.",
            )
        keep_signed(office, work, package, cosigned(bytes_of(office, package), office.identity.key.signing_secret))
    return of(office, package)


def keep_signed(office: Office, work: UnitOfWork, package: handoff.Outgoing, data: bytes) -> None:
    """Put a package with a further signature into the outbox; with none nothing changes."""
    if data != bytes_of(office, package):
        write_atomically(office.outbox / package.file_name, data)
        if package.state == handoff.SENT:
            handoff.update_outgoing(work.connection, package.package_id, state=handoff.MADE)
        work.note("confirm:package", package.package_id)


def to_be_confirmed(connection: Connection, package_id: str) -> handoff.Outgoing:
    """Raises: NotFound, AppError where the kind is not confirmed."""
    found = handoff.outgoing(connection, package_id)
    if not found:
        raise NotFound("Gói này không còn trong hộp gửi.", todo="Làm lại gói.")
    if found[0].kind not in CONFIRMED:
        raise AppError("Loại gói này không cần chủ tịch xác nhận.", todo="Ghi gói ra USB như thường.")
    return found[0]


def refuse_unconfirmed(office: Office, package: handoff.Outgoing) -> None:
    """Raises: ChairMissing where the receiver would refuse the package for want of a chair."""
    if is_asked(office, package.kind) and of(office, package).wanted:
        raise ChairMissing(package.file_name)


def bytes_of(office: Office, package: handoff.Outgoing) -> bytes:
    """The file of a package of the outbox, which is still the very one that was made.

    Raises: NotFound when it is gone or damaged.
    """
    try:
        data = (office.outbox / package.file_name).read_bytes()
        check_own(data, package.package_id)
    except FileNotFoundError as error:
        raise NotFound("Gói này không còn trong hộp gửi.", todo="Làm lại gói.") from error
    except (OSError, PackageRefused) as error:
        raise NotFound("Tệp của gói này trong hộp gửi đã hỏng.", todo="Làm lại gói.") from error
    return data


def own_counts(office: Office, package: handoff.Outgoing) -> bool:
    """Whether our signature would count: by one that does not, the receiver refuses the whole package."""
    return office.trust is None or counts(office, office.trust, Header.from_bytes(package.header))


def counts(office: Office, trust: TrustList, header: Header) -> bool:
    """Whether our key is one of the list that may sign a package with this header."""
    try:
        key_for(trust, sshsig.public_of(office.identity.key.signing_secret), header)
    except PackageRefused:
        return False
    return True


def _has_chair_elsewhere(office: Office) -> bool:
    here = office.identity.installation
    return office.trust is not None and any(
        key.unit == office.identity.unit and key.role == Role.CHAIR and key.installation != here
        for key in office.trust.keys
        if key.revoked_from is None
    )


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
