"""An agent is let in, begins a setup, and never holds a secret."""

import re

import pytest

from house.caller import Caller

GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@pytest.fixture
def agent(owned):
    program = Caller(owned.url)
    yield program
    program.close()


def asks_to_be_let_in(agent: Caller, scope: str = "setup read manage") -> dict:
    answer = agent.post("/v1/device/authorize", {"client_id": "Notebook <b>agent</b>", "scope": scope})
    assert answer.status_code == 200, answer.text
    return answer.json()


def fetches_token(agent: Caller, begun: dict):
    return agent.post("/v1/device/token", {"grant_type": GRANT, "device_code": begun["device_code"]})


def test_an_agent_is_let_in_by_its_code_and_turned_out_again(owner, agent):
    begun = asks_to_be_let_in(agent)
    owner.opens("/device")
    owner.keeps_picture("the code of an agent")
    owner.types(re.compile("Code"), "BBBB-BBBB")
    owner.presses("Continue")
    owner.page.get_by_role("alert").wait_for()
    owner.keeps_picture("a code that is none")
    owner.types(re.compile("Code"), begun["user_code"].lower())
    owner.presses("Continue")
    owner.sees("Notebook <b>agent</b>")
    owner.sees(begun["user_code"])
    owner.keeps_picture("an agent asks to be let in")
    owner.presses("Let it in")
    owner.sees(re.compile("let in|is in", re.IGNORECASE))
    token = fetches_token(agent, begun)
    assert token.status_code == 200, token.text
    agent.http.headers["Authorization"] = f"Bearer {token.json()['access_token']}"
    assert agent.get("/v1/connections").status_code == 200
    assert agent.get("/").status_code in (303, 401, 403)

    owner.opens("/access")
    owner.sees("Notebook <b>agent</b>")
    owner.keeps_picture("access with an agent")
    owner.page.get_by_role("region", name="Agents").get_by_role("button").first.click()
    owner.sees("No agent has been let in")
    assert agent.get("/v1/connections").status_code == 401


def test_an_agent_that_is_turned_away_gets_nothing(owner, agent):
    begun = asks_to_be_let_in(agent)
    owner.opens(begun.get("verification_uri_complete") or f"/device?code={begun['user_code']}")
    owner.presses("Turn it away")
    owner.sees(re.compile("turned away|Nothing was let in|not let in", re.IGNORECASE))
    refused = fetches_token(agent, begun)
    assert refused.status_code == 400 and refused.json()["error"] == "access_denied"


def test_an_agent_begins_a_setup_that_the_owner_finishes(owner, owned, agent, acme):
    begun = asks_to_be_let_in(agent)
    owner.opens(f"/device?code={begun['user_code']}")
    owner.presses("Let it in")
    owner.sees(re.compile("let in|is in", re.IGNORECASE))
    agent.http.headers["Authorization"] = f"Bearer {fetches_token(agent, begun).json()['access_token']}"

    started = agent.http.post("/v1/setups", json={"connector": "acme"})
    assert started.status_code == 201, started.text
    setup, revision = started.json()["setup"]["id"], started.json()["setup"]["revision"]
    answered = agent.http.post(
        f"/v1/setups/{setup}/answer", json={"revision": revision, "fields": {"baseURL": acme.url}})
    assert answered.status_code == 200, answered.text
    view = answered.json()["view"]
    assert view["kind"] == "open" and view["open"]["kind"] == "owner_link" and "fields" not in view
    link = view["open"]["url"]
    smuggled = agent.http.post(f"/v1/setups/{setup}/answer", json={
        "revision": answered.json()["setup"]["revision"], "fields": {"api_token": acme.key}})
    assert 400 <= smuggled.status_code < 500 and acme.key not in smuggled.text

    owner.opens(link)
    owner.sees_page("An agent began a setup for you")
    owner.keeps_picture("an agent began a setup")
    owner.presses("Continue setup")
    owner.sees(re.compile("API token"))
    owner.keeps_picture("the question that an agent left to the owner")
    owner.gives_key(acme.key)
    owner.allows_private_address()
    owner.chooses_workspace("Sorrel Archive")
    owner.sees_page(re.compile("Connected as"))
    done = agent.get(f"/v1/setups/{setup}")
    assert done.json()["view"]["kind"] == "finished"
    assert done.json()["connection"]["slug"] == "acme-dana"
    assert acme.key not in done.text

    owner.opens(link)
    owner.presses("Continue setup")
    owner.sees(re.compile("used already|too old"))
    owner.keeps_picture("an owner link that was used")


def test_an_owner_link_lets_nobody_in_who_is_not_the_owner(owner, owned, agent, people):
    begun = asks_to_be_let_in(agent)
    owner.opens(f"/device?code={begun['user_code']}")
    owner.presses("Let it in")
    owner.sees(re.compile("let in|is in", re.IGNORECASE))
    agent.http.headers["Authorization"] = f"Bearer {fetches_token(agent, begun).json()['access_token']}"
    setup = agent.http.post("/v1/setups", json={"connector": "acme"}).json()["setup"]
    answered = agent.http.post(f"/v1/setups/{setup['id']}/answer", json={
        "revision": setup["revision"], "fields": {"baseURL": "https://one.acme.com"}})
    link = answered.json()["view"]["open"]["url"]
    somebody = people(owned.url)
    somebody.opens(link)
    somebody.sees_page("Sign in")
    somebody.types("Passphrase", "four words nobody joins")
    somebody.presses("Sign in")
    somebody.presses("Continue setup")
    somebody.sees(re.compile("API token"))
