"""Going through the items of a plan that was read: taken, changed, left out; doubtful ones are asked first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from congdoan_desktop.planreader.draft import Confidence
from congdoan_desktop.services.plan_adoption import Taken
from congdoan_desktop.services.plan_item import Group, Item, Part


class Decision(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    LEFT = "left"


class Review:
    """The state of a reading. Nothing is taken but by `take` and `take_sure`; `undo` takes the last step back."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = tuple(items)
        self._by_id = {item.id: item for item in items}
        self._decisions: dict[str, Decision] = {}
        self._parts: dict[str, Part] = {}
        self._steps: list[tuple[dict[str, Decision], dict[str, Part]]] = []

    def item(self, id_: str) -> Item:
        return self._by_id[id_]

    def decision(self, id_: str) -> Decision:
        return self._decisions.get(id_, Decision.WAITING)

    def part(self, id_: str) -> Part:
        """As it was changed, else as it was read."""
        return self._parts.get(id_, self._by_id[id_].part)

    def is_changed(self, id_: str) -> bool:
        return id_ in self._parts

    def needs_change(self, id_: str) -> bool:
        """Whether it cannot be taken as it was read."""
        return bool(self._by_id[id_].must_change) and id_ not in self._parts

    # Deciding

    def take(self, id_: str) -> None:
        self._remember()
        self._decisions[id_] = Decision.TAKEN

    def change(self, id_: str, part: Part) -> None:
        """Take it with another piece than was read."""
        self._remember()
        self._parts[id_] = part
        self._decisions[id_] = Decision.TAKEN

    def leave(self, id_: str) -> None:
        self._remember()
        self._decisions[id_] = Decision.LEFT

    def wait(self, id_: str) -> None:
        """Take the decision on it back."""
        self._remember()
        self._decisions.pop(id_, None)

    def take_sure(self) -> int:
        """Take everything still waiting that nothing is asked about; how many these were."""
        sure = [item.id for item in self.sure()]
        if sure:
            self._remember()
            self._decisions.update(dict.fromkeys(sure, Decision.TAKEN))
        return len(sure)

    def undo(self) -> bool:
        """Back to before the last step; whether there was one."""
        if not self._steps:
            return False
        self._decisions, self._parts = self._steps.pop()
        return True

    def _remember(self) -> None:
        self._steps.append((dict(self._decisions), dict(self._parts)))

    # Asking

    def sure(self) -> list[Item]:
        waiting = (item for item in self.items if self.decision(item.id) is Decision.WAITING)
        return [item for item in waiting if item.confidence is Confidence.SURE and not item.asks]

    def taken(self) -> list[Taken]:
        chosen = (item for item in self.items if self.decision(item.id) is Decision.TAKEN)
        return [Taken(item, self.part(item.id)) for item in chosen]

    def count(self, decision: Decision, group: Group | None = None) -> int:
        return sum(1 for item in self.items if group in (None, item.group) and self.decision(item.id) is decision)

    def next_waiting(self, after: str = "") -> Item | None:
        """What to ask next: doubtful ones first, from the item last decided on, around the end."""
        at = next((n for n, item in enumerate(self.items) if item.id == after), -1)
        around = [*self.items[at + 1 :], *self.items[: at + 1]]
        waiting = [item for item in around if self.decision(item.id) is Decision.WAITING]
        return next((item for item in waiting if item.asks), waiting[0] if waiting else None)

    def at(self, place: int) -> Item | None:
        """The narrowest item whose place in the text holds a character."""
        here = [item for item in self.items if item.span.start <= place < item.span.end]
        return min(here, key=lambda item: item.span.end - item.span.start, default=None)
