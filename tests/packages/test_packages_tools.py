"""Programs that we did not write agree about our packages (FORMAT.md, section 14)."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import rfc8785
import zstandard

from congdoan_desktop.packages import names
from congdoan_desktop.packages.bodies import Enrolment
from congdoan_desktop.packages.writer import BuiltPackage
from tests.packages import offices
from tests.packages.offices import PROVINCE, SECOND_CHAIR, UNION, enrolment, plan, receipt, report, trust_package

PACKAGES = {
    "report": report(),
    "plan": plan(),
    "receipt": receipt(),
    "enrolment": enrolment(),
    "trust": trust_package(offices.TRUST.revoke(SECOND_CHAIR.key_id, ())),
}


@pytest.fixture(params=PACKAGES)
def built(request: pytest.FixtureRequest) -> BuiltPackage:
    return PACKAGES[request.param]


@pytest.fixture
def bag(built: BuiltPackage, tmp_path: Path) -> Path:
    """The package unpacked by the standard library."""
    zipfile.ZipFile(io.BytesIO(built.data)).extractall(tmp_path)
    return tmp_path / built.file_name.removesuffix(names.SUFFIX)


def test_sha256sum(bag: Path, tool: Callable[[str], str]) -> None:
    command = [tool("sha256sum"), "--strict", "-c", names.MANIFEST, names.TAGMANIFEST]
    assert subprocess.run(command, cwd=bag, check=False, capture_output=True).returncode == 0
    (bag / names.HEADER).write_bytes(b"{}")
    assert subprocess.run(command, cwd=bag, check=False, capture_output=True).returncode != 0


def test_bagit(bag: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(bag)]
    done = subprocess.run(command, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr
    (bag / "data" / "more.txt").write_bytes(b"x")
    assert subprocess.run(command, check=False, capture_output=True).returncode != 0


def test_ssh_keygen(bag: Path, tool: Callable[[str], str]) -> None:
    kind = bag.name.split("-")[0]
    sender = PROVINCE if kind in ("plan", "receipt", "trust") else UNION
    (bag / "allowed_signers").write_text(f"{sender.code} {sender.key.signing}\n")
    command = [tool("ssh-keygen"), "-Y", "verify", "-f", "allowed_signers", "-I", sender.code, "-s", names.SIGNATURE]
    message = (bag / names.TAGMANIFEST).read_bytes()

    def verified(namespace: str, text: bytes) -> bool:
        done = subprocess.run([*command, "-n", namespace], cwd=bag, input=text, capture_output=True, check=False)
        return done.returncode == 0

    assert verified(f"congdoan-{kind}@v1", message)
    assert not verified("congdoan-update@v1", message)
    assert not verified(f"congdoan-{kind}@v1", message + b" ")


def test_age_and_zstandard(tmp_path: Path, tool: Callable[[str], str]) -> None:
    (tmp_path / "identity").write_text(PROVINCE.age[0] + "\n")
    sealed = offices.payload(PACKAGES["report"].data)[names.RECORDS]
    command = [tool("age"), "-d", "-i", "identity"]
    opened = subprocess.run(command, cwd=tmp_path, input=sealed, capture_output=True, check=True).stdout
    assert zstandard.ZstdDecompressor().decompress(opened).startswith(b'{"feed":')


def test_canonical_json(built: BuiltPackage) -> None:
    import json

    for name, content in offices.payload(built.data).items():
        if name.endswith(".json"):
            assert rfc8785.dumps(json.loads(content)) == content


def test_an_enrolment_is_canonical_too() -> None:
    body = offices.payload(PACKAGES["enrolment"].data)[names.ENROLMENT_BODY]
    assert Enrolment.from_bytes(body).to_bytes() == body
