"""From a server that nobody owns to its owner's first look."""

import re

from house.caller import PASSPHRASE, Caller


def test_the_printed_link_leads_to_a_passphrase_and_into_the_console(fresh, visitor):
    visitor.opens("/")
    visitor.sees_page("Sign in")
    visitor.sees("Nobody has chosen a passphrase yet")
    visitor.keeps_picture("sign in before there is an owner")

    visitor.opens(fresh.server.welcome)
    visitor.sees_page("Welcome to Max")
    visitor.keeps_picture("welcome")
    visitor.chooses_passphrase(fresh.server.welcome)
    visitor.sees_page("Sources")
    visitor.sees("Connect your first account")
    visitor.keeps_picture("sources without any")


def test_a_passphrase_is_told_why_it_does_not_do(fresh, visitor):
    visitor.chooses_passphrase(fresh.server.welcome, "too short")
    visitor.sees("at least 12 characters")
    visitor.keeps_picture("welcome refused")
    visitor.types("Passphrase", PASSPHRASE)
    visitor.types("The same again", PASSPHRASE + "!")
    visitor.presses("Choose passphrase")
    visitor.sees(re.compile("not the same|differ", re.IGNORECASE))
    visitor.chooses_passphrase(fresh.server.welcome)
    visitor.sees_page("Sources")


def test_the_link_opens_nothing_a_second_time(fresh, visitor, people):
    link = fresh.server.welcome
    visitor.chooses_passphrase(link)
    visitor.sees_page("Sources")

    late = people(fresh.url)
    late.opens(link)
    late.sees(re.compile("used already|no longer|not any more|is used|too old"))
    late.keeps_picture("welcome link used before")
    stranger = Caller(fresh.url)
    answer = stranger.post(link, {"passphrase": "a stranger comes along", "again": "a stranger comes along"})
    assert 400 <= answer.status_code < 500 and not stranger.session
    assert stranger.sign_in("a stranger comes along").status_code >= 400
    assert stranger.sign_in().status_code == 303
    stranger.close()


def test_a_server_that_starts_anew_shows_its_owner_another_link(fresh, visitor):
    former = fresh.server.welcome
    fresh.loses_power()
    assert fresh.server.welcome != former
    visitor.chooses_passphrase(fresh.server.welcome)
    visitor.sees_page("Sources")
    fresh.loses_power()
    stranger = Caller(fresh.url)
    assert "/welcome/" not in fresh.server.said
    assert stranger.get(former).status_code >= 400
    stranger.close()


def test_a_guessed_link_opens_nothing(fresh):
    stranger = Caller(fresh.url)
    for guess in ("", "0", "welcome", "A" * 43, fresh.server.welcome.rsplit("/", 1)[1][:-1] + "x", "%00", "..%2f"):
        answer = stranger.post(f"/welcome/{guess}", {"passphrase": PASSPHRASE, "again": PASSPHRASE})
        assert 400 <= answer.status_code < 500, guess
        assert not stranger.session
    assert stranger.sign_in().status_code >= 400
    stranger.close()


def test_nothing_is_to_be_seen_before_there_is_an_owner(fresh):
    stranger = Caller(fresh.url)
    for path in ("/", "/add", "/server", "/access", "/device", "/connections/acme-dana", "/events"):
        answer = stranger.get(path)
        assert answer.status_code in (303, 401, 404), path
        assert "Sources</h1>" not in answer.text
    stranger.close()


def test_a_wrong_passphrase_is_refused_and_the_right_one_opens_what_was_asked_for(owned, people):
    person = people(owned.url)
    person.opens("/server")
    person.sees_page("Sign in")
    person.types("Passphrase", "not the right words")
    person.presses("Sign in")
    person.sees("That passphrase is not right")
    assert person.control("Passphrase").input_value() == ""
    person.keeps_picture("sign in refused")
    person.types("Passphrase", PASSPHRASE)
    person.presses("Sign in")
    person.sees_page("Server")


def test_whoever_guesses_has_to_wait(owned, people):
    person = people(owned.url)
    person.opens("/signin")
    # Whoever guesses slowly may try again; each try takes the machine a moment.
    for guess in range(12):
        person.types("Passphrase", f"a guess, number {guess}")
        person.presses("Sign in")
        person.page.get_by_role("alert").wait_for()
        if "Try again in" in person.reads():
            break
    person.sees(re.compile(r"Try again in (\d+ seconds|a second)"))
    person.keeps_picture("sign in throttled")
    guesser = Caller(owned.url)
    answers = (guesser.sign_in("one more guess here") for _ in range(12))
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert int(refused.headers["Retry-After"]) >= 1
    guesser.close()


def test_signing_out_ends_the_sign_in_for_good(owned, owner, stranger):
    owner.opens("/")
    owner.presses("Sign out")
    owner.sees_page("Sign in")
    owner.page.go_back()
    owner.sees_page("Sign in")
    stranger.holds(owned.session)
    assert stranger.get("/").status_code in (303, 401)


def test_a_sign_in_page_that_was_left_open_leads_on(owned, people):
    person = people(owned.url)
    person.opens("/server")
    late = person.at_another_tab()
    late.opens("/access")
    person.types("Passphrase", PASSPHRASE)
    person.presses("Sign in")
    person.sees_page("Server")
    late.types("Passphrase", PASSPHRASE)
    late.presses("Sign in")
    late.sees_page("Sources")


def test_a_lost_passphrase_is_replaced_on_the_machine_alone(owned, owner):
    owner.opens("/")
    owner.sees_page("Sources")
    said = owned.project.run("owner", "reset")
    assert said.returncode == 0, said.stdout + said.stderr
    link = re.search(r"/welcome/\S+", said.stdout).group()
    owner.chooses_passphrase(link, "another four words here")
    owner.sees_page("Sources")
    stranger = Caller(owned.url)
    assert stranger.sign_in().status_code >= 400
    assert stranger.sign_in("another four words here").status_code == 303
    stranger.holds(owned.session)
    assert stranger.get("/").status_code in (303, 401)
    stranger.close()


def test_the_owner_sees_where_they_are_signed_in_and_ends_it_elsewhere(owned, owner, people):
    elsewhere = people(owned.url)
    elsewhere.signs_in()
    elsewhere.sees_page("Sources")
    owner.opens("/access")
    places = owner.page.get_by_role("region", name=re.compile("signed in")).get_by_role("listitem")
    assert places.count() == 2
    owner.keeps_picture("access with two places")
    places.filter(has=owner.page.get_by_role("button")).last.get_by_role("button").click()
    owner.page.wait_for_function("() => document.querySelectorAll('[aria-labelledby=places-title] li').length === 1")
    elsewhere.opens("/")
    elsewhere.sees_page("Sign in")
