"""Syncs as they are watched, and what they bring."""

import re


def test_a_first_sync_is_watched_as_it_happens(owner, own_acme):
    owner.connects_acme(own_acme("--latency", "600"))
    owner.sees(re.compile("Collecting people"))
    first = owner.page.wait_for_function(
        "() => Number(document.body.innerText.match(/Collecting — ([\\d,]+) records? so far/)?.[1].replace(',', ''))"
    ).json_value()
    owner.keeps_picture("a sync under way")
    owner.page.wait_for_function(
        """(first) => { const now = document.body.innerText.match(/([\\d,]+) records? so far/);
        return !now || Number(now[1].replace(",", "")) > first; }""", arg=first)
    owner.sees("155 records collected", patience=60_000)
    owner.keeps_picture("a sync that is done")
    assert owner.link("View records").count() >= 1
    # The page may grow with what it tells, by no more than people bear (https://web.dev/articles/cls).
    shift, parts = owner.watch.shift()
    assert shift < 0.1, parts


def test_a_sync_that_is_stopped_keeps_what_came(owner, owned, own_acme):
    owner.connects_acme(own_acme("--latency", "700"))
    owner.sees(re.compile("so far"))
    owner.presses("Stop")
    owner.sees(re.compile("Stopped"), patience=30_000)
    owner.keeps_picture("a sync that was stopped")
    owner.presses("Sync now")
    owner.sees(re.compile("155 records"), patience=60_000)


def test_the_list_of_sources_follows_a_sync_that_began_elsewhere(owner, owned, own_acme):
    sandbox = own_acme()
    owned.project.connect(sandbox)
    owner.opens("/")
    owner.sees("155 records")
    workspace = sandbox.workspaces()[0]["id"]
    sandbox.call("POST", f"workspaces/{workspace}/projects", {"name": "Brand new", "status": "active"})
    owned.project.run("sync", "acme-dana")
    owner.sees("156 records")


def test_a_sync_with_nothing_new_says_so(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana")
    owner.keeps_picture("an account")
    owner.presses("Sync now")
    owner.sees(re.compile("Up to date: nothing changed · 155 records"))
    owner.keeps_picture("an account that is up to date")


def test_a_sync_has_a_page_of_its_own(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana")
    owner.page.get_by_role("region", name="Syncs").get_by_role("link").first.click()
    owner.sees_page("Sync")
    owner.sees("155 records collected")
    owner.sees("Collecting people")
    owner.keeps_picture("a sync")


def test_a_sync_that_could_not_have_everything_says_what_is_missing(owner, owned, acme):
    owned.project.connect(acme, acme.key_that("users_403"))
    owner.opens("/")
    owner.keeps_picture("sources with a part missing")
    owner.opens("/connections/acme-dana")
    owner.sees(re.compile("missing"))
    owner.keeps_picture("an account with a part missing")
    owner.page.get_by_role("region", name="Syncs").get_by_role("link").first.click()
    owner.sees(re.compile("What is missing"))
    owner.keeps_picture("a sync with a part missing")


def test_a_credential_that_no_longer_works_leads_to_its_repair(owner, owned, own_acme):
    sandbox = own_acme()
    owned.project.connect(sandbox, sandbox.key_that("revoked_after_5"))
    owned.project.run("sync", "acme-dana")
    owner.opens("/")
    owner.sees("Needs attention")
    owner.keeps_picture("sources that need attention")
    owner.opens("/connections/acme-dana")
    owner.keeps_picture("an account that needs attention")
    owner.presses("Reconnect")
    owner.control("API token").wait_for()
    owner.keeps_picture("a reconnect")
    # Everything else is kept: nothing but the secret is asked.
    assert not owner.control("Tenant URL").count()
    owner.gives_key(sandbox.key)
    owner.sees(re.compile("updated|Connected as"))
    assert not owner.page.get_by_role("heading", name="Workspace").count()
    owner.sees(re.compile("records"))
    assert len(owned.project.connections()) == 1
    owner.opens("/")
    owner.sees("155 records", patience=30_000)
    owner.does_not_see("Needs attention")


def test_another_account_is_refused_at_a_reconnect_and_offered_as_new(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana")
    owner.presses("Reconnect")
    owner.sees(re.compile("Acme"))
    if owner.control("Tenant URL").count():
        owner.goes_on()
    owner.gives_key(acme.second_key)
    owner.page.get_by_text(re.compile("private network|another account|erin@acme.test|Add", re.IGNORECASE)).first.wait_for()
    if owner.page.get_by_text(re.compile("private network")).count():
        owner.allows_private_address()
    owner.sees("erin@acme.test")
    owner.keeps_picture("another account at a reconnect")
    assert [one["label"] for one in owned.project.connections()] == ["dana@acme.test"]
    owner.presses("Add erin@acme.test as a new connection")
    owner.sees_question("Workspace")
    owner.page.get_by_role("radio").first.check()
    owner.goes_on()
    owner.sees(re.compile("Connected as erin@acme.test"))
    assert {one["label"] for one in owned.project.connections()} == {"dana@acme.test", "erin@acme.test"}


def test_an_order_by_what_is_no_column_is_kept_when_the_question_changes(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana/records/AcmeTask?order=updatedAt+desc")
    owner.types("Filter", "status = todo")
    owner.presses("Show")
    owner.sees("36 records")
    assert owner.control("Order by").input_value() == "updatedAt desc"


def test_records_are_filtered_sorted_and_followed(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana/records")
    owner.sees_page("Records")
    owner.keeps_picture("records", has_data=True)
    owner.follows("AcmeTask")
    owner.sees_page("AcmeTask")
    owner.sees("135")
    owner.keeps_picture("a table of records", has_data=True)

    owner.types("Filter", "status = done")
    owner.presses("Show")
    owner.sees("46")
    assert {cell.strip() for cell in owner.page.locator("tbody tr").all_inner_texts() if "done" not in cell} == set()
    owner.keeps_picture("records filtered", has_data=True)
    owner.types("Filter", "status ~~ (")
    owner.presses("Show")
    owner.page.get_by_role("alert").wait_for()
    assert owner.control("Filter").input_value() == "status ~~ ("
    owner.keeps_picture("a filter that is none", has_data=True)
    owner.types("Filter", "status = nowhere")
    owner.presses("Show")
    owner.keeps_picture("a filter that finds nothing", has_data=True)

    owner.opens("/connections/acme-dana/records/AcmeTask")
    owner.follows("More")
    owner.sees(re.compile("AcmeTask"))
    owner.follows("Earlier")
    owner.page.locator("tbody a").first.click()
    owner.sees("createdAt")
    owner.keeps_picture("a record", has_data=True)
    owner.page.get_by_role("link", name=re.compile("AcmeProject|AcmeUser|prj_|usr_")).first.click()
    owner.page.wait_for_url(re.compile("AcmeProject|AcmeUser"))
    owner.keeps_picture("a record with others", has_data=True)


def test_words_are_searched_in_records(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana/records/AcmeTask")
    owner.types("Words", "Hazel")
    owner.presses("Show")
    owner.sees_page("AcmeTask")
    owner.types("Words", "zzzqqq")
    owner.presses("Show")
    owner.sees(re.compile("Nothing|None|No ", re.IGNORECASE))


def test_an_owner_chooses_how_often_an_account_is_synced_and_pauses_it(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana")
    owner.control("Sync by itself").select_option(label="every 6 hours")
    often = owner.page.locator("form").filter(has=owner.control("Sync by itself"))
    often.get_by_role("button", name="Save").click()
    owner.sees(re.compile("next in [67] hours"))
    assert owned.project.ask("ls", "--json")["connections"][0]["schedule"]["every"] == 6 * 3600
    owner.presses("Pause")
    owner.sees("Collect from it again.")
    owner.keeps_picture("an account that is paused")
    owner.opens("/")
    owner.sees("Paused")
    owner.opens("/connections/acme-dana")
    owner.presses("Resume")
    owner.sees("Leave it alone until you resume it.")
    assert owned.project.connections()[0]["state"] == "active"
