"""One server with something on every page: what is looked at page by page."""

import re
import time
from pathlib import Path

from .caller import Caller, forms
from .program import Acme

# Every page there is, and the states of those that have several.
SCENES = (
    "welcome", "welcome used", "sign in", "sources", "sources found", "add source", "add source without a match",
    "setup at the address", "setup at a wrong address", "setup at the key", "setup at a wrong key",
    "setup at the private address", "setup at a refused key", "setup at the choice", "setup at many choices",
    "setup at the same account", "setup finished", "setup gone",
    "account", "account with a part missing", "account that needs attention", "account disconnected",
    "records", "table", "table filtered", "table with a wrong filter", "table without a match", "record",
    "sync", "sync with a part missing", "sync that failed", "notices", "notices that are over", "where notices go", "server", "access", "device", "device with a code",
    "device with a wrong code", "agent's setup", "nothing there", "nothing there for a stranger",
)
# Where what is shown are the owner's data, which say what they like.
OF_DATA = {"table", "table filtered", "record"}
OPEN_TO_ALL = {"welcome", "welcome used", "sign in", "nothing there for a stranger"}


class Stage:
    """The server, and the address of each scene."""

    def __init__(self, household, folder: Path, acme: Acme, other: Acme):
        house = household.copied(folder)
        self.project, self.server, self.session = house.project, house.server, house.session
        self.acme, self.other, self.url = acme, other, house.url
        self.paths: dict[str, str] = {}
        self.owner = Caller(self.url, self.session)
        self._connect()
        self._set_up()
        self._let_in()
        self._find()

    def _connect(self) -> None:
        project, acme = self.project, self.acme
        project.connect(acme)
        project.connect(acme, f"{acme.second_key}_users_403", name="partly")

    def _set_up(self) -> None:
        acme, ask, answer = self.acme, self.project.ask, self.project.answer

        def setup(*given: tuple[str, ...] | str) -> str:
            """A setup that was answered so far; a text alone is a key."""
            one = ask("flow", "start", "acme")["setup"]["id"]
            for piece in given:
                if isinstance(piece, str):
                    answer(one, "--secret-stdin", "api_token", given=piece)
                else:
                    answer(one, *piece)
            return f"/setups/{one}"

        at_acme, allowed = ("--set", f"baseURL={acme.url}"), ("--choose", "allow")
        at_other, key = ("--set", f"baseURL={self.other.url}"), self.other.second_key
        self.paths |= {
            "setup at the address": setup(),
            "setup at a wrong address": setup(("--set", "baseURL=my acme")),
            "setup at the key": setup(at_acme),
            "setup at a wrong key": setup(at_acme, "sk_live_4242"),
            "setup at the private address": setup(at_acme, acme.key),
            "setup at a refused key": setup(at_acme, "acme_" + "0" * 32, allowed),
            "setup at the choice": setup(at_other, key, allowed),
            "setup at many choices": setup(at_other, f"{key}_many", allowed),
            "setup at the same account": setup(at_acme, acme.key, allowed),
            "setup finished": setup(("--use-sandbox",), ("--choose", "Cedar Exports")),
            "setup gone": setup(),
        }
        ask("flow", "cancel", self.paths["setup gone"].rsplit("/", 1)[1])
        slugs = [one["slug"] for one in self.project.connections()]
        self.sandboxed = next(slug for slug in slugs if slug not in ("acme-dana", "partly"))
        self.project.run("sync", self.sandboxed)

    def _let_in(self) -> None:
        self.agent = Caller(self.url)
        begun = self._begin("Notebook agent")
        csrf = self.owner.csrf
        page = self.owner.get(f"/device?code={begun['user_code']}")
        form = next(form for form in forms(page.text) if form.action == "/device" and form.method == "post")
        scopes = {name: ["setup", "read", "manage"] for name in ("scope", "scopes") if name in page.text}
        self.owner.post("/device", {**form.fields, "csrf": csrf, **scopes, "do": "approve"})
        token = self.agent.post("/v1/device/token", {
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": begun["device_code"]})
        assert token.status_code == 200, token.text
        self.token = token.json()["access_token"]
        self.waiting = self._begin("Phone agent")["user_code"]

    def _begin(self, name: str) -> dict:
        answer = self.agent.post("/v1/device/authorize", {"client_id": name, "scope": "setup read manage"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def _find(self) -> None:
        tables = "/connections/acme-dana/records"
        self.paths |= {
            "sign in": "/signin", "sources": "/", "sources found": "/?q=partly", "add source": "/add",
            "add source without a match": "/add?q=zzz", "account": "/connections/acme-dana",
            "account with a part missing": "/connections/partly", "records": tables,
            "table": f"{tables}/AcmeTask", "table filtered": f"{tables}/AcmeTask?filter=status+%3D+done&order=dueDate",
            "table with a wrong filter": f"{tables}/AcmeTask?filter=status+~~",
            "table without a match": f"{tables}/AcmeTask?filter=status+%3D+nowhere",
            "record": self._link(f"{tables}/AcmeTask", rf'href="({tables}/AcmeTask/[^"]+)"'),
            "sync": self._link("/connections/acme-dana", r'href="(/runs/[^"]+)"'),
            "sync with a part missing": self._link("/connections/partly", r'href="(/runs/[^"]+)"'),
            "notices": "/notices", "notices that are over": "/notices?all=1", "where notices go": "/notices/settings", "server": "/server", "access": "/access", "device": "/device",
            "device with a code": f"/device?code={self.waiting}", "device with a wrong code": "/device?code=BBBB-BBBB",
            "nothing there": "/connections/nobody", "nothing there for a stranger": "/assets/nothing",
        }
        reset = self.project.run("owner", "reset")
        self.paths |= {
            "welcome": re.search(r"/welcome/\S+", reset.stdout).group(), "welcome used": "/welcome/guessed",
            "agent's setup": "/link/anything",
        }
        self._end()

    def _end(self) -> None:
        """Brings about the accounts that need attention and that were disconnected."""
        project = self.project
        workspace = self.other.workspaces()[0]["name"]
        failing = project.connect(self.other, self.other.key_that("revoked_after_5"), workspace, name="failing")
        project.run("sync", failing["slug"])
        told = self._told("needs_attention")
        project.run("notices", "read", next(one["id"] for one in told if one["kind"] == "first_sync"))
        project.run("notices", "mute", "expiring")
        project.run("disconnect", self.sandboxed, "--yes")
        self.paths |= {
            "account that needs attention": f"/connections/{failing['slug']}",
            "sync that failed": self._link(f"/connections/{failing['slug']}", r'href="(/runs/[^"]+)"'),
            "account disconnected": f"/connections/{self.sandboxed}",
        }

    def _told(self, kind: str) -> list[dict]:
        """The notices that are open, as soon as one of that kind is among them."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            told = self.project.ask("notices", "--json")["notices"]
            if any(one["kind"] == kind for one in told):
                return told
        raise AssertionError(f"nobody was told: {kind}")

    def _link(self, path: str, pattern: str) -> str:
        page = self.owner.get(path)
        found = re.search(pattern, page.text)
        assert found, f"{path} ({page.status_code}) has no {pattern}"
        return found.group(1)

    def html(self, scene: str) -> str:
        """The page as it is sent."""
        stranger = Caller(self.url)
        answer = (stranger if scene in OPEN_TO_ALL else self.owner).get(self.paths[scene], follow_redirects=True)
        stranger.close()
        return answer.text
