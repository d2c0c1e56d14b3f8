"""What the owner has to know, and how they say that they know it."""

import re

WELL = "dana@acme.test is done"
BROKEN = re.compile("needs attention")


def test_a_notice_comes_by_itself_is_read_and_is_over(owner, owned, acme):
    owner.opens("/")
    owned.project.connect(acme)
    owner.sees(re.compile("1 unread"))
    owner.follows(re.compile("Notices"))
    owner.sees_page("Notices")
    owner.sees(WELL)
    owner.sees("155 records collected.")
    owner.keeps_picture("a notice", has_data=True)
    owner.presses("Mark as read")
    owner.sees("Nothing needs you.")
    owner.does_not_see("1 unread")
    owner.keeps_picture("no notices")
    owner.follows("Show what is over and what is muted too")
    owner.sees(WELL)
    owner.sees("over")


def test_a_notice_leads_to_what_mends_it(owner, owned, own_acme):
    sandbox = own_acme()
    owned.project.connect(sandbox, sandbox.key_that("revoked_after_5"))
    owned.project.run("sync", "acme-dana")
    owner.opens("/notices")
    owner.sees(BROKEN)
    owner.sees(re.compile("rejected"))
    owner.keeps_picture("a notice of what needs attention", has_data=True)
    owner.presses("Reconnect")
    owner.sees_page(re.compile("Reconnect"))


def test_a_kind_is_muted_and_unmuted(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/notices")
    owner.sees(WELL)
    owner.presses("Mute")
    owner.sees("You are not told of that any more.")
    owner.sees("Nothing needs you.")
    owner.keeps_picture("muted notices", has_data=True)
    owner.presses("Unmute")
    owner.sees("You are told of that again.")
    owner.sees(WELL)


def test_all_is_done_without_scripts(people, owned, acme):
    owned.project.connect(acme)
    watcher = people(owned.url, owned.session)
    watcher.opens("/notices")
    watcher.sees(WELL)
    plain = people(owned.url, owned.session, scripts=False)
    plain.opens("/notices")
    plain.presses("Mark all as read")
    plain.sees("Everything is marked as read.")
    plain.sees("Nothing needs you.")
    watcher.sees("Nothing needs you.")
