import json
import os
import urllib.error
import urllib.request
import uuid

import pytest
from anthropic import Anthropic
from openai import OpenAI


class Session:
    """A session of the mock apart from all others, and clients whose key names it."""

    def __init__(self, scenario: str = "") -> None:
        self.name = str(uuid.uuid4())
        key = f"lcmock_{self.name}.{scenario}" if scenario else f"lcmock_{self.name}"
        self.openai = OpenAI(api_key=key)
        self.anthropic = Anthropic(auth_token=key)

    def verify(self, **expected: object) -> dict:
        """Whether the requests of the session were as they should be, and why not."""
        return _ask("verify", {"session": self.name, **expected})

    def requests(self) -> list[dict]:
        return _ask(f"requests?session={self.name}")["requests"]

    def judge(self) -> dict:
        """What the mock found wrong with the client."""
        return _ask(f"sessions/{self.name}/verdict?finished")


@pytest.fixture
def open_session() -> type[Session]:
    if "LONGCAT_BASE_URL" not in os.environ:
        pytest.fail('There is no mock: run the tests by "longcat-mock run -- pytest".')
    return Session


def _ask(path: str, body: dict | None = None) -> dict:
    # Without data the request is a GET. A 406 of verify is an answer, too.
    url = f"{os.environ['LONGCAT_BASE_URL']}/__admin/{path}"
    data = json.dumps(body).encode() if body is not None else None
    try:
        with urllib.request.urlopen(url, data) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        return json.load(error)
