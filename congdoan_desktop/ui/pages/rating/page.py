"""The tab "Xếp loại": every CĐCS of a year, whether it is rated, and the list to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.services import drafts, ratings, reporting, units
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.papers import Paper
from congdoan_desktop.services.ratings import RatingRow
from congdoan_desktop.services.records import Saved
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.form import Values
from congdoan_desktop.ui.kit.pick_chip import PickChip
from congdoan_desktop.ui.pages import newer
from congdoan_desktop.ui.pages.entry.editor import Write
from congdoan_desktop.ui.pages.entry.kind import RecordKind
from congdoan_desktop.ui.pages.entry.page import LOWER_KEEPS, EntryPage, Query, Row
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.paper_dialog import show_paper
from congdoan_desktop.ui.pages.rating.form import RatingForm, points_text, values_of

if TYPE_CHECKING:
    from congdoan_desktop.services.office import Office

KIND = RecordKind(
    type=Rating.TYPE,
    page_title="Xếp loại",
    one="kết quả xếp loại",
    add="Xếp loại tiếp",
    heading="Xếp loại",
    icon="seal-check",
    belongs="Ở đây xếp loại từng công đoàn cơ sở mỗi năm. Chưa có công đoàn cơ sở nào trong năm này.",
    first="Mở danh sách",
    search="Tìm CĐCS",
    touches=frozenset({"rating"}),
    first_field="level",
    named_in="name",
)
COLUMNS = (
    Column("name", "Công đoàn cơ sở", least=180),
    Column("months", "Số tháng", 84, "number"),
    Column("points", "Điểm", 70, "number", show=points_text),
    Column("level", "Mức xếp loại", least=164),
    Column("decision", "Số quyết định", 116, hidden=True),
    Column("state", "Tình trạng", 148, "state"),
)
_RATED = ChipState("Đã xếp loại", "check-circle", "ok")
_OPEN = ChipState("Chưa xếp loại", "circle-dashed", "neu")
_TOO_YOUNG = ChipState("Chưa đủ tháng", "clock", "warn")
_LABELS = {"year": "Năm", "level": "Mức xếp loại", "scores": "Điểm", "decision": "Số quyết định", "note": "Ghi chú"}
_YEARS_BACK = 5


class RatingPage(EntryPage):
    """A row is a CĐCS; it bears the id of its rating once it has one."""

    def __init__(self, context: Context) -> None:
        self.rating_form = RatingForm()
        super().__init__(context, KIND, COLUMNS, self.rating_form)
        self._year = self.add_menu_filter("year", "Năm nay")
        self._unit = PickChip("Đơn vị", lambda _: self.reload())
        self._unit.setObjectName("filter_unit")
        self.add_filter(self._unit)
        self._level = self.add_menu_filter("level", "Mức")
        self._open = self.add_plain_filter("open", "Chưa xếp loại", "circle-dashed")
        self.add_conflict_filter()
        self.add_columns_button()
        self._level.set_choices([(entry.code, entry.name) for entry in catalogue().entries(ratings.LEVELS)])
        self.print_button = Button("Danh sách xếp loại", "printer", on_click=self.show_list)
        self.print_button.setToolTip("Xem, in, lưu PDF, Word hoặc Excel")
        self.print_button.setObjectName("show_list")
        self.add_action(self.print_button)
        self.editor.new_button.set_text("Lưu và xếp tiếp")
        self._goes_on = False

    def open_object(self, id_: str) -> None:
        """Also "YEAR:ID": a rating of another year than the present one."""
        year, _, record = id_.partition(":")
        super().open_object(record or id_)
        if record and year.isdecimal():
            self._year.choose(int(year))

    def year(self) -> int:
        chosen = self._year.value()
        return chosen if isinstance(chosen, int) else self.desk.today.year

    # The list

    def query(self) -> Query:
        chosen, unit = self._year.value(), text(self._unit.value()) or None
        search, level = self.search.text() if self.search else "", text(self._level.value())
        only_open, conflicts = bool(self._open.value()), bool(self._conflicts.value())

        def ask(office: Office) -> list[Row]:
            year = chosen if isinstance(chosen, int) else office.clock.today().year
            half_written = drafts.waiting(office, KIND.type)
            found = ratings.listing(office, year, unit=unit, search=search)
            return [
                _row(one, year, draft=(one.id or one.unit) in half_written)
                for one in found
                if level in ("", one.rating.level if one.rating else None)
                and (one.conflict or not conflicts)
                and not (only_open and (one.rating or not one.eligibility.rated))
            ]

        return ask

    def rows_shown(self, rows: Sequence[Row]) -> None:
        rated = [row for row in rows if row["level"]]
        young = sum(row["young"] is True for row in rows)
        counts = [
            (entry.name, sum(row["level"] == entry.name for row in rated)) for entry in ratings.levels(self.year())
        ]
        levels = " · ".join(f"{count} {_short(name)}" for name, count in counts if count)
        said = f"{len(rows)} CĐCS · {len(rated)} đã xếp loại · {young} chưa đủ tháng"
        self.list.foot.set_totals(" · ".join(part for part in (said, levels) if part) if rows else "", {})
        if self._goes_on:
            self._goes_on, self._wanted = False, None
            self.open_new()

    def load_choices(self, office: Office) -> object:
        return units.choices(office)

    def take_choices(self, found: object) -> None:
        self._unit.set_choices(cast("list[tuple[object, str]]", found))

    def choices_changed(self) -> None:
        latest = self.desk.today.year
        self._year.set_choices([(year, f"Năm {year}") for year in range(latest, latest - _YEARS_BACK, -1)])

    # The form

    def open_new(self) -> None:
        """The next CĐCS that waits for its rating."""
        rows = [row for row in self.table.rows.rows() if isinstance(row, dict) and row["state"] == _OPEN]
        if rows:
            self.table.select_id(rows[0]["id"])
            self.form.focus_first()
        else:
            self.banner.show_text("info", "Không còn CĐCS nào chờ xếp loại trong danh sách này.")

    def _stored(self, ids: tuple[str, ...], again: bool) -> None:
        self._goes_on = again
        super()._stored(ids, again=False)

    def new_values(self, previous: Values | None) -> Values:  # noqa: ARG002  # nothing repeats
        return {}

    def row_values(self, row: Row) -> Values:
        found = row["record"]
        assert isinstance(found, RatingRow)
        self.rating_form.unit = found.unit
        self.rating_form.take_year(int(str(row["year"])))
        return values_of(found.rating)

    def writer(self, values: Values, record: str) -> Write:  # noqa: ARG002  # a union has one in a year
        rating = self.rating_form.rating(values)

        def write(office: Office) -> Saved:
            return ratings.save(office, rating)

        return write

    def history_text(self, field: str, value: object) -> tuple[str, str]:
        if field == "level":
            return _LABELS[field], catalogue().name(ratings.LEVELS, str(value))
        if field == "scores":
            given = value if isinstance(value, tuple) else ()
            return _LABELS[field], points_text(sum(score.points for score in given)) if given else "–"
        return _LABELS.get(field, ""), text(value) or "–"

    def show_history(self) -> None:
        row = self.row_of(self.editor.record or "")
        if row is not None and (newer.is_bare(row) or row["level"]):
            super().show_history()

    def ask_delete(self, row: Row) -> None:
        if newer.is_bare(row) or row["level"]:
            super().ask_delete(row)

    # The list to be signed

    def show_list(self) -> None:
        """The list of the year and union in sight, to be looked at, printed and saved."""
        year, unit = self.year(), text(self._unit.value()) or None

        def prepare(office: Office) -> Paper:
            name, title = reporting.signers(office)[0]
            return ratings.rating_list(office, year, (title, name), unit)

        show_paper(self, self.context, prepare, self.banner.show_error)


def _short(name: str) -> str:
    """From "Hoàn thành tốt nhiệm vụ" to "hoàn thành tốt"."""
    return f"{name[:1].lower()}{name[1:]}".removesuffix(" nhiệm vụ")


def _row(found: RatingRow, year: int, *, draft: bool) -> Row:
    rating, eligible = found.rating, found.eligibility
    return {
        "id": found.id or found.unit,
        "name": found.unit_name,
        "locked": "" if found.own else LOWER_KEEPS,
        "conflict": found.conflict,
        "record": found,
        "when": "",
        "year": year,
        "months": eligible.months,
        "points": found.points,
        "level": catalogue().name(ratings.LEVELS, rating.level) if rating else "",
        "decision": rating.decision if rating else "",
        "young": not eligible.rated,
        "state": _state(found, draft=draft),
    }


def _state(found: RatingRow, *, draft: bool) -> ChipState:
    states = (
        (found.conflict, chips.CONFLICT),
        (draft, chips.DRAFT),
        (found.rating is not None, _RATED),
        (not found.eligibility.rated, _TOO_YOUNG),
    )
    return next((state for holds, state in states if holds), _OPEN)
