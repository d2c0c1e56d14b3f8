"""Keeps what was seen where people can look at it."""

import re

from playwright.sync_api import Page

from .places import PICTURES


def keep(page: Page, name: str, scheme: str = "light") -> None:
    """Takes a picture of the whole page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    width = page.viewport_size["width"]
    page.screenshot(path=PICTURES / f"{words}-{width}-{scheme}.png", full_page=True, animations="disabled")
