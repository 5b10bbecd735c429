"""SSHSIG: our signatures and OpenSSH's are the same bytes."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from congdoan_desktop.packages import sshsig
from congdoan_desktop.packages.refusals import Malformed

SECRET = bytes(range(32))
PUBLIC = sshsig.public_of(SECRET)
SPACE = "congdoan-report@v1"
ARMOUR = sshsig.sign(SECRET, b"message", SPACE).encode()


def accepted(armour: bytes, message: bytes = b"message", namespace: str = SPACE) -> bool:
    try:
        return sshsig.verify(armour, message, namespace) == PUBLIC
    except Malformed:
        return False


@given(message=st.binary(max_size=300), namespace=st.sampled_from([SPACE, "congdoan-trust@v1"]))
def test_what_is_signed_verifies(message: bytes, namespace: str) -> None:
    assert accepted(sshsig.sign(SECRET, message, namespace).encode(), message, namespace)


def test_only_this_message_and_namespace() -> None:
    assert accepted(ARMOUR)
    assert not accepted(ARMOUR, b"massage")
    assert not accepted(ARMOUR, namespace="congdoan-plan@v1")


def test_every_bit_of_the_armour_counts() -> None:
    for position in range(len(ARMOUR) * 8):
        damaged = bytearray(ARMOUR)
        damaged[position // 8] ^= 1 << position % 8
        assert not accepted(bytes(damaged)), position


def rewrapped(blob: bytes) -> bytes:
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()


BLOB = base64.b64decode(b"".join(ARMOUR.splitlines()[1:-1]))
OTHER_FORMS: dict[str, bytes] = {
    "empty": b"",
    "not ASCII": ARMOUR + "ữ".encode(),
    "no lines": b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
    "not base64": ARMOUR.replace(b"U1NI", b"****"),
    "one long line": ARMOUR.replace(b"\n", b"").replace(b"-----U", b"-----\nU"),
    "carriage returns": ARMOUR.replace(b"\n", b"\r\n"),
    "no final newline": ARMOUR[:-1],
    "blank before": b"\n" + ARMOUR,
    "twice": ARMOUR + ARMOUR,
    "another magic": rewrapped(BLOB.replace(b"SSHSIG", b"SSHSIH")),
    "another version": rewrapped(BLOB.replace(b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\2")),
    "another hash": rewrapped(BLOB.replace(b"sha512", b"sha256")),
    "another algorithm": rewrapped(BLOB.replace(b"ssh-ed25519", b"ssh-ed25518")),
    "bytes after": rewrapped(BLOB + b"\0"),
    "bytes missing": rewrapped(BLOB[:-1]),
    "only a preamble": rewrapped(BLOB[:40]),
    "other key named": rewrapped(BLOB.replace(PUBLIC, sshsig.public_of(bytes(32)))),
    "not a point": rewrapped(BLOB.replace(PUBLIC, b"\xff" * 32)),
}


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_no_other_form_verifies(form: str) -> None:
    assert not accepted(OTHER_FORMS[form])


def test_rewrapping_keeps_the_one_form() -> None:
    """Teeth of the table above."""
    assert rewrapped(BLOB) == ARMOUR


def test_key_lines_are_read_back() -> None:
    line = sshsig.key_line(PUBLIC)
    assert len(line) == 80
    assert sshsig.public_of_line(line) == PUBLIC
    assert sshsig.key_id(PUBLIC) != sshsig.key_id(sshsig.public_of(sshsig.new_secret()))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-ed25519 ",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 %%%%",
        "ssh-ed25519 ữ",
        "ssh-rsa " + sshsig.key_line(PUBLIC)[12:],
        sshsig.key_line(PUBLIC) + " comment",
        sshsig.key_line(PUBLIC) + "\n",
        sshsig.key_line(PUBLIC)[12:],
        " " + sshsig.key_line(PUBLIC),
    ],
)
def test_other_key_lines_are_refused(line: str) -> None:
    with pytest.raises(Malformed):
        sshsig.public_of_line(line)


def test_ssh_keygen_verifies_ours(tmp_path: Path, tool: Callable[[str], str]) -> None:
    (tmp_path / "sig").write_bytes(ARMOUR)
    (tmp_path / "allowed").write_text(f"unit {sshsig.key_line(PUBLIC)}\n")
    command = [tool("ssh-keygen"), "-Y", "verify", "-f", "allowed", "-I", "unit", "-s", "sig", "-n"]
    good = subprocess.run([*command, SPACE], cwd=tmp_path, input=b"message", capture_output=True, check=False)
    other = subprocess.run([*command, "file"], cwd=tmp_path, input=b"message", capture_output=True, check=False)
    assert (good.returncode, other.returncode == 0) == (0, False), good.stderr


def test_we_verify_those_of_ssh_keygen(tmp_path: Path, tool: Callable[[str], str]) -> None:
    keygen = tool("ssh-keygen")
    subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(tmp_path / "key")], check=True)
    (tmp_path / "message").write_bytes(b"message")
    command = [keygen, "-Y", "sign", "-f", "key", "-n", SPACE, "message"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    public = sshsig.verify((tmp_path / "message.sig").read_bytes(), b"message", SPACE)
    assert sshsig.key_line(public) == (tmp_path / "key.pub").read_text().strip()
