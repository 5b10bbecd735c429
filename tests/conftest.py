"""What all tests share: a home of their own, how many rounds to run, cheap keys, tools of others, silent logs.

Scales: `first` in `make test`, `build` in `make long`, `soak` in `make soak`. A test that asks for `rounds` runs in
all three and says its count at the end; a test marked `long` runs only in the last two.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from congdoan_desktop.storage.keyring import KdfCost

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SCALES = ("first", "build", "soak")
_COUNT = "count"
# The home of the session that started the tests; nothing below may read or write it.
_HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")

Rounds = Callable[..., int]

for _scale, _examples in zip(SCALES, (50, 500, 20_000), strict=True):
    hypothesis.settings.register_profile(
        _scale,
        max_examples=_examples,
        deadline=None,  # two busy cores say nothing about one example
        print_blob=True,
        derandomize=_scale == "first",  # `make test` gives the same answer twice; the others go on searching
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--scale", choices=SCALES, default="first", help="how many rounds the scaled tests run")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile(str(config.getoption("--scale")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "rounds" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.scaled)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The counts came with the reports, also from other processes (`-n`); the last report of a test has them all."""
    reports = (report for reports in terminalreporter.stats.values() for report in reports)
    ended = (report for report in reports if isinstance(report, pytest.TestReport) and report.when == "teardown")
    if counts := sorted(str(line) for report in ended for name, line in report.user_properties if name == _COUNT):
        terminalreporter.section("counts")
        for line in counts:
            terminalreporter.line(line)


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Rounds:
    """`rounds("disk images", first=200, build=2_000, soak=1_000_000)`: how many to run now, noted for the summary."""

    def choose(what: str, *, first: int, build: int, soak: int) -> int:
        scale = str(request.config.getoption("--scale"))
        count = {"first": first, "build": build, "soak": soak}[scale]
        request.node.user_properties.append((_COUNT, f"{count:>9,} {what} ({request.node.nodeid})"))
        return count

    return choose


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty home for the whole run, so that no test sees or touches the real one."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in _HOMES:
            patch.delenv(name, raising=False)
        patch.setenv("HOME", str(home))
        runtime = home / "run"
        runtime.mkdir(mode=0o700)
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        yield home


@pytest.fixture(scope="session")
def cheap_kdf() -> KdfCost:
    """Argon2id at its lowest cost, given wherever the program takes a `KdfCost`."""
    from congdoan_desktop.storage.keyring import KdfCost

    return KdfCost(memory_kib=8, passes=1, lanes=1)


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """`tool("age")`: the path of another maker's program. Missing: the test skips, and fails in CI."""

    def find(name: str) -> str:
        if path := shutil.which(name):
            return path
        missing = f"{name} is missing: make test-deps"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)

    return find


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the program's log fails the test, unless it is marked `logs_warnings`."""
    seen: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = seen.append  # type: ignore[assignment,method-assign]  # a list is all it needs
    logger = logging.getLogger("congdoan_desktop")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    if request.node.get_closest_marker("logs_warnings") is None:
        assert [record.getMessage() for record in seen] == []
