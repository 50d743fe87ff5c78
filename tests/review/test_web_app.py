"""Pages, rows and actions as a browser gets them."""

from __future__ import annotations

import re

import pytest

from asgi_client import call
from corpus_copies import copy_of
from parallel_texts.review import Review, upkeep
from parallel_texts.review.web.app import make_app
from parallel_texts.review.web.room import Room as Inside
from parallel_texts.review.web.security import Doors
from review_rooms import Browser, room_of


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    return room_of(tmp_path)


def links(html: str) -> list[str]:
    return re.findall(r'<tbody role="rowgroup" data-link="([^"]+)"', html)


def test_the_page_shows_every_version_of_each_row_and_the_findings_beside(room):
    page = room.browser().page
    assert links(page) == [row.link for row in room.review.rows()]
    assert all(
        f'data-id="{p.id}"' in page
        for row in room.review.rows()
        for side in row.passages.values()
        for p in side
    )
    assert page.count('class="note ') == len(room.review.findings())
    assert "Reviewer: Anna" in page


def test_the_page_says_that_its_texts_are_reconstructions(room):
    banner = re.search(r'<p class="banner origin">(.*?)</p>', room.browser().page)
    assert banner and "reconstruction, not an authentic document" in banner[1]
    assert all(name in banner[1] for name in ("简体中文", "Русский", "English"))


def test_rows_come_in_chunks_and_with_the_revision_they_are_of(room):
    browser = room.browser()
    told = browser.get("/rows?start=3&count=2").json()
    assert [links(html) for html in told["rows"]] == [["l4"], ["l5"]]
    assert (told["serial"], told["total"]) == (browser.serial, 25)


def test_an_action_answers_with_what_to_draw_and_is_in_the_files(room):
    browser = room.browser()
    before = (room.corpus / "alignments/chita-1955.xml").read_bytes()
    told = browser.act("merge", **{"link": "l2", "with": "next"}).json()
    (change,) = told["changes"]
    assert (change["start"], change["removed"], change["kind"], change["who"]) == (
        1,
        3,
        "merge",
        "Anna",
    )
    assert [links(html)[0] for html in change["html"]] == ["l2", "l4"]
    assert (told["total"], told["undo"], told["redo"]) == (24, True, False)
    assert (room.corpus / "alignments/chita-1955.xml").read_bytes() != before
    told = browser.act("undo").json()
    assert (told["total"], told["undo"], told["redo"]) == (25, False, True)
    assert (room.corpus / "alignments/chita-1955.xml").read_bytes() == before


def test_another_tab_is_told_of_the_same_change(room):
    mine, other = room.browser(), room.browser()
    seen = other.serial
    told = mine.act("lock", link="l5", locked=True).json()
    heard = other.get(f"/changes?since={seen}").json()
    assert heard["changes"] == told["changes"]
    assert heard["progress"] == told["progress"]
    assert other.get(f"/changes?since={heard['serial']}").json()["changes"] == []


def test_a_tab_that_is_older_than_the_server_reads_everything_again(room):
    browser, first = room.browser(), room.browser().serial + 1
    browser.act("lock", link="l5", locked=True)
    later = make_app(Inside(room.review), room.people, Doors("127.0.0.1", 8001))
    heard = call(later, "GET", f"/changes?since={first}", again(browser, later)).json()
    assert heard["reload"]


def again(browser, app):
    """Return the headers of the same person at another server."""
    return Browser(app, browser.token).headers.items()


def test_a_file_changed_by_another_program_is_read_again(room):
    browser = room.browser()
    path = room.corpus / "en/chita-1955.xml"
    path.write_text(
        path.read_text("utf-8").replace("shall act together", "shall act jointly"), "utf-8"
    )
    heard = browser.get(f"/changes?since={browser.serial}").json()
    assert heard["reload"]
    assert "shall act jointly" in browser.get("/").text


def test_a_heading_goes_with_the_row_that_opens_its_division(room):
    browser = room.browser()
    told = browser.act("merge", **{"link": "l1", "with": "next"}).json()
    first, after = told["changes"][0]["html"]
    assert "Preamble" in first
    assert "Article 2" in after


def test_judging_redraws_the_row_of_the_finding(room):
    browser = room.browser()
    found = next(f for f in room.review.findings() if f.link)
    told = browser.act(
        "judge", finding=found.key, verdict="refused", reason="rule", note="<b>no</b>"
    )
    html = str(told.json()["changes"][0])
    assert "the rule is wrong" in html
    assert "&lt;b&gt;no&lt;/b&gt;" in html
    assert told.json()["progress"]["judged"] == 1


def test_two_people_are_told_apart_and_a_conflict_shows_both_sides(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    room = room_of(tmp_path, people=("Anna", "李华"))
    anna, li = room.browser(0), room.browser(1)
    assert "李华" in li.page
    assert anna.act("merge", **{"link": "l2", "with": "next"}).status == 200
    answer = li.act("merge", at="zh.a2.s1", **{"link": "l3", "with": "next"})
    assert answer.status == 409
    told = answer.json()
    assert told["mine"] == {"kind": "merge", "link": "l3", "with": "next"}
    assert told["revision"] == anna.revision
    assert [texts["en"].startswith("The present Agreement") for texts in told["theirs"]] == [True]
    assert li.act("lock", link="l9", locked=True).status == 200


def test_the_next_row_of_a_kind_is_found_up_and_down(room):
    browser = room.browser()
    assert browser.get("/next?what=unlocked&from=4").json() == {"number": 5, "link": "l6"}
    assert browser.get("/next?what=unlocked&from=4&back=").json() == {"number": 3, "link": "l4"}
    assert browser.get("/next?what=doubtful&from=-1").json() == {"number": None}
    opened = browser.get("/next?what=open&from=-1").json()["number"]
    assert room.review.rows(opened, 1)[0].findings


def test_a_filter_names_the_rows_that_it_shows(room):
    browser = room.browser()
    every = browser.get("/matches?rows=findings").json()["rows"]
    only = browser.get("/matches?rows=findings&code=P204").json()["rows"]
    assert [row.link for row in room.review.rows() if row.findings] == [link for _, link in every]
    assert 0 < len(only) < len(every)
    assert browser.get("/matches?rows=findings&status=refused").json()["rows"] == []
    assert browser.get("/matches?rows=nonsense").status == 422


def test_findings_are_told_with_their_judgements(room):
    browser = room.browser()
    found = room.review.findings()[0]
    browser.act("judge", finding=found.key, verdict="confirmed")
    told = {f["key"]: f for f in browser.get("/findings").json()}
    assert told[found.key]["judgements"][0]["who"] == "Anna"
    assert told[found.key]["status"] == "confirmed"


def test_aligning_again_leaves_locked_links_and_every_tab_reads_anew(room):
    browser, other = room.browser(), room.browser()
    browser.act("merge", **{"link": "l2", "with": "next"})
    browser.act("lock", link="l2", locked=True)
    kept = {row.link: row.passages for row in room.review.rows() if row.locked}
    told = browser.act("realign").json()
    assert told["reload"]
    assert {row.link: row.passages for row in room.review.rows() if row.locked} == kept
    assert len(kept) == 1
    assert other.get(f"/changes?since={other.serial}").json()["reload"]
    assert browser.act("undo").status == 200


def test_rows_are_told_by_their_links_and_those_that_are_gone_left_out(room):
    told = room.browser().get("/links?link=l9&link=gone&link=l3").json()
    assert [link for link, _ in told["rows"]] == ["l9", "l3"]
    assert links(told["rows"][0][1]) == ["l9"]


def test_findings_of_a_long_work_come_while_one_reviews(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(upkeep, "SMALL", 10)
    review = Review.open(copy_of("chita-1955", tmp_path), "chita-1955")
    inside = Inside(review)
    seen = inside.page("Anna", "key")
    assert seen.count('class="note ') == 0
    while inside.look_further():
        pass
    told = inside.since(0, "Anna")
    redrawn = {link for change in told["changes"] for link in change.get("redraw", ())}
    assert {f.link for f in review.findings() if f.link} <= redrawn
    assert told["pending"] == 0
    assert sum(html.count('class="note ') for _, html in inside.links(sorted(redrawn))["rows"]) > 0
    inside.close()
