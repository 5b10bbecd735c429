"""Catalogues and statistics forms that a union gives to those below it: files as records, so that they travel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

CATALOGUE, FORM = "catalogue", "form"


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A TOML file of `unit`; `family` is CATALOGUE or FORM.

    `name`: of a form its code, of a catalogue the one whose entries it changes.
    """

    TYPE: ClassVar[str] = "shared_file"
    PERSONAL: ClassVar[frozenset[str]] = frozenset()

    unit: str
    family: str
    name: str
    title: str
    text: str

    @property
    def file_name(self) -> str:
        return f"{self.name}.toml"
