"""Every page, looked at one by one: in light and dark, wide and on a phone."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from house import words
from house.caller import forms
from house.markup import complaints
from house.person import Person
from house.program import Acme
from house.scenes import OF_DATA, OPEN_TO_ALL, SCENES, Stage
from house.sights import PHONE, WIDE, Gallery, is_own

VIEWS = {"wide and light": (WIDE, "light"), "wide and dark": (WIDE, "dark"), "phone and light": (PHONE, "light"),
         "phone and dark": (PHONE, "dark")}
HEAVIEST = 60 * 1024
# A page that comes in pieces is laid out in pieces; of less than this nobody sees anything.
LEAST_SHIFT = 0.01


@pytest.fixture(scope="module")
def stage(household, acme):
    folder = Path(tempfile.mkdtemp(prefix="max-stage-")).resolve()
    other = Acme(folder, "--seed", "8", "--data", str(folder / "acme"))
    stage = Stage(household, folder / "project", acme, other)
    yield stage
    stage.server.stop()
    other.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def gallery(browser, stage):
    gallery = Gallery(browser, stage)
    yield gallery
    gallery.close()


@pytest.fixture
def looks_at(stage, people):
    """Opens a scene the way a person would come upon it."""
    def look(scene: str) -> Person:
        person = people(stage.url, None if scene in OPEN_TO_ALL else stage.session)
        person.opens(stage.paths[scene])
        return person

    return look


def test_every_page_of_the_way_around_is_a_scene(stage):
    known = {path.split("?")[0] for path in stage.paths.values()}
    pages = [stage.html(scene) for scene in SCENES]
    links = {link for page in pages for link in re.findall(r"<a [^>]*>", page) if " download" not in link}
    found = {where for link in links for where in re.findall(r'href="(/[^"?#]*)', link)}
    kinds = [r"/setups/.+", r"/connections/[^/]+", r"/connections/[^/]+/records(/[^/]+){0,2}", r"/runs/.+"]
    assert {link for link in found - known if not any(re.fullmatch(kind, link) for kind in kinds)} == set()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scene", SCENES)
def test_a_page_shuts_nobody_out(gallery, scene, view):
    assert gallery.sees(scene, *VIEWS[view]).barriers == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scene", SCENES)
def test_a_page_sticks_out_nowhere_and_stands_still(gallery, scene, view):
    seen = gallery.sees(scene, *VIEWS[view])
    assert seen.wide <= 0, f"{seen.wide} pixels stick out"
    assert seen.shift < LEAST_SHIFT, seen.shifted
    if view.startswith("phone"):
        assert seen.small == [], "too small for a finger"


@pytest.mark.parametrize("scene", SCENES)
def test_a_page_is_light_and_of_this_server_alone(gallery, stage, scene):
    seen = gallery.sees(scene)
    assert 0 < sum(seen.weights.values()) < HEAVIEST, seen.weights
    assert [address for address in seen.weights if not is_own(address, stage.url)] == []
    assert (seen.refused, seen.troubles) == ([], [])


@pytest.mark.parametrize("scene", SCENES)
def test_a_page_has_no_word_of_ours(gallery, scene):
    seen = gallery.sees(scene)
    assert len(seen.text) > 20
    assert words.unfit(seen.words if scene in OF_DATA else seen.text) == []


@pytest.mark.parametrize("scene", SCENES)
def test_a_page_has_one_heading_a_title_and_buttons(gallery, scene):
    seen = gallery.sees(scene)
    assert len(seen.headings) == 1 and seen.headings[0]
    assert re.fullmatch(r".+ · Max", seen.title)
    assert (seen.landmarks, seen.buttonless) == (1, [])


def test_a_command_on_a_page_works_as_it_stands(gallery, stage):
    told = {code for scene in SCENES for code in gallery.sees(scene).commands if code.startswith("max ")}
    assert "max owner reset" in told
    for command in told:
        assert stage.project.run(*command.split()[1:], "--help").returncode == 0, command


def test_one_thing_at_most_stands_out_on_a_page(gallery):
    loud = {scene: gallery.sees(scene).loud for scene in SCENES}
    assert {scene: count for scene, count in loud.items() if count > 1} == {}


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
