from __future__ import annotations

from edition_samples import small_alignment, small_corpus, small_findings, small_work
from parallel_texts.edition import render_site


def test_index_lists_works_with_standing_and_findings(tmp_path):
    work = small_work()
    report = render_site(
        small_corpus(work),
        {work.id: small_alignment(work)},
        {work.id: small_findings(work)},
        tmp_path,
    )
    html = report.index.read_text("utf-8")
    assert "Chita agreement" in html
    assert "Findings <b>4</b>" in html
    assert "editorial translation" in html
    page = (tmp_path / "chita-1955.html").read_text("utf-8")
    assert page.count('<span class="p"') == len([p for v in work.versions for p in v.passages])
    assert "24 in Chinese, 48 in English." in page
