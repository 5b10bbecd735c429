"""A new key for the whole database, after somebody who knew the old one must not open it any more."""

from __future__ import annotations

from congdoan_desktop.domain.roles import Right
from congdoan_desktop.errors import AppError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services.office import Office
from congdoan_desktop.storage import folder as folders
from congdoan_desktop.storage import keyring as keyrings
from congdoan_desktop.storage import rekeying, rows
from congdoan_desktop.storage.keyring import RECOVERY_SLOT


class CannotFollow(AppError):
    def __init__(self, names: list[str], *, recovery: bool) -> None:
        todo = [f"Nhờ {', '.join(names)} mở sổ một lần bằng bản chương trình này"] if names else []
        todo += ["Lập phiếu khôi phục mới"] if recovery else []
        super().__init__(
            "Chưa đổi được khoá cơ sở dữ liệu: có người chưa mở sổ từ khi chương trình được cập nhật, hoặc phiếu khôi"
            " phục còn theo mẫu cũ.",
            safe="Không có gì thay đổi.",
            todo="; ".join(todo) + ", rồi làm lại.",
        )


def refuse_where_one_cannot_follow(office: Office, *, but: str = "") -> None:
    """`but`: a slot that is to go. Raises: CannotFollow."""
    slots = keyrings.load(office.folder / folders.KEYRING).slots
    behind = [slot for slot in slots if not slot.public and slot.name != but]
    if behind:
        names = [slot.label for slot in behind if slot.name != RECOVERY_SLOT]
        raise CannotFollow(names, recovery=len(names) < len(behind))


def is_due(office: Office) -> bool:
    """Whether somebody was removed whose key still opens the database."""
    with office.read() as connection:
        return rekeying.DUE in rows.settings(connection)


def change(office: Office, progress: Progress | None = None) -> None:
    """Write database, drafts, pictures and keyring anew under a key that nobody has known.

    Passphrases and recovery sheet stay and open it; backups made before are opened by them as before. Killed at any
    moment, everything opens by one of the two keys.

    Raises: NotAllowed, CannotFollow, Cancelled, DiskRefused; the old key then stays.
    """
    office.require(Right.TRUST)
    refuse_where_one_cannot_follow(office)
    keyring = keyrings.load(office.folder / folders.KEYRING)
    new = keyrings.new_key()
    rekeying.prepare(
        office.folder, office.database_key, new, keyring, sorted(office.named_pictures()), progress or Progress()
    )
    office.take_key(new)
    with office.write(Right.TRUST) as work:
        work.note("rekey", "database")
