"""Enrolment and trust: who may write packages to whom, compared on paper and by eight words."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.revisions import revision_of
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.units import OrgEvent, Unit
from congdoan_desktop.errors import AppError, Finding, ValidationError
from congdoan_desktop.packages import sshsig, words
from congdoan_desktop.packages.header import Party
from congdoan_desktop.packages.trust import KeyEntry, TrustList, accept_first, accept_next
from congdoan_desktop.services import incoming
from congdoan_desktop.services.office import Office, installations_of
from congdoan_desktop.services.outgoing import Content, NotEnrolled, party, revision_lines, send
from congdoan_desktop.storage import handoff, rows, tables
from congdoan_desktop.storage.custody import TREE_TYPES
from congdoan_desktop.storage.rebuild import settle_foreign
from congdoan_desktop.storage.unit_of_work import UnitOfWork

ENROLMENT, TRUST = "data/enrolment.json", "data/trust.json"


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


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as listed on the page "Khoá và tin cậy"."""

    unit_name: str
    officer: str
    title: str
    installation: str
    revoked_from: int | None
    own: bool


def write_enrolment(office: Office) -> handoff.Outgoing:
    """Our enrolment file for the upper union, into the outbox. It carries public keys and our unit's own record."""
    with office.write(Right.ISSUE) as work:
        unit = work.custody.tree.units[office.identity.unit]
        body = _enrolment_body(office, work)
        upper = Party("", "", unit.parent_name)
        return send(office, work, Content("enrolment", upper, (), clear={ENROLMENT: canonical(body)}))


def enrolment_words(office: Office, package_id: str) -> tuple[str, ...]:
    """The eight words for the stamped sheet of an enrolment made here."""
    with office.read() as connection:
        package = handoff.outgoing(connection, package_id)[0]
    seen = incoming.reader.read_own_clear((office.outbox / package.file_name).read_bytes())
    return words.words_of(_digest(seen[ENROLMENT]))


def read_enrolment(office: Office, path: Path) -> EnrolmentSeen:
    """Raises: PackageRefused when the file is damaged or is no enrolment."""
    package = incoming.verified(office, path)
    if package.header.kind != "enrolment":
        raise _not_that_kind("tệp đăng ký")
    body = json.loads(package.clear[ENROLMENT])
    revision = revision_of(body["unit_revision"].encode())
    unit = Unit(unit=revision.unit, **{k: v for k, v in revision.facts.items() if k in Unit.__dataclass_fields__})
    known = {key.key_id for key in office.trust.keys} if office.trust else set()
    first = body["officers"][0]
    return EnrolmentSeen(
        path, package.package_id, unit, first["name"], first["title"],
        words.words_of(_digest(package.clear[ENROLMENT])), first["key_id"] in known,
    )  # fmt: skip


def approve(office: Office, path: Path, typed_words: str, *, decision: str = "") -> EnrolmentSeen:
    """Admit a union whose sheet was compared: its keys join the trust list and it stands under us from today.

    Raises: WordsDiffer, PackageRefused, NotAllowed.
    """
    package = incoming.verified(office, path)
    seen = read_enrolment(office, path)
    if not words.same_words(typed_words, _digest(package.clear[ENROLMENT])):
        raise WordsDiffer
    body = json.loads(package.clear[ENROLMENT])
    revision = revision_of(body["unit_revision"].encode())
    trust = _trust_with(office, body)
    with office.write(Right.TRUST) as work:
        _store_trust(office, work, trust)
        incoming.keep(office, work, package, path.name, handoff.ACCEPTED, [revision.hash])
        work.ledger.add(revision, None, local=False)
        today = office.clock.today()
        work.put(OrgEvent(office.identity.unit, "enrol", seen.unit.unit, office.identity.unit, today, decision))
        settle_foreign(work)
        work.note("approve:enrolment", seen.unit.unit)
    office.trust = trust
    return seen


def write_trust(office: Office, unit: str) -> handoff.Outgoing:
    """The answer to an enrolment: the signed list of keys and the organisation tree, for one union.

    Raises: NotEnrolled.
    """
    if office.trust is None:
        raise NotEnrolled("đơn vị này")
    with office.write(Right.TRUST) as work:
        records = work.connection.execute(
            select(tables.revisions.c.record)
            .where(tables.revisions.c.type.in_(TREE_TYPES), tables.revisions.c.state == "accepted")
            .distinct()
        ).scalars()
        content = Content(
            "trust", party(work, unit), tuple(office.trust.recipients(unit)),
            revision_lines(work, sorted(records)), clear={TRUST: office.trust.to_bytes()},
        )  # fmt: skip
        return send(office, work, content)


def root_words(office: Office) -> tuple[str, ...]:
    """The eight words of the province's root key, as on its stamped sheet. Makes the trust list when there is none.

    Raises: NotAllowed.
    """
    if office.trust is None:
        trust = _first_trust(office)
        with office.write(Right.TRUST) as work:
            _store_trust(office, work, trust)
        office.trust = trust
    return words.words_of(office.trust.root_digest)


def accept_trust(office: Office, path: Path, typed_words: str = "") -> int:
    """Accept a trust file, the first only with the root's eight words from the stamped sheet. Returns its version.

    Raises: WordsDiffer, ValidationError, PackageRefused.
    """
    package = incoming.verified(office, path)
    if package.header.kind != "trust":
        raise _not_that_kind("tệp tin cậy")
    offered = TrustList.from_bytes(package.clear[TRUST])
    if office.trust is None:
        if not typed_words.strip():
            raise ValidationError((Finding("words", "Gõ tám từ trên phiếu có dấu của Liên đoàn Lao động tỉnh."),))
        if not words.same_words(typed_words, offered.root_digest):
            raise WordsDiffer
        accepted = accept_first(offered, realm=office.identity.realm)
    else:
        accepted = accept_next(office.trust, offered)
    if office.trust is None or accepted.version > office.trust.version:
        with office.write(Right.TRUST) as work:
            _store_trust(office, work, accepted)
        office.trust = accepted
    incoming.apply(office, path)
    return accepted.version


def keys(office: Office) -> list[KeyRow]:
    """Every key of the trust list, ours first."""
    if office.trust is None:
        return []
    with office.read() as connection:
        units = office.tree(connection).units
    rows_ = [
        KeyRow(
            units[key.unit].name if key.unit in units else key.unit,
            key.name, key.title, key.installation, key.revoked_from, key.key_id == office.identity.key.key_id,
        )
        for key in office.trust.keys
    ]  # fmt: skip
    return sorted(rows_, key=lambda row: (not row.own, row.unit_name, row.officer))


def is_trusted(office: Office) -> bool:
    return office.trust is not None


def _enrolment_body(office: Office, work: UnitOfWork) -> dict[str, Any]:
    identity = office.identity
    winner = work.history(identity.unit).winner
    assert winner is not None
    return {
        "schema": 1,
        "realm": identity.realm,
        "unit": identity.unit,
        "unit_revision": winner.body.decode(),
        "installation": identity.installation,
        "officers": [_officer_entry(office)],
    }


def _officer_entry(office: Office) -> dict[str, Any]:
    identity = office.identity
    return {
        "officer": identity.officer.id,
        "name": identity.officer.name,
        "title": identity.officer.title,
        "role": identity.officer.role,
        "key_id": identity.key.key_id,
        "signing": sshsig.public_line(sshsig.public_of(identity.key.signing_secret)),
        "age": identity.key.age_recipient,
    }


def _trust_with(office: Office, body: dict[str, Any]) -> TrustList:
    root_words(office)
    assert office.trust is not None
    entries = tuple(
        KeyEntry(
            unit=body["unit"], installation=body["installation"], realm=body["realm"], revoked_from=None, **officer
        )
        for officer in body["officers"]
    )
    return office.trust.with_keys(entries)


def _first_trust(office: Office) -> TrustList:
    entry = KeyEntry(
        unit=office.identity.unit, installation=office.identity.installation, realm=office.identity.realm,
        revoked_from=None, **_officer_entry(office),
    )  # fmt: skip
    return TrustList.first(office.identity.realm, office.identity.unit, entry)


def _store_trust(office: Office, work: UnitOfWork, trust: TrustList) -> None:
    rows.add_trust(work.connection, trust.version, office.clock.now().isoformat(), trust.to_bytes())
    work.custody.trust(installations_of(trust), trust.root_unit)
    work.note("trust", str(trust.version))


def _digest(clear: bytes) -> bytes:
    return hashlib.sha256(clear).digest()


def _not_that_kind(name: str) -> AppError:
    return AppError(f"Đây không phải {name}.", safe="Không có gì thay đổi.", todo=f"Chọn đúng {name} trên USB.")
