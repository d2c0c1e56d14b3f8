"""A person in front of the console: goes by what pages say and controls are called, never by how they are made."""

import re

from playwright.sync_api import BrowserContext, Locator, Page, expect

from . import pictures, words
from .barriers import barriers
from .caller import PASSPHRASE
from .program import Acme
from .watch import Watch

UNKNOWN_KEY = "acme_" + "0" * 32
GO = re.compile(r"^(Continue|Connect|Check|Check and continue|Try again)$")
PATIENCE = 20_000


class Person:
    """Somebody at one tab."""

    def __init__(self, context: BrowserContext, url: str, scheme: str = "light"):
        self.url, self.scheme, self.context = url, scheme, context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.watch = Watch(self.page)

    def at_another_tab(self) -> "Person":
        """The same person at a second tab of the same browser."""
        return Person(self.context, self.url, self.scheme)

    # Looking

    def opens(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.url + path)

    def sees(self, text: str | re.Pattern, patience: float = PATIENCE) -> None:
        expect(self.page.locator("body")).to_contain_text(text, timeout=patience, use_inner_text=True)

    def does_not_see(self, text: str | re.Pattern) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text, use_inner_text=True)

    def sees_page(self, heading: str | re.Pattern, patience: float = PATIENCE) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading, timeout=patience)

    def sees_question(self, heading: str | re.Pattern) -> None:
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible(timeout=PATIENCE)

    def keeps_picture(self, name: str, has_data: bool = False) -> None:
        """Keeps what is seen now, which may have no word of ours and shut nobody out.

        `has_data` where the owner's own data are on the page, which say what they like.
        """
        pictures.keep(self.page, name, self.scheme)
        assert has_data or words.unfit(self.reads()) == [], name
        assert barriers(self.page) == [], name

    def reads(self) -> str:
        """Everything that is to be read on the page, diagnostics aside."""
        return self.page.evaluate("""() => {
          const copy = document.querySelector("body").cloneNode(true);
          for (const part of copy.querySelectorAll("details.diagnostics, script")) part.remove();
          document.body.append(copy); const text = copy.innerText; copy.remove(); return text; }""")

    # Doing

    def button(self, name: str | re.Pattern) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def link(self, name: str | re.Pattern) -> Locator:
        return self.page.get_by_role("link", name=name, exact=isinstance(name, str))

    def control(self, label: str | re.Pattern) -> Locator:
        return self.page.get_by_label(label)

    def presses(self, name: str | re.Pattern) -> None:
        self.button(name).first.click()

    def follows(self, name: str | re.Pattern) -> None:
        self.link(name).first.click()

    def types(self, label: str | re.Pattern, text: str) -> None:
        self.control(label).first.fill(text)

    def picks(self, label: str | re.Pattern) -> None:
        self.page.get_by_role("radio", name=label).first.check()

    def goes_on(self) -> None:
        self.button(GO).first.click()

    # Journeys that many tests begin with

    def chooses_passphrase(self, link: str, passphrase: str = PASSPHRASE) -> None:
        self.opens(link)
        self.types("Passphrase", passphrase)
        self.types("The same again", passphrase)
        self.presses("Choose passphrase")

    def signs_in(self, passphrase: str = PASSPHRASE) -> None:
        self.opens("/signin")
        self.types("Passphrase", passphrase)
        self.presses("Sign in")

    def begins_with_acme(self) -> None:
        self.opens("/add")
        self.presses(re.compile("Acme"))
        self.sees_page(re.compile("Connect your Acme account"))

    def gives_address(self, acme: Acme) -> None:
        self.types("Tenant URL", acme.url)
        self.goes_on()

    def gives_key(self, key: str) -> None:
        self.types(re.compile("API token"), key)
        self.goes_on()

    def allows_private_address(self) -> None:
        self.sees("127.0.0.1 is on this machine or a private network")
        self.presses("Connect to 127.0.0.1")

    def chooses_workspace(self, name: str) -> None:
        self.sees_question("Workspace")
        self.picks(re.compile(re.escape(name)))
        self.goes_on()

    def connects_acme(self, acme: Acme, key: str | None = None, workspace: str = "Sorrel Archive") -> None:
        """Goes the whole way from Add source to the connected account."""
        self.begins_with_acme()
        self.gives_address(acme)
        self.gives_key(key or acme.key)
        self.allows_private_address()
        self.chooses_workspace(workspace)
        self.sees_page(re.compile("Connected as"))
