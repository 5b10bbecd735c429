"""The numbers of the items inside the text of a plan: before their places, and never a part of the text."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from congdoan_desktop.services.plan_item import Confidence, Group, Item, Span
from congdoan_desktop.services.plan_review import Review
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.pages.plan_reading import badges
from congdoan_desktop.ui.pages.plan_reading.document_view import DocumentView

TEXT = "𝟙. Vận động trên 85% doanh nghiệp, trong đó trên 83% người lao động.\nGiới thiệu ít nhất 500 đoàn viên."
PLACES = ("trên 85%", "trên 83%", "Giới thiệu", "ít nhất 500")


def items(count: int = 1) -> list[Item]:
    made = []
    for number in range(count * len(PLACES)):
        words = PLACES[number % len(PLACES)]
        at = TEXT.index(words)
        made.append(
            Item(str(number), Group.TARGETS, "", words, Span(at, at + len(words)), Confidence.SURE),
        )
    return made


@pytest.fixture
def view(qtbot: QtBot) -> DocumentView:
    made = DocumentView()
    qtbot.addWidget(made)
    made.resize(640, 300)
    made.show()
    made.set_text(TEXT)
    return made


def left_of(view: DocumentView, words: str) -> int:
    cursor = view._cursor(Span(TEXT.index(words), TEXT.index(words)))
    return int(view.text.cursorRect(cursor).left())


def test_room_is_made_and_the_text_stays_as_it_is(view: DocumentView) -> None:
    before = [left_of(view, words) for words in PLACES]
    view.show_review(Review(items()), "0")
    assert view.text.toPlainText() == TEXT
    after = [left_of(view, words) for words in PLACES]
    assert after[0] - before[0] >= 12
    assert after[2] == before[2], "at the beginning of a line it stands in the margin"
    assert [badge.number for badge in view.text._badges] == [1, 2, 3, 4]


def test_a_number_is_painted_before_its_place(view: DocumentView) -> None:
    view.show_review(Review(items()), "")
    picture: QPixmap = view.text.viewport().grab()
    cursor = view.text.cursorRect(view._cursor(Span(TEXT.index(PLACES[0]), TEXT.index(PLACES[0]))))
    seen = picture.toImage().pixelColor(cursor.left() - 5, cursor.center().y() - 6)
    assert seen == QColor(theme.current().color("warn_bar"))


def test_thousands_of_items_get_no_numbers(view: DocumentView) -> None:
    view.show_review(Review(items(badges.MOST // len(PLACES) + 1)), "0")
    assert view.text._badges == ()
