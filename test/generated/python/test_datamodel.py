"""datamodel-code-generator: closed pydantic models, which are written back as they were read."""

import pytest
from conftest import ask, chats, errors, messages, name, stream
from longcat_models import (
    ChatCompletion,
    ChatRequest,
    ChatStreamEvent,
    ErrorBody,
    Message,
    MessageRequest,
    MessageStreamEvent,
    WafError,
)
from pydantic import ValidationError

answers = {"chat": ChatCompletion, "message": Message}
requests = {"chat": ChatRequest, "message": MessageRequest}
stream_events = {"chat": ChatStreamEvent, "message": MessageStreamEvent}


def read(model, payload):
    value = model.model_validate(payload)
    assert value.model_dump(by_alias=True, exclude_unset=True) == payload
    return value


@pytest.mark.parametrize("case", chats + messages, ids=name)
def test_whole(case):
    body = read(requests[case["format"]], case["body"])
    answer = read(answers[case["format"]], ask(case["format"], body.model_dump(exclude_unset=True)).json())
    reason = answer.choices[0].finish_reason if case["format"] == "chat" else answer.stop_reason
    assert reason.root == case["ends"]


@pytest.mark.parametrize("case", chats + messages, ids=name)
def test_streamed(case):
    payloads = stream(case)
    assert payloads
    for payload in payloads:
        read(stream_events[case["format"]], payload)


@pytest.mark.parametrize("case", [chats[0], messages[0]], ids=name)
def test_error_in_a_stream(case):
    *_, last = [
        read(stream_events[case["format"]], payload)
        for payload in stream(case, "stream-error-midway")
    ]
    assert last.root.error.type.root == "server_error"


@pytest.mark.parametrize("error", [error for error in errors if error["type"] != "text/html"], ids=name)
def test_error(error):
    body = {"model": "LongCat-2.0", "messages": [{"role": "user", "content": "Hello!"}]}
    answer = ask("message", body, f"the-error-{error['name']}")
    read(WafError if answer.status_code == 456 else ErrorBody, answer.json())


def test_answers_are_closed_and_requests_open():
    payload = ask("chat", chats[0]["body"]).json()
    with pytest.raises(ValidationError):
        ChatCompletion.model_validate({**payload, "system_fingerprint": "fp"})
    with pytest.raises(ValidationError):
        ChatRequest.model_validate({"model": "LongCat-2.0"})
    assert ChatRequest.model_validate({**chats[0]["body"], "purring": True}).purring is True
