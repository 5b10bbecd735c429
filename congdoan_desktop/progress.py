"""Progress and cancellation, passed down into anything that may take over a second."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from congdoan_desktop.errors import Cancelled


class CancelToken:
    """Set from any thread; read by the worker between two steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()


class Progress:
    """Reports `done` of `total` with a sentence, and raises `Cancelled` when asked to stop."""

    def __init__(
        self,
        report: Callable[[int, int, str], None] = lambda done, total, text: None,
        token: CancelToken | None = None,
    ) -> None:
        self._report = report
        self._token = token or CancelToken()

    def at(self, done: int, total: int, text: str) -> Progress:
        """For a part of this step, which is not stopped in its midst: whatever it has done, it stays at this one."""

        def report(*_: object) -> None:
            with suppress(Cancelled):
                self.step(done, total, text)

        return Progress(report)

    def saying(self, text: str) -> Progress:
        """The same steps under this sentence."""
        return Progress(lambda done, total, _: self.step(done, total, text))

    def step(self, done: int, total: int, text: str = "") -> None:
        """Raises: Cancelled when the user asked to stop."""
        if self._token.cancelled:
            raise Cancelled
        self._report(done, total, text)
