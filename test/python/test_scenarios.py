import itertools

import anthropic
import openai
import pytest
from anthropic import Anthropic
from openai import OpenAI

hello = {"model": "LongCat-2.0", "messages": [{"role": "user", "content": "Hello!"}]}
message = {**hello, "max_tokens": 1000}
rate_limited = (
    b'{"error":{"code":"rate_limit_exceeded",'
    b'"message":"Request rate limit exceeded, please try again later",'
    b'"type":"rate_limit_error","retry_after":60}}'
)
sessions = (f"python-{number}" for number in itertools.count())


@pytest.fixture
def ask(mock):
    """Asks for a scenario in a session of its own, as an SDK with these options does."""

    def ask_openai(scenario, session, **options):
        client = OpenAI(base_url=mock.openai, api_key=f"lcmock_{session}.{scenario}", **options)
        return client.chat.completions.with_raw_response.create(**hello)

    def ask_anthropic(scenario, session, **options):
        headers = {"x-longcat-mock-scenario": scenario, "x-longcat-mock-session": session}
        client = Anthropic(
            base_url=mock.anthropic, auth_token="test", default_headers=headers, **options
        )
        return client.messages.with_raw_response.create(**message)

    return {"openai": ask_openai, "anthropic": ask_anthropic}


@pytest.mark.parametrize("sdk", ["openai", "anthropic"])
def test_at_its_defaults_the_client_waits_for_5_ms_and_is_answered(ask, sdk):
    response = ask[sdk]("rate-limit", next(sessions))

    assert response.retries_taken == 1
    assert response.headers["x-longcat-mock-fixture"] == "rate-limit.then-ok"
    assert "Thank you for your patience." in response.http_response.text


@pytest.mark.parametrize("sdk, errors", [("openai", openai), ("anthropic", anthropic)])
def test_without_retries_the_rate_limit_is_the_quick_starts_to_the_byte(ask, sdk, errors):
    with pytest.raises(errors.RateLimitError) as caught:
        ask[sdk]("rate-limit", next(sessions), max_retries=0)

    assert caught.value.response.content == rate_limited
    assert caught.value.response.headers["retry-after-ms"] == "5"


@pytest.mark.parametrize("sdk, errors", [("openai", openai), ("anthropic", anthropic)])
def test_an_unknown_scenario_is_told_at_once_and_once(ask, sdk, errors):
    with pytest.raises(errors.NotFoundError, match='Did you mean "rate-limit"'):
        ask[sdk]("rate-limt", next(sessions))
