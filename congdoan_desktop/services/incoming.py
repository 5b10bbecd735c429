"""Packages that come in: look, preview, import in one transaction, withdraw.

A preview is the import itself inside a transaction that is rolled back, so it cannot promise anything else than what
the import then does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from congdoan_desktop.domain.reviews import LOCKED
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.shared_files import SharedFile
from congdoan_desktop.errors import AppError, NotFound
from congdoan_desktop.packages import reader
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.names import ENROLMENT, RECEIPT, TRUST, UPDATE
from congdoan_desktop.packages.reader import VerifiedPackage
from congdoan_desktop.packages.refusals import DAMAGE, PackageRefused, Reason
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import chair_away, picture_lines, reviewed, shared_files, stick, updates
from congdoan_desktop.services.chair_away import Carried, Turn
from congdoan_desktop.services.importing import ImportResult, set_state, unite
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.picture_lines import Lost
from congdoan_desktop.storage import handoff, rows
from congdoan_desktop.storage.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """A file on the stick: either what importing it would do, or why it is refused.

    `own`: written by this office; `second`: the first copy is damaged or gone, and the second one was read; `carried`:
    a package of our union that travels to its chair or back, which nobody imports.
    """

    path: Path
    result: ImportResult | None
    refusal: AppError | None
    own: bool = False
    second: bool = False
    carried: Carried | None = None
    for_root: bool = False
    """An enrolment that somebody carries to the province."""

    @property
    def older(self) -> bool:
        """Whether it is a list of keys before ours: nothing to see to."""
        return is_older(self.refusal)


@dataclass(frozen=True, slots=True)
class Opened:
    """A verified package and the copy of it that was read."""

    package: VerifiedPackage
    path: Path


@dataclass(frozen=True, slots=True)
class Met:
    """What a file on the stick turned out to be: the header of a good package for us, or why it is refused."""

    path: Path
    package_id: str = ""
    header: Header | None = None
    refusal: AppError | None = None
    second: bool = False


def is_older(refusal: AppError | None) -> bool:
    """Whether a file was refused for being a list of keys before ours."""
    return isinstance(refusal, PackageRefused) and refusal.reason is Reason.TRUST_OLDER


_STAYS = frozenset({ENROLMENT, TRUST, RECEIPT})
"""Kinds that later ones of their kind correct: who is trusted, and where a union stands, is not switched off."""


class PackageLocked(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Số liệu của gói này đã duyệt và khoá kỳ.",
            safe="Không có gì thay đổi.",
            todo="Mở lại kỳ kèm lý do rồi mới rút lại gói.",
        )


class _Rollback(Exception):
    """Ends the transaction of a preview, which must not be kept."""


def look(office: Office, folder: Path, progress: Progress | None = None) -> list[Seen]:
    """Every package in our folder on a stick, verified and previewed; nothing here changes.

    Raises: StickProblem when the stick is not there.
    """
    office.copies.settle_on(folder)
    found = look_at(office, stick.find_packages(folder), progress)
    to_sign = look_at(office, stick.find_to_sign(folder), progress)
    return [*(one for one in to_sign if one.carried is not None), *found]


def look_at(office: Office, paths: Sequence[Path], progress: Progress | None = None) -> list[Seen]:
    """`look` for files that an officer chose himself, from an e-mail for instance."""
    progress = progress or Progress()
    with office.read() as connection:
        own = {package.file_name for package in handoff.outgoing(connection)}
        office.tree(connection)  # read once for all: what a preview learns is forgotten with it
    found = []
    for done, path in enumerate(paths):
        progress.step(done, len(paths), f"Đang kiểm tra {path.name}")
        found.append(_seen(office, path, own=path.name in own))
    return found


def _seen(office: Office, path: Path, *, own: bool) -> Seen:
    met, found = meet(office, path)
    if met.refusal is not None:
        return Seen(path, None, met.refusal, own=own, carried=_carried(office, path, met.refusal))
    try:
        package = found.package if found is not None else verified(office, path)
        result = _previewed(office, package, path.name)
        elsewhere = result.kind == ENROLMENT and not office.admits
        return Seen(path, result, None, own=own, second=met.second, for_root=elsewhere)
    except AppError as error:
        return Seen(path, None, error, own=own)


def _carried(office: Office, path: Path, refusal: AppError) -> Carried | None:
    if not isinstance(refusal, PackageRefused) or refusal.reason not in (Reason.RECEIVER, Reason.NO_CHAIR):
        return None
    with suppress(AppError):
        found = chair_away.look(office, path)
        on_its_way_out = found is not None and found.turn is Turn.WAITS and path.parent.name != stick.TO_SIGN
        return None if on_its_way_out else found
    return None


def preview(office: Office, path: Path) -> ImportResult:
    """What importing the file would do.

    Raises: PackageRefused when it does not verify or is not for us.
    """
    return _previewed(office, verified(office, path), path.name)


def _previewed(office: Office, package: VerifiedPackage, file_name: str) -> ImportResult:
    return tried(office, package, file_name, lambda _, result: result)


def tried(office: Office, package: VerifiedPackage, file_name: str, see: Callable[[UnitOfWork, ImportResult], T]) -> T:
    """What `see` finds where the package is imported; then everything is as before."""
    seen: list[T] = []

    def try_out(work: UnitOfWork) -> NoReturn:
        seen[:] = [see(work, unite(office, work, package, file_name))]
        raise _Rollback

    with suppress(_Rollback):
        office.write_by_turns(Right.ISSUE, try_out)
    return seen[0]


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
    package = reader.read_ahead(package, _pause(progress))

    def bring(work: UnitOfWork) -> tuple[ImportResult, tuple[str, ...], tuple[Lost, ...]]:
        result = unite(office, work, package, file_name, progress or Progress())
        kept, lost = picture_lines.receive(office, work, package)
        if not result.known:
            work.note(f"import:{result.kind}", result.package_id)
        return result, kept, lost

    result, kept, lost = office.write_by_turns(Right.ISSUE, bring)
    office.pictures.name(kept)
    if SharedFile.TYPE in result.by_type:
        shared_files.use(office)
    return replace(result, pictures=len(kept), lost=lost)


def withdraw(office: Office, package_id: str) -> None:
    """Undo an import: what only this package brought counts no more; nothing is thrown away.

    Raises: NotFound, PackageLocked, AppError for a list of keys, an enrolment and a receipt.
    """
    with office.read() as connection:
        if any(one.kind in _STAYS for one in handoff.incoming(connection, package_id)):
            raise AppError(
                "Gói này không phải kế hoạch, báo cáo hay hồ sơ nên không rút lại được.",
                safe="Không có gì thay đổi.",
                todo="Khoá không còn tin thì thu hồi ở thẻ Khoá và tin cậy; biên nhận sai thì xin cấp trên lập lại.",
            )
        if any(one.package == package_id and one.verdict == LOCKED for one in reviewed.everything(connection)):
            raise PackageLocked
    _switch(office, package_id, handoff.WITHDRAWN)


def lift_withdrawal(office: Office, package_id: str) -> None:
    _switch(office, package_id, handoff.ACCEPTED)


def inbox(office: Office) -> list[handoff.Incoming]:
    """Packages that came in, newest first."""
    with office.read() as connection:
        return handoff.incoming(connection)


def verified(office: Office, path: Path, receiver: str = "") -> VerifiedPackage:
    """`opened` without saying which copy it was; `receiver`: the union that it must be for, ours where it is "".

    Raises: PackageRefused, AppError.
    """
    return opened(office, path, receiver=receiver).package


def opened(
    office: Office,
    path: Path,
    secrets: tuple[str, ...] | None = None,
    progress: Progress | None = None,
    receiver: str = "",
) -> Opened:
    """Verify our own copy of a file; nothing else on the stick is opened.

    Where it is damaged or cannot be read, its second copy on the stick is taken; that must verify like any other.
    `secrets`: those of `secrets_of`, which whoever verifies a whole stick reads once. `progress`: its steps say where
    somebody may be let in. `receiver` as of `verified`.

    Raises: PackageRefused, AppError when the file cannot be read; what the first copy was refused for.
    """
    opened_by = secrets_of(office) if secrets is None else secrets
    try:
        return Opened(_verified(office, path, opened_by, progress, receiver), path)
    except AppError as refusal:
        other = stick.second_copy(path)
        if other is None or not _may_be_damage(refusal):
            raise
        try:
            package = _verified(office, other, opened_by, progress, receiver)
        except AppError:
            raise refusal from None
        logger.info("second copy read")
        return Opened(package, other)


def meet(
    office: Office, path: Path, secrets: tuple[str, ...] | None = None, progress: Progress | None = None
) -> tuple[Met, Opened | None]:
    """What a file is, and the package where it had to be opened for that; arguments as of `opened`.

    While neither the file nor what we know of keys has changed it is not verified a second time.
    """
    opened_by = secrets_of(office) if secrets is None else secrets
    under = (office.trust.version if office.trust else 0, opened_by)
    try:
        known: Met | None = office.copies.found(path, under)
    except OSError:
        known = None
    if known is not None:
        return known, None
    found = None
    try:
        found = opened(office, path, opened_by, progress)
        second = found.path != path or path.parent.name == stick.COPIES
        met = Met(path, found.package.package_id, found.package.header, None, second)
    except AppError as refusal:
        met = Met(path, refusal=refusal)
    office.copies.remember(path, under, met)
    return met, found


def _may_be_damage(refusal: AppError) -> bool:
    return not isinstance(refusal, PackageRefused) or refusal.reason in DAMAGE


def _verified(
    office: Office, path: Path, secrets: tuple[str, ...], progress: Progress | None, receiver: str
) -> VerifiedPackage:
    try:
        data = office.copies.read(path)
    except OSError as error:
        raise AppError(
            f"Không đọc được tệp {path.name}.",
            safe="Chưa có gì được nhập vào máy.",
            todo="Xem lại đường dẫn, cắm lại USB, hoặc xin đơn vị ghi lại gói.",
        ) from error
    return reader.read(
        data, trust=office.trust, realm=office.identity.realm, receiver=receiver or office.identity.unit,
        identities=secrets, let_in=_pause(progress),
    )  # fmt: skip


def _pause(progress: Progress | None) -> Callable[[], object]:
    """For somebody who waits. Who wants to stop is heard later: here it would be taken for a bad package."""
    reading = (progress or Progress()).at(0, 1, "Đang đọc gói")
    return partial(reading.step, 0, 1)


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
    shared_files.use(office)
