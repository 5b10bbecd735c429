"""What happens to a bug: it is logged, shown once, and the program goes on with its forms as they are.

The log tells where it happened and of what kind it was, never its message: messages may carry a person's data.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

_LOG = logging.getLogger("congdoan_desktop.ui")
_PACKAGE = Path(__file__).resolve().parent.parent


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
    _LOG.error("Lỗi ngoài dự kiến: %s", describe(error))


def describe(error: BaseException) -> str:
    """Kind and places of an error, of its causes too, on several lines and without any message."""
    lines = [type(error).__name__]
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        inside = path.is_relative_to(_PACKAGE)
        name = path.relative_to(_PACKAGE).as_posix() if inside else path.name
        lines.append(f"  {name}:{frame.lineno} {frame.name}")
    cause = error.__cause__ or error.__context__
    return "\n".join(lines) + (f"\n do {describe(cause)}" if cause is not None else "")
