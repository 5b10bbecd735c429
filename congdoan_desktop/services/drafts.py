"""Drafts of forms that are not saved yet. Safe from any thread: typing never waits for the database."""

from __future__ import annotations

from typing import Any

from congdoan_desktop.services.office import Office
from congdoan_desktop.storage.drafts import Draft


def keep(office: Office, form: str, record: str, values: dict[str, Any]) -> Draft:
    """Keep what stands in a form now. `record` is the record being edited, "" for a new one."""
    draft = Draft(form, record, values, office.clock.now().isoformat())
    office.drafts.keep(draft)
    return draft


def find(office: Office, form: str, record: str = "") -> Draft | None:
    return office.drafts.find(form, record)


def drop(office: Office, form: str, record: str = "") -> None:
    office.drafts.drop(form, record)


def waiting(office: Office, form: str) -> dict[str, str]:
    """Record -> when its draft was kept (ISO), for all drafts of a form."""
    return {draft.record: draft.at for draft in office.drafts.all() if draft.form == form}
