import json
from typing import Any

from openai import BadRequestError, OpenAI
from openai.types.chat import ChatCompletionMessage

from ticket_desk.errors import TicketTooLong
from ticket_desk.orders import find_order

INSTRUCTIONS = "Summarise the support ticket in two sentences. Look up every order it names."
MOST_STEPS = 5

FIND_ORDER = {
    "type": "function",
    "function": {
        "name": "find_order",
        "description": "The status of an order",
        "parameters": {
            "type": "object",
            "properties": {"order_id": {"type": "string"}},
            "required": ["order_id"],
        },
    },
}


def summarise(client: OpenAI, ticket: str) -> str:
    """Lets the model look up orders until it has a summary."""
    messages: list[Any] = [
        {"role": "system", "content": INSTRUCTIONS},
        {"role": "user", "content": ticket},
    ]
    for _ in range(MOST_STEPS):
        message = _complete(client, messages)
        if not message.tool_calls:
            return message.content or ""
        # The message as it came: LongCat wants its reasoning back along with the calls.
        messages.append(message)
        messages.extend(_run_tool(call) for call in message.tool_calls)
    raise RuntimeError(f"The model had no summary after {MOST_STEPS} steps.")


def _complete(client: OpenAI, messages: list[Any]) -> ChatCompletionMessage:
    try:
        completion = client.chat.completions.create(
            model="LongCat-2.0", messages=messages, tools=[FIND_ORDER]
        )
    except BadRequestError as error:
        if error.code == "context_length_exceeded":
            raise TicketTooLong("The ticket is too long for the model.") from error
        raise
    return completion.choices[0].message


def _run_tool(call: Any) -> dict[str, str]:
    arguments = json.loads(call.function.arguments)
    content = json.dumps(find_order(**arguments))
    return {"role": "tool", "tool_call_id": call.id, "content": content}
