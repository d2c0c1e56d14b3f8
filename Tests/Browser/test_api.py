"""The interface for programs, asked whatever its own description allows and much that it does not."""

import os
import re
import subprocess
import sys

import pytest

from house.caller import Caller, forms
from house.places import WORK

# Streams do not end by themselves, and these would end what the test stands on.
LEFT_OUT = [r"/events$", r"/wait$"]
CHECKS = ("not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
          "response_schema_conformance,unsupported_method")


@pytest.fixture
def lived_in(owned, caller, acme):
    """A server with an account, a setup and an agent's token."""
    owned.project.connect(acme)
    owned.project.ask("flow", "start", "acme")
    agent = Caller(owned.url)
    begun = agent.post("/v1/device/authorize", {"client_id": "Agent", "scope": "setup read manage"}).json()
    page = caller.get(f"/device?code={begun['user_code']}")
    form = next(form for form in forms(page.text) if form.action == "/device" and form.method == "post")
    allowed = caller.post("/device", {**form.fields, "do": "approve"})
    assert allowed.status_code in (200, 303), allowed.text
    token = agent.post("/v1/device/token", {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": begun["device_code"]})
    agent.close()
    assert token.status_code == 200, token.text
    return token.json()["access_token"]


def explores(url: str, *headers: str, examples: int = 15) -> subprocess.CompletedProcess:
    """Lets Schemathesis ask everything it can think of, the same every time."""
    given = [part for header in headers for part in ("--header", header)]
    left_out = [part for pattern in LEFT_OUT for part in ("--exclude-path-regex", pattern)]
    WORK.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", f"{url}/openapi.json", "--checks", CHECKS, "--max-examples",
         str(examples), "--phases", "examples,coverage,fuzzing", "--seed", "7", "--workers", "1", "--request-timeout", "30",
         "--generation-database", "none", "--suppress-health-check", "all", "--continue-on-failure", "--no-color",
         *left_out, *given],
        capture_output=True, text=True, timeout=900, cwd=WORK,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "140"})


@pytest.mark.timeout(900)
def test_the_owner_gets_no_answer_that_is_not_described(owned, caller, lived_in):
    outcome = explores(owned.url, f"Cookie: max={owned.session}", f"X-CSRF-Token: {caller.csrf}")
    assert outcome.returncode == 0, outcome.stdout[-12_000:] + outcome.stderr[-2_000:]


@pytest.mark.timeout(900)
def test_an_agent_gets_no_answer_that_is_not_described(owned, lived_in):
    outcome = explores(owned.url, f"Authorization: Bearer {lived_in}")
    assert outcome.returncode == 0, outcome.stdout[-12_000:] + outcome.stderr[-2_000:]


@pytest.mark.timeout(600)
def test_a_stranger_gets_no_answer_that_is_not_described(owned, lived_in):
    outcome = explores(owned.url, examples=5)
    assert outcome.returncode == 0, outcome.stdout[-12_000:] + outcome.stderr[-2_000:]


def test_a_stranger_is_told_nothing(owned, stranger, lived_in):
    document = stranger.get("/openapi.json").json()
    open_to_all = {"/v1/device/authorize", "/v1/device/token"}
    for path, item in document["paths"].items():
        if path in open_to_all or not path.startswith("/v1"):
            continue
        for method in item.keys() & {"get", "post", "put", "patch", "delete"}:
            address = re.sub(r"\{[^}]+\}", "acme-dana", path)
            answer = stranger.http.request(method.upper(), address)
            assert answer.status_code in (401, 403), (method, address, answer.status_code)
            assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_an_agent_may_do_only_what_it_was_allowed(owned, caller):
    agent = Caller(owned.url)
    begun = agent.post("/v1/device/authorize", {"client_id": "Reader", "scope": "read"}).json()
    page = caller.get(f"/device?code={begun['user_code']}")
    form = next(form for form in forms(page.text) if form.action == "/device" and form.method == "post")
    caller.post("/device", {**form.fields, "do": "approve"})
    token = agent.post("/v1/device/token", {
        "grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": begun["device_code"]}).json()
    agent.http.headers["Authorization"] = f"Bearer {token['access_token']}"
    assert agent.get("/v1/connections").status_code == 200
    assert agent.http.post("/v1/setups", json={"connector": "acme"}).status_code == 403
    document = agent.get("/openapi.json").json()
    assert "/v1/connections" in document["paths"]
    agent.close()


def test_the_owner_needs_the_token_of_a_page_here_too(owned, caller, acme):
    owned.project.connect(acme)
    for method, path in (("POST", "/v1/setups"), ("POST", "/v1/connections/acme-dana/syncs"), ("DELETE", "/v1/connections/acme-dana")):
        answer = caller.http.request(method, path, json={"connector": "acme"} if "setups" in path else None)
        assert answer.status_code in (403, 404, 405), (method, path, answer.status_code)
        if answer.status_code == 403:
            assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert owned.project.connections()[0]["state"] == "active"


def test_a_parameter_that_nobody_knows_is_refused(caller):
    answer = caller.get("/v1/connections?no=such")
    assert answer.status_code in (400, 422)
    assert answer.json()["code"]
