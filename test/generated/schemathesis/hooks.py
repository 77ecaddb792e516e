"""What Schemathesis cannot know of a mock of LongCat. Loaded by the name in SCHEMATHESIS_HOOKS."""

import copy
import json

import jsonschema_rs
import schemathesis

event_stream = "text/event-stream"
longest_output = 131072
validators = {}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Takes out what is checked below, and says what no schema can say of all models."""
    components = copy.deepcopy(raw_schema["components"])
    for item in raw_schema["paths"].values():
        for operation in item.values():
            answer = operation.get("responses", {}).get("200", {}) if isinstance(operation, dict) else {}
            content = answer.get("content", {})
            if event_stream in content:
                schema = {**content[event_stream]["schema"], "components": components}
                validators[operation["operationId"]] = jsonschema_rs.Draft202012Validator(schema)
                # Schemathesis holds the whole event against it, where it describes the payload.
                content[event_stream]["schema"] = {}

    for request in ("ChatRequest", "MessageRequest"):
        properties = raw_schema["components"]["schemas"].get(request, {}).get("properties", {})
        for limit in ("max_tokens", "max_completion_tokens"):
            if limit in properties:
                # The limit depends on the model, so that the document cannot give it.
                properties[limit]["maximum"] = longest_output


@schemathesis.check
def stream_conformance(context, response, case):
    """Every payload of a stream is one that the document describes, and the last one ends it."""
    if not response.headers.get("content-type", [""])[0].startswith(event_stream):
        return
    validator = validators[case.operation.definition.raw["operationId"]]
    lines = response.content.decode().splitlines()
    payloads = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    for payload in payloads:
        if payload != "[DONE]":
            error = next(validator.iter_errors(json.loads(payload)), None)
            assert error is None, f"{error} in the payload {payload}"
    assert payloads[-1] == "[DONE]" or json.loads(payloads[-1]) == {"type": "message_stop"}
