"""Number and code of a document as a record keeps it: no prose, since it stays when a person is erased."""

from __future__ import annotations

import re

_CODE = re.compile(r"[\w./&-]{1,40}")


def is_code(text: str) -> bool:
    """Whether the text is a number and code without spaces: "12/QĐ-CĐX"."""
    return _CODE.fullmatch(text) is not None
