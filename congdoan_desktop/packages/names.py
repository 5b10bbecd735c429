"""Names of packages and of what is inside them (FORMAT.md, sections 2 and 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from congdoan_desktop.packages.fields import CODE
from congdoan_desktop.packages.refusals import Malformed

ENROLMENT, TRUST, PLAN, CASCADE = "enrolment", "trust", "plan", "cascade"
REPORT, RECEIPT, EXCHANGE, UPDATE = "report", "receipt", "exchange", "update"
ASKED_OF_CHAIRS = (CASCADE, PLAN, RECEIPT, REPORT)
"""Kinds for which a trust list may ask for a chair's signature."""
KINDS = (ENROLMENT, TRUST, PLAN, CASCADE, REPORT, RECEIPT, EXCHANGE, UPDATE)

SUFFIX = ".cdpkg"
LARGEST_SEQ = 999_999
LARGEST_PACKAGE = 256 * 1024 * 1024

BAGIT, BAG_INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAGMANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE = "signatures/1.sig"
HEADER, FIGURES, PDF, RECORDS = "data/header.json", "data/figures.json", "data/report.pdf", "data/records.age"
ENROLMENT_BODY, TRUST_BODY = "data/enrolment.json", "data/trust.json"
SOURCES, UPDATE_BODY, PROGRAM = "data/sources.json", "data/update.json", "data/program.bin"

_KIB, _MIB = 1024, 1024 * 1024
LARGEST: Mapping[str, int] = {
    **dict.fromkeys((BAGIT, BAG_INFO, MANIFEST, TAGMANIFEST, HEADER, UPDATE_BODY), 64 * _KIB),
    **{f"signatures/{n}.sig": 16 * _KIB for n in range(1, 10)},
    **{f"signatures/{n}.p7s": 64 * _KIB for n in range(1, 10)},
    ENROLMENT_BODY: _MIB,
    TRUST_BODY: 8 * _MIB,
    FIGURES: 8 * _MIB,
    SOURCES: 16 * _MIB,
    **dict.fromkeys((PDF, RECORDS, PROGRAM), LARGEST_PACKAGE),
}
"""Every name inside a package -> the most bytes it may have. JSON may have less, since parsing multiplies it."""

_TOP = re.compile(
    rf"(?P<kind>{'|'.join(KINDS)})-(?P<code>{CODE})-(?P<feed>[0-9a-f]{{8}})-(?P<seq>[1-9][0-9]{{0,5}})", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Top:
    """The parts of a top folder's name. `feed` is the last 8 hexadecimal digits of the feed's id."""

    kind: str
    code: str
    feed: str
    seq: int


def top_name(kind: str, unit_code: str, feed: str, seq: int) -> str:
    """The top folder's name. The feed's last digits are random also when several feeds start in one minute.

    Raises: Malformed when a part is not allowed.
    """
    name = f"{kind}-{unit_code}-{feed[-8:]}-{seq}"
    parse_top(name)
    return name


def file_name(kind: str, unit_code: str, feed: str, seq: int) -> str:
    """`KIND-UNITCODE-FEED-SEQ.cdpkg`, ASCII, at most 60 characters; never a reserved word, as it starts with a kind.

    Raises: Malformed when a part is not allowed.
    """
    return top_name(kind, unit_code, feed, seq) + SUFFIX


def parse_top(name: str) -> Top:
    """Raises: Malformed when `name` is not the name of a top folder."""
    found = _TOP.fullmatch(name)
    if found is None:
        raise Malformed("not the name of a top folder")
    return Top(found["kind"], found["code"], found["feed"], int(found["seq"]))


def namespace(kind: str) -> str:
    """What a signature over a package of this kind is good for (SSHSIG namespace)."""
    return f"congdoan-{kind}@v1"
