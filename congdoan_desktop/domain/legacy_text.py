"""Vietnamese typed in the fonts of before Unicode: TCVN3 (ABC) and VNI, as the Latin-1 letters they show as (D17–D20).

Such text is a font's trick: nothing in it says which letters are meant, so every decision is offered, never silent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from congdoan_desktop.domain.text import clean


class Encoding(StrEnum):
    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3_capitals"
    """Fonts whose name ends in H show capitals for the same bytes (D17)."""
    VNI = "vni"


NAMES: Mapping[Encoding, str] = {
    Encoding.UNICODE: "Unicode",
    Encoding.TCVN3: "TCVN3 (ABC)",
    Encoding.TCVN3_CAPITALS: "TCVN3 (ABC) chữ hoa",
    Encoding.VNI: "VNI",
}

_TCVN3 = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ", 0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
_TCVN3_LETTERS = {start + at: letter for start, run in _TCVN3.items() for at, letter in enumerate(run)}

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_TONES = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_CIRCUMFLEX = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVE = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_PAIRS = {
    **{letter + mark: letter + tone for letter in "aeouyôö" for mark, tone in _VNI_TONES.items()},
    **{letter + mark: letter + _CIRCUMFLEX + tone for letter in "aeo" for mark, tone in _VNI_CIRCUMFLEX.items()},
    **{"a" + mark: "a" + _BREVE + tone for mark, tone in _VNI_BREVE.items()},
}
_VNI = re.compile("|".join([*_VNI_PAIRS, *_VNI_ALONE]), re.IGNORECASE)

_ONSETS = (
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
)  # fmt: skip
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê "
    "êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang "
    "oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn "
    "ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uôc uôi uôm uôn uông uôt uy uya uych uyên uyêt "
    "uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ươc ươi ươm ươn ương ươp ươt ươu ưu y ych yêm yên yêng yêt yêu ynh "
    "yt êng oong ooc"
)
_SYLLABLES = frozenset(onset + rhyme for onset in _ONSETS for rhyme in re.findall(r"\w+", _RHYMES))
_TONES = re.compile(f"[{_GRAVE}{_HOOK}{_TILDE}{_ACUTE}{_DOT}]")
_AROUND = " \t\r\n!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~0123456789“”–…"


def decode(text: str, encoding: Encoding) -> str:
    """The text in Unicode (NFC); unknown letters stay as they are. Unicode text is returned untouched."""
    return _DECODERS[encoding](text)


def by_font(name: str) -> Encoding | None:
    """The encoding that a font's name stands for; None for fonts of Unicode."""
    font = name.strip().lower()
    if font.startswith(".vn"):
        return Encoding.TCVN3_CAPITALS if font.endswith("h") else Encoding.TCVN3
    return Encoding.VNI if font.startswith("vni") else None


def by_score(texts: Iterable[str]) -> Encoding | None:
    """The encoding under which the words become Vietnamese syllables; None when nothing tells.

    Only a clear winner over Unicode is named (D20).
    """
    words = {word for text in texts for word in _foreign_words(text)}
    if not words:
        return None
    scores = {encoding: sum(_worth(word, encoding) for word in words) for encoding in _SCORED}
    best = max(_SCORED, key=lambda encoding: scores[encoding])
    if scores[best] <= 0 or scores[best] == scores[Encoding.UNICODE]:
        return Encoding.UNICODE if scores[Encoding.UNICODE] > 0 and _beyond_latin1(words) else None
    return best if 2 * scores[best] >= len(words) else None


def is_syllable(word: str) -> bool:
    """Whether a word, in any case and with any tone, can be written in Vietnamese."""
    bare = _TONES.sub("", unicodedata.normalize("NFD", word.lower()))
    return unicodedata.normalize("NFC", bare) in _SYLLABLES


def _tcvn3(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_TCVN3_LETTERS)


def _tcvn3_capitals(text: str) -> str:
    return _tcvn3(text).upper()


def _vni(text: str) -> str:
    return unicodedata.normalize("NFC", _VNI.sub(_vni_letter, unicodedata.normalize("NFC", text)))


def _vni_letter(match: re.Match[str]) -> str:
    written = match[0]
    lower = written.lower()
    letters = _VNI_PAIRS.get(lower, lower)
    plain = _VNI_ALONE.get(letters[0], letters[0]) + letters[1:]
    return plain.upper() if written[0].isupper() else plain


_DECODERS: Mapping[Encoding, Callable[[str], str]] = {
    Encoding.UNICODE: lambda text: text,
    Encoding.TCVN3: _tcvn3,
    Encoding.TCVN3_CAPITALS: _tcvn3_capitals,
    Encoding.VNI: _vni,
}
_SCORED = (Encoding.UNICODE, Encoding.TCVN3, Encoding.VNI)


def _foreign_words(text: str) -> list[str]:
    """Words with letters beyond ASCII: the others are the same in every encoding."""
    return [bare for word in text.split() if not word.isascii() and (bare := word.strip(_AROUND))]


def _beyond_latin1(words: Iterable[str]) -> bool:
    return any(ord(letter) > 0xFF for word in words for letter in unicodedata.normalize("NFC", word))


@lru_cache(maxsize=8192)
def _worth(word: str, encoding: Encoding) -> int:
    """1 for a syllable, −1 for what cannot be one; letters beyond Latin-1 never came out of an old font."""
    if encoding is not Encoding.UNICODE and _beyond_latin1([word]):
        return -1
    read = clean(decode(word, encoding))
    return 1 if all(is_syllable(part.strip(_AROUND)) for part in re.split(r"[-/.,]", read) if part) else -1
