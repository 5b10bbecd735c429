"""Activities out of schedules, annexes that set goals and those that do not, and what must not happen at all."""

from __future__ import annotations

import pytest

from congdoan_desktop.progress import Progress
from congdoan_desktop.services import plan_reading
from tests.planreader import measure

HEAD = "KẾ HOẠCH\nCông tác năm 2026\n\n"
SIGNED = "\n\nNơi nhận:\n- LĐLĐ tỉnh;\n- Lưu: VT.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nLò Văn An\n\n"


def read(text: str) -> measure.Json:
    return plan_reading.as_json(plan_reading.read_pasted(text, Progress()))


def test_a_schedule_gives_activities_with_day_and_lead() -> None:
    found = measure.read(measure.FIXTURES / "bang-va-lich.txt")["activities"]
    assert [(one["text"], one["start"], one["lead"]) for one in found] == [
        ("Hội nghị triển khai nhiệm vụ năm 2026", None, "Văn phòng"),
        ("Giải cầu lông CNVCLĐ xã", "2026-05-20", "Ban Tuyên giáo"),
        ("Tập huấn nghiệp vụ cho 45 cán bộ CĐCS", None, "Ban Tổ chức"),
    ]


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ("| TT | Hoạt động | Ngày |\n|---|---|---|\n| 1 | Lễ phát động thi đua | 12/3/2026 |", ["2026-03-12"]),
        ("| TT | Hoạt động | Ngày |\n|---|---|---|\n| 1 | Lễ phát động thi đua | 31/2/2026 |", [None]),
        ("| TT | Hoạt động | Ngày |\n|---|---|---|\n| 1 | Lễ phát động thi đua | Tháng 3/2026 |", [None]),
        ("| TT | Hoạt động | Ngày |\n|---|---|---|\n| 1 | Lễ phát động thi đua | |", []),
        ("| TT | Hoạt động | Kinh phí |\n|---|---|---|\n| 1 | Lễ phát động thi đua | 12/3/2026 |", []),
    ],
)
def test_what_is_a_schedule(rows: str, days: list[str | None]) -> None:
    assert [one["start"] for one in read(f"{HEAD}I. LỊCH\n\n{rows}\n")["activities"]] == days


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("PHỤ LỤC\nCHỈ TIÊU NĂM 2026", 1),
        ("Phụ lục I\nMục tiêu phấn đấu", 1),
        ("PHỤ LỤC\nMẪU BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU", 0),
        ("PHỤ LỤC\nDỰ TOÁN KINH PHÍ", 0),
    ],
)
def test_only_annexes_that_set_goals_are_read(title: str, count: int) -> None:
    text = f"{HEAD}I. MỤC ĐÍCH\nChăm lo đoàn viên.{SIGNED}{title}\n\n1. Phấn đấu 90% đoàn viên tham gia.\n"
    assert len(read(text)["targets"]) == count


@pytest.mark.parametrize(
    ("sentence", "offered"),
    [
        ("Không để xảy ra đình công, ngừng việc.", ["Không để xảy ra đình công"]),
        ("Không để xảy ra quá 02 vụ việc.", []),
        ("Tham gia phong trào “Chung tay - không để ai bị bỏ lại phía sau”.", []),
    ],
)
def test_what_must_not_happen_is_offered_and_no_target(sentence: str, offered: list[str]) -> None:
    found = read(f"{HEAD}II. CHỈ TIÊU\n1. {sentence}\n")
    assert [one["text"] for one in found["numbers"] if one["role"] == "none_at_all"] == offered
    assert [target for target in found["targets"] if target["value"] == 0] == []
