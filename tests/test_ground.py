"""The ground the project stands on: lock, wheel, fonts, layers of the domain, and no trace of any machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "installer" / "requirements.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DOMAIN_MAY_KNOW = ("domain", "errors", "progress", "paths", "clock")
MACHINE_PATHS = re.compile(rb"(?<![\w.])/(?:work|root|home|Users|opt|tmp/[a-z])/[\w.-]+")
LINKS = re.compile(r"\]\(([^)#]+)")
GUIDE = ROOT / "resources" / "help"
INDEX_OPTIONS = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|://|@ ")


def committed() -> list[Path]:
    """Files git knows, or everything that is not made when there is no git (an unpacked archive)."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode == 0:
        return [path for name in listing.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]
    made = {"build", "dist", "__pycache__"}
    names = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [ROOT / name for name in names if not any(part in made or part[0] == "." for part in name.parts)]


def pins() -> dict[str, Requirement]:
    entries = LOCK.read_text("utf-8").replace("\\\n", " ")
    found = [Requirement(line.split("--hash")[0].strip()) for line in entries.splitlines() if "==" in line]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def test_lock_names_no_index() -> None:
    assert INDEX_OPTIONS.findall(LOCK.read_text("utf-8")) == []


def test_lock_pins_every_declared_requirement() -> None:
    locked = pins()
    for text in (*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]):
        wanted = Requirement(text)
        pin = locked[canonicalize_name(wanted.name)]
        version = str(pin.specifier).removeprefix("==")
        assert wanted.specifier.contains(version, prereleases=True), f"{text} is locked as {pin}"


def test_lock_has_a_hash_for_every_pin() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.read_text("utf-8"))
    assert [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_no_committed_file_names_a_machine() -> None:
    found = {path.relative_to(ROOT): hits for path in committed() if (hits := MACHINE_PATHS.findall(path.read_bytes()))}
    assert found == {}


def test_text_files_end_lines_with_lf() -> None:
    kinds = {".py", ".toml", ".md", ".sh", ".lock", ".qss", ".svg"}
    assert [path for path in committed() if path.suffix in kinds and b"\r" in path.read_bytes()] == []


def test_every_font_has_its_licence() -> None:
    folder = ROOT / "resources" / "fonts"
    families = {path.name.split("-")[0] for path in folder.iterdir() if path.suffix in {".ttf", ".otf"}}
    licences = {path.name.split("-")[0]: path.read_text("utf-8") for path in folder.glob("*.txt")}
    assert {"Inter", "LiberationSerif"} <= families
    for family in families:
        texts = [text for name, text in licences.items() if family.startswith(name)]
        assert any("SIL OPEN FONT LICENSE" in text.upper() for text in texts), family


def test_the_icons_have_their_licence() -> None:
    assert (ROOT / "resources" / "icons" / "LICENSE.txt").read_text("utf-8").startswith("MIT License")


@pytest.mark.parametrize("path", sorted((ROOT / "congdoan_desktop" / "domain").rglob("*.py")), ids=lambda p: p.stem)
def test_domain_knows_the_standard_library_and_the_writer_of_canonical_json(path: Path) -> None:
    for module in imported(path):
        parts = module.split(".")
        ours = parts[0] == "congdoan_desktop" and len(parts) > 1 and parts[1] in DOMAIN_MAY_KNOW
        allowed = sys.stdlib_module_names | ({"orjson"} if path.stem == "canonical" else set())
        assert ours or parts[0] in allowed, f"{path.name} imports {module}"


def imported(path: Path) -> list[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The program as `pip install .` would get it, built with what the lock pins."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_wheel_holds_every_committed_file_of_the_program(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for path in committed():
        relative = path.relative_to(ROOT)
        if relative.parts[0] == "congdoan_desktop":
            assert relative.as_posix() in names
        if relative.parts[0] == "resources":
            assert f"congdoan_desktop/{relative.as_posix()}" in names


def test_wheel_gives_both_commands(wheel: zipfile.ZipFile) -> None:
    scripts = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    text = wheel.read(scripts).decode()
    assert "congdoan = congdoan_desktop.cli.main:main" in text
    assert "congdoan-desktop = congdoan_desktop.__main__:main" in text


def test_wheel_carries_the_licence(wheel: zipfile.ZipFile) -> None:
    assert [name for name in wheel.namelist() if name.endswith("licenses/LICENSE")]


def test_links_of_the_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *GUIDE.glob("*.md")]
    links = [(path, link) for path in documents for link in LINKS.findall(path.read_text("utf-8"))]
    assert len(links) > 40
    assert [(path.name, link) for path, link in links if not (path.parent / link).exists()] == []


def test_every_section_of_the_guide_is_in_its_contents_and_in_the_readme() -> None:
    sections = {path.name for path in GUIDE.glob("*.md")} - {"muc-luc.md"}
    readme = (ROOT / "README.md").read_text("utf-8")
    assert set(LINKS.findall((GUIDE / "muc-luc.md").read_text("utf-8"))) == sections
    assert [name for name in sections if f"(resources/help/{name})" not in readme] == []


def test_pictures_of_the_guide_are_small_and_shown() -> None:
    pictures = {path.name: path.stat().st_size for path in (GUIDE / "pictures").iterdir()}
    shown = {name for path in GUIDE.glob("*.md") for name in LINKS.findall(path.read_text("utf-8"))}
    assert {name for name, size in pictures.items() if size > 120 * 1024} == set()
    assert {f"pictures/{name}" for name in pictures} <= shown
