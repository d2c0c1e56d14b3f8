"""From Add source to records."""

import re

from house.person import UNKNOWN_KEY
from house.pictures import keep


def test_a_wrong_key_is_refused_in_the_form_and_the_right_one_connects(owner, acme):
    owner.opens("/")
    owner.follows(re.compile("Add source"))
    owner.sees_page("Add source")
    owner.sees("Collects the workspace you choose")
    owner.sees("Leaves alone")
    owner.keeps_picture("add source")
    owner.presses(re.compile("Acme"))
    owner.sees_page(re.compile("Connect your Acme account"))
    owner.keeps_picture("the first question")

    owner.types("Tenant URL", "my acme")
    owner.goes_on()
    owner.page.get_by_role("alert").first.wait_for()
    assert owner.control("Tenant URL").input_value() == "my acme"
    owner.keeps_picture("an address that is none")
    owner.gives_address(acme)

    owner.sees("Max stores this encrypted on YOUR server. It is never shared with apps or agents.")
    owner.keeps_picture("the key is asked for")
    owner.gives_key("sk_live_4242")
    owner.sees("does not look like an Acme API token")
    owner.keeps_picture("a key that looks like none")
    owner.gives_key(UNKNOWN_KEY)
    owner.keeps_picture("a private address")
    owner.allows_private_address()
    owner.sees(re.compile("Acme rejected this API token"))
    assert owner.control(re.compile("API token")).first.input_value() == ""
    owner.keeps_picture("a key that is refused")

    owner.gives_key(acme.key)
    owner.sees_question("Workspace")
    owner.keeps_picture("the choice of a workspace")
    owner.chooses_workspace("Hazel Küche & Lager")
    owner.sees_page(re.compile("Connected as dana@acme.test"))
    assert owner.control(re.compile("Name")).first.input_value() == "dana@acme.test"
    owner.sees(re.compile(r"\d+ records collected"))
    owner.keeps_picture("connected and collected")
    owner.follows("View records")
    owner.sees("AcmeTask")
    for key in (acme.key, UNKNOWN_KEY, "sk_live_4242"):
        assert key not in owner.page.content()


def test_a_help_link_opens_beside_the_form_which_keeps_what_was_typed(owner, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.types(re.compile("API token"), "half a key")
    with owner.context.expect_page() as opened:
        owner.page.get_by_role("link", name=re.compile("new tab")).first.click()
    opened.value.wait_for_load_state()
    assert opened.value.url == acme.page
    assert opened.value.evaluate("() => window.opener") is None
    assert owner.control(re.compile("API token")).first.input_value() == "half a key"


def test_the_same_account_again_is_offered_as_an_update(owner, owned, acme):
    owner.connects_acme(acme)
    owner.sees(re.compile("records collected"))
    before = owned.project.connections()
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.gives_key(acme.key)
    owner.allows_private_address()
    owner.sees(re.compile("already connected", re.IGNORECASE))
    owner.keeps_picture("the same account again")
    owner.presses(re.compile("Update its API token"))
    owner.chooses_workspace("Sorrel Archive")
    owner.sees(re.compile("updated|Connected as dana@acme.test"))
    after = owned.project.connections()
    assert [one["id"] for one in after] == [one["id"] for one in before]


def test_a_second_account_is_born_with_its_own_name(owner, owned, acme, own_acme):
    owner.connects_acme(acme)
    owner.connects_acme(acme, acme.second_key)
    assert {one["label"] for one in owned.project.connections()} == {"dana@acme.test", "erin@acme.test"}
    owner.opens("/")
    owner.sees("erin@acme.test")
    owner.keeps_picture("sources with two accounts of one provider")


def test_a_sandbox_stands_in_for_an_account(owner):
    owner.begins_with_acme()
    owner.presses("Use the sandbox")
    owner.chooses_workspace("Cedar Exports")
    owner.sees_page(re.compile("Connected as dana@acme.test"))
    owner.sees(re.compile("records collected"))


def test_a_step_back_keeps_the_answer(owner, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.presses("Back")
    assert owner.control("Tenant URL").input_value() == acme.url


def test_a_cancelled_setup_leaves_nothing_behind(owner, owned, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.gives_key(acme.key)
    setup = owner.page.url
    owner.presses("Cancel setup")
    owner.sees_page(re.compile("Sources|Add source"))
    owner.does_not_see("Continue setup")
    assert owned.project.connections() == []
    owner.opens(setup)
    owner.sees(re.compile("ended|no longer|not any more|cancelled|nothing", re.IGNORECASE))
    owner.keeps_picture("a setup that is gone")


def test_an_unfinished_setup_is_on_the_list_and_goes_on(owner, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.opens("/")
    owner.keeps_picture("sources with a setup")
    owner.follows("Continue setup")
    owner.sees(re.compile("API token"))


def test_the_label_is_changed_where_it_is_offered(owner, owned, acme):
    owner.connects_acme(acme)
    owner.control(re.compile("Name")).first.fill("Work & Play <b>")
    owner.presses("Save")
    owner.sees("Work & Play <b>")
    assert owned.project.connections()[0]["label"] == "Work & Play <b>"


def test_what_was_begun_in_the_terminal_is_finished_on_the_page(owner, owned, acme):
    setup = owned.project.ask("flow", "start", "acme")["setup"]["id"]
    owned.project.answer(setup, "--set", f"baseURL={acme.url}")
    owner.opens("/")
    owner.sees("Continue setup")
    owner.follows("Continue setup")
    owner.gives_key(acme.key)
    owner.allows_private_address()
    owner.chooses_workspace("Sorrel Archive")
    owner.sees_page(re.compile("Connected as dana@acme.test"))
    assert owned.project.ask("flow", "show", setup)["connection"]["state"] == "active"


def test_what_was_begun_on_the_page_is_finished_in_the_terminal(owner, owned, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    setup = re.search(r"/setups/([^/?]+)", owner.page.url).group(1)
    owned.project.answer(setup, "--secret-stdin", "api_token", given=acme.key)
    owned.project.answer(setup, "--choose", "allow")
    owned.project.answer(setup, "--choose", "Sorrel Archive")
    # The page that still shows the question moves on by itself.
    owner.sees_page(re.compile("Connected as dana@acme.test"))


def test_an_account_without_a_workspace_is_told_what_it_lacks(owner, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.gives_key(acme.key_that("empty"))
    owner.allows_private_address()
    owner.sees(re.compile("sees no workspace"))
    owner.keeps_picture("an account without a workspace")


def test_many_workspaces_are_searched(owner, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.gives_key(acme.key_that("many"))
    owner.allows_private_address()
    owner.sees_question("Workspace")
    owner.keeps_picture("many workspaces")
    name = owner.page.get_by_role("radio").last.evaluate("(radio) => radio.labels[0].innerText.trim()")
    owner.page.get_by_role("searchbox").last.fill(name)
    owner.presses("Search")
    owner.picks(re.compile(re.escape(name)))
    owner.goes_on()
    owner.sees_page(re.compile("Connected as"))


def test_a_provider_that_does_not_answer_is_named_in_time(owner, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.gives_key(acme.key_that("hang"))
    owner.sees(re.compile("on this machine or a private network"))
    # The tab that asked shows nothing to a test before it has its answer; another one does.
    other = owner.context.new_page()
    owner.page.get_by_role("button", name=re.compile("Connect to")).evaluate("(button) => button.click()")
    other.goto(owner.page.url, wait_until="commit")
    other.locator("[data-ladder]").get_by_text("Sign-in").wait_for(timeout=5_000)
    other.get_by_text("Signing in").wait_for(timeout=5_000)
    keep(other, "a key that is being checked")
    other.close()
    owner.sees("Saved, not proven yet", patience=15_000)
    owner.sees(re.compile("Acme .* did not answer within|did not answer"))
    assert owner.page.get_by_role("alert").count() == 0
    owner.keeps_picture("a provider that does not answer")


def test_an_account_is_left_alone_after_five_refusals(owner, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.gives_key(UNKNOWN_KEY)
    owner.allows_private_address()
    owner.sees(re.compile("Acme rejected this API token"))
    for left in ("3 tries left", "2 tries left", "1 try left", "Max pauses until"):
        owner.gives_key(UNKNOWN_KEY)
        owner.sees(re.compile(left))
        if left == "2 tries left":
            owner.keeps_picture("two tries left")
    owner.keeps_picture("no try left")
    owner.gives_key(acme.key)
    owner.sees("Saved, not proven yet")
    owner.sees(re.compile("asks nothing more before"))
    owner.keeps_picture("an account that is left alone")
