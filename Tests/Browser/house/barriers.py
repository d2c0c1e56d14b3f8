"""What shuts people out of a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The rules of WCAG 2.2 AA, and what else is good practice.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: Page) -> list[str]:
    """What axe finds on a page, each with the parts it is about."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _RULES}}).response["violations"]
    return [f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes']][:4]}" for one in found]
