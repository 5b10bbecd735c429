"""Work off the main thread: one worker thread owns the database, results come back to the window.

A page says what to run and what to do with the result; thread, progress, stopping, and the one way of errors are here:
a mendable error goes to the page's `failed` or into a dialog, a bug into the log and a dialog.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from congdoan_desktop.errors import AppError, Cancelled
from congdoan_desktop.progress import CancelToken, Progress
from congdoan_desktop.turns import GaveWay, Turns
from congdoan_desktop.ui.excepthook import log_bug
from congdoan_desktop.ui.garbage import MainThreadCollector
from congdoan_desktop.ui.waiting import Waiting

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_PROGRESS_EVERY_S = 0.05
Changes = frozenset[str]


@dataclass(eq=False)
class Task:
    """One piece of work, waiting, running or over."""

    fn: Callable[..., Any]
    args: tuple[Any, ...]
    title: str
    cancellable: bool
    with_progress: bool
    changes: Changes
    done: Callable[[Any], object] | None
    failed: Callable[[AppError], object] | None
    settled: Callable[[], object] | None
    writes: bool = True
    urgent: bool = False
    token: CancelToken = field(default_factory=CancelToken)
    repeats: int = 0
    """How often it was broken off for something urgent."""

    def cancel(self) -> None:
        """Ask it to stop at its next step; nothing of it will be kept."""
        self.token.cancel()


class TaskRunner(QObject):
    """Owner of the worker thread; lives on the main thread, where all its signals arrive.

    `on_error` and `on_bug` replace the dialogs (in tests, and where a page has a better place).
    """

    changed = Signal(object)
    """A write succeeded: the names of what it changed (`Changes`). Pages that show one of them ask again."""
    started = Signal(object)
    """A `Task` begins to run."""
    progressed = Signal(int, int, str)
    """Done, total, sentence of the running task."""
    ended = Signal(object)
    """A `Task` is over, whatever its outcome."""
    notice = Signal(str)
    """A quiet sentence for the status bar."""
    # A signal sent on the worker reaches a lambda of someone else on that thread too; only the runner's own bound
    # slots listen to these, and they pass them on from the main thread.
    _began = Signal(object)
    _stepped = Signal(int, int, str)
    _over = Signal(object, object, object)

    def __init__(
        self,
        parent: QObject | None = None,
        on_error: Callable[[AppError], object] | None = None,
        on_bug: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks: list[Task] = []
        self._garbage = MainThreadCollector(self, lambda: any(task.urgent for task in self._tasks))
        self._waiting = Waiting(self._work)
        self._ended = False
        self._show_error = on_error or _error_dialog
        self._show_bug = on_bug or show_bug
        self._began.connect(self._on_began)
        self._stepped.connect(self._on_step)
        self._over.connect(self._on_over)

    def run(
        self,
        fn: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
        settled: Callable[[], object] | None = None,
        title: str = "",
        cancellable: bool = True,
        with_progress: bool = False,
        changes: Changes = frozenset(),
    ) -> Task:
        """Run `fn(*args)` after what is waiting; call `done(result)`, or `failed(error)`, then `settled()`.

        With `with_progress`, `fn` also gets `progress=Progress`. `changes` are broadcast after success, and after a
        failure of work with progress, of which pieces may be done. Callbacks of widgets that are gone by then are
        dropped. Without `changes`, `fn` may be broken off for a `save` and called again from its start, as long as it
        has written nothing into the database.
        """
        return self._put(
            Task(fn, args, title, cancellable and with_progress, with_progress, changes, done, failed, settled)
        )

    def save(
        self,
        fn: Callable[[], Any],
        *,
        changes: Changes,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
        settled: Callable[[], object] | None = None,
        title: str = "",
    ) -> Task:
        """`run` for a short write that an officer waits for: before all that reads, and let into what is long."""
        return self._put(Task(fn, (), title, False, False, changes, done, failed, settled, urgent=True))

    @property
    def turns(self) -> Turns:
        """For the database of the open office: who waits for it."""
        return self._waiting

    def run_beside(
        self,
        fn: Callable[[Progress], Any],
        done: Callable[[Any], object],
        failed: Callable[[AppError], object],
        title: str,
    ) -> Task:
        """Work that writes nothing and needs no database, on a thread of its own, so that nobody's save waits for it.

        Asked to stop before `done` is called, it counts as stopped even when it was over already.
        """
        task = Task(
            fn, (), title, cancellable=True, with_progress=True, changes=frozenset(),
            done=done, failed=failed, settled=None, writes=False,
        )  # fmt: skip
        self._tasks.append(task)
        self._helper.submit(self._try, task, _nothing)
        return task

    @property
    def idle(self) -> bool:
        return not self._tasks

    def wait_idle(self, timeout_ms: int = 10_000) -> bool:
        """For tests: let the window live until nothing is left to do; False when that takes longer."""
        loop = QEventLoop()
        self.ended.connect(loop.quit)
        deadline = time.monotonic() + timeout_ms / 1000
        while self._tasks and (left := deadline - time.monotonic()) > 0:
            QTimer.singleShot(round(left * 1000) + 1, loop, loop.quit)
            loop.exec()
        return self.idle

    def shutdown(self) -> None:
        """Stop what may be stopped, wait for the rest, and end the thread.

        A window that is going may still ask: it is not answered. To write something then is a bug.
        """
        self._ended = True
        for task in self._tasks:
            if task.cancellable:
                task.cancel()
        self._helper.shutdown(wait=True)
        self._worker.shutdown(wait=True)
        self._garbage.stop()

    @cached_property
    def _worker(self) -> ThreadPoolExecutor:
        """The one thread. Its library is read with the first task, behind the window."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(1, thread_name_prefix="database")

    @cached_property
    def _helper(self) -> ThreadPoolExecutor:
        """The one thread beside the database's."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(1, thread_name_prefix="beside")

    def _put(self, task: Task) -> Task:
        if self._ended and not task.changes:
            return task
        self._tasks.append(task)
        self._waiting.put(task)
        self._worker.submit(self._next)
        return task

    # On a thread of work

    def _next(self) -> None:
        """Bring one task of the line to its end."""
        while (task := self._waiting.next()) is not None and not self._work(task):
            task.repeats += 1
            self._waiting.put(task, again=True)

    def _work(self, task: Task) -> bool:
        """On the database thread, perhaps in the midst of another task. False: it gave way and is to begin again."""
        with self._waiting.on(task):
            return self._try(task, self._waiting.step)

    def _try(self, task: Task, leave: Callable[[], object]) -> bool:
        """`leave` is called where the task can be left: at its steps."""
        if not task.repeats:
            self._began.emit(task)
        try:
            result = task.fn(*task.args, **self._keywords(task, leave))
        except GaveWay:
            return False
        except BaseException as error:  # noqa: BLE001  # every outcome goes back to the main thread, bugs included
            self._over.emit(task, None, error)
        else:
            self._over.emit(task, result, None)
        return True

    def _keywords(self, task: Task, leave: Callable[[], object]) -> dict[str, Any]:
        if not task.with_progress:
            return {}
        last = 0.0

        def report(done: int, total: int, text: str) -> None:
            nonlocal last
            leave()
            now = time.monotonic()
            if now - last >= _PROGRESS_EVERY_S or done >= total:
                last = now
                self._stepped.emit(done, total, text)

        return {"progress": Progress(report, task.token)}

    # On the main thread

    def _on_began(self, task: Task) -> None:
        self.started.emit(task)

    def _on_step(self, done: int, total: int, text: str) -> None:
        self.progressed.emit(done, total, text)

    def _on_over(self, task: Task, result: object, error: BaseException | None) -> None:
        self._tasks.remove(task)
        if error is None and task.token.cancelled and not task.writes:
            error = Cancelled()
        try:
            if error is None:
                self._succeed(task, result)
            else:
                self._fail(task, error)
        finally:
            if error is not None and task.with_progress and task.changes:
                self.changed.emit(task.changes)
            _call(task.settled)
            self.ended.emit(task)

    def _succeed(self, task: Task, result: object) -> None:
        try:
            _call(task.done, result)
        finally:
            if task.changes:
                self.changed.emit(task.changes)

    def _fail(self, task: Task, error: BaseException) -> None:
        if not isinstance(error, AppError):
            log_bug(error)
            self._show_bug()
        elif task.failed is not None:
            _call(task.failed, error)
        elif isinstance(error, Cancelled):
            self.notice.emit(str(error))
        else:
            self._show_error(error)


def _call(callback: Callable[..., object] | None, *args: object) -> None:
    if callback is None or any(isinstance(one, QObject) and not isValid(one) for one in _spoken_to(callback)):
        return
    callback(*args)


def _spoken_to(callback: Callable[..., object]) -> tuple[object, ...]:
    """Whose method it is, or what a partial or a closure holds."""
    if isinstance(callback, partial):
        return *_spoken_to(callback.func), *callback.args
    if hasattr(callback, "__self__"):
        return (callback.__self__,)
    return tuple(cell.cell_contents for cell in getattr(callback, "__closure__", None) or ())


def _nothing() -> None:
    """Work beside holds nobody up."""


def _error_dialog(error: AppError) -> None:
    from congdoan_desktop.ui.kit import dialogs

    dialogs.show_error(_window(), error)


def show_bug() -> None:
    """Tell of a bug, once at a time: a loop of errors must not bury the window."""
    from congdoan_desktop.ui.kit import dialogs

    open_ones = [w for w in QApplication.topLevelWidgets() if isinstance(w, dialogs.ErrorDialog) and w.isVisible()]
    if not any(dialog.error is dialogs.BUG for dialog in open_ones):
        dialogs.show_error(_window(), dialogs.BUG)


def _window() -> QWidget | None:
    return QApplication.activeModalWidget() or QApplication.activeWindow()
