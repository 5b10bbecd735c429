"""Sizes of files and of free room, as people read them."""

from __future__ import annotations


def shown_size(count: int) -> str:
    """Bytes: 4,8 MB; never nothing for a file that is not empty."""
    if count >= 1024**3:
        return f"{count / 1024**3:.1f} GB".replace(".", ",")
    if count >= 1024**2:
        return f"{count / 1024**2:.1f} MB".replace(".", ",")
    return f"{-(-count // 1024)} KB"
