"""A whole stick in one go: what is meant for us comes in, receipts are made, what waits for its owner goes out.

Each package is its own transaction, so whatever stops the run, what is in is in. Running it again goes on from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.errors import AppError, Cancelled, NotFound
from congdoan_desktop.packages import names
from congdoan_desktop.packages.header import Header
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import (
    chair_away,
    handing_over,
    homeward,
    incoming,
    key_renewal,
    mailbox,
    outgoing,
    receipts,
    stick,
    trusting,
)
from congdoan_desktop.services.chair_away import Turn
from congdoan_desktop.services.confirming import ChairMissing
from congdoan_desktop.services.given_elsewhere import Elsewhere
from congdoan_desktop.services.importing import ImportResult
from congdoan_desktop.services.mailbox import ANSWERED, WAITING
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.stick_summary import Group, Left, Summary, Survey
from congdoan_desktop.storage import handoff

_NEEDS_PAPER = "Cần so tám từ với phiếu giấy."
_WAITS_FOR_CHAIR = "Gói của đơn vị mình chờ anh (chị) ký xác nhận."
_SIGN = "Mở thẻ Hộp nhận, chọn gói này rồi bấm “Xem gói” và “Ký xác nhận”."
_COMPARE = "Mở thẻ “Khoá và tin cậy” để so tám từ rồi công nhận."
_SMALL_STEPS = 5
"""Steps that `stick.write` reports for one package."""


@dataclass
class _Run:
    """What has been done so far."""

    taken: list[ImportResult] = field(default_factory=list)
    known: int = 0
    left: list[Left] = field(default_factory=list)
    others: int = 0
    receipts: int = 0
    written: int = 0
    senders: set[str] = field(default_factory=set)
    to_answer: list[str] = field(default_factory=list)
    second: list[Path] = field(default_factory=list)
    good: list[Path] = field(default_factory=list)
    mended: int = 0
    renewed: int = 0
    signed: int = 0
    given_up: int = 0
    older: int = 0
    waiting: tuple[str, ...] = ()
    problem: AppError | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class _Good:
    """A package for us on the stick; `found` where it was opened just now."""

    path: Path
    package_id: str
    header: Header
    found: incoming.Opened | None
    here: Progress
    """The place of the file in the run, for what is done with it."""

    @property
    def name(self) -> str:
        """What the signed header says; the name on the stick may have been changed on the way."""
        return self.header.top + names.SUFFIX


def survey(office: Office, folder: Path, progress: Progress | None = None) -> Survey:
    """Verify every package on the stick and group the good ones by unit and kind; nothing changes.

    Raises: StickProblem when the folder cannot be read, Cancelled.
    """
    run, packages = _Run(), Counter[tuple[str, str]]()
    fresh, records = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    with office.read() as connection:
        held = {package.package_id for package in handoff.incoming(connection)}
    for one in _verified(office, folder, run, progress or Progress(), "Đang kiểm tra"):
        key = one.header.sender.name, mailbox.kind_name(one.header.kind, one.header.about)
        packages[key] += 1
        if one.package_id in held:
            continue
        if (paper := _needs_paper(office, one)) is not None:
            run.left.append(paper)
            continue
        fresh[key] += 1
        records[key] += one.header.counts.get("revision", 0)
    _to_and_from_chair(office, folder, run)
    groups = (Group(*k, n, fresh[k], records[k]) for k, n in sorted(packages.items()))
    return Survey(tuple(groups), tuple(run.left), run.others, len(run.second), run.signed)


def take_and_write(office: Office, folder: Path, progress: Progress | None = None) -> Summary:
    """Import all that verifies and is for us, answer it, and write all that waits for the units met on the stick.

    On a stick without packages of others everything not written yet goes out. A person may stop it between two
    packages. Raises: NotAllowed, StickProblem when the folder cannot be read.
    """
    office.require(Right.ISSUE)
    run, progress = _Run(), progress or Progress()
    try:
        for one in _verified(office, folder, run, progress, "Đang nhập"):
            _take(office, one, run)
        _to_and_from_chair(office, folder, run, chair_away.bring_home)
        _mend(office, run, progress)
        _answer(office, run, progress)
        homeward.refresh(office)
        _write(office, folder, run, progress)
    except Cancelled:
        run.stopped = True
    return Summary(
        tuple(run.taken),
        run.known,
        run.others,
        tuple(run.left),
        run.receipts,
        run.written,
        run.problem,
        run.stopped,
        len(run.second),
        run.mended,
        run.renewed,
        run.signed,
        run.given_up,
        run.older,
        run.waiting,
        _is_shared(office),
    )


def _verified(office: Office, folder: Path, run: _Run, progress: Progress, verb: str) -> Iterable[_Good]:
    """The good packages for us, one at a time; the others are counted or named in `run`."""
    office.copies.settle_on(folder)
    paths = sorted(stick.find_packages(folder), key=_place)
    with office.read() as connection:
        own = {package.file_name for package in handoff.outgoing(connection)}
    secrets = incoming.secrets_of(office)
    for done, path in enumerate(paths):
        progress.step(done, len(paths), said := f"{verb} {path.name}")
        here = progress.at(done, len(paths), said)
        if path.name in own:
            continue
        met, found = incoming.meet(office, path, secrets, here)
        if met.header is None:
            _refused(path, met.refusal, run)
            continue
        if met.header.kind == names.ENROLMENT and not office.admits:
            run.others += 1
            continue
        run.senders.add(met.header.sender.unit)
        (run.second if met.second else run.good).append(path)
        yield _Good(path, met.package_id, met.header, found, here)


def _refused(path: Path, refusal: AppError | None, run: _Run) -> None:
    assert refusal is not None
    if isinstance(refusal, PackageRefused) and refusal.reason is Reason.RECEIVER:
        run.others += 1
    elif incoming.is_older(refusal):
        run.older += 1
    else:
        run.left.append(Left(path.name, refusal.what, refusal.todo))


def _place(path: Path) -> tuple[bool, str, str, int, str]:
    """Keys first, then each feed in its order; the name only orders the work, what it says is proven later."""
    try:
        top = names.parse_top(path.stem)
    except Malformed:
        return True, "", "", 0, path.name
    return top.kind != names.TRUST, top.code, top.feed, top.seq, path.name


def _needs_paper(office: Office, one: _Good) -> Left | None:
    """Keys that a person must compare with their sheet first. There is none where an old key gives itself up."""
    first_list = one.header.kind == names.TRUST and office.trust is None
    new_keys = one.header.kind == names.ENROLMENT and not _gives_up(office, one)
    return Left(one.name, _NEEDS_PAPER, _COMPARE) if first_list or new_keys else None


def _gives_up(office: Office, one: _Good) -> bool:
    with suppress(AppError):
        return key_renewal.may_take(office, one.path)
    return False


def _take(office: Office, one: _Good, run: _Run) -> None:
    with office.read() as connection:
        held = handoff.incoming(connection, one.package_id)
    if held and held[0].state != handoff.WITHDRAWN:
        run.known += 1
        run.to_answer.append(one.package_id)
    elif (paper := _needs_paper(office, one)) is not None:
        run.left.append(paper)
    elif not held:  # what a person withdrew comes back by a person alone
        try:
            _bring_in(office, one, run)
        except AppError as refusal:
            run.left.append(Left(one.name, refusal.what, refusal.todo))


def _bring_in(office: Office, one: _Good, run: _Run) -> None:
    if one.header.kind == names.ENROLMENT:
        key_renewal.admit(office, one.path)
        run.given_up += 1
        return
    run.taken.append(_taken(office, one))
    run.to_answer.append(one.package_id)


def _taken(office: Office, one: _Good) -> ImportResult:
    package = (one.found or incoming.opened(office, one.path, progress=one.here)).package
    if package.trust is not None:
        trusting.take_next(office, package.trust)
    return incoming.take(office, package, one.name, one.here)


def _to_and_from_chair(
    office: Office, folder: Path, run: _Run, bring: Callable[[Office, Path], object] | None = None
) -> None:
    """Signatures that come home to our outbox, and packages that wait for the chair at this desk, who looks first."""
    for path in stick.find_to_sign(folder):
        try:
            found = chair_away.look(office, path)
            if found is not None and found.turn is Turn.HOME:
                if bring is not None:
                    bring(office, path)
                run.signed += 1
            elif found is not None and found.turn is Turn.SIGN:
                run.left.append(Left(path.name, _WAITS_FOR_CHAIR, _SIGN))
        except AppError as refusal:
            run.left.append(Left(path.name, refusal.what, refusal.todo))


def _mend(office: Office, run: _Run, progress: Progress) -> None:
    """Copies that are damaged or gone, each out of the other. Where the stick does not take them they stay."""
    for done, path in enumerate(run.good):
        progress.step(done, len(run.good), f"Đang so bản thứ hai: {path.name}")
        with suppress(stick.StickProblem, OSError):
            run.renewed += stick.mend_second(path, office.copies.read(path))
    for done, path in enumerate(run.second):
        progress.step(done, len(run.second), f"Đang ghi lại bản chính: {path.name}")
        other = stick.second_copy(path) or path
        with suppress(stick.StickProblem, OSError):
            stick.mend(path, office.copies.read(other))
            run.mended += 1


def _answer(office: Office, run: _Run, progress: Progress) -> None:
    """A receipt for every report met on the stick that has none of ours yet."""
    open_ones = mailbox.unanswered(office)
    results = {result.package_id: result for result in run.taken}
    wanted, elsewhere = [id_ for id_ in run.to_answer if id_ in open_ones], Elsewhere()
    for done, id_ in enumerate(dict.fromkeys(wanted)):
        progress.step(done, len(wanted), said := "Đang lập biên nhận")
        here = progress.at(done, len(wanted), said)
        result = results.get(id_) or mailbox.result_of(office, id_)
        try:
            receipts.write_receipt(office, result, elsewhere, here)
        except Cancelled:
            raise
        except AppError as refusal:  # to one whose keys were revoked nothing can be sealed; the others get theirs
            run.left.append(Left(result.file_name, refusal.what, refusal.todo))
            continue
        run.receipts += 1


def _write(office: Office, folder: Path, run: _Run, progress: Progress) -> None:
    try:
        waiting = _waiting(office, folder, run.senders - {office.identity.unit})
    except stick.StickProblem as problem:
        run.problem = problem
        return
    run.waiting = _for_others(office, {package.package_id for package in waiting})
    for at, package in enumerate(waiting):
        try:
            outgoing.write_to_stick(office, package.package_id, folder, _part(progress, at, len(waiting), package))
        except Cancelled:
            raise
        except (ChairMissing, NotFound) as wait:  # it waits here for a person, or its file is gone; the others go
            run.left.append(Left(package.file_name, wait.what, wait.todo))
            continue
        except AppError as problem:
            run.problem = problem
            return
        run.written += 1


def _waiting(office: Office, folder: Path, senders: set[str]) -> list[handoff.Outgoing]:
    """Packages for the units met on the stick that are not with them yet and do not lie there already.

    Whole records (`exchanging`) go onto every stick: a computer that is to get them has sent nothing yet, and an heir
    sends nothing at all, on which we could meet it.
    """
    there = {path.name for path in stick.find_packages(folder)}
    packages = outgoing.outbox(office)
    newest_list = max((one.seq for one in packages if _for_all(one)), default=0)
    found = []
    for package in packages:
        unsent = package.state == handoff.MADE
        unanswered = package.kind in ANSWERED and package.state in WAITING
        known = package.receiver in senders or package.kind == names.EXCHANGE or handing_over.hands_over(package)
        meant = unsent if not senders else known or (unsent and not package.receiver)
        current = _for_all(package) and package.seq == newest_list  # a new list of keys goes home on every stick
        if ((meant and (unsent or unanswered)) or current) and package.file_name not in there:
            found.append(package)
    return found[::-1]


def _is_shared(office: Office) -> bool:
    own = office.identity
    keys = office.trust.keys if office.trust else ()
    return any(key.unit == own.unit and key.installation != own.installation for key in keys)


def _for_others(office: Office, written: set[str]) -> tuple[str, ...]:
    """Names of those for whom packages wait that were never written, and are not written now either."""
    unsent = (one for one in outgoing.outbox(office) if one.state == handoff.MADE and one.package_id not in written)
    found = (Header.from_bytes(one.header).receiver for one in unsent)
    return tuple(sorted({receiver.name for receiver in found if receiver is not None}, key=sort_key))


def _for_all(package: handoff.Outgoing) -> bool:
    return package.kind == names.TRUST and not package.receiver


def _part(progress: Progress, at: int, of: int, package: handoff.Outgoing) -> Progress:
    """The progress of one package as a part of the whole."""

    def report(done: int, _total: int, text: str) -> None:
        progress.step(at * _SMALL_STEPS + done, of * _SMALL_STEPS, f"{text}: {package.file_name}")

    return Progress(report)
