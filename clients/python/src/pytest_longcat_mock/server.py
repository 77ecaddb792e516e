"""The mock, as tests see it."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .admin import Admin
from .records import Declaration
from .session import LongcatSession

_longest_title = 60


@dataclass(frozen=True)
class LongcatServer:
    """The one mock of a run. ``pid`` is None for a mock that runs elsewhere."""

    url: str
    pid: int | None
    admin: Admin
    salt: str = ""

    @property
    def openai_url(self) -> str:
        """The base URL of OpenAI clients; a session's own is in ``LongcatSession.openai()``."""
        return f"{self.url}/openai/v1"

    @property
    def anthropic_url(self) -> str:
        """The base URL of Anthropic clients."""
        return f"{self.url}/anthropic"

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What the mock was started with."""
        settings: dict[str, Any] = self.admin.ask("GET", "settings")
        return settings

    @property
    def has_cassettes(self) -> bool:
        """Whether it records, or replays what was recorded."""
        return bool(self.settings.get("cassettes"))

    def session(
        self,
        name: str,
        *,
        declaration: Declaration | None = None,
        folders: Sequence[Path] = (),
    ) -> LongcatSession:
        """A session for what is wider than a test, such as a module. Close it at the end."""
        named = name_session(name, self.salt)
        return LongcatSession(self.admin, named, declaration=declaration, folders=folders)


def name_session(name: str, salt: str = "") -> str:
    """A name that stands in URLs and keys: equal for equal tests, so that ids are equal too."""
    digest = hashlib.sha256(f"{salt}{name}".encode()).hexdigest()[:8]
    title = re.sub(r"[^A-Za-z0-9_]+", "-", name.rsplit("::", 1)[-1]).strip("-")
    return f"{title[:_longest_title]}-{digest}"
