"""A new signing key of ours that waits until the list of the province names it; until then the old one signs."""

from __future__ import annotations

from dataclasses import replace

from congdoan_desktop.packages import sshsig
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.services.office import Identity, Office
from congdoan_desktop.storage import rows
from congdoan_desktop.storage.unit_of_work import UnitOfWork

_SETTING = "pending_key:"


def keep(work: UnitOfWork, officer: str, secret: bytes) -> None:
    """Inside the encrypted database, like every other secret."""
    rows.set_settings(work.connection, {_SETTING + officer: secret.hex()})


def held(office: Office) -> bytes | None:
    """The secret that waits for the officer at this desk."""
    with office.read() as connection:
        text = rows.settings(connection).get(_SETTING + office.identity.officer.id, "")
    return bytes.fromhex(text) if text else None


def adopt(
    work: UnitOfWork, identity: Identity, trust: TrustList
) -> tuple[Identity, list[tuple[rows.OfficerKey, rows.OfficerKey]]]:
    """Sign with the new key from now on, for every officer whose new key the list names as one that counts.

    The age identity stays, so that what is sealed for it opens. Returns who we are afterwards, and (old, new) keys.
    """
    changed = []
    waiting = {
        name.removeprefix(_SETTING): bytes.fromhex(text)
        for name, text in rows.settings(work.connection).items()
        if name.startswith(_SETTING) and text
    }
    active = {key.signing for key in trust.keys if key.revoked_from is None}
    for key in rows.officer_keys(work.connection):
        secret = waiting.get(key.officer)
        if secret is None or sshsig.key_line(sshsig.public_of(secret)) not in active:
            continue
        new = replace(key, key_id=sshsig.key_id(sshsig.public_of(secret)), signing_secret=secret)
        rows.replace_key(work.connection, key.key_id, new)
        rows.set_settings(work.connection, {_SETTING + key.officer: ""})
        work.note("rotate:key", new.key_id)
        changed.append((key, new))
        if key.officer == identity.officer.id:
            identity = replace(identity, key=new)
    return identity, changed
