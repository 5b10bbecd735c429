"""The head of a union's papers as of a day (rule A13)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.period_report import Letterhead
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.services import paper_templates
from congdoan_desktop.services.office import Office


def upper_names(printed: Structure, unit: Unit) -> tuple[str, str]:
    """Name and short name of the union above: what this office knows of it, else what was typed at first start."""
    above = printed.units.get(printed.parent(unit.unit) or "")
    return (above.name, above.short_name) if above else (unit.parent_name, unit.parent_name)


def letterhead(connection: Connection, printed: Structure, unit: Unit, kind: str) -> Letterhead:
    """The lines that our template gives, else those of the organisation.

    `kind` is the type's letters in the document's code: "BC"; empty for an official letter (rule A04).
    """
    template = paper_templates.in_force(connection, unit.code)
    name, short = upper_names(printed, unit)
    code = "-".join(part for part in (kind, unit.abbreviation) if part)
    parent, issuer, place = (template.text("letterhead", line) for line in ("parent", "issuer", "place"))
    return Letterhead(parent or name, parent or short, issuer or unit.name, code, place or unit.place)


def own(office: Office, connection: Connection, day: date, kind: str) -> Letterhead:
    """The head of our own papers as of a day."""
    printed = office.tree(connection).at(day)
    return letterhead(connection, printed, printed.units[office.identity.unit], kind)
