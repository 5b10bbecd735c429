"""A further computer of a union that is admitted already: the second laptop of an office, or one after a loss.

It is founded like any office and asks for admission. The province says whose computer it is, and the list then names
its keys under that union; by this list the computer, on which nothing has been recorded yet, takes on the union's id.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import delete, select

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.packages.acceptance import accept_first
from congdoan_desktop.packages.envelope import Envelope, open_envelope
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.names import LARGEST_PACKAGE, TRUST_BODY
from congdoan_desktop.packages.refusals import PackageRefused, Reason, refusing
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.services import importing, incoming, trusting
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff, rows, tables
from congdoan_desktop.storage.projections import TABLES
from congdoan_desktop.storage.rebuild import settle_foreign


class AlreadyInUse(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Máy này đã có hồ sơ của một đơn vị khác nên không nhận làm máy thêm được.",
            safe="Không có gì thay đổi.",
            todo="Tạo dữ liệu mới (trống) trên máy này rồi đăng ký lại, hoặc hỏi tỉnh.",
        )


def admit(office: Office, path: Path, typed_words: str, unit: str) -> None:
    """Name the keys of an enrolment under a union of the list, after its stamped sheet was compared.

    `typed_words` as of `trusting.approve`. The same file again changes nothing.

    Raises: WordsDiffer, NotFound when the union is not in the list, PackageRefused, AppError off the root, NotAllowed.
    """
    office.require(Right.TRUST)
    package = incoming.verified(office, path)
    if package.enrolment is None:
        raise AppError("Đây không phải tệp đăng ký.", safe="Không có gì thay đổi.", todo="Chọn đúng tệp trên USB.")
    trusting.compare_words(package, typed_words)
    entry = office.trust.unit(unit) if office.trust is not None else None
    if office.trust is None or entry is None:
        raise NotFound("Đơn vị này chưa có trong danh sách tin cậy.", todo="Công nhận đơn vị trước.")
    if office.trust.root != trusting.own_key(office).signing:
        raise AppError(
            "Chỉ máy giữ khoá gốc của tỉnh công nhận được máy thêm.",
            safe="Chưa có gì được công nhận.",
            todo="Chuyển tệp đăng ký và phiếu giấy lên tỉnh.",
        )
    if trusting.came_before(office, package):
        return
    trust = office.trust.with_unit(entry, tuple(replace(key, unit=unit) for key in package.enrolment.keys))
    with office.write(Right.TRUST) as work:
        trusting.store(office, work, trust)
        importing.keep(office, work, package, path.name, handoff.ACCEPTED)
        settle_foreign(work)
        work.note("admit:computer", unit)
    office.trust = trust


def join(office: Office, path: Path, typed_words: str) -> int:
    """Take on the list and, where it names our key under another union, that union's id. Returns the list's version.

    The package is verified as that union's and the words are compared before anything changes.

    Raises: AlreadyInUse, and those of `trusting.accept_trust`.
    """
    office.require(Right.TRUST)
    unit = _named_under(office, path)
    if unit is None or unit == office.identity.unit:
        return trusting.accept_trust(office, path, typed_words)
    if office.trust is not None or _has_records(office):
        raise AlreadyInUse
    package = incoming.verified(office, path, unit)
    assert package.trust is not None
    accept_first(package.trust, typed_words, office.identity.realm)
    _take_on(office, unit)
    return trusting.accept(office, package, path.name, typed_words)


def naming_us(office: Office, path: Path) -> Header | None:
    """The header of a trust file that names our key under another union than the one this computer was founded for."""
    try:
        named = _named_under(office, path)
        return _envelope(path).header if named not in (None, office.identity.unit) else None
    except AppError:
        return None


def admitted(office: Office) -> list[tuple[str, str]]:
    """(id, name) of the unions of the list below us, each of which may get a further computer, in Vietnamese order."""
    if office.trust is None:
        return []
    own = office.identity.unit
    return sorted(((one.unit, one.name) for one in office.trust.units if one.unit != own), key=_by_name)


def _by_name(one: tuple[str, str]) -> tuple[object, ...]:
    return (sort_key(one[1]), one[0])


def _named_under(office: Office, path: Path) -> str | None:
    own = office.identity.key.key_id
    try:
        return next((key.unit for key in _list_of(path).keys if key.key_id == own), None)
    except NotFound:
        return None


def _list_of(path: Path) -> TrustList:
    """Raises: NotFound for another kind of package, PackageRefused."""
    body = _envelope(path).clear.get(TRUST_BODY)
    if body is None:
        raise NotFound("Đây không phải tệp tin cậy.", todo="Chọn đúng tệp tin cậy trên USB.")
    with refusing(Reason.BODY):
        return TrustList.from_bytes(body)


def _envelope(path: Path) -> Envelope:
    try:
        with path.open("rb") as source:
            return open_envelope(source.read(LARGEST_PACKAGE + 1))
    except OSError as error:
        raise PackageRefused(Reason.TRUNCATED) from error


def _has_records(office: Office) -> bool:
    """Whether anything but the union's own first record is here."""
    with office.read() as connection:
        return set(connection.execute(select(tables.revisions.c.record)).scalars()) != {office.identity.unit}


def _take_on(office: Office, unit: str) -> None:
    """The record that this computer was founded with is left behind: the union has one, and nobody else has this."""
    own = office.identity.unit
    with office.write(Right.TRUST) as work:
        numbers = select(tables.revisions.c.seq).where(tables.revisions.c.record == own)
        work.connection.execute(delete(tables.personal).where(tables.personal.c.revision.in_(numbers)))
        work.connection.execute(delete(tables.revisions).where(tables.revisions.c.record == own))
        work.connection.execute(delete(TABLES[Unit.TYPE]).where(TABLES[Unit.TYPE].c.record == own))
        work.custody.forget_tree()
        rows.set_settings(work.connection, {"unit": unit})
        work.note("join:unit", unit)
    office.identity = replace(office.identity, unit=unit)
