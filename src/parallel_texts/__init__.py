"""Compare documents that exist, or are missing, in several languages."""

from __future__ import annotations

__version__ = "0.1.0"
