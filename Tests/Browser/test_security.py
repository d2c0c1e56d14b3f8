"""What somebody with bad intentions tries."""

import re
import socket

import pytest

from house.caller import PASSPHRASE, Caller, forms, session_cookie

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def normal(action: str) -> str:
    """A form's address with what differs from one account to the next left open."""
    action = re.sub(r"/(setups|runs)/[^/?]+", r"/\1/*", action)
    action = re.sub(r"/connections/[^/?]+", "/connections/*", action)
    return re.sub(r"/access/(agents|sessions)/[^/?]+", r"/access/\1/*", action).split("?")[0]


@pytest.fixture
def furnished(owned, caller, acme):
    """An owner with an account, a setup under way and an agent that waits."""
    owned.project.connect(acme)
    setup = owned.project.ask("flow", "start", "acme")["setup"]["id"]
    agent = Caller(owned.url)
    asked = agent.post("/v1/device/authorize", {"client_id": "Agent", "scope": "read"})
    assert asked.status_code == 200, asked.text
    code = asked.json()["user_code"]
    agent.close()
    other = Caller(owned.url)
    other.sign_in()
    other.close()
    return ["/", "/add", f"/setups/{setup}", "/connections/acme-dana", "/access", f"/device?code={code}", "/server"]


def test_every_form_that_changes_something_needs_its_own_page(owned, caller, furnished, stranger):
    mutations = [form for path in furnished for form in forms(caller.get(path).text) if form.method == "post"]
    assert {normal(form.action) for form in mutations} >= {
        "/signout", "/add/acme", "/setups/*", "/device", "/connections/*/sync", "/connections/*/rename",
        "/connections/*/disconnect", "/connections/*/erase", "/connections/*/reconnect"}
    other = Caller(owned.url)
    other.sign_in()
    theirs = other.csrf
    before = owned.project.connections()
    for form in mutations:
        assert form.fields.get("csrf"), form.action
        sent = {**form.fields, **dict(form.buttons[:1]), "confirm": "acme-dana", "label": "Taken"}
        for token in (None, "", "0" * 64, theirs, form.fields["csrf"][:-1], form.fields["csrf"] + "0"):
            fields = {**sent, "csrf": token} if token is not None else {k: v for k, v in sent.items() if k != "csrf"}
            answer = caller.post(form.action, fields)
            assert answer.status_code == 403, (form.action, token, answer.status_code)
        for headers in (
            {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"}, {"Origin": f"http://127.0.0.1:{owned.server.port + 1}"},
            {"Origin": f"https://127.0.0.1:{owned.server.port}"},
        ):
            assert caller.post(form.action, sent, headers=headers).status_code == 403, (form.action, headers)
        assert stranger.post(form.action, sent).status_code in (303, 401, 403), form.action
    assert owned.project.connections() == before
    assert caller.get("/").status_code == 200
    other.close()


def test_no_page_of_another_site_signs_anybody_in_or_takes_a_server(fresh):
    stranger = Caller(fresh.url)
    fields = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    link = fresh.server.welcome
    assert stranger.post(link, fields, headers={"Origin": "https://evil.example"}).status_code == 403
    assert stranger.post(link, fields, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert stranger.choose_passphrase(link).status_code == 303
    stranger.http.cookies.clear()
    answer = stranger.sign_in(headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403 and not stranger.session
    stranger.close()


def test_no_change_is_made_by_looking(owned, caller, furnished):
    for path in furnished:
        for form in forms(caller.get(path).text):
            if form.method == "post" and form.action not in ("/device", f"{path}"):
                assert caller.get(form.action).status_code in (303, 404, 405, 200), form.action
    assert owned.project.connections()[0]["state"] == "active"
    assert caller.get("/signout").status_code in (404, 405)
    assert caller.get("/").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "[::ffff:1.2.3.4]", "0"])
def test_another_name_of_the_server_is_refused(standing, reader, host):
    answer = reader.get("/", headers={"Host": host})
    assert answer.status_code in (400, 421)
    assert "Sources" not in answer.text and standing.session not in answer.text


def test_a_name_that_is_smuggled_in_reaches_no_link(reader):
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    for path in ("/", "/device", "/server", "/signin", "/v1/connectors"):
        answer = reader.get(path, headers=headers)
        assert "evil.example" not in answer.text + str(answer.headers), path


@pytest.mark.parametrize("next", [
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%09/evil.example", "/\t/evil.example",
    "javascript:alert(1)", "https:evil.example", "/\n/evil.example", "///evil.example", "/.//evil.example", " //evil.example",
    "http:///evil.example", "/..//evil.example",
])
def test_signing_in_leads_nowhere_else(reader, passer_by, next):
    answer = reader.get("/signin", params={"next": next})
    assert answer.status_code == 303
    target = answer.headers["Location"]
    assert target.startswith("/") and not re.match(r"/[/\\\s]", target), target
    page = passer_by.get("/signin", params={"next": next})
    assert not re.search(r'(href|action)="[^"]*evil', page.text)


def test_a_form_that_was_tampered_with_leads_nowhere_else(passer_by):
    for next in ("https://evil.example", "//evil.example", "/\\evil.example"):
        passer_by.http.cookies.clear()
        answer = passer_by.post("/signin", {"passphrase": PASSPHRASE, "next": next})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    passer_by.http.cookies.clear()
    assert passer_by.post("/signin", {"passphrase": PASSPHRASE, "next": "/add?q=a"}).headers["Location"] == "/add?q=a"


def test_a_sign_in_does_not_take_over_a_cookie_it_was_given(owned, stranger):
    stranger.holds("A" * 43)
    assert stranger.get("/").status_code in (303, 401)
    stranger.sign_in()
    first = [cookie.value for cookie in stranger.http.cookies.jar if cookie.name == session_cookie(owned.url)]
    assert "A" * 43 not in first[-1]
    stranger.holds(first[-1])
    assert stranger.get("/").status_code == 200
    again = stranger.post("/signin", {"passphrase": PASSPHRASE, "csrf": stranger.csrf})
    assert again.status_code == 303
    assert first[-1] not in again.headers["Set-Cookie"]
    stranger.holds(first[-1])
    assert stranger.get("/").status_code in (303, 401), "The sign-in before is still good."


def test_the_cookie_is_for_this_server_and_for_no_script(passer_by):
    cookie = passer_by.sign_in().headers["Set-Cookie"].lower()
    for part in ("httponly", "samesite=lax", "path=/"):
        assert part in cookie
    assert "domain=" not in cookie


def test_every_answer_says_what_may_be_done_with_it(reader):
    paths = ["/", "/signin", "/nothing", "/v1/connections", "/v1/nothing", "/openapi.json", "/healthz", "/readyz"]
    page = reader.get("/").text
    paths += re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)
    for path in paths:
        headers = reader.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy, path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert "Access-Control-Allow-Origin" not in headers, path
        assert "Server" not in headers or not re.search(r"\d", headers["Server"]), path
        if not path.startswith("/assets/"):
            assert "no-store" in headers["Cache-Control"] or path in ("/openapi.json",), path
    assert "Access-Control-Allow-Origin" not in reader.http.options(
        "/v1/connections", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}).headers


def test_no_page_holds_code_of_its_own(caller, furnished):
    for path in furnished:
        page = caller.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=\"|javascript:|<style|\sstyle=\"", page), path


def test_ids_are_not_guessed(owned, caller, furnished):
    setup = furnished[2].rsplit("/", 1)[1]
    for guess in (setup[:-1] + ("a" if setup[-1] != "a" else "b"), "set_" + "0" * 26, "set_", "../connections", "%00", "a" * 4000):
        answer = caller.get(f"/setups/{guess}")
        # What is over and what never was cannot be told apart: nothing is kept of either.
        assert answer.headers.get("Location") == "/?notice=over" or answer.status_code in (400, 404, 410, 414, 431), guess
    for path in ("/runs/run_00000000000000000000000000", "/connections/%2e%2e", "/connections/a%2fb",
                 "/connections/acme-dana/records/sqlite_master", "/connections/acme-dana/records/AcmeTask/'%20OR%201=1",
                 "/assets/../../max.json", "/assets/%2e%2e/%2e%2e/max.json", "/assets/icons/..%2f..%2fmax.json"):
        answer = caller.get(path)
        assert 400 <= answer.status_code < 500, (path, answer.status_code)
        assert "vault" not in answer.text
    guessed = caller.post("/link/guess", {"csrf": caller.csrf})
    assert guessed.status_code in (404, 410) and "Location" not in guessed.headers


def test_an_answer_that_is_sent_again_changes_nothing(owned, caller, acme):
    begun = caller.post("/add/acme", {"csrf": caller.csrf})
    setup = begun.headers["Location"]
    form = next(form for form in forms(caller.get(setup).text) if "baseURL" in form.fields)
    sent = {**form.fields, "baseURL": acme.url, "do": form.buttons[0][1]}
    assert caller.post(form.action, sent).status_code == 303
    once = caller.get(setup).text
    assert caller.post(form.action, sent).status_code == 303
    assert caller.get(setup).text == once
    late = caller.post(form.action, {**sent, "baseURL": "https://elsewhere.acme.com"})
    assert late.status_code in (303, 200, 409, 412)
    assert "elsewhere" not in caller.get(setup).text
    early = caller.post(form.action, {**sent, "revision": str(int(sent["revision"]) + 50), "api_token": acme.key})
    assert early.status_code in (303, 200, 400, 409, 412, 422)
    assert "API token" in caller.get(setup).text
    for odd in ("", "-1", "abc", "9" * 40):
        assert caller.post(form.action, {**sent, "revision": odd}).status_code < 500


def test_a_provider_cannot_write_on_a_page(owner, owned, caller, own_acme):
    sandbox = own_acme()
    workspace = sandbox.workspaces()[0]["id"]
    project = sandbox.call("POST", f"workspaces/{workspace}/projects", {
        "name": HOSTILE, "status": "active", "description": "javascript:alert(3)"})["id"]
    sandbox.call("POST", f"projects/{project}/tasks", {
        "title": "{{csrf}} {{{csrf}}} <b>bold</b> \u202eevil", "status": "todo", "description": HOSTILE})
    owned.project.connect(sandbox)
    for path in ("/connections/acme-dana", "/connections/acme-dana/records/AcmeProject",
                 "/connections/acme-dana/records/AcmeTask?filter=status+%3D+todo&match=bold",
                 f"/connections/acme-dana/records/AcmeProject/{project}"):
        owner.opens(path)
        assert owner.page.locator("main img[src=x], main script, main b").count() == 0, path
        assert not re.search(r'href="\s*javascript:', owner.page.content(), re.IGNORECASE), path
        assert owner.watch.refused() == []
    owner.sees(HOSTILE)
    owner.keeps_picture("a record with hostile text", has_data=True)


@pytest.mark.parametrize("path", ["/?q=", "/add?q=", "/device?code=", "/signin?next=", "/connections/", "/nothing/"])
def test_an_address_cannot_write_on_a_page(looker, path):
    looker.opens(path + "%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%3Cscript%3Ealert(2)%3C%2Fscript%3E")
    assert looker.page.locator("img[src=x]").count() == 0
    assert looker.watch.refused() == []


def says(port: int, request: bytes, patience: float = 8) -> bytes:
    """What the server answers to bytes that no client would send."""
    with socket.create_connection(("127.0.0.1", port), patience) as line:
        line.sendall(request)
        line.settimeout(patience)
        heard = b""
        try:
            while piece := line.recv(65536):
                heard += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return heard


@pytest.mark.parametrize("request_bytes", [
    b"POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 40\r\n\r\nabcd",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(300)) + b"\r\n",
    b"POST /signin HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    b"POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
], ids=["two lengths of a kind", "two lengths", "two hosts", "no host", "another's address", "a long header", "many headers",
        "an unknown coding", "a boundless body", "a zero byte", "a secret handshake"])
def test_a_crooked_request_is_answered_once_and_hung_up_on(standing, passer_by, request_bytes):
    heard = says(standing.server.port, request_bytes)
    assert heard.count(b"HTTP/1.1 2") == 0
    assert heard.count(b"HTTP/1.1 ") <= 1, heard[:2000]
    assert passer_by.get("/healthz").status_code == 200


def test_requests_that_never_end_keep_nobody_else_from_being_answered(standing, reader):
    lines = [socket.create_connection(("127.0.0.1", standing.server.port), 8) for _ in range(200)]
    try:
        for number, line in enumerate(lines):
            if number % 2:
                line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
            else:
                line.sendall(b"POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n"
                             b"Content-Type: application/x-www-form-urlencoded\r\n\r\npassphrase=")
        assert reader.get("/").status_code == 200
    finally:
        for line in lines:
            line.close()
    assert reader.get("/").status_code == 200


def test_a_body_that_is_too_large_is_refused(reader):
    assert reader.post("/signin", {"passphrase": "a" * 400_000}).status_code == 413
    answer = reader.http.post("/v1/setups", content=b"{" + b" " * 2_000_000 + b"}",
                              headers={"Content-Type": "application/json", "X-CSRF-Token": reader.csrf})
    assert answer.status_code == 413


def test_a_name_of_a_request_cannot_forge_the_log(standing, passer_by):
    passer_by.get("/x%0d%0afaked%20200%20line", headers={"User-Agent": "a\tb\x1b[31mred"})
    passer_by.get("/signin", headers={"X-Request-Id": "made up"})
    said = standing.server.said
    assert "\x1b" not in said and not re.search(r"^faked", said, re.MULTILINE) and "made up" not in said


def test_no_secret_reaches_the_log_or_an_address(owner, owned, acme):
    owner.connects_acme(acme)
    assert acme.key not in owned.server.said and PASSPHRASE not in owned.server.said
    assert acme.key not in owner.page.url


def test_guessing_does_not_lock_the_owner_out_for_long(owned, people, owner):
    guesser = Caller(owned.url)
    answers = [guesser.sign_in(f"a guess, number {n}") for n in range(8)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) <= 60
    guesser.close()
    # Whoever is signed in notices nothing.
    owner.opens("/")
    owner.sees_page("Sources")


def test_events_are_for_the_owner(passer_by, reader):
    assert passer_by.get("/events").status_code in (303, 401)
    with reader.http.stream("GET", "/events") as events:
        assert events.status_code == 200
        assert events.headers["Content-Type"].startswith("text/event-stream")
