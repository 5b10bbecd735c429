"""Sealed records: opened by whom they are for, never past the stated size."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import hypothesis.strategies as st
import pyrage  # type: ignore[import-untyped]  # it publishes no types
import pytest
import zstandard
from hypothesis import given

from congdoan_desktop.packages import sealing
from congdoan_desktop.packages.refusals import Malformed, PackageRefused, Reason

SECRET, RECIPIENT = sealing.new_identity()
OTHER_SECRET, OTHER_RECIPIENT = sealing.new_identity()


def encrypted(packed: bytes) -> bytes:
    return bytes(pyrage.encrypt(packed, [pyrage.x25519.Recipient.from_str(RECIPIENT)]))


def refusal(sealed: bytes, size: int, secret: str = SECRET) -> Reason:
    with pytest.raises(PackageRefused) as caught:
        sealing.unseal(sealed, [secret], size)
    return caught.value.reason


@given(st.binary(max_size=5000))
def test_what_is_sealed_is_unsealed(content: bytes) -> None:
    assert sealing.unseal(sealing.seal(content, [RECIPIENT]), [SECRET], len(content)) == content


def test_each_recipient_opens_it_and_nobody_else() -> None:
    sealed = sealing.seal(b"records", [RECIPIENT, OTHER_RECIPIENT])
    assert sealing.unseal(sealed, [OTHER_SECRET], 7) == b"records"
    assert refusal(sealed, 7, sealing.new_identity()[0]) is Reason.SEAL


def test_a_province_of_recipients_costs_its_opener_no_multiple_of_its_sealer() -> None:
    """The list of keys goes to every computer of a province; read piece by piece its header took 40 times as long."""
    before = time.process_time()
    sealed = sealing.seal(b"records", [RECIPIENT, *(sealing.new_identity()[1] for _ in range(300))])
    between = time.process_time()
    assert sealing.unseal(sealed, [SECRET], 7) == b"records"
    assert time.process_time() - between < 8 * (between - before)


def test_a_header_without_end_is_not_read() -> None:
    header = b"age-encryption.org/v1\n" + b"-> x\n\n" * 30_000
    before = time.process_time()
    for end in (b"", b"--- " + b"A" * 43 + b"\n" + bytes(32)):
        assert refusal(header + end, 7) is Reason.SEAL
    assert time.process_time() - before < 1


def test_without_recipients_nothing_is_sealed() -> None:
    with pytest.raises(ValueError, match="open"):
        sealing.seal(b"records", [])


@pytest.mark.parametrize("size", [0, 6, 8, 1 << 40])
def test_the_size_must_be_the_stated_one(size: int) -> None:
    assert refusal(sealing.seal(b"records", [RECIPIENT]), size) is Reason.SEALED_SIZE


def test_a_bomb_stops_at_the_stated_size() -> None:
    bomb = encrypted(zstandard.ZstdCompressor().compress(bytes(400_000_000)))
    assert len(bomb) < 100_000
    assert refusal(bomb, 1000) is Reason.SEALED_SIZE


FRAME = zstandard.ZstdCompressor().compress(b"records")
WIDE = zstandard.ZstdCompressor(
    compression_params=zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False, enable_ldm=True)
)


def wide_frame() -> bytes:
    stream = WIDE.compressobj()
    return stream.compress(b"records") + stream.flush()


@pytest.mark.parametrize(
    "sealed",
    [
        b"",
        b"age-encryption.org/v1\n",
        b"not age at all",
        encrypted(b"not zstd"),
        encrypted(b""),
        encrypted(FRAME[:-1]),
        encrypted(FRAME + b"\0"),
        encrypted(FRAME + FRAME),
        encrypted(FRAME.ljust(2048, b"\0")),
        encrypted(wide_frame()),
        encrypted(FRAME)[:-1],
        encrypted(FRAME) + b"\0",
        bytes(pyrage.passphrase.encrypt(FRAME, "guess")),
        bytes(pyrage.encrypt(FRAME, [pyrage.x25519.Recipient.from_str(RECIPIENT)], armored=True)),
    ],
)
def test_other_forms_are_refused(sealed: bytes) -> None:
    assert refusal(sealed, 7) in (Reason.SEAL, Reason.SEALED_SIZE)


def test_the_plain_frame_passes() -> None:
    """Teeth of the table above."""
    assert sealing.unseal(encrypted(FRAME), [SECRET], 7) == b"records"


@pytest.mark.parametrize(
    "text",
    [None, "", "age1", RECIPIENT.upper(), RECIPIENT[:-1] + "b", RECIPIENT + " ", 7],
    ids=["none", "empty", "prefix", "capitals", "another letter", "space", "number"],
)
def test_other_recipients_are_refused(text: object) -> None:
    if text == RECIPIENT:  # one run in 32 happens on the same letter
        text = RECIPIENT[:-1] + "q"
    with pytest.raises(Malformed):
        sealing.recipient(text)


def test_age_opens_it(tmp_path: Path, tool: Callable[[str], str]) -> None:
    (tmp_path / "identity").write_text(SECRET + "\n")
    (tmp_path / "records.age").write_bytes(sealing.seal(b"records", [RECIPIENT]))
    command = [tool("age"), "-d", "-i", "identity", "records.age"]
    opened = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    assert zstandard.ZstdDecompressor().decompress(opened) == b"records"


def test_we_open_what_age_sealed(tmp_path: Path, tool: Callable[[str], str]) -> None:
    command = [tool("age"), "-r", RECIPIENT]
    sealed = subprocess.run(command, cwd=tmp_path, input=FRAME, capture_output=True, check=True).stdout
    assert sealing.unseal(sealed, [SECRET], 7) == b"records"
