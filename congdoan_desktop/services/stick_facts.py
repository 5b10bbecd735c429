"""What a stick or a folder holds before anything is written to it or taken from it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from congdoan_desktop.packages import names
from congdoan_desktop.packages.reader import VerifiedPackage
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.services import incoming, second_computer, stick, trusting
from congdoan_desktop.services.mailbox import KIND_NAMES
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.trusting import EnrolmentSeen

_NAMED = 3
_STARTS_ITSELF = frozenset({"autorun.inf", "recycler.exe"})
_PROGRAMS = frozenset({".exe", ".scr", ".pif", ".com", ".bat", ".cmd", ".vbs", ".vbe", ".js", ".wsf", ".lnk"})
"""Endings that start something when opened. Viruses hide a stick's folders and leave such files under their names."""


@dataclass(frozen=True, slots=True)
class FileOnStick:
    """A package by its name; the name proves nothing."""

    name: str
    kind_name: str
    size: int


@dataclass(frozen=True, slots=True)
class StickFacts:
    """Room in bytes, and the packages that lie there. `suspicious`: names at the top that viruses on sticks leave."""

    free: int
    total: int
    files: tuple[FileOnStick, ...]
    suspicious: tuple[str, ...] = ()

    @property
    def warning(self) -> str:
        """What to do about them, or ""."""
        if not self.suspicious:
            return ""
        named = ", ".join(self.suspicious[:_NAMED]) + (", …" if len(self.suspicious) > _NAMED else "")
        return (
            f"USB có thể nhiễm vi-rút: có {named}. Đừng mở tệp nào trên USB; nhờ người phụ trách máy quét vi-rút. "
            "Chương trình chỉ đọc gói dữ liệu và kiểm tra từng gói, nên gói đọc được ở đây vẫn dùng được."
        )


@dataclass(frozen=True, slots=True)
class TrustOffer:
    """A trust file on the stick; nothing in it is accepted yet."""

    path: Path
    sender: str
    version: int
    made_at: str


@dataclass(frozen=True, slots=True)
class Offers:
    """Files on the stick that ask to be trusted."""

    enrolments: tuple[EnrolmentSeen, ...]
    trusts: tuple[TrustOffer, ...]


def facts(folder: Path) -> StickFacts:
    """Raises: StickProblem when the folder cannot be read."""
    try:
        usage = shutil.disk_usage(folder)
        files = tuple(
            FileOnStick(path.name, KIND_NAMES.get(path.name.split("-")[0], "Gói khác"), path.stat().st_size)
            for path in stick.find_packages(folder)
        )
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError as error:
        raise stick.unreadable(folder) from error
    return StickFacts(usage.free, usage.total, files, suspicious(names))


def suspicious(names: Sequence[str]) -> tuple[str, ...]:
    """Of the names at the top of a stick those that viruses leave: what starts itself, or stands for a folder.

    A program that somebody carries along is not meant: it has no folder's name.
    """
    folders = {name.lower() for name in names if not Path(name).suffix} | {stick.FOLDER.lower()}
    return tuple(name for name in names if name.lower() in _STARTS_ITSELF or _stands_for(Path(name.lower()), folders))


def _stands_for(name: Path, folders: set[str]) -> bool:
    return name.suffix in _PROGRAMS and (name.suffix == ".lnk" or name.stem in folders)


def offers(office: Office, folder: Path) -> Offers:
    """Enrolments and trust files in a folder, as far as they can be read; the others are looked at in the inbox.

    Raises: StickProblem when the folder cannot be read.
    """
    paths = stick.find_packages(folder)
    office.copies.settle_on(folder)
    asking = [(path, package) for path in paths if (package := _asking(office, path)) is not None]
    return Offers(
        tuple(seen for path, package in asking if (seen := _seen(office, path, package)) is not None),
        tuple(
            TrustOffer(path, package.header.sender.name, package.trust.version, package.header.made_at)
            for path, package in asking
            if package.trust is not None
        )
        + tuple(offer for path in paths if (offer := _naming_us(office, path)) is not None),
    )


def _seen(office: Office, path: Path, package: VerifiedPackage) -> EnrolmentSeen | None:
    """None for a list of keys, and for an enrolment that only a newer program can read."""
    with suppress(PackageRefused):
        return trusting.seen_of(office, path, package) if package.enrolment is not None else None
    return None


def _naming_us(office: Office, path: Path) -> TrustOffer | None:
    """A list for a union whose further computer this one is to become; nothing of it is believed before the words."""
    header = second_computer.naming_us(office, path) if path.name.startswith(names.TRUST) else None
    return TrustOffer(path, header.sender.name, header.trust_version, header.made_at) if header else None


def _asking(office: Office, path: Path) -> VerifiedPackage | None:
    """The package when it asks to be trusted; of 600 reports none is held in memory."""
    met, found = incoming.meet(office, path)
    if met.header is None or met.header.kind not in (names.ENROLMENT, names.TRUST):
        return None
    return (found or incoming.opened(office, path)).package
