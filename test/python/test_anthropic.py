import asyncio

import anthropic
import pytest
from anthropic import Anthropic, AsyncAnthropic
from pydantic import BaseModel

hello = {
    "model": "LongCat-2.0",
    "max_tokens": 1000,
    "messages": [{"role": "user", "content": "Hello!"}],
}
weather = {
    "name": "get_weather",
    "input_schema": {
        "type": "object",
        "properties": {"city": {"type": "string"}},
        "required": ["city"],
        "additionalProperties": False,
    },
}
question = {"role": "user", "content": "Ask get_weather about Beijing."}
with_tool = {**hello, "messages": [question], "tools": [weather]}
thinking = {"type": "enabled", "budget_tokens": 200}


class Cat(BaseModel):
    name: str
    lives: int


def connect(base_url, **options):
    return Anthropic(base_url=base_url, **{"auth_token": "test", "max_retries": 0, **options})


@pytest.fixture
def client(mock):
    return connect(mock.anthropic)


def test_a_whole_answer_has_text_and_usage(client):
    message = client.messages.create(**hello)
    assert message.id.startswith("msg_")
    assert message.stop_reason == "end_turn"
    [block] = message.content
    assert block.type == "text" and block.text
    assert message.usage.input_tokens > 0
    assert message.usage.output_tokens > 0


def test_an_answer_passes_the_strict_validation_of_the_client(mock):
    client = connect(mock.anthropic, _strict_response_validation=True)
    assert client.messages.create(**with_tool, thinking=thinking).content
    assert list(client.messages.create(**with_tool, thinking=thinking, stream=True))


def test_streamed_events_spell_the_whole_answer(client):
    whole = client.messages.create(**hello)
    events = list(client.messages.create(**hello, stream=True))
    deltas = [event.delta.text for event in events if event.type == "content_block_delta"]
    assert "".join(deltas) == whole.content[0].text
    types = [event.type for event in events if event.type != "content_block_delta"]
    assert [type for type in types if type != "ping"] == [
        "message_start",
        "content_block_start",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]


def test_the_stream_helper_assembles_the_whole_answer(client):
    whole = client.messages.create(**hello)
    with client.messages.stream(**hello) as stream:
        text = "".join(stream.text_stream)
        final = stream.get_final_message()
    assert text == whole.content[0].text
    assert final.content[0].text == text
    assert final.stop_reason == "end_turn"
    assert final.usage.output_tokens == whole.usage.output_tokens


def test_the_asynchronous_client_gets_whole_and_streamed_answers(mock):
    async def ask():
        async with AsyncAnthropic(auth_token="test", base_url=mock.anthropic) as client:
            whole = await client.messages.create(**hello)
            async with client.messages.stream(**hello) as stream:
                final = await stream.get_final_message()
        return whole.content[0].text, final.content[0].text

    whole, streamed = asyncio.run(ask())
    assert whole and whole == streamed


def test_the_model_uses_the_tool_and_answers_its_result_in_words(client):
    message = client.messages.create(**with_tool)
    assert message.stop_reason == "tool_use"
    [use] = message.content
    assert use.type == "tool_use" and use.name == "get_weather"
    assert list(use.input) == ["city"]

    result = {"type": "tool_result", "tool_use_id": use.id, "content": "Sunny."}
    turns = [
        question,
        {"role": "assistant", "content": [block.to_dict() for block in message.content]},
        {"role": "user", "content": [result]},
    ]
    answer = client.messages.create(**{**with_tool, "messages": turns})
    assert answer.stop_reason == "end_turn"
    assert [block.type for block in answer.content] == ["text"]


def test_the_stream_helper_assembles_a_tool_use(client):
    with client.messages.stream(**with_tool) as stream:
        types = {event.type for event in stream}
        final = stream.get_final_message()
    assert "input_json" in types
    assert final.stop_reason == "tool_use"
    assert list(final.content[0].input) == ["city"]


def test_thinking_comes_first_with_its_signature(client):
    message = client.messages.create(**hello, thinking=thinking)
    thought, answer = message.content
    assert thought.type == "thinking" and thought.thinking and thought.signature
    assert answer.type == "text"

    with client.messages.stream(**hello, thinking=thinking) as stream:
        final = stream.get_final_message()
    assert final.content[0].thinking == thought.thinking
    assert final.content[0].signature == thought.signature


def test_an_answer_is_parsed_by_a_pydantic_model(client):
    message = client.messages.parse(**hello, output_format=Cat)
    assert isinstance(message.parsed_output, Cat)


def test_stop_sequences_end_the_answer_before_the_stop_text(client):
    text = client.messages.create(**hello).content[0].text
    stop = text.split()[3]
    message = client.messages.create(**hello, stop_sequences=[stop])
    assert message.stop_reason == "stop_sequence"
    assert message.stop_sequence == stop
    assert message.content[0].text == text[: text.index(stop)]


def test_max_tokens_cuts_the_answer(client):
    message = client.messages.create(**{**hello, "max_tokens": 5})
    assert message.stop_reason == "max_tokens"
    assert message.usage.output_tokens == 5


def test_the_models_are_listed_and_described(client):
    assert [model.id for model in client.models.list()] == ["LongCat-2.0"]
    assert client.models.retrieve("LongCat-2.0").id == "LongCat-2.0"


def test_the_raw_response_has_the_headers_of_the_mock(client):
    response = client.messages.with_raw_response.create(**hello)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert f"msg_{response.headers['x-longcat-mock-request-id']}" == response.parse().id


@pytest.fixture
def x_api_key_alone():
    """What api_key means to versions before 1.0; from then on it is sent as a bearer."""
    return {
        "api_key": "test",
        "auth_token": None,
        "default_headers": {"x-api-key": "test", "authorization": anthropic.Omit()},
    }


def test_a_key_in_x_api_key_alone_raises_an_authentication_error(mock, x_api_key_alone):
    client = connect(mock.anthropic, **x_api_key_alone)
    with pytest.raises(anthropic.AuthenticationError) as caught:
        client.messages.create(**hello)
    assert caught.value.status_code == 401
    assert caught.value.body["error"]["message"] == "missing_api_key"


def test_a_key_in_x_api_key_alone_is_accepted_with_accept_x_api_key(start_mock, x_api_key_alone):
    mock = start_mock("--quirk", "accept-x-api-key=on")
    assert connect(mock.anthropic, **x_api_key_alone).messages.create(**hello).content


def test_api_key_is_refused_exactly_where_the_client_sends_it_as_x_api_key(mock):
    client = connect(mock.anthropic, api_key="test", auth_token=None)
    if client.auth_headers == {"Authorization": "Bearer test"}:
        assert client.messages.create(**hello).content
        return
    assert client.auth_headers == {"X-Api-Key": "test"}
    with pytest.raises(anthropic.AuthenticationError):
        client.messages.create(**hello)


def test_a_refused_member_raises_a_bad_request_error_in_the_words_of_longcat(client):
    with pytest.raises(anthropic.BadRequestError) as caught:
        client.messages.create(**hello, extra_body={"top_p": 2})
    error = caught.value.body["error"]
    assert error["code"] == "invalid_parameter"
    assert error["message"] == "参数校验失败: \n/top_p: 2 is not less or equal to 1\n"


def test_an_unknown_model_raises_a_bad_request_error(client):
    with pytest.raises(anthropic.BadRequestError) as caught:
        client.messages.create(**{**hello, "model": "longcat-2.0"})
    assert caught.value.body["error"]["message"] == "Unsupported model"


def test_a_wrong_base_url_raises_a_not_found_error(mock):
    with pytest.raises(anthropic.NotFoundError) as caught:
        connect(f"{mock.url}/anthropic/v1").messages.create(**hello)
    assert "openresty" in caught.value.response.text
