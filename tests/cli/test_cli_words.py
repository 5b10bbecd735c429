"""Fields and codes that the history of a record tells are called by Vietnamese words."""

from __future__ import annotations

from dataclasses import fields

import pytest

from congdoan_desktop.cli.names import FIELDS, named
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.storage.projections import KINDS

_TOLD = (
    "activity", "attachment", "contribution", "need", "person", "proposal", "review_meeting", "support",
    "support_decision", "workplace",
)  # fmt: skip
"""Types of records whose history the terminal tells."""


@pytest.mark.parametrize("type_", _TOLD)
def test_every_field_has_a_name(type_: str) -> None:
    assert [part.name for part in fields(KINDS[type_]) if part.name not in FIELDS] == []  # type: ignore[arg-type]  # every record is a dataclass


@pytest.mark.parametrize(
    ("field", "list_"),
    [
        ("kind", "activity_kinds"), ("kind", "support_kinds"), ("kind", "workplace_kinds"), ("fund", "funds"),
        ("cause", "support_causes"), ("ethnicity", "ethnicities"), ("ownership", "ownerships"), ("line", "lines"),
    ],
)  # fmt: skip
def test_every_code_has_a_name(field: str, list_: str) -> None:
    assert [code for code in catalogue().codes(list_) if named(field, code) == code] == []


def test_what_is_no_code_stays() -> None:
    assert (named("note", "khac"), named("amount", 5), named("kind", "scan")) == ("khac", 5, "bản quét")
