"""The words and names of one kind of entered record."""

from __future__ import annotations

from dataclasses import dataclass

from congdoan_desktop.ui.kit.editor import WIDTH
from congdoan_desktop.ui.tasks import Changes


@dataclass(frozen=True, slots=True)
class RecordKind:
    """`type` is the record's type, the name of what its changes touch, and that of its draft's form."""

    type: str
    page_title: str
    one: str
    """One of them inside a sentence: "khoản chăm lo"."""
    add: str
    """The primary action: "Ghi khoản chăm lo"."""
    heading: str
    """The editor's title of a new one."""
    icon: str
    belongs: str
    """What belongs here, said by the empty list."""
    first: str
    """The first step offered by the empty list."""
    search: str
    touches: Changes
    """What saving changes."""
    first_field: str
    """Where the cursor stands in a blank form."""
    named_in: str
    """The key of the column that names a record in the list."""
    width: int = WIDTH
    """Of the editor, at 100 %."""
    pictures: bool = False
    """Whether photos and scans hang on one."""
