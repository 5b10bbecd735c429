"""Names as they come in from anywhere: one text after cleaning, found whichever way it was written."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

from congdoan_desktop.domain.text import clean, person_sort_key, search_key, sort_key

SYLLABLES = (
    "Nguyễn", "Đặng", "Lò", "Vàng", "Giàng", "Thị", "Văn", "A", "Hoà", "Thuý", "Khoẻ", "Uỷ", "Loè", "Quý", "Ương",
    "Ưng", "Ỷ", "Đạo", "Huỳnh", "Tẩn", "Mí", "Sùng", "Páo", "Ếch", "Ẵm", "Thoả", "Nguỵ", "Yến", "Kỳ", "Oánh",
)  # fmt: skip
OLD_TONES = {"Hoà": "Hòa", "Thuý": "Thúy", "Khoẻ": "Khỏe", "Uỷ": "Ủy", "Loè": "Lòe", "Thoả": "Thỏa", "Nguỵ": "Ngụy"}
INVISIBLE = "\u200b\u2060\ufeff"
SPACES = " \u00a0\u2007\u202f\u2009\t"
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
STRANGE = TURNING + "\u200c\u200d\u00adаеоሀ𝐀Ｎ①ﬁß\u0345\u1e9e\udc80"
"""Direction marks, joiners, a soft hyphen, letters of other scripts that look like ours, width and font twins."""

Dice = random.Random


def name(dice: Dice) -> str:
    return " ".join(dice.choice(SYLLABLES) for _ in range(dice.randint(1, 5)))


def decomposed(text: str, dice: Dice) -> str:
    return unicodedata.normalize(dice.choice(("NFD", "NFC")), text)


def mixed(text: str, dice: Dice) -> str:
    """Half composed, half not, as files from two systems pasted together."""
    return " ".join(decomposed(word, dice) for word in text.split())


def old_tones(text: str, dice: Dice) -> str:
    return " ".join(OLD_TONES.get(word, word) if dice.random() < 0.7 else word for word in text.split())


def invisible(text: str, dice: Dice) -> str:
    at = dice.randint(0, len(text))
    return text[:at] + dice.choice(INVISIBLE) + text[at:]


def other_spaces(text: str, dice: Dice) -> str:
    return "".join(dice.choice(SPACES) * dice.randint(1, 2) if c == " " else c for c in f" {text} ")


def icelandic(text: str, dice: Dice) -> str:
    return text.replace("Đ", dice.choice("ÐĐ")).replace("đ", dice.choice("ðđ"))


def other_case(text: str, dice: Dice) -> str:
    return dice.choice((str.upper, str.lower, str.title))(text)


SAME_TEXT = (mixed, invisible, other_spaces, icelandic)
"""Ways of writing that cleaning undoes."""
SAME_SEARCH = (*SAME_TEXT, old_tones, other_case)
"""Ways of writing that a search does not mind."""


def changed(text: str, ways: tuple[Callable[[str, Dice], str], ...], dice: Dice) -> str:
    for way in dice.sample(ways, dice.randint(1, len(ways))):
        text = way(text, dice)
    return text


def test_what_cleaning_undoes_and_search_does_not_mind(rounds: Callable[..., int]) -> None:
    count = rounds("names written in other ways", first=4_000, build=20_000, soak=2_000_000)
    dice = Dice(11)
    for _ in range(count):
        text = name(dice)
        assert clean(changed(text, SAME_TEXT, dice)) == unicodedata.normalize("NFC", text)
        other = changed(text, SAME_SEARCH, dice)
        assert search_key(other) == search_key(text), (text, other)
        assert search_key(unicodedata.normalize("NFC", text)[:3]) in search_key(other)


def test_hostile_text_is_cleaned_once_and_for_all(rounds: Callable[..., int]) -> None:
    count = rounds("texts with marks of direction, joiners and look-alikes", first=4_000, build=20_000, soak=2_000_000)
    dice = Dice(12)
    for _ in range(count):
        text = "".join(dice.choice(STRANGE) if dice.random() < 0.3 else c for c in name(dice))
        for way in dice.sample(SAME_SEARCH, 2):
            text = way(text, dice)
        cleaned = clean(text)
        assert unicodedata.is_normalized("NFC", cleaned)
        assert cleaned.encode().decode() == cleaned  # what a file could not take is gone
        assert clean(cleaned) == cleaned
        assert search_key(cleaned) == search_key(text)
        for key in (search_key, sort_key, person_sort_key):
            assert "\u200b" not in key(text)
            assert key(cleaned) == key(text)


def test_a_letter_of_another_script_is_another_letter() -> None:
    """A search that took Cyrillic а for a would show one person as two who share a name, or two as one."""
    assert search_key("Hoа") != search_key("Hoa")
    assert clean("Hoа") == "Hoа"


def test_without_composing_the_same_names_differ() -> None:
    dice = Dice(13)
    texts = [name(dice) for _ in range(200)]
    assert any(" ".join(mixed(text, dice).split()) != text for text in texts)
    assert any(old_tones(text, dice).lower() != text.lower() for text in texts)
