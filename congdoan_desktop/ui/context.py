"""What every page is given: the one worker thread, the open office, and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from congdoan_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office


@dataclass(frozen=True, slots=True)
class Context:
    """A page is built with this alone: `Page(context)`.

    `office` is called only inside functions that run on the database thread (its drafts are safe anywhere);
    `go` shows another page, by its key, and there the object of an id ("" for none). `runner.changed` tells what was
    written.
    """

    runner: TaskRunner
    office: Callable[[], Office]
    go: Callable[[str, str], None]
