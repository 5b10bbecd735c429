"""A new version of the program, signed by the province: checked like any package, kept, and never started by us."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from congdoan_desktop import __version__
from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError
from congdoan_desktop.packages import fields
from congdoan_desktop.packages.fields import Fields
from congdoan_desktop.packages.names import PROGRAM, UPDATE, UPDATE_BODY
from congdoan_desktop.packages.reader import VerifiedPackage
from congdoan_desktop.packages.refusals import Malformed
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import handoff
from congdoan_desktop.storage.files import write_atomically

FOLDER = "updates"
"""Beside the database. It holds the newest version alone."""
_FILE = fields.matching(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_NOTE = "update.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that lies ready. `todo` says what a person does with it."""

    version: str
    system: str
    path: Path

    @property
    def todo(self) -> str:
        return (
            f"Bản {self.version} cho {self.system} đã kiểm tra mã xác thực của tỉnh, nằm ở {self.path}. Sao lưu, đóng "
            "chương trình rồi chạy tệp đó; dữ liệu giữ nguyên."
        )


def keep(office: Office, package: VerifiedPackage) -> None:
    """Put the program of a verified package into our data folder, in place of an older one; nothing is started.

    Raises: AppError when the package does not say what it holds, DiskRefused.
    """
    try:
        _, _, name = told(package.clear[UPDATE_BODY])
    except Malformed as error:
        raise AppError(
            "Bản cập nhật này ghi sai quy định.", safe="Chưa có gì được nhập vào máy.", todo="Hỏi lại tỉnh."
        ) from error
    folder = office.folder / FOLDER
    if _is_outdated(office, package):
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    write_atomically(folder / name, package.clear[PROGRAM])
    write_atomically(folder / _NOTE, package.clear[UPDATE_BODY])
    for other in folder.iterdir():
        if other.name not in {name, _NOTE}:
            with suppress(OSError):  # one that somebody has just started goes with the next
                other.unlink()


def _is_outdated(office: Office, package: VerifiedPackage) -> bool:
    """Whether a later one of the same feed came before."""
    with office.read() as connection:
        held = handoff.of_feed(connection, package.header.feed)
    return any(one.kind == UPDATE and one.seq > package.header.seq for one in held)


def kept(office: Office) -> Kept | None:
    """The version that lies ready, None where there is none, it runs already, or what is said of it was damaged."""
    office.require(Right.READ)
    note = office.folder / FOLDER / _NOTE
    try:
        version, system, name = told(note.read_bytes())
    except (OSError, Malformed):
        return None
    path = note.with_name(name)
    return Kept(version, system, path) if version != __version__ and path.is_file() else None


def told(body: bytes) -> tuple[str, str, str]:
    """(version, system, file name) out of `data/update.json`. Raises: Malformed."""
    raw = Fields(fields.parse(body))
    raw.take("schema", fields.schema)
    name = raw.take("file", _FILE)
    if name == _NOTE:
        raise Malformed("the name of the note")
    return raw.take("version", fields.text(60)), raw.take("system", fields.text(60)), name
