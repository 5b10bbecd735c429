"""The head of a union's papers as of a day (rule A13)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.period_report import Letterhead
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.services.office import Office


def letterhead(printed: Structure, unit: Unit, kind: str) -> Letterhead:
    """What this office knows of the union above, else what was typed at first start.

    `kind` is the type's letters in the document's code: "BC"; empty for an official letter (rule A04).
    """
    above = printed.units.get(printed.parent(unit.unit) or "")
    name, short = (above.name, above.short_name) if above else (unit.parent_name, unit.parent_name)
    code = "-".join(part for part in (kind, unit.abbreviation) if part)
    return Letterhead(name, short, unit.name, code, unit.place)


def own(office: Office, connection: Connection, day: date, kind: str) -> Letterhead:
    """The head of our own papers as of a day."""
    printed = office.tree(connection).at(day)
    return letterhead(printed, printed.units[office.identity.unit], kind)
