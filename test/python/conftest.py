import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

root = Path(__file__).resolve().parents[2]

# The clients and the mock read their settings from the environment too.
for variable in list(os.environ):
    if variable.startswith(("ANTHROPIC_", "OPENAI_", "LONGCAT_MOCK_")):
        del os.environ[variable]
os.environ["NO_PROXY"] = "127.0.0.1"


@pytest.fixture(scope="session")
def start_mock():
    """Starts the built mock on a free port; has its url, and its base URLs openai and anthropic."""
    running = []

    def start(*flags):
        command = ["node", str(root / "dist/cli.js"), "--port", "0", *flags]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        running.append(process)
        ready = process.stdout.readline()
        assert ready.startswith("longcat-mock ready"), f"The mock did not start: {ready!r}"
        facts = dict(word.split("=", 1) for word in ready.split() if "=" in word)
        return SimpleNamespace(**facts)

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="session")
def mock(start_mock):
    return start_mock()
