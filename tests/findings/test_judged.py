from parallel_texts.findings import flag
from parallel_texts.findings.judged import digest, key, respect
from parallel_texts.tables import alignment_of

ROWS = alignment_of([("1", 1, {"zh": "三十日", "en": "sixty days"})])
CHANGED = alignment_of([("1", 1, {"zh": "三十日", "en": "sixty days at most"})])


def test_refused_findings_stay_away_while_passages_are_unchanged() -> None:
    (found,) = flag(ROWS, select=["V102"])
    judged = {key(found): ("refused", digest(found, ROWS))}
    assert respect([found], judged, ROWS) == ()
    (again,) = respect(flag(CHANGED, select=["V102"]), judged, CHANGED)
    assert again.status == "open"


def test_confirmed_findings_keep_their_status() -> None:
    (found,) = flag(ROWS, select=["V102"])
    (kept,) = respect([found], {key(found): ("confirmed", digest(found, ROWS))}, ROWS)
    assert kept.status == "confirmed"
