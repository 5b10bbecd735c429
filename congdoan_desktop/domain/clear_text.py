"""Free text that travels in clear must not name a member."""

from __future__ import annotations

from collections.abc import Iterable

from congdoan_desktop.domain.text import search_key


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names of two words or more that stand in the text, however they are accented, each once and in order."""
    folded = f" {' '.join(_words(text))} "
    found = (name for name in sorted(set(names)) if " " in name.strip() and f" {' '.join(_words(name))} " in folded)
    return tuple(found)


def _words(text: str) -> list[str]:
    """Letters and digits only: a name before a comma or inside quotation marks is still that name."""
    spaced = "".join(letter if letter.isalnum() else " " for letter in search_key(text))
    return spaced.split()
