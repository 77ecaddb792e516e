import asyncio

import anthropic
import openai
import pytest
from anthropic import Anthropic, AsyncAnthropic
from conftest import hello
from openai import AsyncOpenAI, OpenAI

message = {**hello, "max_tokens": 1000}
greeting = {"id": "greeting", "match": {"model": "LongCat-2.0"}, "respond": {"text": "Hi there."}}


def ask_openai(longcat, **options):
    with OpenAI(**longcat.openai(), **options) as client:
        return client.chat.completions.create(**hello).choices[0].message.content


def ask_anthropic(longcat, **options):
    with Anthropic(**longcat.anthropic(), **options) as client:
        return client.messages.create(**message).content[0].text


@pytest.mark.parametrize("ask", [ask_openai, ask_anthropic])
def test_one_fixture_answers_the_clients_of_both_formats(longcat, ask):
    longcat.use(greeting)

    assert ask(longcat) == "Hi there."
    assert [request["fixture"] for request in longcat.requests()] == ["greeting"]


@pytest.mark.parametrize("ask", [ask_openai, ask_anthropic])
@pytest.mark.longcat(scenario="rate-limit")
def test_a_client_retries_after_a_rate_limit_and_the_call_is_one(longcat, ask):
    ask(longcat)

    assert [request["status"] for request in longcat.requests()] == [429, 200]
    assert len(longcat.calls()) == 1
    longcat.verify(times=1, distinct_calls=True)
    longcat.verify(times=2)
    verdict = longcat.verdict()
    assert verdict["findings"] == []
    assert verdict["checked"]["retried-too-early"] == "pass"


@pytest.mark.parametrize(("ask", "errors"), [(ask_openai, openai), (ask_anthropic, anthropic)])
def test_a_scenario_is_selected_in_the_test_and_the_fixtures_stay(longcat, ask, errors):
    longcat.use({**greeting, "respond": [{"text": "Once."}], "afterLast": "fallthrough"})
    longcat.scenario("rate-limit")

    assert ask(longcat) == "Once."
    with pytest.raises(errors.RateLimitError):
        ask(longcat, max_retries=0)


@pytest.mark.asyncio
async def test_async_clients_stream_side_by_side(longcat):
    longcat.use(greeting)
    async with (
        AsyncOpenAI(**longcat.openai()) as openai_client,
        AsyncAnthropic(**longcat.anthropic()) as anthropic_client,
    ):

        async def stream_openai():
            stream = await openai_client.chat.completions.create(**hello, stream=True)
            return "".join([c.choices[0].delta.content or "" async for c in stream if c.choices])

        async def stream_anthropic():
            async with anthropic_client.messages.stream(**message) as stream:
                return "".join([text async for text in stream.text_stream])

        texts = await asyncio.gather(*(stream_openai() for _ in range(5)), stream_anthropic())

    assert texts == ["Hi there."] * 6
    assert [request["streamed"] for request in longcat.requests()] == [True] * 6


def test_clients_without_arguments_find_the_session_in_the_environment(longcat, longcat_env):
    longcat.use(greeting)
    with OpenAI() as openai_client, Anthropic() as anthropic_client:
        chat = openai_client.chat.completions.create(**hello)
        answer = anthropic_client.messages.create(**message)

    assert chat.choices[0].message.content == answer.content[0].text == "Hi there."
    assert {request["session"] for request in longcat.requests()} == {longcat.name}
    assert longcat_env["LONGCAT_API_KEY"] == longcat.key


def test_a_key_of_the_clients_own_still_belongs_to_the_session_of_its_url(longcat):
    with OpenAI(base_url=longcat.openai()["base_url"], api_key="sk-own") as client:
        client.chat.completions.create(**hello)

    assert len(longcat.requests()) == 1


def test_a_client_of_no_session_is_refused(longcat_server):
    with (
        OpenAI(base_url=longcat_server.openai_url, api_key="sk-own") as client,
        pytest.raises(openai.BadRequestError, match="session"),
    ):
        client.chat.completions.create(**hello)
