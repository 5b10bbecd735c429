"""How near a reading comes to what a careful reader takes out: header fields right, targets as precision and recall.

A target is right when comparison, value and unit agree and it stands at the same place of the text.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congdoan_desktop import paths
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import plan_reading

Json = Mapping[str, Any]
SHARED = paths.resources().parent.parent / "shared"
FIXTURES = Path(__file__).parent / "data"
SINGLE = (
    "so_ky_hieu", "so", "ky_hieu", "doc_type", "parent_body", "issuing_body", "organ", "place", "date", "title",
)  # fmt: skip
LISTS = ("can_cu", "references", "recipients")


@dataclass(frozen=True)
class Score:
    """Counts over one plan or over several."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    fields_right: int = 0
    fields: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.found + other.found,
            self.wanted + other.wanted,
            self.fields_right + other.fields_right,
            self.fields + other.fields,
        )

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0

    @property
    def header(self) -> float:
        return self.fields_right / self.fields


def read(path: Path) -> Json:
    return plan_reading.as_json(plan_reading.read_file(path, Progress()))


def truth(path: Path) -> Json:
    loaded: Json = json.loads(path.read_text("utf-8"))
    return loaded


def score(read_: Json, wanted: Json) -> Score:
    fields = list(header_fields(read_, wanted))
    right = matched(read_, wanted["targets"])
    return Score(
        right=len(right),
        found=len(read_["targets"]),
        wanted=len(wanted["targets"]),
        fields_right=sum(got == want for _, got, want in fields),
        fields=len(fields),
    )


def header_fields(read_: Json, wanted: Json) -> Iterator[tuple[str, object, object]]:
    """(name, read, wanted), both sides folded so that typing makes no difference."""
    for name in SINGLE:
        yield name, folded(read_[name]), folded(wanted.get(name))
    for name in LISTS:
        yield name, sorted(map(folded, read_[name])), sorted(map(folded, wanted[name]))
    signed, expected = read_["signatory"], wanted["signatory"]
    yield "authority", [*map(folded, signed["authority"])], [*map(folded, expected["authority"])]
    yield "signer title", folded(signed["title"]), folded(expected["title"])
    yield "signer", folded(signed["name"]), folded(expected["name"])


def folded(value: object) -> str:
    """NFC, white space folded, `*` removed, capitals as small letters; "(...)" remarks of the truth files dropped."""
    if value is None:
        return ""
    text = " ".join(unicodedata.normalize("NFC", str(value)).replace("*", "").split())
    return "" if "(not printed" in text else text.casefold()


def matched(read_: Json, wanted: Iterable[Json]) -> list[tuple[int, Json]]:
    """(index of the target read, the wanted one), each used once."""
    flat = str(read_["text"]).replace("\n", " ")
    left = dict(enumerate(read_["targets"]))
    pairs = []
    for target in wanted:
        places = list(_places(flat, target["text"]))
        fitting = (at for at, got in left.items() if _same(got, target) and _meets(got["span"], places))
        at = next(fitting, None)
        if at is not None:
            pairs.append((at, target))
            del left[at]
    return pairs


def _same(got: Json, wanted: Json) -> bool:
    same_values = got["value"] == wanted["value"] and got["value2"] == wanted.get("value2")
    return bool(got["op"] == wanted["op"] and same_values and folded(got["unit"]) == folded(wanted["unit"]))


def _places(flat: str, text: str) -> Iterator[tuple[int, int]]:
    wanted = " ".join(unicodedata.normalize("NFC", text).replace("*", "").split())
    at = flat.find(wanted)
    while at >= 0:
        yield at, at + len(wanted)
        at = flat.find(wanted, at + 1)


def _meets(span: list[int], places: list[tuple[int, int]]) -> bool:
    """Whether half of the shorter of two stretches is shared."""
    shares = (
        min(span[1], end) - max(span[0], start) >= min(span[1] - span[0], end - start) / 2 for start, end in places
    )
    return any(shares)
