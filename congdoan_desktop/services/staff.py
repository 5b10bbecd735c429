"""Who works at this computer: each officer has a passphrase and keys of his own, in the one encrypted database."""

from __future__ import annotations

from dataclasses import dataclass

from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.roles import Right, Role
from congdoan_desktop.domain.text import one_line, person_sort_key
from congdoan_desktop.errors import AppError, NotFound, ValidationError
from congdoan_desktop.packages import sshsig
from congdoan_desktop.packages.trust import KeyEntry
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import database_key
from congdoan_desktop.services.entrance import NewOfficer, validate_officer
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.opening import STANDARD_COST, new_officer_key, secret_of
from congdoan_desktop.storage import folder as folders
from congdoan_desktop.storage import keyring as keyrings
from congdoan_desktop.storage import rekeying, rows
from congdoan_desktop.storage.keyring import KdfCost

MOST = 9
"""Officers of one computer: as many as an enrolment names."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer who may open this office. `standing`: what the trust list says of his key, a word of `STANDINGS`."""

    id: str
    name: str
    title: str
    role: str
    key_id: str
    own: bool
    standing: str


TRUSTED, REVOKED, UNKNOWN = "trusted", "revoked", "unknown"
STANDINGS = {TRUSTED: "Mã đã được công nhận", REVOKED: "Mã đã bị thu hồi", UNKNOWN: "Mã chưa được công nhận"}


def listing(office: Office) -> list[Colleague]:
    """Everybody who may open this office, ourselves first."""
    with office.read() as connection:
        people = {one.id: one for one in rows.officers(connection)}
        keys = rows.officer_keys(connection)
    own = office.identity.officer.id
    found = [
        Colleague(one.id, one.name, one.title, one.role, key.key_id, one.id == own, standing(office, key.key_id))
        for key in keys
        if (one := people.get(key.officer)) is not None
    ]
    return sorted(found, key=lambda one: (not one.own, person_sort_key(one.name)))


def standing(office: Office, key_id: str) -> str:
    """What the trust list says of a key."""
    listed = [key for key in office.trust.keys if key.key_id == key_id] if office.trust else []
    if not listed:
        return UNKNOWN
    return TRUSTED if listed[0].revoked_from is None else REVOKED


def add(office: Office, form: NewOfficer, *, cost: KdfCost = STANDARD_COST) -> str:
    """One more officer of this computer, with a passphrase and keys of his own. Returns his id.

    His packages count above only when an enrolment with his key was admitted (`trusting.write_enrolment`).

    Raises: ValidationError, NotAllowed, AppError when there are nine.
    """
    findings = validate_officer(form)
    if findings:
        raise ValidationError(findings)
    officer = rows.Officer(new_id(), one_line(form.officer_name), one_line(form.officer_title), form.role)
    path = office.folder / folders.KEYRING
    before = keyrings.load(path)
    try:
        with office.write(Right.TRUST) as work:
            if len(rows.officer_keys(work.connection)) >= MOST:
                raise AppError(f"Máy này đã có {MOST} cán bộ.", todo="Bỏ người không còn làm việc này rồi thêm lại.")
            rows.add_officer(work.connection, officer, new_officer_key(officer.id))
            work.note("officer:add", officer.id)
            secret = secret_of(form.passphrase)
            keyrings.save(before.with_slot(officer.id, officer.name, secret, office.database_key, cost), path)
    except BaseException:
        keyrings.save(before, path)
        raise
    return officer.id


def remove(office: Office, officer: str, progress: Progress | None = None) -> None:
    """An officer opens this office no more: he goes, and the database gets a key that he never knew.

    His name stays in the history; the province is to revoke his key. Where changing the key was stopped he is
    gone all the same, and `database_key.is_due` says that it is to be done again.

    Raises: NotFound, NotAllowed, CannotFollow, Cancelled, DiskRefused, AppError for oneself and for whoever holds the
        province's root.
    """
    if officer == office.identity.officer.id:
        raise AppError(
            "Không bỏ được chính mình.", safe="Không có gì thay đổi.", todo="Nhờ người quản trị khác của đơn vị làm."
        )
    path = office.folder / folders.KEYRING
    with office.write(Right.TRUST) as work:
        held = [key for key in rows.officer_keys(work.connection) if key.officer == officer]
        if not held:
            raise NotFound("Không có cán bộ này trên máy.", todo="Xem lại danh sách cán bộ.")
        if office.trust is not None and office.trust.root in map(_line_of, held):
            raise AppError(
                "Cán bộ này giữ khoá gốc của tỉnh; bỏ đi thì không ai sửa được danh sách tin cậy nữa.",
                safe="Không có gì thay đổi.",
                todo="Nhận giữ khoá gốc ở thẻ Khoá và tin cậy trước, rồi bỏ cán bộ này.",
            )
        database_key.refuse_where_one_cannot_follow(office, but=officer)
        rows.remove_key(work.connection, officer)
        rows.set_settings(work.connection, {rekeying.DUE: officer})
        work.note("officer:remove", officer)
    keyrings.save(keyrings.load(path).without_slot(officer), path)
    database_key.change(office, progress)


def keys(office: Office, officers: list[rows.Officer], held: list[rows.OfficerKey]) -> list[tuple[KeyEntry, bytes]]:
    """(entry, secret) of all who may sign here, ourselves first: what an enrolment names."""
    people = {one.id: one for one in officers if one.role != Role.VIEWER}
    found = [(entry(office, people[key.officer], key), key.signing_secret) for key in held if key.officer in people]
    own = office.identity.officer.id
    return sorted(found, key=lambda pair: (pair[0].officer != own, pair[0].name))


def entry(office: Office, officer: rows.Officer, key: rows.OfficerKey) -> KeyEntry:
    """An officer's keys as a list names them."""
    identity = office.identity
    return KeyEntry(
        unit=identity.unit,
        installation=identity.installation,
        realm=identity.realm,
        officer=officer.id,
        name=officer.name,
        title=officer.title,
        role=officer.role,
        key_id=key.key_id,
        signing=_line_of(key),
        age=key.age_recipient,
    )


def root_secret(office: Office) -> bytes | None:
    """The secret of the list's root, where an officer of this computer holds it."""
    if office.trust is None:
        return None
    with office.read() as connection:
        held = {_line_of(key): key.signing_secret for key in rows.officer_keys(connection)}
    return held.get(office.trust.root)


def _line_of(key: rows.OfficerKey) -> str:
    return sshsig.key_line(sshsig.public_of(key.signing_secret))
