"""Commands that every record has: delete with a reason, history, restore."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from congdoan_desktop.cli import refs
from congdoan_desktop.cli.answer import Answer, Column, shown
from congdoan_desktop.cli.commands import Command, Option
from congdoan_desktop.cli.desk import in_office
from congdoan_desktop.cli.given import Given
from congdoan_desktop.cli.names import FIELDS, named
from congdoan_desktop.domain.people import mask
from congdoan_desktop.services import records
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.records import Saved, Version

DELETE, HISTORY, RESTORE = "delete", "history", "restore"

Ids = Callable[[Office], Iterable[str]]

_VERSIONS = (
    Column("id", "Bản"),
    Column("at", "Lúc"),
    Column("author", "Người ghi"),
    Column("verb", "Việc"),
    Column("is_current", "Đang dùng"),
    Column("changed", "Thay đổi", 100),
)


def saved(result: Saved, message: str) -> Answer:
    """The ids of what was saved on standard output, the warnings behind the message."""
    lines = [message, *(f"  Lưu ý: {warning.message}" for warning in result.warnings)]
    return Answer([{"id": id_} for id_ in result.ids], (Column("id", "Đuôi id"),), "\n".join(lines))


def record_commands(ids: Ids, names: tuple[str, ...], covered: Collection[str] = ()) -> tuple[Command, ...]:
    """The common commands over the records that `ids` lists; numbers in the fields `covered` stay masked."""
    place = Option("id", "đuôi id, hoặc cả id", required=True)

    def delete(office: Office, given: Given) -> Answer:
        id_ = refs.record(given.text("id"), ids(office))
        records.delete(office, id_, given.text("reason"))
        return Answer({"id": id_}, (Column("id", "Đã xoá"),), f"Lấy lại được bằng lệnh restore {id_}.")

    def history(office: Office, given: Given) -> Answer:
        id_ = refs.record(given.text("id"), ids(office))
        versions = [_masked(version, covered) for version in records.versions(office, id_)]
        return Answer([_version(version) for version in versions], _VERSIONS)

    def restore(office: Office, given: Given) -> Answer:
        id_ = refs.record(given.text("id"), ids(office))
        if given.has("version"):
            known = [version.hash for version in records.versions(office, id_)]
            records.restore(office, id_, refs.record(given.text("version"), known))
        else:
            records.undelete(office, id_)
        return Answer({"id": id_}, (Column("id", "Đã lấy lại"),))

    every = (
        Command(
            DELETE,
            "xoá, có lý do; lấy lại được",
            in_office(delete),
            (place, Option("--reason", "lý do", required=True)),
        ),
        Command(HISTORY, "các lần ghi và sửa", in_office(history), (place,)),
        Command(
            RESTORE,
            "lấy lại mục đã xoá, hoặc một bản cũ",
            in_office(restore),
            (place, Option("--version", "đuôi của bản cũ trong history")),
        ),
    )
    return tuple(command for command in every if command.name in names)


def _masked(version: Version, covered: Collection[str]) -> Version:
    changes = {
        name: (old and mask(str(old)), new and mask(str(new))) if name in covered else (old, new)
        for name, (old, new) in version.changes.items()
    }
    return replace(version, changes=changes)


def _version(version: Version) -> dict[str, Any]:
    return {
        "id": version.hash,
        "at": version.at,
        "clock_suspect": version.clock_suspect,
        "author": version.author,
        "verb": version.verb,
        "reason": version.reason,
        "is_current": version.is_current,
        "changes": {name: {"before": old, "after": new} for name, (old, new) in version.changes.items()},
        "changed": version.reason or "; ".join(_changes(version)),
    }


def _changes(version: Version) -> list[str]:
    """What an edit changed; what was written whole (a new record, one brought back) is not told again."""
    edited = any(old is not None for old, _ in version.changes.values())
    changes = version.changes.items() if edited else ()
    return [
        f"{FIELDS.get(name, name)}: {shown(named(name, old))} → {shown(named(name, new))}"
        for name, (old, new) in changes
    ]
