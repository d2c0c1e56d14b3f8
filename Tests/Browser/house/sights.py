"""What there is to find out about a page in one look at it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Browser

from . import pictures
from .barriers import barriers
from .caller import session_cookie
from .person import Person
from .scenes import OPEN_TO_ALL, Stage

WIDE, PHONE = 1280, 390

_LOOK = """() => {
  const body = document.body, main = document.querySelector("main");
  const copy = body.cloneNode(true);
  for (const part of copy.querySelectorAll("details.diagnostics, script")) part.remove();
  const parts = [...document.querySelectorAll("button, a.button, input, select")]
    .filter((part) => part.offsetParent && part.type !== "hidden");
  body.append(copy);
  const text = copy.innerText;
  for (const part of copy.querySelectorAll("h1, .crumb, tbody, dd")) part.remove();
  const words = copy.innerText;
  copy.remove();
  return {
    text, words,
    headings: [...document.querySelectorAll("h1")].map((one) => one.innerText.trim()),
    landmarks: document.querySelectorAll("main").length,
    commands: [...document.querySelectorAll("code")].filter((one) => !one.closest(".diagnostics")).map((one) => one.innerText),
    loud: main.querySelectorAll(".primary").length,
    buttonless: [...document.forms].filter((form) => !form.querySelector("button")).map((form) => form.outerHTML.slice(0, 200)),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    small: parts.filter((part) => {
      const own = ["radio", "checkbox"].includes(part.type) ? part.parentElement : part;
      const box = own.getBoundingClientRect();
      return box.height < 24 || box.width < 24;
    }).map((part) => part.outerHTML.slice(0, 120)),
  };
}"""


@dataclass
class Sight:
    """A page as it was seen."""

    title: str
    #: What is to be read, the diagnostics aside; and the same without the owner's own data.
    text: str
    words: str
    headings: list[str]
    landmarks: int
    commands: list[str]
    #: How many parts of it stand out.
    loud: int
    buttonless: list[str]
    #: How far it sticks out sideways, in pixels.
    wide: int
    #: What is too small for a finger.
    small: list[str]
    #: What shuts people out, as axe has it.
    barriers: list[str]
    shift: float
    shifted: list[str]
    #: What its own policy refused.
    refused: list[str]
    troubles: list[str]
    #: The bytes that came, by address.
    weights: dict[str, int]


class Gallery:
    """Every scene, looked at once in each view."""

    def __init__(self, browser: Browser, stage: Stage):
        self._browser, self._stage = browser, stage
        self._people: dict[tuple[int, str, bool], Person] = {}
        self._weights: dict[Person, dict[str, int]] = {}
        self._seen: dict[tuple[str, int, str], Sight] = {}

    def close(self) -> None:
        for person in self._people.values():
            person.context.close()

    def sees(self, scene: str, width: int = WIDE, scheme: str = "light") -> Sight:
        """How a scene looks; later the same again."""
        key = (scene, width, scheme)
        if key not in self._seen:
            self._seen[key] = self._look(scene, self._person(width, scheme, scene in OPEN_TO_ALL))
        return self._seen[key]

    def _person(self, width: int, scheme: str, is_stranger: bool) -> Person:
        key = (width, scheme, is_stranger)
        if key not in self._people:
            context = self._browser.new_context(
                viewport={"width": width, "height": 844 if width == PHONE else 900}, color_scheme=scheme,
                reduced_motion="reduce")
            if not is_stranger:
                context.add_cookies([{"name": session_cookie(self._stage.url), "value": self._stage.session, "url": self._stage.url}])
            self._people[key] = Person(context, self._stage.url, scheme)
            self._weigh(self._people[key])
        return self._people[key]

    def _weigh(self, person: Person) -> None:
        weights: dict[str, int] = {}
        names: dict[str, str] = {}
        wire = person.context.new_cdp_session(person.page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on("Network.responseReceived", lambda told: names.update({told["requestId"]: told["response"]["url"]}))
        wire.on("Network.loadingFinished", lambda told: weights.update(
            {names.get(told["requestId"], "?"): int(told["encodedDataLength"])}))
        self._weights[person] = weights

    def _look(self, scene: str, person: Person) -> Sight:
        person.page.goto("about:blank")
        self._weights[person].clear()
        person.watch.troubles.clear()
        person.page.goto(person.url + self._stage.paths[scene], wait_until="load")
        shift, shifted = person.watch.shift()
        weights, refused = dict(self._weights[person]), person.watch.refused()
        pictures.keep(person.page, f"page {scene}", person.scheme)
        found = barriers(person.page)
        told = person.page.evaluate(_LOOK)
        return Sight(
            title=person.page.title(), barriers=found, shift=shift, shifted=shifted, refused=refused, weights=weights,
            troubles=list(person.watch.troubles), **told)


def is_own(address: str, url: str) -> bool:
    """Whether an address is of the server itself."""
    return bool(re.match(re.escape(url) + "(/|$)", address))
