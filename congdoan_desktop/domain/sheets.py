"""What the sheets that go by hand say: recovery, enrolment, the province's root words, receipts. Pure data.

None of them is called a "chữ ký số": the codes prove where a package comes from, not who signed a document (rule C10).
`qr` is the content of the sheet's QR code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from congdoan_desktop.domain.period_report import Letterhead


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The only other key to the office's data. Printed once, kept in an envelope, stored nowhere."""

    unit_name: str
    installation: str
    """The computer, as people call it: "Máy số 1"."""
    made_on: date
    words: tuple[str, ...]
    qr: str
    sample: bool = False


@dataclass(frozen=True, slots=True)
class EnrolledOfficer:
    """One line of the enrolment sheet: who holds a code, and on which computer."""

    name: str
    title: str
    task: str
    machine: str


@dataclass(frozen=True, slots=True)
class EnrolmentSheet:
    """The stamped sheet that the upper union compares with the enrolment file."""

    letterhead: Letterhead
    receiver: str
    unit_name: str
    unit_code: str
    address: str
    year: int
    officers: tuple[EnrolledOfficer, ...]
    words: tuple[str, ...]
    qr: str
    package_code: str
    """12 characters of the enrolment's package id, in groups."""
    file_name: str
    authority: tuple[str, ...]
    signer_title: str
    signer_name: str
    sample: bool = False


@dataclass(frozen=True, slots=True)
class RootSheet:
    """The stamped sheet that carries the province's root words to the unions under it."""

    letterhead: Letterhead
    unit_name: str
    unit_code: str
    year: int
    words: tuple[str, ...]
    qr: str
    authority: tuple[str, ...]
    signer_title: str
    signer_name: str
    sample: bool = False


class Verdict(StrEnum):
    """The receiver's answer to a package."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ReceiptFinding:
    """A row to be mended: where, what, how, by when."""

    place: str
    fault: str
    remedy: str
    due: date | None


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """The paper that goes back with a receipt file. `facts` are (label, text) lines in the order of the form."""

    letterhead: Letterhead
    receiver: str
    dated: date
    facts: tuple[tuple[str, str], ...]
    verdict: Verdict
    findings: tuple[ReceiptFinding, ...]
    request: str
    """What the sender is asked to do; empty when nothing is."""
    package_code: str
    receipt_code: str
    file_name: str
    qr: str
    giver: str
    taker: str
    sample: bool = False
