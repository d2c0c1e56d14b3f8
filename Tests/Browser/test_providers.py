"""From a token to records, at every provider that takes one."""

import re
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from house.providers import PROVIDERS
from house.setup import Setup


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


def test_a_provider_with_a_fault_of_its_own_is_nobodys_mistake(owner, owned, met):
    provider, sandbox = met
    begins(owner, provider, sandbox)
    gives(owner, provider, sandbox.secrets[provider.secret] + provider.failing)
    owner.allows_private_address()
    owner.sees("Saved, not proven yet")
    owner.sees(f"{provider.name} has a fault of its own right now")
    assert owner.page.get_by_role("alert").count() == 0
    owner.keeps_picture(f"{provider.word} has a fault")
    assert owned.project.connections() == []


def test_a_token_that_may_read_nothing_is_refused_beside_the_question(owner, met):
    provider, sandbox = met
    begins(owner, provider, sandbox)
    gives(owner, provider, sandbox.secrets[provider.secret] + provider.forbidden)
    owner.allows_private_address()
    owner.page.get_by_role("alert").first.wait_for()
    owner.sees(provider.name)
    assert owner.control(provider.question).get_attribute("aria-invalid") == "true"
    owner.keeps_picture(f"{provider.word} lets a token read nothing")


def test_when_a_token_ends_is_said_with_whose_account_it_opens(owner, owned, caller, met):
    provider, sandbox = met
    token = sandbox.secrets[provider.secret] + provider.ending
    begins(owner, provider, sandbox)
    gives(owner, provider, token)
    owner.allows_private_address()
    owner.sees_page(re.compile("Connected as"))
    is_told = owner.page.get_by_text(re.compile(r"expires \w+")).count() > 0
    owner.opens(f"/connections/{owned.project.connections()[0]['slug']}")
    is_kept = owner.page.get_by_text("Stops working").count() > 0

    setup = Setup(caller, provider.word)
    setup.answers({**sandbox.answers, provider.secret: token})
    setup.chooses("update")
    is_sent = setup.view.get("expiresAt") is not None
    assert [is_told, is_kept, is_sent] == [provider.ending != ""] * 3


def test_a_second_account_is_one_of_its_own_and_the_same_again_is_no_twin(owner, owned, met):
    provider, sandbox = met
    for token in (sandbox.secrets[provider.secret], sandbox.second):
        begins(owner, provider, sandbox)
        gives(owner, provider, token)
        owner.allows_private_address()
        owner.sees_page(re.compile("Connected as"))
        owner.sees("records collected")
    before = owned.project.connections()
    assert len({one["label"] for one in before}) == 2
    owner.opens("/")
    for one in before:
        owner.sees(one["label"])

    begins(owner, provider, sandbox)
    gives(owner, provider, sandbox.second)
    owner.allows_private_address()
    owner.sees(re.compile("is connected already"))
    owner.presses(re.compile(f"Update its {provider.question.lower()}"))
    owner.sees("updated and active")
    assert {one["id"] for one in owned.project.connections()} == {one["id"] for one in before}


def test_the_same_by_the_interface_for_programs(caller, met):
    provider, sandbox = met
    setup = Setup(caller, provider.word)
    setup.answers({**sandbox.answers, provider.secret: provider.unknown})
    problem = setup.view["problem"]
    assert provider.refusal in problem["message"] and problem["field"] == provider.secret, problem
    assert provider.unknown not in str(setup.reply)

    setup.answers({provider.secret: sandbox.secrets[provider.secret] + provider.failing})
    assert setup.view["unproven"] and setup.view["fields"] == []
    assert provider.name in setup.view["problem"]["message"]
    setup.goes_back()

    setup.answers({provider.secret: sandbox.secrets[provider.secret]})
    assert setup.view["kind"] == "finished", setup.reply
    # What stood from the call before was not climbed again.
    assert all("milliseconds" in rung for rung in setup.view["ladder"] if rung["standing"] != "stood")
    assert setup.view["ladder"][-1]["rung"] == "record"
    assert setup.first_sync() == "complete"


def test_programs_too_get_a_second_account_of_its_own_and_no_twin_of_the_first(caller, owned, met):
    provider, sandbox = met
    for secret in (sandbox.secrets[provider.secret], sandbox.second):
        setup = Setup(caller, provider.word)
        setup.answers({**sandbox.answers, provider.secret: secret})
        assert setup.view["kind"] == "finished", setup.reply
    before = owned.project.connections()
    assert len({one["label"] for one in before}) == 2

    again = Setup(caller, provider.word)
    again.answers({**sandbox.answers, provider.secret: sandbox.second})
    assert [option["value"] for option in again.view["choice"]["options"]][0] == "update", again.reply
    again.chooses("update")
    assert again.view["updated"], again.reply
    assert {one["id"] for one in owned.project.connections()} == {one["id"] for one in before}
