"""Speaks to a server without a browser, as a script of a friend or of a stranger would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

PASSPHRASE = "four words nobody joins"


@dataclass
class Form:
    """A form of a page, as it would be sent."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _FormReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self._is_inside = False

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), (given.get("method") or "get").lower()))
            self._is_inside = True
        elif self._is_inside and tag == "button" and given.get("name"):
            self.forms[-1].buttons.append((given["name"], given.get("value") or ""))
        elif self._is_inside and tag in ("input", "textarea", "select") and given.get("name"):
            chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if chosen:
                self.forms[-1].fields[given["name"]] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self._is_inside = False


def forms(html: str) -> list[Form]:
    """Reads the forms of a page."""
    reader = _FormReader()
    reader.feed(html)
    return reader.forms


def session_cookie(url: str) -> str:
    """What a server calls the cookie of a sign-in: those of one host are told apart by their ports."""
    address = httpx.URL(url)
    return ("__Host-max" if address.scheme == "https" else "max") + (f"-{address.port}" if address.port else "")


class Caller:
    """Somebody with a jar of cookies, and with nothing else that a browser would add."""

    def __init__(self, url: str, session: str | None = None, **headers: str):
        self.url = url
        self.http = httpx.Client(base_url=url, headers=headers, timeout=40, follow_redirects=False)
        if session:
            self.holds(session)

    def holds(self, session: str) -> None:
        """Has the cookie of a sign-in, and no other."""
        self.http.cookies.clear()
        self.http.cookies.set(session_cookie(self.url), session)

    def close(self) -> None:
        self.http.close()

    def get(self, path: str, **more) -> httpx.Response:
        return self.http.get(path, **more)

    def post(self, path: str, fields: dict | None = None, headers: dict | None = None) -> httpx.Response:
        """Sends a form, from a page of this server unless the headers say something else."""
        headers = headers or {}
        if not headers.keys() & {"Origin", "Sec-Fetch-Site"}:
            headers = {**headers, "Origin": self.url}
        return self.http.post(path, data=fields or {}, headers=headers)

    def choose_passphrase(self, link: str, passphrase: str = PASSPHRASE) -> httpx.Response:
        """Becomes the owner by a link that the server printed."""
        page = self.get(link)
        assert page.status_code == 200, page.text
        form = next(form for form in forms(page.text) if form.method == "post")
        return self.post(form.action or link, {**form.fields, "passphrase": passphrase, "again": passphrase})

    def sign_in(self, passphrase: str = PASSPHRASE, **more) -> httpx.Response:
        return self.post("/signin", {"passphrase": passphrase}, **more)

    @property
    def csrf(self) -> str:
        """What the forms of this sign-in carry."""
        return next(form.fields["csrf"] for form in forms(self.get("/").text) if "csrf" in form.fields)

    @property
    def session(self) -> str:
        """The cookie of the sign-in."""
        return self.http.cookies.get(session_cookie(self.url)) or ""
