"""Sections 9 and 10 of FORMAT.md, a second time: enrolments, trust lists, who may sign; for `second_reader`."""

from typing import Any

from tests.packages.second_forms import fits, must, raw_key, sha, shaped


def enrolled(content: bytes, head: dict[str, Any], keys: list[str]) -> None:
    body = shaped(content, "enrolment*")
    must(all(body[field] == head[field] for field in ("realm", "installation")), "enrolment and header")
    own, listed = shaped(body["unit_revision"].encode(), "unit_revision*"), [one["signing"] for one in body["officers"]]
    must(own["type"] == "unit" and own["record"] == body["unit"] == head["sender"]["unit"], "unit_revision")
    must(len(set(listed)) == len(listed) and set(listed) == set(keys), "self-signed")
    must(all(one["key_id"] == sha(raw_key(one["signing"])) for one in body["officers"]), "key_id")


def listing(content: bytes, head: dict[str, Any]) -> dict[str, Any]:
    trust: dict[str, Any] = shaped(content, "trust*")
    units, keys = {one["unit"]: one["parent"] for one in trust["units"]}, {k["signing"]: k for k in trust["keys"]}
    must(len(units) == len(trust["units"]) and len(keys) == len(trust["keys"]), "listed twice")
    must({*units.values(), *(one["unit"] for one in trust["keys"] + trust["recovery"])} <= {None, *units}, "unlisted")
    must(all(k["key_id"] == sha(raw_key(k["signing"])) and k["realm"] == trust["realm"] for k in trust["keys"]), "key")
    must(fits("[asked]4", trust.get("chair_signs", [])), "chair_signs")
    root = keys.get(trust["root"], {"unit": None})
    must(root["unit"] == trust["root_unit"] == head["sender"]["unit"] and root["revoked_from"] is None, "root")
    return trust


def above(trust: dict[str, Any], unit: str) -> set[str]:
    parents, found = {one["unit"]: one["parent"] for one in trust["units"]}, set[str]()
    while (parent := parents.get(unit)) and parent not in found:
        found.add(unit := parent)
    return found


def chaired(trust: dict[str, Any], kind: str, keys: list[str]) -> bool:
    signed = {one["role"] for one in trust["keys"] if one["signing"] in keys}
    return kind not in trust.get("chair_signs", []) or "chair" in signed


def may_sign(trust: dict[str, Any], head: dict[str, Any], line: str, first: bool) -> bool:
    key = next((one for one in trust["keys"] if one["signing"] == line), None)
    if key is None or key["unit"] != head["sender"]["unit"] or key["role"] not in ("chair", "officer"):
        return False
    reach = key["revoked_from"]
    alive = reach is None or any(one["feed"] == head["feed"] and one["seq"] > head["seq"] for one in reach)
    return alive and (not first or key["installation"] == head["installation"])
