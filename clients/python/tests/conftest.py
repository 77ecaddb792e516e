import json
import os
import shlex
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

root = Path(__file__).resolve().parents[3]
command = f"node {shlex.quote(str(root / 'dist/cli.js'))}"

# The clients, the mock and the plugin read their settings from the environment too.
for variable in list(os.environ):
    if variable.startswith(("ANTHROPIC_", "OPENAI_", "LONGCAT_", "PYTEST_")):
        del os.environ[variable]
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"

hello = {"model": "LongCat-2.0", "messages": [{"role": "user", "content": "Hello!"}]}

helpers = f"""
    import json, urllib.error, urllib.request
    import pytest

    def ask(longcat, text="Hello!"):
        body = {json.dumps(hello)}
        body["messages"][0]["content"] = text
        request = urllib.request.Request(
            longcat.openai()["base_url"] + "/chat/completions",
            json.dumps(body).encode(),
            {{"authorization": "Bearer " + longcat.key, "content-type": "application/json"}},
        )
        try:
            with urllib.request.urlopen(request) as response:
                return json.load(response)["choices"][0]["message"]["content"]
        except urllib.error.HTTPError as error:
            with error:
                return error.code
"""


@pytest.fixture
def project(pytester, monkeypatch):
    """A folder with its own pytest, which finds the built mock. Its tests have `ask`."""
    monkeypatch.setenv("LONGCAT_MOCK_COMMAND", command)
    pytester.makepyfile(helpers=helpers)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\npythonpath = .")
    return pytester
