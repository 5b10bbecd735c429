"""A second reader of packages, written from packages/FORMAT.md alone and sharing no line with the program.

The program parses and refuses at the first odd byte; this one builds again what the bytes should be, and compares.
"""

import contextlib
import hashlib
import itertools
import re
import struct
import zlib
from dataclasses import dataclass
from typing import Any

import pyrage  # type: ignore[import-untyped]  # it publishes no types
import zstandard

from tests.packages.second_forms import (
    FILES,
    LARGEST,
    TOP,
    Refused,
    encoded,
    fits,
    must,
    raw_key,
    sha,
    shaped,
    signer,
    words,
)
from tests.packages.second_trust import above, chaired, enrolled, listing, may_sign


def zipped(entries: list[tuple[bytes, bytes]]) -> bytes:
    parts, central, offset = [], b"", 0
    for title, content in entries:
        common = struct.pack("<4HHIIIHH", 20, 0, 0, 0, 33, zlib.crc32(content), *[len(content)] * 2, len(title), 0)
        parts.append(b"PK\3\4" + common + title + content)
        central += b"PK\1\2\24\0" + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + title
        offset += len(parts[-1])
    end = struct.pack("<4HIIH", 0, 0, len(entries), len(entries), len(central), offset, 0)
    return b"".join(parts) + central + b"PK\5\6" + end


def unzipped(data: bytes) -> tuple[str, dict[str, bytes]]:
    must(len(data) <= 1 << 28, "size")
    entries: list[tuple[bytes, bytes]] = []
    at = 0
    while data[at : at + 4] == b"PK\3\4" and len(entries) <= 64 and len(data) >= at + 30:
        size, length = struct.unpack_from("<IH", data, at + 22)
        begin = at + 30 + length
        entries.append((data[at + 30 : begin], data[begin : (at := begin + size)]))
    must(1 <= len(entries) <= 64 and zipped(entries) == data, "container")
    must(all(a[0] < b[0] for a, b in itertools.pairwise(entries)), "order")
    top = entries[0][0].partition(b"/")[0].decode("latin-1")
    files = {title.decode("latin-1").removeprefix(f"{top}/"): content for title, content in entries}
    most = [max([int(size) for of, size in LARGEST.items() if re.fullmatch(of, file)], default=-1) for file in files]
    must(TOP.fullmatch(top) and all(title.startswith(f"{top}/".encode()) for title, _ in entries), "top")
    must(all(len(content) <= limit for content, limit in zip(files.values(), most, strict=True)), "names")
    return top, files


def manifest(files: dict[str, bytes]) -> bytes:
    return "".join(f"{sha(files[file])}  {file}\n" for file in sorted(files)).encode()


def bag(top: str, files: dict[str, bytes]) -> bytes:
    data = {file: content for file, content in files.items() if file.startswith("data/")}
    oxum = f"{sum(map(len, data.values()))}.{len(data)}"
    tags = {
        "bag-info.txt": f"External-Identifier: {top}\nPayload-Oxum: {oxum}\n".encode(),
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "manifest-sha256.txt": manifest(data),
    }
    tags["tagmanifest-sha256.txt"] = manifest(tags)
    must(all(files.get(file) == content for file, content in tags.items()), "bag")
    return tags["tagmanifest-sha256.txt"]


def header_of(top: str, files: dict[str, bytes], signed_by: str) -> dict[str, Any]:
    head: dict[str, Any] = shaped(files.get("data/header.json", b""), "header*")
    kind, period, figures = head["kind"], head["period"], files.get("data/figures.json")
    must(top == f"{kind}-{head['sender']['code']}-{head['feed'][-8:]}-{head['seq']}", "name and header")
    must(head["receiver"] or kind in ("enrolment", "trust", "plan", "update"), "no receiver")
    must(period["starts"] <= period["ends"] if period else kind != "report", "period")
    must((head["seq"] == 1) == (head["previous"] is None), "previous")
    must(head["officer"]["key"] == sha(raw_key(signed_by)), "officer")
    must(head["report_id"] == (None if figures is None else sha(figures)), "report_id")
    must(("data/records.age" in files) == (head["sealed_size"] is not None), "sealed_size")
    must(kind != "receipt" or (head["about"] and fits("hex", head["about"])), "about")
    has, may = (set(part.split()) for part in FILES[kind].split("|"))
    inside = {file[5:] for file in files if file.startswith("data/")} - {"header.json"}
    must(has <= inside <= has | may, "files")
    return head


def figures_of(content: bytes, head: dict[str, Any]) -> dict[str, Any]:
    figures: dict[str, Any] = shaped(content, "figures*")
    must(figures["unit"] == head["sender"]["unit"], "figures of another unit")
    must(all(figures[end] == head["period"][end] for end in ("starts", "ends")), "figures of another period")
    cells = {(one["target"], one["indicator"], one["unit"]) for one in figures["figures"]}
    must(len(cells) == len(figures["figures"]), "figure twice")
    return figures


def inflated(frame: bytes, size: int) -> bytes:
    unpacker, out = zstandard.ZstdDecompressor(max_window_size=1 << 23).decompressobj(), bytearray()
    for at in range(0, len(frame), 1024):
        must(not unpacker.eof, "after the frame")
        out += unpacker.decompress(frame[at : at + 1024])
        must(len(out) <= size, "more than sealed_size")
    must(unpacker.eof and not unpacker.unused_data and len(out) == size and out[-1:] == b"\n", "size")
    return bytes(out)


def line_of(data: bytes, head: dict[str, Any]) -> dict[str, Any]:
    must(len(data) <= 4194304, "line")
    line: dict[str, Any] = shaped(data, "line*")
    if line["line"] == "revision":
        must(fits("revision", line) and (line["salt"] is None) == (line["personal"] is None), "revision")
        stated = shaped(line["body"].encode(), "body*")["personal_hash"]
        must(line["salt"] is None or stated == sha(bytes.fromhex(line["salt"]) + encoded(line["personal"])), "personal")
    must(line["line"] != "receipt" or (fits("receipt*", line) and line["package_id"] == head["about"]), "receipt")
    return line


@dataclass
class Reader:
    """An office: its unit, its age identities, the list it holds or the eight words of the root it was given."""

    realm: str
    unit: str
    identities: list[str]
    trust: dict[str, Any] | None = None
    root_words: str = ""

    def read(self, data: bytes) -> dict[str, Any]:
        """Raises: Refused."""
        top, files = unzipped(data)
        message, space = bag(top, files), f"congdoan-{top.partition('-')[0]}@v1".encode()
        keys = [signer(files[file], space, message) for file in sorted(files) if file.endswith(".sig")]
        must("signatures/1.sig" in files and len(set(keys)) == len(keys), "signatures")
        head = header_of(top, files, keys[0])
        must(head["realm"] == self.realm, "realm")
        trust = self.judged(head, files, keys)
        must(head["receiver"] is None or head["receiver"]["unit"] == self.unit, "for another unit")
        self.direction(head["kind"], head["sender"]["unit"])
        figures = figures_of(files["data/figures.json"], head) if "data/figures.json" in files else None
        lines = self.unsealed(files["data/records.age"], head) if "data/records.age" in files else []
        return {"header": head, "figures": figures, "lines": lines, "trust": trust}

    def judged(self, head: dict[str, Any], files: dict[str, bytes], keys: list[str]) -> dict[str, Any] | None:
        if head["kind"] == "enrolment":
            enrolled(files["data/enrolment.json"], head, keys)
            return None
        trust = listing(files["data/trust.json"], head) if head["kind"] == "trust" else self.trust
        if trust is None:
            raise Refused("no trust list yet")
        if head["kind"] == "trust":
            self.follows(trust)
        must(head["kind"] not in ("trust", "update") or keys[0] == trust["root"], "not by the root")
        must(all(may_sign(trust, head, key, first=not at) for at, key in enumerate(keys)), "key may not sign")
        must(chaired(trust, head["kind"], keys), "no chair has signed")
        return trust

    def follows(self, new: dict[str, Any]) -> None:
        must(new["realm"] == self.realm, "realm of the list")
        if self.trust is None:
            must(words(hashlib.sha256(raw_key(new["root"])).digest()) == self.root_words, "root was not typed")
            return
        reached = self.trust["root"]
        for turn in new["rotations"]:
            signed = encoded({"after": turn["after"], "before": turn["before"], "realm": new["realm"]})
            with contextlib.suppress(Refused):
                right = signer(turn["signature"].encode(), b"congdoan-root@v1", signed) == turn["before"] == reached
                reached = turn["after"] if right else reached
        must(reached == new["root"] and new["root_unit"] == self.trust["root_unit"], "another root")
        must(new["version"] > self.trust["version"] or new == self.trust, "older or other list")

    def direction(self, kind: str, sender: str) -> None:
        down = self.trust is not None and sender in above(self.trust, self.unit)
        up = self.trust is not None and self.unit in above(self.trust, sender)
        allowed = {"plan": down, "receipt": down, "cascade": up, "report": up, "exchange": down or sender == self.unit}
        must(allowed.get(kind, True), "direction")

    def unsealed(self, sealed: bytes, head: dict[str, Any]) -> list[dict[str, Any]]:
        must(sealed.startswith(b"age-encryption.org/v1\n"), "not binary age")
        try:
            inner = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(one) for one in self.identities])
            plain = inflated(inner, head["sealed_size"])
        except (pyrage.DecryptError, zstandard.ZstdError) as error:
            raise Refused("seal") from error
        lines = [line_of(line, head) for line in plain[:-1].split(b"\n")]
        binding = {field: head[field] for field in ("kind", "realm", "sender", "receiver", "period", "feed", "seq")}
        must(lines[0] == {"line": "binding", "key": head["officer"]["key"], **binding}, "binding")
        kinds = [line["line"] for line in lines]
        must(kinds.count("binding") == 1 and kinds.count("receipt") == (head["kind"] == "receipt"), "lines")
        return lines
