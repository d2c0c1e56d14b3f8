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
from .program import Acme

HEAVIEST = 150_000


class Show:
    """A console with something to see, and the pictures of it."""

    def __init__(self, browser: Browser, house: House, acme: Acme, former: Acme, slow: Acme):
        self._browser, self._house = browser, house
        self._acme, self._former, self._slow = acme, former, slow

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
        project, acme, former = self._house.project, self._acme, self._former
        project.connect(acme)
        project.connect(acme, acme.second_key)
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
        person.begins_with_acme()
        if person.control("Tenant URL").count():
            person.gives_address(self._slow)
        person.sees("on YOUR server")
        self._take(person, name)

    def first_sync(self, name: str) -> None:
        person = self._person()
        person.begins_with_acme()
        if person.control("Tenant URL").count():
            person.gives_address(self._slow)
        person.gives_key(self._slow.key)
        person.allows_private_address()
        person.chooses_workspace(self._slow.workspaces()[0]["name"])
        person.sees(re.compile(r"Collecting — \d\d+ records so far"), patience=60_000)
        self._take(person, name)

    def records(self, name: str, **look) -> None:
        person = self._person(**look)
        person.opens("/connections/acme-dana/records/AcmeTask?filter=status+%21%3D+done&order=dueDate")
        person.sees_page("AcmeTask")
        self._take(person, name)


def main() -> None:
    place = Path(tempfile.mkdtemp(prefix="max-show-")).resolve()
    acme = Acme(place)
    former = Acme(place, "--seed", "8", "--data", str(place / "former"))
    slow = Acme(place, "--seed", "9", "--data", str(place / "slow"), "--latency", "900")
    house = Household.founded(place / "founded").copied(place / "shown")
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            show = Show(chromium, house, acme, former, slow)
            show.prepare()
            show.connect("connect")
            show.sources("sources")
            show.sources("dark", scheme="dark")
            show.connect("phone", width=390, height=780)
            show.records("records")
            show.first_sync("first-sync")
            chromium.close()
    finally:
        house.server.stop()
        for sandbox in (acme, former, slow):
            sandbox.stop()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
