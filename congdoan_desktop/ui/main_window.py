"""The window: navigation and nothing else. Pages come from factories and are built when first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.sidebar import Sidebar
from congdoan_desktop.ui.kit.status_bar import StatusBar
from congdoan_desktop.ui.kit.suggestions import Option
from congdoan_desktop.ui.kit.task_strip import TaskStrip
from congdoan_desktop.ui.tasks import TaskRunner

_NUMBERED = 8


class MainWindow(QMainWindow):
    """Sidebar, pages, status bar.

    Ctrl+1…8 pages, Ctrl+K find, F1 help, Ctrl + − 0 font size. The window keeps no settings: `look_changed` tells
    what the officer chose.
    """

    look_changed = Signal(bool, int)
    """Dark or not, font size in per cent."""
    page_shown = Signal(str)
    find_wanted = Signal(str)
    """Text in the find box; answer with `sidebar.find_box.show_hits`."""
    hit_chosen = Signal(object)
    """The value of a chosen hit that is no page."""

    def __init__(self, runner: TaskRunner, title: str = "Công đoàn") -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(1024, 600)
        self.resize(1366, 697)
        self.sidebar = Sidebar()
        self.status = StatusBar()
        self._stack = QStackedWidget()
        self._factories: dict[str, Callable[[], QWidget]] = {}
        self._titles: dict[str, str] = {}
        self._pages: dict[str, QWidget] = {}
        self._is_due: Callable[[str, QWidget], bool] = lambda _key, _page: False
        self._help: Callable[[str], object] | None = None
        self._lay_out(TaskStrip(runner))
        self.sidebar.chosen.connect(self.show_page)
        self.sidebar.find_box.chosen.connect(self._found)
        self.sidebar.find_box.wanted.connect(self.find_wanted)
        runner.notice.connect(self.status.show_notice)
        self._look = self.sidebar.add_command("moon", "Nền tối", self.toggle_dark)
        self._look.setObjectName("toggle_dark")
        self._name_look()
        self._bind_keys()
        theme.dress(self)

    def _lay_out(self, strip: TaskStrip) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(strip)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.sidebar)
        upper.addLayout(right, 1)
        holder = QWidget()
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.status)
        self.setCentralWidget(holder)

    def _bind_keys(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self._to_find),
            ("Ctrl++", lambda: self.step_scale(1)),
            ("Ctrl+=", lambda: self.step_scale(1)),
            ("Ctrl+-", lambda: self.step_scale(-1)),
            ("Ctrl+0", lambda: self.set_look(scale=100)),
        ]
        keys += [(f"Ctrl+{at + 1}", partial(self._show_numbered, at)) for at in range(_NUMBERED)]
        for key, call in keys:
            QShortcut(QKeySequence(key), self).activated.connect(call)

    # Pages

    def add_page(
        self, key: str, icon: str, title: str, factory: Callable[[], QWidget], *, bottom: bool = False
    ) -> None:
        """A page in the navigation; `factory` is called when it is first shown. The first one added is shown first."""
        self._factories[key] = factory
        self._titles[key] = title
        number = len(self._factories)
        button = self.sidebar.add_page(key, icon, title, bottom=bottom)
        button.setToolTip(f"{title} (Ctrl+{number})" if number <= _NUMBERED else "")
        self.sidebar.find_box.set_options([Option(k, t, "trang") for k, t in self._titles.items()])

    def show_page(self, key: str) -> QWidget:
        """Build the page if need be, and show it. Raises: KeyError when there is no such page."""
        held = self._pages.get(key)
        if held is not None and held is not self._stack.currentWidget() and self._is_due(key, held):
            self._stack.removeWidget(self._pages.pop(key))
            held.deleteLater()
        self.build_page(key)
        self.sidebar.mark(key)
        self._stack.setCurrentWidget(self._pages[key])
        self._pages[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_shown.emit(key)
        return self._pages[key]

    def build_page(self, key: str) -> bool:
        """Build a page without showing it; False when it is there already."""
        if key in self._pages:
            return False
        self._pages[key] = self._factories[key]()
        self._stack.addWidget(self._pages[key])
        return True

    def set_renewal(self, is_due: Callable[[str, QWidget], bool]) -> None:
        """`is_due` is asked before a page is shown again: whether it is to be built anew."""
        self._is_due = is_due

    def built(self) -> frozenset[str]:
        """The keys of the pages that are built."""
        return frozenset(self._pages)

    def current_page(self) -> str:
        """The key of the page in sight, "" before the first."""
        shown = self._stack.currentWidget()
        return next((key for key, page in self._pages.items() if page is shown), "")

    def page_in_sight(self) -> QWidget | None:
        return self._stack.currentWidget()

    def current_tab(self) -> str:
        """The title of the tab in sight, "" on a page without tabs."""
        bars = self.findChildren(QTabBar, "tabs")
        return next((bar.tabText(bar.currentIndex()) for bar in bars if bar.isVisible()), "")

    def set_badge(self, key: str, count: int, what: str = "") -> None:
        """What waits on a page ("4 việc cần làm")."""
        self.sidebar.button(key).set_badge(count, what)

    def set_help(self, call: Callable[[str], object]) -> None:
        """F1 and the entry "Trợ giúp": `call` gets the key of the page in sight."""
        self._help = call
        self.sidebar.add_command("question", "Trợ giúp   F1", self._show_help)
        QShortcut(QKeySequence("F1"), self).activated.connect(self._show_help)

    # Status

    def set_unit(self, name: str, officer: str) -> None:
        self.sidebar.unit.set_text(name)
        self.status.unit.say(name)
        self.status.officer.say(officer)

    def show_hits(self, typed: str, hits: Sequence[Option]) -> None:
        self.sidebar.find_box.show_hits(typed, hits)

    # Look

    def set_look(self, *, dark: bool | None = None, scale: int | None = None) -> None:
        """Dress the application anew; what is None stays."""
        now = theme.current()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        made = theme.apply(app, now.dark if dark is None else dark, now.scale if scale is None else scale)
        self._name_look()
        self.status.show_notice(f"Cỡ chữ {made.scale}%" if scale is not None else "")
        self.look_changed.emit(made.dark, made.scale)

    def step_scale(self, step: int) -> None:
        self.set_look(scale=theme.current().scale + 10 * step)

    def toggle_dark(self) -> None:
        self.set_look(dark=not theme.current().dark)

    def _name_look(self) -> None:
        dark = theme.current().dark
        self._look.set_text("Nền sáng" if dark else "Nền tối")
        self._look.set_icon("sun" if dark else "moon")

    # Keys

    def _to_find(self) -> None:
        self.sidebar.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sidebar.find_box.selectAll()

    def _show_numbered(self, at: int) -> None:
        keys = list(self._factories)
        if at < len(keys):
            self.show_page(keys[at])

    def _show_help(self) -> None:
        if self._help is not None:
            self._help(self.current_page())

    def _found(self, value: object) -> None:
        if isinstance(value, str) and value in self._factories:
            self.show_page(value)
        else:
            self.hit_chosen.emit(value)
