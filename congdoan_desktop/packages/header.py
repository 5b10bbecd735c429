"""`data/header.json`: who sends what to whom, and its place in the feed (FORMAT.md, section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from congdoan_desktop.domain.canonical import LARGEST_INTEGER, Json, canonical
from congdoan_desktop.packages import fields
from congdoan_desktop.packages.fields import Fields, optional
from congdoan_desktop.packages.names import (
    ENROLMENT,
    KINDS,
    LARGEST_PACKAGE,
    LARGEST_SEQ,
    PLAN,
    RECEIPT,
    REPORT,
    TRUST,
    UPDATE,
    top_name,
)
from congdoan_desktop.packages.refusals import Malformed

TO_ALL = frozenset({ENROLMENT, TRUST, PLAN, UPDATE})
"""Kinds that may have no receiver: for every unit that the sender may address."""

_MOST_COUNTS = 100
_count_name = fields.name(64)
_count = fields.integer()


@dataclass(frozen=True, slots=True)
class Party:
    """A unit as it names itself: id, code (letters, digits, hyphen) and name."""

    unit: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day (ISO), and what people call it."""

    starts: str
    ends: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """All fields of `header.json`; FORMAT.md says what each means. `extra` keeps what a later minor version added.

    `key_id` is that of the first signature. The writer fills in `report_id` and `sealed_size`.
    """

    kind: str
    realm: str
    sender: Party
    receiver: Party | None
    feed: str
    seq: int
    previous: str | None
    installation: str
    key_id: str
    officer_name: str
    officer_title: str
    made_at: str
    program: str
    trust_version: int
    period: Period | None = None
    about: str | None = None
    clock_suspect: bool = False
    log_head: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    report_id: str | None = None
    sealed_size: int | None = None
    format: str = fields.FORMAT
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def top(self) -> str:
        """The top folder's name, which is the file's name without its ending."""
        return top_name(self.kind, self.sender.code, self.feed, self.seq)

    def binding(self) -> dict[str, Any]:
        """The first sealed line, which ties the sealed records to this header (FORMAT.md, section 7)."""
        everything = self._json()
        repeated = ("kind", "realm", "sender", "receiver", "period", "feed", "seq")
        return {"line": "binding", "key": self.key_id, **{name: everything[name] for name in repeated}}

    def to_bytes(self) -> bytes:
        """Raises: Malformed when a field is not as FORMAT.md asks."""
        data = canonical(self._json())
        Header.from_bytes(data)
        return data

    @classmethod
    def from_bytes(cls, data: bytes) -> Header:
        """Raises: Malformed; PackageRefused naming the version needed for another major version."""
        raw = Fields(fields.parse(data))
        version = raw.take("format", fields.version)
        officer = raw.take("officer", _officer)
        values = {name: raw.take(name, reader) for name, reader in _READERS.items()}
        header = cls(format=version, **officer, **values, extra=raw.rest())
        _check(header)
        return header

    def _json(self) -> dict[str, Json]:
        return {
            **self.extra,
            **{name: getattr(self, name) for name in _PLAIN},
            "sender": _party_json(self.sender),
            "receiver": _party_json(self.receiver) if self.receiver else None,
            "period": _period_json(self.period) if self.period else None,
            "officer": {"key": self.key_id, "name": self.officer_name, "title": self.officer_title},
            "counts": dict(self.counts),
        }


def _check(header: Header) -> None:
    """What two fields must say together."""
    rules = {
        "only some kinds go to all": header.receiver is not None or header.kind in TO_ALL,
        "a report has a period": header.period is not None or header.kind != REPORT,
        "only the first of a feed has no previous": (header.previous is None) == (header.seq == 1),
        "a receipt names the package answered": header.kind != RECEIPT or _is_hex64(header.about),
    }
    if broken := [rule for rule, holds in rules.items() if not holds]:
        raise Malformed("; ".join(broken))


def _is_hex64(value: str | None) -> bool:
    try:
        return bool(fields.hex64(value))
    except Malformed:
        return False


def _party(value: object) -> Party:
    raw = Fields(value)
    party = Party(raw.take("unit", fields.uuid), raw.take("code", fields.code), raw.take("name", fields.text(200)))
    raw.close()
    return party


def _period(value: object) -> Period:
    raw = Fields(value)
    period = Period(raw.take("starts", fields.day), raw.take("ends", fields.day), raw.take("name", fields.text(100)))
    raw.close()
    if period.starts > period.ends:
        raise Malformed("starts after it ends")
    return period


def _officer(value: object) -> dict[str, Any]:
    raw = Fields(value)
    officer = {
        "key_id": raw.take("key", fields.hex64),
        "officer_name": raw.take("name", fields.text(100)),
        "officer_title": raw.take("title", fields.text(100, empty=True)),
    }
    raw.close()
    return officer


def _counts(value: object) -> dict[str, int]:
    counts = Fields(value).rest()
    if len(counts) > _MOST_COUNTS:
        raise Malformed("too many")
    return {_count_name(name): _count(number) for name, number in counts.items()}


def _party_json(party: Party) -> dict[str, Json]:
    return {"unit": party.unit, "code": party.code, "name": party.name}


def _period_json(period: Period) -> dict[str, Json]:
    return {"starts": period.starts, "ends": period.ends, "name": period.name}


_READERS: Mapping[str, fields.Reader[Any]] = {
    "kind": fields.one_of(*KINDS),
    "realm": fields.realm,
    "sender": _party,
    "receiver": optional(_party),
    "period": optional(_period),
    "feed": fields.uuid,
    "seq": fields.integer(1, LARGEST_SEQ),
    "previous": optional(fields.hex64),
    "installation": fields.uuid,
    "made_at": fields.moment,
    "clock_suspect": fields.boolean,
    "trust_version": fields.integer(0, LARGEST_INTEGER),
    "report_id": optional(fields.hex64),
    "log_head": optional(fields.hex64),
    "sealed_size": optional(fields.integer(0, LARGEST_PACKAGE)),
    "counts": _counts,
    "program": fields.text(60),
    "about": optional(fields.name(100)),
}
_PLAIN = ("format", *(name for name in _READERS if name not in {"sender", "receiver", "period", "counts"}))
