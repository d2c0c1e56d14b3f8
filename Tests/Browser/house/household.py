"""Servers with a project and an owner."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from .caller import Caller
from .program import Project, Server


class House:
    """A server that can go down and come back, with the project it serves."""

    def __init__(self, project: Project, session: str = "", *options: str):
        self.project = project
        #: The cookie of the owner's sign-in.
        self.session = session
        self.server = Server(project, *options)
        self.url = self.server.url

    def loses_power(self) -> None:
        """Kills the server and starts it anew on the same port."""
        self.server.kill()
        self.server = self.server.again()


@dataclass
class Household:
    """A project to take copies of, whose server is down."""

    folder: Path
    session: str

    @classmethod
    def founded(cls, folder: Path) -> "Household":
        """Makes one, and its owner."""
        folder.mkdir(parents=True, exist_ok=True)
        house = House(Project(folder))
        owner = Caller(house.url)
        try:
            assert owner.choose_passphrase(house.server.welcome).status_code == 303
            return cls(folder, owner.session)
        finally:
            owner.close()
            house.server.stop()

    def copied(self, folder: Path) -> House:
        """Serves a copy of it, in which the owner is still signed in."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True, symlinks=True)
        return House(Project(folder), self.session)
