"""Five years of work for the big sample province: plans, activities, support, courses, ratings, counted figures.

All invented, out of one source of chance; what the targets of the five plans ask for happens often, and not always.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from congdoan_desktop import paths
from congdoan_desktop.domain.activities import Activity, Detail
from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.figures import EnteredFigure
from congdoan_desktop.domain.persons import Post, Training
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.units import Baseline, OrgEvent
from congdoan_desktop.services.campaign_file import read_campaign
from congdoan_desktop.services.sample_people import LAST_DAY

PLANS = ("ke-hoach-14", "ke-hoach-324", "phat-dong-lao-cai", "ke-hoach-39", "ke-hoach-63")
ACTIVITIES, SUPPORTS = 135_000, 55_000
"""At full scale; with courses, ratings and counted figures some 200,000 records."""
FIRST_DAY = date(2021, 7, 1)
YEARS = (2021, 2022, 2023, 2024, 2025)
_FROZEN_ON, _MERGED_ON, _SMALL = date(2022, 4, 1), date(2025, 12, 1), 10
_USUAL: Mapping[str, int] = {
    "tuyen_truyen": 26, "sinh_hoat": 22, "the_thao": 8, "van_nghe": 5, "hoi_thi": 3, "chuyen_de": 4, "bua_com": 4,
    "gap_mat": 3, "tham_quan": 2, "tinh_nguyen": 4, "moi_truong": 4, "hien_mau": 2, "ket_nap": 3, "kiem_tra": 2,
    "gioi_thieu_dang": 2, "ung_ho_quy": 3, "hoc_nghe": 3,
}  # fmt: skip
"""Kind -> how many of a hundred activities."""
_UNCOUNTED = frozenset(
    {"tuyen_truyen", "sinh_hoat", "bua_com", "kiem_tra", "gioi_thieu_dang", "ung_ho_quy", "hoc_nghe"}
)
_CAUSES: Mapping[str, int] = {
    "kho_khan": 24, "om_dau": 22, "tet": 20, "hieu": 8, "hy": 6, "thai_san": 8, "benh_hiem_ngheo": 3,
    "tai_nan_lao_dong": 2, "thien_tai": 3, "nha_o": 2, "mat_viec": 2,
}  # fmt: skip
_LEVELS: Mapping[str, int] = {"xuat_sac": 24, "tot": 64, "hoan_thanh": 10, "khong_hoan_thanh": 2}
_ENTERPRISE = "doanh_nghiep"
_STATE = frozenset({"co_quan", "su_nghiep", "truong_hoc"})


@dataclass(frozen=True, slots=True)
class Union:
    """A CĐCS with its workplace, people by their ids."""

    unit: str
    place: str
    place_kind: str
    members: int
    workers: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upper:
    """An upper union; `last` None while it stands."""

    unit: str
    since: date
    last: date | None


def plans(province: str) -> list[Campaign]:
    """The five plans as issued by the sample's province."""
    folder = paths.resources() / "samples"
    return [replace(read_campaign(folder / f"{name}.toml"), unit=province) for name in PLANS]


class Years:
    """Makes the records of one province; `campaigns` are the ids of `plans`, in their order."""

    def __init__(self, chance: Random, province: str, campaigns: Sequence[str], scale: float) -> None:
        self._chance, self._province, self._scale = chance, province, scale
        self._plan, _, self._movement, self._anniversary, _ = campaigns

    def activities(self, unions: Sequence[Union], uppers: Sequence[Upper]) -> Iterator[Activity]:
        for union in unions:
            yield from self._duties(union)
        for upper in uppers:
            yield from self._of_upper(upper)
        kinds, weights = list(_USUAL), list(_USUAL.values())
        for n in range(round(ACTIVITIES * self._scale)):
            yield self._usual(unions[n % len(unions)], self._chance.choices(kinds, weights)[0])

    def supports(self, unions: Sequence[Union]) -> Iterator[SupportRecord]:
        chance, causes = self._chance, list(_CAUSES)
        for n in range(round(SUPPORTS * self._scale)):
            union, day = unions[n % len(unions)], self._day(FIRST_DAY, LAST_DAY)
            cause = chance.choices(causes, list(_CAUSES.values()))[0]
            cash = chance.choice((300_000, 500_000, 1_000_000, 2_000_000, 5_000_000))
            person = chance.choice(union.people)
            yield SupportRecord(
                union.unit, person, self._linked(day), cause, "tham_hoi" if cause in ("om_dau", "hieu") else "tang_qua",
                cash, 0, "tai_chinh_cong_doan", day, f"{chance.randrange(1, 300)}/QĐ-CĐ",
            )  # fmt: skip

    def full_time(self, uppers: Sequence[Upper], unions: Sequence[Union]) -> list[Post]:
        """Three officers at each upper union, from among the members of CĐCS."""
        able = itertools.cycle([person for union in unions for person in union.people[:1]])
        titles = ("chu_tich", "pho_chu_tich", "chuyen_vien")
        return [
            Post(upper.unit, next(able), title, "bch", True, upper.since, upper.last, "2023-2028")
            for upper in uppers
            for title in titles
        ]

    def trainings(self, posts: Sequence[Post]) -> Iterator[Training]:
        for post, year in itertools.product(posts, YEARS):
            if self._chance.randrange(100) < 88:
                organiser = self._chance.choices(("tinh", "cap_tren", "co_so"), (40, 50, 10))[0]
                day = self._day(date(year, 1, 15), date(year, 12, 20))
                yield Training(post.unit, post.person, day, organiser, 2, "Nghiệp vụ công tác công đoàn")

    def ratings(self, unions: Sequence[Union], uppers: Sequence[Upper]) -> Iterator[Rating]:
        levels, weights = list(_LEVELS), list(_LEVELS.values())
        stood = {union.unit: (FIRST_DAY, LAST_DAY) for union in unions}
        stood |= {upper.unit: (upper.since, upper.last or LAST_DAY) for upper in uppers}
        for unit, (since, last) in stood.items():
            for year in YEARS:
                if since.year <= year < last.year and self._chance.randrange(100) < 96:
                    yield Rating(unit, year, self._chance.choices(levels, weights)[0], (), f"{year}/QĐ-LĐLĐ")

    def counted(self, unions: Sequence[Union]) -> Iterator[EnteredFigure]:
        """What some unions counted themselves, and every union's list of members in need."""
        for union in unions:
            for year in YEARS:
                whole = date(year, 1, 1), date(year, 12, 31)
                if self._chance.randrange(100) < 30:
                    yield EnteredFigure(union.unit, "I03", *whole, self._most_of(union.members), union.members)
                if self._chance.randrange(100) < 20:
                    yield EnteredFigure(union.unit, "I11", *whole, self._most_of(union.workers), union.workers)
            needy = self._chance.randint(0, union.members // 6)
            yield EnteredFigure(union.unit, "I15", date(2025, 1, 1), date(2025, 12, 31), 0, needy)

    def merged(self, unions: Sequence[Union]) -> tuple[list[Baseline], list[OrgEvent]]:
        """The list of small CĐCS, and most of them joined two by two."""
        small = sorted(union.unit for union in unions if union.members < _SMALL)
        if not small:
            return [], []
        pairs = list(zip(small[::2], small[1::2], strict=False))
        kept = pairs[: max(1, len(pairs) * 3 // 4)]
        events = [
            OrgEvent(self._province, "merge", heir, "", _MERGED_ON, "87/QĐ-LĐLĐ", (other,)) for heir, other in kept
        ]
        return [Baseline(self._province, _FROZEN_ON, _SMALL, tuple(small))], events

    # One record

    def _usual(self, union: Union, kind: str) -> Activity:
        day = self._day(FIRST_DAY, LAST_DAY)
        made = self._held(union, kind, day)
        count = self._chance.randint(1, 3) if kind in ("gioi_thieu_dang", "ket_nap", "hien_mau") else None
        if kind == "ung_ho_quy":
            return replace(made, details=(Detail("amount", "5000000"), Detail("fund", "quy_xa_hoi")))
        if kind == "gioi_thieu_dang" and self._chance.randrange(2):
            people = tuple(sorted(set(self._chance.choices(union.people, k=count or 1))))
            return replace(made, count=len(people), people=people)
        return replace(made, count=count)

    def _duties(self, union: Union) -> Iterator[Activity]:
        """What the law and the plans ask of a workplace: conferences, dialogue, rules, agreements."""
        is_enterprise = union.place_kind == _ENTERPRISE
        if self._chance.randrange(100) < 94:
            yield replace(self._held(union, "qcdc", date(2022, 1, 20)), workplace=union.place, counts=False)
        for year in YEARS:
            conference = "hoi_nghi_nld" if union.place_kind not in _STATE else "hoi_nghi_cbccvc"
            for kind, per_cent in ((conference, 92), ("doi_thoai", 85)):
                if self._chance.randrange(100) < per_cent:
                    made = self._held(union, kind, self._day(date(year, 1, 5), date(year, 12, 20)))
                    details = (Detail("form", "dinh_ky"),) if kind == "doi_thoai" else ()
                    yield replace(made, workplace=union.place, details=details)
        if is_enterprise and self._chance.randrange(100) < 88:
            for since in (date(2021, 8, 1), date(2024, 8, 1)):
                made = self._held(union, "thoa_uoc", since)
                terms = (Detail("action", "ky" if since.year == 2021 else "sua"), Detail("better", "yes"))
                until = date(since.year + 3, 7, 31)
                yield replace(made, workplace=union.place, until=until, counts=False, grade="b", details=terms)

    def _of_upper(self, upper: Upper) -> Iterator[Activity]:
        """What an upper union itself does for the plan of 2024."""
        if upper.since.year > 2024:
            return
        day = self._day(date(2024, 1, 10), date(2024, 3, 30))
        registered = (Detail("action", "dang_ky"),)
        wanted: Mapping[str, tuple[Detail, ...]] = {"ke_hoach_rieng": (), "dan_van_kheo": registered, "qcdc": ()}
        for kind, details in wanted.items():
            if self._chance.randrange(100) < 90:
                yield Activity(
                    upper.unit, self._plan, kind, day, day, 0, 0, 0, None, False, "Việc của kế hoạch", count=1,
                    details=details,
                )  # fmt: skip

    def _held(self, union: Union, kind: str, day: date) -> Activity:
        chance = self._chance
        people = chance.randint(max(1, union.workers // 3), max(1, union.workers))
        members = min(people, chance.randint(union.members // 3, union.members))
        cost = chance.choice((0, 0, 500_000, 2_000_000, 4_500_000))
        return Activity(
            union.unit, self._linked(day), kind, day, day, people, chance.randint(0, people), cost,
            "tai_chinh_cong_doan" if cost else None, kind not in _UNCOUNTED, "Hoạt động mẫu", members=members,
        )  # fmt: skip

    def _linked(self, day: date) -> str | None:
        """Some of what happened in the time of a plan was recorded for it."""
        if date(2024, 2, 23) <= day <= date(2024, 7, 28) and self._chance.randrange(3) == 0:
            return self._anniversary
        if day.year == 2024 and self._chance.randrange(4) == 0:
            return self._chance.choice((self._plan, self._movement))
        return None

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(days=self._chance.randint(0, (last - first).days))

    def _most_of(self, people: int) -> int:
        return people * self._chance.randint(80, 100) // 100
