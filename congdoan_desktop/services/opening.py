"""First start, unlocking, and opening with the recovery sheet."""

from __future__ import annotations

import unicodedata
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from congdoan_desktop.clock import Clock
from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import one_line
from congdoan_desktop.errors import AppError, Finding, NotFound, ValidationError
from congdoan_desktop.packages import sealing, sshsig, words
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import erasing, shared_files
from congdoan_desktop.services.door import keyring_of
from congdoan_desktop.services.entrance import SHORTEST_PASSPHRASE, FirstStart, unit_of, validate_first_start
from congdoan_desktop.services.office import Identity, Office
from congdoan_desktop.storage import folder as folders
from congdoan_desktop.storage import keyring as keyrings
from congdoan_desktop.storage import rekeyed, rows, schema
from congdoan_desktop.storage.drafts import Drafts
from congdoan_desktop.storage.engine import Database
from congdoan_desktop.storage.files import DiskRefused
from congdoan_desktop.storage.keyring import KdfCost as KdfCost  # noqa: PLC0414 - a re-export: tests lower the cost
from congdoan_desktop.storage.rebuild import create_projections, is_outdated, renew
from congdoan_desktop.storage.unit_of_work import Writer, unit_of_work

STANDARD_COST = KdfCost()


class AlreadyAnOffice(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Thư mục này đã có dữ liệu của một đơn vị.",
            safe="Không có gì bị ghi đè.",
            todo="Mở dữ liệu đó, hoặc chọn thư mục khác.",
        )


@dataclass(frozen=True, slots=True)
class Founded:
    """A new office, open, and the words of its recovery sheet: shown and printed once, kept nowhere."""

    office: Office
    recovery_words: tuple[str, ...]


def found(folder: Path, form: FirstStart, *, clock: Clock | None = None, cost: KdfCost = STANDARD_COST) -> Founded:
    """Make an office in an empty folder: encrypted database, officer's keys, recovery sheet's words.

    Raises: ValidationError, AlreadyAnOffice, FolderInUse, DiskRefused.
    """
    findings = validate_first_start(form)
    if findings:
        raise ValidationError(findings)
    folders.make_private(folder)
    with folders.FolderLock(folder):
        if folders.is_office(folder):
            raise AlreadyAnOffice
        recovery = keyrings.new_recovery_secret()
        _make(folder, form, clock or Clock(), cost, recovery)
    officer_slot = keyrings.load(folder / folders.KEYRING).slots[0].name
    office = unlock(folder, officer_slot, form.passphrase, clock=clock)
    return Founded(office, words.encode(recovery))


def unlock(
    folder: Path, slot: str, passphrase: str, *, clock: Clock | None = None, progress: Progress | None = None
) -> Office:
    """Open the office as the officer of a slot. `progress` tells of tables that an update makes to be computed anew.

    Stopped or killed meanwhile, the tables are as they were, and the next opening begins again.

    Raises: WrongPassphrase, FolderInUse, NewerDatabase, DatabaseUnreadable, MigrationFailed, Cancelled.
    """
    keyring = keyring_of(folder)
    key = keyring.open(slot, secret_of(passphrase))
    office = _open(folder, slot, key, clock or Clock(), progress or Progress())
    with suppress(DiskRefused):  # then at the next opening
        _let_follow(folder, slot, secret_of(passphrase), key)
    return office


def _let_follow(folder: Path, slot: str, secret: bytes, key: bytes) -> None:
    """A slot of the first format gets the public half for which a later key can be sealed."""
    keyring = keyrings.load(folder / folders.KEYRING)
    held = next((one for one in keyring.slots if one.name == slot), None)
    if held is not None and not held.public:
        cost = KdfCost(held.memory_kib, held.passes, held.lanes)
        keyrings.save(keyring.with_slot(slot, held.label, secret, key, cost), folder / folders.KEYRING)


def recover(
    folder: Path,
    typed_words: str,
    slot: str,
    passphrase: str,
    *,
    clock: Clock | None = None,
    cost: KdfCost = STANDARD_COST,
    progress: Progress | None = None,
) -> Office:
    """Open with the recovery sheet and give the officer of `slot` a new passphrase.

    Raises: WrongPassphrase, ValidationError and those of `unlock`.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ValidationError((Finding("passphrase", f"Mật khẩu cần ít nhất {SHORTEST_PASSPHRASE} ký tự."),))
    path = folder / folders.KEYRING
    keyring = keyring_of(folder)
    try:
        secret = words.decode(typed_words)
    except ValueError as error:
        raise ValidationError((Finding("words", str(error)),)) from error
    key = keyring.open(keyrings.RECOVERY_SLOT, secret)
    office = _open(folder, slot, key, clock or Clock(), progress or Progress())
    try:
        label = office.identity.officer.name
        keyrings.save(keyring.with_slot(slot, label, secret_of(passphrase), key, cost), path)
    except BaseException:
        office.close()
        raise
    return office


def secret_of(passphrase: str) -> bytes:
    """The same bytes whichever way an input method composes the letters (D12)."""
    return unicodedata.normalize("NFC", passphrase).encode()


def new_recovery(office: Office, *, cost: KdfCost = STANDARD_COST) -> tuple[str, ...]:
    """The words of a new recovery sheet; the old sheet opens nothing from now on.

    Raises: NotAllowed.
    """
    secret = keyrings.new_recovery_secret()
    path = office.folder / folders.KEYRING
    with office.write(Right.TRUST) as work:
        work.note("recovery", "sheet")
    keyring = keyrings.load(path).with_slot(
        keyrings.RECOVERY_SLOT, "Phiếu khôi phục", secret, office.database_key, cost
    )
    keyrings.save(keyring, path)
    return words.encode(secret)


def _make(folder: Path, form: FirstStart, clock: Clock, cost: KdfCost, recovery: bytes) -> None:
    """The database gets its name last: until then the folder is not an office yet and can be started again."""
    key = keyrings.new_key()
    officer = rows.Officer(new_id(), one_line(form.officer_name), one_line(form.officer_title), form.role)
    database_path = folders.begin_founding(folder)
    schema.create(database_path, key)
    database = Database(database_path, key)
    try:
        _fill(database, form, officer, clock)
    finally:
        database.close()
    keyring = keyrings.Keyring(form.realm, one_line(form.unit_name))
    keyring = keyring.with_slot(officer.id, officer.name, secret_of(form.passphrase), key, cost)
    keyring = keyring.with_slot(keyrings.RECOVERY_SLOT, "Phiếu khôi phục", recovery, key, cost)
    keyrings.save(keyring, folder / folders.KEYRING)
    folders.finish_founding(folder)


def _fill(database: Database, form: FirstStart, officer: rows.Officer, clock: Clock) -> None:
    unit_id, installation = new_id(), new_id()
    with database.write() as connection:
        create_projections(connection)
        rows.add_officer(connection, officer, new_officer_key(officer.id))
        rows.set_settings(
            connection,
            {"realm": form.realm, "unit": unit_id, "installation": installation},
        )
    with unit_of_work(database, Writer(officer.id, unit_id, installation, {}, None), clock) as work:
        work.put(unit_of(form, unit_id))


def new_officer_key(officer: str) -> rows.OfficerKey:
    """Fresh keys for an officer of this computer."""
    secret = sshsig.new_secret()
    age_secret, recipient = sealing.new_identity()
    return rows.OfficerKey(sshsig.key_id(sshsig.public_of(secret)), officer, secret, age_secret, recipient)


def _open(folder: Path, officer: str, key: bytes, clock: Clock, progress: Progress) -> Office:
    with ExitStack() as undo:
        lock = undo.enter_context(folders.FolderLock(folder))
        folders.finish_founding(folder)
        rekeyed.finish(folder)
        folders.forget_copies(folder)
        path = folder / folders.DATABASE
        schema.prepare(path, key)
        database = Database(path, key)
        undo.callback(database.close)
        with database.read() as connection:
            identity = _identity(connection, officer)
            body = rows.latest_trust(connection)
            outdated = is_outdated(connection)
        drafts = Drafts(folder, key)
        undo.callback(drafts.close)
        trust = TrustList.from_bytes(body) if body else None
        office = Office(folder, database, drafts, identity, clock, lock, key, trust)
        if outdated:
            with office.write(Right.READ) as work:
                renew(work, progress)
        erasing.after_restore(office)
        if office.pictures.is_unswept:
            office.sweep_pictures()
        shared_files.use(office)
        undo.pop_all()
    return office


def _identity(connection: Connection, officer: str) -> Identity:
    settings = rows.settings(connection)
    who = next((o for o in rows.officers(connection) if o.id == officer), None)
    key = next((k for k in rows.officer_keys(connection) if k.officer == officer), None)
    if who is None or key is None:
        raise NotFound("Không có cán bộ này trong dữ liệu của đơn vị.", todo="Chọn tên cán bộ trong danh sách.")
    return Identity(settings["realm"], settings["unit"], settings["installation"], who, key)
