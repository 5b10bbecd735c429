"""Write installer/requirements.lock: every pinned wheel with its hashes, for all systems and Pythons we support.

pip resolves once for each target; because pip reads environment markers of the Python it runs on, the markers of
the target are evaluated here and what they add is given to pip as a further root. The lock names no index and no
host: whoever installs from it uses the pip that is configured there, and the hashes vouch for the wheels.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "installer" / "requirements.lock"
# Debian 12, the oldest system we set up on, has glibc 2.36.
GLIBC_TAGS = ("manylinux_2_34_x86_64", "manylinux_2_28_x86_64", "manylinux2014_x86_64", "manylinux1_x86_64")
HEADER = """\
# Made by `make lock` from pyproject.toml; do not edit. Names no index: pip takes the one configured here.
# For CPython 3.11 to 3.13 on Linux x86-64 (glibc 2.34 or newer) and on Windows x86-64. Wheels only.
"""


@dataclass(frozen=True, slots=True)
class Target:
    """One system and Python that the lock serves."""

    platform: str
    python: str

    @property
    def tags(self) -> tuple[str, ...]:
        return ("win_amd64",) if self.platform == "win32" else GLIBC_TAGS

    @property
    def marker(self) -> str:
        return f'sys_platform == "{self.platform}" and python_version == "{self.python}"'

    @property
    def environment(self) -> dict[str, str]:
        """The values of environment markers there (PEP 508)."""
        windows = self.platform == "win32"
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "os_name": "nt" if windows else "posix",
            "platform_machine": "AMD64" if windows else "x86_64",
            "platform_python_implementation": "CPython",
            "platform_system": "Windows" if windows else "Linux",
            "python_full_version": f"{self.python}.0",
            "python_version": self.python,
            "sys_platform": self.platform,
        }


@dataclass(frozen=True, slots=True)
class Pin:
    """One wheel chosen for one target."""

    name: str
    version: str
    sha256: str
    requires: tuple[str, ...]


TARGETS = tuple(Target(platform, python) for platform in ("linux", "win32") for python in ("3.11", "3.12", "3.13"))


def declared() -> list[str]:
    """The requirements of the program and of its development, as pyproject.toml states them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]


def resolve(target: Target, roots: list[str]) -> dict[str, Pin]:
    """The pins that pip chooses for `roots` on `target`, by canonical name."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        command += ["--only-binary=:all:", "--target", folder, "--report", str(report)]
        command += ["--implementation", "cp", "--python-version", target.python]
        command += [part for tag in target.tags for part in ("--platform", tag)]
        subprocess.run([*command, *roots], check=True)
        items = json.loads(report.read_text("utf-8"))["install"]
    return {pin.name: pin for pin in map(_pin, items)}


def _pin(item: dict[str, Any]) -> Pin:
    about = item["metadata"]
    return Pin(
        name=canonicalize_name(about["name"]),
        version=about["version"],
        sha256=item["download_info"]["archive_info"]["hashes"]["sha256"],
        requires=tuple(about.get("requires_dist", ())),
    )


def reachable(target: Target, roots: list[str], pins: dict[str, Pin]) -> tuple[set[str], list[str]]:
    """The names that `target` really needs, and the requirements of its markers that pip did not see."""
    needed: set[tuple[str, str]] = set()
    missing: list[str] = []
    waiting = [Requirement(root) for root in roots]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in pins:
            missing.append(f"{requirement.name}{requirement.specifier}")
            continue
        for extra in {"", *requirement.extras}:
            if (name, extra) not in needed:
                needed.add((name, extra))
                waiting += _wanted(pins[name], extra, target)
    return {name for name, _ in needed}, missing


def _wanted(pin: Pin, extra: str, target: Target) -> list[Requirement]:
    environment = target.environment | {"extra": extra}
    found = [Requirement(text) for text in pin.requires]
    return [r for r in found if r.marker is None or r.marker.evaluate(environment)]


def pins_of(target: Target) -> list[Pin]:
    """Everything to install on `target`."""
    roots, extra = declared(), list[str]()
    while True:
        pins = resolve(target, [*roots, *extra])
        names, missing = reachable(target, roots, pins)
        if not missing:
            return [pins[name] for name in sorted(names)]
        extra += missing


def lines(chosen: dict[Target, list[Pin]]) -> list[str]:
    """The lock's entries, sorted by name, with a marker where the targets differ."""
    where: dict[tuple[str, str], dict[Target, str]] = defaultdict(dict)
    for target, pins in chosen.items():
        for pin in pins:
            where[pin.name, pin.version][target] = pin.sha256
    return [_entry(name, version, hashes) for (name, version), hashes in sorted(where.items())]


def _entry(name: str, version: str, hashes: dict[Target, str]) -> str:
    digests = " \\\n".join(f"    --hash=sha256:{digest}" for digest in sorted(set(hashes.values())))
    return f"{name}=={version}{_marker(set(hashes))} \\\n{digests}\n"


def _marker(targets: set[Target]) -> str:
    if targets == set(TARGETS):
        return ""
    for platform in ("linux", "win32"):
        if targets == {target for target in TARGETS if target.platform == platform}:
            return f' ; sys_platform == "{platform}"'
    return " ; " + " or ".join(sorted(f"({target.marker})" for target in targets))


def main() -> None:
    chosen = {target: pins_of(target) for target in TARGETS}
    LOCK.write_text(HEADER + "".join(lines(chosen)), "utf-8", newline="\n")
    print(f"{LOCK.relative_to(ROOT)}: {len(lines(chosen))} entries")


if __name__ == "__main__":
    main()
