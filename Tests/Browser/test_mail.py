"""From a mailbox's password to its mail: on the page, and by the interface for programs."""

import re
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from house.program import Sandbox
from house.setup import Setup

UNKNOWN = "mistyped but long enough"
DANA, ERIN = "dana@gmail.example", "erin@gmail.example"


@pytest.fixture(scope="module")
def mail():
    """A mail server with two accounts."""
    place = Path(tempfile.mkdtemp(prefix="max-mail-"))
    sandbox = Sandbox(place, "gmail")
    yield sandbox
    sandbox.stop()
    shutil.rmtree(place, ignore_errors=True)


def begins(owner):
    owner.opens("/add")
    owner.presses(re.compile(r"\bGmail\b"))
    owner.sees_page("Connect your Gmail account")


def leads_to(owner, mail):
    """Fills in, where only few look, that the mail is at another server than Gmail's."""
    owner.page.locator("summary", has_text="Advanced").click()
    owner.types("Mail server", str(mail.answers["host"]))
    owner.types("Port", str(mail.answers["port"]))
    owner.picks("None, on this machine only")


def gives(owner, password, address=None):
    if address:
        owner.types("E-mail address", address)
    owner.types("App password", password)
    owner.goes_on()


def test_a_wrong_password_is_refused_in_the_form_and_the_right_one_connects(owner, owned, mail):
    begins(owner)
    owner.sees("Max stores this encrypted on YOUR server. It is never shared with apps or agents.")
    owner.keeps_picture("gmail asks for its password")
    leads_to(owner, mail)
    gives(owner, UNKNOWN, DANA)
    asked = time.monotonic()
    owner.allows_private_address()
    owner.sees("Gmail rejected this address and password", patience=10_000)
    assert time.monotonic() - asked < 10
    assert owner.control("E-mail address").input_value() == DANA
    assert owner.control("App password").input_value() == ""
    assert owner.page.locator("[data-ladder]").get_by_text("Sign-in").is_visible()
    owner.keeps_picture("gmail refuses a password")
    gives(owner, UNKNOWN)
    owner.sees("3 tries left before Max pauses to protect your account.")

    gives(owner, mail.secrets["password"] + "_unavailable")
    owner.sees("Saved, not proven yet")
    owner.sees("Gmail has a fault of its own right now")
    assert owner.page.get_by_role("alert").count() == 0
    owner.keeps_picture("gmail has a fault")
    owner.presses("Back")

    gives(owner, mail.secrets["password"])
    owner.sees_page(f"Connected as {DANA}")
    assert owner.control(re.compile("Name")).first.input_value() == DANA
    owner.sees(re.compile(r"[\d,]+ records collected"))
    owner.keeps_picture("gmail is connected")
    assert owned.project.connections()[0]["state"] == "active"
    owner.follows("View records")
    owner.sees("GmailMessage")
    for password in (mail.secrets["password"], UNKNOWN):
        assert password not in owner.page.content()


def test_the_accounts_own_password_is_told_by_its_shape(owner, owned):
    begins(owner)
    gives(owner, "hunter2", "dana@gmail.com")
    owner.sees("This looks like a password, not an app password.")
    assert owner.control("E-mail address").input_value() == "dana@gmail.com"
    # Nobody was asked, so there is no way to Gmail to tell of.
    assert owner.page.locator("[data-ladder]").count() == 0
    # What is refused is not kept either, and what nobody answered otherwise stays folded.
    owner.does_not_see("leave this empty to keep it")
    assert not owner.control("Mail server").is_visible()
    link = owner.page.get_by_role("link", name=re.compile("Create an app password"))
    assert link.first.get_attribute("href") == "https://myaccount.google.com/apppasswords"
    owner.keeps_picture("gmail is given a password that is none for apps")
    assert owned.project.connections() == []


def test_what_only_few_are_asked_is_folded_away_until_they_look(owner, mail):
    begins(owner)
    more = owner.page.locator("details.more")
    assert more.get_attribute("open") is None
    assert not owner.control("Mail server").is_visible()
    leads_to(owner, mail)
    owner.keeps_picture("gmail with what only few are asked")
    owner.types("Mail server", "mail.invalid")
    gives(owner, mail.secrets["password"], DANA)
    # What is wrong there is seen without looking for it, and what was typed is kept.
    owner.sees("There is no host named mail.invalid.")
    assert more.get_attribute("open") is not None
    assert owner.control("Mail server").is_visible()
    assert owner.control("Mail server").input_value() == "mail.invalid"
    assert owner.page.get_by_role("radio", name="None, on this machine only").is_checked()
    owner.keeps_picture("gmail with a mail server that does not exist")
    owner.types("Mail server", str(mail.answers["host"]))
    owner.goes_on()
    owner.allows_private_address()
    owner.sees_page(f"Connected as {DANA}")


def test_a_second_mailbox_is_one_of_its_own_and_the_same_again_offers_its_password(owner, owned, mail):
    for address, password in ((DANA, mail.secrets["password"]), (ERIN, mail.second)):
        begins(owner)
        leads_to(owner, mail)
        gives(owner, password, address)
        owner.allows_private_address()
        owner.sees_page(f"Connected as {address}")
        owner.sees("records collected")
    before = owned.project.connections()
    assert {one["label"] for one in before} == {DANA, ERIN}
    owner.opens("/")
    owner.sees(DANA)
    owner.sees(ERIN)
    owner.keeps_picture("sources with two mailboxes")

    begins(owner)
    leads_to(owner, mail)
    gives(owner, mail.second, ERIN.upper())
    owner.allows_private_address()
    owner.sees(f"{ERIN} is connected already")
    owner.keeps_picture("the same mailbox again")
    owner.presses(re.compile("Update its app password"))
    owner.sees("updated and active")
    assert {one["id"] for one in owned.project.connections()} == {one["id"] for one in before}


def test_the_same_by_the_interface_for_programs(caller, owned, mail):
    setup = Setup(caller, "gmail")
    setup.answers({"address": "dana@gmail.com", "password": "hunter2"})
    assert setup.view["problem"]["message"] == "This looks like a password, not an app password."
    assert setup.view["problem"]["field"] == "password"

    setup = Setup(caller, "gmail")
    setup.answers({**mail.answers, "host": "mail.invalid", "password": UNKNOWN})
    assert setup.view["problem"]["field"] == "host", setup.reply
    setup.answers({"host": mail.answers["host"], "password": UNKNOWN})
    assert "Gmail rejected this address and password" in setup.view["problem"]["message"], setup.reply
    assert [rung["standing"] for rung in setup.view["ladder"]][-1] == "failed"
    setup.answers({"password": UNKNOWN})
    assert setup.view["triesLeft"] == 3
    setup.answers({"password": mail.secrets["password"] + "_unavailable"})
    assert setup.view["unproven"] and setup.view["fields"] == []
    setup.goes_back()
    setup.answers({"password": mail.secrets["password"]})
    assert setup.view["kind"] == "finished", setup.reply
    assert all("milliseconds" in rung for rung in setup.view["ladder"])
    assert setup.view["ladder"][-1]["rung"] == "record"
    assert setup.first_sync() == "complete"
    assert UNKNOWN not in str(setup.reply)

    second = Setup(caller, "gmail")
    second.answers({**mail.answers, "address": ERIN, "password": mail.second})
    assert second.reply["connection"]["label"] == ERIN
    again = Setup(caller, "gmail")
    again.answers({**mail.answers, "password": mail.secrets["password"]})
    assert again.view["choice"]["options"][0]["label"] == "Update its app password"
    again.chooses("update")
    assert again.view["updated"]
    assert {one["label"] for one in owned.project.connections()} == {DANA, ERIN}
