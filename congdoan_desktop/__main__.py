"""`python -m congdoan_desktop`: the window. The terminal is `congdoan`."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    from congdoan_desktop import bootstrap

    return bootstrap.window(argv)


if __name__ == "__main__":
    sys.exit(main())
