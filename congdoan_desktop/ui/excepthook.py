"""What happens to a bug: it is logged, shown once, and the program goes on with its forms as they are.

The log tells where it happened and of what kind it was, never its message: messages may carry a person's data.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from congdoan_desktop import logs

_LOG = logging.getLogger("congdoan_desktop.ui")


def install(show: Callable[[], object]) -> None:
    """Send everything that no code caught to the log, and then to `show` (on the main thread only)."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log_bug(error)
        show()

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log_bug(args.exc_value)

    sys.excepthook = hook
    threading.excepthook = thread_hook


def log_bug(error: BaseException) -> None:
    _LOG.error("Lỗi ngoài dự kiến: %s", logs.places(error))
