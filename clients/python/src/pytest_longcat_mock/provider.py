"""One mock a run: pytest starts it when it is first wanted, or xdist's controller does."""

import os
import uuid
from collections.abc import Mapping
from typing import TypedDict
from urllib.parse import urlsplit

import pytest

from .admin import Admin
from .command import find_command
from .errors import LongcatMockError
from .process import MockProcess, start_mock
from .server import LongcatServer

# They are ours: the command would warn that it does not know them.
_own_variables = ("LONGCAT_MOCK_COMMAND", "LONGCAT_MOCK_URL")


class Facts(TypedDict):
    """Where the mock is, or why there is none; plain, so that xdist hands it to its workers."""

    url: str
    pid: int | None
    salt: str
    error: str | None


class Provider:
    """Starts the mock of a run at most once, and ends it."""

    def __init__(self, config: pytest.Config, given: Facts | None = None) -> None:
        self._config = config
        self._facts = given
        self._process: MockProcess | None = None

    def facts(self) -> Facts:
        """The facts of the run's mock, which is started for them; a failure is one of them."""
        if self._facts is None:
            try:
                self._facts = self._open()
            except LongcatMockError as error:
                self._facts = {"url": "", "pid": None, "salt": "", "error": str(error)}
        return self._facts

    def server(self) -> LongcatServer:
        """The run's mock."""
        facts = self.facts()
        if facts["error"] is not None:
            raise LongcatMockError(facts["error"])
        admin = _reach(facts["url"])
        return LongcatServer(facts["url"], facts["pid"], admin, facts["salt"])

    def close(self) -> None:
        """Ends the mock that this process has started, if it has."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    def _open(self) -> Facts:
        url = os.environ.get("LONGCAT_MOCK_URL")
        if url:
            # Others may use it too: sessions of this run need names of their own.
            return {"url": _check(url), "pid": None, "salt": uuid.uuid4().hex, "error": None}
        config = self._config
        self._process = start_mock(
            find_command(_given_command(config), config.rootpath),
            config.getini("longcat_mock_args"),
            folder=config.rootpath,
            environment=_environment(os.environ),
            timeout=_read_seconds(config.getini("longcat_mock_timeout")),
        )
        return {"url": self._process.url, "pid": self._process.pid, "salt": "", "error": None}


def _reach(url: str) -> Admin:
    return Admin(url, os.environ.get("LONGCAT_MOCK_ADMIN_TOKEN"))


def _check(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https"):
        raise LongcatMockError(
            f'LONGCAT_MOCK_URL is "{url}": give the root of a mock, such as http://127.0.0.1:4010.'
        )
    root = url.rstrip("/")
    _reach(root).ask("GET", "health")
    return root


def _given_command(config: pytest.Config) -> str | None:
    option: str | None = config.getoption("longcat_mock_command")
    ini: str = config.getini("longcat_mock_command")
    return option or ini or os.environ.get("LONGCAT_MOCK_COMMAND") or None


def _read_seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise LongcatMockError(
            f'longcat_mock_timeout is "{text}": give a number of seconds, such as 30.'
        ) from None


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Of the mock: a request that names no session belongs to no test, and is to be refused."""
    kept = {name: value for name, value in variables.items() if name not in _own_variables}
    return {"LONGCAT_MOCK_REQUIRE_SESSION": "true", **kept}
