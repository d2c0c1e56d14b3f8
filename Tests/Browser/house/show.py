"""Takes the pictures of the console that documents show: `Scripts/browser-tests.sh --pictures`."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from .caller import session_cookie
from .household import House, Household
from .person import Person
from .places import SHOWN
from .program import Acme, Project, Sandbox

HEAVIEST = 150_000


class Show:
    """A console with something to see, and the pictures of it."""

    def __init__(self, browser: Browser, house: House, providers: "Providers"):
        self._browser, self._house, self._providers = browser, house, providers

    def _person(self, width: int = 1120, height: int = 700, scheme: str = "light") -> Person:
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=2, color_scheme=scheme, bypass_csp=True)
        context.add_cookies([{"name": session_cookie(self._house.url), "value": self._house.session, "url": self._house.url}])
        return Person(context, self._house.url, scheme)

    @staticmethod
    def _take(person: Person, name: str) -> None:
        SHOWN.mkdir(parents=True, exist_ok=True)
        path = SHOWN / f"console-{name}.png"
        # A picture has no bar to scroll it by, so that none has to be left room for.
        person.page.add_style_tag(content="html { scrollbar-gutter: auto !important; }")
        person.page.screenshot(path=path, animations="disabled")
        subprocess.run(["pngquant", "--force", "--ext", ".png", "--speed", "1", "--strip", "128", str(path)], check=True)
        weight = path.stat().st_size
        assert weight < HEAVIEST, f"{path.name} has {weight} bytes"
        print(f"{path.name}  {weight // 1024} KB")
        person.context.close()

    def prepare(self) -> None:
        """Connects what is shown."""
        project, former = self._house.project, self._providers.former
        for word, sandbox in self._providers.all.items():
            connect(project, word, sandbox)
        workspace = former.workspaces()[0]["name"]
        broken = project.connect(former, former.key_that("revoked_after_5"), workspace, name="former")
        project.run("rename", broken["slug"], "Last year’s team")
        project.run("sync", broken["slug"])

    def sources(self, name: str, **look) -> None:
        person = self._person(**look)
        person.opens("/")
        person.sees("Needs attention")
        self._take(person, name)

    def connect(self, name: str, **look) -> None:
        person = self._person(**look)
        person.opens("/add")
        person.presses(re.compile(r"\bGmail\b"))
        person.types("E-mail address", "dana@gmail.com")
        person.types("App password", "the one of the account")
        person.goes_on()
        person.sees("This looks like a password, not an app password.")
        self._take(person, name)

    def first_sync(self, name: str) -> None:
        person = self._person()
        slow = self._providers.slow
        person.opens("/add")
        person.presses(re.compile(r"\bGitHub\b"))
        person.page.locator("summary", has_text="Advanced").click()
        person.types("API address", slow.answers["baseURL"])
        person.types("Access token", slow.second)
        person.goes_on()
        person.allows_private_address()
        person.sees(re.compile(r"Collecting — \d\d+ records so far"), patience=60_000)
        self._take(person, name)

    def notices(self, name: str) -> None:
        person = self._person()
        person.opens("/notices")
        person.sees(re.compile("team needs attention"))
        self._take(person, name)

    def records(self, name: str, **look) -> None:
        person = self._person(**look)
        person.opens("/connections/github-dana-novak/records/GitHubIssue?filter=state+%3D+open+AND+isPullRequest+%3D+false&order=number+desc")
        person.sees_page("GitHubIssue")
        self._take(person, name)


class Providers:
    """What is connected, and what is seen being connected."""

    def __init__(self, place: Path):
        self.all = {word: Sandbox(place, word) for word in ("gmail", "github", "ynab")}
        self.former = Acme(place, "--seed", "8", "--data", str(place / "former"))
        self.slow = Sandbox(place, "github", "--seed", "9", "--size", "medium", "--latency", "900")

    def stop(self) -> None:
        for sandbox in (*self.all.values(), self.former, self.slow):
            sandbox.stop()


def connect(project: Project, word: str, sandbox: Sandbox) -> None:
    """Connects the first account of a provider's double in the terminal."""
    settings = [part for name, answer in sandbox.answers.items() for part in ("--set", f"{name}={answer}")]
    (name, secret), = sandbox.secrets.items()
    project.ask(
        "connect", word, "--json", "--allow-host", "127.0.0.1", *settings, "--secret-stdin", name, given=secret)


def main() -> None:
    place = Path(tempfile.mkdtemp(prefix="max-show-")).resolve()
    providers = Providers(place)
    house = Household.founded(place / "founded").copied(place / "shown")
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            show = Show(chromium, house, providers)
            show.prepare()
            show.connect("connect")
            show.sources("sources")
            show.sources("dark", scheme="dark")
            show.connect("phone", width=390, height=780)
            show.records("records")
            show.notices("notices")
            show.first_sync("first-sync")
            chromium.close()
    finally:
        house.server.stop()
        providers.stop()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
