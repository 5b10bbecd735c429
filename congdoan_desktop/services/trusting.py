"""Enrolment and trust: who may write packages to whom, compared on paper and by eight words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from congdoan_desktop.domain.bodies import facts_now, needs_newer
from congdoan_desktop.domain.records import join
from congdoan_desktop.domain.roles import RIGHTS, Right, Role
from congdoan_desktop.domain.shared_files import SharedFile
from congdoan_desktop.domain.text import person_sort_key, sort_key
from congdoan_desktop.domain.units import GRASSROOTS, Baseline, Department, OrgEvent, Unit
from congdoan_desktop.errors import AppError, Finding, NotFound, ValidationError
from congdoan_desktop.packages import words
from congdoan_desktop.packages.acceptance import accept_first, accept_next
from congdoan_desktop.packages.bodies import Enrolment
from congdoan_desktop.packages.names import ENROLMENT, ENROLMENT_BODY, TRUST_BODY
from congdoan_desktop.packages.reader import VerifiedPackage, check_own
from congdoan_desktop.packages.refusals import PackageRefused, Reason
from congdoan_desktop.packages.trust import KeyEntry, TrustList, UnitEntry
from congdoan_desktop.services import importing, incoming, key_closing, pending_key, staff
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.outgoing import Content, NotEnrolled, party, revision_lines, send
from congdoan_desktop.storage import handoff, rows, tables
from congdoan_desktop.storage.custody import TREE_TYPES
from congdoan_desktop.storage.rebuild import settle_foreign
from congdoan_desktop.storage.unit_of_work import UnitOfWork

ORGANISATION = (*TREE_TYPES, Department.TYPE, Baseline.TYPE, SharedFile.TYPE)
"""What the list of keys brings along: the tree, the departments that papers of its unions are addressed through, the
frozen lists that targets are measured on, and what is given down of catalogues and forms.
"""


class WordsDiffer(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Tám từ vừa gõ khác với tám từ của tệp này.",
            safe="Chưa có gì được công nhận.",
            todo="So lại với phiếu giấy có dấu. Nếu phiếu và tệp không khớp, đừng công nhận: hỏi lại đơn vị.",
        )


@dataclass(frozen=True, slots=True)
class EnrolmentSeen:
    """An enrolment file as read: who asks, and the words its stamped sheet must show."""

    path: Path
    package_id: str
    unit: Unit
    officer_name: str
    officer_title: str
    words: tuple[str, ...]
    already: bool
    """Every key of it is known, and none of them is given up that still counts."""
    officers: tuple[str, ...]
    """Name and title of all whom it names."""
    vouched: bool
    """A key that counts vouches for the new ones of the same officer: no paper is needed."""
    gives_up: bool
    """Its keys are known, and one that still counts is given up by its own word."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as listed on the page "Khoá và tin cậy"."""

    unit_name: str
    officer: str
    title: str
    installation: str
    revoked: bool
    own: bool
    key_id: str
    root: bool


def write_enrolment(office: Office) -> handoff.Outgoing:
    """Our enrolment file for the upper union, into the outbox: our unit's own record, and the keys of all officers of
    this computer who may sign. Each signs it, so that nobody enrols a key he does not hold.
    """
    with office.write(Right.ISSUE) as work:
        winner = work.history(office.identity.unit).winner
        assert winner is not None
        named = staff.keys(office, rows.officers(work.connection), rows.officer_keys(work.connection))
        body = Enrolment(winner, tuple(key for key, _ in named)).to_bytes()
        others = tuple(secret for _, secret in named[1:])
        return send(office, work, Content("enrolment", None, (), clear={ENROLMENT_BODY: body}, cosigners=others))


def enrolment_words(office: Office, package: handoff.Outgoing) -> tuple[str, ...]:
    """The eight words for the stamped sheet of an enrolment made here."""
    envelope = check_own((office.outbox / package.file_name).read_bytes(), package.package_id)
    return words.words_of(_digest(envelope.clear))


def enrolled(office: Office, package: handoff.Outgoing) -> tuple[tuple[str, str, str], ...]:
    """(name, title, role) of all whom an enrolment made here names."""
    envelope = check_own((office.outbox / package.file_name).read_bytes(), package.package_id)
    keys = Enrolment.from_bytes(envelope.clear[ENROLMENT_BODY]).keys
    return tuple(dict.fromkeys((key.name, key.title, key.role) for key in keys))


def read_enrolment(office: Office, path: Path) -> EnrolmentSeen:
    """Raises: PackageRefused when the file is damaged; AppError when it is no enrolment."""
    return seen_of(office, path, incoming.verified(office, path))


def approve(office: Office, path: Path, typed_words: str, *, decision: str = "", under: str = "") -> EnrolmentSeen:
    """Admit a union whose sheet was compared: its keys join the trust list and it stands under us from today.

    `typed_words`: the eight words of its sheet, or what the sheet's QR code says. `under`: a union of the list under
    which it stands instead, as a CĐCS does under its upper union; that one needs the new list too. A union that stands
    in the list already stays where it is and gets further keys. The same file again changes nothing.

    Raises: WordsDiffer, PackageRefused, NotAllowed, NotFound for an unknown `under`, AppError off the root.
    """
    package = incoming.verified(office, path)
    seen = seen_of(office, path, package)
    if seen.unit.unit == office.identity.unit:
        raise AppError(
            "Tệp đăng ký này mang mã của chính đơn vị ta.",
            safe="Chưa có gì được công nhận.",
            todo="Không công nhận tệp này; hỏi lại đơn vị gửi.",
        )
    compare_words(package, typed_words)
    if came_before(office, package):
        return seen
    assert package.enrolment is not None
    held = office.trust.unit(seen.unit.unit) if office.trust else None
    above = under or (held.parent if held else None) or office.identity.unit
    trust = signed_here(office, above).with_unit(
        UnitEntry(seen.unit.unit, seen.unit.code, seen.unit.name, above), package.enrolment.keys
    )
    stays = held is not None and held.parent == above
    event = OrgEvent(office.identity.unit, "enrol", seen.unit.unit, above, office.clock.today(), decision)
    put_on(office, trust, package, path.name, None if stays else event)
    return seen


def put_on(
    office: Office, trust: TrustList, package: VerifiedPackage, file_name: str, event: OrgEvent | None = None
) -> None:
    """Keep an enrolment and the list that follows from it; `event` says where a new union stands."""
    assert package.enrolment is not None
    revision = package.enrolment.revision
    with office.write(Right.TRUST) as work:
        store(office, work, trust)
        importing.keep(office, work, package, file_name, handoff.ACCEPTED)
        work.ledger.add(revision, None, local=False)
        handoff.add_delivered(work.connection, package.package_id, [revision.hash])
        if event is not None:
            work.put(event)
        settle_foreign(work)
        work.note("approve:enrolment", revision.unit)
    office.trust = trust


def vouched(office: Office, keys: tuple[KeyEntry, ...]) -> bool:
    """Whether a key that counts vouches for all the others of an enrolment, of the same officer and computer."""
    known = {key.signing: key for key in office.trust.keys} if office.trust else {}
    active = [known[key.signing] for key in keys if key.signing in known and known[key.signing].revoked_from is None]
    return bool(active) and {_who(key) for key in keys} == {_who(active[0])}


def _who(key: KeyEntry) -> tuple[str, str, str, str]:
    return key.unit, key.installation, key.officer, key.role


def compare_words(package: VerifiedPackage, typed: str) -> None:
    """Hold an enrolment against its stamped sheet. A scanner types all of its QR code: what it is of, id, words.

    Raises: WordsDiffer.
    """
    kind, id_, *told = [*typed.split(), "", ""]
    scanned = kind == ENROLMENT and id_ == package.package_id
    if not words.same_words(" ".join(told) if scanned else typed, _digest(package.clear)):
        raise WordsDiffer


def signed_here(office: Office, above: str) -> TrustList:
    """The list to be gone on with, where its root's key lies: what others add to it nobody else would take on."""
    trust = _trust(office)
    if trust.root_unit != office.identity.unit:
        raise AppError(
            "Chỉ Liên đoàn Lao động tỉnh công nhận được đơn vị mới.",
            safe="Chưa có gì được công nhận.",
            todo="Chuyển tệp đăng ký và phiếu giấy lên tỉnh; tỉnh công nhận và ghi rõ đơn vị đứng dưới công đoàn nào.",
        )
    if staff.root_secret(office) is None:
        raise AppError(
            "Khoá gốc của tỉnh nằm ở máy khác, nên máy này không sửa được danh sách tin cậy.",
            safe="Chưa có gì được công nhận.",
            todo="Chuyển tệp đăng ký và phiếu giấy sang máy giữ khoá gốc của tỉnh.",
        )
    if trust.unit(above) is None:
        raise NotFound("Công đoàn cấp trên này chưa được công nhận.", todo="Công nhận công đoàn cấp trên trước.")
    return trust


def came_before(office: Office, package: VerifiedPackage) -> bool:
    """Whether this very file was admitted already: once more would only raise the version of the trust list."""
    with office.read() as connection:
        return bool(handoff.incoming(connection, package.package_id))


def write_trust(office: Office, unit: str) -> handoff.Outgoing:
    """The answer to an enrolment: the signed list of keys and the organisation tree, for one union.

    Raises: NotEnrolled.
    """
    if office.trust is None:
        raise NotEnrolled("đơn vị này")
    with office.write(Right.TRUST) as work:
        content = Content(
            "trust",
            party(work, unit),
            office.trust.recipients(unit),
            revision_lines(work, organisation(work)),
            clear={TRUST_BODY: office.trust.to_bytes()},
        )
        return send(office, work, content)


def organisation(work: UnitOfWork) -> list[str]:
    """The records that the list of keys brings along, deleted ones too."""
    table = tables.revisions.c
    query = select(table.record).where(table.type.in_(ORGANISATION), table.state == "accepted").distinct()
    return sorted(work.connection.execute(query).scalars())


def root_words(office: Office) -> tuple[str, ...]:
    """The eight words of the root key for the province's stamped sheet. Makes the trust list when there is none.

    Raises: NotAllowed.
    """
    return words.words_of(_trust(office).root_digest)


def accept_trust(office: Office, path: Path, typed_words: str = "") -> int:
    """Accept a trust file, the first only with the root's eight words from the stamped sheet. Returns its version.

    Raises: WordsDiffer, ValidationError, PackageRefused.
    """
    return accept(office, incoming.verified(office, path), path.name, typed_words)


def accept(office: Office, package: VerifiedPackage, file_name: str, typed_words: str) -> int:
    """`accept_trust` for a package that was verified already."""
    offered = package.trust
    if offered is None:
        raise _not_that_kind("tệp tin cậy")
    if office.trust is None:
        if not typed_words.strip():
            raise ValidationError((Finding("words", "Gõ tám từ trên phiếu có dấu của Liên đoàn Lao động tỉnh."),))
        _take_on(office, accept_first(offered, typed_words, office.identity.realm))
    else:
        take_next(office, offered)
    incoming.take(office, package, file_name)
    return offered.version


def take_next(office: Office, offered: TrustList) -> None:
    """Take on a later list than ours, out of a package that was verified; the same list changes nothing.

    Raises: PackageRefused for another root or an older version, NotAllowed.
    """
    assert office.trust is not None
    accepted = accept_next(office.trust, offered)
    if accepted.version > office.trust.version:
        _take_on(office, accepted)


def _take_on(office: Office, accepted: TrustList) -> None:
    with office.write(Right.TRUST) as work:
        store(office, work, accepted)
        identity, changed = pending_key.adopt(work, office.identity, accepted)
        renewed = replace(office, identity=identity, trust=accepted)
        _mark_enrolments_answered(renewed, work, accepted)
        for before, after in changed:
            key_closing.declare(renewed, work, before, after)
        if office.trust is None or _judges(office.trust) != _judges(accepted):
            settle_foreign(work)
    office.trust, office.identity = accepted, identity


def _judges(trust: TrustList) -> tuple[str, Mapping[str, str]]:
    """What revisions are judged by. Names, places and revocations of a list decide about packages alone."""
    return trust.root_unit, trust.installations


def _mark_enrolments_answered(office: Office, work: UnitOfWork, trust: TrustList) -> None:
    """Our key stands in the list, so the upper union has our enrolment: it waits for no receipt.

    One that gives up a key is answered when the list lets that key count no more.
    """
    if office.identity.key.key_id not in {key.key_id for key in trust.keys}:
        return
    for package in handoff.outgoing(work.connection):
        if package.kind == ENROLMENT and not key_closing.waits(office, package):
            handoff.update_outgoing(work.connection, package.package_id, state=handoff.RECEIVED)


def keys(office: Office) -> list[KeyRow]:
    """Every key of the trust list, ours first."""
    if office.trust is None:
        return []
    with office.read() as connection:
        units = office.tree(connection).units
    rows_ = [
        KeyRow(
            units[key.unit].name if key.unit in units else key.unit,
            key.name,
            key.title,
            key.installation,
            key.revoked_from is not None,
            key.key_id == office.identity.key.key_id,
            key.key_id,
            key.signing == office.trust.root,
        )
        for key in office.trust.keys
    ]
    return sorted(rows_, key=lambda row: (not row.own, sort_key(row.unit_name), person_sort_key(row.officer)))


def uppers(office: Office) -> list[tuple[str, str]]:
    """(id, name) of the unions of the list under which another one may stand, in Vietnamese order; not ourselves."""
    if office.trust is None:
        return []
    with office.read() as connection:
        units = office.tree(connection).units
    known = ((one.unit, units[one.unit]) for one in office.trust.units if one.unit in units)
    above = [(id_, unit.name) for id_, unit in known if unit.level != GRASSROOTS and id_ != office.identity.unit]
    return sorted(above, key=lambda one: sort_key(one[1]))


def is_trusted(office: Office) -> bool:
    return office.trust is not None


def seen_of(office: Office, path: Path, package: VerifiedPackage) -> EnrolmentSeen:
    """Raises: AppError when it is no enrolment, PackageRefused when a newer program wrote the unit's record."""
    if package.enrolment is None:
        raise _not_that_kind("tệp đăng ký")
    revision, keys, key = package.enrolment.revision, package.enrolment.keys, package.key
    if needs_newer(revision):  # a unit of which nothing can be read could not be named in the answer
        raise PackageRefused(Reason.NEWER)
    unit = join(Unit, revision.unit, facts_now(revision), None)
    listed = {one.signing for one in office.trust.keys} if office.trust else set()
    known = {one.signing for one in keys} <= listed
    ends = office.trust is not None and bool(key_closing.still_counting(office.trust, package.enrolment))
    return EnrolmentSeen(
        path, package.package_id, unit, key.name, key.title, words.words_of(_digest(package.clear)),
        known and not ends, tuple(dict.fromkeys(f"{one.name}, {one.title}" for one in keys)),
        vouched(office, keys), known and ends,
    )  # fmt: skip


def _digest(clear: Mapping[str, bytes]) -> bytes:
    return hashlib.sha256(clear[ENROLMENT_BODY]).digest()


def own_key(office: Office) -> KeyEntry:
    """Our keys as a list names them."""
    return staff.entry(office, office.identity.officer, office.identity.key)


def signs_list(office: Office) -> bool:
    """Whether this officer may sign the list of keys, and holds the key that it is signed with."""
    may = Right.TRUST in RIGHTS[Role(office.identity.officer.role)]
    return may and office.trust is not None and office.trust.root == own_key(office).signing


def _trust(office: Office) -> TrustList:
    """The accepted trust list; a province without one becomes its root now."""
    if office.trust is None:
        with office.write(Right.TRUST) as work:
            unit = work.custody.tree.units[office.identity.unit]
            trust = TrustList.first(UnitEntry(unit.unit, unit.code, unit.name, None), own_key(office))
            store(office, work, trust)
        office.trust = trust
    return office.trust


def store(office: Office, work: UnitOfWork, trust: TrustList) -> None:
    """Keep a list in the caller's transaction, and judge by it from now on."""
    rows.add_trust(work.connection, trust.version, office.clock.now().isoformat(), trust.to_bytes())
    work.custody.trust(trust.installations, trust.root_unit)
    work.note("trust", str(trust.version))


def _not_that_kind(name: str) -> AppError:
    return AppError(f"Đây không phải {name}.", safe="Không có gì thay đổi.", todo=f"Chọn đúng {name} trên USB.")
