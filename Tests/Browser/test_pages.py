"""Every page, looked at one by one: in light and dark, wide and on a phone."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from house import words
from house.caller import forms
from house.markup import complaints
from house.person import Person
from house.program import Acme
from house.scenes import OF_DATA, OPEN_TO_ALL, SCENES, Stage

VIEWS = {"wide and light": (1280, "light"), "wide and dark": (1280, "dark"), "phone and light": (390, "light"),
         "phone and dark": (390, "dark")}
LIGHTEST = 60 * 1024
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="module")
def stage(acme):
    folder = Path(tempfile.mkdtemp(prefix="max-stage-")).resolve()
    other = Acme(folder, "--seed", "8", "--data", str(folder / "acme"))
    stage = Stage(folder, acme, other)
    yield stage
    stage.server.stop()
    other.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def looks_at(stage, people):
    """Opens a scene the way a person would come upon it."""
    def look(scene: str, width: int = 1280, scheme: str = "light") -> Person:
        person = people(stage.url, None if scene in OPEN_TO_ALL else stage.session, width=width, scheme=scheme)
        person.opens(stage.paths[scene])
        return person

    return look


def test_every_page_of_the_way_around_is_a_scene(stage):
    known = {path.split("?")[0] for path in stage.paths.values()}
    pages = [stage.html(scene) for scene in SCENES]
    found = {link for page in pages for link in re.findall(r'<a [^>]*href="(/[^"?#]*)', page)}
    kinds = [r"/setups/.+", r"/connections/[^/]+", r"/connections/[^/]+/records(/[^/]+){0,2}", r"/runs/.+"]
    assert {link for link in found - known if not any(re.fullmatch(kind, link) for kind in kinds)} == set()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scene", SCENES)
def test_a_page_shuts_nobody_out_and_sticks_out_nowhere(looks_at, scene, view):
    person = looks_at(scene, *VIEWS[view])
    person.keeps_picture(f"page {scene}")
    wide = person.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = Axe().run(person.page, options=AXE)
    assert [f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes']][:4]}"
            for one in found.response["violations"]] == []
    assert wide <= 0, f"{wide} pixels stick out"
    if view.startswith("phone"):
        small = person.page.evaluate("""() => [...document.querySelectorAll("button, a.button, input, select")]
          .filter((part) => part.offsetParent && part.type !== "hidden")
          .filter((part) => { const box = (part.labels?.[0] && ["radio", "checkbox"].includes(part.type)
             ? part.parentElement : part).getBoundingClientRect(); return box.height < 24 || box.width < 24; })
          .map((part) => part.outerHTML.slice(0, 120))""")
        assert small == [], "too small for a finger"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scene", SCENES)
def test_a_page_is_light_and_stands_still(looks_at, stage, scene, width):
    person = looks_at("sign in", width)
    if scene not in OPEN_TO_ALL:
        person.context.add_cookies([{"name": "max", "value": stage.session, "url": stage.url}])
    weights: dict[str, int] = {}
    sent = person.context.new_cdp_session(person.page)
    sent.send("Network.enable")
    sent.send("Network.setCacheDisabled", {"cacheDisabled": True})
    names: dict[str, str] = {}
    sent.on("Network.responseReceived", lambda told: names.update({told["requestId"]: told["response"]["url"]}))
    sent.on("Network.loadingFinished", lambda told: weights.update(
        {names.get(told["requestId"], "?"): int(told["encodedDataLength"])}))
    person.page.goto(stage.url + stage.paths[scene], wait_until="load")
    shift, parts = person.watch.shift()
    assert shift == 0, parts
    assert person.watch.refused() == []
    assert 0 < sum(weights.values()) < LIGHTEST, weights
    assert all(address.startswith(stage.url) for address in names.values()), names


@pytest.mark.parametrize("scene", SCENES)
def test_a_page_has_no_word_of_ours(looks_at, scene):
    person = looks_at(scene)
    if scene in OF_DATA:
        person.page.evaluate("() => { for (const part of document.querySelectorAll('tbody, dd')) part.remove(); }")
    read = person.reads()
    assert len(read) > 20
    assert words.unfit(read) == []


@pytest.mark.parametrize("scene", SCENES)
def test_what_a_page_says_in_code_works_as_it_stands(looks_at, stage, scene):
    person = looks_at(scene)
    codes = person.page.locator("code:not(.diagnostics *)").all_inner_texts()
    for command in (code for code in codes if code.startswith("max ")):
        assert stage.project.run(*command.split()[1:], "--help").returncode == 0, command


def test_one_thing_at_most_stands_out_on_a_page(looks_at):
    loud = {}
    for scene in SCENES:
        count = looks_at(scene).page.locator("main .primary").count()
        if count > 1:
            loud[scene] = count
    assert loud == {}


@pytest.mark.parametrize("scene", SCENES)
def test_a_page_has_one_heading_a_title_and_landmarks(looks_at, scene):
    page = looks_at(scene).page
    assert page.get_by_role("heading", level=1).count() == 1
    assert re.fullmatch(r".+ · Max", page.title())
    assert page.get_by_role("main").count() == 1
    for form in page.locator("form").all():
        assert form.get_by_role("button").count() >= 1, form.inner_html()


@pytest.fixture(scope="module")
def checked(stage, tmp_path_factory):
    folder = tmp_path_factory.mktemp("markup")
    pages = {}
    for number, scene in enumerate(SCENES):
        pages[scene] = folder / f"{number:02}.html"
        pages[scene].write_text(stage.html(scene))
    return complaints(pages)


@pytest.mark.parametrize("scene", SCENES)
def test_the_nu_checker_accepts_a_page(checked, scene):
    assert checked[scene] == []


def test_the_nu_checker_would_tell(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>a</title><p><div></p>")
    assert complaints({"wrong": page})["wrong"] != []


def test_the_words_would_be_found():
    assert words.unfit("This session has MAX_VAULT_KEY and con_b6yvfzwz0r96 in state first_sync") != []
    assert words.unfit("The last run of the connector failed") != []
    assert words.unfit("On the machine where Max runs; run it as you like. 1,243 records collected") == []


def test_passwords_are_managed_by_who_manages_passwords(stage, looks_at):
    sign_in = looks_at("sign in").page
    assert sign_in.locator("input[type=password]").get_attribute("autocomplete") == "current-password"
    assert sign_in.locator("input[autocomplete=username]").count() == 1
    key = looks_at("setup at the key").page.locator("input[type=password]")
    assert key.get_attribute("autocomplete") in ("off", "new-password", "one-time-code")
    for scene in SCENES:
        for form in forms(stage.html(scene)):
            assert stage.acme.key not in str(form), scene


def test_icons_come_from_the_source_itself(looks_at):
    page = looks_at("add source").page
    icon = page.locator("img.tile, .entry img").first
    assert icon.evaluate("(icon) => icon.complete && icon.naturalWidth > 0")


def test_a_page_in_print_and_with_forced_colours_is_still_there(looks_at):
    person = looks_at("account")
    person.page.emulate_media(forced_colors="active")
    assert person.page.get_by_role("heading", level=1).is_visible()
    person.keeps_picture("page account in forced colours")
