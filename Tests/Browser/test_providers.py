"""From a token to records, at every provider that takes one."""

import re
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from house.providers import PROVIDERS


@pytest.fixture(scope="module", params=PROVIDERS, ids=lambda provider: provider.word)
def met(request):
    """A provider, and its double."""
    place = Path(tempfile.mkdtemp(prefix="max-provider-"))
    sandbox = request.param.sandbox(place)
    yield request.param, sandbox
    sandbox.stop()
    shutil.rmtree(place, ignore_errors=True)


def begins(owner, provider, sandbox):
    """Goes to the question for the token, with the double's address in the place that only few look for."""
    owner.opens("/add")
    owner.presses(re.compile(rf"\b{provider.name}\b"))
    owner.sees_page(re.compile(f"Connect your {provider.name} account"))
    owner.page.locator("summary", has_text="Advanced").click()
    owner.types("API address", sandbox.answers["baseURL"])
    if not owner.control(provider.question).count():
        owner.goes_on()
        owner.sees(provider.question)


def gives(owner, provider, token):
    owner.types(provider.question, token)
    owner.goes_on()


def test_a_wrong_token_is_refused_in_the_form_and_the_right_one_connects(owner, owned, met):
    provider, sandbox = met
    begins(owner, provider, sandbox)
    owner.sees("Max stores this encrypted on YOUR server. It is never shared with apps or agents.")
    owner.keeps_picture(f"{provider.word} asks for its token")
    gives(owner, provider, "sk_live_4242")
    owner.sees(provider.mismatch)
    gives(owner, provider, provider.unknown)
    asked = time.monotonic()
    owner.allows_private_address()
    owner.sees(provider.refusal, patience=10_000)
    assert time.monotonic() - asked < 10
    assert owner.control(provider.question).input_value() == ""
    owner.keeps_picture(f"{provider.word} refuses a token")

    gives(owner, provider, sandbox.secrets[provider.secret])
    owner.sees_page(re.compile("Connected as"))
    connection = owned.project.connections()[0]
    assert connection["state"] == "active"
    assert owner.control(re.compile("Name")).first.input_value() == connection["label"]
    owner.sees(re.compile(r"[\d,]+ records collected"))
    owner.keeps_picture(f"{provider.word} is connected")
    owner.follows("View records")
    owner.sees(provider.entity)
    for token in (sandbox.secrets[provider.secret], provider.unknown, "sk_live_4242"):
        assert token not in owner.page.content()


def test_the_help_link_opens_beside_the_form_which_keeps_what_was_typed(owner, met):
    provider, sandbox = met
    begins(owner, provider, sandbox)
    owner.types(provider.question, "half a token")
    link = owner.page.get_by_role("link", name=re.compile("new tab")).first
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("href").startswith(("https://", sandbox.url))
    assert owner.control(provider.question).input_value() == "half a token"


def test_a_provider_that_never_answers_is_named_in_time(owner, met):
    provider, sandbox = met
    begins(owner, provider, sandbox)
    gives(owner, provider, sandbox.secrets[provider.secret] + provider.hanging)
    owner.allows_private_address()
    # A provider's silence says nothing about the token: it is kept, and the check can be made again.
    owner.sees("Saved, not proven yet", patience=15_000)
    owner.sees(re.compile(f"{provider.name} .*did not answer"))
    assert owner.button("Try again").count() == 1


def test_the_same_by_the_interface_for_programs(caller, met):
    provider, sandbox = met
    headers = {"X-CSRF-Token": caller.csrf}

    def answer(reply: dict, given: dict) -> dict:
        setup = reply["setup"]
        told = caller.http.post(
            f"/v1/setups/{setup['id']}/answer", json={"revision": setup["revision"], **given}, headers=headers)
        assert told.status_code == 200, told.text
        return settled(told.json())

    def settled(reply: dict) -> dict:
        """Waits until nothing is being checked any more."""
        for _ in range(20):
            if reply["view"]["kind"] != "working":
                return reply
            reply = caller.get(f"/v1/setups/{reply['setup']['id']}").json()
        return reply

    begun = caller.http.post("/v1/setups", json={"connector": provider.word}, headers=headers)
    assert begun.status_code == 201, begun.text
    reply = begun.json()
    names = [field["name"] for field in reply["view"]["fields"]]
    if provider.secret not in names:
        reply = answer(reply, {"fields": {"baseURL": sandbox.answers["baseURL"]}})
    fields = {"baseURL": sandbox.answers["baseURL"]} if provider.secret in names else {}
    reply = answer(reply, {"fields": {**fields, provider.secret: provider.unknown}})
    if reply["view"]["kind"] == "choice":
        reply = answer(reply, {"choose": ["allow"]})
    problem = reply["view"]["problem"]
    assert provider.refusal in problem["message"] and problem["field"] == provider.secret, problem
    assert provider.unknown not in str(reply)

    reply = answer(reply, {"fields": {provider.secret: sandbox.secrets[provider.secret]}})
    assert reply["view"]["kind"] == "finished", reply
    connection = reply["connection"]["id"]
    for _ in range(40):
        run = caller.get(f"/v1/runs?connection={connection}").json()["items"][0]
        if run["state"] not in ("requested", "running"):
            break
        time.sleep(0.25)
    assert run["state"] == "complete", run
