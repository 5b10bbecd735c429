"""Small tables of an office beside the revisions: settings, officers and their keys, trust versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from congdoan_desktop.storage import tables


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer of this office; `role` is a `domain.roles.Role` value."""

    id: str
    name: str
    title: str
    role: str


@dataclass(frozen=True, slots=True)
class OfficerKey:
    """The signing key (raw Ed25519, 32 bytes) and the age identity of an officer at this installation."""

    key_id: str
    officer: str
    signing_secret: bytes
    age_secret: str
    age_recipient: str


def settings(connection: Connection) -> dict[str, str]:
    return {row.key: row.value for row in connection.execute(select(tables.meta))}


def set_settings(connection: Connection, values: Mapping[str, str]) -> None:
    for key, value in values.items():
        connection.execute(delete(tables.meta).where(tables.meta.c.key == key))
        connection.execute(insert(tables.meta), {"key": key, "value": value})


def add_officer(connection: Connection, officer: Officer, key: OfficerKey) -> None:
    connection.execute(
        insert(tables.officers),
        {"id": officer.id, "name": officer.name, "title": officer.title, "role": officer.role},
    )
    connection.execute(
        insert(tables.keys),
        {
            "key_id": key.key_id,
            "officer": key.officer,
            "signing_secret": key.signing_secret,
            "age_secret": key.age_secret,
            "age_recipient": key.age_recipient,
        },
    )


def replace_key(connection: Connection, key_id: str, key: OfficerKey) -> None:
    """Put another signing key in the place of one; the age identity stays, so that what is sealed for it opens."""
    values = {"key_id": key.key_id, "signing_secret": key.signing_secret}
    connection.execute(update(tables.keys).where(tables.keys.c.key_id == key_id).values(values))


def remove_key(connection: Connection, officer: str) -> None:
    """Forget the secrets of an officer; his name stays beside what he wrote."""
    connection.execute(delete(tables.keys).where(tables.keys.c.officer == officer))


def officers(connection: Connection) -> list[Officer]:
    rows = connection.execute(select(tables.officers).order_by(tables.officers.c.name))
    return [Officer(row.id, row.name, row.title, row.role) for row in rows]


def officer_keys(connection: Connection) -> list[OfficerKey]:
    rows = connection.execute(select(tables.keys))
    return [OfficerKey(r.key_id, r.officer, r.signing_secret, r.age_secret, r.age_recipient) for r in rows]


def latest_trust(connection: Connection) -> bytes | None:
    """The exact bytes of the accepted trust list with the highest version, None before the first."""
    body: bytes | None = connection.execute(
        select(tables.trust_versions.c.body).order_by(tables.trust_versions.c.version.desc()).limit(1)
    ).scalar()
    return body


def add_trust(connection: Connection, version: int, at: str, body: bytes) -> None:
    connection.execute(insert(tables.trust_versions), {"version": version, "at": at, "body": body})
