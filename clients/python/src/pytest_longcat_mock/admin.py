"""The mock's admin API, by the standard library alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from .errors import LongcatMockError

_timeout_seconds = 30


@dataclass(frozen=True)
class Answer:
    """A status and a body of JSON."""

    status: int
    body: Any


@dataclass(frozen=True)
class Admin:
    """The admin API of the mock at a URL. No proxy is asked; any thread may call."""

    url: str
    token: str | None = field(default=None, repr=False)

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
    ) -> Any:
        """The body of an answer; what is refused is raised."""
        return self.expect(self.send(method, path, query=query, body=body))

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
    ) -> Answer:
        """The answer, whatever its status. A body of bytes is YAML, any other is sent as JSON."""
        target = f"/__admin/{path}" + (f"?{urlencode(query)}" if query else "")
        kind = "application/yaml" if isinstance(body, bytes) else "application/json"
        headers = {"content-type": kind}
        if self.token:
            headers["x-longcat-mock-admin-token"] = self.token
        sent = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        status, text = self._exchange(method, target, sent, headers)
        try:
            return Answer(status, json.loads(text))
        except ValueError:
            raise LongcatMockError(
                f'"{self.url}" is no longcat-mock: {method} {target} answered {status} without '
                "JSON. Point LONGCAT_MOCK_URL at the root of a mock."
            ) from None

    def expect(self, answer: Answer) -> Any:
        """The body of an answer that is no refusal."""
        if answer.status < 400:
            return answer.body
        error = answer.body.get("error") if isinstance(answer.body, dict) else None
        said = error.get("message") if isinstance(error, dict) else None
        raise LongcatMockError(f"{said or f'The mock answered {answer.status}.'}")

    def _exchange(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = connect(parts.netloc, timeout=_timeout_seconds)
        try:
            connection.request(method, parts.path.rstrip("/") + target, body, dict(headers))
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, HTTPException) as error:
            reason = str(error) or type(error).__name__
            raise LongcatMockError(
                f'The mock at "{self.url}" does not answer: {reason}. Is it still running?'
            ) from error
        finally:
            connection.close()


def session_path(name: str, *rest: str) -> str:
    """The path of a session below ``/__admin``."""
    return "/".join(["sessions", quote(name, safe=""), *rest])
