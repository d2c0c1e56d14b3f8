"""The interface for programs, asked whatever its own description allows and much that it does not."""

import json
import os
import re
import subprocess
import sys

import pytest

from house.caller import Caller, forms
from house.places import TESTS, WORK

# Streams do not end by themselves, nor does waiting.
LEFT_OUT = r"/(events|wait)$"
CHECKS = ("not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
          "response_schema_conformance,unsupported_method")


@pytest.fixture
def lived_in(owned, caller, acme):
    """A server with an account, a setup and an agent's token: what there is by its name, and the token."""
    connection = owned.project.connect(acme)
    setup = owned.project.ask("flow", "start", "acme")["setup"]["id"]
    known = {"connector": "acme", "connection": connection["id"], "setup": setup, "scope": "acme", "entity": "AcmeTask",
             "run": caller.get("/v1/runs").json()["items"][0]["id"]}
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
    return known, token.json()["access_token"]


def explores(url: str, known: dict[str, str], *headers: str, examples: int = 15) -> subprocess.CompletedProcess:
    """Lets Schemathesis ask everything it can think of, the same every time."""
    given = [part for header in headers for part in ("--header", header)]
    WORK.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", f"{url}/openapi.json", "--checks", CHECKS, "--max-examples",
         str(examples), "--phases", "examples,coverage,fuzzing", "--seed", "7", "--workers", "1", "--request-timeout", "30",
         "--generation-database", "none", "--suppress-health-check", "all", "--continue-on-failure", "--no-color",
         "--exclude-path-regex", LEFT_OUT, *given],
        capture_output=True, text=True, timeout=170, cwd=WORK,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "140", "PYTHONPATH": str(TESTS), "MAX_KNOWN": json.dumps(known),
             "SCHEMATHESIS_HOOKS": "house.explorer"})


def requests_made(outcome: subprocess.CompletedProcess) -> int:
    """How many requests it made."""
    count = re.search(r"(\d+) generated", outcome.stdout)
    return int(count.group(1)) if count else 0


def complaints(outcome: subprocess.CompletedProcess) -> str:
    """What Schemathesis found, without what it repeated a thousand times."""
    return re.sub(r"(.)\1{60,}", r"\1…", outcome.stdout)[-12_000:] + outcome.stderr[-2_000:]


def test_the_owner_gets_no_answer_that_is_not_described(owned, caller, lived_in):
    outcome = explores(owned.url, lived_in[0], f"Cookie: max={owned.session}", f"X-CSRF-Token: {caller.csrf}")
    assert outcome.returncode == 0, complaints(outcome)
    assert requests_made(outcome) >= 500, complaints(outcome)


def test_an_agent_gets_no_answer_that_is_not_described(owned, lived_in):
    outcome = explores(owned.url, lived_in[0], f"Authorization: Bearer {lived_in[1]}")
    assert outcome.returncode == 0, complaints(outcome)
    assert requests_made(outcome) >= 500, complaints(outcome)


def test_a_stranger_gets_no_answer_that_is_not_described(standing):
    outcome = explores(standing.url, {}, examples=3)
    assert outcome.returncode == 0, complaints(outcome)


def test_a_stranger_is_told_nothing(passer_by):
    document = passer_by.get("/openapi.json").json()
    open_to_all = {"/v1/device/authorize", "/v1/device/token"}
    for path, item in document["paths"].items():
        if path in open_to_all or not path.startswith("/v1"):
            continue
        for method in item.keys() & {"get", "post", "put", "patch", "delete"}:
            address = re.sub(r"\{[^}]+\}", "acme-dana", path)
            answer = passer_by.http.request(method.upper(), address)
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


def test_a_parameter_that_nobody_knows_is_refused(reader):
    answer = reader.get("/v1/connections?no=such")
    assert answer.status_code in (400, 422)
    assert answer.json()["code"]
