"""What FORMAT.md says about values, canonical JSON, keys and signatures, a second time; for `second_reader`."""

import base64
import hashlib
import json
import re
import struct
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]  # it publishes no types
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WORDS = (Path(__file__).parents[2] / "congdoan_desktop/packages/words.txt").read_text("utf-8").split()
TABLES: dict[str, dict[str, str]] = {}
for row in Path(__file__).with_suffix(".tables").read_text("utf-8").splitlines():
    if row.startswith("["):
        table = TABLES.setdefault(row, {})
    elif not row.startswith("#"):
        table[row.partition(" ")[0]] = row.partition(" ")[2]
FILES, LARGEST, PATTERNS, SHAPES = TABLES.values()
TOP = re.compile(f"({'|'.join(FILES)})-([A-Z0-9-]{{1,20}})-([0-9a-f]{{8}})-([1-9][0-9]{{0,5}})")


class Refused(Exception): ...


def must(holds: object, why: str) -> None:
    if not holds:
        raise Refused(why)


def fits(kind: str, value: Any) -> bool:
    if kind.endswith("?"):
        return value is None or fits(kind[:-1], value)
    if found := re.fullmatch(r"int(-?\d+)(?:\.\.(\d+))?", kind):
        return type(value) is int and int(found[1]) <= value <= int(found[2] or 2**53 - 1)
    if found := re.fullmatch(r"(text|name)(\d+)(_?)(lf)?", kind):
        return isinstance(value, str) and (0 if found[3] else 1) <= len(value) <= int(found[2]) and clean(value, found)
    if kind in PATTERNS:
        return isinstance(value, str) and bool(re.fullmatch(PATTERNS[kind], value)) and exists(kind, value)
    return isinstance(value, bool) if kind == "bool" else gathered(kind, value)


def gathered(kind: str, value: Any) -> bool:
    if found := re.fullmatch(r"\[(.+)\](\d+)", kind):
        return isinstance(value, list) and len(value) <= int(found[2]) and all(fits(found[1], one) for one in value)
    if kind == "counts":
        return isinstance(value, dict) and len(value) <= 100 and all(map(counted, value.items()))
    fields = dict(field.split(":") for field in SHAPES[kind].split())
    held = isinstance(value, dict) and all(name in value and fits(of, value[name]) for name, of in fields.items())
    return held and (kind.endswith("*") or len(value) == len(fields))


def clean(value: str, kind: re.Match[str]) -> bool:
    if kind[1] == "name":
        return bool(re.fullmatch("[A-Za-z0-9._:-]+", value))
    bad = {"Cc", "Cs", "Zl", "Zp"}
    odd = [c for c in value if unicodedata.category(c) in bad or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"]
    return unicodedata.is_normalized("NFC", value) and not set(odd) - ({"\n"} if kind[4] else set())


def exists(kind: str, value: str) -> bool:
    try:
        if kind == "age":
            pyrage.x25519.Recipient.from_str(value)
        return {"day": date.fromisoformat, "moment": datetime.fromisoformat}.get(kind, bool)(value) is not None and (
            kind != "key" or key_line(raw_key(value)) == value
        )
    except (ValueError, pyrage.RecipientError):
        return False


def counted(item: tuple[str, Any]) -> bool:
    return fits("name64", item[0]) and fits("int0", item[1])


def ssh(*parts: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def key_line(raw: bytes) -> str:
    return "ssh-ed25519 " + base64.b64encode(ssh(b"ssh-ed25519", raw)).decode()


def raw_key(line: str) -> bytes:
    return base64.b64decode(line[12:])[-32:]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def words(digest: bytes) -> str:
    return " ".join(WORDS[int.from_bytes(digest[:10], "big") >> shift & 1023] for shift in range(70, -1, -10))


def canonical(value: Any, depth: int = 0) -> Any:
    must(depth < 32 or not isinstance(value, dict | list), "depth")
    must(not isinstance(value, float) and not (isinstance(value, int) and abs(value) >= 2**53), "number")
    if isinstance(value, dict):
        return {key: canonical(value[key], depth + 1) for key in sorted(value, key=lambda k: k.encode("utf-16-be"))}
    return [canonical(item, depth + 1) for item in value] if isinstance(value, list) else value


def encoded(value: Any) -> bytes:
    return json.dumps(canonical(value), ensure_ascii=False, separators=(",", ":")).encode()


def shaped(data: bytes, kind: str) -> Any:
    try:
        value = json.loads(data.decode())
        must(encoded(value) == data, "not canonical")
    except (ValueError, RecursionError) as error:
        raise Refused("json") from error
    must(fits(kind, value), kind)
    return value


def signer(armour: bytes, space: bytes, message: bytes) -> str:
    try:
        blob = base64.b64decode(b"".join(armour.split(b"\n")[1:-2]))
        parts = ssh(ssh(b"ssh-ed25519", blob[33:65]), space, b"", b"sha512", ssh(b"ssh-ed25519", blob[-64:]))
        lines = re.findall(b".{1,70}", base64.b64encode(b"SSHSIG\0\0\0\1" + parts))
        frame = (b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b"")
        must(armour == b"\n".join(frame), "armour")
        signed = b"SSHSIG" + ssh(space, b"", b"sha512", hashlib.sha512(message).digest())
        Ed25519PublicKey.from_public_bytes(blob[33:65]).verify(blob[-64:], signed)
    except (ValueError, InvalidSignature) as error:
        raise Refused("signature") from error
    return key_line(blob[33:65])
