"""The bag's tag files: exactly these bytes."""

from __future__ import annotations

import pytest

from congdoan_desktop.packages import bag, names
from congdoan_desktop.packages.refusals import PackageRefused, Reason

TOP = "report-CDX-A-1b2c3d4e-3"
PAYLOAD = {"data/header.json": b"{}", "data/figures.json": b"[]", "data/report.pdf": b"%PDF"}
WHOLE = {**PAYLOAD, **bag.tag_files(TOP, PAYLOAD), names.SIGNATURE: b"..."}


def refused(entries: dict[str, bytes]) -> PackageRefused:
    with pytest.raises(PackageRefused) as caught:
        bag.verify(TOP, entries)
    return caught.value


def test_a_whole_bag_passes() -> None:
    bag.verify(TOP, WHOLE)
    assert bag.payload_of(WHOLE) == PAYLOAD


def test_info_states_name_size_and_count() -> None:
    assert WHOLE[names.BAG_INFO] == f"External-Identifier: {TOP}\nPayload-Oxum: 8.3\n".encode()


@pytest.mark.parametrize("name", [name for name in WHOLE if name not in ("data/figures.json", "data/report.pdf")])
def test_what_must_be_there(name: str) -> None:
    entries = {other: content for other, content in WHOLE.items() if other != name}
    refusal = refused(entries)
    assert refusal.reason is Reason.INCOMPLETE
    assert name in refusal.what


@pytest.mark.parametrize("name", [name for name in WHOLE if name != names.SIGNATURE])
def test_a_changed_file_is_named(name: str) -> None:
    refusal = refused({**WHOLE, name: WHOLE[name] + b" "})
    assert refusal.reason is Reason.CHANGED
    assert name in refusal.what


def test_a_file_too_many_is_named() -> None:
    assert "data/sources.json" in refused({**WHOLE, "data/sources.json": b"[]"}).what


def test_a_file_too_few_is_noticed() -> None:
    entries = {name: content for name, content in WHOLE.items() if name != "data/report.pdf"}
    assert refused(entries).reason is Reason.CHANGED


def test_another_top_folder_is_noticed() -> None:
    with pytest.raises(PackageRefused):
        bag.verify(TOP.replace("-3", "-4"), WHOLE)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"  ", b" *"),
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text.upper(),
        lambda text: text + b"\n",
        lambda text: b"".join(reversed(text.splitlines(keepends=True))),
        lambda text: text + text.splitlines(keepends=True)[0],
        lambda text: text.rstrip(b"\n"),
        lambda text: b"\xff" + text,
        lambda text: b"",
    ],
)
@pytest.mark.parametrize("name", [names.MANIFEST, names.TAGMANIFEST])
def test_manifests_have_one_spelling(name: str, change: object) -> None:
    assert callable(change)
    assert refused({**WHOLE, name: change(WHOLE[name])}).reason is Reason.CHANGED
