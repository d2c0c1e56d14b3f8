"""The end of a connection: its name, its secrets, its records."""

import re


def test_a_disconnected_account_keeps_its_records_and_nothing_else(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana")
    owner.presses("Disconnect")
    owner.sees(re.compile("Disconnected|disconnected"))
    owner.keeps_picture("a disconnected account")
    owner.opens("/connections/acme-dana/records/AcmeTask")
    owner.sees("135")
    shown = owned.project.ask("show", "acme-dana", "--json")
    assert shown["connection"]["state"] == "revoked" and shown.get("secrets", []) == []
    owner.opens("/")
    owner.keeps_picture("sources with a disconnected account")


def test_an_erased_account_leaves_nothing(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana")
    owner.page.get_by_text("Erase this account").click()
    owner.keeps_picture("before an account is erased")
    owner.types(re.compile("to confirm"), "acme")
    owner.presses("Erase for good")
    owner.sees("Nothing was erased")
    assert len(owned.project.connections()) == 1
    if not owner.page.url.endswith("/connections/acme-dana"):
        owner.opens("/connections/acme-dana")
    if not owner.control(re.compile("to confirm")).first.is_visible():
        owner.page.get_by_text("Erase this account").click()
    owner.types(re.compile("to confirm"), "acme-dana")
    owner.presses("Erase for good")
    owner.sees_page("Sources")
    owner.sees("Connect your first account")
    assert owned.project.connections() == []
    owner.opens("/connections/acme-dana")
    owner.sees(re.compile("nothing|not there|no account", re.IGNORECASE))
    owner.keeps_picture("an address with nothing there")


def test_an_account_is_renamed(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana")
    owner.types("Name", "Work")
    owner.presses("Save")
    owner.sees_page("Work")
    owner.types("Name", "   ")
    owner.presses("Save")
    owner.sees(re.compile("Work|empty|name", re.IGNORECASE))
    assert owned.project.connections()[0]["label"] in ("Work", "dana@acme.test")
