"""What tests are given, and what a run of them has to come to."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from house.caller import Caller, session_cookie
from house.household import House, Household
from house.person import Person
from house.program import Acme, Project


@pytest.fixture
def folder():
    """A fresh folder."""
    place = Path(tempfile.mkdtemp(prefix="max-browser-")).resolve()
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def project(folder) -> Project:
    """A fresh folder in which nothing was done yet."""
    return Project(folder)


@pytest.fixture(scope="session")
def acme():
    """A provider that everybody may read from."""
    place = Path(tempfile.mkdtemp(prefix="max-acme-"))
    sandbox = Acme(place)
    yield sandbox
    sandbox.stop()
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def own_acme():
    """Makes providers of a test's own, which it may change, slow down or end."""
    place = Path(tempfile.mkdtemp(prefix="max-acme-"))
    sandboxes: list[Acme] = []

    def start(*options: str) -> Acme:
        sandboxes.append(Acme(place, *options))
        return sandboxes[-1]

    yield start
    for sandbox in sandboxes:
        sandbox.stop()
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def fresh(project):
    """A server's very first start."""
    house = House(project)
    yield house
    house.server.stop()


@pytest.fixture(scope="session")
def household():
    """A project whose owner has chosen a passphrase."""
    place = Path(tempfile.mkdtemp(prefix="max-household-")).resolve()
    yield Household.founded(place)
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def owned(household, folder) -> House:
    """A server whose owner has chosen a passphrase."""
    house = household.copied(folder)
    yield house
    house.server.stop()


@pytest.fixture(scope="module")
def standing(household, acme) -> House:
    """A server with an account, which a file's tests share, because they leave it as they find it."""
    place = Path(tempfile.mkdtemp(prefix="max-standing-")).resolve()
    house = household.copied(place)
    house.project.connect(acme)
    yield house
    house.server.stop()
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield chromium
        chromium.close()


@pytest.fixture
def people(browser: Browser):
    """Brings people to a server, each with a browser of their own, and looks afterwards that nothing went wrong there."""
    present: list[Person] = []
    contexts = []

    def arrive(url: str, session: str | None = None, width: int = 1280, scheme: str = "light", scripts: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 900}, color_scheme=scheme,
            java_script_enabled=scripts, reduced_motion="reduce")
        contexts.append(context)
        if session:
            context.add_cookies([{"name": session_cookie(url), "value": session, "url": url}])
        present.append(Person(context, url, scheme))
        return present[-1]

    yield arrive
    troubles = [trouble for person in present for trouble in person.watch.troubles]
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def visitor(fresh, people) -> Person:
    """Somebody at a server whose passphrase nobody has chosen yet."""
    return people(fresh.url)


@pytest.fixture
def owner(owned, people) -> Person:
    """The owner, signed in."""
    return people(owned.url, owned.session)


def calling(url: str, session: str | None = None):
    """Somebody without a browser, who leaves in the end."""
    caller = Caller(url, session)
    yield caller
    caller.close()


@pytest.fixture
def caller(owned):
    """The owner without a browser, signed in."""
    yield from calling(owned.url, owned.session)


@pytest.fixture
def stranger(owned):
    """Somebody who is nobody."""
    yield from calling(owned.url)


@pytest.fixture
def looker(standing, people) -> Person:
    """The owner at the server that is left as it is."""
    return people(standing.url, standing.session)


@pytest.fixture
def reader(standing):
    """The owner there, without a browser."""
    yield from calling(standing.url, standing.session)


@pytest.fixture
def passer_by(standing):
    """Somebody there who is nobody."""
    yield from calling(standing.url)


def pytest_sessionfinish(session, exitstatus):
    """Nothing is left out: a test that was skipped, or expected to fail, has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    left_out = sum(len(reporter.stats.get(kind, [])) for kind in ("skipped", "xfailed", "xpassed"))
    if left_out and not exitstatus:
        session.exitstatus = 1


def pytest_make_parametrize_id(config, val, argname):
    """Names the cases of a test in words."""
    return re.sub(r"[^\w /:.-]", "", val)[:60] if isinstance(val, str) else None
