"""Watches a page for what nobody in front of it should have to: errors, refused code, and parts that jump."""

from playwright.sync_api import ConsoleMessage, Page, Request

_EYES = """
window.seen = { shift: 0, shifted: [], refused: [] };
document.addEventListener("securitypolicyviolation", (event) =>
  window.seen.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile || ""}`));
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.seen.shift += entry.value;
    for (const source of entry.sources || []) window.seen.shifted.push(
      `${entry.value.toFixed(4)} ${source.node?.nodeName} ${source.node?.className} ${source.node?.textContent?.slice(0, 60)}`);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


class Watch:
    """What went wrong on a page since it was opened."""

    def __init__(self, page: Page):
        self.page = page
        self.troubles: list[str] = []
        self._is_shut = False
        page.add_init_script(_EYES)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._note(f"script failed: {error}"))
        page.on("requestfailed", self._miss)
        page.on("response", lambda answer: answer.status >= 500 and self._note(f"{answer.status} {answer.url}"))

    def _note(self, trouble: str) -> None:
        if not self._is_shut:
            self.troubles.append(trouble)

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser says this of a page that refuses an answer, which is what that page is for.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self._note(f"{message.type}: {message.text}")

    def _miss(self, request: Request) -> None:
        # Going to another page ends what the last one still asked for.
        if request.failure != "net::ERR_ABORTED" and request.resource_type != "eventsource":
            self._note(f"{request.failure}: {request.url}")

    def shut(self) -> None:
        """Looks away, because a test breaks something on purpose."""
        self._is_shut = True

    def open(self) -> None:
        self._is_shut = False

    def shift(self) -> tuple[float, list[str]]:
        """How far the parts of the page have jumped, and which."""
        # Two frames on, everything that happened is told.
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seen = self.page.evaluate("() => window.seen")
        return seen["shift"], seen["shifted"]

    def refused(self) -> list[str]:
        """What the page's own security policy would not let it do."""
        return self.page.evaluate("() => window.seen.refused")
