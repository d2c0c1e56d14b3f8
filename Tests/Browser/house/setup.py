"""A setup as a program of the owner's answers it, over the interface for programs."""

import time

from .caller import Caller

PATIENCE = 20


class Setup:
    """A setup that was begun, and where it stands."""

    def __init__(self, caller: Caller, connector: str):
        self._caller = caller
        self._headers = {"X-CSRF-Token": caller.csrf}
        begun = caller.http.post("/v1/setups", json={"connector": connector}, headers=self._headers)
        assert begun.status_code == 201, begun.text
        self.reply: dict = begun.json()

    @property
    def view(self) -> dict:
        return self.reply["view"]

    def answers(self, given: dict[str, str]) -> None:
        """Answers whatever of it is asked, form after form, and lets the address be called that only this machine has."""
        left = dict(given)
        while left and self.view["kind"] == "form":
            asked = {field["name"] for field in self.view["fields"]} & left.keys()
            assert asked, f"{sorted(left)} is not asked: {self.reply}"
            self._sends({"fields": {name: left.pop(name) for name in asked}})
            if self.view["kind"] == "choice" and self.view["choice"]["field"] == "platform.allow_host":
                self.chooses("allow")

    def chooses(self, option: str) -> None:
        self._sends({"choose": [option]})

    def goes_back(self) -> None:
        """Goes to the question before the one at hand."""
        self._sends({}, "back")

    def first_sync(self) -> str:
        """Waits until the first sync has ended, and says how."""
        connection = self.reply["connection"]["id"]
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            run = self._caller.get(f"/v1/runs?connection={connection}").json()["items"][0]
            if run["state"] not in ("requested", "running"):
                break
        return run["state"]

    def _sends(self, answer: dict, call: str = "answer") -> None:
        setup = self.reply["setup"]
        told = self._caller.http.post(
            f"/v1/setups/{setup['id']}/{call}", json={"revision": setup["revision"], **answer}, headers=self._headers)
        assert told.status_code == 200, told.text
        self.reply = told.json()
        while self.view["kind"] == "working":
            self.reply = self._caller.get(f"/v1/setups/{setup['id']}").json()
