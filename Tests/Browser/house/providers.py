"""Providers whose accounts are connected by pasting one token, as their owners meet them."""

from dataclasses import dataclass
from pathlib import Path

from .program import Sandbox


@dataclass(frozen=True)
class Provider:
    """What the owner of an account reads and types."""

    #: The word for it in a terminal.
    word: str
    name: str
    #: What the secret is called, and under which name it is answered.
    question: str
    secret: str
    #: Where the provider has it made.
    help: str
    #: Looks right, and nobody holds it.
    unknown: str
    mismatch: str
    refusal: str
    #: The records an account has most of.
    entity: str
    #: Behind a token: keeps the provider from ever answering; makes it fail; takes the account's rights away.
    hanging: str
    failing: str
    forbidden: str
    #: Behind a token: has it end in three days; empty where the provider tells no end of any.
    ending: str

    def sandbox(self, folder: Path) -> Sandbox:
        """Starts a double of it."""
        return Sandbox(folder, self.word)


PROVIDERS = [
    Provider(
        "github", "GitHub", "Access token", "token", "https://github.com/settings/personal-access-tokens/new",
        "ghp_" + "0" * 36, "does not look like a GitHub token", "GitHub rejected this access token", "GitHubIssue",
        "hang", "500", "403", "soon"),
    Provider(
        "ynab", "YNAB", "Personal access token", "access_token", "https://app.ynab.com/settings/developer",
        "n0b0dy-" * 6 + "x", "does not look like a YNAB access token", "YNAB rejected this personal access token",
        "YNABTransaction", "_hang", "_500", "_403_scope", ""),
]
