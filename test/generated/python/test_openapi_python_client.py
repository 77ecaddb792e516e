"""openapi-python-client: typed calls, and models that are written back as they were read."""

import importlib

import pytest
from conftest import ask, chats, errors, messages, name, stream, url
from openapi_python_client import AuthenticatedClient
from openapi_python_client.api.chat import create_chat_completion
from openapi_python_client.api.messages import create_message
from openapi_python_client.api.models import get_model, list_models
from openapi_python_client.models import ChatChunk, ChatRequest, ErrorBody, MessageRequest, WafError

events = importlib.import_module("openapi_python_client.models")
event_classes = {
    "message_start": events.MessageStartEvent,
    "content_block_start": events.ContentBlockStartEvent,
    "content_block_delta": events.ContentBlockDeltaEvent,
    "content_block_stop": events.ContentBlockStopEvent,
    "ping": events.PingEvent,
    "message_delta": events.MessageDeltaEvent,
    "message_stop": events.MessageStopEvent,
    "error": events.MessageErrorEvent,
}


def connect(**headers):
    return AuthenticatedClient(base_url=url, token="any", headers=headers)


@pytest.mark.parametrize("case", chats, ids=name)
def test_chat(case):
    body = ChatRequest.from_dict(case["body"])
    assert body.to_dict() == case["body"]
    answer = create_chat_completion.sync(client=connect(), body=body)
    (choice,) = answer.choices
    assert choice.finish_reason == case["ends"]
    message = choice.message.to_dict()
    found = {**message, "logprobs": choice.logprobs and choice.logprobs.content}
    assert all(found[member] for member in case["has"])
    if "tool_calls" in case["has"]:
        assert [call.function.name for call in choice.message.tool_calls] == ["get_weather", "get_time"]


@pytest.mark.parametrize("case", messages, ids=name)
def test_message(case):
    body = MessageRequest.from_dict(case["body"])
    assert body.to_dict() == case["body"]
    answer = create_message.sync(client=connect(), body=body)
    assert answer.stop_reason == case["ends"]
    assert list(dict.fromkeys(block.type_ for block in answer.content)) == case["has"]


@pytest.mark.parametrize("case", chats, ids=name)
def test_chat_stream(case):
    payloads = stream(case)
    chunks = [ChatChunk.from_dict(payload) for payload in payloads]
    assert [chunk.to_dict() for chunk in chunks] == payloads
    assert [choice.finish_reason for chunk in chunks for choice in chunk.choices][-1] == case["ends"]


@pytest.mark.parametrize("case", messages, ids=name)
def test_message_stream(case):
    payloads = stream(case)
    read = [event_classes[payload["type"]].from_dict(payload) for payload in payloads]
    assert [event.to_dict() for event in read] == payloads
    assert [event.type_ for event in read][-1] == "message_stop"


@pytest.mark.parametrize("error", [error for error in errors if error["status"] != 456], ids=name)
@pytest.mark.parametrize("operation", [create_chat_completion, create_message])
def test_error(error, operation):
    request = {"model": "LongCat-2.0", "messages": [{"role": "user", "content": "Hello!"}]}
    body = (ChatRequest if operation is create_chat_completion else MessageRequest).from_dict(request)
    client = connect(**{"x-longcat-mock-scenario": f"the-error-{error['name']}"})
    answer = operation.sync_detailed(client=client, body=body)
    assert answer.status_code == error["status"]
    if error["type"] == "text/html":
        assert "openresty" in answer.parsed
    else:
        assert isinstance(answer.parsed, ErrorBody) and answer.parsed.error.message


def test_firewall():
    """456 is no status of Python's http module: the model reads it, the generated call raises."""
    body = {"model": "LongCat-2.0", "messages": [{"role": "user", "content": "Hello!"}]}
    payload = ask("chat", body, "the-error-waf_blocked").json()
    client = connect(**{"x-longcat-mock-scenario": "the-error-waf_blocked"})
    with pytest.raises(ValueError, match="456 is not a valid HTTPStatus"):
        create_chat_completion.sync(client=client, body=ChatRequest.from_dict(body))
    assert WafError.from_dict(payload).to_dict() == payload


def test_models():
    (model,) = list_models.sync(client=connect()).data
    assert model.id == "LongCat-2.0"
    detail = get_model.sync("LongCat-2.0", client=connect())
    assert detail.architecture.instruct_type is None
    assert get_model.sync("Nope", client=connect()).error.message == "Unsupported model"
