"""The form of one rating: points for each group of criteria, the level they reach, the decision."""

from __future__ import annotations

import re

from congdoan_desktop.domain.rating import HUNDREDTHS, Rating, Score
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import ratings
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.ui.kit.choice_fields import ChoiceField
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.number_fields import ParsedField
from congdoan_desktop.ui.kit.text_fields import NoteField, TextField
from congdoan_desktop.ui.pages.entry.values import text

_POINTS = re.compile(r"(\d{1,3})(?:[,.](\d{1,2}))?", re.ASCII)


class RatingForm(Form):
    """The fields of points are those of the criteria of the catalogue; leaving one proposes the level reached.

    `unit` and `year` say whom and when the form is about.
    """

    def __init__(self) -> None:
        super().__init__(self._check)
        self.unit, self.year = "", 0
        self._proposed: str | None = None
        self._criteria = tuple(catalogue().entries(ratings.CRITERIA))
        self.level = ChoiceField("level", "Mức xếp loại", required=True)
        self.total = TextField("total", "Tổng điểm")
        self._build()
        for entry in self._criteria:
            self.field(entry.code).left.connect(lambda _: self._propose())

    def _build(self) -> None:
        for entry in self._criteria:
            label = entry.aliases[0].capitalize() if entry.aliases else entry.name
            field = ParsedField(entry.code, label, parse_points, points_text, hint=f"Tối đa {entry.more['most']} điểm.")
            field.setToolTip(entry.name)
            self.add(field)
        self.add(self.total)
        self.total.line.setReadOnly(True)
        self.add(self.level)
        self.add(TextField("decision", "Số quyết định", placeholder="25/QĐ-CĐX", limit=60))
        self.add(NoteField("note", "Ghi chú", lines=2))

    def take_year(self, year: int) -> None:
        """The criteria and levels of the year; those of other years are out of sight."""
        self.year, self._proposed = year, None
        valid = {entry.code for entry in ratings.criteria(year)}
        for entry in self._criteria:
            self.field(entry.code).setVisible(entry.code in valid)
        self.level.set_choices([(entry.code, entry.name) for entry in ratings.levels(year)])

    def rating(self, values: Values) -> Rating:
        points = ((entry.code, values[entry.code]) for entry in self._criteria)
        scores = tuple(Score(code, given) for code, given in points if isinstance(given, int))
        note = text(values["note"])
        return Rating(self.unit, self.year, text(values["level"]), scores, text(values["decision"]), note)

    def _propose(self) -> None:
        """The sum, and the level it reaches as long as nobody has chosen another: the committee decides."""
        values = self.values()
        given = [values[entry.code] for entry in self._criteria]
        numbers = [number for number in given if isinstance(number, int)]
        self.total.set_value(points_text(sum(numbers)) if numbers else None)
        if numbers and self.level.value() in (None, self._proposed):
            self._proposed = ratings.proposed(self.year, sum(numbers))
            self.level.set_value(self._proposed)

    def _check(self, values: Values) -> tuple[Finding, ...]:
        found = ratings.check(self.rating(values))
        return tuple(one for one in found if not (one.field == "level" and self.level.is_empty()))


def values_of(rating: Rating | None) -> Values:
    if rating is None:
        return {}
    values: Values = {score.criterion: score.points for score in rating.scores}
    total = points_text(sum(score.points for score in rating.scores)) if rating.scores else None
    return {**values, "level": rating.level, "decision": rating.decision, "note": rating.note, "total": total}


def parse_points(typed: str) -> int:
    """Hundredths of "44", "44,5", "44,25". Raises: ValueError."""
    found = _POINTS.fullmatch(typed)
    if found is None:
        raise ValueError("Ghi điểm bằng số, ví dụ 45 hoặc 44,5.")
    return int(found[1]) * HUNDREDTHS + int((found[2] or "0").ljust(2, "0"))


def points_text(points: object) -> str:
    """8950 -> "89,5"."""
    if not isinstance(points, int):
        return ""
    whole, rest = divmod(points, HUNDREDTHS)
    return f"{whole},{rest:02}".rstrip("0") if rest else str(whole)
