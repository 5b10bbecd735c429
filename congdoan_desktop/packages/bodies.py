"""The clear files beside the header, and the receipt's sealed line (FORMAT.md, sections 7 to 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from congdoan_desktop.domain.canonical import LARGEST_INTEGER, canonical
from congdoan_desktop.domain.figures import Figure
from congdoan_desktop.domain.records import plain
from congdoan_desktop.domain.revisions import Revision, revision_of
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.packages import fields, sealing
from congdoan_desktop.packages.fields import Fields, listed, optional
from congdoan_desktop.packages.names import LARGEST_SEQ
from congdoan_desktop.packages.refusals import Malformed
from congdoan_desktop.packages.trust import FeedMark, KeyEntry, key_line, marks

ACCEPTED, RETURNED, QUARANTINED = "accepted", "returned", "quarantined"
MOST_GAPS = 1000
_MOST_ROWS = 100_000
_OFFICER: Mapping[str, fields.Reader[Any]] = {
    "officer": fields.uuid,
    "name": fields.text(100),
    "title": fields.text(100, empty=True),
    "role": fields.name(40),
    "key_id": fields.hex64,
    "signing": key_line,
    "age": sealing.recipient,
}


@dataclass(frozen=True, slots=True)
class Ended:
    """A key of the enrolment that its holder gives up: it counts below the marks only, `marks` as in a list of keys."""

    key_id: str
    marks: tuple[FeedMark, ...]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """`data/enrolment.json`: a unit's own record as it stands, and the keys of its officers on one installation."""

    revision: Revision
    keys: tuple[KeyEntry, ...]
    """1 to 9, all of one unit, installation and realm, none revoked."""
    recovery: str | None = None
    ended: tuple[Ended, ...] = ()
    """Keys among `keys` that are given up."""

    def to_bytes(self) -> bytes:
        """Raises: Malformed when a field is not as FORMAT.md asks."""
        first = self.keys[0]
        ended = [{"key_id": one.key_id, "from": plain(one.marks)} for one in self.ended]
        data = canonical(
            {
                **({"ended": ended} if ended else {}),
                "schema": fields.SCHEMA,
                "realm": first.realm,
                "unit": first.unit,
                "unit_revision": self.revision.body.decode(),
                "installation": first.installation,
                "officers": [{name: getattr(key, name) for name in _OFFICER} for key in self.keys],
                "recovery": self.recovery,
            }
        )
        if Enrolment.from_bytes(data) != self:
            raise Malformed("keys of several units, or revoked ones")
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> Enrolment:
        """Raises: Malformed; PackageRefused when a newer program is needed."""
        raw = Fields(fields.parse(data))
        raw.take("schema", fields.schema)
        owner = {name: raw.take(name, reader) for name, reader in _OWNER.items()}
        keys = tuple(KeyEntry(**owner, **officer) for officer in raw.take("officers", listed(_officer, 9, least=1)))
        revision = raw.take("unit_revision", _unit_revision)
        if revision.unit != owner["unit"] or len({key.signing for key in keys}) != len(keys):
            raise Malformed("another unit's record, or a key twice")
        ended = _ended(raw.rest()["ended"]) if "ended" in raw.rest() else ()
        if not {one.key_id for one in ended} <= {key.key_id for key in keys}:
            raise Malformed("a key given up that is not among them")
        return cls(revision, keys, raw.take("recovery", optional(sealing.recipient)), ended)


_OWNER: Mapping[str, fields.Reader[Any]] = {
    "realm": fields.realm,
    "unit": fields.uuid,
    "installation": fields.uuid,
}


@dataclass(frozen=True, slots=True)
class Figures:
    """`data/figures.json`. Days are ISO text; the organisation is taken as of `structure_date`."""

    unit: str
    campaign: str
    starts: str
    ends: str
    structure_date: str
    figures: tuple[Figure, ...]

    @classmethod
    def from_bytes(cls, data: bytes) -> Figures:
        """Raises: Malformed; PackageRefused when a newer program is needed."""
        raw = Fields(fields.parse(data))
        raw.take("schema", fields.schema)
        found = cls(**{name: raw.take(name, reader) for name, reader in _FIGURES.items()})
        if len({(f.target, f.indicator, f.unit) for f in found.figures}) != len(found.figures):
            raise Malformed("the same figure twice")
        return found


@dataclass(frozen=True, slots=True)
class RowFinding:
    """What is wrong with one row, target or cell of the package answered."""

    message: str
    record: str | None = None
    target: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The upper union's answer to a package. `gaps` are missing numbers of its feed; `new` and so on count records."""

    package_id: str
    verdict: str
    report_id: str | None
    received_at: str
    new: int = 0
    changed: int = 0
    same: int = 0
    findings: tuple[RowFinding, ...] = ()
    gaps: tuple[int, ...] = ()
    deadline: str | None = None
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def line(self) -> dict[str, Any]:
        """The sealed line. Raises: Malformed when a field is not as FORMAT.md asks."""
        values = {name: getattr(self, name) for name in _RECEIPT}
        values["findings"] = [asdict(finding) for finding in self.findings]
        values["gaps"] = list(self.gaps)
        line = {**self.extra, **values, "line": "receipt"}
        Receipt.of_line(line)
        return line

    @classmethod
    def of_line(cls, line: object) -> Receipt:
        """Raises: Malformed."""
        raw = Fields(line)
        raw.take("line", fields.one_of("receipt"))
        return cls(**{name: raw.take(name, reader) for name, reader in _RECEIPT.items()}, extra=raw.rest())


def _officer(value: object) -> dict[str, Any]:
    raw = Fields(value)
    officer = {name: raw.take(name, reader) for name, reader in _OFFICER.items()}
    raw.close()
    return officer


def _ended_one(value: object) -> Ended:
    raw = Fields(value)
    ended = Ended(raw.take("key_id", fields.hex64), raw.take("from", marks))
    raw.close()
    return ended


_ended = listed(_ended_one, 9, least=1)


def _unit_revision(value: object) -> Revision:
    if not isinstance(value, str):
        raise Malformed("not a revision")
    try:
        revision = revision_of(value.encode())
    except ValueError as error:
        raise Malformed("not a revision") from error
    if revision.type != Unit.TYPE or revision.record != revision.unit:
        raise Malformed("not a unit's own record")
    return revision


def _figure(value: object) -> Figure:
    raw = Fields(value)
    figure = Figure(**{name: raw.take(name, reader) for name, reader in _FIGURE.items()})
    raw.close()
    return figure


def _finding(value: object) -> RowFinding:
    raw = Fields(value)
    finding = RowFinding(**{name: raw.take(name, reader) for name, reader in _FINDING.items()})
    raw.close()
    return finding


_FIGURE: Mapping[str, fields.Reader[Any]] = {
    "target": fields.name(100),
    "indicator": fields.name(100),
    "unit": fields.uuid,
    "numerator": fields.integer(-LARGEST_INTEGER),
    "denominator": optional(fields.integer()),
}
_FIGURES: Mapping[str, fields.Reader[Any]] = {
    "unit": fields.uuid,
    "campaign": fields.name(100),
    "starts": fields.day,
    "ends": fields.day,
    "structure_date": fields.day,
    "figures": listed(_figure, _MOST_ROWS),
}
_FINDING: Mapping[str, fields.Reader[Any]] = {
    "message": fields.text(2000, several_lines=True),
    "record": optional(fields.name(64)),
    "target": optional(fields.name(100)),
    "field": optional(fields.text(100)),
}
_RECEIPT: Mapping[str, fields.Reader[Any]] = {
    "package_id": fields.hex64,
    "verdict": fields.one_of(ACCEPTED, RETURNED, QUARANTINED),
    "report_id": optional(fields.hex64),
    "received_at": fields.moment,
    "new": fields.integer(),
    "changed": fields.integer(),
    "same": fields.integer(),
    "findings": listed(_finding, _MOST_ROWS),
    "gaps": listed(fields.integer(1, LARGEST_SEQ), MOST_GAPS),
    "deadline": optional(fields.day),
    "note": fields.text(2000, empty=True, several_lines=True),
}
