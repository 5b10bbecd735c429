"""The window, on PySide."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  # it hooks itself into every later import

# The hook reads and keeps the source of each module, to see whether it asks for PySide's other spellings
# (`__feature__`). We use none; without it a start is shorter and the process 16 MB smaller.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
