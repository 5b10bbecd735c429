"""The colours of the window, light and dark, by the name of their job."""

from __future__ import annotations

from typing import NamedTuple


class Palette(NamedTuple):
    """Hex colours. Text tokens keep a contrast of at least 4.5:1 on the grounds they are used on.

    A named tuple, because a dataclass of thirty fields takes a hundredth of the whole start to make.
    """

    name: str
    bg: str
    side: str
    surface: str
    head: str
    text: str
    text2: str
    text3: str
    ctl: str
    border: str
    grid: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    sel: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    neu: str
    neu_soft: str
    ok_bar: str
    warn_bar: str
    bad_bar: str
    track: str
    mark: str


LIGHT = Palette(
    name="light",
    bg="#F2F5F8",
    side="#E8EDF2",
    surface="#FFFFFF",
    head="#F6F8FA",
    text="#17202B",
    text2="#4B5765",
    text3="#667281",
    ctl="#87929F",
    border="#D3DAE2",
    grid="#E8ECF1",
    accent="#1B5FAA",
    on_accent="#FFFFFF",
    accent_hover="#174F8D",
    accent_text="#174F8D",
    accent_soft="#E3EEF9",
    sel="#DCE9F7",
    ok="#17683A",
    ok_soft="#DDF2E5",
    warn="#7A4B00",
    warn_soft="#FCEFCF",
    bad="#A8231C",
    bad_soft="#FBE4E2",
    neu="#4B5765",
    neu_soft="#E9EDF2",
    ok_bar="#2C8A55",
    warn_bar="#B07000",
    bad_bar="#C63A31",
    track="#E1E7ED",
    mark="#17202B",
)

DARK = Palette(
    name="dark",
    bg="#13171C",
    side="#181D23",
    surface="#1D232A",
    head="#232A32",
    text="#E8EDF3",
    text2="#B1BBC7",
    text3="#94A0AE",
    ctl="#6F7B89",
    border="#36404B",
    grid="#2A323B",
    accent="#6FB3F2",
    on_accent="#0A1A2A",
    accent_hover="#9CCBF8",
    accent_text="#9CCBF8",
    accent_soft="#1C3350",
    sel="#213B5A",
    ok="#7FD6A3",
    ok_soft="#173626",
    warn="#F1C565",
    warn_soft="#3B2F12",
    bad="#FF9F97",
    bad_soft="#45211F",
    neu="#B1BBC7",
    neu_soft="#2C343E",
    ok_bar="#46A873",
    warn_bar="#D9A030",
    bad_bar="#E0655C",
    track="#323B46",
    mark="#E8EDF3",
)
