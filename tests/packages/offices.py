"""Offices made up for the tests of packages: a province, two unions under it, and what they send each other.

Keys are made at run time. `forge` builds what the writer would not: any payload, properly bagged and signed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from congdoan_desktop.domain.canonical import canonical, sha256_hex
from congdoan_desktop.domain.figures import Figure, figures_document
from congdoan_desktop.domain.revisions import Revision, personal_hash
from congdoan_desktop.packages import bag, container, names, sealing, sshsig, writer
from congdoan_desktop.packages.bodies import Enrolment, Receipt
from congdoan_desktop.packages.header import Header, Party, Period
from congdoan_desktop.packages.reader import VerifiedPackage, read
from congdoan_desktop.packages.refusals import PackageRefused
from congdoan_desktop.packages.trust import KeyEntry, TrustList, UnitEntry
from congdoan_desktop.packages.writer import BuiltPackage

SALT = bytes(range(16))
CAMPAIGN = "0192a3b4-0000-7000-8000-00000000c001"
PERIOD = Period("2025-04-01", "2025-06-30", "Quý II/2025")


def uid(number: int) -> str:
    return f"0192a3b4-{number:04x}-7000-8000-{number:012x}"


@dataclass(frozen=True)
class Member:
    """An office as a test sees it: one officer with his keys on one installation."""

    number: int
    code: str
    name: str
    parent: str | None = None
    role: str = "chair"
    realm: str = "real"
    secret: bytes = field(default_factory=sshsig.new_secret)
    age: tuple[str, str] = field(default_factory=sealing.new_identity)

    @property
    def unit(self) -> str:
        return uid(self.number)

    @property
    def installation(self) -> str:
        return uid(self.number + 0x100)

    @property
    def feed(self) -> str:
        return uid(self.number + 0x200)

    @property
    def public(self) -> bytes:
        return sshsig.public_of(self.secret)

    @property
    def key_id(self) -> str:
        return sshsig.key_id(self.public)

    @property
    def party(self) -> Party:
        return Party(self.unit, self.code, self.name)

    @property
    def entry(self) -> UnitEntry:
        return UnitEntry(self.unit, self.code, self.name, self.parent)

    @property
    def key(self) -> KeyEntry:
        return KeyEntry(
            unit=self.unit,
            installation=self.installation,
            officer=uid(self.number + 0x300),
            name=f"Cán bộ {self.code}",
            title="Chủ tịch",
            role=self.role,
            key_id=self.key_id,
            signing=sshsig.key_line(self.public),
            age=self.age[1],
            realm=self.realm,
        )


PROVINCE = Member(1, "LDLD-LC", "Liên đoàn Lao động tỉnh Lai Châu")
UNION = Member(2, "CDX-THANUYEN", "Công đoàn xã Than Uyên", parent=PROVINCE.unit)
SIBLING = Member(3, "CDX-NAMXUAN", "Công đoàn xã Nậm Xuân", parent=PROVINCE.unit)
STRANGER = Member(9, "CDX-LA", "Công đoàn xã lạ", parent=PROVINCE.unit)
SECOND_CHAIR = replace(UNION, secret=sshsig.new_secret(), age=sealing.new_identity())
"""Another officer of the union."""
PRACTICE = replace(PROVINCE, realm="sample")


def trust_list() -> TrustList:
    """Version 3: the province as root, both unions, and the union's second officer."""
    first = TrustList.first(PROVINCE.entry, PROVINCE.key)
    return first.with_unit(UNION.entry, (UNION.key, SECOND_CHAIR.key)).with_unit(SIBLING.entry, (SIBLING.key,))


TRUST = trust_list()


def header(sender: Member, receiver: Member | None, kind: str, **changes: Any) -> Header:
    values: dict[str, Any] = {
        "kind": kind,
        "realm": sender.realm,
        "sender": sender.party,
        "receiver": receiver.party if receiver else None,
        "feed": sender.feed,
        "seq": 1,
        "previous": None,
        "installation": sender.installation,
        "key_id": sender.key_id,
        "officer_name": "Lò Thị Hoa",
        "officer_title": "Phó Chủ tịch",
        "made_at": "2025-06-30T17:05:00+07:00",
        "program": "0.1.0",
        "trust_version": 3,
        "log_head": "ab" * 32,
    }
    return Header(**{**values, **changes})


def revision(
    unit: str, personal: Mapping[str, Any] | None, type_: str = "support", record: str | None = None
) -> Revision:
    return Revision(
        record=record or uid(0x501), type=type_, v=1, unit=unit, author=uid(0x302), installation=uid(0x102), parents=(),
        generation=1, at="2025-06-01T08:00:00+07:00", clock_suspect=False, deleted=False, erases=False,
        facts={"cash": 500_000, "cause": "benh_hiem_ngheo"},
        personal_hash=personal_hash(SALT, dict(personal)) if personal is not None else None,
    )  # fmt: skip


def revision_line(unit: str, personal: dict[str, Any] | None = None) -> dict[str, Any]:
    salt = SALT.hex() if personal is not None else None
    return {"line": "revision", "body": revision(unit, personal).body.decode(), "salt": salt, "personal": personal}


def figures(unit: str = UNION.unit, **changes: Any) -> dict[str, Any]:
    rows = (Figure(uid(0x601), "ty_le", unit, 85, 100), Figure(uid(0x602), "so_cuoc", unit, 12, None))
    document = figures_document(
        unit=unit,
        campaign=CAMPAIGN,
        starts=date(2025, 4, 1),
        ends=date(2025, 6, 30),
        figures=rows,
    )
    return {**document, **changes}


PERSONAL = {"name": "Nguyễn Thị Ánh", "circumstances": "Hoàn cảnh khó khăn"}


def report(lines: Sequence[dict[str, Any]] | None = None, **changes: Any) -> BuiltPackage:
    """The union's report to the province, with one person's support sealed."""
    content = [revision_line(UNION.unit, PERSONAL), revision_line(UNION.unit)] if lines is None else lines
    return writer.build(
        header(
            UNION, PROVINCE, "report", **{"period": PERIOD, "about": CAMPAIGN, "counts": {"revision": 2}, **changes}
        ),
        signer=UNION.secret,
        recipients=[PROVINCE.age[1]],
        figures=figures(),
        pdf=b"%PDF-1.7 ...",
        lines=content,
    )


def plan(receiver: Member | None = UNION, **changes: Any) -> BuiltPackage:
    return writer.build(
        header(PROVINCE, receiver, "plan", **{"about": CAMPAIGN, **changes}),
        signer=PROVINCE.secret,
        recipients=[UNION.age[1], SIBLING.age[1]],
        lines=[revision_line(PROVINCE.unit)],
    )


def enrolment_body(member: Member = UNION, *others: Member) -> Enrolment:
    own = revision(member.unit, None, "unit", member.unit)
    return Enrolment(own, (member.key, *(other.key for other in others)))


MARKS = [{"feed": UNION.feed, "seq": 8}]
ENDED = [{"key_id": SECOND_CHAIR.key_id, "from": MARKS}]
"""What the union's second officer says when he gives up his key."""
NOT_ENDED: list[object] = [
    [], {}, None, "x", ENDED * 10,
    [{"key_id": STRANGER.key_id, "from": MARKS}], [{"key_id": SECOND_CHAIR.key_id}], [{**ENDED[0], "colour": 1}],
    [{**ENDED[0], "from": None}], [{**ENDED[0], "from": MARKS * 101}], [{**ENDED[0], "from": [{"feed": UNION.feed}]}],
    [{**ENDED[0], "from": [{"feed": UNION.feed, "seq": 0}]}],
]  # fmt: skip
"""What nobody may say there."""


def ending(ended: object = ENDED) -> bytes:
    """An enrolment in which the union's second officer gives up his key, signed by both."""
    body = json.loads(enrolment_body(UNION, SECOND_CHAIR).to_bytes())
    return writer.build(
        header(UNION, None, "enrolment", trust_version=3), signer=UNION.secret, cosigners=(SECOND_CHAIR.secret,),
        clear={names.ENROLMENT_BODY: canonical({**body, "ended": ended})},
    ).data  # fmt: skip


def enrolment(member: Member = UNION, **changes: Any) -> BuiltPackage:
    return writer.build(
        header(member, None, "enrolment", **{"trust_version": 0, **changes}),
        signer=member.secret,
        clear={names.ENROLMENT_BODY: enrolment_body(member).to_bytes()},
    )


def trust_package(body: TrustList = TRUST, sender: Member = PROVINCE, **changes: Any) -> BuiltPackage:
    return writer.build(
        header(sender, UNION, "trust", **changes),
        signer=sender.secret,
        recipients=[UNION.age[1]],
        lines=[revision_line(PROVINCE.unit)],
        clear={names.TRUST_BODY: body.to_bytes()},
    )


def receipt_of(package_id: str, **changes: Any) -> Receipt:
    values: dict[str, Any] = {
        "package_id": package_id,
        "verdict": "accepted",
        "report_id": None,
        "received_at": "2025-07-01T08:00:00+07:00",
    }
    return Receipt(**{**values, **changes})


def receipt(package_id: str = "cd" * 32, lines: Sequence[dict[str, Any]] | None = None, **changes: Any) -> BuiltPackage:
    return writer.build(
        header(PROVINCE, UNION, "receipt", **{"about": package_id, **changes}),
        signer=PROVINCE.secret,
        recipients=[UNION.age[1]],
        lines=[receipt_of(package_id).line()] if lines is None else lines,
    )


def read_at(member: Member, data: bytes, trust: TrustList | None = TRUST) -> VerifiedPackage:
    """Read a package as this office would."""
    return read(data, trust=trust, realm=member.realm, receiver=member.unit, identities=(member.age[0],))


@cache
def good() -> BuiltPackage:
    """One report that nothing is wrong with, made once."""
    return report()


def refusal(data: bytes, at: Member = PROVINCE, trust: TrustList | None = TRUST) -> PackageRefused:
    """With what this office refuses a package."""
    with pytest.raises(PackageRefused) as caught:
        read_at(at, data, trust)
    return caught.value


def payload(data: bytes) -> dict[str, bytes]:
    return bag.payload_of(container.unpack(data)[1])


def forge(
    top: str,
    content: Mapping[str, bytes],
    *secrets: bytes,
    namespace: str = "",
    tags: Mapping[str, bytes] | None = None,
) -> bytes:
    """A container with any payload, rightly described and signed (unless other tag files are given)."""
    tag_files = {**bag.tag_files(top, content), **(tags or {})}
    space = namespace or names.namespace(names.parse_top(top).kind)
    signatures = {
        f"signatures/{n}.sig": sshsig.sign(secret, tag_files[names.TAGMANIFEST], space).encode()
        for n, secret in enumerate(secrets, 1)
    }
    return container.pack(top, {**content, **tag_files, **signatures})


def altered(built: BuiltPackage, secret: bytes, **changes: object) -> bytes:
    """The package with fields of `header.json` replaced (`...` takes the field out), signed anew."""
    content = payload(built.data)
    raw = {**json.loads(content[names.HEADER]), **changes}
    content[names.HEADER] = canonical({name: value for name, value in raw.items() if value is not ...})
    return forge(built.file_name.removesuffix(names.SUFFIX), content, secret)


def with_file(built: BuiltPackage, secret: bytes, name: str, content: bytes | None) -> bytes:
    """The package with one file replaced or removed, the header's report_id kept right, signed anew."""
    files = {**payload(built.data), **({name: content} if content is not None else {})}
    if content is None:
        del files[name]
    raw = json.loads(files[names.HEADER])
    raw["report_id"] = sha256_hex(files[names.FIGURES]) if names.FIGURES in files else None
    files[names.HEADER] = canonical(raw)
    return forge(built.file_name.removesuffix(names.SUFFIX), files, secret)


def with_sealed(built: BuiltPackage, secret: bytes, opened: bytes, to: Member, *, size: int | None = None) -> bytes:
    """The package with other sealed content, its size stated rightly unless given, signed anew."""
    files = {**payload(built.data), names.RECORDS: sealing.seal(opened, [to.age[1]])}
    raw = {**json.loads(files[names.HEADER]), "sealed_size": len(opened) if size is None else size}
    files[names.HEADER] = canonical(raw)
    return forge(built.file_name.removesuffix(names.SUFFIX), files, secret)
