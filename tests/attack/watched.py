"""A browser's page on which nothing of an attacker's may run, load or turn into an element."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Dialog, Page, Request

from interview_kit.screens.signed_in import PERSON_COOKIE
from tests.attack.payloads import SCRIPTS

# Before anything of the page runs: what the content policy had to stop counts as a fault too.
_LISTEN = """
window.__stopped = []
document.addEventListener('securitypolicyviolation', (event) => {
  window.__stopped.push(event.blockedURI + ' ' + event.violatedDirective)
})
"""
# Every element and every word, those of the kit's own pieces of browser too.
_LOOK = """() => {
  const found = { pwned: window.__pwned ?? null, stopped: window.__stopped, elements: [], words: [] }
  const forbidden = ['script[data-pwned]', 'iframe', 'object', 'embed', 'base', 'meta[http-equiv=refresh]',
    'form[action*=evil]', 'link[href*=evil]', 'marquee', 'video', 'math', '.katex'].join()
  const misleads = (one, target) => {
    if (!/^(https?:)?\\/\\//i.test(target)) return false
    const host = new URL(target, location.href).host
    return host !== location.host && !(one.tagName === 'A' && one.textContent.includes(host))
  }
  const look = (root) => {
    for (const one of root.querySelectorAll('*')) {
      const target = ['href', 'src', 'xlink:href'].map((each) => one.getAttribute(each)).find(Boolean) ?? ''
      const handled = [...one.attributes].some((each) => each.name.startsWith('on'))
      const runs = /^\\s*(javascript|vbscript|data:text)/i.test(target)
      const bad = one.matches(forbidden) || handled || runs || misleads(one, target)
      if (bad) found.elements.push(one.outerHTML.slice(0, 200))
      if (one.shadowRoot) look(one.shadowRoot)
      for (const words of [one.value, one.title]) if (words && typeof words === 'string') found.words.push(words)
    }
    found.words.push(root.textContent ?? '')
    if (root.body) found.words.push(root.body.innerText)
  }
  look(document)
  return found
}"""


class Watched:
    """A page of the kit, and whatever it should not have done."""

    def __init__(self, context: BrowserContext, url: str, person: str | None = None):
        self.url, self.faults, self.seen = url, list[str](), set[str]()
        context.add_init_script(_LISTEN)
        if person is not None:
            context.add_cookies([{"name": PERSON_COOKIE, "value": person, "url": url}])
        self.page: Page = context.new_page()
        self.page.on("dialog", self._opened)
        context.on("request", self._asked)
        context.on("page", lambda _: self.faults.append("another window was opened"))

    def forget(self) -> None:
        """Begin anew."""
        self.faults, self.seen = [], set()

    def _opened(self, dialog: Dialog) -> None:
        self.faults.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host not in ("127.0.0.1", None):
            self.faults.append(f"a request to {request.url}")

    def look(self, where: str) -> None:
        """Note what runs, what stands there as an element, and which payloads can be read."""
        found = self.page.evaluate(_LOOK)
        if found["pwned"] is not None:
            self.faults.append(f"{where}: a script ran")
        self.faults += [f"{where}: the content policy had to stop {one}" for one in found["stopped"]]
        self.faults += [f"{where}: {one}" for one in found["elements"]]
        if self.page.locator('[data-testid="stException"]').count():
            self.faults.append(f"{where}: an exception")
        told = bare("\n".join(found["words"]))
        self.seen |= {one for one in SCRIPTS if bare(one) in told}

    def open(self, path: str, mark: str | re.Pattern[str]) -> None:
        """Go there and wait until it stands."""
        self.page.goto(f"{self.url}{path}")
        self.page.get_by_text(mark).first.wait_for()
        self.settle()

    def settle(self) -> None:
        """Wait until the screen is drawn."""
        self.page.wait_for_timeout(100)
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        self.page.wait_for_timeout(50)

    def unfold(self) -> None:
        """Open everything that can be opened on a page."""
        for _ in range(2):
            self.page.evaluate(
                "() => document.querySelectorAll('details:not([open]) > summary').forEach((one) => one.click())"
            )
            self.page.wait_for_timeout(50)
        self.settle()


def bare(text: str) -> str:
    """The signs that can be seen, without the space between them."""
    return re.sub(r"[\s\x00-\x20\x7f\u00a0\u200b\u2028\u2029\u2060\ufeff\ufffd]+", "", text)
