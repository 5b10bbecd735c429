"""Packages of formats 1.0 to 1.3, kept for ever: every later program must read them as this one does (1.4: `_heirs`).

They are of the realm `sample`; the identities open nothing but these files.
"""

from __future__ import annotations

import base64
from pathlib import Path

from congdoan_desktop.domain.canonical import sha256_hex
from congdoan_desktop.packages.acceptance import accept_first
from congdoan_desktop.packages.reader import VerifiedPackage, read
from congdoan_desktop.packages.trust import TrustList
from congdoan_desktop.pictures.looking import size_of
from tests.packages.offices import uid

DATA = Path(__file__).parent / "data"
PROVINCE, UNION = "0192a3b4-0001-7000-8000-000000000001", "0192a3b4-0002-7000-8000-000000000002"
OPENS_REPORT = "AGE-SECRET-KEY-1UUE9HUH6UMYLJTQ0E4T2AJC48HYPT0R02WKKXNHVW634MHRSUT0QZCH8ZZ"
OPENS_TRUST = "AGE-SECRET-KEY-1SLVSUU5J9KAPL58YJ6MX3FXAS29VH9R4L336WFU0R4H7LNJHR0KQAA6KNA"
OPENS_PHOTO = "AGE-SECRET-KEY-15AX9DV6M55ZLTXWKT2MRJ5TMNJ055N2TGT8F8CLZ3V7TTNSJ7U0QVF8GD6"


def opened(name: str, trust: TrustList | None, receiver: str, identity: str) -> VerifiedPackage:
    data = (DATA / name).read_bytes()
    return read(data, trust=trust, realm="sample", receiver=receiver, identities=(identity,))


def first_list() -> TrustList:
    package = opened("trust-1.0.cdpkg", None, UNION, OPENS_TRUST)
    assert package.package_id == "0da0b4b528b52048575738a874eedd30c2666ef84998ec80a35f00298f27c2cb"
    assert package.trust is not None
    return accept_first(package.trust, "gió tuyết trao nhiên sắc vác mận trừu", "sample")


def test_trust_list() -> None:
    trust = first_list()
    assert (trust.version, trust.root_unit) == (2, PROVINCE)
    assert [unit.code for unit in trust.units] == ["LDLD-LC", "CDX-THANUYEN"]


def test_report() -> None:
    package = opened("report-1.0.cdpkg", first_list(), PROVINCE, OPENS_REPORT)
    assert package.package_id == "3a4570ba62d773929e067c106fb5a9492b87be8576d4ec61db79ed8e40c73b80"
    assert package.header.report_id == "74865497dcbba8657d0d6a616699851670941f1d3803e45f6df9435938ad8f2c"
    assert package.header.officer_name == "Lò Thị Hoa"
    assert package.figures is not None
    assert [(f.numerator, f.denominator) for f in package.figures.figures] == [(85, 100), (12, None)]
    assert [line["personal"] and line["personal"]["name"] for line in package.lines] == ["Nguyễn Thị Ánh", None]


def test_report_with_a_photo() -> None:
    """Format 1.1: what the attachment line carries is the picture that the record names."""
    made = opened("trust-1.1.cdpkg", None, uid(2), OPENS_PHOTO)
    assert made.trust is not None
    trust = accept_first(made.trust, "ấp nhích truyện gánh xay thuế mếu trọc", "sample")
    package = opened("report-1.1.cdpkg", trust, uid(1), OPENS_PHOTO)
    assert package.package_id == "c1f237e1d2b60ab00b0f8aab87e815ec45d2609aeb8233d1db8d2a45fb895604"
    assert (package.header.format, package.header.counts) == ("1.1", {"attachment": 1, "revision": 1})
    record, picture = package.lines
    data = base64.b64decode(picture["data"])
    assert picture["line"] == "attachment"
    assert sha256_hex(data) == picture["digest"] == record["personal"]["digest"]
    assert size_of(data) == (48, 32)


def test_consolidated_report_with_its_sources() -> None:
    """Format 1.2: what the report was summed up from, each proven by its own sender."""
    made = opened("trust-1.2.cdpkg", None, uid(2), OPENS_PHOTO)
    assert made.trust is not None
    trust = accept_first(made.trust, "tập ngoặc bầu thanh cơm én nam vênh", "sample")
    package = opened("report-1.2.cdpkg", trust, uid(1), OPENS_PHOTO)
    assert package.package_id == "e2eec5694d6fd55d81b6e8c4e88f0d1cad0059cd6854df4ee22bca8f37ae6591"
    assert package.header.format == "1.2"
    assert [(one.told.sender.code, one.counted.figures[0].numerator) for one in package.sources] == [
        ("CS-A", 85),
        ("CS-B", 85),
    ]


def test_enrolment_that_gives_up_a_key() -> None:
    """Format 1.3: the old key, which has signed too, names the first number that it does not count for any more."""
    package = opened("enrolment-1.3.cdpkg", None, uid(1), OPENS_PHOTO)
    assert package.header.format == "1.3"
    assert package.enrolment is not None
    new, old = package.enrolment.keys
    (ended,) = package.enrolment.ended
    assert (ended.key_id, [mark.seq for mark in ended.marks]) == (old.key_id, [8])
    assert package.key == new
