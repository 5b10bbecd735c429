"""Looking for words that must be nowhere in clear: in every form in which a file could hold them."""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from congdoan_desktop.domain.text import search_key


def forms(word: str) -> frozenset[bytes]:
    """The bytes of a word as text of several encodings, as JSON, folded for search, in base64 and hexadecimal."""
    spellings = {
        *(unicodedata.normalize(form, word) for form in ("NFC", "NFD")),
        word.lower(),
        word.upper(),
        search_key(word),
        json.dumps(word)[1:-1],
    }
    plain = {text.encode(encoding) for text in spellings for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    return frozenset(plain | {one for text in plain for one in (*_base64(text), *_hexadecimal(text))})


def _base64(data: bytes) -> Iterator[bytes]:
    """The part that is the same whatever stands before and behind, for each of the three alignments."""
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            coded = encode(bytes(before) + data)
            first = -(-before * 8 // 6)
            last = (before + len(data)) * 8 // 6
            yield coded[first:last]


def _hexadecimal(data: bytes) -> Iterator[bytes]:
    yield data.hex().encode()
    yield data.hex().upper().encode()


class Search:
    """Finds any of several words in any form. `words` maps what a word stands for to the word."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._forms = {what: forms(word) for what, word in words.items()}

    def in_bytes(self, data: bytes) -> set[str]:
        return {what for what, coded in self._forms.items() if any(one in data for one in coded)}

    def in_files(self, *folders: Path) -> set[tuple[str, str]]:
        """(file, what was found in it); names of files count as content."""
        found = set()
        for path in every_file(folders):
            data = path.name.encode("utf-8", "surrogateescape") + b"\n" + path.read_bytes()
            found |= {(path.name, what) for what in self.in_bytes(data)}
        return found


def every_file(folders: Iterable[Path]) -> list[Path]:
    return sorted({path for folder in folders for path in folder.rglob("*") if path.is_file()})
