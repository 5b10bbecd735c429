from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from congdoan_desktop.errors import AppError, Cancelled
from congdoan_desktop.progress import Progress
from congdoan_desktop.ui.garbage import MainThreadCollector
from congdoan_desktop.ui.kit.task_strip import TaskStrip
from congdoan_desktop.ui.tasks import TaskRunner, show_bug


@pytest.fixture
def seen() -> list[object]:
    return []


@pytest.fixture
def lenient(seen: list[object]) -> Iterator[TaskRunner]:
    """A runner whose dialogs are notes in `seen`."""
    made = TaskRunner(on_error=seen.append, on_bug=lambda: seen.append("bug"))
    yield made
    made.shutdown()


def test_work_is_off_the_main_thread_and_its_result_on_it(runner: TaskRunner, seen: list[object]) -> None:
    runner.run(threading.current_thread, done=lambda worker: seen.extend((worker, threading.current_thread())))
    assert runner.wait_idle()
    assert seen[0] is not threading.main_thread()
    assert seen[1] is threading.main_thread()


def test_all_work_is_on_one_thread_in_its_order(runner: TaskRunner, seen: list[object]) -> None:
    threads: set[str] = set()

    def work(number: int) -> int:
        threads.add(threading.current_thread().name)
        return number

    for number in range(20):
        runner.run(work, number, done=seen.append)
    assert runner.wait_idle()
    assert seen == list(range(20))
    assert len(threads) == 1


def fail(error: BaseException) -> None:
    raise error


def test_a_mendable_error_goes_to_the_page(lenient: TaskRunner, seen: list[object]) -> None:
    error = AppError("Quỹ không đủ.")
    lenient.run(fail, error, failed=seen.append, settled=lambda: seen.append("settled"))
    assert lenient.wait_idle()
    assert seen == [error, "settled"]


def test_a_mendable_error_that_no_page_takes_gets_a_dialog(lenient: TaskRunner, seen: list[object]) -> None:
    error = AppError("Quỹ không đủ.")
    lenient.run(fail, error)
    assert lenient.wait_idle()
    assert seen == [error]


@pytest.mark.logs_warnings
def test_a_bug_is_logged_without_its_message_and_never_reaches_the_page(
    lenient: TaskRunner, seen: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    lenient.run(fail, KeyError("Lò Thị Hoa"), failed=seen.append, settled=lambda: seen.append("settled"))
    assert lenient.wait_idle()
    assert seen == ["bug", "settled"]
    assert "KeyError" in caplog.text
    assert "Lò Thị Hoa" not in caplog.text


def test_changes_are_told_after_success_only(lenient: TaskRunner, seen: list[object]) -> None:
    lenient.changed.connect(seen.append)
    lenient.run(fail, AppError("Không lưu được."), failed=lambda e: None, changes=frozenset({"support"}))
    lenient.run(int, changes=frozenset({"activities"}))
    assert lenient.wait_idle()
    assert seen == [frozenset({"activities"})]


def count(progress: Progress) -> None:
    for step in range(2000):
        progress.step(step, 2000, "từng dòng")
        time.sleep(0.01)


def test_a_stopped_task_says_so_quietly(lenient: TaskRunner, seen: list[object], qtbot: QtBot) -> None:
    lenient.notice.connect(seen.append)
    with qtbot.waitSignal(lenient.progressed):
        task = lenient.run(count, with_progress=True)
    task.cancel()
    assert lenient.wait_idle()
    assert seen == [str(Cancelled())]


def test_work_beside_that_is_stopped_before_its_answer_is_told_keeps_nothing(
    lenient: TaskRunner, seen: list[object]
) -> None:
    over = threading.Event()

    def prepare(progress: Progress) -> str:
        over.set()
        return "xong"

    task = lenient.run_beside(prepare, done=seen.append, failed=seen.append, title="Đang chuẩn bị")
    assert over.wait(10)
    task.cancel()
    assert lenient.wait_idle()
    assert [type(one) for one in seen] == [Cancelled]


def test_progress_arrives_on_the_main_thread_and_not_too_often(runner: TaskRunner, seen: list[object]) -> None:
    runner.progressed.connect(lambda *step: seen.append(threading.current_thread()))
    runner.run(quick_count, with_progress=True)
    assert runner.wait_idle()
    assert set(seen) == {threading.main_thread()}
    assert len(seen) < 50


def quick_count(progress: Progress) -> None:
    for step in range(100_000):
        progress.step(step, 99_999)


def test_a_callback_of_a_widget_that_is_gone_is_dropped(runner: TaskRunner) -> None:
    import shiboken6

    gone = QLabel()
    for done in (gone.setText, lambda _: gone.setText("xong"), partial(QLabel.setText, gone)):
        runner.run(time.sleep, 0.05, done=done, settled=lambda: gone.setText("hết"))
    shiboken6.delete(gone)
    assert runner.wait_idle()


def test_an_error_in_a_callback_still_settles_and_goes_on(runner: TaskRunner, seen: list[object], qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        runner.run(int, done=lambda _: fail(ValueError("trang hỏng")), settled=lambda: seen.append("settled"))
        runner.run(int, done=seen.append)
        assert runner.wait_idle()
    assert seen == ["settled", 0]
    assert [kind for kind, *_ in caught] == [ValueError]


def test_shutdown_stops_what_may_be_stopped() -> None:
    made = TaskRunner()
    made.run(count, with_progress=True)
    begun = time.monotonic()
    made.shutdown()
    assert time.monotonic() - begun < 5


def test_the_strip_shows_after_a_second_and_stops(lenient: TaskRunner, qtbot: QtBot) -> None:
    strip = TaskStrip(lenient)
    qtbot.addWidget(strip)
    lenient.run(count, title="Nhập gói", with_progress=True)
    qtbot.wait(500)
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible, timeout=3000)
    assert strip.text.whole() == "Nhập gói: từng dòng"
    assert strip.bar.maximum() == 2000
    strip.stop.click()
    assert lenient.wait_idle()
    assert not strip.isVisible()


def test_quick_work_never_shows_the_strip(runner: TaskRunner, qtbot: QtBot) -> None:
    strip = TaskStrip(runner)
    qtbot.addWidget(strip)
    runner.run(int)
    assert runner.wait_idle()
    qtbot.wait(1200)
    assert not strip.isVisible()


def test_bugs_open_one_dialog_however_many_there_are(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QApplication

    from congdoan_desktop.ui.kit.dialogs import ErrorDialog

    for _ in range(3):
        show_bug()
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, ErrorDialog) and w.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].close()


def test_after_the_end_a_question_is_dropped_and_a_write_is_a_bug(qapp: QApplication) -> None:
    ended, asked = TaskRunner(), list[str]()
    ended.run(asked.append, "trước")
    ended.shutdown()
    ended.run(asked.append, "sau")
    with pytest.raises(RuntimeError):
        ended.run(asked.append, "ghi", changes=frozenset({"support"}))
    assert asked == ["trước"]


def test_garbage_waits_while_somebody_does_but_not_for_ever(qapp: QApplication) -> None:
    """A cycle that is due is gone when nobody waits, and also when somebody waits all the time."""
    waits = [True]
    parent = QObject()
    collector = MainThreadCollector(parent, lambda: waits[0])
    collector.stop()
    tries = [_collected_after(collector, 20)]
    waits[0] = False
    tries.append(_collected_after(collector, 20))
    assert tries[0] > tries[1] == 1
    assert tries[0] < 20


def _collected_after(collector: MainThreadCollector, most: int) -> int:
    """How often it must be asked until a cycle is gone, while there is much to collect."""

    class Node:
        own: object = None

    node = Node()
    node.own = node
    gone = weakref.ref(node)
    heap: list[object] = []
    del node
    for asked in range(1, most):
        heap.append([[] for _ in range(2_000)])
        collector.collect()
        if gone() is None:
            return asked
    return most
