"""More than one tab, and the browser's own buttons."""

import re

from house.person import GO


def test_a_tab_that_fell_behind_is_told_and_shows_the_question_at_hand(owner, acme):
    owner.begins_with_acme()
    behind = owner.at_another_tab()
    behind.opens(owner.page.url)
    behind.sees(re.compile("Tenant URL"))
    owner.gives_address(acme)
    owner.sees(re.compile("API token"))
    # Whoever types in a tab keeps what they see, and sends it late.
    if behind.control("Tenant URL").count():
        behind.types("Tenant URL", "https://elsewhere.acme.com")
        behind.page.get_by_role("button", name=GO).first.click()
    behind.sees(re.compile("API token"))
    behind.keeps_picture("a tab that fell behind")
    behind.gives_key(acme.key)
    behind.allows_private_address()
    behind.chooses_workspace("Sorrel Archive")
    behind.sees_page(re.compile("Connected as dana@acme.test"))
    owner.sees_page(re.compile("Connected as dana@acme.test"))


def test_two_tabs_that_finish_the_same_setup_make_one_account(owner, owned, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.gives_key(acme.key)
    owner.allows_private_address()
    owner.sees_question("Workspace")
    other = owner.at_another_tab()
    other.opens(owner.page.url)
    other.picks(re.compile("Sorrel"))
    owner.chooses_workspace("Sorrel Archive")
    other.page.get_by_role("button", name=GO).or_(other.page.get_by_role("heading", name=re.compile("Connected"))) \
        .first.wait_for()
    if other.page.get_by_role("button", name=GO).count():
        other.goes_on()
    owner.sees_page(re.compile("Connected as"))
    other.sees_page(re.compile("Connected as"))
    assert len(owned.project.connections()) == 1


def test_back_and_forward_lose_nothing_and_send_nothing_twice(owner, owned, acme):
    owner.opens("/")
    owner.connects_acme(acme)
    owner.sees(re.compile("records collected"))
    # Every question was at the same address: going back through them never shows one that is over.
    for _ in range(6):
        if owner.page.url.endswith("/add"):
            break
        owner.sees_page(re.compile("Connected as"))
        owner.page.go_back()
    owner.sees_page("Add source")
    owner.page.go_forward()
    owner.sees_page(re.compile("Connected as"))
    owner.page.reload()
    owner.sees_page(re.compile("Connected as"))
    assert len(owned.project.connections()) == 1
    owner.page.go_back()
    owner.sees_page("Add source")
    owner.presses(re.compile("Acme"))
    owner.sees(re.compile("Tenant URL"))


def test_a_button_that_is_pressed_twice_acts_once(owner, owned, acme):
    owner.opens("/add")
    owner.button(re.compile("Acme")).first.dblclick()
    owner.sees(re.compile("Tenant URL"))
    owner.opens("/")
    assert owner.page.get_by_role("link", name="Continue setup").count() == 1


def test_an_address_can_be_kept_and_opened_later(owner, owned, acme, people):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana/records/AcmeTask")
    owner.page.locator("tbody a").first.click()
    address = owner.page.url.removeprefix(owned.url)
    later = people(owned.url)
    later.opens(address)
    later.sees_page("Sign in")
    later.types("Passphrase", "four words nobody joins")
    later.presses("Sign in")
    later.page.wait_for_url("**" + address)
