"""The server is killed between any two steps, and the owner goes on as if nothing had been."""

import re

import pytest

STEPS = {
    "before the catalog": lambda owner, acme: owner.opens("/add"),
    "before the source is chosen": lambda owner, acme: owner.presses(re.compile("Acme")),
    "before the address": lambda owner, acme: owner.gives_address(acme),
    "before the key": lambda owner, acme: owner.gives_key(acme.key),
    "before the private address is allowed": lambda owner, acme: owner.allows_private_address(),
    "before the workspace is chosen": lambda owner, acme: owner.chooses_workspace("Sorrel Archive"),
    "before the records are looked at": lambda owner, acme: owner.follows("View records"),
}


@pytest.mark.parametrize("moment", STEPS)
def test_a_kill_between_two_steps_loses_nothing(owner, owned, acme, moment):
    for name, step in STEPS.items():
        if name == moment:
            # The line of events breaks off, as it must.
            owner.watch.shut()
            owned.loses_power()
        step(owner, acme)
        owner.page.wait_for_load_state()
    owner.sees_page(re.compile("Records"))
    owner.sees("AcmeTask")
    connections = owned.project.connections()
    assert [(one["slug"], one["state"]) for one in connections] == [("acme-dana", "active")]


def test_a_kill_while_a_key_is_checked_asks_for_it_again(owner, owned, acme):
    owner.begins_with_acme()
    owner.gives_address(acme)
    owner.gives_key(acme.key_that("hang"))
    setup = owner.page.url
    owner.watch.shut()
    owner.presses("Connect to 127.0.0.1")
    owner.sees(re.compile("Checking", re.IGNORECASE))
    owned.loses_power()
    owner.opens(setup)
    # The check goes on by itself, and comes to the same end.
    owner.sees("did not answer", patience=40_000)
    owner.keeps_picture("a check that broke off")
    owner.presses("Back")
    owner.gives_key(acme.key)
    owner.chooses_workspace("Sorrel Archive")
    owner.sees_page(re.compile("Connected as dana@acme.test"))


def test_a_kill_while_records_come_in_loses_nothing(owner, owned, own_acme):
    slow = own_acme("--latency", "700")
    owner.connects_acme(slow)
    owner.sees(re.compile(r"Collecting — \d+ records? so far"))
    owner.watch.shut()
    owned.loses_power()
    owner.opens("/connections/acme-dana")
    owner.sees(re.compile(r"broke off|Collecting|records collected|Up to date"))
    owner.keeps_picture("a sync that broke off")
    if owner.button("Sync now").count():
        owner.presses("Sync now")
    owner.sees(re.compile(r"records collected|Up to date"), patience=60_000)
    shown = owned.project.ask("show", "acme-dana", "--json")
    assert shown["connection"]["health"]["records"] == 155


def test_a_page_that_is_open_finds_the_server_again_by_itself(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/")
    owner.sees("155 records")
    owner.watch.shut()
    owned.loses_power()
    owned.project.run("rename", "acme-dana", "After the power cut")
    owner.sees("After the power cut", patience=30_000)
