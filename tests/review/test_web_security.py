"""Attacks on the review's server: each is tried, and the files stay as they are."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time

import pytest
import uvicorn

from asgi_client import call
from corpus_copies import copy_of, state
from parallel_texts.review.web import patience, security
from parallel_texts.review.web.people import People
from parallel_texts.review.web.room import Room as Inside
from parallel_texts.review.web.security import Doors
from review_rooms import HOST, Browser, Room, room_of

MERGE = {"kind": "merge", "link": "l2", "with": "next"}
HOSTILE = "</span><script>window.ran=1</script><img src=x onerror=window.ran=1>\"'&"


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    room = room_of(tmp_path)
    before = state(room.corpus)
    yield room
    assert state(room.corpus) == before, "an attack has changed a file"


def order(browser: Browser, **action: object) -> dict[str, object]:
    return {"action": action or MERGE, "revision": browser.revision, "serial": browser.serial}


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8001",
        "127.0.0.1:8002",
        "127.0.0.1",
        "127.0.0.1.evil.example:8001",
        "localhost.evil.example:8001",
        "127.0.0.1:8001@evil.example",
        "[::1]:8001x",
        "",
        "127.0.0.1:8001, evil.example",
    ],
)
def test_a_rebound_or_wrong_host_gets_nothing(room, host):
    browser = room.browser()
    answers = [browser.get(path, host=host) for path in ("/", "/rows", "/static/review.js")]
    answers.append(browser.get(f"/enter?token={room.people.persons[0].token}", host=host))
    answers.append(browser.post(order(browser), host=host, origin=f"http://{host}"))
    assert {answer.status for answer in answers} == {421}
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_two_hosts_are_none(room):
    browser = room.browser()
    headers = [*browser.headers.items(), ("host", "evil.example")]
    assert call(room.app, "GET", "/", headers).status == 421


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_loopback_has_its_own_names(room, name):
    token = room.people.persons[0].token
    assert call(room.app, "GET", f"/enter?token={token}", [("host", f"{name}:8001")]).status == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "https://127.0.0.1:8001",
        "http://127.0.0.1:8002",
        "http://localhost:8001",
        "",
    ],
)
def test_a_change_from_another_origin_is_refused(room, origin):
    browser = room.browser()
    assert browser.post(order(browser), origin=origin).status == 403


@pytest.mark.parametrize("missing", ["origin", "x-review-key", "cookie", "content-type"])
def test_a_change_needs_all_that_our_page_sends(room, missing):
    browser = room.browser()
    answer = browser.post(order(browser), drop=(missing,))
    assert answer.status == {"cookie": 401, "content-type": 415}.get(missing, 403)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_nothing_is_given_to_a_page_of_another_site(room, site):
    browser = room.browser()
    headers = {"sec-fetch-site": site}
    for path in ("/", "/rows", "/findings", "/static/review.js"):
        assert browser.get(path, **headers).status == 403
    assert browser.post(order(browser), **headers).status == 403


def test_no_answer_lets_another_origin_read_it(room):
    browser = room.browser()
    for answer in (
        browser.get("/rows", origin="http://evil.example"),
        call(
            room.app,
            "OPTIONS",
            "/act",
            [
                ("host", HOST),
                ("origin", "http://evil.example"),
                ("access-control-request-method", "POST"),
            ],
        ),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "%00", "%ff%fe", "é"])
def test_a_wrong_token_opens_nothing(room, token):
    answer = call(room.app, "GET", f"/enter?token={token}", [("host", HOST)])
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/rows",
        "/changes?since=0",
        "/findings",
        "/next?what=open",
        "/matches",
        "/static/review.js",
        "/static/edition.css",
    ],
)
def test_without_a_session_nothing_is_read(room, path):
    assert call(room.app, "GET", path, [("host", HOST)]).status == 401
    wrong = [("host", HOST), ("cookie", "parallel-texts-review-8001=" + "0" * 64)]
    assert call(room.app, "GET", path, wrong).status == 401


def test_the_session_is_kept_from_scripts_and_other_sites_and_is_not_the_token(room):
    browser = room.browser()
    token = room.people.persons[0].token
    assert {"httponly", "samesite=strict", "path=/"} <= set(browser.set_cookie.lower().split("; "))
    assert token not in browser.set_cookie
    assert token not in browser.page
    assert browser.key not in browser.set_cookie


def test_one_persons_key_is_of_no_use_to_another(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    room = room_of(tmp_path, people=("Anna", "Boris"))
    anna, boris = room.browser(0), room.browser(1)
    assert boris.post(order(boris), x_review_key=anna.key).status == 403


def test_a_new_run_knows_no_token_of_the_last(room):
    old = room.browser()
    again = Room(room.corpus)
    assert call(again.app, "GET", "/", old.headers.items()).status == 401
    assert call(again.app, "GET", f"/enter?token={old.token}", [("host", HOST)]).status == 403


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonp",
        "",
    ],
)
def test_what_a_form_can_send_is_no_change(room, kind):
    browser = room.browser()
    assert browser.post(order(browser), content_type=kind).status == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_do_nothing(room, method):
    browser = room.browser()
    assert call(room.app, method, "/act", browser.headers.items()).status == 405
    assert browser.get("/act").status == 405


def test_a_body_that_is_too_large_is_not_read(room):
    browser = room.browser()
    big = json.dumps(order(browser) | {"at": "x" * security.BODY_LIMIT}).encode()
    assert browser.post(big).status == 413
    assert browser.post(b"{}", content_length="99999999999999999999").status == 413
    assert browser.post(b"{}", content_length="-1").status == 413


def test_a_body_that_is_larger_than_it_says_is_broken_off(room):
    browser = room.browser()
    headers = browser.headers | {
        "origin": f"http://{HOST}",
        "x-review-key": browser.key,
        "content-type": "application/json",
    }
    answer = call(room.app, "POST", "/act", headers.items(), chunks=[b"[" * 8192] * 50)
    assert answer.status == 413


def test_a_body_that_does_not_come_is_not_waited_for(room, monkeypatch):
    monkeypatch.setattr(security, "BODY_SECONDS", 0.05)
    browser = room.browser()
    headers = browser.headers | {
        "origin": f"http://{HOST}",
        "x-review-key": browser.key,
        "content-type": "application/json",
    }
    assert call(room.app, "POST", "/act", headers.items(), chunks=[b"{", 1.0, b"}"]).status == 408
    assert call(room.app, "POST", "/act", headers.items(), chunks=[]).status == 400


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"action": 1, "revision": 0, "serial": 0}', b'{"action": {}, "revision": true}', b'{"action": {}, "revision": 1.5}', b'{"action": {}}', b"[" * 60_000, b'{"a":' * 10_000, b"1" * 60_000],
)  # fmt: skip
def test_what_is_no_order_is_refused(room, body):
    assert room.browser().post(body).status == 400


@pytest.mark.parametrize(
    "action",
    [
        {"kind": "delete"},
        {"kind": "merge"},
        {"kind": "merge", "link": "../../corpus", "with": "next"},
        {"kind": "merge", "link": "l2", "with": "next", "path": "/etc/passwd"},
        {"kind": "merge", "link": ["l2"], "with": "next"},
        {"kind": "split", "link": "l2", "before": "../zh/chita-1955.xml#zh.a1.s1"},
        {"kind": "move", "passage": "zh.a1.s1\x00", "to": "next"},
        {"kind": "judge", "finding": "' or 1=1 --", "verdict": "confirmed"},
        {"kind": "judge", "finding": "x", "verdict": "../"},
        {"kind": "omit", "passages": ["/etc/passwd"]},
        {"kind": {"$ne": 1}},
    ],
)
def test_strange_actions_are_refused_by_name(room, action):
    browser = room.browser()
    answer = browser.post(
        {"action": action, "revision": browser.revision, "serial": browser.serial}
    )
    assert answer.status == 422
    assert "error" in answer.json()


@pytest.mark.parametrize(
    "target",
    ["/static/../app.py", "/static/..%2f..%2fapp.py", "/static/%2e%2e/security.py", "/static//etc/passwd", "/static/", "/static/review.js/..", "/static/..\\app.py", "/static/review.js%00.css", "/../../etc/passwd", "//etc/passwd", "/static/__init__.py", "/enter/../static/x"],
)  # fmt: skip
def test_no_path_leads_to_a_file(room, target):
    answer = room.browser().get(target)
    assert answer.status == 404
    assert "import" not in answer.text


@pytest.mark.parametrize(
    "target",
    ["/rows?start=-1", "/rows?start=1e9", "/rows?start=9999999999999", "/rows?count=%D9%A3", "/changes?since=x", "/next?what=open&from=--1"],
)  # fmt: skip
def test_what_is_no_number_is_refused(room, target):
    assert room.browser().get(target).status == 400


def test_a_request_gets_a_bounded_number_of_rows(room):
    assert len(room.browser().get("/rows?start=0&count=999999999").json()["rows"]) == 25
    assert room.browser().get("/rows?start=999999999&count=5").json()["rows"] == []


def test_every_answer_forbids_what_pages_do_not_need(room):
    browser = room.browser()
    for answer in (
        browser.get("/"),
        browser.get("/rows"),
        browser.get("/nothing"),
        call(room.app, "GET", "/", []),
    ):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"


def test_pages_have_no_script_or_style_of_their_own(room):
    page = room.browser().page
    assert (
        re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+=|\sstyle=|javascript:", page) == []
    )


def hostile_room(tmp_path, monkeypatch) -> Room:
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    corpus = copy_of("chita-1955", tmp_path)
    path = corpus / "en/chita-1955.xml"
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    text = path.read_text("utf-8").replace("shall act together", f"{escaped} \u202eshall act")
    text = re.sub(r"<title([^>]*)>", rf"<title\1>{escaped}", text, count=1)
    path.write_text(text.replace("<head>", f"<head>{escaped}", 1), "utf-8")
    return Room(corpus)


def test_hostile_text_notes_and_names_are_shown_and_not_run(tmp_path, monkeypatch):
    room = hostile_room(tmp_path, monkeypatch)
    browser = room.browser()
    found = next(f for f in room.review.findings() if f.link)
    told = browser.act("judge", finding=found.key, verdict="refused", reason="rule", note=HOSTILE)
    assert told.status == 200
    passage = next(p for r in room.review.rows() for p in r.passages["en"])
    written = browser.act(
        "find",
        code="V110",
        selections=[{"passage": passage.id, "start": 0, "end": 4}],
        note=HOSTILE,
    )
    assert written.status == 200
    for html in (browser.get("/").text, told.text, written.text, browser.get("/rows?count=9").text):
        assert "<script>window" not in html
        assert "<img src" not in html
    page = browser.get("/").text
    assert "&lt;script&gt;window.ran=1" in page
    assert "⟨U+202E⟩" in page


def test_a_name_cannot_write_into_the_page(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    room = room_of(tmp_path, people=(HOSTILE,))
    assert "<script>window" not in room.browser().page


@pytest.mark.parametrize(
    ("listening", "asked", "admitted"),
    [
        ("192.168.1.7", "192.168.1.7:80", False),
        ("192.168.1.7", "192.168.1.7:8001", True),
        ("192.168.1.7", "evil.example:8001", False),
        ("192.168.1.7", "127.0.0.1:8001", False),
        ("0.0.0.0", "192.168.1.7:8001", True),
        ("0.0.0.0", "evil.example:8001", False),
        ("::", "[fe80::1]:8001", True),
        ("reader.local", "Reader.local:8001", True),
    ],
)
def test_on_a_network_only_the_address_itself_is_ours(listening, asked, admitted):
    assert Doors(listening, 8001).admits(asked) is admitted


def test_addresses_of_several_people_differ():
    people = People(["Anna", "Boris", "Anna"])
    assert [person.name for person in people.persons] == ["Anna", "Boris"]
    assert len({person.token for person in people.persons}) == 2
    assert all(len(person.token) >= 43 for person in people.persons)
    assert "token" not in repr(people.persons)


@pytest.fixture
def served(room):
    """The real server, on a socket."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    from parallel_texts.review.web.app import make_app
    from parallel_texts.review.web.serving import configured

    server = uvicorn.Server(
        configured(make_app(Inside(room.review), room.people, Doors("127.0.0.1", port)))
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield port
    server.should_exit = True
    thread.join(10)
    listening.close()


def raw(port: int, data: bytes, seconds: float = 3.0) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as sock:
        sock.sendall(data)
        parts = []
        try:
            while part := sock.recv(65536):
                parts.append(part)
        except TimeoutError:
            pass
        return b"".join(parts)


def test_the_real_server_says_nothing_to_broken_requests_and_lives_on(served, room):
    host = f"Host: 127.0.0.1:{served}\r\nConnection: close\r\n\r\n".encode()
    assert b" 400 " in raw(served, b"nonsense\r\n\r\n").split(b"\r\n")[0]
    assert (
        b" 4" in raw(served, b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + host).split(b"\r\n")[0]
    )
    answer = raw(served, b"GET / HTTP/1.1\r\n" + host)
    assert b" 401 " in answer.split(b"\r\n")[0]
    assert b"server:" not in answer.lower()
    assert (
        b" 421 "
        in raw(served, b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").split(
            b"\r\n"
        )[0]
    )


def test_slow_requests_do_not_keep_others_out(served, room):
    slow = [socket.create_connection(("127.0.0.1", served)) for _ in range(50)]
    for sock in slow:
        sock.sendall(b"POST /act HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n")
    start = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", served, timeout=5)
    connection.request("GET", f"/enter?token={room.people.persons[0].token}")
    assert connection.getresponse().status == 200
    assert time.monotonic() - start < 2
    connection.close()
    for sock in slow:
        sock.close()


def test_a_connection_that_says_nothing_is_closed(served, monkeypatch):
    monkeypatch.setattr(patience, "HEADER_SECONDS", 0.3)
    start = time.monotonic()
    assert raw(served, b"") == b""
    assert raw(served, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n") == b""
    with socket.create_connection(("127.0.0.1", served), timeout=3) as sock:
        sock.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{served}\r\n\r\n".encode())
        assert b"401" in sock.recv(65536)
        sock.sendall(b"GET /again HTTP/1.1\r\nX-Slow: ")
        while sock.recv(65536):
            pass
    assert time.monotonic() - start < 2.5
