"""Pieces down the page: what keeps together, what repeats, what may float.

A piece is the smallest thing that is never cut. Pieces that keep with the next form a chain; a chain moves to the
next page as a whole and is broken only when it is taller than a page.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas, float, float], None]
"""Draw with the text block's left edge and the piece's upper edge, in points from the lower left corner."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`before` is space above that falls away at a page's top. `head` is repeated when the piece starts a page.

    floats: the chain it begins may wait for the next page while what follows fills this one.
    barrier: no waiting chain may pass it.
    turns: the chain it begins starts a page.
    """

    height: float
    draw: Draw
    before: float = 0.0
    keep: bool = False
    head: tuple[Piece, ...] = ()
    floats: bool = False
    barrier: bool = False
    turns: bool = False


Placed = tuple[float, Piece]
"""(distance from the page's top, piece)"""


def kept(pieces: Iterable[Piece], *, with_next: bool = False) -> list[Piece]:
    """The pieces as one chain; `with_next` ties the last to whatever follows."""
    chain = list(pieces)
    return [replace(piece, keep=with_next or at < len(chain) - 1) for at, piece in enumerate(chain)]


def kept_ends(pieces: Sequence[Piece], *, first: int = 2, last: int = 2) -> list[Piece]:
    """Never fewer than `first` pieces at a page's foot, nor than `last` at the next page's top."""
    count = len(pieces)
    return [
        replace(piece, keep=piece.keep or (at < count - 1 and (at < first - 1 or at >= count - last)))
        for at, piece in enumerate(pieces)
    ]


def pages(pieces: Iterable[Piece], height: float) -> Iterator[list[Placed]]:
    """Place the pieces on pages of `height` points; no more of them are asked for than the pages taken need."""
    filling = _Filling(height)
    for chain in _chains(pieces):
        filling.add(chain)
        while len(filling.pages) > 1:
            yield filling.pages.popleft()
    filling.settle()
    yield from filling.pages


def _chains(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    chain: list[Piece] = []
    for piece in pieces:
        chain.append(piece)
        if not piece.keep:
            yield chain
            chain = []
    if chain:
        yield chain


@dataclass
class _Filling:
    height: float
    pages: deque[list[Placed]] = field(default_factory=lambda: deque([[]]))
    used: float = 0.0
    waiting: list[list[Piece]] = field(default_factory=list)

    def add(self, chain: list[Piece]) -> None:
        if any(piece.barrier for piece in chain):
            self.settle()
        if self._fits(chain) and not (chain[0].turns and self.pages[-1]):
            self._place(chain)
        elif chain[0].floats:
            self.waiting.append(chain)
        else:
            self._turn()
            self._place(chain)

    def settle(self) -> None:
        """Place what still waits, on this page if it fits."""
        while self.waiting:
            chain = self.waiting.pop(0)
            if not self._fits(chain):
                self._new_page()
            self._place(chain)

    def _turn(self) -> None:
        """A new page, with the waiting chains on its top."""
        self._new_page()
        self.settle()

    def _new_page(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
        self.used = 0.0

    def _fits(self, chain: list[Piece]) -> bool:
        return self.used + self._needed(chain) <= self.height + 0.01

    def _needed(self, chain: list[Piece]) -> float:
        fresh = not self.pages[-1]
        head = sum(piece.height for piece in chain[0].head) if fresh else 0.0
        return head + sum(piece.before + piece.height for piece in chain) - (chain[0].before if fresh else 0.0)

    def _place(self, chain: list[Piece]) -> None:
        whole = self._fits(chain)
        if not whole and self.pages[-1] and self._needed(chain) <= self.height:
            self._new_page()
            whole = True
        for piece in chain:
            if not whole and not self._fits([piece]):
                self._new_page()
            self._put(piece)

    def _put(self, piece: Piece) -> None:
        if not self.pages[-1]:
            for head in piece.head:
                self._at(head, 0.0)
            self._at(piece, 0.0)
        else:
            self._at(piece, piece.before)

    def _at(self, piece: Piece, before: float) -> None:
        self.pages[-1].append((self.used + before, piece))
        self.used += before + piece.height
