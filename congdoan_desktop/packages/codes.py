"""Short codes that stand for long digests on paper."""

from __future__ import annotations

import base64


def code12(digest_hex: str) -> str:
    """The 12 characters of a `report_id` on paper, "ABCD EFGH IJKL" (FORMAT.md, section 8)."""
    code = base64.b32encode(bytes.fromhex(digest_hex))[:12].decode()
    return " ".join(code[at : at + 4] for at in (0, 4, 8))
