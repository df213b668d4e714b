"""What a browser complains of while somebody uses the page; a test lets pass what it expects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page

#: Tells every violation of the page's policy, those included that Chromium keeps to itself.
_LISTEN = """
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
  console.error(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}`));
"""


@dataclass
class Complaints:
    """Everything that was complained of, in order."""

    all: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Hear what this page says from now on."""
        page.add_init_script(_LISTEN)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.all.append(f"exception: {error.stack or error}"))
        page.on("crash", lambda _: self.all.append("the page crashed"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "assert"):
            at = message.location.get("url", "")
            self.all.append(f"{message.text} ({at})")

    def forgive(self, pattern: str) -> None:
        """Take away what a test has provoked; what was not said cannot be forgiven."""
        left = [said for said in self.all if not re.search(pattern, said)]
        assert len(left) < len(self.all), f"nobody said {pattern}: {self.all}"
        self.all = left

    def let_pass(self, pattern: str) -> None:
        """Take away what may be said and may not, as one thing or another happens first."""
        self.all = [said for said in self.all if not re.search(pattern, said)]
