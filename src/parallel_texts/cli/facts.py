"""What ``list`` and ``show`` say of a work, as plain values that JSON can hold."""

from __future__ import annotations

from collections import Counter
from typing import Any

from parallel_texts import Corpus, Version, Work
from parallel_texts.corpus import kept_alignment

__all__ = ["count_findings", "place_of", "standing_of", "work_facts"]


def work_facts(
    corpus: Corpus, work: Work, findings: dict[str, int] | None = None
) -> dict[str, Any]:
    """Return a work's header facts, its versions and provisions.

    Args:
        corpus: Where the names of places and people stand.
        work: One of its works.
        findings: Count per code, or ``None`` where they were not looked for.
    """
    return {
        "id": work.id,
        "kind": work.kind,
        "titles": dict(work.titles),
        "date": work.date,
        "place": _names(corpus, work.place),
        "parties": [_names(corpus, party) for party in work.parties],
        "signatories": [_names(corpus, person) for person in work.signatories],
        "languages": list(work.languages),
        "versions": [_version_facts(version) for version in work.versions],
        "never_issued": [w.lang for w in work.witnesses if not w.issued],
        "provisions": _provisions(work),
        "alignment": _alignment_facts(corpus, work),
        "findings": findings,
        "related": list(work.related),
    }


def _names(corpus: Corpus, authority_id: str) -> dict[str, Any] | None:
    if not authority_id:
        return None
    entry = corpus.authority(authority_id)
    names = {lang: names[0] for lang, names in entry.names if names} if entry else {}
    return {"id": authority_id, "names": names}


def _version_facts(version: Version) -> dict[str, Any]:
    return {
        "lang": version.lang,
        "tag": version.language_tag,
        "title": version.title,
        "standing": version.standing,
        "origin": version.origin,
        "translation_of": version.translation_of,
        "articles": sum(division.type == "article" for division in version.divisions),
        "passages": len(version.passages),
        "note": version.note,
    }


def _provisions(work: Work) -> dict[str, int]:
    """Count passages by what reports them, in the authentic version, else in the longest."""
    ranked = sorted(work.versions, key=lambda v: (v.standing != "authentic", -len(v.passages)))
    passages = ranked[0].passages if ranked else ()
    editorial = sum(passage.editorial for passage in passages)
    return {"reported": len(passages) - editorial, "editorial": editorial}


def _alignment_facts(corpus: Corpus, work: Work) -> dict[str, Any] | None:
    kept = kept_alignment(corpus, work) if work.versions else None
    if kept is None:
        return None
    return {"links": len(kept), "checked": kept.checked, "responsible": kept.responsible}


def count_findings(corpus: Corpus, work: Work) -> dict[str, int]:
    """Align if need be, flag, and count the findings per code: takes seconds."""
    from parallel_texts import align_work, flag_work

    if not work.versions:
        return {}
    found = flag_work(corpus, work, align_work(corpus, work, keep=False))
    return dict(sorted(Counter(finding.code for finding in found).items()))


def standing_of(version: dict[str, Any]) -> str:
    """Return what a version is, in one line: standing, origin, and what it translates."""
    source = version["translation_of"]
    standing = f"{version['standing']} of {source}" if source else version["standing"]
    return f"{standing}, {version['origin']}"


def place_of(place: dict[str, Any] | None, lang: str = "en") -> str:
    """Return the name of an entry, else its id, or the empty string."""
    if place is None:
        return ""
    names = place["names"]
    return str(names.get(lang) or next(iter(names.values()), place["id"]))
