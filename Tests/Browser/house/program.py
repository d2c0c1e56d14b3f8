"""Runs `max`: to its end, or for as long as a test needs it."""

import json
import os
import re
import signal
import subprocess
import threading
from functools import cached_property
from pathlib import Path

import httpx

from .places import MAX

STARTING = 30
ENDING = 20


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a program finds in its environment: nothing of the caller's."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "SWIFT_BACKTRACE": "enable=no", **more,
    }


class Program:
    """A program that runs beside the test and says things on lines."""

    def __init__(self, folder: Path, *arguments: str, **variables: str):
        self._said: list[str] = []
        self._news = threading.Condition()
        self._process = subprocess.Popen(
            [str(MAX), *arguments], cwd=folder, env=environment(folder, **variables), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        for line in self._process.stdout:
            with self._news:
                self._said.append(line.rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self._said.append("")
            self._news.notify_all()

    @property
    def said(self) -> str:
        """Everything it has said so far."""
        with self._news:
            return "\n".join(self._said)

    def wait_for(self, pattern: str, patience: float = STARTING) -> re.Match:
        """Waits until it says something."""
        def found():
            return re.search(pattern, "\n".join(self._said))

        with self._news:
            self._news.wait_for(lambda: found() or not self._listener.is_alive() or self.has_ended, patience)
            match = found()
        assert match, f"It never said {pattern!r}. It said:\n{self.said}"
        return match

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def stop(self) -> int:
        """Asks it to end, and waits until it has."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """Ends it as a power cut would."""
        return self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> int:
        if not self.has_ended:
            os.kill(self._process.pid, how)
        try:
            return self._process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(ENDING)
            raise AssertionError(f"It did not end within {ENDING} seconds of {how.name}. It said:\n{self.said}")
        finally:
            self._listener.join(ENDING)


class Project:
    """A folder in which `max` is used."""

    def __init__(self, folder: Path):
        self.folder = folder

    def run(self, *arguments: str, given: str = "", **variables: str) -> subprocess.CompletedProcess:
        """Runs `max` to its end."""
        return subprocess.run(
            [str(MAX), *arguments], cwd=self.folder, env=environment(self.folder, **variables), input=given,
            capture_output=True, text=True, timeout=60)

    def ask(self, *arguments: str, given: str = "", **variables: str) -> dict:
        """Runs `max` for an answer in JSON."""
        outcome = self.run(*arguments, given=given, **variables)
        assert outcome.returncode == 0, f"max {' '.join(arguments)}: {outcome.stdout}{outcome.stderr}"
        return json.loads(outcome.stdout)

    def answer(self, setup: str, *answers: str, given: str = "") -> dict:
        """Answers the question at hand of a setup."""
        return self.ask("flow", "answer", setup, *answers, given=given)

    def connect(self, acme: "Acme", key: str | None = None, workspace: str = "Sorrel Archive", name: str = "") -> dict:
        """Connects an account in the terminal, with its first sync."""
        named = ["--name", name] if name else []
        outcome = self.run(
            "connect", "acme", "--json", "--set", f"baseURL={acme.url}", "--secret-stdin", "api_token",
            "--allow-host", "127.0.0.1", "--set", f"workspaceID={workspace}", *named, given=key or acme.key)
        assert '"connection"' in outcome.stdout, f"max connect: {outcome.stdout}{outcome.stderr}"
        return json.loads(outcome.stdout)["connection"]

    def connections(self) -> list[dict]:
        """The connections there are."""
        return self.ask("ls", "--json")["connections"]


class Sandbox(Program):
    """A double of a provider, in a process of its own."""

    def __init__(self, folder: Path, name: str, *options: str):
        super().__init__(folder, "sandbox", name, "--json", *options)
        told = json.loads(self.wait_for(r'\{"sandbox".*').group())["sandbox"]
        self.url: str = told["url"]
        self.page: str = told["page"]
        self.answers: dict[str, str] = told["answers"]
        self.secrets: dict[str, str] = told["secrets"]


    @cached_property
    def second(self) -> str:
        """What opens the account of another person there, as the sandbox's own page shows it."""
        rows = re.findall(r"<tr><td>([^<]+)</td>(?:(?!</tr>).)*?<code>([^<]+)</code>", httpx.get(self.page).text)
        return next(secret for person, secret in rows if person != rows[0][0])


class Acme(Sandbox):
    """A provider that does not exist."""

    def __init__(self, folder: Path, *options: str):
        super().__init__(folder, "acme", *options)
        self.key: str = self.secrets["api_token"]

    @cached_property
    def second_key(self) -> str:
        """The key of another account of the same tenant, as the page of keys shows it."""
        page = httpx.get(self.page).text
        return next(key for key in re.findall(r"acme_[0-9a-f]{32}", page) if key != self.key)

    def call(self, method: str, path: str, body: dict | None = None) -> dict:
        """Does something in Acme itself, beside Max."""
        answer = httpx.request(
            method, f"{self.url}/api/v1/{path}", json=body, headers={"Authorization": f"Bearer {self.key}"})
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else {}

    def workspaces(self) -> list[dict]:
        return self.call("GET", "workspaces")["items"]

    def key_that(self, ends: str) -> str:
        """A key that forces a fault, as the sandbox's own page describes them."""
        return f"{self.key}_{ends}"


class Server(Program):
    """`max serve` in a project, on a port of its own that it keeps when it is started again."""

    def __init__(self, project: Project, *options: str, port: int = 0, **variables: str):
        self.project, self.options, self.variables = project, options, variables
        super().__init__(project.folder, "serve", "--listen", f"127.0.0.1:{port}", *options, **variables)
        self.port = int(self.wait_for(r"http://127\.0\.0\.1:(\d+)").group(1))
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def welcome(self) -> str:
        """The address of the link that the first start prints."""
        return self.wait_for(r"http://127\.0\.0\.1:\d+/welcome/\S+").group()

    def again(self) -> "Server":
        """Starts another one in its place."""
        return Server(self.project, *self.options, port=self.port, **self.variables)
