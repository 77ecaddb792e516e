import json
import os
from pathlib import Path

import httpx

folder = Path(__file__).resolve().parents[1]
cases = json.loads((folder / "cases.json").read_text())
errors = json.loads((folder / "made/errors.json").read_text())
chats = [case for case in cases if case["format"] == "chat"]
messages = [case for case in cases if case["format"] == "message"]
url = os.environ["MOCK_URL"]
paths = {"chat": "/openai/v1/chat/completions", "message": "/anthropic/v1/messages"}


def ask(format, body, scenario=None):
    """An answer as it came, before any generated code saw it."""
    headers = {"Authorization": "Bearer any"}
    if scenario:
        headers["x-longcat-mock-scenario"] = scenario
    return httpx.post(url + paths[format], json=body, headers=headers, timeout=30)


def stream(case, scenario=None):
    """The payloads of the events of a stream."""
    answer = ask(case["format"], {**case["body"], "stream": True}, scenario)
    lines = [line[6:] for line in answer.text.splitlines() if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


def name(case):
    return case["name"].replace(" ", "-")
