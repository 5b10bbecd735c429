"""A second reader of packages, written from packages/FORMAT.md alone; grammar and rules it takes out of section 16."""
# ruff: noqa: PT018 - it is no test: what FORMAT.md says in one sentence is one assertion here

import hashlib
import json
import re
import struct
import tomllib
from binascii import a2b_base64, b2a_base64, crc32
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import is_normalized

import pyrage  # type: ignore[import-untyped]  # it publishes no types
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from zstandard import ZstdDecompressor, ZstdError, frame_content_size

FORMAT = Path(__file__).parents[2] / "congdoan_desktop/packages/FORMAT.md"
TABLES = tomllib.loads(FORMAT.read_text("utf-8").partition("```toml\n")[2].partition("```")[0])
WORDS = FORMAT.with_name("words.txt").read_text("utf-8").split()
KEY, SIGNATURE = b"\0\0\0\x0bssh-ed25519\0\0\0\x20", b"\0\0\0\x53\0\0\0\x0bssh-ed25519\0\0\0\x40"
REFUSED: Any = (AssertionError, LookupError, ValueError, RecursionError, InvalidSignature, ZstdError)
REFUSED += (TypeError, pyrage.DecryptError, pyrage.RecipientError)
RULES: Any = {
    "=": lambda these, those: set(these) == set(those),
    "in": lambda these, those: set(these) <= {None, *those},
    "<=": lambda these, those: these <= those,
    "once": lambda *columns: len(set(zip(*columns, strict=True))) == len(columns[0]),
    "id": lambda ids, lines: ids == [sha(a2b_base64(line[12:])[-32:]) for line in lines],
    "age": lambda ages: all(one is None or pyrage.x25519.Recipient.from_str(one) for one in ages),
}


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Reader(NamedTuple):
    realm: str
    unit: str
    identities: list[str]  # the age secrets of the office
    trust: dict[str, Any] | None = None
    root_words: str = ""  # where it has no list yet

    def read(self, package: bytes) -> Any:
        top, files, data = self.unpacked(package)
        kind, tags, inside = top.partition("-")[0], files["tagmanifest-sha256.txt"], {name[5:] for name in data}
        keys = [self.signer(files[name], kind, tags) for name in sorted(files) if name.endswith(".sig")]
        assert "signatures/1.sig" in files and len(set(keys)) == len(keys), "signatures"
        found: Any = {name[:-5]: self.parsed(name[:-5], data["data/" + name]) for name in inside if ".json" in name}
        head, rules = found["header"], TABLES["kinds"][kind]
        assert top == f"{head['kind']}-{head['sender']['code']}-{head['feed'][-8:]}-{head['seq']}", "top"
        assert {*rules["has"]} <= inside - {"header.json"} <= {*rules["has"], *rules["may"]}, "files"
        if kind == "enrolment":
            found["unit_revision"] = self.parsed("unit_revision", found["enrolment"]["unit_revision"].encode())
        else:
            self.trusted(found.get("trust", self.trust), found, keys, rules["way"])
        self.agree(found, keys, self.unit)
        assert ("records.age" in inside) == (head["sealed_size"] is not None), "sealed_size"
        return {**found, "lines": self.unsealed(data["data/records.age"], head) if "records.age" in inside else []}

    def unpacked(self, data: bytes) -> tuple[str, dict[str, bytes], dict[str, bytes]]:
        entries, central, end = dict[bytes, bytes](), b"", 0
        while data[end : end + 4] == b"PK\3\4" and len(data) - end >= 30 and len(entries) <= 64:
            begin, (size, length) = end, struct.unpack_from("<IH", data, end + 22)
            end = (start := begin + 30 + length) + size
            title, content = data[begin + 30 : start], data[start:end]
            common = struct.pack("<5H3I2H", 20, 0, 0, 0, 33, crc32(content), *[len(content)] * 2, len(title), 0)
            assert data[begin:end] == b"PK\3\4" + common + title + content and title not in entries, "entry"
            central += b"PK\1\2\24\0" + common + struct.pack("<HHHII", 0, 0, 0, 0, begin) + title
            entries[title] = content
        last = struct.pack("<4s4HIIH", b"PK\5\6", 0, 0, len(entries), len(entries), len(central), end, 0)
        assert len(data) <= 1 << 28 and 1 <= len(entries) <= 64 and data[end:] == central + last, "container"
        top = min(entries).partition(b"/")[0].decode("ascii")
        files = {title.decode("ascii").removeprefix(f"{top}/"): content for title, content in entries.items()}
        assert list(entries) == sorted(f"{top}/{name}".encode() for name in files), "order or top"
        sizes = [(one, most) for one in files for name, most in TABLES["largest"].items() if re.fullmatch(name, one)]
        assert len(sizes) == len(files) and all(len(files[one]) <= most for one, most in sizes), "name or size"
        payload = {name: content for name, content in files.items() if name.startswith("data/")}
        info = f"External-Identifier: {top}\nPayload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}\n".encode()
        version = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        tags = {"bag-info.txt": info, "bagit.txt": version, "manifest-sha256.txt": self.manifest(payload)}
        assert {**tags, "tagmanifest-sha256.txt": self.manifest(tags)}.items() <= files.items(), "bag"
        return top, files, payload

    def manifest(self, files: dict[str, bytes]) -> bytes:
        return "".join(f"{sha(files[name])}  {name}\n" for name in sorted(files)).encode()

    def signer(self, armour: bytes, kind: str, message: bytes) -> str:
        blob, space = a2b_base64(b"".join(armour.split(b"\n")[1:-2])), f"congdoan-{kind}@v1".encode()
        key, spaces = KEY + blob[33:65], struct.pack(">I", len(space)) + space + b"\0\0\0\0\0\0\0\6sha512"
        text = b"SSHSIG\0\0\0\1\0\0\0\x33" + key + spaces + SIGNATURE + blob[-64:]
        lines = re.sub(b"(.{1,70})", rb"\1\n", b2a_base64(text, newline=False))
        assert armour == b"-----BEGIN SSH SIGNATURE-----\n%s-----END SSH SIGNATURE-----\n" % lines, "armour"
        signed = b"SSHSIG" + spaces + b"\0\0\0\x40" + hashlib.sha512(message).digest()
        Ed25519PublicKey.from_public_bytes(blob[33:65]).verify(blob[-64:], signed)
        return "ssh-ed25519 " + b2a_base64(key, newline=False).decode()

    def parsed(self, kind: str, data: bytes) -> dict[str, Any]:
        value, fields, flat = json.loads(data.decode(), parse_float=int), TABLES["objects"][kind], data
        for inside in (rb'"(\\.|[^"\\])*"', *[rb"[\[{][^\[\]{}]*[\]}]"] * 32):
            flat = re.sub(inside, b"", flat)
        assert rfc8785.dumps(value) == data and not re.search(rb"[\[{]", flat), "not canonical, or too deep"
        assert isinstance(value, dict) and (kind not in TABLES["closed"] or value.keys() <= fields.keys()), "object"
        for name in fields.keys() - (set(TABLES["optional"]) - value.keys()):
            text, free = rfc8785.dumps(value[name]).decode(), re.search("string|object|array", fields[name])
            assert re.fullmatch(self.expression(fields[name]), text) and (free or is_normalized("NFC", text)), name
        return value

    def expression(self, rule: str) -> str:
        pattern, grammar = r"<(\w+) ?(\d*)>", TABLES["grammar"]
        return re.sub(pattern, lambda m: f"(?:{self.expression(grammar[m[1]].replace('N}', m[2] + '}'))})", rule)

    def at(self, value: Any, *path: str) -> list[Any]:
        if isinstance(value, list):
            return [found for one in value for found in self.at(one, *path)]
        return self.at(value.get(path[0]), *path[1:]) if path and value is not None else [value]

    def agree(self, found: dict[str, Any], keys: list[str], unit: str) -> None:
        head, figures = found["header"], found.get("figures")
        signature = {"keys": keys, "first": keys[:1], "report_id": figures and sha(rfc8785.dumps(figures))}
        told = {**found, "reader": {"unit": unit, "realm": self.realm}, "signature": signature}
        for relation, *paths in map(str.split, TABLES["rules"]):
            if paths[0].partition(".")[0] in found:
                assert RULES[relation](*(self.at(told, *path.split(".")) for path in paths)), paths
        assert all(head[name] for name in TABLES["kinds"][head["kind"]]["needs"]), "null"
        assert (head["seq"] == 1) == (head["previous"] is None), "previous"

    def unsealed(self, sealed: bytes, head: dict[str, Any]) -> list[dict[str, Any]]:
        assert sealed.startswith(b"age-encryption.org/v1\n"), "not binary age"
        frame = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(one) for one in self.identities])
        size, lines = head["sealed_size"], list[dict[str, Any]]()
        assert frame_content_size(frame) in (-1, size), "size"
        plain = ZstdDecompressor(max_window_size=1 << 23).decompress(frame, size, allow_extra_data=False)
        assert len(plain) == size and plain.endswith(b"\n"), "size"
        for data in plain[:-1].split(b"\n"):
            kind = f"line.{self.parsed('line', data)['line']}"
            lines.append(line := self.parsed(kind if kind in TABLES["objects"] else "line", data))
            assert len(data) <= 4194304 and (line.get("salt") is None) == (line.get("personal") is None), "line"
            if kind == "line.revision":
                body, salt = self.parsed("body", line["body"].encode()), bytes.fromhex(line["salt"] or "")
                assert not salt or body["personal_hash"] == sha(salt + rfc8785.dumps(line["personal"])), "personal"
            assert kind != "line.receipt" or line["package_id"] == head["about"], "about"
        told = {name: head[name] for name in head if name in lines[0]}
        assert lines[0] == {"line": "binding", "key": head["officer"]["key"], **told}, "binding"
        kinds = [line["line"] for line in lines]
        assert kinds.count("binding") == 1 and kinds.count("receipt") == (head["kind"] == "receipt"), "lines"
        return lines

    def trusted(self, trust: Any, found: dict[str, Any], keys: list[str], way: str) -> None:
        listed = {one["signing"]: one for one in trust["keys"]}
        head, sender, heirs = found["header"], found["header"]["sender"]["unit"], trust.get("heirs", [])
        for key in keys:
            one, marks = listed[key], listed[key]["revoked_from"]
            alive = marks is None or any(m["feed"] == head["feed"] and m["seq"] > head["seq"] for m in marks)
            assert alive and one["unit"] == sender and one["role"] in ("chair", "officer"), "key may not sign"
        assert listed[keys[0]]["installation"] == head["installation"], "installation"
        by_root = keys[0] == trust["root"] and listed[trust["root"]]["revoked_from"] is None
        down, up = sender in self.above(trust, self.unit), self.unit in self.above(trust, sender)
        up |= head["kind"] == "cascade" and not head["about"] and {"heir": self.unit, "unit": sender} in heirs
        down |= head["kind"] == "receipt" and {"heir": sender, "unit": self.unit} in heirs
        assert {"up": up, "down": down, "within": down or sender == self.unit, "root": by_root}[way], "direction"
        assert head["kind"] not in trust.get("chair_signs", []) or "chair" in {listed[key]["role"] for key in keys}
        self.follows(trust)
        order = [self.proven(one, sender, listed) for one in found.get("sources", {"sources": []})["sources"]]
        assert order == sorted(set(order)) and len(order) <= 1000, "a source twice or out of order"

    def above(self, trust: dict[str, Any], unit: str, *seen: str) -> list[str]:
        parent: Any = {one["unit"]: one["parent"] for one in trust["units"]}.get(unit)
        return [] if parent in (None, unit, *seen) else [parent, *self.above(trust, parent, unit, *seen)]

    def proven(self, source: Any, receiver: str, listed: dict[str, Any]) -> tuple[str, str]:
        self.parsed("source", rfc8785.dumps(source))
        tags, rows, signature = (source[name].encode() for name in ("tagmanifest", "manifest", "signature"))
        payload = {name: rfc8785.dumps(source[name]) for name in ("header", "figures")}
        found = {name: self.parsed(name, content) for name, content in payload.items()}
        held = {*self.manifest({f"data/{name}.json": content for name, content in payload.items()}).splitlines()}
        assert held <= {*rows.splitlines()} and self.manifest({"manifest-sha256.txt": rows})[:-1] in tags.splitlines()
        key, head = self.signer(signature, "report", tags), found["header"]
        self.agree(found, [key], receiver)
        by, told = listed[key], (head["kind"], head["sender"]["unit"], head["installation"])
        assert told == ("report", by["unit"], by["installation"]), "source of nobody known"
        return head["sender"]["unit"], sha(tags)

    def follows(self, new: dict[str, Any]) -> None:
        if self.trust is None:
            bits = int(sha(a2b_base64(new["root"][12:])[-32:])[:20], 16)
            assert " ".join(WORDS[bits >> shift & 1023] for shift in range(70, -1, -10)) == self.root_words, "root"
            return
        reached = self.trust["root"]
        for turn in new["rotations"]:
            signed = rfc8785.dumps({"after": turn["after"], "before": turn["before"], "realm": new["realm"]})
            with suppress(*REFUSED):
                right = self.signer(turn["signature"].encode(), "root", signed) == turn["before"] == reached
                reached = turn["after"] if right else reached
        assert reached == new["root"] and new["root_unit"] == self.trust["root_unit"], "another root"
        assert new["version"] > self.trust["version"] or new == self.trust, "older or other list"
