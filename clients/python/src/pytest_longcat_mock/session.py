"""A test's own part of the mock."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from .admin import Admin, session_path
from .errors import LongcatMockError
from .fixture_files import read_fixture_file
from .records import (
    AnthropicArguments,
    Declaration,
    OpenAIArguments,
    RequestRecord,
    Verdict,
    Verification,
)
from .unmatched import explain_failure

Fixture = Mapping[str, object]


class LongcatSession:
    """What one test has of the mock: its fixtures, scenario and clock, and its own requests.

    Every method is synchronous. The mock is another process, so they work in async tests too.
    """

    def __init__(
        self,
        admin: Admin,
        name: str,
        *,
        declaration: Declaration | None = None,
        folders: Sequence[Path] = (),
    ) -> None:
        self.name = name
        self._admin = admin
        self._folders = tuple(folders)
        self._declaration: Declaration = {**declaration} if declaration else {}
        self._used: list[bytes | Fixture] = []
        self._declare(self._declaration)

    def __repr__(self) -> str:
        return f'<LongcatSession "{self.name}" at {self.url}>'

    @property
    def url(self) -> str:
        """The root of this session: ``/openai`` and ``/anthropic`` are below it."""
        return f"{self._admin.url}/s/{self.name}"

    @property
    def key(self) -> str:
        """A key that every mock accepts, and that names this session."""
        return f"lcmock_{self.name}"

    def openai(self) -> OpenAIArguments:
        """Arguments for ``OpenAI`` and ``AsyncOpenAI``."""
        return {"base_url": f"{self.url}/openai/v1", "api_key": self.key}

    def anthropic(self) -> AnthropicArguments:
        """Arguments for ``Anthropic`` and ``AsyncAnthropic``."""
        return {"base_url": f"{self.url}/anthropic", "auth_token": self.key}

    def env(self) -> dict[str, str]:
        """Variables by which a program, or a client made without arguments, finds the session."""
        openai, anthropic = self.openai(), self.anthropic()
        return {
            "OPENAI_BASE_URL": openai["base_url"],
            "OPENAI_API_KEY": openai["api_key"],
            "ANTHROPIC_BASE_URL": anthropic["base_url"],
            "ANTHROPIC_AUTH_TOKEN": anthropic["auth_token"],
            "LONGCAT_BASE_URL": self.url,
            "LONGCAT_API_KEY": self.key,
        }

    def use(self, *fixtures: Fixture | str | Path) -> "LongcatSession":
        """Adds fixtures that this session alone has; the last one that matches answers.

        Each is a fixture, a whole fixture file as a dict, or the path of a YAML or JSON file or of
        a folder of them. A path is looked for beside the test's file, then in pytest's root.
        """
        for given in fixtures:
            for each in self._read(given):
                self._import(each)
                self._used.append(each)
        return self

    def scenario(self, name: str) -> "LongcatSession":
        """Selects a scenario: one of those shipped, or of the mock's own fixture files."""
        changed: Declaration = {**self._declaration, "scenario": name}
        self._declare(changed)
        # A declaration is all of a session: its fixtures went with the one before.
        for each in self._used:
            self._import(each)
        return self

    def requests(self) -> list[RequestRecord]:
        """This session's requests, in the order in which they arrived."""
        return self._list("requests")

    def calls(self) -> list[RequestRecord]:
        """The same less the retries of an SDK."""
        return [request for request in self.requests() if request["attempt"] == 0]

    def unmatched(self) -> list[RequestRecord]:
        """The requests that no fixture matched; ``message`` tells what came nearest."""
        return self._list("requests/unmatched")

    def verify(
        self,
        match: Mapping[str, object] | None = None,
        *,
        times: int | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        fixture: str | None = None,
        order: Sequence[str] | None = None,
        distinct_calls: bool = False,
    ) -> Verification:
        """Asserts that requests came, at least one unless a number is given.

        ``match`` has the conditions of a fixture, ``fixture`` and ``order`` name those that have to
        have answered. With ``distinct_calls`` the retries of an SDK do not count.
        """
        __tracebackhide__ = True
        bounds = {"min": at_least, "max": at_most}
        if times is not None:
            if at_least is not None or at_most is not None:
                raise LongcatMockError("Give times, or at_least and at_most, and not both.")
            bounds = {"min": times, "max": times}
        asked: dict[str, object] = {
            "session": self.name,
            "match": match,
            "times": {name: bound for name, bound in bounds.items() if bound is not None} or None,
            "fixture": fixture,
            "order": list(order) if order is not None else None,
            "distinctCalls": distinct_calls or None,
        }
        body = {name: value for name, value in asked.items() if value is not None}
        answer = self._admin.send("POST", "verify", body=body)
        if not (isinstance(answer.body, dict) and "result" in answer.body):
            self._admin.expect(answer)
        verification = cast("Verification", answer.body)
        if verification["result"] != "pass":
            raise AssertionError(explain_failure(verification))
        return verification

    def verdict(self, *, finished: bool = True) -> Verdict:
        """What the mock says of the client; ``finished`` when no request will come any more."""
        query = {"finished": "true" if finished else "false"}
        path = session_path(self.name, "verdict")
        return cast("Verdict", self._admin.ask("GET", path, query=query))

    def advance(self, milliseconds: float) -> None:
        """Moves this session's clock, which from then on moves by this alone."""
        moved = {"session": self.name, "advanceMs": milliseconds}
        answer = self._admin.send("PUT", "clock", body=moved)
        if answer.status == 409:  # it runs by itself
            answer = self._admin.send("PUT", "clock", body={**moved, "manual": True})
        self._admin.expect(answer)

    def reset(self) -> None:
        """Forgets the requests and begins sequences, states and rate limits again."""
        self._admin.ask("POST", session_path(self.name, "reset"))

    def close(self) -> None:
        """Forgets the session and all that belongs to it."""
        self._admin.ask("DELETE", session_path(self.name))

    def _declare(self, declaration: Declaration) -> None:
        self._admin.ask("PUT", session_path(self.name), body=declaration)
        self._declaration = declaration

    def _read(self, given: Fixture | str | Path) -> list[bytes | Fixture]:
        if isinstance(given, (str, Path)):
            return [*read_fixture_file(Path(given), self._folders)]
        if "fixtures" in given or "rateLimits" in given:
            return [{"version": 1, **given}]
        identified = {"id": f"used-{len(self._used) + 1}", **given}
        return [{"version": 1, "fixtures": [identified]}]

    def _import(self, file: bytes | Fixture) -> None:
        query = {"session": self.name}
        self._admin.ask("POST", "fixtures/import", query=query, body=file)

    def _list(self, path: str) -> list[RequestRecord]:
        answer = self._admin.ask("GET", path, query={"session": self.name})
        return cast("list[RequestRecord]", answer["requests"])
