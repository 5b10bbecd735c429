"""What a run of the program leaves behind on the machine: a rotating log without personal data, and no core dumps.

The log holds times, names of commands, ids, types of errors and where in the program they arose. The text of an error
and the values in it never enter, because they may quote what an officer typed.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

FOLDER = "logs"
FILE = "congdoan.log"
_FILE_BYTES = 512 * 1024
_OLDER_FILES = 4
_ROOT = logging.getLogger("congdoan_desktop")


class PlacesOnly(logging.Formatter):
    """Writes of an exception its type and the places it passed through: no message, no path of this machine."""

    def formatException(  # noqa: N802 - the name is the standard library's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return places(ei[1]) if ei[1] is not None else ""


def places(error: BaseException) -> str:
    """The type of an error and where it passed, innermost last; then the same of its causes. A line for each.

    Errors that are each other's causes, as cleaning up after one can leave them, are told once.
    """
    lines: list[str] = []
    told: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in told:
        told.add(id(found))
        lines.append(type(found).__qualname__)
        lines += (
            f"  {frame.f_globals.get('__name__')}.{frame.f_code.co_name}:{line}"
            for frame, line in traceback.walk_tb(found.__traceback__)
        )
        found = found.__cause__ or found.__context__
    return "\n".join(lines)


class _OpenedLate(logging.Handler):
    """A rotating file that is opened at the first record: most starts write none, and its library reads sockets in."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = self._opened()
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        class Quiet(RotatingFileHandler):
            """A folder that takes no line, on a full or a read-only disk, is told by whatever fails there itself."""

            def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
                pass

        file = Quiet(self._path, maxBytes=_FILE_BYTES, backupCount=_OLDER_FILES, encoding="utf-8", delay=True)
        file.setFormatter(self.formatter)
        return file


@contextmanager
def kept_in(data: Path) -> Iterator[Path]:
    """Log into the data folder while the block runs; gives the log's path. A folder that does not exist is not made,
    and into one that cannot be written nothing is logged.
    """
    path = data / FOLDER / FILE
    if not data.is_dir():
        yield path
        return
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
    handler = _OpenedLate(path)
    handler.setFormatter(PlacesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    level = _ROOT.level
    _ROOT.addHandler(handler)
    _ROOT.setLevel(logging.INFO)
    try:
        yield path
    finally:
        _ROOT.removeHandler(handler)
        _ROOT.setLevel(level)
        handler.close()


def no_core_dumps() -> None:
    """A crash must not write the memory, keys included, to the disk. Windows writes none unless it is told to."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
