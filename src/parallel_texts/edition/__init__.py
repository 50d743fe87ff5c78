"""Side-by-side HTML editions: works, alignments and findings to pages people read, print, cite.

A site is plain files: it works from a disk, from a USB stick and from any static server, asks
nothing of any network, and can be read without JavaScript. Pages:

| page | holds |
|---|---|
| ``index.html`` | works with languages, standing, origin, number of findings |
| ``WORK.html`` | summary, aligned rows in columns, findings beside their rows, names and dates |
| ``names.html`` | people, places, parties, terms and dates of all works, with their rows |
| ``search.html`` | full-text search in all languages, from a prebuilt index |
"""

from __future__ import annotations

from parallel_texts.edition.site import SiteReport, render_files, render_site, render_work

__all__ = ["SiteReport", "render_files", "render_site", "render_work"]
