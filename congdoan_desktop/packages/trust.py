"""The trust list: which keys count for which unit, from which root (FORMAT.md, section 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from congdoan_desktop.domain.canonical import canonical
from congdoan_desktop.domain.records import plain
from congdoan_desktop.packages import fields, sealing, sshsig
from congdoan_desktop.packages.fields import Fields, listed, optional
from congdoan_desktop.packages.names import ASKED_OF_CHAIRS, LARGEST_SEQ
from congdoan_desktop.packages.refusals import Malformed

ROOT_NAMESPACE = "congdoan-root@v1"
CHAIR_SIGNS, HOLDERS, HEIRS = "chair_signs", "holders", "heirs"
MOST_HOLDERS = 9
MOST_MARKS = 100
_MOST = 20_000
_ARMOUR = fields.matching(r"[ -~\n]{1,1000}")


@dataclass(frozen=True, slots=True)
class FeedMark:
    """A revoked key still counts below number `seq` of `feed`."""

    feed: str
    seq: int


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """An officer's keys on one installation. `signing` is a key line, `key_id` its id, `age` an age recipient.

    `revoked_from` None: active. Otherwise the key counts only below the marks; feeds without a mark are refused, so a
    stolen key gains nothing by a new feed. An empty tuple revokes it altogether.
    """

    unit: str
    installation: str
    officer: str
    name: str
    title: str
    role: str
    key_id: str
    signing: str
    age: str
    realm: str
    revoked_from: tuple[FeedMark, ...] | None = None

    def __post_init__(self) -> None:
        if self.key_id != sshsig.key_id(sshsig.public_of_line(self.signing)):
            raise Malformed("the key id is not that of the key")

    def counts_for(self, feed: str, seq: int) -> bool:
        if self.revoked_from is None:
            return True
        return any(mark.feed == feed and seq < mark.seq for mark in self.revoked_from)


@dataclass(frozen=True, slots=True)
class UnitEntry:
    unit: str
    code: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Inherited:
    """`heir` keeps the records of `unit`, which has ended, and does not stand above it."""

    unit: str
    heir: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """The recipient whose identity lies on a unit's printed recovery sheet."""

    unit: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Rotation:
    """The old root's word for the new one: key lines, and an armoured signature by `before`."""

    before: str
    after: str
    signature: str

    def holds(self, realm: str) -> bool:
        try:
            signer = sshsig.verify(
                self.signature.encode(), _rotation_text(self.before, self.after, realm), ROOT_NAMESPACE
            )
        except Malformed:
            return False
        return sshsig.key_line(signer) == self.before


def rotate(old_secret: bytes, new_public: bytes, realm: str) -> Rotation:
    """Let the old root name the new one."""
    before, after = sshsig.key_line(sshsig.public_of(old_secret)), sshsig.key_line(new_public)
    return Rotation(before, after, sshsig.sign(old_secret, _rotation_text(before, after, realm), ROOT_NAMESPACE))


@dataclass(frozen=True)
class TrustList:
    """What the province signs. `extra` keeps top-level fields that a later minor version added.

    Raises: Malformed (a ValueError) when it is made inconsistent: see FORMAT.md, section 10.
    """

    realm: str
    version: int
    root: str
    root_unit: str
    units: tuple[UnitEntry, ...]
    keys: tuple[KeyEntry, ...]
    recovery: tuple[Recovery, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    schema: int = fields.SCHEMA
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rules = {
            "each unit once": len(self._units) == len(self.units),
            "each key once": len(self._keys) == len(self.keys),
            "every parent in the list": all(u.parent is None or u.parent in self._units for u in self.units),
            "every unit in the list": {*_units_of(self.keys), *_units_of(self.recovery)} <= set(self._units),
            "each heir and what it keeps in the list, once": self._heirs_are_known(),
            "every key of this realm": all(k.realm == self.realm for k in self.keys),
            "the root is an active key of its unit": self._root_is_active(),
        }
        if broken := [rule for rule, holds in rules.items() if not holds]:
            raise Malformed("; ".join(broken))

    def to_bytes(self) -> bytes:
        """`data/trust.json`. Raises: Malformed when a field is not as FORMAT.md asks."""
        return self._bytes

    @classmethod
    def from_bytes(cls, data: bytes) -> TrustList:
        """Raises: Malformed; PackageRefused when a newer program is needed."""
        raw = Fields(fields.parse(data))
        known = {name: raw.take(name, reader) for name, reader in _READERS.items()}
        _kinds(raw.rest().get(CHAIR_SIGNS, []))
        _mandates(raw.rest().get(HOLDERS, []))
        _inherited(raw.rest().get(HEIRS, []))
        made = cls(**known, extra=raw.rest())
        vars(made)["_bytes"] = data  # canonical, so these are the very bytes that it would write
        return made

    @classmethod
    def first(cls, unit: UnitEntry, root: KeyEntry) -> TrustList:
        """The list that a province begins with: itself, and one of its keys as the root."""
        return cls(root.realm, 1, root.signing, unit.unit, (unit,), (root,))

    def with_unit(self, unit: UnitEntry, keys: tuple[KeyEntry, ...], recovery: str | None = None) -> TrustList:
        """The next version, with a unit (or its new name and place) and its further keys."""
        entries = {**self._units, unit.unit: unit}
        recoveries = {
            **{r.unit: r for r in self.recovery},
            **({unit.unit: Recovery(unit.unit, recovery)} if recovery else {}),
        }
        merged = {**self._keys, **{key.signing: key for key in keys if key.signing not in self._keys}}
        return replace(
            self,
            version=self.version + 1,
            units=tuple(entries.values()),
            keys=tuple(merged.values()),
            recovery=tuple(recoveries.values()),
        )

    def revoke(self, key_id: str, marks: tuple[FeedMark, ...]) -> TrustList:
        """The next version, where a key counts only below the marks. Raises: Malformed for the root key."""
        keys = tuple(replace(k, revoked_from=marks) if k.key_id == key_id else k for k in self.keys)
        gone = {k.signing for k in self.keys if k.key_id == key_id}
        extra = self._with(HOLDERS, [plain(one) for one in self.holders if one.after not in gone])
        return replace(self, version=self.version + 1, keys=keys, extra=extra)

    def rotated(self, old_secret: bytes, root: KeyEntry) -> TrustList:
        """The next version under a new root key, on the old root's word."""
        rotation = rotate(old_secret, sshsig.public_of_line(root.signing), self.realm)
        keys = {**self._keys, root.signing: root}
        return replace(
            self,
            version=self.version + 1,
            root=root.signing,
            keys=tuple(keys.values()),
            rotations=(*self.rotations, rotation),
            extra=self._with(HOLDERS, []),
        )

    def appointing(self, root_secret: bytes, keys: Iterable[KeyEntry]) -> TrustList:
        """The next version, in which the root names those who may take its place, these alone."""
        words = [rotate(root_secret, sshsig.public_of_line(key.signing), self.realm) for key in keys]
        return replace(self, version=self.version + 1, extra=self._with(HOLDERS, [plain(one) for one in words]))

    def taken_by(self, mandate: Rotation) -> TrustList:
        """The next version under the root that the one before has named; its other words end with it."""
        return replace(
            self,
            version=self.version + 1,
            root=mandate.after,
            rotations=(*self.rotations, mandate),
            extra=self._with(HOLDERS, []),
        )

    @property
    def holders(self) -> tuple[Rotation, ...]:
        """The root's word for keys that may take its place, not in force before one of them does."""
        return tuple(_mandates(self.extra.get(HOLDERS, [])))

    def asking_chair(self, kinds: Iterable[str]) -> TrustList:
        """The next version, where packages of these kinds count only with a chair's signature."""
        return replace(self, version=self.version + 1, extra=self._with(CHAIR_SIGNS, sorted(kinds)))

    @cached_property
    def heirs(self) -> tuple[Inherited, ...]:
        """Units that have ended, whose records one keeps that does not stand above them."""
        return tuple(_inherited(self.extra.get(HEIRS, [])))

    def inherited(self, heirs: Iterable[Inherited]) -> TrustList:
        """The same list with these heirs and no others; whoever makes it gives it its version."""
        held = sorted(heirs, key=lambda one: one.unit)
        return replace(self, extra=self._with(HEIRS, [plain(one) for one in held]))

    def heir(self, unit: str) -> str | None:
        """Who keeps the records of a unit that has ended without standing above it; None for all others."""
        return self._heirs.get(unit)

    def _with(self, name: str, value: list[Any]) -> Mapping[str, Any]:
        """The further fields with this one, which is left out where it is empty."""
        rest = {other: held for other, held in self.extra.items() if other != name}
        return {**rest, name: value} if value else rest

    @property
    def chair_signs(self) -> frozenset[str]:
        """Kinds of packages that count only when a chair's key is among their signatures."""
        return frozenset(self.extra.get(CHAIR_SIGNS, ()))

    @property
    def root_digest(self) -> bytes:
        """What the eight words of the province's stamped sheet stand for: the SHA-256 of its root key."""
        return bytes.fromhex(self._keys[self.root].key_id)

    def key(self, public: bytes) -> KeyEntry | None:
        """The entry of a raw public key."""
        return self._keys.get(sshsig.key_line(public))

    def unit(self, unit: str) -> UnitEntry | None:
        return self._units.get(unit)

    def above(self, unit: str) -> Iterator[str]:
        """The units above, nearest first; a circle in the list ends the walk."""
        seen = {unit}
        entry = self._units.get(unit)
        while entry is not None and entry.parent is not None and entry.parent not in seen:
            yield entry.parent
            seen.add(entry.parent)
            entry = self._units[entry.parent]

    def recipients(self, unit: str) -> tuple[str, ...]:
        """Who must be able to open what is sealed for `unit`: its active keys and its recovery recipient."""
        active = {key.age for key in self.keys if key.unit == unit and key.revoked_from is None}
        return tuple(sorted(active | {entry.recipient for entry in self.recovery if entry.unit == unit}))

    def root_from(self, pinned: str) -> str:
        """The root reached from a pinned one along the rotations that hold."""
        reached = pinned
        for rotation in self.rotations:
            if rotation.before == reached and rotation.holds(self.realm):
                reached = rotation.after
        return reached

    @cached_property
    def _bytes(self) -> bytes:
        data = canonical({**self.extra, **{name: plain(getattr(self, name)) for name in _READERS}})
        TrustList.from_bytes(data)
        return data

    @cached_property
    def installations(self) -> Mapping[str, str]:
        """Installation -> unit, revoked keys included: what they wrote before stays theirs."""
        return {key.installation: key.unit for key in self.keys}

    @cached_property
    def _units(self) -> Mapping[str, UnitEntry]:
        return {entry.unit: entry for entry in self.units}

    @cached_property
    def _keys(self) -> Mapping[str, KeyEntry]:
        return {entry.signing: entry for entry in self.keys}

    @cached_property
    def _heirs(self) -> Mapping[str, str]:
        return {one.unit: one.heir for one in self.heirs}

    def _heirs_are_known(self) -> bool:
        named = {*self._heirs, *self._heirs.values()}
        return len(self._heirs) == len(self.heirs) and named <= self._units.keys()

    def _root_is_active(self) -> bool:
        entry = self._keys.get(self.root)
        return entry is not None and entry.unit == self.root_unit and entry.revoked_from is None


def key_line(value: object) -> str:
    """A key line out of a file. Raises: Malformed."""
    line = fields.text(100)(value)
    sshsig.public_of_line(line)
    return line


def _units_of(entries: Iterable[KeyEntry | Recovery]) -> set[str]:
    return {entry.unit for entry in entries}


def _built(kind: Any, value: object, readers: Mapping[str, fields.Reader[Any]]) -> Any:
    raw = Fields(value)
    built = kind(**{name: raw.take(name, reader) for name, reader in readers.items()})
    raw.close()
    return built


def _rotation_text(before: str, after: str, realm: str) -> bytes:
    return canonical({"before": before, "after": after, "realm": realm})


_kinds = listed(fields.one_of(*ASKED_OF_CHAIRS), len(ASKED_OF_CHAIRS))
_MARK: Mapping[str, fields.Reader[Any]] = {"feed": fields.uuid, "seq": fields.integer(1, LARGEST_SEQ)}
marks = listed(lambda value: _built(FeedMark, value, _MARK), MOST_MARKS)
"""Reader of the marks up to which a key still counts."""
_KEY: Mapping[str, fields.Reader[Any]] = {
    "unit": fields.uuid,
    "installation": fields.uuid,
    "officer": fields.uuid,
    "name": fields.text(100),
    "title": fields.text(100, empty=True),
    "role": fields.name(40),
    "key_id": fields.hex64,
    "signing": key_line,
    "age": sealing.recipient,
    "realm": fields.realm,
    "revoked_from": optional(marks),
}
_UNIT: Mapping[str, fields.Reader[Any]] = {
    "unit": fields.uuid,
    "code": fields.code,
    "name": fields.text(200),
    "parent": optional(fields.uuid),
}
_RECOVERY: Mapping[str, fields.Reader[Any]] = {"unit": fields.uuid, "recipient": sealing.recipient}
_ROTATION: Mapping[str, fields.Reader[Any]] = {"before": key_line, "after": key_line, "signature": _ARMOUR}
_INHERITED: Mapping[str, fields.Reader[Any]] = {"unit": fields.uuid, "heir": fields.uuid}
_inherited = listed(lambda value: _built(Inherited, value, _INHERITED), _MOST)
_mandates = listed(lambda value: _built(Rotation, value, _ROTATION), MOST_HOLDERS)
_READERS: Mapping[str, fields.Reader[Any]] = {
    "schema": fields.schema,
    "realm": fields.realm,
    "version": fields.integer(1),
    "root": key_line,
    "root_unit": fields.uuid,
    "units": listed(lambda value: _built(UnitEntry, value, _UNIT), _MOST),
    "keys": listed(lambda value: _built(KeyEntry, value, _KEY), _MOST),
    "recovery": listed(lambda value: _built(Recovery, value, _RECOVERY), _MOST),
    "rotations": listed(lambda value: _built(Rotation, value, _ROTATION), 100),
}
