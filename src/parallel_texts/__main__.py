"""Allows ``python -m parallel_texts``."""

from parallel_texts.cli import main

main()
