"""Where a command works: the data folder, the clock, and how the passphrase comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from congdoan_desktop.clock import Clock
from congdoan_desktop.errors import AppError
from congdoan_desktop.services import door as doors

if TYPE_CHECKING:
    from congdoan_desktop.cli.answer import Answer
    from congdoan_desktop.cli.given import Given
    from congdoan_desktop.cli.passphrase import Passphrase
    from congdoan_desktop.services.door import Door
    from congdoan_desktop.services.office import Office
    from congdoan_desktop.services.opening import KdfCost


class NoOfficeYet(AppError):
    def __init__(self) -> None:
        super().__init__(
            "Thư mục này chưa có dữ liệu của đơn vị nào.",
            safe="Không có gì được ghi.",
            todo="Tạo dữ liệu bằng lệnh init, hoặc chọn đúng thư mục bằng --data.",
        )


class WhichOfficer(AppError):
    def __init__(self, names: list[str]) -> None:
        super().__init__("Máy này có nhiều cán bộ sử dụng.", todo=f"Thêm --officer với một trong: {'; '.join(names)}.")


@dataclass(frozen=True, slots=True)
class Desk:
    """`officer`: the name as typed, needed where several may open the office. `kdf` None: the standard cost."""

    folder: Path
    passphrase: Passphrase
    clock: Clock
    officer: str = ""
    kdf: KdfCost | None = None

    @contextmanager
    def office(self) -> Iterator[Office]:
        """The office, unlocked while the block runs.

        Raises: NoOfficeYet, WhichOfficer, and those of `services.opening.unlock`.
        """
        from congdoan_desktop.services import opening

        door = doors.door(self.folder)
        if door is None:
            raise NoOfficeYet
        slot = self._slot(door)
        with closing(opening.unlock(self.folder, slot, self.passphrase.known(), clock=self.clock)) as office:
            yield office

    def _slot(self, door: Door) -> str:
        from congdoan_desktop.domain.text import search_key

        wanted = search_key(self.officer)
        known = [(slot, search_key(name)) for slot, name in door.officers]
        same = [slot for slot, name in known if name == wanted]
        fitting = same or [slot for slot, name in known if wanted in name]
        if len(fitting) != 1:
            raise WhichOfficer([name for _, name in door.officers])
        return fitting[0]


def in_office(work: Callable[[Office, Given], Answer]) -> Callable[[Desk, Given], Answer]:
    """A command that works in the unlocked office."""

    def run(desk: Desk, given: Given) -> Answer:
        with desk.office() as office:
            return work(office, given)

    return run
