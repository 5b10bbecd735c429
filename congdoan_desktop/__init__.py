"""Công đoàn Desktop: offline records, reports and signed hand-off for Vietnamese trade unions."""

__version__ = "0.1.0"
