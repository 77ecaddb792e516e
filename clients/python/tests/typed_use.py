"""Not run: mypy reads it as it would a user's tests."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from anthropic import Anthropic, AsyncAnthropic
from openai import AsyncOpenAI, OpenAI

from pytest_longcat_mock import LongcatServer, LongcatSession


@pytest.mark.longcat(scenario="rate-limit", seed=7)
def test_typed(longcat: LongcatSession, longcat_server: LongcatServer) -> None:
    OpenAI(**longcat.openai())
    AsyncOpenAI(**longcat.openai(), max_retries=0)
    Anthropic(**longcat.anthropic())
    AsyncAnthropic(**longcat.anthropic())
    longcat.use({"respond": {"text": "Hi."}}, "a.longcat.yaml", Path("b.longcat.yaml"))
    statuses: list[int] = [request["status"] for request in longcat.requests()]
    texts: list[str | None] = [request.get("text") for request in longcat.calls()]
    count: int = longcat.verify({"model": "LongCat-2.0"}, times=len(statuses + texts))["count"]
    findings: list[str] = [finding["rule"] for finding in longcat.verdict()["findings"]]
    environment: Mapping[str, str] = longcat.env()
    pid: int | None = longcat_server.pid
    longcat.requests()[count]["stauts"]  # type: ignore[typeddict-item]
    print(findings, environment, pid)
