"""Formats of other tools: what leaves the package, and what translators bring back."""
