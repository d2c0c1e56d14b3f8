"""The same journey on a phone, without scripts and without a mouse."""

import re

import pytest

from house import pictures


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_account_is_added_on_a_phone(owned, people, acme, scheme):
    phone = people(owned.url, owned.session, width=390, scheme=scheme)

    def stays_in_sight(name: str) -> None:
        wide = phone.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name}: {wide} pixels stick out"
        phone.keeps_picture(f"phone {name}")

    phone.opens("/add")
    stays_in_sight("add source")
    phone.begins_with_acme()
    stays_in_sight("address")
    phone.gives_address(acme)
    phone.sees(re.compile("API token"))
    stays_in_sight("key")
    phone.gives_key(acme.key)
    phone.sees(re.compile("private network"))
    stays_in_sight("private address")
    phone.allows_private_address()
    phone.sees_question("Workspace")
    stays_in_sight("workspace")
    phone.chooses_workspace("Sorrel Archive")
    phone.sees(re.compile("records collected"))
    stays_in_sight("connected")
    phone.follows("View records")
    phone.sees("AcmeTask")
    stays_in_sight("records")
    phone.opens("/")
    stays_in_sight("sources")


def test_an_account_is_added_and_its_sync_followed_without_scripts(fresh, people, own_acme):
    slow = own_acme("--latency", "700")
    plain = people(fresh.url, scripts=False)
    plain.chooses_passphrase(fresh.server.welcome)
    plain.sees_page("Sources")
    plain.connects_acme(slow)
    plain.sees(re.compile("Collecting|Waiting"))
    # Nothing but a picture can be taken where no script runs.
    pictures.keep(plain.page, "no scripts syncing")
    # Nothing is pressed: the page is loaded anew by itself.
    plain.sees(re.compile(r"\d+ records collected"), patience=60_000)
    pictures.keep(plain.page, "no scripts collected")
    plain.follows("View records")
    plain.follows("AcmeTask")
    plain.page.locator("tbody a").first.click()
    plain.sees("createdAt")
    plain.opens("/connections/acme-dana")
    plain.presses("Sync now")
    plain.sees(re.compile("Up to date|Collecting|Waiting"))
    plain.opens("/")
    plain.presses("Sign out")
    plain.sees_page("Sign in")


_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return { name: "", seen: true };
  const name = at.getAttribute("aria-label") || (at.labels && at.labels[0] && at.labels[0].innerText) || at.innerText || "";
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && box.bottom > 0;
  return at.id === "main" ? { name: "", seen: true } : { name: name.trim(), seen };
}"""


class Keyboard:
    """Somebody who uses nothing but keys."""

    def __init__(self, person):
        self.person, self.page = person, person.page

    def goes_to(self, name: str) -> None:
        """Presses the tabulator until what has this name has the focus; every stop on the way has to be seen."""
        passed = []
        for _ in range(60):
            at = self.page.evaluate(_FOCUS)
            assert at["seen"], f"The focus on {at['name']!r} cannot be seen."
            if re.search(name, at["name"]):
                return
            passed.append(at["name"])
            self.page.keyboard.press("Tab")
        raise AssertionError(f"No key leads to {name!r}; it passed {passed}.")

    def presses(self, name: str) -> None:
        self.goes_to(name)
        self.page.keyboard.press("Enter")

    def types(self, name: str, text: str) -> None:
        self.goes_to(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")


def test_an_account_is_added_with_the_keyboard_alone(fresh, people, acme):
    person = people(fresh.url)
    keys = Keyboard(person)
    person.opens(fresh.server.welcome)
    keys.goes_to("Passphrase")
    person.page.keyboard.type("four words nobody joins")
    keys.types("The same again", "four words nobody joins")
    person.sees_page("Sources")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("() => document.activeElement.innerText") == "Skip to content"
    person.keeps_picture("the way past the navigation")
    person.page.keyboard.press("Enter")
    keys.presses("Add source")
    person.sees_page("Add source")
    keys.presses("Acme")
    person.sees(re.compile("Tenant URL"))
    keys.types("Tenant URL", acme.url)
    person.sees(re.compile("on YOUR server"))
    keys.types("API token", "sk_live_4242")
    person.page.get_by_role("alert").first.wait_for()
    assert "API token" in person.page.evaluate(_FOCUS)["name"], "The focus is not on what was wrong."
    keys.types("API token", acme.key)
    person.sees(re.compile("private network"))
    keys.presses("Connect to 127.0.0.1")
    person.sees_question("Workspace")
    keys.goes_to("Sorrel|Hazel|Cedar")
    person.page.keyboard.press("Space")
    keys.presses("Continue|Connect")
    person.sees_page(re.compile("Connected as"))
    person.sees("records collected")
    keys.presses("View records")
    person.sees("AcmeTask")


def test_what_changes_is_told_to_whoever_listens(owned, owner, own_acme):
    owner.connects_acme(own_acme("--latency", "600"))
    status = owner.page.get_by_role("status")
    assert status.filter(has_text=re.compile("Collecting|Waiting|starting")).count() >= 1
    owner.sees(re.compile("records collected"), patience=60_000)
    assert status.filter(has_text="records collected").count() >= 1


def test_nothing_turns_for_whoever_asked_for_less_motion(owner, own_acme):
    owner.connects_acme(own_acme("--latency", "700"))
    owner.sees(re.compile("so far|Waiting|nothing has come"))
    moving = owner.page.evaluate(
        "() => document.getAnimations().filter((one) => one.playState === 'running').length")
    assert moving == 0
