"""Which way of counting a target's words point to: the indicator whose name shares most of its telling words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from congdoan_desktop.domain.text import search_key
from congdoan_desktop.services.definitions import shipped

_ENOUGH = 0.5
"""The share of a name's weight that the wording must hold, so that a common word alone proposes nothing."""

_BRACKETS = re.compile(r"\([^)]*\)")
_SHORT: Mapping[str, str] = {
    "cong doan co so": "cdcs",
    "quy che dan chu": "qcdc",
    "nguoi lao dong": "nld",
    "can bo cong chuc vien chuc": "cbccvc",
}
"""What plans write in full and short, folded as for searching."""


def suggested(wording: str) -> str:
    """Code of the indicator proposed for a target, "" when none is near. Only a proposal: the officer chooses."""
    return nearest(wording, {one.code: one.name for one in shipped().values()})


def nearest(wording: str, names: Mapping[str, str]) -> str:
    """The code whose name is best covered by the wording; words that many names share weigh little."""
    spread = Counter(word for name in names.values() for word in _words(name))
    said = _words(wording)

    def covered(code: str) -> float:
        weights = {word: math.log(1 + len(names) / spread[word]) for word in _words(names[code])}
        return sum(weight for word, weight in weights.items() if word in said) / sum(weights.values())

    best = max(names, key=lambda code: (covered(code), code), default="")
    return best if best and covered(best) >= _ENOUGH else ""


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    """Words and pairs of neighbours: "thỏa ước" tells more than its halves. What stands in brackets only explains."""
    folded = search_key(_BRACKETS.sub(" ", text))
    for whole, short in _SHORT.items():
        folded = folded.replace(whole, short)
    words = folded.split()
    return frozenset([*words, *(f"{one} {after}" for one, after in pairwise(words))])
