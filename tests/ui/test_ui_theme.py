from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from congdoan_desktop import paths
from congdoan_desktop.ui import icons, preferences, theme
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.palette import DARK, LIGHT, Palette

# (text, ground) pairs that meet on the screen.
READ_ON = [
    ("text", "surface"), ("text", "bg"), ("text", "sel"), ("text", "head"), ("text2", "surface"), ("text2", "side"),
    ("text2", "sel"), ("text2", "head"), ("text3", "surface"), ("on_accent", "accent"), ("accent_text", "accent_soft"),
    ("accent_text", "surface"), ("ok", "ok_soft"), ("warn", "warn_soft"), ("bad", "bad_soft"), ("neu", "neu_soft"),
    ("ok", "surface"), ("warn", "surface"), ("bad", "surface"),
]  # fmt: skip


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)


def luminance(color: QColor) -> float:
    red, green, blue = (linear(v) for v in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)
@pytest.mark.parametrize(("text", "ground"), READ_ON)
def test_text_keeps_its_contrast(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)
@pytest.mark.parametrize("scale", theme.SCALES)
def test_the_stylesheet_is_filled_in(palette: Palette, scale: int) -> None:
    text = theme.stylesheet(theme.Theme(palette, scale))
    assert not re.search(r"@\w|\bpx\(|\bpt\(|\bpill\(|\btinted\(", text)
    for picture in re.findall(r'url\("([^"]+)"\)', text):
        assert Path(picture).is_file()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda p: p.name)
def test_tinted_icons_have_the_colours_of_their_palette(palette: Palette) -> None:
    wanted = {"check": "on_accent", "minus": "on_accent", "dot": "on_accent"}
    for file in (paths.resources() / "icons" / "tinted" / palette.name).glob("*.svg"):
        color = getattr(palette, wanted.get(file.stem, "text2"))
        assert re.findall(r'fill="(#\w+)"', file.read_text(encoding="utf-8")) == [color]


def test_letters_are_inters_with_every_vietnamese_one(dressed: QApplication) -> None:
    font = theme.current().font()
    assert QFontInfo(font).family() == "Inter"
    metrics = QFontMetricsF(font)
    letters = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    assert [c for c in letters + letters.upper() + "–₫≥" if not metrics.inFontUcs4(ord(c))] == []


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_figures_are_equally_wide(weight: int) -> None:
    metrics = QFontMetricsF(theme.current().font(13, weight))
    widths = [metrics.horizontalAdvance(digit * 4) for digit in "0123456789"]
    assert max(widths) - min(widths) < 0.1  # without "tnum" 1111 is 8 px narrower


def test_labels_dressed_by_the_stylesheet_keep_equal_figures(dressed: QApplication) -> None:
    from congdoan_desktop.ui.kit.basics import label

    made = label("", "figure")
    theme.dress(made)
    made.ensurePolished()
    assert made.fontMetrics().horizontalAdvance("1111") == made.fontMetrics().horizontalAdvance("0000")


def test_a_window_carries_the_look_and_hands_it_to_what_opens_over_it(dressed: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    alone, above = Dialog(None, "Lưu", "check", "ok"), Dialog(window, "Lưu", "check", "ok")
    for one in (alone, window):
        qtbot.addWidget(one)
    theme.dress(window)
    heights = []
    for scale in (100, 150):
        theme.apply(dressed, scale=scale)
        for dialog in (alone, above):
            button = Button("Lưu", "floppy-disk", "primary")
            dialog.body.addWidget(button)
            button.ensurePolished()
            heights.append(button.sizeHint().height())
    assert heights == [32, 32, 47, 47]
    assert dressed.styleSheet() == ""


def test_larger_letters_make_higher_buttons(dressed: QApplication) -> None:
    heights = []
    for scale in (100, 150):
        theme.apply(dressed, scale=scale)
        button = Button("Lưu", "floppy-disk", "primary")
        theme.dress(button)
        button.ensurePolished()
        heights.append(button.sizeHint().height())
    assert heights == [32, 47]


@pytest.mark.parametrize(("asked", "got"), [(50, 100), (100, 100), (130, 130), (400, 150)])
def test_scale_stays_in_its_bounds(dressed: QApplication, asked: int, got: int) -> None:
    assert theme.apply(dressed, scale=asked).scale == got


def test_icons_follow_the_palette(dressed: QApplication) -> None:
    for dark in (False, True):
        theme.apply(dressed, dark)
        image = icons.icon("heart").pixmap(16, 16).toImage()
        pixels = [image.pixelColor(x, y) for x in range(16) for y in range(16)]
        strongest = max(pixels, key=QColor.alpha)
        wanted = QColor(theme.current().palette.text2)
        assert strongest.alpha() > 100
        parts = (QColor.red, QColor.green, QColor.blue)
        assert max(abs(part(strongest) - part(wanted)) for part in parts) <= 3


def test_every_icon_can_be_drawn() -> None:
    for file in (paths.resources() / "icons").glob("*.svg"):
        image = icons.pixmap(file.stem, QColor("#000000"), 16).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), file.name


def test_every_token_is_a_colour() -> None:
    for palette in (LIGHT, DARK):
        assert all(QColor(value).isValid() for name, value in palette._asdict().items() if name != "name")


@pytest.mark.parametrize("scale", ["x", "0", "99999", "", "1e9"])
def test_a_damaged_file_of_the_window_still_lets_it_open(scale: str, qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / preferences.FILE).write_text(f"[General]\ndark=maybe\nscale={scale}\nplace=x\n", "utf-8")
    kept = preferences.Preferences(tmp_path)
    kept.dress(qapp)
    assert (theme.current().dark, theme.current().scale) == (False, 100)
    kept.restore_place(QWidget())
