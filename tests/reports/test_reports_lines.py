from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan_desktop.reports.balance import balanced
from congdoan_desktop.reports.document import Run
from congdoan_desktop.reports.fonts import Face, printable
from congdoan_desktop.reports.lines import runs_lines, text_lines

FACE = Face(14)
_WORDS = st.lists(st.text(alphabet="aáâăbcdđeêghiklmnoôơpqrstuưvxyẵộữ", min_size=1, max_size=12), max_size=60)

_ANNIVERSARY = (
    "Tổ chức các hoạt động kỷ niệm 95 năm Ngày thành lập Công đoàn Việt Nam (28/7/1929\u00a0-\u00a028/7/2024) "
    "và 61 năm Ngày thành lập Công đoàn tỉnh Lai Châu (15/4/1963-15/4/2024)"
)
_PROGRAMME = (
    "Thực hiện Chương trình hành động số 01-CTHĐ/ĐĐTLĐ",
    "của Đảng đoàn Tổng Liên đoàn Lao động Việt Nam",
    "và Chương trình hành động số 233-CTr/TU của Ban Thường vụ",
    "Tỉnh ủy Tây Ninh về thực hiện Nghị quyết số 43-NQ/TW,",
    "ngày 24/11/2023 của Ban Chấp hành Trung ương Đảng khóa XIII",
    "về “Tiếp tục phát huy truyền thống, sức mạnh đại đoàn kết toàn dân tộc,",
    "xây dựng đất nước ta ngày càng phồn vinh, hạnh phúc”",
)
"""A title of seven lines, which in six would tear two names."""


def shown(lines: list[object]) -> list[str]:
    return ["".join(text for _, text in line.parts) for line in lines]  # type: ignore[attr-defined]


@given(_WORDS, st.floats(60, 500))
def test_lines_hold_all_words_and_none_is_too_wide(words: list[str], width: float) -> None:
    lines = text_lines(" ".join(words), FACE, width)
    assert "".join(shown(list(lines))).replace(" ", "") == "".join(words)
    assert all(line.width <= width + 0.02 for line in lines)
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


@given(st.text("abcđ ế\n ,.W", max_size=120), st.floats(20, 200), st.booleans())
def test_a_text_of_one_face_breaks_as_runs_do(text: str, width: float, bold: bool) -> None:
    ours, runs = text_lines(text, Face(12, bold=bold), width), runs_lines((Run(text, bold=bold),), 12, width)
    assert shown(list(ours)) == shown(list(runs))
    assert [line.last for line in ours] == [line.last for line in runs]
    assert all(abs(one.width - other.width) < 0.01 for one, other in zip(ours, runs, strict=True))


def test_a_word_wider_than_the_line_is_cut_rather_than_lost() -> None:
    lines = text_lines("a" * 200, FACE, 100)
    assert "".join(shown(list(lines))) == "a" * 200
    assert all(line.width <= 100 for line in lines)


def test_a_no_break_space_never_parts_and_copies_out_as_a_space() -> None:
    tied = "số\N{NO-BREAK SPACE}21/KH-LĐLĐ"
    for width in range(60, 300, 10):
        lines = shown(list(text_lines(f"Kế hoạch của Ban Thường vụ {tied} ngày", FACE, width)))
        if width > FACE.width("số 21/KH-LĐLĐ"):
            assert any("số 21/KH-LĐLĐ" in line for line in lines)


def test_faces_change_inside_a_line() -> None:
    (line,) = runs_lines((Run("1. "), Run("Ưu điểm:", bold=True), Run(" rõ")), 14, 400)
    assert [(face.bold, text) for face, text in line.parts] == [(False, "1. "), (True, "Ưu điểm: "), (False, "rõ")]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        (
            "Kết quả 6 tháng đầu năm 2026 thực hiện phong trào “Mỗi công đoàn cơ sở một việc làm vì đoàn viên”",
            425,
            [
                "Kết quả 6 tháng đầu năm 2026 thực hiện phong trào",
                "“Mỗi công đoàn cơ sở một việc làm vì đoàn viên”",
            ],
        ),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU", 187, ["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LAI CHÂU"]),
        ("Gói dữ liệu báo cáo", 425, ["Gói dữ liệu báo cáo"]),
        (
            "Kỷ niệm 95 năm Ngày thành lập Công đoàn Việt Nam và 61 năm Ngày thành lập Công đoàn tỉnh Lai Châu",
            425,
            ["Kỷ niệm 95 năm Ngày thành lập Công đoàn Việt Nam", "và 61 năm Ngày thành lập Công đoàn tỉnh Lai Châu"],
        ),
        (
            _ANNIVERSARY,
            468,
            [
                "Tổ chức các hoạt động kỷ niệm 95 năm",
                "Ngày thành lập Công đoàn Việt Nam (28/7/1929 - 28/7/2024) và 61 năm",
                "Ngày thành lập Công đoàn tỉnh Lai Châu (15/4/1963-15/4/2024)",
            ],
        ),
        (" ".join(_PROGRAMME), 468, list(_PROGRAMME)),
    ],
)
def test_titles_part_between_phrases(text: str, width: float, lines: list[str]) -> None:
    assert balanced(text, Face(14, bold=True), width) == lines


@given(_WORDS)
def test_balanced_lines_fit_and_keep_the_text(words: list[str]) -> None:
    lines = balanced(" ".join(words), FACE, 200)
    assert " ".join(lines).split() == words
    assert all(FACE.width(line) <= 200 for line in lines)


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Việt\u200bNam\ufeff", "ViệtNam"),
        ("chè 🍵", "chè ?"),
        ("a\x07b", "ab"),
        ("năm\N{NO-BREAK SPACE}2026", "năm\N{NO-BREAK SPACE}2026"),
    ],
)
def test_printable(given_text: str, printed: str) -> None:
    assert printable(given_text) == printed
