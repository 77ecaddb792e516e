import asyncio
import json

import openai
import pytest
from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel

hello = {"model": "LongCat-2.0", "messages": [{"role": "user", "content": "Hello!"}]}
quiet = {**hello, "extra_body": {"thinking": {"type": "disabled"}}}
weather = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "strict": True,
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
            "additionalProperties": False,
        },
    },
}
question = {"role": "user", "content": "Ask get_weather about Beijing."}
with_tool = {"model": "LongCat-2.0", "messages": [question], "tools": [weather]}


class Cat(BaseModel):
    name: str
    lives: int


def connect(base_url, **options):
    return OpenAI(base_url=base_url, **{"api_key": "test", "max_retries": 0, **options})


@pytest.fixture
def client(mock):
    return connect(mock.openai)


def test_a_whole_answer_has_content_reasoning_and_usage(client):
    completion = client.chat.completions.create(**hello)
    choice = completion.choices[0]
    assert choice.finish_reason == "stop"
    assert choice.message.content
    assert choice.message.reasoning_content
    usage = completion.usage
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
    assert 0 < usage.completion_tokens_details.reasoning_tokens < usage.completion_tokens


def test_an_answer_passes_the_strict_validation_of_the_client(mock):
    client = connect(mock.openai, _strict_response_validation=True)
    assert client.chat.completions.create(**with_tool).choices[0].message.tool_calls
    assert list(client.chat.completions.create(**with_tool, stream=True))


def test_streamed_chunks_spell_the_whole_answer(client):
    whole = client.chat.completions.create(**hello).choices[0].message
    chunks = list(client.chat.completions.create(**hello, stream=True))
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    assert deltas[0].role == "assistant"
    assert "".join(delta.content or "" for delta in deltas) == whole.content
    reasoning = (getattr(delta, "reasoning_content", None) or "" for delta in deltas)
    assert "".join(reasoning) == whole.reasoning_content
    assert chunks[-1].choices == []
    assert chunks[-1].usage.total_tokens > 0


def test_the_stream_helper_assembles_the_whole_answer(client):
    whole = client.chat.completions.create(**hello).choices[0].message
    with client.chat.completions.stream(**hello) as stream:
        types = {event.type for event in stream}
        message = stream.get_final_completion().choices[0].message
    assert types == {"chunk", "content.delta", "content.done"}
    assert message.content == whole.content
    assert message.reasoning_content == whole.reasoning_content


def test_the_asynchronous_client_gets_whole_and_streamed_answers(mock):
    async def ask():
        async with AsyncOpenAI(api_key="test", base_url=mock.openai) as client:
            whole = await client.chat.completions.create(**quiet)
            async with client.chat.completions.stream(**quiet) as stream:
                final = await stream.get_final_completion()
        return whole.choices[0].message.content, final.choices[0].message.content

    whole, streamed = asyncio.run(ask())
    assert whole and whole == streamed


def test_twenty_requests_at_once_get_the_same_answer(mock):
    async def ask():
        async with AsyncOpenAI(api_key="test", base_url=mock.openai) as client:
            asking = [client.chat.completions.create(**quiet) for _ in range(20)]
            return await asyncio.gather(*asking)

    completions = asyncio.run(ask())
    assert len({completion.choices[0].message.content for completion in completions}) == 1
    assert len({completion.id for completion in completions}) == 20


def test_the_model_calls_the_tool_and_answers_its_result_in_words(client):
    choice = client.chat.completions.create(**with_tool).choices[0]
    assert choice.finish_reason == "tool_calls"
    [call] = choice.message.tool_calls
    assert call.function.name == "get_weather"
    assert list(json.loads(call.function.arguments)) == ["city"]

    result = {"role": "tool", "tool_call_id": call.id, "content": "Sunny."}
    turns = [question, choice.message.to_dict(), result]
    answer = client.chat.completions.create(**{**with_tool, "messages": turns}).choices[0]
    assert answer.finish_reason == "stop"
    assert answer.message.content
    assert not answer.message.tool_calls


@pytest.mark.parametrize("quirk", ["on", "off"])
def test_the_stream_helper_assembles_tool_calls_with_tool_delta_nulls(start_mock, quirk):
    client = connect(start_mock("--quirk", f"tool-delta-nulls={quirk}").openai)
    with client.chat.completions.stream(**with_tool) as stream:
        choice = stream.get_final_completion().choices[0]
    assert choice.finish_reason == "tool_calls"
    [call] = choice.message.tool_calls
    assert call.id.startswith("call_")
    assert call.function.name == "get_weather"
    assert list(call.function.parsed_arguments) == ["city"]


@pytest.mark.parametrize(("quirk", "named"), [("on", True), ("off", False)])
def test_later_tool_deltas_carry_a_null_id_and_name_with_tool_delta_nulls(start_mock, quirk, named):
    client = connect(start_mock("--quirk", f"tool-delta-nulls={quirk}").openai)
    chunks = client.chat.completions.create(**with_tool, stream=True)
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    first, *later = [call for delta in deltas for call in delta.tool_calls or []]
    assert first.id and first.function.name == "get_weather"
    assert later
    for call in later:
        assert call.id is None and call.function.name is None
        assert ("id" in call.model_fields_set) is named
        assert ("name" in call.function.model_fields_set) is named


def test_a_required_tool_is_called_without_being_named(client):
    asked = {**with_tool, "messages": hello["messages"], "tool_choice": "required"}
    [call] = client.chat.completions.create(**asked).choices[0].message.tool_calls
    assert call.function.name == "get_weather"


def test_thinking_can_be_switched_off(client):
    completion = client.chat.completions.create(**quiet)
    assert not hasattr(completion.choices[0].message, "reasoning_content")
    assert completion.usage.completion_tokens_details.reasoning_tokens == 0


def test_an_answer_is_parsed_by_a_pydantic_model(client):
    completion = client.chat.completions.parse(**hello, response_format=Cat)
    assert isinstance(completion.choices[0].message.parsed, Cat)


def test_a_streamed_answer_is_parsed_by_a_pydantic_model(client):
    with client.chat.completions.stream(**hello, response_format=Cat) as stream:
        completion = stream.get_final_completion()
    assert isinstance(completion.choices[0].message.parsed, Cat)


def test_json_object_content_is_a_json_object(client):
    completion = client.chat.completions.create(**hello, response_format={"type": "json_object"})
    assert isinstance(json.loads(completion.choices[0].message.content), dict)


def test_stop_ends_the_answer_before_the_stop_text(client):
    content = client.chat.completions.create(**quiet).choices[0].message.content
    stop = content.split()[3]
    choice = client.chat.completions.create(**quiet, stop=[stop]).choices[0]
    assert choice.finish_reason == "stop"
    assert choice.message.content == content[: content.index(stop)]
    assert choice.matched_stop == stop


def test_max_tokens_cuts_the_answer(client):
    completion = client.chat.completions.create(**quiet, max_tokens=5)
    assert completion.choices[0].finish_reason == "length"
    assert completion.usage.completion_tokens == 5


def test_the_stream_helper_raises_on_a_cut_answer(client):
    with client.chat.completions.stream(**quiet, max_tokens=5) as stream:
        with pytest.raises(openai.LengthFinishReasonError):
            stream.get_final_completion()


def test_n_gives_that_many_choices_whole_and_streamed(client):
    whole = client.chat.completions.create(**quiet, n=3)
    assert [choice.index for choice in whole.choices] == [0, 1, 2]
    assert len({choice.message.content for choice in whole.choices}) == 3

    with client.chat.completions.stream(**quiet, n=3) as stream:
        final = stream.get_final_completion()
    assert [choice.message.content for choice in final.choices] == [
        choice.message.content for choice in whole.choices
    ]


def test_the_models_are_listed_and_described(client):
    assert [model.id for model in client.models.list()] == ["LongCat-2.0"]
    assert client.models.retrieve("LongCat-2.0").context_length == 1_048_576


def test_the_raw_response_has_the_headers_of_the_mock(client):
    response = client.chat.completions.with_raw_response.create(**hello)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-longcat-mock-source"] == "generated"
    assert response.headers["x-longcat-mock-request-id"] == response.parse().id


def test_a_key_that_is_not_accepted_raises_an_authentication_error(start_mock):
    client = connect(start_mock("--accept-key", "lc-right").openai, api_key="lc-wrong")
    with pytest.raises(openai.AuthenticationError) as caught:
        client.chat.completions.create(**hello)
    assert caught.value.status_code == 401
    assert caught.value.code == "invalid_api_key"
    assert caught.value.type == "authentication_error"
    assert "incorrect api key" in caught.value.message


def test_a_refused_member_raises_a_bad_request_error_in_the_words_of_longcat(client):
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(**hello, max_tokens=131_073)
    assert caught.value.code == "invalid_parameter"
    words = "参数校验失败: \n/max_tokens: 131073 is not less or equal to 131072\n"
    assert caught.value.body["message"] == words


def test_an_unknown_model_raises_a_bad_request_error(client):
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(**{**hello, "model": "longcat-2.0"})
    assert caught.value.body["message"] == "Unsupported model"


def test_a_wrong_base_url_raises_a_not_found_error_with_the_page_of_the_edge(mock):
    client = connect(f"{mock.url}/OpenAI/v1")
    with pytest.raises(openai.NotFoundError) as caught:
        client.chat.completions.create(**hello)
    assert caught.value.response.headers["content-type"] == "text/html"
    assert "openresty" in caught.value.response.text


@pytest.mark.parametrize("path", ["/openai", "/openai/", "/openai/v1", "/openai/v1/"])
def test_the_base_url_works_with_and_without_version_and_slash(mock, path):
    completion = connect(f"{mock.url}{path}").chat.completions.create(**hello)
    assert completion.object == "chat.completion"
