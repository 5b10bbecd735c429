"""Packages that come in: look, preview, import in one transaction, withdraw.

A preview is the import itself inside a transaction that is rolled back, so it cannot promise anything else than what
the import then does.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path

from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.packages import reader
from congdoan_desktop.packages.names import LARGEST_PACKAGE, UPDATE
from congdoan_desktop.packages.reader import VerifiedPackage
from congdoan_desktop.packages.refusals import DAMAGE, PackageRefused
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import picture_lines, stick, updates
from congdoan_desktop.services.importing import ImportResult, set_state, unite
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff, rows

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """A file on the stick: either what importing it would do, or why it is refused. `own`: written by this office."""

    path: Path
    result: ImportResult | None
    refusal: AppError | None
    own: bool = False


class _Rollback(Exception):
    """Carries a preview's result out of the transaction that must not be kept."""

    def __init__(self, result: ImportResult) -> None:
        self.result = result


def look(office: Office, folder: Path, progress: Progress | None = None) -> list[Seen]:
    """Every package on a stick, verified and previewed; nothing here changes."""
    progress = progress or Progress()
    paths = stick.find_packages(folder)
    with office.read() as connection:
        own = {package.file_name for package in handoff.outgoing(connection)}
        office.tree(connection)  # read once for all: what a preview learns is forgotten with it
    found = []
    for done, path in enumerate(paths):
        progress.step(done, len(paths), f"Đang kiểm tra {path.name}")
        try:
            found.append(Seen(path, preview(office, path), None, own=path.name in own))
        except AppError as error:
            found.append(Seen(path, None, error, own=path.name in own))
    return found


def preview(office: Office, path: Path) -> ImportResult:
    """What importing the file would do.

    Raises: PackageRefused when it does not verify or is not for us.
    """
    package = verified(office, path)
    try:
        with office.write(Right.ISSUE) as work:
            raise _Rollback(unite(office, work, package, path.name))
    except _Rollback as done:
        return done.result


def apply(office: Office, path: Path, progress: Progress | None = None) -> ImportResult:
    """Import one package, all or nothing. The same package again changes nothing.

    Raises: PackageRefused; AppError for an enrolment or a trust list that nobody has compared with its paper yet.
    """
    return take(office, verified(office, path), path.name, progress)


def take(office: Office, package: VerifiedPackage, file_name: str, progress: Progress | None = None) -> ImportResult:
    """`apply` for a package that was verified already.

    Raises: AppError for an enrolment or a trust list that nobody has compared with its paper yet.
    """
    if package.enrolment is not None or (package.trust is not None and package.trust != office.trust):
        raise AppError(
            "Tệp này trao mã xác thực, không nhập như gói dữ liệu.",
            safe="Chưa có gì được công nhận.",
            todo="Mở bước “Khoá và tin cậy” rồi so tám từ với phiếu giấy.",
        )
    if package.header.kind == UPDATE:
        office.require(Right.ISSUE)
        updates.keep(office, package)
    with office.write(Right.ISSUE) as work:
        result = unite(office, work, package, file_name, progress or Progress())
        kept, lost = picture_lines.receive(office, work, package)
        if not result.known:
            work.note(f"import:{result.kind}", result.package_id)
    office.pictures.name(kept)
    return replace(result, pictures=len(kept), lost=lost)


def withdraw(office: Office, package_id: str) -> None:
    """Undo an import: what only this package brought counts no more; nothing is thrown away."""
    _switch(office, package_id, handoff.WITHDRAWN)


def lift_withdrawal(office: Office, package_id: str) -> None:
    _switch(office, package_id, handoff.ACCEPTED)


def inbox(office: Office) -> list[handoff.Incoming]:
    """Packages that came in, newest first."""
    with office.read() as connection:
        return handoff.incoming(connection)


def verified(office: Office, path: Path, secrets: tuple[str, ...] | None = None) -> VerifiedPackage:
    """Copy the file into our quarantine and verify the copy; nothing else on the stick is opened.

    Where it is damaged or cannot be read, its second copy on the stick is taken; that must verify like any other.
    `secrets`: those of `secrets_of`, which whoever verifies a whole stick reads once.

    Raises: PackageRefused, AppError when the file cannot be read; what the first copy was refused for.
    """
    opened_by = secrets_of(office) if secrets is None else secrets
    try:
        return _verified(office, path, opened_by)
    except AppError as refusal:
        other = stick.second_copy(path)
        if other is None or not _may_be_damage(refusal):
            raise
        try:
            package = _verified(office, other, opened_by)
        except AppError:
            raise refusal from None
        logger.info("second copy read")
        return package


def _may_be_damage(refusal: AppError) -> bool:
    return not isinstance(refusal, PackageRefused) or refusal.reason in DAMAGE


def _verified(office: Office, path: Path, secrets: tuple[str, ...]) -> VerifiedPackage:
    copy = office.quarantine / f"{new_id()}{stick.SUFFIX}"
    try:
        with path.open("rb") as source:
            copy.write_bytes(source.read(LARGEST_PACKAGE + 1))
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise AppError(
            f"Không đọc được tệp {path.name}.",
            safe="Chưa có gì được nhập vào máy.",
            todo="Xem lại đường dẫn, cắm lại USB, hoặc xin đơn vị ghi lại gói.",
        ) from error
    try:
        return reader.read(
            copy.read_bytes(),
            trust=office.trust,
            realm=office.identity.realm,
            receiver=office.identity.unit,
            identities=secrets,
        )
    finally:
        copy.unlink(missing_ok=True)


def secrets_of(office: Office) -> tuple[str, ...]:
    """The age identities of all officers here: a package sealed before one of them was admitted is for him too."""
    with office.read() as connection:
        return tuple(key.age_secret for key in rows.officer_keys(connection))


def _switch(office: Office, package_id: str, state: str) -> None:
    with office.write(Right.ISSUE) as work:
        held = handoff.incoming(work.connection, package_id)
        if not held or held[0].state == handoff.KEPT:
            raise NotFound("Chưa từng nhập gói này.", todo="Xem lại danh sách gói đã nhận.")
        if held[0].state != state:
            set_state(work, package_id, state)
            work.note(f"package:{state}", package_id)
